"""Current events as reconcile sees them, each fetched once in a transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache

from legation import reconcile
from legation.reconcile import Page, Telling
from legation.store import body
from legation.store.engine import Database, chunks, marks

_COLUMNS = (
    "e.n, e.id, e.type, e.mode, e.status, e.confidence, e.body, e.sentence, e.days, s.id, f.id,"
    " o.name, s.published, e.happening, e.story"
)
_FROM = (
    " FROM events e JOIN stories s ON s.n = e.story JOIN stories f ON f.n = s.family"
    " JOIN outlets o ON o.n = s.outlet"
)


class Shelf:
    """`tellings`, `happening` (its number, or None) and `story` of events by their numbers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.tellings: dict[int, Telling] = {}
        self.happening: dict[int, int | None] = {}
        self.story: dict[int, int] = {}
        self._pages: dict[int, Page] = {}

    def telling(self, number: int) -> Telling:
        """One current event."""
        if number not in self.tellings:
            self.load([number])
        return self.tellings[number]

    def load(self, numbers: Iterable[int]) -> None:
        """Fetch those that are not yet here; numbers of superseded events are passed over."""
        for part in chunks([n for n in numbers if n not in self.tellings]):
            sql = f"SELECT {_COLUMNS}{_FROM} WHERE e.current = 1 AND e.n IN ({marks(len(part))})"
            for row in self.database.rows(sql, tuple(part)):
                self.tellings[int(row[0])] = _telling(*row[1:13])
                self.happening[int(row[0])] = row[13]
                self.story[int(row[0])] = int(row[14])

    def page(self, story: int) -> Page:
        """A story, by its number, as its sentences."""
        if story not in self._pages:
            self.pages([story])
        return self._pages[story]

    def pages(self, stories: Iterable[int]) -> list[Page]:
        """Some stories, by their numbers, as their sentences."""
        listed = list(dict.fromkeys(stories))
        for part in chunks([n for n in listed if n not in self._pages]):
            sql = (
                "SELECT s.n, s.id, f.id, s.published, s.text, s.title FROM stories s JOIN stories f"
                f" ON f.n = s.family WHERE s.n IN ({marks(len(part))})"
            )
            for number, story, family, published, text, title in self.database.rows(
                sql, tuple(part)
            ):
                self._pages[int(number)] = _page(
                    story, family, published or "", bytes(text), title or ""
                )
        return [self._pages[n] for n in listed]


@lru_cache(maxsize=512)
def _page(story: str, family: str, published: str, text: bytes, title: str) -> Page:
    """A report from its row; the reports of one affair come again with every news of it."""
    plain = zlib.decompress(text).decode("utf-8")
    return reconcile.page(story, family, published, plain, title)


@lru_cache(maxsize=4096)
def _telling(
    id: str, kind: str, mode: str | None, status: str, confidence: float, said: str, sentence: str,
    days: int, story: str, family: str, outlet: str, published: str | None,
) -> Telling:  # fmt: skip
    """An event from its row, as often asked again."""
    event, quotes = body.event_of(id, kind, mode, status, confidence, said)
    trigger = " ".join(
        quote.exact
        for span, quote in zip(event.evidence, quotes, strict=True)
        if span.part == "act"
    )
    return reconcile.telling(event, story, family, outlet, published or "", days, sentence, trigger)
