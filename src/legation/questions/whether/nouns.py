"""Status that an event noun brings along: "a planned visit", "no attack"."""

from __future__ import annotations

from legation.questions.tree import Tree
from legation.questions.whether.scale import (
    HAPPENED,
    KEEP,
    NEGATED,
    PLANNED,
    POSSIBLE,
    Scale,
    combine,
)

AHEAD = frozenset(["ahead", "ahead of", "in the run-up to", "in advance of", "prior to"])
ERRANDS = frozenset(["for", "at", "to", "on", "in"])
CALLED = (("noun_planned", PLANNED), ("noun_negated", NEGATED), ("noun_possible", POSSIBLE))


def of_noun(
    tree: Tree, noun: int, scale: Scale, anchor: int | None, reasons: list[str]
) -> tuple[str, int]:
    """Status of an event noun, and the verb to climb on from (-1: stop here)."""
    found = _described(tree, noun, scale, reasons)
    first = tree.first_of(noun)
    head, kind = tree.heads[first], tree.base[first]
    if kind == "obj" and _announced(tree, noun, head, scale):
        reasons.append(f"'{tree.low[head]}'")
        return combine(PLANNED, found), head
    if anchor is not None:
        effect, row = scale.verb(tree.lemmas[anchor])
        own = tree.lemmas[anchor] not in scale.support.get("do", ())
        if own and kind in ("obj", "nsubj") and effect not in ("", KEEP):
            reasons.append(f"under '{tree.lemmas[anchor]}' ({row})")
            found = combine(effect, found)
        return found, anchor
    if head < 0:
        return found, -1
    entered = tree.preposition(first)
    if kind == "nmod" and entered == "of" and tree.lemmas[head] in scale.set("portions"):
        whole, on = of_noun(tree, head, scale, anchor, reasons)  # "a round of talks"
        return combine(whole, found), on
    if kind == "obj" and tree.lemmas[head] in scale.set("staging"):
        return found, head  # "is to host talks between X and Y"
    if kind == "obl" and entered == "with" and _carried(tree, head, scale):
        return found, head  # "would go ahead with the visit"
    if kind == "obl" and entered in ERRANDS and _goes(tree, head, scale):
        return found, head  # "never turned up for the talks", "will be in Oslo for talks"
    if kind == "nmod" and entered in ("of", "for", "to", "on", "about", "over"):
        effect, row = scale.noun(tree.lemmas[head])
        if any(tree.low[c] in scale.set("determiners") for c in tree.under(head, "det")):
            effect, row = NEGATED, "no"
        if effect not in ("", KEEP):
            reasons.append(f"under '{tree.lemmas[head]}' ({row})")
        return combine(effect, found), -1
    if kind in ("obl", "nmod") and entered == "without":
        reasons.append("after 'without'")
        return combine(NEGATED, found), -1
    if kind == "nsubj" and tree.low[head] in ("off", "on") and any(tree.under(head, "cop")):
        reasons.append(f"is {tree.low[head]}")  # "the trip is off", "is on again"
        return combine(NEGATED if tree.low[head] == "off" else PLANNED, found), -1
    if kind == "nsubj" and tree.lemmas[head] in scale.set("noun_listed"):
        if tree.preposition(head) in ("in", "on"):  # "a stop in Oslo is on the programme"
            reasons.append(f"on the {tree.lemmas[head]}")
            return combine(PLANNED, found), head
    if tree.tags[head] not in ("VERB", "ADJ", "AUX"):
        return found, -1
    called = kind == "obl" and entered in ("for", "of", "against", "out")
    if kind == "obl" and entered in AHEAD:
        reasons.append(f"'{entered}' it")
        return combine(PLANNED, found), -1  # "ahead of Sunday's summit"
    if kind == "obl" and entered == "on" and tree.lemmas[head] in scale.set("deciding"):
        reasons.append(f"under '{tree.lemmas[head]} on'")
        return combine(POSSIBLE, found), head  # "is due to vote on the dismissal of X"
    if kind in ("obj", "nsubj", "obl"):
        undone = _undone(tree, head, scale, entered)
        if undone:
            reasons.append(f"'{undone}'")
            return combine(NEGATED, found), -1
    if kind in ("obj", "nsubj") or called:
        for name, effect in CALLED:
            if tree.lemmas[head] in scale.set(name):
                reasons.append(f"with '{tree.lemmas[head]}'")
                return combine(effect, found), -1
    if kind == "obl" and entered == "for":
        return found, head  # "will send an envoy for talks"
    occurs = tree.lemmas[head] in scale.support.get("occur", ())
    if kind == "nsubj" and (occurs or (tree.passive(head) and tree.lemmas[head] == "hold")):
        return found, head
    return found, -1


def _announced(tree: Tree, noun: int, verb: int, scale: Scale) -> bool:
    """ "Announced a visit", no "announced a strike held in May": told beforehand."""
    if tree.lemmas[verb] not in scale.set("announcing"):
        return False
    over = any(tree.feature(c, "Tense") == "Past" for c in tree.under(noun, "acl"))
    return tree.lemmas[noun] in scale.arranged and not over


def _goes(tree: Tree, head: int, scale: Scale) -> bool:
    """Does the phrase stand with a verb of going, or with where somebody is?"""
    if tree.tags[head] == "VERB":
        return tree.lemmas[head] in scale.set("going")
    return any(tree.under(head, "cop")) and tree.preposition(head) in ("in", "at")


def _undone(tree: Tree, verb: int, scale: Scale, entered: str) -> str:
    """The verb with what makes it an undoing: "put off", "come to nothing", "hold off on"."""
    lemma = tree.lemmas[verb]
    if entered:
        undone = (f"{lemma} {particle} {entered}" for particle in tree.particles(verb))
        return next((words for words in undone if words in scale.set("noun_undone")), "")
    tails = [*tree.particles(verb), *(f"{p} {tree.low[n]}" for p, n in tree.obliques(verb))]
    return next((f"{lemma} {t}" for t in tails if f"{lemma} {t}" in scale.set("noun_undone")), "")


def _carried(tree: Tree, verb: int, scale: Scale) -> bool:
    """ "go ahead with", "proceed with": the act is done as the verb is."""
    if tree.lemmas[verb] in scale.set("carried"):
        return True
    return any(tree.low[c] == "ahead" for c in tree.children[verb])


def _described(tree: Tree, noun: int, scale: Scale, reasons: list[str]) -> str:
    found = HAPPENED
    for child in tree.children[noun]:
        word = tree.low[child]
        effect = scale.described.get(word) if tree.base[child] in ("amod", "det") else None
        if tree.base[child] in ("det", "advmod") and word in scale.set("determiners"):
            effect = NEGATED
        if effect:
            found = combine(effect, found)
            reasons.append(f"'{word}'")
    return found
