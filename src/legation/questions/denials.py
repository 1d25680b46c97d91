"""Denials of what was told before: "Rwanda's delegate denied it", "a charge that Minsk rejects".

A denial names its accuser from the acts before it, and leaves the denied act as a second record,
`negated`, on the denier's word, beside the one on the accuser's (codebook: Status, Denial).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.questions.opponents import Opponents
from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.questions.who import Cast
from legation.story import Event, Party
from legation.words import listed

Found = tuple[Act, Event]
CHARGED = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "AID", "THREATEN", "COOPERATE"])
REACH = 2  # sentences back that a denied act may stand


def is_denial(act: Act) -> bool:
    """Does the act need an accuser that the story named before?"""
    return "accuser" in act.match.frame.needs


def others(denial: Event) -> tuple[Party, ...]:
    """The recipients that are not of the denier's own side ("denied that its soldiers …")."""
    ours = {p.country for p in denial.actors if p.country}
    return tuple(p for p in denial.recipients if not p.country or p.country not in ours)


def owners(act: Act, denial: Event, tree: Tree, cast: Cast) -> tuple[Party, ...]:
    """Whose accusation it is that is denied: "dismissed Moscow's complaint"."""
    nouns = [n for word in act.match.fixed for n in tree.possessors(word)]
    found = tuple(p for n in nouns for p in cast.parties(act.s, n))
    return others(replace(denial, recipients=found))


def accuser(denial: Event, earlier: Sequence[Event]) -> tuple[Party, ...]:
    """Who accused the denier.

    The actors of the latest ACCUSE towards it, or the voice on whose word an act of it was told.
    """
    deniers = {p.country for p in denial.actors if p.country}
    for event in reversed(earlier):
        if event.type == "ACCUSE" and deniers & {p.country for p in event.recipients}:
            return event.actors
        if _charged(event, denial):
            others = [p for p in event.source[:1] if p.country and p.country not in deniers]
            if others:
                return tuple(replace(p, manner="") for p in others)
    return ()


def presumed(act: Act, denial: Event, tree: Tree, earlier: Sequence[Found]) -> tuple[Party, ...]:
    """Who must have accused: the denier's opponent nearby, where a charge or a deed is denied.

    "Turkey complained to NATO that missiles had locked on to its jets; Athens denied that …".
    """
    nouns = {tree.lemmas[n] for n in (*act.match.slot, *act.match.fixed, *tree.objects(act.word))}
    charge = not nouns.isdisjoint(listed("accusation"))
    if not charge and not any(tree.under(act.word, "ccomp", "xcomp")):
        return ()
    other = Opponents(earlier).of(denial, act.s, REACH)
    ours = {p.country for p in denial.actors}
    return (other,) if other and other.country not in ours else ()


def denied(act: Act, denial: Event, tree: Tree, earlier: Sequence[Found]) -> list[Found]:
    """The acts told before that this denial denies, as `negated` on the denier's word."""
    if any(tree.under(act.word, "ccomp", "xcomp")):
        return []  # "denied that …" names its own act
    speakers = tuple(replace(p, manner="said") for p in denial.actors if p.text)
    copies: list[Found] = []
    for other, event in earlier:
        if act.s - other.s > REACH or not _charged(event, denial):
            continue
        why = tuple((field, text) for field, text in event.why if field in ("type", "date"))
        told = (*why, ("status", "denied"), ("source", f"'{tree.low[act.word]}'"))
        evidence = (*event.evidence, *(s for s in denial.evidence if s.part == "act"))
        copy = replace(event, status="negated", source=speakers, evidence=evidence, why=told)
        copies.append((other, copy))
    return copies if speakers else []


def _charged(event: Event, denial: Event) -> bool:
    """Is it an act of the denier, told as fact on somebody else's word?"""
    if not event.source or event.type not in CHARGED or event.status != "happened":
        return False
    countries = {p.country for p in denial.actors if p.country}
    names = {p.name for p in denial.actors if p.name}
    voice = event.source[0]
    if voice.name in names or (voice.country in countries and voice.sector == "GOV"):
        return False
    return any(p.country in countries or p.name in names for p in event.actors if p.country)
