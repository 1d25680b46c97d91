"""Lists a page at a time: cursors, streams of several index ranges in one order, the whole."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from legation.errors import InputError
from legation.store.kept import Page

T = TypeVar("T")
LARGEST = 10_000
Place = tuple[str, int]  # day (or another word to sort by) and number: where a page ends


def checked(limit: int) -> int:
    """A page's length; InputError when it is none."""
    if not 1 <= limit <= LARGEST:
        raise InputError(f"limit {limit} is not in 1..{LARGEST}")
    return limit


def place_of(cursor: str) -> Place | None:
    """Where a page ended, from its cursor; None for the first page; InputError."""
    if not cursor:
        return None
    day, mark, number = cursor.partition("~")
    if not mark or not number.isdigit():
        raise InputError(f"{cursor!r} is no cursor of this list")
    return day, int(number)


def after(places: list[Place], limit: int) -> str:
    """The cursor after the first `limit` of the places; "" when there are no more."""
    if len(places) <= limit:
        return ""
    day, number = places[limit - 1]
    return f"{day}~{number}"


def merged(streams: Iterable[Iterable[Place]], limit: int, downwards: bool) -> list[Place]:
    """The first places of sorted streams, each place once."""
    return list(islice(_once(heapq.merge(*streams, reverse=downwards)), limit))


def all_of(page: Callable[[int, str], Page[T]], size: int) -> Iterator[T]:
    """Everything, page by page, so that nothing is held and no writer waits."""
    cursor = ""
    while True:
        found = page(size, cursor)
        yield from found.items
        cursor = found.next
        if not cursor:
            return


def _once(places: Iterator[Place]) -> Iterator[Place]:
    last: Place | None = None
    for place in places:
        if place != last:
            yield place
        last = place
