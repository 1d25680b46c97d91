"""What is among the newest answers? Counts by some fields over a bounded sample, for pages.

Counting a million events takes seconds and tells a reader little more than the newest few thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from legation.store import counting, reading
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Filter

SAMPLE = 2_000


def facets(
    database: Database, asked: Filter, fields: Sequence[str], sample: int = SAMPLE, most: int = 12
) -> dict[str, Any]:
    """`{"sample": events looked at, "whole": whether these are all, field: [(value, events)…]}`.

    Fields are those of counting.FIELDS; at most `most` values each, most events first.
    """
    numbers, more = reading.numbered(database, asked, sample)
    totals: dict[str, Counter[str]] = {name: Counter() for name in fields}
    for tables, group in _groups(database, fields).items():
        for part in chunks(numbers):
            shown = ", ".join(column for _, column in group)
            sql = f"SELECT {shown} FROM events e{tables} WHERE e.n IN ({marks(len(part))})"
            for row in database.rows(sql, tuple(part)):
                for (name, _), value in zip(group, row, strict=True):
                    if value:
                        totals[name][str(value)] += 1
    ranked = {
        name: sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
        for name, found in totals.items()
    }
    return {"sample": len(numbers), "whole": not more, **ranked}


def _groups(database: Database, fields: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Fields and their columns by the tables that they need: one query answers a group."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in fields:
        column, tables = counting.column(database, name)
        found.setdefault(tables and reading.joins(column) + tables, []).append((name, column))
    plain = found.pop("", [])
    if plain:
        found[reading.joins(" ".join(column for _, column in plain))] = plain
    return found
