"""A `Filter` becomes SQL: the legs that an index can walk in order, and the conditions on top.

Each leg is a stream of event numbers, newest (or oldest) first, out of one index range; several
legs (several actors, both directions of a pair) are merged by the caller. So the first page of a
million events costs one range of an index, whatever is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from legation.errors import InputError
from legation.store import clock, keys, search
from legation.store.engine import Database, marks
from legation.store.filters import ORDERS, Filter

MOST_LEGS = 48
LONGEST_SPAN = timedelta(days=800)  # acts that began longer before `since` are not looked for
AHEAD = timedelta(days=200)  # acts due later than this after `as_of` are not looked for
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


@dataclass(frozen=True, slots=True)
class Leg:
    """One index range: `table` with alias, the column of the event, of the day, and its bounds."""

    table: str
    event: str
    day: str
    where: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A filter in SQL: any of the legs, and all of the conditions on `e`, `s`, `o`."""

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
    until = asked.until or (date.fromisoformat(day) + AHEAD).isoformat()
    return replace(asked, as_of="", published_until=published, until=until)


def question(database: Database, asked: Filter) -> Question:
    """The legs and conditions of a filter."""
    legs, used = _legs(database, asked)
    where, values = _conditions(database, asked, used)
    return Question(tuple(legs), " AND ".join(where) or "1 = 1", tuple(values))


