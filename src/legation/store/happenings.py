"""Happenings come out: filtered by who, what, when, how often told; a page at a time or all."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import islice, product
from typing import Any

from legation.errors import InputError
from legation.store import asking
from legation.store.engine import Database, Row, chunks, marks
from legation.store.filters import Filter, Words
from legation.store.frames import Table, names
from legation.store.kept import KeptHappening, Page
from legation.store.pairs import pairs_of
from legation.store.reading import LARGEST_PAGE, once, place_of
from legation.story import Date, Happening, Party, Place

COLUMNS = (
    "h.n, h.id, h.type, h.mode, h.status, h.disputed, h.day, h.last_day, h.first_published,"
    " h.last_published, h.created, h.changed, h.independent, h.confidence, h.body"
)
TABLE: Table = (
    ("id", "text"), ("type", "text"), ("mode", "text"), ("status", "text"), ("statuses", "texts"),
    ("disputed", "bool"), ("day", "text"), ("start", "text"), ("end", "text"), ("actors", "texts"),
    ("actor_countries", "texts"), ("recipients", "texts"), ("recipient_countries", "texts"),
    ("place", "text"), ("place_country", "text"), ("lat", "real"), ("lon", "real"),
    ("contexts", "texts"), ("events", "int"), ("reports", "int"), ("independent", "int"),
    ("outlets", "texts"), ("confidence", "real"), ("first_published", "text"),
    ("last_published", "text"), ("created", "text"), ("changed", "text"),
)  # fmt: skip
"""Columns of a happening; docs/2-keep-a-desk.md says what each means."""


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
            raise InputError(f"no filter {sorted(unknown)} of happenings; there are {names_}")
        shared = {n: v for n, v in asked.items() if n in {f.name for f in fields(Filter)}}
        checked = Filter.of(**shared)
        own = {n: v for n, v in asked.items() if n not in shared and v is not None and v != ""}
        return cls(**{name: getattr(checked, name) for name in shared}, **own)


def page(
    database: Database, asked: HappeningFilter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptHappening]:
    """Happenings after the cursor: by day ("newest", "oldest") or by when they last "changed"."""
    if not 1 <= limit <= LARGEST_PAGE:
        raise InputError(f"limit {limit} is not in 1..{LARGEST_PAGE}")
    after = place_of(cursor) if cursor else None
    column = "changed" if order == "changed" else "day"
    downwards = order in ("newest", "changed")
    if order not in ("newest", "oldest", "changed"):
        raise InputError(f"order {order!r} is none of newest, oldest, changed")
    streams = [
        _leg(database, asked, leg, limit + 1, after, column, downwards)
        for leg in legs(database, asked)
    ]
    places = list(islice(once(heapq.merge(*streams, reverse=downwards)), limit + 1))
    found = by_number(database, [number for _, number in places[:limit]])
    more = f"{places[limit - 1][0]}~{places[limit - 1][1]}" if len(places) > limit else ""
    return Page(tuple(found), more)


def stream(
    database: Database, asked: HappeningFilter, order: str = "newest", size: int = 2000
) -> Iterator[KeptHappening]:
    """All of them, page by page."""
    cursor = ""
    while True:
        found = page(database, asked, size, cursor, order)
        yield from found.items
        cursor = found.next
        if not cursor:
            return


def count(database: Database, asked: HappeningFilter) -> int:
    """How many there are."""
    where, values = _conditions(database, asked)
    inner, given = _within(legs(database, asked))
    sql = f"SELECT count(*) FROM happenings h WHERE {where}{inner}"
    return int(database.rows(sql, (*values, *given))[0][0])


def by_number(database: Database, numbers: list[int]) -> list[KeptHappening]:
    """Happenings by their row numbers, in that order."""
    found: dict[int, KeptHappening] = {}
    for part in chunks(numbers):
        sql = f"SELECT {COLUMNS} FROM happenings h WHERE h.n IN ({marks(len(part))})"
        for row in database.rows(sql, tuple(part)):
            found[row[0]] = happening(row)
    return [found[number] for number in numbers if number in found]


def happening(row: Row) -> KeptHappening:
    """One happening from a row of `COLUMNS`."""
    (n, id, kind, mode, status, disputed, day, last, first_pub, last_pub, created, changed,
     independent, confidence, body) = row  # fmt: skip
    said = json.loads(body)
    act = Happening(
        id=id, type=kind or "", mode=mode, status=status or "",
        statuses=tuple((name, number) for name, number in said.get("statuses", ())),
        actors=tuple(Party(**party) for party in said.get("actors", ())),
        recipients=tuple(Party(**party) for party in said.get("recipients", ())),
        date=Date(*said["date"]) if said.get("date") else None,
        place=Place(*said["place"]) if said.get("place") else None,
        contexts=tuple(said.get("contexts", ())), events=tuple(said.get("events", ())),
        reports=tuple(said.get("reports", ())), independent=independent,
        outlets=tuple(said.get("outlets", ())), disputed=bool(disputed), confidence=confidence,
    )  # fmt: skip
    return KeptHappening(act, day, last, first_pub or "", last_pub or "", created, changed, int(n))


def written(
    database: Database, number: int, act: Happening | None, published: list[str], now: str,
    parties: list[tuple[str, str]],
) -> None:  # fmt: skip
    """Write a happening's row and where it is found; without events (None) it only remains."""
    database.run("DELETE FROM happening_pairs WHERE happening = ?", (number,))
    database.run("DELETE FROM happening_who WHERE happening = ?", (number,))
    if act is None:
        database.run(
            "UPDATE happenings SET events = 0, reports = 0, independent = 0, changed = ?"
            " WHERE n = ? AND events > 0",
            (now, number),
        )
        return
    day = act.date.start if act.date else min(published, default="")
    last = act.date.end if act.date else max(published, default="")
    said = _said(act)
    old = database.rows("SELECT body, status, day FROM happenings WHERE n = ?", (number,))
    if old and old[0] == (said, act.status, day):
        now = ""  # nothing new is known of it
    database.run(
        "UPDATE happenings SET changed = CASE WHEN ? = '' THEN changed ELSE ? END, events = ?,"
        " reports = ?, independent = ?, outlets = ?, type = ?, mode = ?, status = ?, disputed = ?,"
        " day = ?, last_day = ?, first_published = ?, last_published = ?, confidence = ?, body = ?"
        " WHERE n = ?",
        (now, now, len(act.events), len(act.reports), act.independent, len(act.outlets), act.type,
         act.mode, act.status, int(act.disputed), day, last, min(published, default=None),
         max(published, default=None), act.confidence, said, number),
    )  # fmt: skip
    pairs = [
        (a, b, day, number, directed, act.type, act.status, act.independent)
        for a, b, directed in pairs_of(act)
    ]
    database.many("INSERT INTO happening_pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", pairs)
    database.many(
        "INSERT INTO happening_who VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(code, part, day, number) for code, part in parties],
    )


