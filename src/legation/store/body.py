"""An event as the JSON of its row: only what is said, with position and quote selectors.

Offsets point into the text as kept; `exact`, `prefix` and `suffix` (W3C Web Annotation
TextQuoteSelector) find the words again in a page that has changed.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import Any

import orjson

from legation.store.kept import Quote
from legation.story import Date, Event, Party, Place, Span

CONTEXT = 32  # characters of prefix and suffix
_PARTY = ("text", "name", "country", "sector", "role", "entity", "manner", "start", "end")
_DEFAULTS: dict[str, Any] = {
    "name": None, "country": None, "sector": "UNK", "role": "", "entity": "", "manner": "",
    "start": -1, "end": -1,
}  # fmt: skip


def written(event: Event, text: str) -> str:
    """The body of an event's row; type, mode, status and confidence stand in columns."""
    body: dict[str, Any] = {
        "actors": [_party(party) for party in event.actors],
        "recipients": [_party(party) for party in event.recipients],
        "source": [_party(party) for party in event.source],
        "evidence": [_selectors(span, text) for span in event.evidence],
    }
    if event.date:
        body["date"] = [event.date.start, event.date.end, event.date.text, event.date.basis]
    if event.place:
        at = event.place
        body["place"] = list(astuple(at))
    if event.contexts:
        body["contexts"] = list(event.contexts)
    if event.why:
        body["why"] = [list(pair) for pair in event.why]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def event_of(
    id: str, type: str, mode: str | None, status: str, confidence: float, body: str
) -> tuple[Event, tuple[Quote, ...]]:
    """The event of a row and the quotes of its evidence; undoes `written`."""
    said = orjson.loads(body)
    selectors = said["evidence"]
    event = Event(
        id=id,
        type=type,
        mode=mode,
        actors=tuple(Party(**party) for party in said["actors"]),
        recipients=tuple(Party(**party) for party in said["recipients"]),
        status=status,
        date=Date(*said["date"]) if "date" in said else None,
        place=Place(*said["place"]) if "place" in said else None,
        source=tuple(Party(**party) for party in said["source"]),
        confidence=confidence,
        evidence=tuple(Span(*one[:3]) for one in selectors),
        contexts=tuple(said.get("contexts", ())),
        why=tuple((name, reason) for name, reason in said.get("why", ())),
    )
    return event, tuple(Quote(*one[3:]) for one in selectors)


def _party(party: Party) -> dict[str, Any]:
    said = {name: getattr(party, name) for name in _PARTY}
    return {n: v for n, v in said.items() if n == "text" or v != _DEFAULTS[n]}


def _selectors(span: Span, text: str) -> list[Any]:
    before = text[max(0, span.start - CONTEXT) : span.start] if span.start >= 0 else ""
    exact = text[span.start : span.end] if span.start >= 0 else ""
    return [span.start, span.end, span.part, exact, before, text[span.end : span.end + CONTEXT]]
