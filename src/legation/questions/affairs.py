"""Is an act a public affair? What private people and firms do among themselves is no event.

Whoever is no state, public body, official or armed group counts when acting on, or suffering from,
one of these (codebook: An event). Asked last, when every party and sector is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from legation.questions.opinion import Limits, foreseen
from legation.questions.what import Act
from legation.questions.who.short import MANY, NEUTRAL, PERSONAL, SPEAKER, SPEAKERS
from legation.story import Event, Party

PUBLIC: Final = frozenset(
    "GOV MIL COP JUD LEG SPY IGO PTY OPP REB PRM UAF CRM ELI PRE LAB AGR REF".split()
)  # states, bodies, whoever seeks power, takes up arms or is organised, and refugees
ANYBODY: Final = frozenset(["ASSAULT", "PROTEST", "MOBILIZE"])  # also among private people
UNSEEN: Final = frozenset(["RETREAT", "COERCE"])  # told of those who suffer it: "were set free"
CLERICAL: Final = "VAT"  # the state whose clergy are its officials
OFFICES: Final = frozenset(["resign", "disarm", "ceasefire"])  # only of office and arms
CIVIL: Final = frozenset(
    ["SUPPORT", "CONCEDE", "AGREE", "COOPERATE"]
)  # what everybody does every day
UNNAMED: Final = frozenset(PERSONAL) | NEUTRAL | MANY | SPEAKER | SPEAKERS  # pronouns


def private(act: Act, event: Event, limit: Limits) -> bool:
    """Does it lack a public party that its own words name, or that is known to do it?

    What is to come is public also when a public body tells of it, a pronoun stands for the doer, or
    the model foresees it as an act.
    Nor is it one when somebody talks to the press.
    """
    if event.type == "CONSULT" and any(p.sector == "JRN" for p in event.actors):
        return True  # an interview
    if event.type in ANYBODY or act.match.frame.private or event.mode in OFFICES:
        return False
    if event.type == "THREATEN" and _to_protest(act, limit.beside):
        return False  # doctors threaten to walk out
    if event.type in UNSEEN and not any(p.text for p in event.actors):
        return False
    if _public(event.actors) or _public(p for p in event.recipients if p.text):
        return False
    if act.opinion and event.status == "planned" and foreseen(act.opinion, limit):
        return False
    if event.status == "planned" and (_public(event.source) or _unsaid(event.actors)):
        return False  # "Marta Ocampo will arrive on Thursday, both governments said"
    if act.opinion and event.type not in CIVIL and (act.spoke == "model"):
        return dict(act.opinion.acts).get(act.type, 0.0) < limit.private
    watched = act.spoke != "model" and any(p.sector == "NGO" for p in event.actors)
    if watched and _public(event.recipients):
        return False  # "Amnesty condemned the raid": whose, goes without saying
    return len({p.country for p in (*event.actors, *event.recipients) if p.country}) < 2


def _to_protest(act: Act, beside: float) -> bool:
    """Is it a protest that is threatened, by the words or by the model's second thought?"""
    second = dict(act.opinion.acts).get("PROTEST", 0.0) if act.opinion else 0.0
    return act.inner.startswith("protest.") or second >= beside


def _unsaid(actors: Sequence[Party]) -> bool:
    """Are the actors told by a pronoun alone, so that nobody can say that they are private?"""
    return bool(actors) and all(p.text.lower() in UNNAMED for p in actors)


def _public(parties: Iterable[Party]) -> bool:
    return any(p.sector in PUBLIC or p.country == CLERICAL for p in parties)
