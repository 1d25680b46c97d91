"""What happened between two sides, in the few columns that their level is reckoned from.

One walk along `happening_pairs` for each direction, however many codes a side has: it holds all
that is asked, so that no row of a happening is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from legation.store import asof, clock
from legation.store.engine import Database, marks
from legation.store.filters import Words
from legation.store.finding import HappeningFilter
from legation.store.legs import LONGEST_SPAN
from legation.store.pairs import pairs_of


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


SHOWN = ", ".join(f"w.{name}" for name in Dealing._fields)


def dealings(
    database: Database, one: Words, two: Words, since: str = "", until: str = "", as_of: str = ""
) -> list[tuple[object, ...]]:
    """All dealings between the codes of two sides, either way, whose span touches the days, as
    plain rows of `Dealing`; with `as_of` as they stood on that day."""
    if as_of:
        asked = HappeningFilter(pair=(one, two), since=since, until=until, as_of=as_of)
        return list(_then(database, asked))
    return [row for sql, values in _walks(asked_days(since, until), one, two, SHOWN)
            for row in database.rows(sql, values)]  # fmt: skip


def asked_days(since: str, until: str) -> tuple[str, list[str]]:
    """The condition that a span touches the days, and its values."""
    where, days = "", []  # type: str, list[str]
    if until:
        where += " AND w.day <= ? AND w.day <> ''"
        days.append(until)
    if since:
        where += " AND w.day >= ? AND w.last_day >= ?"
        days += [clock.shifted(since, -LONGEST_SPAN), since]
    return where, days


def _walks(
    more: tuple[str, list[str]], one: Words, two: Words, shown: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The walk of each direction: SQL and its values."""
    where, values = more
    # what was done together stands in both directions: once is enough
    for left, right, only in ((one, two, ""), (two, one, " AND w.directed = 1")):
        sides = f"w.a IN ({marks(len(left))}) AND w.b IN ({marks(len(right))}){only}"
        sql = f"SELECT {shown} FROM happening_pairs w WHERE {sides}{where}"
        yield sql, (*left, *right, *values)


def _then(database: Database, asked: HappeningFilter) -> Iterator[tuple[object, ...]]:
    """Dealings on a day gone by: as they are kept where nothing was learned since, the others put
    together again."""
    same, then = asof.standing(database, asked.as_of, "w")
    where, days = asked_days(asked.since, asked.until)
    told = asof.told(database, asked)
    here = {happening for _, happening in told}
    one, two = asked.pair or ((), ())
    kept: set[object] = set()
    for sql, values in _walks((f"{where} AND {same}", [*days, then]), one, two,
                              f"{SHOWN}, w.happening"):  # fmt: skip
        for *row, happening in database.rows(sql, values):
            kept.add(happening)
            if happening in here:
                yield tuple(row)
    others = [event for event, happening in told if happening not in kept]
    homes = dict.fromkeys(asof.homes(database, others, asked.as_of).values())
    for other in asof.many(database, homes, asked.as_of):
        if (asked.since and other.last_day < asked.since) or (
            asked.until and not "" < other.day <= asked.until
        ):
            continue
        act = other.happening
        yield from (
            (a, b, act.id, other.day, act.type, act.mode, act.status, other.last_day,
             len(act.reports), act.independent, act.confidence)
            for a, b, _ in pairs_of(act)
        )  # fmt: skip
