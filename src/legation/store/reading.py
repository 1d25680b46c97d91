"""Events come out: a page at a time in any order, or all of them as a stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import replace
from typing import Any, TypeVar

from legation.store import asking, body, legs, paging, probing
from legation.store.engine import Database, Row, chunks, marks
from legation.store.filters import Filter
from legation.store.kept import KeptEvent, Page
from legation.store.paging import Place

T = TypeVar("T")


def page(
    database: Database, asked: Filter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptEvent]:
    """The events after the cursor, in order, at most `limit`; InputError on a bad cursor."""
    numbers_, more = numbered(database, asked, limit, cursor, order)
    return Page(tuple(by_number(database, numbers_)), more)


def made(
    database: Database, asked: Filter, limit: int, cursor: str, order: str,
    make: Callable[[Row], T], known: MutableMapping[int, T] | None = None,
) -> Page[T]:  # fmt: skip
    """A page of events in another form, made by `make` straight from rows of `asking.COLUMNS`;
    `known` holds those made before, by row number, as long as the desk has not changed."""
    wanted, more = numbered(database, asked, limit, cursor, order)
    found = {} if known is None else {n: known[n] for n in wanted if n in known}
    new = {row[0]: make(row) for row in rows(database, [n for n in wanted if n not in found])}
    if known is not None:
        known.update(new)
    found |= new
    return Page(tuple(found[number] for number in wanted if number in found), more)


def numbered(
    database: Database, asked: Filter, limit: int, cursor: str = "", order: str = "newest"
) -> tuple[list[int], str]:
    """Row numbers of the events of a page, and the cursor of the next one."""
    column, downwards = asking.ordering(order)
    after = paging.place_of(cursor)
    walk = by_day if column == "day" else _by_number
    most, wordless = paging.checked(limit) + 1, replace(asked, text="")
    places = probing.first(
        database, asked.text, most, lambda many: walk(database, wordless, many, after, downwards)
    )
    if places is None:
        places = walk(database, asked, most, after, downwards)
    return [number for _, number in places[:limit]], paging.after(places, limit)


def stream(
    database: Database, asked: Filter, order: str = "newest", size: int = 2000
) -> Iterator[KeptEvent]:
    """All events of a filter."""
    return paging.all_of(lambda n, cursor: page(database, asked, n, cursor, order), size)


def by_number(database: Database, numbers: list[int]) -> list[KeptEvent]:
    """Events by their row numbers, in that order."""
    found: dict[int, KeptEvent] = {}
    for row in rows(database, numbers):
        found[row[0]] = event(row)
    return [found[number] for number in numbers if number in found]


def rows(database: Database, numbers: list[int]) -> Iterator[Row]:
    """Rows of `asking.COLUMNS` of events, in any order."""
    for part in chunks(numbers):
        sql = (
            f"SELECT {asking.COLUMNS} FROM events e{asking.JOINS} WHERE e.n IN ({marks(len(part))})"
        )
        yield from database.rows(sql, tuple(part))


def numbers(database: Database, asked: Filter, limit: int) -> list[int]:
    """Row numbers of the newest events, without reading them."""
    return [number for _, number in by_day(database, asked, limit, None, True)]


def event(row: Row) -> KeptEvent:
    """One event from a row of `asking.COLUMNS`."""
    (n, id, kind, mode, status, confidence, said, sentence, day, last, days, coded, superseded,
     reviewed, story, given, title, url, published, seen, outlet, version, copied,
     happening) = row  # fmt: skip
    read, quotes = body.event_of(id, kind, mode, status, confidence, said)
    return KeptEvent(
        event=read, story=story, happening=happening or "", sentence=sentence, quotes=quotes,
        day=day, last_day=last, days=days, published=published or "", first_seen=seen, coded=coded,
        superseded=superseded or "", version=version, reviewed=bool(reviewed), given=given,
        outlet=outlet, title=title, url=url or "", copy_of=copied or "", n=n,
    )  # fmt: skip


def count(database: Database, asked: Filter) -> int:
    """How many events there are."""
    where, values = asking.condition(database, asked)
    sql = f"SELECT count(*) FROM events e{joins(where)} WHERE {where}"
    return int(database.rows(sql, values)[0][0])


def joins(text: str) -> str:
    """Only the tables that a condition or a column mentions."""
    found = " JOIN stories s ON s.n = e.story" if "stories s" in asking.tables(text) else ""
    return found + (" JOIN outlets o ON o.n = e.outlet" if re.search(r"\bo\.", text) else "")


def by_day(
    database: Database, asked: Filter, limit: int, after: Place | None, downwards: bool
) -> list[Place]:
    """Days and numbers of the next events: the legs' streams merged, each event once."""
    return walked(database, asked, limit, "", after, downwards)


def walked(
    database: Database, asked: Filter, limit: int, columns: str, after: Place | None = None,
    downwards: bool = True,
) -> list[Any]:  # fmt: skip
    """Day, number and some `columns` of `e` of the next events; no row of an event is fetched for
    what the index of a way holds."""
    asked_question = asking.question(database, asked)
    streams = [
        _leg(database, leg, asked_question, asked, limit, columns, after, downwards)
        for leg in asked_question.legs
    ]
    return paging.merged(streams, limit, downwards)


def _leg(
    database: Database, leg: legs.Leg, asked_question: asking.Question, asked: Filter, limit: int,
    columns: str, after: Place | None, downwards: bool,
) -> list[Any]:  # fmt: skip
    shown, tables, where, values = asking.within(leg, asked_question, asked, columns)
    if after is not None:
        where += f" AND ({leg.day}, {leg.event}) {'<' if downwards else '>'} (?, ?)"
    way = "DESC" if downwards else "ASC"
    sql = (
        f"SELECT {leg.day}, {leg.event}{shown and ', '}{shown} FROM {tables} WHERE {where}"
        f" ORDER BY {leg.day} {way}, {leg.event} {way} LIMIT ?"
    )
    most = 2 * limit if leg.wide else limit  # a wide leg may meet an event more than once
    while True:  # DISTINCT would look at all of its ranges to their ends
        found = database.rows(sql, (*values, *(after or ()), most))
        places = list(dict.fromkeys(found))
        if len(places) >= limit or len(found) < most:
            return places[:limit]
        most *= 4


def _by_number(
    database: Database, asked: Filter, limit: int, after: Place | None, downwards: bool
) -> list[Place]:
    """The next events as they were recorded: few are found by their way and sorted, many are
    walked past (a plus keeps SQLite off walking past the few as well)."""
    way = legs.way(database, asked)
    if way.named or (way.used and legs.size(database, way, asked) < legs.COUNTED):
        (where, values), sort = asking.condition(database, asked), "+e.n"
    else:
        (where, values), sort = asking.conditions(database, asked), "e.n"
        where = where if asked.as_of else f"+e.current = 1 AND {where}"
    given: list[Any] = list(values)
    if after is not None:
        where += f" AND e.n {'<' if downwards else '>'} ?"
        given.append(after[1])
    sql = (
        f"SELECT e.n FROM events e{joins(where)} WHERE {where}"
        f" ORDER BY {sort} {'DESC' if downwards else 'ASC'} LIMIT ?"
    )
    return [("", int(row[0])) for row in database.rows(sql, (*given, limit))]
