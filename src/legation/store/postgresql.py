"""PostgreSQL: the desk of a team. A lost connection is made again."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from legation.errors import StoreBusyError, StoreError, StoreFullError
from legation.store.dialect import POSTGRESQL
from legation.store.engine import Row, T, Values

PATIENCE = 60.0  # seconds in which a restarting server is waited for


class PostgreSQL:
    """A database on a server, by URL."""

    name = "postgresql"
    words = POSTGRESQL

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise StoreError(
                "PostgreSQL needs the extra: pip install 'legation[postgresql]'"
            ) from error
        self._driver = psycopg
        self._address = url
        self.url = re.sub(r"//([^:/@]*):[^@]*@", r"//\1:***@", url)
        self._patience = patience
        self._here = threading.local()
        self._open: list[Any] = []
        _ = self.connection

    @property
    def connection(self) -> Any:
        """This thread's connection, opened on first use and again after it broke."""
        found = getattr(self._here, "connection", None)
        if found is None or found.closed:
            found = self._connect()
            self._here.connection = found
            self._here.writing = False
            self._open.append(found)
        return found

    def _connect(self) -> Any:
        with self._told():
            return self._driver.connect(self._address, autocommit=True, connect_timeout=10)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        if getattr(self._here, "writing", False):
            return self._rows(sql, values)
        return self._patiently(lambda: self._rows(sql, values))

    def _rows(self, sql: str, values: Values) -> list[Row]:
        with self._told():
            found: list[Row] = self.connection.execute(_theirs(sql), values).fetchall()
            return found

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        connection = self._connect()  # of its own: a cursor lives in a transaction
        try:
            with self._told(), connection.transaction(), connection.cursor("stream") as cursor:
                cursor.itersize = 2000
                cursor.execute(_theirs(sql), values)
                yield from cursor
        finally:
            connection.close()

    def run(self, sql: str, values: Values = ()) -> int:
        with self._told():
            return int(self.connection.execute(_theirs(sql), values).rowcount)

    def many(self, sql: str, values: Iterable[Values]) -> None:
        with self._told(), self.connection.cursor() as cursor:
            cursor.executemany(_theirs(sql), values)

    def write(self, function: Callable[[], T]) -> T:
        if getattr(self._here, "writing", False) and not self.connection.closed:
            return function()
        return self._patiently(lambda: self._written(function))

    def _written(self, function: Callable[[], T]) -> T:
        with self._told(), self.connection.transaction():
            self._here.writing = True
            try:
                # One writer at a time, as in SQLite: happenings depend on what others add.
                self.connection.execute("SELECT pg_advisory_xact_lock(718253)")
                return function()
            finally:
                self._here.writing = False

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do it again after a lost connection, with longer and longer waits."""
        deadline, wait = time.monotonic() + self._patience, 0.2
        while True:
            try:
                return work()
            except StoreBusyError:
                if time.monotonic() + wait > deadline:
                    raise
                self._drop()
                time.sleep(wait)
                wait = min(wait * 2, 5.0)

    def _drop(self) -> None:
        found = getattr(self._here, "connection", None)
        if found is not None:
            with suppress(Exception):
                found.close()
            self._here.connection = None

    def close(self) -> None:
        for connection in self._open:
            with suppress(Exception):
                connection.close()
        self._open.clear()
        self._here = threading.local()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in our words what the server complains about; what may pass is StoreBusyError."""
        driver = self._driver
        try:
            yield
        except (driver.errors.DiskFull, driver.errors.OutOfMemory) as error:
            raise StoreFullError(f"{self.url}: {_line(error)}") from error
        except (
            driver.errors.SerializationFailure,
            driver.errors.DeadlockDetected,
            driver.errors.AdminShutdown,
            driver.errors.CrashShutdown,
            driver.errors.CannotConnectNow,
        ) as error:
            raise StoreBusyError(f"{self.url}: {_line(error)}") from error
        except driver.OperationalError as error:
            wrong = ("password", "does not exist", "authentication", "permission")
            kind = StoreError if any(w in str(error) for w in wrong) else StoreBusyError
            raise kind(f"{self.url}: {_line(error)}") from error
        except driver.Error as error:
            raise StoreError(f"{self.url}: {_line(error)}") from error


def _theirs(sql: str) -> str:
    """`?` to `%s`; our SQL has neither sign in a string."""
    return sql.replace("?", "%s")


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
