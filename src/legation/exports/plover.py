"""PLOVER JSON records, with PLOVER's own reduction of plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from legation.exports.profile import QUADS, Loss, Profile, texts
from legation.store import KeptEvent
from legation.story import Party

REDUCED = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE",
           "RETREAT": "CONCEDE"}  # fmt: skip
CONFLICT = frozenset(["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"])
COLUMNS = tuple(
    "id date enddate actor recipient event mode context quad_code event_loc event_text "
    "text_info cite_info link coder coded_date comment".split()
)


def rows(kept: KeptEvent, loss: Loss) -> Iterator[dict[str, Any]]:
    """PLOVER JSON with PLOVER's own reduction of plans and conditional conflict."""
    event = kept.event
    kind, mode = reduced(kept, loss)
    if kind is None:
        return
    start = event.date.start if event.date else kept.day
    if not start:
        loss.add("left out: no date, which PLOVER requires")
        return
    if event.source:
        loss.add("source kept only as comment: PLOVER has no slot for whose word it is")
    if str(event.status) in ("possible", "negated"):
        loss.add(f"status {event.status} kept only as comment: PLOVER has no slot")
    yield {
        "id": event.id, "date": start,
        "enddate": event.date.end if event.date and event.date.end != start else None,
        "actor": [_entity(party) for party in event.actors],
        "recipient": [_entity(party) for party in event.recipients],
        "event": [kind], "mode": [mode] if mode else [], "context": list(event.contexts),
        "quad_code": QUADS[kind],
        "event_loc": {
            "extracted_place": event.place.text, "resolved_place": event.place.name,
            "geonameid": event.place.geoname or None, "lat": event.place.lat,
            "lon": event.place.lon, "country_code": event.place.country,
        } if event.place else None,
        "event_text": kept.sentence,
        "text_info": {
            "start": event.evidence[0].start if event.evidence else None,
            "end": event.evidence[0].end if event.evidence else None,
        },
        "cite_info": {
            "corpus": kept.outlet or None, "url": kept.url or None, "title": kept.title or None,
            "publication": kept.published or None, "language": "en", "coder": kept.version,
            "codebook": "PLOVER 2.0",
        },
        "link": kept.happening or None, "coder": kept.version, "coded_date": kept.coded[:10],
        "comment": f"status {event.status}; sources {[p.name or p.text for p in event.source]}",
    }  # fmt: skip


def reduced(kept: KeptEvent, loss: Loss) -> tuple[str | None, str | None]:
    """PLOVER's reduction: planned cooperation becomes AGREE, planned conflict THREATEN."""
    event = kept.event
    kind, status = str(event.type), str(event.status)
    if status != "planned":
        return kind, event.mode
    if kind in REDUCED:
        loss.add(f"planned {kind} written as {REDUCED[kind]} (PLOVER's reduction)")
        return REDUCED[kind], None
    if kind in CONFLICT:
        loss.add(f"planned {kind} written as THREATEN (PLOVER's reduction)")
        return "THREATEN", None
    return kind, event.mode


def _entity(party: Party) -> dict[str, Any]:
    return {
        "code": party.country, "sector": party.sector, "entity_text": party.text,
        "identifier_text": party.name, "office": party.role or None,
    }  # fmt: skip


PROFILE = Profile("plover", texts(COLUMNS, quad_code="int"), rows, "jsonl")
