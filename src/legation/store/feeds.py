"""What the daemon must remember: feeds with their state, every look at one, and its own pulse."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from legation.errors import InputError
from legation.store import clock
from legation.store.engine import Database, Row

SLOWEST = 24 * 3600  # seconds: a feed that keeps failing is still looked at once a day


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: how often to look (`every`, seconds), what to expect of it, and how it is."""

    url: str
    name: str = ""
    outlet: str = ""
    every: int = 900
    low: int | None = None
    high: int | None = None
    active: bool = True
    etag: str = ""
    modified: str = ""
    added: str = ""
    next_due: str = ""
    last_try: str = ""
    last_good: str = ""
    last_new: str = ""
    failures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a feed: "good", "unchanged" or "failed"; stories seen in it, and new ones."""

    outcome: str
    seen: int = 0
    added: int = 0
    seconds: float = 0.0
    message: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A running process: `at` is its last sign of life."""

    name: str
    host: str
    process: int
    started: str
    at: str
    state: str


_FEED = (
    "url, name, outlet, every, low, high, active, etag, modified, added, next_due, last_try,"
    " last_good, last_new, failures, error"
)
_COUNTS = ("low", "high")


def keep(database: Database, feed: Feed) -> None:
    """Add a feed or change its settings; its state stays."""
    now = clock.now()
    database.write(
        lambda: database.run(
            "INSERT INTO feeds (url, name, outlet, every, low, high, active, added, next_due,"
            " failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (url) DO UPDATE SET"
            " name = excluded.name, outlet = excluded.outlet, every = excluded.every,"
            " low = excluded.low, high = excluded.high, active = excluded.active",
            (feed.url, feed.name, feed.outlet, feed.every, feed.low, feed.high, int(feed.active),
             now, now),
        )
    )  # fmt: skip


def feeds(database: Database, due: str = "") -> list[Feed]:
    """All feeds, or the active ones that are due at this time, the longest overdue first."""
    where, values = ("WHERE active = 1 AND next_due <= ?", (due,)) if due else ("", ())
    rows = database.rows(f"SELECT {_FEED} FROM feeds {where} ORDER BY next_due, n", values)
    return [_feed(row) for row in rows]


def _feed(row: Row) -> Feed:
    names = [name.strip() for name in _FEED.split(",")]
    said: dict[str, Any] = dict(zip(names, row, strict=True))
    blank = {name: "" for name, value in said.items() if value is None and name not in _COUNTS}
    return Feed(**{**said, **blank, "active": bool(said["active"])})


def looked(database: Database, url: str, look: Look, etag: str = "", modified: str = "") -> None:
    """Note a look at a feed, and when to look next: later and later while it fails."""
    if look.outcome not in ("good", "unchanged", "failed"):
        raise InputError(f"outcome {look.outcome!r} is none of good, unchanged, failed")
    database.write(lambda: _looked(database, url, look, etag, modified))


def _looked(database: Database, url: str, look: Look, etag: str, modified: str) -> None:
    rows = database.rows("SELECT n, every, failures FROM feeds WHERE url = ?", (url,))
    if not rows:
        raise InputError(f"{url}: no such feed in this desk")
    number, every, failures = rows[0]
    now = clock.now()
    bad = look.outcome == "failed"
    failures = failures + 1 if bad else 0
    wait = min(every * 2 ** min(failures, 10), max(SLOWEST, every)) if bad else every
    due = (datetime.now(UTC) + timedelta(seconds=wait)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    database.run(
        "INSERT INTO looks (feed, at, outcome, seen, added, seconds, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, now, look.outcome, look.seen, look.added, look.seconds, look.message[:500]),
    )
    changes: dict[str, Any] = {"last_try": now, "next_due": due, "failures": failures}
    changes["error"] = look.message[:500] if bad else None
    if not bad:
        changes["last_good"] = now
    if look.added:
        changes["last_new"] = now
    if look.outcome == "good":
        changes.update(etag=etag or None, modified=modified or None)
    pairs = ", ".join(f"{name} = ?" for name in changes)
    database.run(f"UPDATE feeds SET {pairs} WHERE n = ?", (*changes.values(), number))


def looks(database: Database, url: str, since: str = "", limit: int = 1000) -> list[Look]:
    """The looks at a feed, newest first."""
    rows = database.rows(
        "SELECT l.outcome, l.seen, l.added, l.seconds, l.message, l.at FROM looks l"
        " JOIN feeds f ON f.n = l.feed WHERE f.url = ? AND l.at >= ? ORDER BY l.n DESC LIMIT ?",
        (url, since, limit),
    )
    return [Look(*row) for row in rows]


def beat(database: Database, name: str, state: str = "running") -> None:
    """A sign of life of this process under a name ("watch")."""
    now = clock.now()
    database.write(
        lambda: database.run(
            "INSERT INTO heartbeats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " started = CASE WHEN heartbeats.process = excluded.process AND heartbeats.host ="
            " excluded.host THEN heartbeats.started ELSE excluded.started END,"
            " host = excluded.host, process = excluded.process, at = excluded.at,"
            " state = excluded.state",
            (name, socket.gethostname(), os.getpid(), now, now, state),
        )
    )


def heartbeats(database: Database) -> list[Heartbeat]:
    """The last sign of life of each process."""
    rows = database.rows("SELECT name, host, process, started, at, state FROM heartbeats")
    return [Heartbeat(*row) for row in sorted(rows)]
