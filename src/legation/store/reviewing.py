"""A person's word: accept, correct or reject an event; say that two are one act, or are not; that a
story is a copy, or is not. Kept for ever, stronger than any reading, and can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from legation.errors import InputError
from legation.store import clock, reading, stories, version
from legation.store.engine import Database
from legation.store.gathering import Gatherer
from legation.store.kept import KeptEvent, Review
from legation.store.writing import Writer
from legation.story import MODES, Date, Event, Party, Status, Type

VERDICTS = {
    "event": ("accept", "correct", "reject", "same", "different"),
    "story": ("no-copy",),
}
FIELDS = ("type", "mode", "status", "actors", "recipients", "date")


def review(
    database: Database, kind: str, target: str, verdict: str, changes: Mapping[str, Any],
    person: str, note: str,
) -> Review:  # fmt: skip
    """Keep a person's verdict and apply it; InputError when it makes no sense."""
    if verdict not in VERDICTS.get(kind, ()):
        raise InputError(f"no verdict {verdict!r} on a {kind}; there are {VERDICTS}")
    return database.write(
        lambda: _applied(database, kind, target, verdict, dict(changes), person, note)
    )


def reviews(database: Database, target: str = "", limit: int = 1000) -> list[Review]:
    """Verdicts, newest first, undone ones too."""
    where, values = (" WHERE target = ?", (target,)) if target else ("", ())
    rows = database.rows(
        "SELECT kind, target, verdict, changes, person, note, at, undone, n FROM reviews"
        f"{where} ORDER BY n DESC LIMIT ?",
        (*values, limit),
    )
    return [
        Review(kind, of, verdict, json.loads(changes), person, note, at, undone or "", int(n))
        for kind, of, verdict, changes, person, note, at, undone, n in rows
    ]


def undo(database: Database, number: int) -> None:
    """Take a verdict back: the event is as it was before; InputError when there is none."""
    database.write(lambda: _undone(database, number))


def _applied(
    database: Database, kind: str, target: str, verdict: str, changes: dict[str, Any],
    person: str, note: str,
) -> Review:  # fmt: skip
    now = clock.now()
    version.grow(database)
    if kind == "story":
        _parted(database, target, now, changes, person, note)
    elif verdict in ("same", "different"):
        _paired(database, target, verdict, changes, now, person, note)
    else:
        before = _current(database, target)
        changes = {**changes, "version": before.n}
        _note(database, kind, before.id, verdict, changes, person, note, now)
        _changed(database, before, verdict, changes, now)
    return reviews(database, limit=1)[0]


def _changed(
    database: Database, before: KeptEvent, verdict: str, changes: dict[str, Any], now: str
) -> None:
    if verdict == "accept":
        database.run("UPDATE events SET reviewed = 1 WHERE n = ?", (before.n,))
        return
    after = None if verdict == "reject" else _corrected(before.event, changes)
    _replaced(database, before, after, now, reviewed=True)


def _replaced(
    database: Database, before: KeptEvent, after: Event | None, now: str, reviewed: bool
) -> None:
    """Write another version of an event, or none; gather and follow anew what it touches."""
    writer = Writer(database, now)
    gatherer = Gatherer(database, now)
    seeds = gatherer.leave_behind([before.n])
    writer.supersede([before.n])
    if after is None:
        gatherer.leave(before.id)
    else:
        kept = stories.story(database, before.story, events=False)
        assert kept is not None
        reading_n = writer.reading(before.version)
        number = writer.event(after, before.id, kept.n, kept.story, reading_n, before.sentence)
        database.run("UPDATE events SET reviewed = ? WHERE n = ?", (int(reviewed), number))
        gatherer.stay(number, before.happening)
        seeds = [*seeds, number]
    gatherer.again(seeds)


def _corrected(event: Event, changes: Mapping[str, Any]) -> Event:
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "version":
            continue
        if name not in FIELDS:
            raise InputError(f"no field {name!r} to correct; there are {', '.join(FIELDS)}")
        if name in ("actors", "recipients"):
            value = tuple(_party(name, item) for item in value)
        if name == "date":
            value = _date(value)
        values[name] = value
    if not values:
        raise InputError(f"nothing to correct; there are {', '.join(FIELDS)}")
    kind = values.get("type", event.type)
    for name, value, known in (
        ("type", kind, list(Type)),
        ("status", values.get("status", event.status), list(Status)),
    ):
        if value not in known:
            raise InputError(f"no {name} {value!r}; there are {', '.join(map(str, known))}")
    if values.get("mode") and values["mode"] not in MODES[str(kind)]:
        modes = ", ".join(sorted(MODES[str(kind)])) or "none"
        raise InputError(f"{kind} has no mode {values['mode']!r}; its modes: {modes}")
    if "mode" not in values and event.mode not in MODES[str(kind)]:
        values["mode"] = None
    told = tuple((name, reason) for name, reason in event.why if name not in values)
    why = (*told, *((name, "a person") for name in values))
    return replace(event, **values, confidence=1.0, why=why)


