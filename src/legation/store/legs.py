"""Which index answers a filter? Each leg is one range of an index that walks events in order.

A filter with several conditions could be walked along several indices; the one with the fewest
events is taken, found by counting each up to a bound. What is left of the filter is asked of each
event on the way (`asking`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Protocol

from legation.store import clock, keys, search
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Filter
from legation.story import Status

MOST_LEGS = 128  # the states of a union with another side, either way
COUNTED = 20_000  # events up to which ways are compared
RARE = 2_000  # events of a confidence that is asked for: so many are sorted, more walked past
FEW_STORIES = 5_000  # found by words: so many are looked up, more are walked past
LONGEST_SPAN = 800  # days; acts that began longer before `since` are not looked for
PARTS = (
    ("actor", ("actor",)),
    ("recipient", ("recipient",)),
    ("source", ("source",)),
    ("party", ("actor", "recipient")),
)


class Spanned(Protocol):
    """A filter with a span of days."""

    @property
    def since(self) -> str:
        """The first day."""

    @property
    def until(self) -> str:
        """The last day."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One index range: `table` with alias, the column of the event, of the day, and its bounds.

    A `wide` one is many ranges at once, which meet an event more than once and in no order.
    """

    table: str
    event: str
    day: str
    where: str
    values: tuple[Any, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The legs that together walk all that fits, and the filters that they take care of; `named`
    when these are ids, so that there is little to walk."""

    legs: tuple[Leg, ...]
    used: frozenset[str]
    named: bool = False


def way(database: Database, asked: Filter) -> Way:
    """The cheapest way to the events of a filter."""
    if named := _named(database, asked):
        return named
    found = [one for one in _ways(database, asked) if len(one.legs) <= MOST_LEGS]
    others = list(_unsorted(asked))
    undated = replace(asked, since="", until="")  # so that their index alone is counted
    best, least = found[0] if found else _whole(asked), COUNTED
    if found and len(found) + len(others) > 1:
        least = size(database, best, asked)
    ways = [*((one, asked, COUNTED) for one in found[1:]),
            *((one, undated, most) for one, most in others)]  # fmt: skip
    for one, days, most in ways:  # each counted no further than the best so far
        number = size(database, one, days, min(most, least))
        if number < min(most, least):
            best, least = one, number
    return best


def _unsorted(asked: Filter) -> Iterator[tuple[Way, int]]:
    """Ways that are not in the order of days, and how short they must be to be worth it."""
    low, high = asked.published_since, asked.published_until
    if (low or high) and not asked.pair:  # of a pair its index holds these days
        both = ((low or "0", high or "9999"),)
        where = " AND e.published >= ? AND e.published <= ?"
        yield _columns(where, both, asked, "published"), COUNTED
    if asked.min_confidence > 0 or asked.max_confidence < 1:
        bounds = ((asked.min_confidence, asked.max_confidence),)
        where = " AND e.confidence >= ? AND e.confidence <= ?"
        yield _columns(where, bounds, asked, "confidence"), RARE


def size(database: Database, found: Way, asked: Spanned, most: int = COUNTED) -> int:
    """How many events stand along a way, counted up to `most`."""
    total = 0
    for leg in found.legs:
        where, values = bounded(leg, asked)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {leg.table} WHERE {where} LIMIT ?) x"
        total += int(database.rows(sql, (*values, most - total))[0][0])
        if total >= most:
            break
    return total


def bounded(leg: Leg, asked: Spanned) -> tuple[str, tuple[Any, ...]]:
    """The range of a leg, cut to the days asked for, so that no older or newer ones are walked."""
    where, values = leg.where, leg.values
    if asked.until:
        where, values = f"{where} AND {leg.day} <= ?", (*values, asked.until)
    if asked.since:
        earliest = clock.shifted(asked.since, -LONGEST_SPAN)
        where, values = f"{where} AND {leg.day} >= ?", (*values, earliest)
    return where, values


