"""A `Filter` becomes SQL: the way that an index can walk in order (`legs`), conditions on top.

Each leg is a stream of event numbers, newest (or oldest) first, out of one index range; several
legs (several actors, both directions of a pair) are merged by the caller. So the first page of a
million events costs one range of an index, whatever is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from legation.errors import InputError
from legation.store import clock, legs
from legation.store.engine import Database, marks
from legation.store.filters import ORDERS, Filter
from legation.store.legs import Leg, bounded, happening_numbers, is_code, party_numbers

__all__ = [
    "COLUMNS", "JOINS", "Question", "before", "condition", "conditions", "happening_numbers",
    "is_code", "known", "numbers_of", "ordering", "party_numbers", "question", "tables", "within",
]  # fmt: skip

AHEAD = 92  # days; acts due later than this after `as_of` are not looked for
COLUMNS = (
    "e.n, e.id, e.type, e.mode, e.status, e.confidence, e.body, e.sentence, e.day, e.last_day,"
    " e.days, e.coded, e.superseded, e.reviewed, s.id, s.given, s.title, s.url, s.published,"
    " s.first_seen, o.name, r.version, c.id, h.id"
)
JOINS = (
    " JOIN stories s ON s.n = e.story JOIN outlets o ON o.n = s.outlet"
    " JOIN readings r ON r.n = e.reading LEFT JOIN stories c ON c.n = s.original"
    " LEFT JOIN happenings h ON h.n = e.happening"
)
_IN_LEG = {
    "who w": re.compile(r"\be\.(day|type|status|last_day|published|coded|superseded)\b"),
    "pairs w": re.compile(
        r"\be\.(day|type|status|days|last_day|published|coded|superseded|happening)\b"
    ),
    "contexts w": re.compile(r"\be\.(day)\b"),
}
"""Columns of events that a leg's own index holds."""


@dataclass(frozen=True, slots=True)
class Question:
    """A filter in SQL: any of the legs, and all of the conditions on `e`, `s`."""

    legs: tuple[Leg, ...]
    where: str
    values: tuple[Any, ...]


def before(database: Database, as_of: str) -> bool:
    """Whether a day lies before the desk read its first event."""
    rows = database.rows("SELECT coded FROM events ORDER BY coded, n LIMIT 1")
    return not rows or clock.moment(as_of) < str(rows[0][0])


def known(database: Database, asked: Filter) -> Filter:
    """The filter with its `as_of` made plain: before the desk read anything (an archive that was
    loaded later) it means what had been published by that day, as it is read today."""
    if not asked.as_of or not before(database, asked.as_of):
        return asked
    day = clock.moment(asked.as_of)[:10]
    published = min(asked.published_until or day, day)
    until = asked.until or clock.shifted(day, AHEAD)
    return replace(asked, as_of="", published_until=published, until=until)


def question(database: Database, asked: Filter) -> Question:
    """The legs and conditions of a filter."""
    found = legs.way(database, asked)
    where, values = conditions(database, asked, found.used)
    return Question(found.legs, where, values)


def within(
    leg: Leg, asked_question: Question, asked: Filter, shown: str
) -> tuple[str, str, str, tuple[Any, ...]]:
    """One leg with the conditions: the columns shown of `e`, tables, WHERE and values."""
    own, given = bounded(leg, asked)
    where = asked_question.where
    if leg.table in _IN_LEG:
        where, shown = (_IN_LEG[leg.table].sub(r"w.\1", text) for text in (where, shown))
    names, links = leg.table, []
    mentioned = tables(f"{where} {shown}")
    if leg.table != "events e" and mentioned:
        names += " CROSS JOIN events e"  # keeps SQLite to this order of tables
        links.append(f"e.n = {leg.event}")
    if "stories s" in mentioned:
        names += " CROSS JOIN stories s"
        links.append("s.n = e.story")
    whole = " AND ".join([own, *links, where])
    return shown, names, whole, (*given, *asked_question.values)