def _said(act: Happening) -> str:
    said: dict[str, Any] = {
        "statuses": act.statuses,
        "actors": [_party(party) for party in act.actors],
        "recipients": [_party(party) for party in act.recipients],
        "contexts": act.contexts,
        "events": act.events,
        "reports": act.reports,
        "outlets": act.outlets,
    }
    if act.date:
        said["date"] = [act.date.start, act.date.end, act.date.text, act.date.basis]
    if act.place:
        at = act.place
        said["place"] = [at.text, at.name, at.country, at.lat, at.lon, at.geoname]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _party(party: Party) -> dict[str, Any]:
    named = {n: getattr(party, n) for n in ("text", "name", "country", "sector", "role", "entity")}
    return {name: value for name, value in named.items() if value or name == "text"}


def row(kept: KeptHappening) -> dict[str, Any]:
    """One happening as a flat row of `TABLE`."""
    act = kept.happening
    return {
        "id": act.id, "type": act.type, "mode": act.mode, "status": act.status,
        "statuses": [f"{name} {number}" for name, number in act.statuses],
        "disputed": act.disputed, "day": kept.day or None,
        "start": act.date.start if act.date else None, "end": act.date.end if act.date else None,
        "actors": names(act.actors), "actor_countries": [p.country or "" for p in act.actors],
        "recipients": names(act.recipients),
        "recipient_countries": [p.country or "" for p in act.recipients],
        "place": act.place.name if act.place else None,
        "place_country": act.place.country if act.place else None,
        "lat": act.place.lat if act.place else None, "lon": act.place.lon if act.place else None,
        "contexts": list(act.contexts), "events": len(act.events), "reports": len(act.reports),
        "independent": act.independent, "outlets": list(act.outlets),
        "confidence": act.confidence, "first_published": kept.first_published or None,
        "last_published": kept.last_published or None, "created": kept.created,
        "changed": kept.changed,
    }  # fmt: skip


