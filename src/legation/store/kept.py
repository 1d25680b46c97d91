"""What a desk gives back: stories, events and the rest as they are kept, with their history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from legation.story import Event, Happening, Plan, Span, Story

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a piece of evidence, and up to 32 characters before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """One event with the story it was read in and when we knew it.

    `event.id` is the desk's id of the event; `story` the desk's id of its story, `given` the id
    that the story came with. `day`, `last_day` are the act's first and last day, or the day of
    publication when the text gives none (then `days`, the precision, is 0). `superseded` is "" for
    the version that counts now. `quotes[i]` are the words of `event.evidence[i]`.
    """

    event: Event
    story: str
    happening: str
    sentence: str
    quotes: tuple[Quote, ...]
    day: str
    last_day: str
    days: int
    published: str
    first_seen: str
    coded: str
    superseded: str
    version: str
    reviewed: bool
    given: str
    outlet: str
    title: str
    url: str
    copy_of: str
    n: int = 0

    @property
    def id(self) -> str:
        """The desk's id of the event."""
        return self.event.id

    def evidence_in(self, text: str) -> tuple[Span | None, ...]:
        """Where each piece of the evidence stands in a later text of the story; None: no more."""
        from legation.store import anchors

        return anchors.evidence(self, text)


@dataclass(frozen=True, slots=True)
class KeptStory:
    """One story as kept: `story.id` is the id it came with, `id` the desk's.

    `copy_of` is the id of the story it copies ("" for an original), `likeness` the share of its
    words that stand in that one; stories of one `family` count as one independent report.
    """

    id: str
    story: Story
    digest: str
    first_seen: str
    read_at: str
    copy_of: str
    likeness: float
    family: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one story that was added: its id, whether it was new, how many events."""

    id: str
    new: bool
    events: int


@dataclass(frozen=True, slots=True)
class KeptProblem:
    """Something odd: `story` is "" when nothing came of the `location` at all."""

    code: str
    message: str
    story: str
    location: str
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One story found by its words: `snippet` is text around the first of them."""

    story: str
    title: str
    outlet: str
    published: str
    url: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items in order; `next` is the cursor of the page after this one, "" on the last."""

    items: tuple[T, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word about an event, happening or story, kept for ever."""

    kind: str
    target: str
    verdict: str
    changes: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    note: str = ""
    at: str = ""
    undone: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class KeptHappening:
    """One happening and when we knew it; `day` is its first day ("" unknown)."""

    happening: Happening
    day: str
    last_day: str
    first_published: str
    last_published: str
    created: str
    changed: str
    n: int = 0

    @property
    def id(self) -> str:
        """The happening's id; it survives re-reading and mergers (the older one's stays)."""
        return self.happening.id


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """One plan with the event that states it and, if decided, the event that decided it."""

    plan: Plan
    event: KeptEvent
    by: KeptEvent | None
    decided: str