def condition(database: Database, asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """The whole filter as one condition on `e`, `s`, for counting."""
    asked_question = question(database, asked)
    found = asked_question.legs
    if found[0].table == "events e":
        either = " OR ".join(f"({leg.where})" for leg in found)
        values = tuple(value for leg in found for value in leg.values)
        return f"({either}) AND {asked_question.where}", (*values, *asked_question.values)
    inner, values = numbers_of(found, asked)
    return f"e.n IN ({inner}) AND {asked_question.where}", (*values, *asked_question.values)


def numbers_of(found: tuple[Leg, ...], asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """A query of the numbers of all events along some legs, each once."""
    ranges = [bounded(leg, asked) for leg in found]
    inner = " UNION ".join(
        f"SELECT {leg.event} AS n FROM {leg.table} WHERE {where}"
        for leg, (where, _) in zip(found, ranges, strict=True)
    )
    return inner, tuple(value for _, given in ranges for value in given)


def walked(asked_question: Question, asked: Filter) -> tuple[str, tuple[Any, ...]] | None:
    """A query of the numbers of all events that fit, each once, from indices of legs alone; None
    where these do not hold all that is asked."""
    parts: list[str] = []
    values: list[Any] = []
    for leg in asked_question.legs:
        _, names, where, given = within(leg, asked_question, asked, "")
        if names != leg.table:
            return None
        parts.append(f"SELECT {leg.event} AS n FROM {names} WHERE {where}")
        values += given
    return " UNION ".join(parts), tuple(values)


def tables(text: str) -> set[str]:
    """The tables that a condition or a column mentions, beside a leg's own."""
    found = set()
    if re.search(r"\be\.", text):
        found.add("events e")
    if re.search(r"\bs\.", text):
        found |= {"events e", "stories s"}
    return found


def conditions(
    database: Database, asked: Filter, used: frozenset[str] = frozenset()
) -> tuple[str, tuple[Any, ...]]:
    """The filters that the legs do not take care of."""
    where: list[str] = []
    values: list[Any] = []

    def add(sql: str, *given: Any) -> None:
        where.append(sql)
        values.extend(given)

    def among(name: str, column: str, words: tuple[Any, ...]) -> None:
        if words and name not in used:
            add(f"{column} IN ({marks(len(words))})", *words)

    for name, parts in legs.PARTS:
        if getattr(asked, name) and name not in used:
            sql, given = _takes_part(database, getattr(asked, name), parts)
            add(sql, *given)
    if asked.pair and "pair" not in used:
        one, two = asked.pair
        both = f"(x.a IN ({marks(len(one))}) AND x.b IN ({marks(len(two))}))"
        other = f"(x.a IN ({marks(len(two))}) AND x.b IN ({marks(len(one))}))"
        sql = f"EXISTS (SELECT 1 FROM pairs x WHERE x.event = e.n AND ({both} OR {other}))"
        add(sql, *one, *two, *two, *one)
    among("type", "e.type", asked.type)
    among("mode", "e.mode", asked.mode)
    among("status", "e.status", asked.status)
    among("place", "e.place_country", asked.place)
    among("event", "e.id", asked.event)
    among("story", "s.id", asked.story)
    if asked.outlet:
        numbers = tuple(legs.outlet_numbers(database, asked.outlet))
        among("outlet", "e.outlet", numbers or (0,))
    if asked.text and "text" not in used:
        found, words = legs.searched(database, asked.text)
        add(f"+e.story IN ({found})", *words)  # walked past: the plus keeps it off its index
    if asked.context and "context" not in used:
        list_ = marks(len(asked.context))
        sql = f"SELECT 1 FROM contexts x WHERE x.event = e.n AND x.context IN ({list_})"
        add(f"EXISTS ({sql})", *asked.context)
    _times(asked, add)
    if asked.min_confidence > 0:
        add("e.confidence >= ?", asked.min_confidence)
    if asked.max_confidence < 1:
        add("e.confidence <= ?", asked.max_confidence)
    if asked.precision:
        add("e.days BETWEEN 1 AND ?", asked.precision)
    if asked.reviewed is not None and "reviewed" not in used:
        add("e.reviewed = ?", int(asked.reviewed))
    if not asked.copies:
        add("s.original IS NULL")
    return " AND ".join(where) or "1 = 1", tuple(values)


def _times(asked: Filter, add: Any) -> None:
    if asked.since:
        add("e.last_day >= ?", asked.since)
    if asked.until:
        add("e.day <= ? AND e.day <> ''", asked.until)
    if asked.published_since:
        add("e.published >= ?", asked.published_since)
    if asked.published_until:
        add("e.published <= ?", asked.published_until)
    if asked.seen_since:
        add("s.first_seen >= ?", asked.seen_since)
    if asked.seen_until:
        add("s.first_seen <= ?", clock.moment(asked.seen_until))
    if asked.as_of:
        then = clock.moment(asked.as_of)
        add("e.coded <= ? AND (e.superseded IS NULL OR e.superseded > ?)", then, then)


def _takes_part(
    database: Database, sides: tuple[str, ...], parts: tuple[str, ...]
) -> tuple[str, list[Any]]:
    tests: list[str] = []
    values: list[Any] = list(parts)
    for side in sides:
        code, _, sector = side.partition("/")
        if is_code(code):
            tests.append("x.code = ?" + (" AND x.sector = ?" if sector else ""))
            values += [code, sector] if sector else [code]
        else:
            numbers = party_numbers(database, side)
            tests.append(f"x.party IN ({marks(len(numbers)) or 'NULL'})")
            values += numbers
    sql = f"x.event = e.n AND x.part IN ({marks(len(parts))}) AND ({' OR '.join(tests)})"
    return f"EXISTS (SELECT 1 FROM who x WHERE {sql})", values


def ordering(order: str) -> tuple[str, bool]:
    """The column to sort by and whether downwards; InputError on another word."""
    table = {
        "newest": ("day", True), "oldest": ("day", False),
        "recorded": ("n", False), "changed": ("n", True),
    }  # fmt: skip
    if order not in table:
        raise InputError(f"order {order!r} is none of {', '.join(ORDERS)}")
    return table[order]
