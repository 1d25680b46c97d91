"""Happenings go in and come out: rows of them, a page at a time or all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import orjson

from legation.store import asof, finding, paging
from legation.store.engine import Database, Row, chunks, marks
from legation.store.finding import HappeningFilter
from legation.store.frames import Table, names
from legation.store.kept import KeptHappening, Page
from legation.store.pairs import pairs_of
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


def page(
    database: Database, asked: HappeningFilter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptHappening]:
    """Happenings after the cursor: by day ("newest", "oldest") or by when they last "changed"."""
    numbers, more = finding.numbered(database, asked, limit, cursor, order)
    return Page(tuple(by_number(database, numbers)), more)


def stream(
    database: Database, asked: HappeningFilter, order: str = "newest", size: int = 2000
) -> Iterator[KeptHappening]:
    """All of them."""
    return paging.all_of(lambda n, cursor: page(database, asked, n, cursor, order), size)


def by_number(database: Database, numbers: list[int]) -> list[KeptHappening]:
    """Happenings by their row numbers, in that order."""
    found: dict[int, KeptHappening] = {}
    for row in _rows(database, numbers):
        found[row[0]] = happening(row)
    return [found[number] for number in numbers if number in found]


def _rows(database: Database, numbers: list[int]) -> Iterator[Row]:
    for part in chunks(numbers):
        sql = f"SELECT {COLUMNS} FROM happenings h WHERE h.n IN ({marks(len(part))})"
        yield from database.rows(sql, tuple(part))


def happening(row: Row) -> KeptHappening:
    """One happening from a row of `COLUMNS`."""
    (n, id, kind, mode, status, disputed, day, last, first_pub, last_pub, created, changed,
     independent, confidence, body) = row  # fmt: skip
    said = orjson.loads(body)
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
    (old,) = database.rows(
        "SELECT changed, body, status, day FROM happenings WHERE n = ?", (number,)
    )
    if old[1:] == (said, act.status, day):
        now = old[0]  # nothing new is known of it
    newest = max(published, default=None)
    database.run(
        "UPDATE happenings SET changed = ?, events = ?,"
        " reports = ?, independent = ?, outlets = ?, type = ?, mode = ?, status = ?, disputed = ?,"
        " day = ?, last_day = ?, first_published = ?, last_published = ?, confidence = ?, body = ?"
        " WHERE n = ?",
        (now, len(act.events), len(act.reports), act.independent, len(act.outlets), act.type,
         act.mode, act.status, int(act.disputed), day, last, min(published, default=None),
         newest, act.confidence, said, number),
    )  # fmt: skip
    pairs = [
        (a, b, day, number, directed, act.id, act.type, act.mode, act.status, last,
         len(act.reports), act.independent, act.confidence, newest, now)
        for a, b, directed in pairs_of(act)
    ]  # fmt: skip
    database.many(f"INSERT INTO happening_pairs VALUES ({marks(15)})", pairs)
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
        said["place"] = list(astuple(at))
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _party(party: Party) -> dict[str, Any]:
    named = {n: getattr(party, n) for n in ("text", "name", "country", "sector", "role", "entity")}
    return {name: value for name, value in named.items() if value or name == "text"}


def flat(
    database: Database, asked: HappeningFilter, order: str = "oldest", size: int = 2000
) -> Iterator[dict[str, Any]]:
    """All of them as rows of `TABLE` with `geoname`, made straight from the database's rows."""
    if asked.as_of:
        for kept in asof.stream(database, asked, order):
            place = kept.happening.place
            yield row(kept) | {"geoname": place.geoname if place else 0}
        return
    cursor = ""
    while True:
        numbers, cursor = finding.numbered(database, asked, size, cursor, order)
        found = {row[0]: row for row in _rows(database, numbers)}
        yield from (_flat(found[number]) for number in numbers)
        if not cursor:
            return


def _flat(row: Row) -> dict[str, Any]:
    (_, id, kind, mode, status, disputed, day, _, first_pub, last_pub, created, changed,
     independent, confidence, body) = row  # fmt: skip
    said = orjson.loads(body)
    actors, recipients = said.get("actors", ()), said.get("recipients", ())
    date, place = said.get("date") or (None, None), said.get("place") or (None,) * 6
    return {
        "id": id, "type": kind or "", "mode": mode, "status": status or "",
        "statuses": [f"{name} {number}" for name, number in said.get("statuses", ())],
        "disputed": bool(disputed), "day": day or None, "start": date[0], "end": date[1],
        "actors": [party.get("name") or party["text"] for party in actors],
        "actor_countries": [party.get("country") or "" for party in actors],
        "recipients": [party.get("name") or party["text"] for party in recipients],
        "recipient_countries": [party.get("country") or "" for party in recipients],
        "place": place[1], "place_country": place[2], "lat": place[3], "lon": place[4],
        "geoname": place[5] if len(place) > 5 else 0,
        "contexts": list(said.get("contexts", ())), "events": len(said.get("events", ())),
        "reports": len(said.get("reports", ())), "independent": independent,
        "outlets": list(said.get("outlets", ())), "confidence": confidence,
        "first_published": first_pub or None, "last_published": last_pub or None,
        "created": created, "changed": changed,
    }  # fmt: skip


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