def _named(database: Database, asked: Filter) -> Way | None:
    """The way to events, stories or a happening by their ids: there is none shorter."""
    # the plus keeps SQLite from walking all that is current
    current = "" if asked.as_of else " AND +e.current = 1"
    if asked.happening:
        found = happening_numbers(database, asked.happening)
        list_ = marks(len(found)) or "NULL"
        where, values = f"e.happening IN ({list_})", tuple(found)  # type: str, tuple[Any, ...]
        if asked.as_of:  # as it was put together then
            then = clock.moment(asked.as_of)
            where = (
                f"e.id IN (SELECT m.event FROM members m WHERE m.happening IN ({list_})"
                " AND m.since <= ? AND (m.until IS NULL OR m.until > ?))"
            )
            values = (*found, then, then)
        return _one(where, values, "happening")
    if asked.story:
        numbers = _stories(database, asked.story)
        where = f"e.story IN ({marks(len(numbers)) or 'NULL'})" + current
        return _one(where, tuple(numbers), "story")
    if asked.event:
        return _one(f"e.id IN ({marks(len(asked.event))})" + current, asked.event, "event")
    if asked.text and few(database, asked.text):
        sql, words = searched(database, asked.text)
        return _one(f"e.story IN ({sql})" + current, words, "text")
    return None


def _one(where: str, values: tuple[Any, ...], used: str) -> Way:
    return Way((Leg("events e", "e.n", "e.day", where, values),), frozenset([used]), named=True)


def _whole(asked: Filter) -> Way:
    return _columns("", ((),), asked)


def _columns(columns: str, many: Iterable[tuple[Any, ...]], asked: Filter, *used: str) -> Way:
    """A leg of events for each of many values, and for current and (with `as_of`) superseded
    ones: an index gives its order within one value only."""
    where = f"e.current = ?{columns}"
    both = product(_now(asked), many)
    made = (Leg("events e", "e.n", "e.day", where, (live, *values)) for live, values in both)
    return Way(tuple(made), frozenset(used))


def _now(asked: Filter) -> tuple[int, ...]:
    return (1, 0) if asked.as_of else (1,)


def _ways(database: Database, asked: Filter) -> Iterator[Way]:
    if pairs := tuple(_pairs(asked)):
        yield Way(pairs, frozenset(["pair"] if asked.pair else ["actor", "recipient"]))
        return  # no way is shorter, and none of its sides alone
    for name, parts in PARTS:
        sides = getattr(asked, name)
        if sides and len(sides) * len(parts) <= MOST_LEGS:
            own = tuple(leg for part in parts for leg in _who(database, sides, part, asked))
            yield Way(own, frozenset([name]))
    if asked.context:
        where = "w.context = ? AND w.current = ?"
        own = tuple(
            Leg("contexts w", "w.event", "w.day", where, both)
            for both in product(asked.context, _now(asked))
        )
        yield Way(own, frozenset(["context"]))
    if asked.mode:
        yield _columns(" AND e.mode = ?", product(asked.mode), asked, "mode")
    if asked.place:
        yield _columns(" AND e.place_country = ?", product(asked.place), asked, "place")
    if asked.outlet:
        numbers = outlet_numbers(database, asked.outlet) or [0]
        yield _columns(" AND e.outlet = ?", product(numbers), asked, "outlet")
    if asked.reviewed:
        yield _columns(" AND e.reviewed = 1", ((),), asked, "reviewed")
    if asked.type:
        statuses = asked.status or tuple(str(item) for item in Status)
        both = product(asked.type, statuses)
        yield _columns(" AND e.type = ? AND e.status = ?", both, asked, "type", "status")
    elif asked.status:
        yield _columns(" AND e.status = ?", product(asked.status), asked, "status")


