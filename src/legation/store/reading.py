"""Events come out: a page at a time in any order, or all of them as a stream."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from legation.errors import InputError
from legation.store import asking, body
from legation.store.engine import Database, Row, chunks, marks
from legation.store.filters import Filter
from legation.store.kept import KeptEvent, Page

LARGEST_PAGE = 10_000
Place = tuple[str, int]  # day and number of an event: where a page ends


def page(
    database: Database, asked: Filter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptEvent]:
    """The events after the cursor, in order, at most `limit`; InputError on a bad cursor."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise InputError(f"limit {limit} is not in 1..{LARGEST_PAGE}")
    column, downwards = asking.ordering(order)
    after = place_of(cursor) if cursor else None
    if column == "day":
        places = _by_day(database, asked, limit + 1, after, downwards)
    else:
        places = _by_number(database, asked, limit + 1, after, downwards)
    events = by_number(database, [number for _, number in places[:limit]])
    more = f"{places[limit - 1][0]}~{places[limit - 1][1]}" if len(places) > limit else ""
    return Page(tuple(events), more)


def stream(
    database: Database, asked: Filter, order: str = "newest", size: int = 2000
) -> Iterator[KeptEvent]:
    """All events of a filter, page by page, so that nothing is held and no writer waits."""
    cursor = ""
    while True:
        found = page(database, asked, size, cursor, order)
        yield from found.items
        cursor = found.next
        if not cursor:
            return


def by_number(database: Database, numbers: list[int]) -> list[KeptEvent]:
    """Events by their row numbers, in that order."""
    found: dict[int, KeptEvent] = {}
    for part in chunks(numbers):
        sql = (
            f"SELECT {asking.COLUMNS} FROM events e{asking.JOINS} WHERE e.n IN ({marks(len(part))})"
        )
        for row in database.rows(sql, tuple(part)):
            found[row[0]] = event(row)
    return [found[number] for number in numbers if number in found]


def numbers(database: Database, asked: Filter, limit: int) -> list[int]:
    """Row numbers of the newest events, without reading them."""
    return [number for _, number in _by_day(database, asked, limit, None, True)]


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
    found = ""
    if re.search(r"\b[soc]\.", text):
        found += " JOIN stories s ON s.n = e.story"
    if re.search(r"\bo\.", text):
        found += " JOIN outlets o ON o.n = s.outlet"
    return found


def _by_day(
    database: Database, asked: Filter, limit: int, after: Place | None, downwards: bool
) -> list[Place]:
    """Days and numbers of the next events: the legs' streams merged, each event once."""
    asked_question = asking.question(database, asked)
    streams = [
        _leg(database, leg, asked_question, asked, limit, after, downwards)
        for leg in asked_question.legs
    ]
    merged = heapq.merge(*streams, reverse=downwards)
    return list(islice(once(merged), limit))


def once(places: Iterator[Place]) -> Iterator[Place]:
    """Places in order, equal neighbours once."""
    last: Place | None = None
    for place in places:
        if place != last:
            yield place
        last = place


def _leg(
    database: Database, leg: asking.Leg, asked_question: asking.Question, asked: Filter,
    limit: int, after: Place | None, downwards: bool,
) -> Iterator[Place]:  # fmt: skip
    within, given = asking.bounded(leg, asked)
    where, values = [within], list(given)
    if after is not None:
        where.append(f"({leg.day}, {leg.event}) {'<' if downwards else '>'} (?, ?)")
        values += after
    tables = leg.table
    if tables != "events e" and "e." in asked_question.where + joins(asked_question.where):
        tables += " CROSS JOIN events e"  # keeps SQLite to this order of tables
        where.append(f"e.n = {leg.event}")
    for name, link in (("stories s", "s.n = e.story"), ("outlets o", "o.n = s.outlet")):
        if f" {name} " in joins(asked_question.where) + " ":
            tables += f" CROSS JOIN {name}"
            where.append(link)
    way = "DESC" if downwards else "ASC"
    sql = (
        f"SELECT {leg.day}, {leg.event} FROM {tables} WHERE {' AND '.join(where)}"
        f" AND {asked_question.where} ORDER BY {leg.day} {way}, {leg.event} {way} LIMIT ?"
    )
    rows = database.rows(sql, (*values, *asked_question.values, limit))
    return iter([(str(day), int(number)) for day, number in rows])


def _by_number(
    database: Database, asked: Filter, limit: int, after: Place | None, downwards: bool
) -> list[Place]:
    where, values = asking.condition(database, asked)
    given: list[Any] = list(values)
    if after is not None:
        where += f" AND e.n {'<' if downwards else '>'} ?"
        given.append(after[1])
    sql = (
        f"SELECT e.n FROM events e{joins(where)} WHERE {where}"
        f" ORDER BY e.n {'DESC' if downwards else 'ASC'} LIMIT ?"
    )
    return [("", int(row[0])) for row in database.rows(sql, (*given, limit))]


def place_of(cursor: str) -> Place:
    """Where a page ended, from its cursor; InputError."""
    day, mark, number = cursor.partition("~")
    if not mark or not number.isdigit():
        raise InputError(f"{cursor!r} is no cursor of this list")
    return day, int(number)
