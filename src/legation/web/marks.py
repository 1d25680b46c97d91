"""Evidence in its text: which characters are marked, as what. Pure; the templates escape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from legation.store import KeptEvent, anchors
from legation.story import Event, Span

RANK = {"act": 0, "actor": 1, "recipient": 2, "source": 3, "place": 4, "date": 5}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text: `part` "" for plain ones; `events` are the ids they belong to."""

    text: str
    part: str = ""
    note: str = ""
    type: str = ""
    status: str = ""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text and what it is evidence of."""

    start: int
    end: int
    part: str
    note: str = ""
    type: str = ""
    status: str = ""
    event: str = ""


def in_story(text: str, events: Iterable[Event]) -> list[Piece]:
    """A whole text in pieces, with the evidence of all its events marked."""
    found = [mark for event in events for mark in _of(event, event.evidence)]
    return pieces(text, found)


def in_sentence(kept: KeptEvent) -> list[Piece]:
    """The sentence of an event in pieces, with the words of its evidence marked."""
    marks = []
    for span, quote in zip(kept.event.evidence, kept.quotes, strict=False):
        there = anchors.found(quote, kept.sentence, part=span.part, least=0)
        if there:
            marks += _of(kept.event, (there,))
    return pieces(kept.sentence, marks)


def around(text: str, kept: KeptEvent, reach: int = 260) -> list[Piece]:
    """The part of a text around an event's evidence, cut at spaces, with the evidence marked."""
    spans = [span for span in kept.event.evidence if span.end <= len(text)]
    if not spans:
        return [Piece(kept.sentence)]
    acts = [span for span in spans if span.part == "act"] or spans
    start = max(0, acts[0].start - reach)
    end = min(len(text), acts[-1].end + reach)
    while start > 0 and not text[start - 1].isspace() and acts[0].start - start > 0:
        start += 1
    while end < len(text) and not text[end].isspace() and end > acts[-1].end:
        end -= 1
    found = [
        Mark(m.start - start, m.end - start, m.part, m.note, m.type, m.status, m.event)
        for m in _of(kept.event, spans)
        if start <= m.start and m.end <= end
    ]
    made = pieces(text[start:end], found)
    head = [Piece("… ")] if start else []
    return [*head, *made, *([Piece(" …")] if end < len(text) else [])]


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """A text cut where marks begin or end; where several meet, acts win over parties."""
    inside = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    open_: list[Mark] = []
    waiting = sorted(inside, key=lambda m: m.start, reverse=True)
    made: list[Piece] = []
    for start, end in pairwise(cuts):
        open_ = [m for m in open_ if m.end > start]
        while waiting and waiting[-1].start <= start:
            open_.append(waiting.pop())
        made.append(_piece(text[start:end], open_))
    return made


def _piece(text: str, marks: list[Mark]) -> Piece:
    if not marks:
        return Piece(text)
    first = min(marks, key=lambda m: (RANK.get(m.part, 9), m.end - m.start))
    events = tuple(dict.fromkeys(m.event for m in marks if m.event))
    notes = dict.fromkeys(m.note for m in marks if m.note and m.part == first.part)
    return Piece(text, first.part, "; ".join(notes), first.type, first.status, events)


def _of(event: Event, spans: Iterable[Span]) -> list[Mark]:
    act = f"{event.type}/{event.mode}" if event.mode else str(event.type)
    return [
        Mark(
            span.start, span.end, span.part,
            f"{act}, {event.status}" if span.part == "act" else f"{span.part} of {act}",
            str(event.type), str(event.status), event.id,
        )
        for span in spans
    ]  # fmt: skip
