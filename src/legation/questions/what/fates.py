"""What arranged acts are called when they are told again, and the words for what became of them.

The language of words/en/fates.toml, asked for by the rules that take up an earlier act: bare nouns
(resumed), pronouns and gatherings (gathered), and once more (repeated).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, same_in
from legation.questions.who import political
from legation.story import Party

TAKEN_UP = "taken up from before"  # the operator of such an act, for `why`
REACH = 8  # sentences back that the act taken up may stand
Parties = tuple[Party, ...]


def kinds_of(scene: Scene, tree: Tree, noun: int) -> set[str]:
    """The types of the acts that the noun can take up."""
    lemma = tree.lemmas[noun]
    return {kind for kind, nouns in scene.words.table("fates")["nouns"].items() if lemma in nouns}


def fated(scene: Scene, noun: int, kinds: set[str]) -> bool:
    """Is the noun the subject of a verb that tells what became of it?"""
    tree = scene.tree
    first = tree.first_of(noun)
    head = tree.heads[first]
    if head >= 0 and tree.base[first] == "obl" and tree.preposition(first) == "with":
        return phrase(scene, head) in scene.words.classes["proceed"]  # "go ahead with his trip"
    if head < 0 or tree.base[first] != "nsubj":
        return False
    fate = fates(scene)
    if tree.tags[head] != "VERB":
        told = tree.low[head] in (*fate["off"], *fate["on"]) and any(tree.under(head, "cop"))
        return told or (tree.tags[head] == "ADJ" and tree.lemmas[head] in fate["set"])
    verb = phrase(scene, head)
    if verb in fate["sure"]:
        return verb != "hold" or tree.passive(head)
    if verb in fate["undone"] or verb in fate["set"]:
        return tree.passive(head)
    return verb in fate["told"] and bool(kinds & loose(scene))


def phrase(scene: Scene, verb: int) -> str:
    """The verb's lemma, with its particle or fixed noun: "call off", "go ahead", "take part"."""
    tree, known = scene.tree, fates(scene)["phrases"]
    lemma = tree.lemmas[verb]
    longer = (f"{lemma} {tree.low[child]}" for child in tree.children[verb])
    return next((two for two in longer if two in known), lemma)


def before(
    scene: Scene, kinds: Container[str], told: Sequence[Act], known: Sequence[Party]
) -> Act | None:
    """The nearest earlier act of one of the types that has all the known parties."""
    for act in reversed(told):
        if act.s < scene.s - REACH:
            return None
        if act.operator == TAKEN_UP or act.type not in kinds:
            inner = act.inner.partition(".")[0].upper()  # "agreed to hold talks"
            if inner not in kinds:
                continue
        others = [p for p in (*act.actors, *act.recipients) if political(p)]
        if others and all(shared(p, others) for p in known):
            return act
    return None


def shared(party: Party, others: Iterable[Party]) -> bool:
    """Is the party, or its country, among the others?"""
    listed = list(others)
    return same_in(party, listed) or any(
        bool(party.country) and party.country == other.country for other in listed
    )


def once_more(
    scene: Scene, noun: int, kinds: set[str], told: Sequence[Act], taken: Container[int]
) -> Iterator[Act]:
    """The nearest act told before of one of the types, once more at a noun whose verb is free."""
    tree = scene.tree
    head = tree.heads[tree.first_of(noun)]
    act = None if head in taken else before(scene, kinds, told, ())
    if act is None:
        return
    frame = act.match.frame
    if act.type not in kinds:  # "promised to return the island … the handover"
        frame = scene.words.frames[act.inner]
    own = tree.tags[head] == "VERB" and phrase(scene, head) not in fates(scene)["undone"]
    yield Act(
        scene.s, Match(act.match.pattern, frame, noun, "noun"),
        act.type if frame is act.match.frame else frame.type,
        act.mode if frame is act.match.frame else frame.mode, act.actors, act.recipients,
        head if own else None, operator=TAKEN_UP,
    )  # fmt: skip


def more(scene: Scene, noun: int) -> bool:
    """Is it one more of what was told, and of nobody else: "a second drill", "another round"?"""
    tree, fate = scene.tree, fates(scene)
    near = {tree.low[c] for c in tree.under(noun, "amod", "det", "nummod")}
    others = [*(n for _, n in tree.obliques(noun)), *tree.possessors(noun)]
    named = [*scene.parties(others), *scene.cast.modifier(scene.s, noun)]
    return not near.isdisjoint((*fate["rest"], *fate["new"])) and not named


def rest(scene: Scene, verb: int) -> bool:
    """Is the subject the rest of what was told: "the other six", "a second convoy"?"""
    tree, more = scene.tree, set(fates(scene)["rest"])
    for noun in (n for n in tree.under(verb, "nsubj")):
        near = {tree.low[c] for c in tree.under(noun, "amod", "det", "nummod", "advmod")}
        counted = bool([*tree.under(noun, "nummod")]) and tree.lemmas[verb] == "follow"
        if tree.lemmas[noun] in more or near & more or counted:
            return True
    return False


def loose(scene: Scene) -> set[str]:
    """The types that are one act when they are told twice: talks that "opened" and "ended"."""
    return set(fates(scene)["loose"])


def fates(scene: Scene) -> Mapping[str, Any]:
    """The words that tell what became of an act, by what they say (words/en/fates.toml)."""
    table: Mapping[str, Any] = scene.words.table("fates")["fate"]
    return table
