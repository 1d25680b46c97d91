"""CSV, TSV and Parquet tables become stories, one row each, by a mapping of columns.

`--map text=body,published=date` says which column holds what; a column that has the field's own
name, or a usual other name for it, needs no mapping.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from legation.errors import InputError
from legation.ingest.days import iso_day
from legation.story import Story

FIELDS = ("id", "text", "published", "title", "outlet", "url", "language")
ALSO = {
    "text": ("body", "content", "article", "fulltext", "full_text", "story"),
    "published": ("date", "publication_date", "published_at", "publish_date", "pubdate"),
    "title": ("headline", "heading"),
    "outlet": ("publisher", "publication", "newspaper", "site", "source_name", "media_name"),
    "url": ("link", "permalink"),
    "id": ("story_id", "article_id", "stories_id", "guid"),
    "language": ("lang",),
}
_ROWS = 1_000  # rows of a Parquet file in memory at a time


def mapping_of(text: str) -> dict[str, str]:
    """The mapping that "text=body,published=date" says; InputError names what is wrong with it."""
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        field, mark, column = (side.strip() for side in part.partition("="))
        if not mark or not column or field not in FIELDS:
            raise InputError(
                f"--map: {part!r} is not FIELD=COLUMN with a field of {', '.join(FIELDS)}"
            )
        found[field] = column
    return found


def csv_stories(
    stream: IO[bytes], name: str, mapping: Mapping[str, str], aside: Callable[[str], None]
) -> Iterator[Story]:
    """The stories of a CSV or TSV table with a header line."""
    csv.field_size_limit(10_000_000)
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    head = lines.readline()
    mark = max(",\t;|", key=head.count)
    names = next(csv.reader([head], delimiter=mark), [])
    columns = columns_of(names, mapping, name)
    rows = csv.reader(lines, delimiter=mark)
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            aside(f"{name}:{number}: not a row of this table: {error}")
            continue
        if not row:
            continue
        yield from _row(
            {
                f: row[names.index(c)] if names.index(c) < len(row) else ""
                for f, c in columns.items()
            },
            f"{name}:{number}",
            aside,
        )


def parquet_stories(
    path: Path, mapping: Mapping[str, str], aside: Callable[[str], None]
) -> Iterator[Story]:
    """The stories of a Parquet table, read a thousand rows at a time."""
    import polars

    try:
        table = polars.scan_parquet(path)
        columns = columns_of(table.collect_schema().names(), mapping, path.name)
        start = 0
        while True:
            rows = table.select(list(dict.fromkeys(columns.values()))).slice(start, _ROWS).collect()
            for offset, values in enumerate(rows.iter_rows(named=True)):
                found = {field: values[column] for field, column in columns.items()}
                yield from _row(found, f"{path.name}: row {start + offset + 1}", aside)
            start += rows.height
            if rows.height < _ROWS:
                return
    except (polars.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path.name}: not a readable Parquet file: {error}") from error


def columns_of(names: list[str], mapping: Mapping[str, str], name: str) -> dict[str, str]:
    """Field -> column of a table; InputError when a mapped column or the text is missing."""
    found: dict[str, str] = {}
    lower = {column.strip().lower(): column for column in names}
    for field in FIELDS:
        wanted = mapping.get(field)
        if wanted is not None and wanted not in names:
            raise InputError(
                f"{name}: no column {wanted!r}; there are {', '.join(names) or 'none'}"
            )
        usual = (
            next((lower[n] for n in (field, *ALSO[field]) if n in lower), None)
            if (field in ALSO)
            else lower.get(field)
        )
        if wanted or usual:
            found[field] = wanted or str(usual)
    if "text" not in found:
        raise InputError(
            f"{name}: which column holds the text? there are {', '.join(names) or 'none'};"
            " say --map text=COLUMN"
        )
    return found


def _row(values: Mapping[str, Any], where: str, aside: Callable[[str], None]) -> Iterator[Story]:
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        aside(f"{where}: no text")
        return
    day = _day(values.get("published"))
    if day is None:
        aside(f"{where}: published {values.get('published')!r} is not a date like 2017-11-21")
        return
    rest: dict[str, Any] = {
        f: str(values[f]) for f in values if f not in ("text", "published") and values[f]
    }
    rest["id"] = rest.get("id") or where
    yield Story(text=text, published=day, **rest)


def _day(value: Any) -> str | None:
    """The ISO day of a cell, "" when it is empty, None when it is no date."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value or "").strip()
    return (iso_day(text) or None) if text else ""
