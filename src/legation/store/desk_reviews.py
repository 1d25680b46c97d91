"""A person's word to a desk, and newer readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from legation.errors import InputError
from legation.store import (
    rereading,
    reviewing,
)
from legation.store.desk_acts import Acts
from legation.store.kept import (
    KeptStory,
    Review,
)
from legation.story import Story


class Reviews(Acts):
    """Verdicts on events, happenings and stories of a desk."""

    def review(
        self,
        kind: str,
        target: str,
        verdict: str,
        changes: Mapping[str, Any] | None = None,
        person: str = "",
        note: str = "",
    ) -> Review:
        """Keep and apply a person's verdict; no re-reading overwrites it. InputError.

        On an "event": "accept", "reject", "correct" with changes of type, mode, status, actors,
        recipients, date; "same" or "different" with `{"with": other event}`. On a "story":
        "no-copy".
        """
        return reviewing.review(self.database, kind, target, verdict, changes or {}, person, note)

    def reviews(self, target: str = "", limit: int = 1000) -> list[Review]:
        """Verdicts, newest first, of one event or story or of all."""
        return reviewing.reviews(self.database, target, limit)

    def undo(self, review: int) -> None:
        """Take a verdict back, by its number `n`."""
        reviewing.undo(self.database, review)

    def merge(self, one: str, two: str, person: str = "", note: str = "") -> str:
        """Say that two happenings are one; returns the id of the one that stays."""
        a, b = (self._members(id) for id in (one, two))
        parted = [
            (item.target, str(item.changes["with"]))
            for event in a
            for item in self.reviews(event)
            if item.verdict == "different" and not item.undone and item.changes["with"] in b
        ]
        for first, second in [(a[0], b[0]), *parted]:
            self.review("event", first, "same", {"with": second}, person, note)
        kept = self.event(a[0])
        return kept.happening if kept else ""

    def split(self, happening: str, events: Sequence[str], person: str = "", note: str = "") -> str:
        """Say that some events of a happening are another act; returns the id of the new one."""
        members = self._members(happening)
        apart = [id for id in members if id in set(events)]
        stay = [id for id in members if id not in set(events)]
        if not apart or not stay:
            raise InputError(f"{happening}: name some, not all, of its events {members}")
        for one in apart:
            for other in stay:
                self.review("event", one, "different", {"with": other}, person, note)
        kept = self.event(apart[0])
        return kept.happening if kept else ""

    def _members(self, happening: str) -> list[str]:
        kept = self.happening(happening)
        if kept is None or not kept.happening.events:
            raise InputError(f"no happening {happening}")
        return list(kept.happening.events)

    def stale(self, version: str, everything: bool = False) -> Iterator[KeptStory]:
        """Stories that another reading version than this wrote, or all."""
        return rereading.stale(self.database, version, everything)

    def reread(self, batch: Sequence[tuple[KeptStory, Story]]) -> Counter[str]:
        """Keep new readings of old stories as new versions; returns what changed, counted."""
        return rereading.reread(self.database, batch)
