"""What is among the newest answers? Counts by some fields over a bounded sample, for pages.

Counting a million events takes seconds and tells a reader little more than the newest few thousand.
"""

from __future__ import annotations

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
    numbers = reading.numbers(database, asked, sample + 1)
    found: dict[str, Any] = {"sample": min(len(numbers), sample), "whole": len(numbers) <= sample}
    for name in fields:
        column, tables = counting.column(database, name)
        totals: dict[str, int] = {}
        for part in chunks(numbers[:sample]):
            sql = (
                f"SELECT {column}, count(*) FROM events e{reading.joins(column)}{tables}"
                f" WHERE e.n IN ({marks(len(part))}) GROUP BY 1"
            )
            for value, number in database.rows(sql, tuple(part)):
                if value:
                    totals[str(value)] = totals.get(str(value), 0) + int(number)
        ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
        found[name] = ranked[:most]
    return found
