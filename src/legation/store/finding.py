"""Which happenings? Their filter, the ways along indices to those that fit, and pages of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

from legation.errors import InputError
from legation.store import legs, paging
from legation.store.engine import Database, marks
from legation.store.filters import Filter, Words
from legation.store.legs import Leg, Way
from legation.store.paging import Place
from legation.story import Status

_IN_PAIR = re.compile(  # columns of happening_pairs
    r"\bh\.(day|type|mode|status|last_day|reports|independent|confidence|changed)\b"
)


@dataclass(frozen=True, slots=True)
class HappeningFilter:
    """What to ask for; the fields shared with `Filter` mean the same.

    `min_reports` and `min_independent` count stories; `changed_since` is when the desk last learned
    something new about it ("what changed since yesterday?"). `as_of`: as they stood on that day.
    """

    actor: Words = ()
    recipient: Words = ()
    party: Words = ()
    pair: tuple[Words, Words] | tuple[()] = ()
    type: Words = ()
    mode: Words = ()
    status: Words = ()
    place: Words = ()
    since: str = ""
    until: str = ""
    changed_since: str = ""
    changed_until: str = ""
    min_reports: int = 1
    min_independent: int = 1
    min_confidence: float = 0.0
    disputed: bool | None = None
    text: str = ""
    as_of: str = ""

    @classmethod
    def of(cls, **asked: Any) -> HappeningFilter:
        """A filter from loose values, checked as `Filter.of` does; InputError."""
        names_ = {item.name for item in fields(cls)}
        if unknown := set(asked) - names_:
            wrong, there = (", ".join(sorted(names)) for names in (unknown, names_))
            raise InputError(f"happenings have no {wrong} to filter by; there are {there}")
        shared = {n: v for n, v in asked.items() if n in {f.name for f in fields(Filter)}}
        checked = Filter.of(**shared)
        own = {n: v for n, v in asked.items() if n not in shared and v is not None and v != ""}
        return cls(**{name: getattr(checked, name) for name in shared}, **own)


def numbered(
    database: Database, asked: HappeningFilter, limit: int, cursor: str, order: str
) -> tuple[list[int], str]:
    """Row numbers of the happenings of a page, and the cursor of the next one; InputError."""
    if order not in ("newest", "oldest", "changed"):
        raise InputError(f"order {order!r} is none of newest, oldest, changed")
    column, downwards = ("changed" if order == "changed" else "day"), order != "oldest"
    after, wanted = paging.place_of(cursor), paging.checked(limit) + 1
    found = way(database, asked)
    if column == "changed" and legs.size(database, found, asked) >= legs.COUNTED:
        found = _whole()  # too many to sort: walked in the order of change
    streams = [
        _leg(database, asked, found, leg, wanted, after, column, downwards) for leg in found.legs
    ]
    places = paging.merged(streams, wanted, downwards)
    return [number for _, number in places[:limit]], paging.after(places, limit)


def count(database: Database, asked: HappeningFilter) -> int:
    """How many there are."""
    found = way(database, asked)
    where, values = conditions(database, asked, found.used)
    inner = " UNION ".join(f"SELECT {leg.event} FROM {leg.table} WHERE {leg.where}"
                           for leg in found.legs)  # fmt: skip
    given = tuple(value for leg in found.legs for value in leg.values)
    sql = f"SELECT count(*) FROM happenings h WHERE h.n IN ({inner}) AND {where}"
    if found == _whole():
        sql, given = f"SELECT count(*) FROM happenings h WHERE {where}", ()
    return int(database.rows(sql, (*given, *values))[0][0])


def way(database: Database, asked: HappeningFilter) -> Way:
    """The way along the fewest happenings to those of a filter."""
    found = [one for one in _ways(database, asked) if len(one.legs) <= legs.MOST_LEGS]
    if len(found) < 2:
        return found[0] if found else _whole()
    return min(found, key=lambda one: legs.size(database, one, asked))


def _whole() -> Way:
    return Way((Leg("happenings h", "h.n", "h.day", "1 = 1", ()),), frozenset())


def _ways(database: Database, asked: HappeningFilter) -> Iterator[Way]:
    if asked.pair:
        one, two = asked.pair
        both = tuple(dict.fromkeys([*product(one, two), *product(two, one)]))
        yield _met("happening_pairs w", "w.a = ? AND w.b = ?", both, "pair")
        return
    if (
        asked.actor
        and asked.recipient
        and all(legs.is_code(side) for side in (*asked.actor, *asked.recipient))
    ):
        directed = "w.a = ? AND w.b = ? AND w.directed = 1"
        codes = tuple(product(asked.actor, asked.recipient))
        yield _met("happening_pairs w", directed, codes, "actor", "recipient")
        return
    for name, parts in legs.PARTS:
        if sides := getattr(asked, name, ()):
            known = tuple(key for side in sides for key in _keys(database, side))
            where = "w.code = ? AND w.part = ?"
            yield _met("happening_who w", where, tuple(product(known, parts)), name)
    if asked.mode:
        yield _columns("h.mode = ?", tuple(product(asked.mode)), "mode")
    if asked.type:
        statuses = asked.status or tuple(str(item) for item in Status)
        both = tuple(product(asked.type, statuses))
        yield _columns("h.type = ? AND h.status = ?", both, "type", "status")
    elif asked.status:
        yield _columns("h.status = ?", tuple(product(asked.status)), "status")
    if asked.disputed:
        yield _columns("h.disputed = 1", ((),), "disputed")
    if asked.place:
        inner, values = _placed(asked)
        number = f"SELECT count(*) FROM ({inner} LIMIT ?) x"
        if database.rows(number, (*values, legs.COUNTED))[0][0] < legs.COUNTED:
            yield _columns(f"h.n IN ({inner})", (values,), "place")
    if asked.text and legs.few(database, asked.text):
        sql, values = legs.searched(database, asked.text)
        inner = f"SELECT e.happening FROM events e WHERE e.story IN ({sql})"
        yield _columns(f"h.n IN ({inner})", (values,), "text")


def _met(table: str, where: str, many: tuple[tuple[Any, ...], ...], *used: str) -> Way:
    made = tuple(Leg(table, "w.happening", "w.day", where, values) for values in many)
    return Way(made, frozenset(used))


def _columns(where: str, many: tuple[tuple[Any, ...], ...], *used: str) -> Way:
    made = tuple(Leg("happenings h", "h.n", "h.day", where, values) for values in many)
    return Way(made, frozenset(used))


def _placed(asked: HappeningFilter) -> tuple[str, tuple[Any, ...]]:
    where = f"e.current = 1 AND e.place_country IN ({marks(len(asked.place))})"
    return f"SELECT e.happening FROM events e WHERE {where}", tuple(asked.place)


def _keys(database: Database, side: str) -> list[str]:
    """How happening_who calls a side: a code by itself, a party by `#` and its number."""
    if legs.is_code(side):
        return [side]
    return [f"#{number}" for number in legs.party_numbers(database, side)] or ["#"]


def _leg(
    database: Database, asked: HappeningFilter, found: Way, leg: Leg, limit: int,
    after: Place | None, column: str, downwards: bool,
) -> list[Place]:  # fmt: skip
    own, given = legs.bounded(leg, asked)
    where, values = conditions(database, asked, found.used, living=leg.table == "happenings h")
    by_leg = column == "day"
    sort, number = (leg.day, leg.event) if by_leg else (f"h.{column}", "h.n")
    tables = leg.table
    if by_leg and leg.table == "happening_pairs w":
        where = _IN_PAIR.sub(r"w.\1", where)
    if leg.table != "happenings h" and "h." in where + sort:
        tables += " CROSS JOIN happenings h"  # keeps SQLite to this order of tables
        own += f" AND h.n = {leg.event}"
    tests = [own, where]
    if after is not None:
        tests.append(f"({sort}, {number}) {'<' if downwards else '>'} (?, ?)")
    order = "DESC" if downwards else "ASC"
    rows = database.rows(
        f"SELECT {sort}, {number} FROM {tables} WHERE {' AND '.join(tests)}"
        f" ORDER BY {sort} {order}, {number} {order} LIMIT ?",
        (*given, *values, *(after or ()), limit),
    )
    return [(str(day), int(n)) for day, n in rows]


def conditions(
    database: Database, asked: HappeningFilter, used: frozenset[str], living: bool = True
) -> tuple[str, tuple[Any, ...]]:
    """The filters that a way does not take care of; `living`: those without events are there."""
    where: list[str] = ["h.events > 0"] if living else []
    values: list[Any] = []
    for name, words in (("type", asked.type), ("mode", asked.mode), ("status", asked.status)):
        if words and name not in used:
            where.append(f"h.{name} IN ({marks(len(words))})")
            values += words
    for sql, value in (
        ("h.last_day >= ?", asked.since),
        ("h.day <= ? AND h.day <> ''", asked.until),
        ("h.changed >= ?", asked.changed_since),
        ("h.changed <= ?", asked.changed_until),
        ("h.confidence >= ?", asked.min_confidence),
        ("h.reports >= ?", asked.min_reports if asked.min_reports > 1 else 0),
        ("h.independent >= ?", asked.min_independent if asked.min_independent > 1 else 0),
    ):
        if value:
            where.append(sql)
            values.append(value)
    if asked.disputed is not None and "disputed" not in used:
        where.append("h.disputed = ?")
        values.append(int(asked.disputed))
    for name, parts in legs.PARTS:
        if (sides := getattr(asked, name, ())) and name not in used:
            found = [key for side in sides for key in _keys(database, side)]
            where.append(
                "EXISTS (SELECT 1 FROM happening_who x WHERE x.happening = h.n"
                f" AND x.part IN ({marks(len(parts))}) AND x.code IN ({marks(len(found))}))"
            )
            values += [*parts, *found]
    if asked.pair and "pair" not in used:
        one, two = asked.pair
        both = f"x.a IN ({marks(len(one))}) AND x.b IN ({marks(len(two))})"
        other = f"x.a IN ({marks(len(two))}) AND x.b IN ({marks(len(one))})"
        sql = f"SELECT 1 FROM happening_pairs x WHERE x.happening = h.n AND ({both} OR {other})"
        where.append(f"EXISTS ({sql})")
        values += [*one, *two, *two, *one]
    if asked.place and "place" not in used:
        inner, given = _placed(asked)
        where.append(f"EXISTS ({inner} AND e.happening = h.n)")
        values += given
    if asked.text and "text" not in used:
        sql, given = legs.searched(database, asked.text)
        told = f"SELECT 1 FROM events e WHERE e.happening = h.n AND +e.story IN ({sql})"
        where.append(f"EXISTS ({told})")
        values += given
    return " AND ".join(where) or "1 = 1", tuple(values)