def _party(name: str, item: Any) -> Party:
    if isinstance(item, Party):
        return item
    if not isinstance(item, Mapping) or set(item) - set(Party.__dataclass_fields__):
        raise InputError(f"{name}: {item!r} is no party with text, name, country, sector, role")
    return Party(**{"text": "", **item})


def _date(value: Any) -> Date | None:
    if value is None or isinstance(value, Date):
        return value
    start, end = (value, value) if isinstance(value, str) else (value["start"], value["end"])
    try:
        clock.days(start, end)
    except ValueError as error:
        raise InputError(f"date {value!r} is not like 2017-11-21") from error
    return Date(start, end, "", "text")


def _paired(
    database: Database, one: str, verdict: str, changes: Mapping[str, Any], now: str, person: str,
    note: str,
) -> None:  # fmt: skip
    """Two events are, or are not, one act: noted for both, so that either finds it."""
    other = str(changes.get("with", ""))
    events = [_current(database, id) for id in (one, other)]
    ids = [event.id for event in events]
    database.run(
        "UPDATE reviews SET undone = ? WHERE kind = 'event' AND verdict IN ('same', 'different')"
        " AND undone IS NULL AND ((target = ? AND changes = ?) OR (target = ? AND changes = ?))",
        (now, ids[0], json.dumps({"with": ids[1]}), ids[1], json.dumps({"with": ids[0]})),
    )
    for a, b in (ids[::-1], ids):
        _note(database, "event", a, verdict, {"with": b}, person, note, now)
    Gatherer(database, now).again([event.n for event in events])


def _parted(
    database: Database, id: str, now: str, changes: Mapping[str, Any], person: str, note: str
) -> None:
    """A story is no copy: its family is found anew without it."""
    kept = stories.story(database, id, events=False)
    if kept is None:
        raise InputError(f"no story {id}")
    _note(database, "story", kept.id, "no-copy", dict(changes), person, note, now)
    Gatherer(database, now).refamily(kept.n)


def _undone(database: Database, number: int) -> None:
    found = [item for item in reviews(database) if item.n == number and not item.undone]
    if not found:
        raise InputError(f"no review {number} that could be undone")
    item, now = found[0], clock.now()
    version.grow(database)
    database.run("UPDATE reviews SET undone = ? WHERE n = ?", (now, number))
    if item.kind == "story":
        kept = stories.story(database, item.target, events=False)
        assert kept is not None
        Gatherer(database, now).refamily(kept.n)
    elif item.verdict in ("same", "different"):
        other = str(item.changes["with"])
        database.run(
            "UPDATE reviews SET undone = ? WHERE kind = 'event' AND target = ? AND verdict = ?"
            " AND changes = ? AND undone IS NULL",
            (now, other, item.verdict, json.dumps({"with": item.target})),
        )
        events = [_current(database, id) for id in (item.target, other)]
        Gatherer(database, now).again([event.n for event in events])
    else:
        (before,) = reading.by_number(database, [int(item.changes["version"])])
        if item.verdict == "accept":
            database.run("UPDATE events SET reviewed = 0 WHERE n = ?", (before.n,))
            return
        rows = database.rows("SELECT n FROM events WHERE id = ? AND current = 1", (item.target,))
        now_counting = reading.by_number(database, [int(row[0]) for row in rows])
        _replaced(database, (now_counting or [before])[0], before.event, now, before.reviewed)


def _current(database: Database, id: str) -> KeptEvent:
    rows = database.rows("SELECT n FROM events WHERE id = ? AND current = 1", (id,))
    found = reading.by_number(database, [int(row[0]) for row in rows])
    if not found:
        raise InputError(f"no event {id} that counts now")
    return found[0]


def _note(
    database: Database, kind: str, target: str, verdict: str, changes: dict[str, Any], person: str,
    note: str, now: str,
) -> None:  # fmt: skip
    database.run(
        "INSERT INTO reviews (kind, target, verdict, changes, person, note, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, target, verdict, json.dumps(changes, default=_plain), person, note, now),
    )


def _plain(value: Any) -> Any:
    """Parties and dates of a correction as JSON."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
