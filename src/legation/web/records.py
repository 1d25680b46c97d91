"""What the API says: each kept thing as JSON-ready data, and the models that document it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Generic, TypeVar

import orjson
from pydantic import BaseModel

from legation.records import event_record
from legation.store import Hit, KeptEvent, KeptHappening, KeptPlan, KeptStory
from legation.story import Party, Place, Story

Json = dict[str, Any]
T = TypeVar("T")


class PartyRecord(BaseModel):
    """Who: as written, canonical name, country, sector, role, stable identifier."""

    text: str
    name: str | None
    country: str | None
    sector: str
    role: str
    entity: str


class SourceRecord(PartyRecord):
    """On whose word, and how it was given."""

    manner: str


class DateRecord(BaseModel):
    """When: inclusive days; basis text, published or context."""

    start: str
    end: str
    text: str
    basis: str


class PlaceRecord(BaseModel):
    """Where."""

    text: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geoname: int
    region: str = ""
    precision: str = ""


class EvidenceRecord(BaseModel):
    """Characters start..end of the story's text, what they are evidence of, and the words."""

    start: int
    end: int
    part: str
    exact: str
    prefix: str
    suffix: str


class EventStory(BaseModel):
    """The story that an event was read in."""

    id: str
    given: str
    title: str
    outlet: str
    url: str
    published: str
    first_seen: str
    copy_of: str


class EventRecord(BaseModel):
    """One event with its evidence."""

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    actors: list[PartyRecord]
    recipients: list[PartyRecord]
    status: str
    date: DateRecord | None
    place: PlaceRecord | None
    source: list[SourceRecord]
    confidence: float
    sentence: str
    evidence: list[EvidenceRecord]
    why: dict[str, str]
    happening: str
    day: str
    last_day: str
    days: int
    coded: str
    superseded: str
    reviewed: bool
    version: str
    story: EventStory


class HappeningRecord(BaseModel):
    """One act as all its reports tell it."""

    id: str
    type: str
    mode: str | None
    status: str
    statuses: dict[str, int]
    disputed: bool
    actors: list[PartyRecord]
    recipients: list[PartyRecord]
    date: DateRecord | None
    place: PlaceRecord | None
    contexts: list[str]
    events: list[str]
    reports: list[str]
    independent: int
    outlets: list[str]
    confidence: float
    day: str
    last_day: str
    first_published: str
    last_published: str
    created: str
    changed: str


class HappeningWhole(HappeningRecord):
    """A happening with every event told of it, and its mergers and splits."""

    told: list[EventRecord]
    history: list[dict[str, Any]]


class ProblemRecord(BaseModel):
    """What was odd about a story."""

    code: str
    message: str
    start: int
    end: int


class StoryRecord(BaseModel):
    """A story as kept, without its text."""

    id: str
    given: str
    title: str
    outlet: str
    url: str
    language: str
    published: str
    characters: int
    first_seen: str
    read_at: str
    version: str
    digest: str
    copy_of: str
    likeness: float
    family: str


class StoryWhole(StoryRecord):
    """A story with its text, its events and what was odd."""

    text: str
    events: list[EventRecord]
    problems: list[ProblemRecord]


class PlanRecord(BaseModel):
    """A plan, when it is due, and what became of it."""

    outcome: str
    due: DateRecord | None
    score: float
    decided: str
    event: EventRecord
    by: EventRecord | None


class HitRecord(BaseModel):
    """One story found by its words."""

    story: str
    title: str
    outlet: str
    published: str
    url: str
    snippet: str
    score: float


class Listed(BaseModel, Generic[T]):
    """One page of a list; `next` is the cursor of the page after it, "" on the last."""

    items: list[T]
    next: str


class ProblemJson(BaseModel):
    """RFC 9457: what went wrong."""

    type: str
    title: str
    status: int
    detail: str


def event(kept: KeptEvent) -> Json:
    """An `EventRecord`."""
    record = event_record(kept.event, Story("", id=kept.given))
    del record["document"]
    record["evidence"] = [
        {**asdict(span), **asdict(quote)}
        for span, quote in zip(kept.event.evidence, kept.quotes, strict=False)
    ]
    return record | {
        "sentence": kept.sentence, "happening": kept.happening, "day": kept.day,
        "last_day": kept.last_day, "days": kept.days, "coded": kept.coded,
        "superseded": kept.superseded, "reviewed": kept.reviewed, "version": kept.version,
        "story": {
            "id": kept.story, "given": kept.given, "title": kept.title, "outlet": kept.outlet,
            "url": kept.url, "published": kept.published, "first_seen": kept.first_seen,
            "copy_of": kept.copy_of,
        },
    }  # fmt: skip


