"""CSV, TSV and Parquet tables become stories, one row each, by a mapping of columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import Any

from legation.errors import InputError
from legation.ingest import columns
from legation.ingest.text import lines
from legation.story import Story

_ROWS = 1_000  # rows of a Parquet file in memory at a time


def looks_like(head: bytes, mapping: Mapping[str, str]) -> bool:
    """Is the first line a table's header: two columns or more that we know, one with the text?"""
    first = head.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    try:
        names = _cells(first, _delimiter(first))
    except csv.Error:
        return False
    found = columns.found_in(names, mapping)
    return "text" in found and len(found) > 1 and len(found) * 4 > len(names)


def csv_stories(
    stream: BufferedReader[Any], name: str, mapping: Mapping[str, str], aside: Callable[[str], None]
) -> Iterator[Story]:
    """The stories of a CSV or TSV table with a header line."""
    csv.field_size_limit(10_000_000)
    table = (line for _, line in lines(stream, name, aside))
    head = next(table, "")
    mark = _delimiter(head)
    names = _cells(head, mark)
    wanted = columns.columns_of(names, mapping, name)
    places = {field: names.index(column) for field, column in wanted.items()}
    rows = csv.reader(table, delimiter=mark)
    while True:
        where = f"{name}:{rows.line_num + 2}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            aside(f"{where}: not a row of this table: {error}")
            continue
        if row:
            cells = {field: row[at] if at < len(row) else "" for field, at in places.items()}
            yield from _row(cells, where, aside)


def parquet_stories(
    source: Path | bytes, name: str, mapping: Mapping[str, str], aside: Callable[[str], None]
) -> Iterator[Story]:
    """The stories of a Parquet table (a file, or its bytes), read a thousand rows at a time."""
    import polars

    try:
        table = polars.scan_parquet(source)
        wanted = columns.columns_of(table.collect_schema().names(), mapping, name)
        start = 0
        while True:
            rows = table.select(list(dict.fromkeys(wanted.values()))).slice(start, _ROWS).collect()
            for offset, values in enumerate(rows.iter_rows(named=True)):
                found = {field: values[column] for field, column in wanted.items()}
                yield from _row(found, f"{name}: row {start + offset + 1}", aside)
            start += rows.height
            if rows.height < _ROWS:
                return
    except (polars.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{name}: not a readable Parquet file: {error}") from error


def _row(values: Mapping[str, Any], where: str, aside: Callable[[str], None]) -> Iterator[Story]:
    try:
        yield columns.story(values, where)
    except InputError as error:
        aside(f"{where}: {error}")


def _delimiter(head: str) -> str:
    return max(",\t;|", key=head.count)


def _cells(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark), [])
