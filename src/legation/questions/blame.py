"""Who speaks of a deed has not done it: "the London bombings were condemned by Iran".

And on whom it is blamed has: "blamed the blasts on the rebels". Runs when rules and model have both
named the parties of all acts of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.questions.what.acts import same_in
from legation.story import Event, Party
from legation.words import listed

HARM = frozenset(["ASSAULT", "COERCE"])
JUDGING = frozenset(["ACCUSE", "SUPPORT", "REJECT", "REQUEST"])
WHERE = frozenset(["in", "at", "near", "on", "against", "outside", "inside"])
NOBODY = Party("", None, None, "UNK")


def settled(tree: Tree, acts: Sequence[Act]) -> list[Act]:
    """The acts; a deed that another act judges is not its judges' but the accused's."""
    return [_settled(tree, act, acts) for act in acts]


def _settled(tree: Tree, act: Act, acts: Sequence[Act]) -> Act:
    if act.type not in HARM or act.match.pos != "noun":
        return act
    for other in acts:
        if other.type not in JUDGING or other.match.pos != "verb" or not _of(tree, other, act.word):
            continue
        if all(
            p.text and same_in(replace(p, sector=_as(p, other)), other.actors) for p in act.actors
        ):
            act = replace(act, actors=(NOBODY,))
        accused = other.mode == "allege" and not any(p.text for p in act.actors)
        if accused and act.recipients and all(same_in(p, other.recipients) for p in act.recipients):
            act = replace(act, actors=act.recipients, recipients=())
    return act


def _of(tree: Tree, judgement: Act, word: int) -> bool:
    """Is the deed what the judging verb speaks of?"""
    return word in _about(tree, judgement)


def _about(tree: Tree, judgement: Act) -> tuple[int, ...]:
    verb = judgement.word
    passive = tree.surface(verb) if tree.passive(verb) else ()
    return (*judgement.match.slot, *tree.objects(verb), *passive)


def _as(party: Party, other: Act) -> str:
    """The sector that a state has in the other act: soldiers there may be a government here."""
    return next((p.sector for p in other.actors if p.start == party.start >= 0), party.sector)


def spared(tree: Tree, act: Act, event: Event, found: Sequence[tuple[Act, Event]]) -> Event:
    """The event without the land where a deed was done among those blamed for it.

    "France condemned the attack in Kabul", "the killing of two nuns in Burkina Faso". `found` are
    all acts of the story: who does violence in it may be meant without being named.
    """
    nouns = [n for n in _about(tree, act) if tree.lemmas[n] in listed("suffered")]
    if (event.type, event.mode) != ("ACCUSE", "disapprove") or not nouns:
        return event
    places = {n for noun in nouns for p, n in tree.obliques(noun) if p in WHERE}
    inside = {tree.sentence.starts[w] for n in places for w in (n, *tree.children[n]) if w <= n}
    harm = [e for _, e in found if e.type in HARM]
    doers = {p.country for e in harm for p in e.actors}
    spared = {p.country for e in harm for p in e.recipients} - doers
    told = (p for p in event.recipients if p.text or p.country not in spared)
    blamed = tuple(p for p in told if not p.text or p.start not in inside)
    return replace(event, recipients=blamed)
