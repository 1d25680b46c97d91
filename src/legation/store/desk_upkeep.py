"""What keeps a desk well: the state of the daemon's feeds, checks, backups."""

from __future__ import annotations

from legation.errors import StoreError
from legation.store import (
    checking,
    feeds,
)
from legation.store.engine import Database
from legation.store.feeds import Feed, Heartbeat, Look


class Upkeep:
    """Feeds, processes and health of a desk."""

    database: Database

    def keep_feed(self, feed: Feed) -> None:
        """Add a feed, or change its settings."""
        feeds.keep(self.database, feed)

    def feeds(self, due: str = "") -> list[Feed]:
        """All feeds, or the active ones due at this time."""
        return feeds.feeds(self.database, due)

    def looked(self, url: str, look: Look, etag: str = "", modified: str = "") -> None:
        """Note a look at a feed; it sets when the next one is due."""
        feeds.looked(self.database, url, look, etag, modified)

    def looks(self, url: str, since: str = "", limit: int = 1000) -> list[Look]:
        """The looks at a feed, newest first."""
        return feeds.looks(self.database, url, since, limit)

    def beat(self, name: str, state: str = "running") -> None:
        """A sign of life of this process."""
        feeds.beat(self.database, name, state)

    def heartbeats(self) -> list[Heartbeat]:
        """The last sign of life of each process."""
        return feeds.heartbeats(self.database)

    def check(self) -> list[str]:
        """What is wrong with the desk, in words; nothing when it is well."""
        return checking.check(self.database)

    def backup(self, target: str) -> None:
        """A consistent copy of an SQLite desk while it is in use; StoreError on PostgreSQL."""
        from legation.store.sqlite import SQLite

        if not isinstance(self.database, SQLite):
            raise StoreError("PostgreSQL desks are backed up with pg_dump")
        self.database.backup(target)
