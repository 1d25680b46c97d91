"""SQLite: the desk as one file. WAL, so readers never wait for the writer nor it for them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from legation.errors import StoreBusyError, StoreError, StoreFullError
from legation.store.dialect import SQLITE
from legation.store.engine import Row, T, Values

PATIENCE = 30.0  # seconds to wait for another writer
OLDEST = (3, 35, 0)  # RETURNING
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # a killed process loses nothing
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",  # 64 MB
    "PRAGMA mmap_size = 2147418112",  # as much as SQLite allows: pages are read where they lie
    "PRAGMA temp_store = MEMORY",
)


class SQLite:
    """A database file; each thread has its own connection."""

    name = "sqlite"
    words = SQLITE

    def __init__(self, path: str | Path, patience: float = PATIENCE, create: bool = True) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old: 3.35 is needed")
        self.path = Path(path)
        self.url = str(path)
        self._patience = patience
        self._told = _Told(self.path)
        self._here = threading.local()
        self._open: list[sqlite3.Connection] = []
        if not create and not self.path.exists():
            raise StoreError(f"{path}: no such desk (legation add makes one)")
        _ = self.connection

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened on first use."""
        found: sqlite3.Connection | None = getattr(self._here, "connection", None)
        if found is None:
            found = self._connect()
            self._here.connection = found
            self._here.writing = False
            self._open.append(found)
        return found

    def _connect(self) -> sqlite3.Connection:
        with self._told:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            made = sqlite3.connect(
                self.path, timeout=self._patience, isolation_level=None, check_same_thread=False,
                cached_statements=512,
            )  # fmt: skip
            try:
                for pragma in PRAGMAS:
                    made.execute(pragma)
            except BaseException:
                made.close()
                raise
            return made

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        with self._told:
            return self.connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        with self._told:
            cursor = self.connection.execute(sql, values)
            while batch := cursor.fetchmany(1000):
                yield from batch

    def run(self, sql: str, values: Values = ()) -> int:
        with self._told:
            return self.connection.execute(sql, values).rowcount

    def many(self, sql: str, values: Iterable[Values]) -> None:
        with self._told:
            self.connection.executemany(sql, values)

    def write(self, function: Callable[[], T]) -> T:
        connection = self.connection
        if self._here.writing:
            return function()
        self.run("BEGIN IMMEDIATE")
        self._here.writing = True
        try:
            result = function()
            self.run("COMMIT")
            return result
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk may have rolled back already
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise
        finally:
            self._here.writing = False

    def backup(self, target: str | Path) -> None:
        """A consistent copy of the file, made while others read and write; none is left half."""
        part = Path(target).with_name(f".{Path(target).name}.part")
        try:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                self.connection.backup(copy, pages=2000)
            part.replace(target)
        except (sqlite3.Error, OSError) as error:
            raise _ours(error, Path(target)) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def close(self) -> None:
        for connection in self._open:
            with suppress(sqlite3.Error):
                connection.close()
        self._open.clear()
        self._here = threading.local()


class _Told:
    """Says in our words what the database complains about; cheap, for it is asked at each query."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Begin to listen."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise StoreError for what SQLite or the disk raised."""
        if isinstance(error, sqlite3.IntegrityError):
            raise StoreError(f"{self.path}: {error}") from error
        if isinstance(error, sqlite3.Error | OSError):
            raise _ours(error, self.path) from error


def _ours(error: Exception, path: Path) -> StoreError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return StoreBusyError(
            f"{path}: another process has been writing for too long; try again when it is done"
        )
    if "disk is full" in said or "No space left" in said or "disk I/O error" in said:
        return StoreFullError(f"{path}: the disk is full ({said}); what was added before is safe")
    if "not a database" in said or "malformed" in said:
        return StoreError(f"{path}: not a desk, or damaged ({said}); restore it from a backup")
    if "readonly" in said or "unable to open" in said or "Permission" in said:
        return StoreError(f"{path}: cannot be opened for writing ({said})")
    return StoreError(f"{path}: {said}")