def legs(database: Database, asked: HappeningFilter) -> list[tuple[str, str, tuple[Any, ...]]]:
    """(table, condition, values) of each index range that the filter names."""
    if asked.pair:
        one, two = asked.pair
        both = dict.fromkeys([*product(one, two), *product(two, one)])
        return [("happening_pairs w", "w.a = ? AND w.b = ?", codes) for codes in both]
    if (
        asked.actor
        and asked.recipient
        and all(asking.is_code(side) for side in (*asked.actor, *asked.recipient))
    ):
        where = "w.a = ? AND w.b = ? AND w.directed = 1"
        return [
            ("happening_pairs w", where, codes) for codes in product(asked.actor, asked.recipient)
        ]
    for name in ("actor", "recipient", "party"):
        sides = getattr(asked, name)
        if sides:
            parts = ("actor", "recipient") if name == "party" else (name,)
            where = "w.code = ? AND w.part = ?"
            keys = [key for side in sides for key in _keys(database, side)]
            return [("happening_who w", where, both) for both in product(keys, parts)]
    return [("happenings h", "1 = 1", ())]


def _keys(database: Database, side: str) -> list[str]:
    """How happening_who calls a side: a code by itself, a party by `#` and its number."""
    if asking.is_code(side):
        return [side]
    return [f"#{number}" for number in asking.party_numbers(database, side)] or ["#"]


def _within(found: list[tuple[str, str, tuple[Any, ...]]]) -> tuple[str, tuple[Any, ...]]:
    if found[0][0] == "happenings h":
        return "", ()
    inner = " UNION ".join(f"SELECT w.happening FROM {table} WHERE {w}" for table, w, _ in found)
    return f" AND h.n IN ({inner})", tuple(value for _, _, values in found for value in values)


def _leg(
    database: Database, asked: HappeningFilter, leg: tuple[str, str, tuple[Any, ...]], limit: int,
    after: tuple[str, int] | None, column: str, downwards: bool,
) -> Iterator[tuple[str, int]]:  # fmt: skip
    table, own, given = leg
    where, values = _conditions(database, asked)
    direct = table == "happenings h"
    by_leg = not direct and column == "day"
    sort, number = ("w.day", "w.happening") if by_leg else (f"h.{column}", "h.n")
    tables = table if direct else f"{table} CROSS JOIN happenings h"
    tests = [own] if direct else [own, "h.n = w.happening"]
    if after is not None:
        tests.append(f"({sort}, {number}) {'<' if downwards else '>'} (?, ?)")
    if asked.until and by_leg:
        tests.append("w.day <= ?")
    way = "DESC" if downwards else "ASC"
    sql = (
        f"SELECT {sort}, {number} FROM {tables} WHERE {' AND '.join(tests)} AND {where}"
        f" ORDER BY {sort} {way}, {number} {way} LIMIT ?"
    )
    until = (asked.until,) if asked.until and by_leg else ()
    rows = database.rows(sql, (*given, *(after or ()), *until, *values, limit))
    return iter([(str(day), int(n)) for day, n in rows])


def _conditions(database: Database, asked: HappeningFilter) -> tuple[str, tuple[Any, ...]]:
    where: list[str] = ["h.events > 0"]
    values: list[Any] = []
    for column, words in (("type", asked.type), ("mode", asked.mode), ("status", asked.status)):
        if words:
            where.append(f"h.{column} IN ({marks(len(words))})")
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
    if asked.disputed is not None:
        where.append("h.disputed = ?")
        values.append(int(asked.disputed))
    if asked.place:
        where.append(
            "EXISTS (SELECT 1 FROM events e WHERE e.happening = h.n AND e.place_country IN"
            f" ({marks(len(asked.place))}))"
        )
        values += asked.place
    if asked.actor and asked.recipient:
        for name in ("actor", "recipient"):
            found = [key for side in getattr(asked, name) for key in _keys(database, side)]
            where.append(
                "EXISTS (SELECT 1 FROM happening_who x WHERE x.happening = h.n AND x.part = ?"
                f" AND x.code IN ({marks(len(found))}))"
            )
            values += [name, *found]
    if asked.text:
        sql, given = asking.searched(database, asked.text)
        where.append(f"h.n IN (SELECT e.happening FROM events e WHERE {sql})")
        values += given
    return " AND ".join(where), tuple(values)
