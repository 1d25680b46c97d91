"""What is among the newest answers? Counts by some fields over a bounded sample, for pages.

Counting a million events takes seconds and tells a reader little more than the newest few thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from legation.store import asking, counting, reading
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Filter

SAMPLE = 2_000


def facets(
    database: Database, asked: Filter, fields: Sequence[str], sample: int = SAMPLE, most: int = 12
) -> dict[str, Any]:
    """`{"sample": events looked at, "whole": whether these are all, field: [(value, events)…]}`.

    Fields are those of counting.FIELDS; at most `most` values each, most events first.
    """
    totals: dict[str, Counter[str]] = {name: Counter() for name in fields}
    groups = _groups(database, fields)
    own = groups.pop("", [])  # columns of events: often of the index that is walked
    walked = reading.walked(database, asked, sample + 1, ", ".join(column for _, column in own))
    numbers = [row[1] for row in walked[:sample]]
    for (name, _), column in zip(own, list(zip(*walked[:sample], strict=True))[2:], strict=False):
        totals[name].update(str(value) for value in column if value)
    for tables, group in groups.items():
        for part in chunks(numbers):
            shown = ", ".join(column for _, column in group)
            sql = f"SELECT {shown} FROM events e{tables} WHERE e.n IN ({marks(len(part))})"
            for row in database.rows(sql, tuple(part)):
                for (name, _), value in zip(group, row, strict=True):
                    if value:
                        totals[name][str(value)] += 1
    return {"sample": len(numbers), "whole": len(walked) <= sample, **_ranked(totals, most)}


def every(
    database: Database, asked: Filter, fields: Sequence[str], most: int = 12
) -> dict[str, Any]:
    """The same of all events that fit, counted by the database; quick where the indices of a way
    hold the fields and the conditions: "type", "status" and days of a pair or a side."""
    question = asking.question(database, asked)
    columns = [counting.column(database, name)[0] for name in fields]
    parts: list[str] = []
    values: list[Any] = []
    for leg in question.legs:
        named = ", ".join(f"{column} AS f{i}" for i, column in enumerate(columns))
        shown, tables, where, given = asking.within(leg, question, asked, named)
        parts.append(f"SELECT {leg.event} AS n, {shown} FROM {tables} WHERE {where}")
        values += given
    names = ", ".join(f"x.f{i}" for i in range(len(columns)))
    union = " UNION ALL ".join(parts)
    sql = f"SELECT count(DISTINCT x.n), {names} FROM ({union}) x GROUP BY {names}"
    rows = database.rows(sql, tuple(values))
    totals: dict[str, Counter[str]] = {name: Counter() for name in fields}
    for number, *row in rows:
        for name, value in zip(fields, row, strict=True):
            if value:
                totals[name][str(value)] += int(number)
    return {"sample": sum(int(row[0]) for row in rows), "whole": True, **_ranked(totals, most)}


def _ranked(totals: dict[str, Counter[str]], most: int) -> dict[str, list[tuple[str, int]]]:
    return {
        name: sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
        for name, found in totals.items()
    }


def _groups(database: Database, fields: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Fields and their columns by the tables that they need: one query answers a group."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in fields:
        column, tables = counting.column(database, name)
        found.setdefault(reading.joins(column) + tables, []).append((name, column))
    return found
