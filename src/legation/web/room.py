"""What every page needs at hand: the desk, the settings, a reader when one is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from fastapi import Request

from legation.errors import InputError
from legation.web.settings import Settings

if TYPE_CHECKING:
    from legation.pipeline import Reader
    from legation.store import Desk
    from legation.story import Party, Story

T = TypeVar("T")
RECORDS = 10_000  # events that are kept as the API tells them, some 12 MB
OTHERS = 4  # threads that work beside those of the pages; each has its connection to the desk
KEPT = 16  # studies that are shared by a page and its charts
BODIES = {
    "UNO": "United Nations", "EUR": "European Union", "EEC": "European Union", "NATO": "NATO",
    "IGO": "an international body", "AFU": "African Union", "ASN": "ASEAN",
}  # fmt: skip
"""Names of bodies that are no country."""


class Room:
    """One desk and what is needed to show it; safe to use from several threads."""

    def __init__(self, desk: Desk, settings: Settings, reader: Reader | None = None) -> None:
        self.desk, self.settings = desk, settings
        self._reader = reader
        self._lock = threading.RLock()
        self._others = ThreadPoolExecutor(OTHERS, "beside")
        self._version = -1
        self._made: dict[Hashable, Any] = {}
        self._told: dict[int, Any] = {}
        self._told_of = -1

    @property
    def reader(self) -> Reader:
        """The reader of posted texts; its model is loaded on the first reading."""
        with self._lock:
            if self._reader is None:
                from legation.pipeline import Reader

                self._reader = Reader()
            return self._reader

    def beside(self, make: Callable[[], T]) -> Future[T]:
        """What `make` gives, worked out on another core while the page goes on."""
        return self._others.submit(make)

    def read(self, **given: Any) -> Story:
        """A text read now; one at a time, so that a crowd cannot fill the memory. InputError."""
        with self._lock:
            return self.reader.read(**given)

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries, bodies and groups by their codes."""
        from legation.study import groups

        states = {code: one.name for code, one in self.reader.world.countries.items()}
        return groups.names() | states | BODIES

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept for the next asker as long as the desk does not change."""
        version = self.desk.version()
        with self._lock:
            if self._version != version:
                self._version = version
                self._made.clear()
            if key in self._made:
                return cast(T, self._made[key])
        made = make()
        with self._lock:
            if self._version == version:
                self._made[key] = made
                while len(self._made) > KEPT:
                    self._made.pop(next(iter(self._made)))
        return made

    def records(self) -> dict[int, Any]:
        """Events as the API tells them, by row number, made since the desk last changed."""
        version = self.desk.version()
        with self._lock:
            if self._told_of != version or len(self._told) > RECORDS:
                self._told_of, self._told = version, {}
            return self._told

    def name(self, code: str | None) -> str:
        """The name of a country or body, or its code when we know none."""
        return self.countries.get(code or "", code or "")

    def code(self, words: str) -> str:
        """The code of a country, body or group by its code, its name or the beginning of only one
        name; InputError."""
        wanted = words.strip().casefold()
        named = {name.casefold(): code for code, name in self.countries.items()}
        if wanted.upper() in self.countries:
            return wanted.upper()
        begun = {code for name, code in named.items() if wanted and name.startswith(wanted)}
        if wanted in named or len(begun) == 1:
            return named.get(wanted) or begun.pop()
        several = f"; {len(begun)} names begin so" if begun else ""
        raise InputError(f"no country, body or group is called {words.strip()!r}{several}")

    def party(self, party: Party) -> str:
        """A party in few words: its name, else its country when it is the state, else its words."""
        if party.name:
            return party.name
        if party.entity.startswith("country:") and party.country:
            return self.name(party.country)
        return party.text or self.name(party.country) or "unnamed"


def room_of(request: Request) -> Room:
    """The room of a request."""
    found: Room = request.app.state.room
    return found
