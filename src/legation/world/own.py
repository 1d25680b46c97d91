"""A user's own file of the world: a table (TSV) or a TOML file that holds several.

A TOML file has a list for each table, with the columns as fields; what is left out is empty:

    [[organisations]]
    entity = "org:lake-union"
    name = "Lake Union"

Every error names the file, the line and the field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.world.tables import HEADERS, Row, rows, table_of

Rows = list[tuple[int, Row]]
SORTED = ("offices", *(table for table in HEADERS if table != "offices"))  # titles before holders


def tables(path: Path) -> dict[str, Rows]:
    """The tables of a file with the line and cells of each row. Raises KnowledgeError."""
    if path.suffix.lower() == ".toml":
        found = _toml(path)
        return {table: found[table] for table in SORTED if table in found}
    table = table_of(path)
    return {table: list(rows(table, path))}


def _toml(path: Path) -> dict[str, Rows]:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise KnowledgeError(f"no TOML: {error}", str(path), int(line[1]) if line else 0) from None
    lines = text.splitlines()
    found = {}
    for table, entries in data.items():
        if table not in HEADERS:
            message = f"[[{table}]] is no table of the world. Known: {', '.join(HEADERS)}"
            raise KnowledgeError(message, str(path), next(_starts(lines, table), 1))
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            message = f"write [[{table}]], with two brackets, before each entry"
            raise KnowledgeError(message, str(path), next(_starts(lines, table), 1))
        starts = _starts(lines, table)
        found[table] = [_entry(table, e, next(starts, 1), lines, path) for e in entries]
    return found


def _starts(lines: list[str], table: str) -> Iterator[int]:
    """The lines on which the entries of a table begin."""
    head = re.compile(rf"\s*(?:\[{{1,2}}\s*)?{re.escape(table)}\s*[\]=]")
    return (number for number, line in enumerate(lines, 1) if head.match(line))


def _entry(
    table: str, fields: dict[str, Any], start: int, lines: list[str], path: Path
) -> tuple[int, Row]:
    columns = HEADERS[table].split()
    row = dict.fromkeys(columns, "")
    for field, value in fields.items():
        line = next(
            (n for n in range(start, len(lines)) if re.match(rf"\s*{field}\s*=", lines[n])), start
        )
        if field not in columns:
            message = f"field {field!r} is none of {', '.join(columns)}"
            raise KnowledgeError(message, str(path), line + 1)
        row[field] = _cell(field, value, path, line + 1)
    return start, row


def _cell(field: str, value: Any, path: Path, line: int) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "|".join(value)
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (str, int, float)):
        return str(value)
    raise KnowledgeError(f"field {field!r} must be a text, a number or a day", str(path), line)
