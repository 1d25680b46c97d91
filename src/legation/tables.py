"""Flat rows as CSV, JSON lines or Parquet, written as they come, a batch at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, Any

Table = tuple[tuple[str, str], ...]
FORMATS = ("csv", "jsonl", "parquet")


def write(
    rows: Iterable[Mapping[str, Any]],
    table: Table,
    form: str,
    out: IO[bytes],
    header: bool = True,
    delimiter: str = ",",
) -> int:
    """Write rows with the columns of `table`; returns how many. The last two are for CSV."""
    if form == "parquet":
        return _parquet(rows, table, out)
    names = [name for name, _ in table]
    if form == "csv" and header:
        out.write(line(names, delimiter).encode("utf-8"))
    count = 0
    for row in rows:
        if form == "csv":
            text = line([_cell(row[name]) for name in names], delimiter)
        else:
            text = json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n"
        out.write(text.encode("utf-8", "replace"))
        count += 1
    return count


def line(cells: Iterable[str], delimiter: str = ",") -> str:
    """One CSV line; cells that a spreadsheet would run as a formula are made plain text."""
    text = io.StringIO()
    safe = [f"'{c}" if c[:1] in ("=", "+", "-", "@") and not _number(c) else c for c in cells]
    csv.writer(text, lineterminator="\n", delimiter=delimiter).writerow(safe)
    return text.getvalue()


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return "; ".join(value) if isinstance(value, list) else str(value)


def _parquet(rows: Iterable[Mapping[str, Any]], table: Table, out: IO[bytes]) -> int:
    """One row group for each 50,000 rows with pyarrow; without it all at once with polars."""
    names = [name for name, _ in table]
    supply = iter(rows)
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return _whole(list(supply), table, out)
    kinds = {
        "text": pyarrow.string(), "texts": pyarrow.list_(pyarrow.string()),
        "int": pyarrow.int64(), "real": pyarrow.float64(), "bool": pyarrow.bool_(),
    }  # fmt: skip
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in table])
    count = 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while part := list(islice(supply, 50_000)):
            told = [{name: row[name] for name in names} for row in part]
            writer.write_table(pyarrow.Table.from_pylist(told, schema=schema))
            count += len(part)
    return count


def _whole(rows: list[Mapping[str, Any]], table: Table, out: IO[bytes]) -> int:
    import polars

    kinds: dict[str, Any] = {
        "text": polars.String, "texts": polars.List(polars.String), "int": polars.Int64,
        "real": polars.Float64, "bool": polars.Boolean,
    }  # fmt: skip
    columns = {name: [row[name] for row in rows] for name, _ in table}
    polars.DataFrame(columns, schema={n: kinds[k] for n, k in table}).write_parquet(out)
    return len(rows)