def condition(database: Database, asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """The whole filter as one condition on `e`, `s`, `o`, for counting and streaming."""
    asked_question = question(database, asked)
    legs = asked_question.legs
    if legs[0].table == "events e":
        either = " OR ".join(f"({leg.where})" for leg in legs)
        values = tuple(value for leg in legs for value in leg.values)
        return f"({either}) AND {asked_question.where}", (*values, *asked_question.values)
    ranges = [bounded(leg, asked) for leg in legs]
    inner = " UNION ".join(
        f"SELECT {leg.event} FROM {leg.table} WHERE {where}"
        for leg, (where, _) in zip(legs, ranges, strict=True)
    )
    values = tuple(value for _, given in ranges for value in given)
    return f"e.n IN ({inner}) AND {asked_question.where}", (*values, *asked_question.values)


def bounded(leg: Leg, asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """The range of a leg, cut to the days asked for, so that no older or newer ones are walked."""
    where, values = leg.where, leg.values
    if asked.until:
        where, values = f"{where} AND {leg.day} <= ?", (*values, asked.until)
    if asked.since:
        earliest = (date.fromisoformat(asked.since) - LONGEST_SPAN).isoformat()
        where, values = f"{where} AND {leg.day} >= ?", (*values, earliest)
    return where, values


def _legs(database: Database, asked: Filter) -> tuple[list[Leg], set[str]]:
    current = "" if asked.as_of else " AND {0}.current = 1"
    now = (1, 0) if asked.as_of else (1,)  # a leg each: an index gives its order within one value
    if asked.happening:
        found = happening_numbers(database, asked.happening)
        list_ = marks(len(found)) or "NULL"
        where = f"e.happening IN ({list_})"
        values: tuple[Any, ...] = tuple(found)
        if asked.as_of:  # as it was put together then
            then = clock.moment(asked.as_of)
            where = (
                f"e.id IN (SELECT m.event FROM members m WHERE m.happening IN ({list_})"
                " AND m.since <= ? AND (m.until IS NULL OR m.until > ?))"
            )
            values = (*found, then, then)
        return [Leg("events e", "e.n", "e.day", where, values)], {"happening"}
    if asked.story:
        found = _stories(database, asked.story)
        where = f"e.story IN ({marks(len(found)) or 'NULL'})" + current.format("e")
        return [Leg("events e", "e.n", "e.day", where, tuple(found))], {"story"}
    if asked.event:
        where = f"e.id IN ({marks(len(asked.event))})" + current.format("e")
        return [Leg("events e", "e.n", "e.day", where, tuple(asked.event))], {"event"}
    if asked.text:
        where, values = searched(database, asked.text)
        return [Leg("events e", "e.n", "e.day", where + current.format("e"), values)], {"text"}
    codes = _pair_codes(asked)
    if codes:
        where = "w.a = ? AND w.b = ? AND w.current = ?"
        pair_legs = [
            Leg("pairs w", "w.event", "w.day", where + only, (a, b, live))
            for a, b, only in codes
            for live in now
        ]
        return pair_legs, {"pair"} if asked.pair else {"actor", "recipient"}
    for name, parts in (
        ("actor", ("actor",)),
        ("recipient", ("recipient",)),
        ("source", ("source",)),
        ("party", ("actor", "recipient")),
    ):
        sides = getattr(asked, name)
        if sides and len(sides) * len(parts) <= MOST_LEGS:
            return [leg for part in parts for leg in _who_legs(database, sides, part, now)], {name}
    where = "e.current = ?"
    if len(asked.type) == 1:
        where += " AND e.type = ?"
        return [Leg("events e", "e.n", "e.day", where, (live, *asked.type)) for live in now], {
            "type"
        }
    return [Leg("events e", "e.n", "e.day", where, (live,)) for live in now], set()


def _pair_codes(asked: Filter) -> list[tuple[str, str, str]]:
    """Pairs of plain codes that the pairs table can answer, with a condition on direction."""
    if asked.pair:
        one, two = asked.pair
        both = [*product(one, two), *product(two, one)]
        found = [(a, b, "") for a, b in dict.fromkeys(both)]
    elif asked.actor and asked.recipient:
        if not all(map(is_code, (*asked.actor, *asked.recipient))):
            return []
        found = [(a, b, " AND w.directed = 1") for a, b in product(asked.actor, asked.recipient)]
    else:
        return []
    return found if len(found) <= MOST_LEGS else []


def _who_legs(
    database: Database, sides: tuple[str, ...], part: str, now: tuple[int, ...]
) -> list[Leg]:
    found: list[Leg] = []

    def add(where: str, *values: Any) -> None:
        for live in now:
            sql = where + " AND w.current = ?"
            found.append(Leg("who w", "w.event", "w.day", sql, (*values, live)))

    for side in sides:
        code, _, sector = side.partition("/")
        if is_code(code):
            if sector:
                add("w.code = ? AND w.part = ? AND w.sector = ?", code, part, sector)
            else:
                add("w.code = ? AND w.part = ?", code, part)
            continue
        parties = party_numbers(database, side)
        if not parties:
            add("1 = 0")
        for number in parties[:MOST_LEGS]:
            add("w.party = ? AND w.part = ?", number, part)
    return found


def party_numbers(database: Database, named: str) -> list[int]:
    """The parties of an entity or a name."""
    rows = database.rows(
        "SELECT n FROM parties WHERE entity = ? OR folded = ? ORDER BY n",
        (named, keys.fold(named)),
    )
    return [int(row[0]) for row in rows]


def _conditions(database: Database, asked: Filter, used: set[str]) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []

    def add(sql: str, *given: Any) -> None:
        where.append(sql)
        values.extend(given)

    def among(column: str, words: tuple[str, ...]) -> None:
        if words:
            add(f"{column} IN ({marks(len(words))})", *words)

    for name, parts in (
        ("actor", ("actor",)),
        ("recipient", ("recipient",)),
        ("source", ("source",)),
        ("party", ("actor", "recipient")),
    ):
        if getattr(asked, name) and name not in used:
            sql, given = _takes_part(database, getattr(asked, name), parts)
            add(sql, *given)
    if asked.pair and "pair" not in used:
        one, two = asked.pair
        both = f"(x.a IN ({marks(len(one))}) AND x.b IN ({marks(len(two))}))"
        other = f"(x.a IN ({marks(len(two))}) AND x.b IN ({marks(len(one))}))"
        sql = f"EXISTS (SELECT 1 FROM pairs x WHERE x.event = e.n AND ({both} OR {other}))"
        add(sql, *one, *two, *two, *one)
    if "type" not in used:
        among("e.type", asked.type)
    among("e.mode", asked.mode)
    among("e.status", asked.status)
    among("e.place_country", asked.place)
    among("o.name", asked.outlet)
    if "event" not in used:
        among("e.id", asked.event)
    if asked.story and "story" not in used:
        among("s.id", asked.story)
    if asked.text and "text" not in used:
        found, words = searched(database, asked.text)
        add(found, *words)
    for word in asked.context:
        add("e.body LIKE ?", f'%"contexts":[%"{word}"%')
    _times(asked, add)
    if asked.min_confidence > 0:
        add("e.confidence >= ?", asked.min_confidence)
    if asked.max_confidence < 1:
        add("e.confidence <= ?", asked.max_confidence)
    if asked.precision:
        add("e.days BETWEEN 1 AND ?", asked.precision)
    if asked.reviewed is not None:
        add("e.reviewed = ?", int(asked.reviewed))
    if not asked.copies:
        add("s.original IS NULL")
    return where, values


def _times(asked: Filter, add: Any) -> None:
    if asked.since:
        add("e.last_day >= ?", asked.since)
    if asked.until:
        add("e.day <= ? AND e.day <> ''", asked.until)
    if asked.published_since:
        add("s.published >= ?", asked.published_since)
    if asked.published_until:
        add("s.published <= ?", asked.published_until)
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


def searched(database: Database, text: str) -> tuple[str, tuple[Any, ...]]:
    if database.name == "sqlite":
        found = "SELECT rowid FROM search WHERE search MATCH ?"
        return f"e.story IN ({found})", (search.sqlite(text),)
    found = "SELECT story FROM search WHERE words @@ to_tsquery('english', ?)"
    return f"e.story IN ({found})", (search.postgresql(text),)


def happening_numbers(database: Database, ids: tuple[str, ...]) -> list[int]:
    """Numbers of ids; a happening that was merged leads to the one it is part of."""
    found = []
    for id in ids:
        rows = database.rows("SELECT n, merged_into FROM happenings WHERE id = ?", (id,))
        while rows and rows[0][1] is not None:
            rows = database.rows("SELECT n, merged_into FROM happenings WHERE n = ?", (rows[0][1],))
        found += [int(row[0]) for row in rows]
    return found


def _stories(database: Database, ids: tuple[str, ...]) -> list[int]:
    """Stories by the desk's id, or by the id they came with."""
    sql = f"SELECT n FROM stories WHERE id IN ({marks(len(ids))}) OR given IN ({marks(len(ids))})"
    return [int(row[0]) for row in database.rows(sql, (*ids, *ids))]


def is_code(word: str) -> bool:
    """A country or body code is short and in capitals; names and entities are not."""
    return 2 <= len(word) <= 6 and word.isupper() and word.isascii()


def ordering(order: str) -> tuple[str, bool]:
    """The column to sort by and whether downwards; InputError on another word."""
    table = {
        "newest": ("day", True), "oldest": ("day", False),
        "recorded": ("n", False), "changed": ("n", True),
    }  # fmt: skip
    if order not in table:
        raise InputError(f"order {order!r} is none of {', '.join(ORDERS)}")
    return table[order]
