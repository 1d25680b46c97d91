"""The seam between the desk and a database: six methods, two implementations.

A `Database` runs statements with `?` for values. `write` runs a function in one transaction and may
run it again after a lost connection, so the function must find out by itself what is already there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

Row = tuple[Any, ...]
Values = Sequence[Any]
T = TypeVar("T")


class Database(Protocol):
    """One open database; each thread of a process has its own connection behind it."""

    name: str  # "sqlite" or "postgresql"
    url: str  # as a person may see it: without password
    words: dict[str, str]

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query one by one, without holding them all."""

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; returns how many rows it changed."""

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run one statement for each of many rows of values."""

    def write(self, function: Callable[[], T]) -> T:
        """Run the function in one transaction: all of it is kept, or nothing."""

    def close(self) -> None:
        """Let go of the connections of this thread and of those that are idle."""


def marks(count: int) -> str:
    """`?, ?, ?` for an IN list."""
    return ", ".join("?" * count)


def chunks(values: Sequence[T], size: int = 400) -> Iterator[Sequence[T]]:
    """The values in runs that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
