"""What an export profile is, and how what it cannot hold is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from legation.store import KeptEvent
from legation.story import Party
from legation.tables import Table

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4,
    "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""Verbal cooperation 1, material cooperation 2, verbal conflict 3, material conflict 4 (PLOVER)."""


@dataclass
class Loss:
    """What an export had to leave out or change: counts by reason, told at the end."""

    rows: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str) -> None:
        """One more row that lost something."""
        self.reasons[reason] += 1

    def report(self) -> list[str]:
        """One line a reason, most frequent first."""
        lines = [f"{self.rows:,} rows written"]
        return lines + [f"{reason} in {n:,} rows" for reason, n in self.reasons.most_common()]


Rows = Callable[[KeptEvent, Loss], Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One form: its columns, how an event fills them, and how such files are usually written."""

    name: str
    table: Table
    rows: Rows
    form: str
    header: bool = True
    delimiter: str = ","


def dyads(kept: KeptEvent) -> Iterator[tuple[Party, Party | None]]:
    """Each actor with each recipient; actors of an act done together with each other."""
    actors, recipients = kept.event.actors, kept.event.recipients
    if recipients:
        yield from ((a, b) for a in actors for b in recipients)
    elif len(actors) > 1 and str(kept.event.type) in ("CONSULT", "AGREE", "COOPERATE"):
        yield from ((a, b) for i, a in enumerate(actors) for b in actors[i + 1 :])
    else:
        yield from ((actor, None) for actor in actors)


def texts(names: tuple[str, ...], **kinds: str) -> Table:
    """A table whose columns are text unless said otherwise."""
    return tuple((name, kinds.get(name, "text")) for name in names)
