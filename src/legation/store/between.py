"""What happened between two sides, in the few columns that their level is reckoned from.

One walk along `happening_pairs` for each direction, however many codes a side has; the bodies of
the happenings, most of the work of reading them, stay where they are.
"""

from __future__ import annotations

from typing import NamedTuple

from legation.store import asof, clock
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Words
from legation.store.finding import HappeningFilter
from legation.store.legs import LONGEST_SPAN
from legation.store.pairs import pairs_of

COLUMNS = (
    "w.a, w.b, h.id, h.day, h.type, h.mode, h.status, h.last_day, h.reports, h.independent,"
    " h.confidence"
)


class Dealing(NamedTuple):
    """A happening between two codes; one with several codes on a side is told for each pair.

    a, b            codes: actor and recipient, or two that did it together
    day, last_day   first and last day of the act, else of publication; "" unknown
    independent     of its `reports`, those that are no copies of each other
    """

    a: str
    b: str
    id: str
    day: str
    type: str
    mode: str | None
    status: str
    last_day: str
    reports: int
    independent: int
    confidence: float


def dealings(
    database: Database, one: Words, two: Words, since: str = "", until: str = "", as_of: str = ""
) -> list[Dealing]:
    """All dealings between the codes of two sides, either way, whose span touches the days; with
    `as_of` as they stood on that day, and those of its happenings with others too."""
    if as_of:
        asked = HappeningFilter(pair=(one, two), since=since, until=until, as_of=as_of)
        return _then(database, asked)
    # what was done together stands in both directions: once is enough
    found = _one_way(database, one, two, since, until, "")
    return found + _one_way(database, two, one, since, until, " AND w.directed = 1")


def _one_way(
    database: Database, one: Words, two: Words, since: str, until: str, only: str
) -> list[Dealing]:
    where = (
        f"w.a IN ({marks(len(one))}) AND w.b IN ({marks(len(two))}){only} AND h.n = w.happening"
        " AND h.events > 0"
    )
    days: list[str] = []
    if until:
        where += " AND w.day <= ? AND w.day <> ''"
        days.append(until)
    if since:
        where += " AND w.day >= ? AND h.last_day >= ?"
        days += [clock.shifted(since, -LONGEST_SPAN), since]
    sql = f"SELECT {COLUMNS} FROM happening_pairs w CROSS JOIN happenings h WHERE {where}"
    return [Dealing(*row) for row in database.rows(sql, (*one, *two, *days))]


def _then(database: Database, asked: HappeningFilter) -> list[Dealing]:
    """Dealings on a day gone by: as they are kept where nothing was learned since, the others put
    together again."""
    same, then = asof.standing(database, asked.as_of)
    found: list[Dealing] = []
    others: list[str] = []
    for part in chunks(asof.numbers(database, asked)):
        sql = (
            f"SELECT {COLUMNS}, {same} FROM happenings h"
            " LEFT JOIN happening_pairs w ON w.happening = h.n"
            f" WHERE h.n IN ({marks(len(part))})"
        )
        for *row, as_kept in database.rows(sql, (*then, *part)):
            if not as_kept:
                others.append(row[2])
            elif row[0] is not None:
                found.append(Dealing(*row))
    for other in asof.many(database, others, asked.as_of):
        act = other.happening
        found += [
            Dealing(a, b, act.id, other.day, act.type, act.mode, act.status, other.last_day,
                    len(act.reports), act.independent, act.confidence)
            for a, b, _ in pairs_of(act)
        ]  # fmt: skip
    return [
        one for one in found
        if (not asked.since or one.last_day >= asked.since)
        and (not asked.until or "" < one.day <= asked.until)
    ]  # fmt: skip
