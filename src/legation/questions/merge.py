"""An act told twice in one story is one event with several evidence spans (codebook: An event)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.story import Event, Party

SYMMETRIC = frozenset(["CONSULT", "AGREE", "COOPERATE", "ASSAULT"])


def merged(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with later tellings joined to the first; order of first telling kept."""
    kept: list[Event] = []
    for event in events:
        for at, other in enumerate(kept):
            if same_act(other, event):
                kept[at] = joined(other, event)
                break
        else:
            kept.append(event)
    return tuple(kept)


def same_act(one: Event, two: Event) -> bool:
    """Can two tellings be one act: same type and status, parties and dates that agree?"""
    if one.type != two.type or (one.status != two.status):
        return False
    if one.mode and two.mode and one.mode != two.mode:
        return False
    if not _dates(one, two):
        return False
    a, r = _codes(one.actors), _codes(one.recipients)
    b, q = _codes(two.actors), _codes(two.recipients)
    if one.type in SYMMETRIC and (a | r) == (b | q):
        return True
    if not _agree(a, b):
        return False
    return _agree(r, q) or not r or not q


def joined(one: Event, two: Event) -> Event:
    """One event from two tellings: what the first leaves open, the second fills."""
    dated = one.date
    if two.date and (
        dated is None or (dated.basis == "published" and two.date.basis != "published")
    ):
        dated = two.date
    evidence = dict.fromkeys((*one.evidence, *two.evidence))
    return replace(
        one,
        mode=one.mode or two.mode,
        recipients=one.recipients or two.recipients,
        date=dated,
        place=one.place or two.place,
        confidence=max(one.confidence, two.confidence),
        evidence=tuple(evidence),
    )


def _codes(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.country or p.name or p.text.lower() for p in parties)


def _agree(one: frozenset[str], two: frozenset[str]) -> bool:
    return one == two


def _dates(one: Event, two: Event) -> bool:
    if one.date is None or two.date is None:
        return True
    if "published" in (one.date.basis, two.date.basis):
        return True
    return one.date.start <= two.date.end and two.date.start <= one.date.end
