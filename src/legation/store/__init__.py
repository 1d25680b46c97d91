"""The desk: stories and what was read in them, in SQLite or PostgreSQL (docs/2-keep-a-desk.md).

`open` gives a `Desk`; everything else is reached from there. A new database is one file here that
has the methods of `engine.Database` and passes the contract test (docs/how-to-add-a-store.md).
"""

from __future__ import annotations

from pathlib import Path

from legation.errors import StoreError
from legation.store.desk import Desk
from legation.store.engine import Database
from legation.store.feeds import Feed, Heartbeat, Look
from legation.store.filters import Filter
from legation.store.finding import HappeningFilter
from legation.store.frames import Result
from legation.store.kept import (
    Added,
    Hit,
    KeptEvent,
    KeptHappening,
    KeptPlan,
    KeptProblem,
    KeptStory,
    Page,
    Quote,
    Review,
)
from legation.store.migrate import migrate, pending, version

__all__ = [
    "Added", "Desk", "Feed", "Filter", "HappeningFilter", "Heartbeat", "Hit", "KeptEvent",
    "KeptHappening", "KeptPlan", "KeptProblem", "KeptStory", "Look", "Page", "Quote", "Result",
    "Review", "database", "open",
]  # fmt: skip


def open(url: str | Path, create: bool = True) -> Desk:
    """The desk at a file path or a postgresql:// URL; a new one is made when `create`.

    A desk that an older package made is refused with the command that brings it up to date, since
    that makes a backup first. Raises StoreError.
    """
    base = database(url, create)
    if pending(base):
        if version(base) == 0 and create:
            migrate(base)
        elif version(base) == 0:
            raise StoreError(f"{base.url}: no desk in it (legation add makes one)")
        else:
            raise StoreError(f"{base.url}: of an older Legation; run: legation migrate")
    return Desk(base)


def database(url: str | Path, create: bool = True) -> Database:
    """The bare database of a path or URL, whatever its schema; StoreError."""
    address = str(url)
    if address.startswith(("postgresql://", "postgres://")):
        from legation.store.postgresql import PostgreSQL

        return PostgreSQL(address)
    if "://" in address and not address.startswith("sqlite:///"):
        raise StoreError(f"{address}: neither a file nor a postgresql:// address")
    from legation.store.sqlite import SQLite

    return SQLite(address.removeprefix("sqlite:///"), create=create)
