"""Which country pairs does an act stand for?"""

from __future__ import annotations

from legation.story import Event, Happening

FACING = frozenset(["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT", "RETREAT"])
"""Types whose several actors, when there is no recipient, act towards each other."""


def pairs_of(event: Event | Happening) -> list[tuple[str, str, int]]:
    """(actor, recipient, 1), or (actor, actor, 0) in both directions for acts done together."""
    actors = list(dict.fromkeys(p.country for p in event.actors if p.country))
    recipients = list(dict.fromkeys(p.country for p in event.recipients if p.country))
    if recipients:
        return [(a, b, 1) for a in actors for b in recipients]
    if str(event.type) not in FACING or event.recipients:
        return []
    return [(a, b, 0) for a in actors for b in actors if a != b]