NOWHERE = asdict(Place("", "", None, None, None, 0))  # the fields of a place, in order


def event_of(row: Sequence[Any]) -> Json:
    """An `EventRecord` straight from a row of the store: the same as `event` of it, but quicker."""
    (_, id, kind, mode, status, confidence, said, sentence, day, last, days, coded, superseded,
     reviewed, story, given, title, url, published, seen, outlet, version, copied,
     happening) = row  # fmt: skip
    body = orjson.loads(said)
    names = ("start", "end", "part", "exact", "prefix", "suffix")
    date, place = body.get("date"), body.get("place")
    return {
        "id": id, "type": kind, "mode": mode, "contexts": body.get("contexts", []),
        "actors": [_told(party) for party in body["actors"]],
        "recipients": [_told(party) for party in body["recipients"]], "status": status,
        "date": dict(zip(("start", "end", "text", "basis"), date, strict=True)) if date else None,
        "place": {**NOWHERE, **dict(zip(NOWHERE, place, strict=False))} if place else None,
        "source": [
            {**_told(party), "manner": party.get("manner", "")} for party in body["source"]
        ],
        "confidence": confidence, "sentence": sentence,
        "evidence": [dict(zip(names, one, strict=True)) for one in body["evidence"]],
        "why": dict(body.get("why", ())), "happening": happening or "", "day": day,
        "last_day": last, "days": days, "coded": coded, "superseded": superseded or "",
        "reviewed": bool(reviewed), "version": version,
        "story": {
            "id": story, "given": given, "title": title, "outlet": outlet, "url": url or "",
            "published": published or "", "first_seen": seen, "copy_of": copied or "",
        },
    }  # fmt: skip


def event_text(row: Sequence[Any]) -> orjson.Fragment:
    """The same as JSON text, which is put into a page as it is."""
    return orjson.Fragment(orjson.dumps(event_of(row)))


def _told(party: Json) -> Json:
    get = party.get
    return {
        "text": party["text"], "name": get("name"), "country": get("country"),
        "sector": get("sector", "UNK"), "role": get("role", ""), "entity": get("entity", ""),
    }  # fmt: skip


def happening(kept: KeptHappening) -> Json:
    """A `HappeningRecord`."""
    act = kept.happening
    return {
        "id": act.id, "type": act.type, "mode": act.mode, "status": act.status,
        "statuses": dict(act.statuses), "disputed": act.disputed,
        "actors": [_party(party) for party in act.actors],
        "recipients": [_party(party) for party in act.recipients],
        "date": asdict(act.date) if act.date else None,
        "place": asdict(act.place) if act.place else None, "contexts": list(act.contexts),
        "events": list(act.events), "reports": list(act.reports),
        "independent": act.independent, "outlets": list(act.outlets),
        "confidence": act.confidence, "day": kept.day, "last_day": kept.last_day,
        "first_published": kept.first_published, "last_published": kept.last_published,
        "created": kept.created, "changed": kept.changed,
    }  # fmt: skip


def story(kept: KeptStory) -> Json:
    """A `StoryRecord`."""
    one = kept.story
    return {
        "id": kept.id, "given": one.id, "title": one.title, "outlet": one.outlet, "url": one.url,
        "language": one.language, "published": one.published, "characters": len(one.text),
        "first_seen": kept.first_seen, "read_at": kept.read_at, "version": one.version,
        "digest": kept.digest, "copy_of": kept.copy_of, "likeness": kept.likeness,
        "family": kept.family,
    }  # fmt: skip


def plan(kept: KeptPlan) -> Json:
    """A `PlanRecord`."""
    due = kept.plan.due
    return {
        "outcome": str(kept.plan.outcome), "due": asdict(due) if due else None,
        "score": kept.plan.score, "decided": kept.decided, "event": event(kept.event),
        "by": event(kept.by) if kept.by else None,
    }  # fmt: skip


def hit(found: Hit) -> Json:
    """A `HitRecord`."""
    return asdict(found)


def _party(party: Party) -> Json:
    names = ("text", "name", "country", "sector", "role", "entity")
    return {name: getattr(party, name) for name in names}
