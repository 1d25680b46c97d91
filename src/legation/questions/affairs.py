"""Is an act a public affair? What private people and firms do among themselves is no event.

Whoever is no state, public body, official or armed group counts when acting on, or suffering from,
one of these (codebook: An event). Asked last, when every party and sector is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from legation.questions.what import Act
from legation.story import Event, Party

PUBLIC: Final = frozenset(
    "GOV MIL COP JUD LEG SPY IGO PTY OPP REB PRM UAF CRM ELI PRE LAB".split()
)  # states, bodies, those who seek power or take up arms, and former holders of it
ANYBODY: Final = frozenset(["ASSAULT", "PROTEST", "MOBILIZE"])  # also among private people
UNSEEN: Final = frozenset(["RETREAT", "COERCE"])  # told of those who suffer it: "were set free"
OFFICES: Final = frozenset(["resign", "disarm", "ceasefire"])  # only of office and arms
CIVIL: Final = frozenset(
    ["SUPPORT", "CONCEDE", "AGREE", "CONSULT", "COOPERATE"]
)  # what everybody does every day
SURE: Final = 0.93  # how sure the model must be of any other act among private people


def private(act: Act, event: Event) -> bool:
    """Does it lack a public party that its own words name, or that is known to do it?"""
    if event.type in ANYBODY or act.match.frame.private or event.mode in OFFICES:
        return False
    if event.type in UNSEEN and not any(p.text for p in event.actors):
        return False
    if _public(event.actors) or _public(p for p in event.recipients if p.text):
        return False
    if act.spoke == "model" and act.opinion and event.type not in CIVIL:
        return act.opinion.acts[0][1] < SURE
    watched = act.spoke != "model" and any(p.sector == "NGO" for p in event.actors)
    if watched and _public(event.recipients):
        return False  # "Amnesty condemned the raid": whose, goes without saying
    return len({p.country for p in (*event.actors, *event.recipients) if p.country}) < 2


def _public(parties: Iterable[Party]) -> bool:
    return any(p.sector in PUBLIC for p in parties)