def _pairs(asked: Filter) -> Iterator[Leg]:
    """Legs of the pairs of codes between two sides; none where a side is no plain code."""
    if asked.pair:
        one, two = asked.pair
        ways, only = [(one, two), (two, one)], ""
    elif asked.actor and asked.recipient and all(map(is_code, (*asked.actor, *asked.recipient))):
        ways, only = [(asked.actor, asked.recipient)], " AND w.directed = 1"
    else:
        return
    codes = dict.fromkeys(both for way in ways for both in product(*way))
    if len(codes) <= MOST_LEGS:
        where = f"w.a = ? AND w.b = ? AND w.current = ?{only}"
        for (a, b), live in product(codes, _now(asked)):
            yield Leg("pairs w", "w.event", "w.day", where, (a, b, live))
        return
    for (one, two), live in product(ways, _now(asked)):
        where = f"w.a IN ({marks(len(one))}) AND w.b IN ({marks(len(two))}) AND w.current = ?{only}"
        yield Leg("pairs w", "w.event", "w.day", where, (*one, *two, live), wide=True)


def _who(database: Database, sides: tuple[str, ...], part: str, asked: Filter) -> Iterator[Leg]:
    for side in sides:
        code, _, sector = side.partition("/")
        wanted: list[tuple[str, tuple[Any, ...]]]
        if is_code(code) and sector:
            wanted = [("w.code = ? AND w.part = ? AND w.sector = ?", (code, part, sector))]
        elif is_code(code):
            wanted = [("w.code = ? AND w.part = ?", (code, part))]
        else:
            numbers = party_numbers(database, side)[:MOST_LEGS]
            wanted = [("w.party = ? AND w.part = ?", (number, part)) for number in numbers]
            wanted = wanted or [("1 = 0", ())]
        for where, values in wanted:
            for live in _now(asked):
                sql = f"{where} AND w.current = ?"
                yield Leg("who w", "w.event", "w.day", sql, (*values, live))


def party_numbers(database: Database, named: str) -> list[int]:
    """The parties of an entity or a name."""
    rows = database.rows(
        "SELECT n FROM parties WHERE entity = ? UNION SELECT n FROM parties WHERE folded = ?"
        " ORDER BY n",
        (named, keys.fold(named)),
    )
    return [int(row[0]) for row in rows]


def outlet_numbers(database: Database, names: tuple[str, ...]) -> list[int]:
    """The outlets of these names."""
    sql = f"SELECT n FROM outlets WHERE name IN ({marks(len(names))})"
    return [int(row[0]) for row in database.rows(sql, names)]


def few(database: Database, text: str) -> bool:
    """Whether only a few stories hold the words."""
    sql, words = searched(database, text)
    found = database.rows(f"SELECT count(*) FROM ({sql} LIMIT ?) x", (*words, FEW_STORIES + 1))
    return int(found[0][0]) <= FEW_STORIES


def searched(database: Database, text: str) -> tuple[str, tuple[Any, ...]]:
    """A query of the numbers of stories that hold the words."""
    if database.name == "sqlite":
        return "SELECT rowid FROM search WHERE search MATCH ?", (search.sqlite(text),)
    found = "SELECT story FROM search WHERE words @@ to_tsquery('english', ?)"
    return found, (search.postgresql(text),)


def happening_numbers(database: Database, ids: tuple[str, ...]) -> list[int]:
    """Numbers of ids; a happening that was merged leads to the one it is part of."""
    rows: dict[str, tuple[int, int | None]] = {}
    for part in chunks(ids):
        sql = f"SELECT id, n, merged_into FROM happenings WHERE id IN ({marks(len(part))})"
        rows |= {str(id): (n, into) for id, n, into in database.rows(sql, tuple(part))}
    found = []
    for id in ids:
        number, into = rows.get(id, (0, None))
        while into is not None:
            sql = "SELECT n, merged_into FROM happenings WHERE n = ?"
            number, into = database.rows(sql, (into,))[0]
        found += [int(number)] if number else []
    return found


def _stories(database: Database, ids: tuple[str, ...]) -> list[int]:
    """Stories by the desk's id, or by the id they came with."""
    list_ = marks(len(ids))
    sql = (
        f"SELECT n FROM stories WHERE id IN ({list_}) UNION SELECT n FROM stories"
        f" WHERE given IN ({list_})"
    )
    return [int(row[0]) for row in database.rows(sql, (*ids, *ids))]


def is_code(word: str) -> bool:
    """A country or body code is short and in capitals; names and entities are not."""
    return 2 <= len(word) <= 6 and word.isupper() and word.isascii()
