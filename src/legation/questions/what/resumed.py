"""What a bare noun takes up: "the trip was called off" is the trip that the story told before.

News names the parties of a visit, of talks or a march once; what became of them is told by the bare
noun. Such a word gets the parties of the nearest earlier act that it can name. Only acts that are
arranged beforehand are taken up, and only where a verb tells their fate (words/en/fates.toml).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, same_in, unique
from legation.questions.what.fates import (
    Parties,
    before,
    fated,
    fates,
    kinds_of,
    loose,
    more,
    once_more,
    phrase,
    rest,
    shared,
)
from legation.questions.who import political
from legation.story import Party

UNDOING = frozenset(["REJECT", "CONCEDE"])  # types of "X called off the trip", "the strike"


def taken_up(
    scene: Scene, match: Match, actors: Parties, recipients: Parties, told: Sequence[Act]
) -> tuple[Parties, Parties] | None:
    """Actors and recipients of a match whose noun takes up an earlier act; None if it does not."""
    noun = _noun(scene.tree, match)
    if match.pos == "verb" and scene.tree.passive(match.word) and rest(scene, match.word):
        act = before(scene, {match.frame.type}, told, ())
        return (act.actors, act.recipients) if act and not actors and not recipients else None
    if noun is None or not _pointed(scene, noun):
        return None
    kinds = kinds_of(scene, scene.tree, noun)
    if match.pos == "verb":
        undone = match.frame.type in UNDOING
        if not undone and not scene.tree.passive(match.word):
            return None
        if not undone and phrase(scene, match.word) in fates(scene)["undone"]:
            return None  # nobody cancels it on anybody: `resumed` tells that it was not held
        kinds = kinds if undone else kinds & loose(scene)
    elif not fated(scene, noun, kinds):
        return None
    known = [p for p in (*actors, *recipients) if political(p)]
    act = before(scene, kinds, told, known)
    if act is None:
        return None
    if not known:
        return act.actors, act.recipients
    others = [p for p in (*act.actors, *act.recipients) if political(p)]
    return actors, unique([*recipients, *(p for p in others if not shared(p, known))])


def resumed(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """The acts that bare nouns take up where no pattern stands: "the strike went ahead"."""
    tree = scene.tree
    for noun in range(len(tree)) if told else ():
        if tree.tags[noun] != "NOUN" or noun in taken or not (kinds := kinds_of(scene, tree, noun)):
            continue
        known = _pointed(scene, noun) or more(scene, noun)
        if known and fated(scene, noun, kinds):
            yield from once_more(scene, noun, kinds, told, taken)


def disposed(scene: Scene, match: Match) -> tuple[Parties, Parties]:
    """Whose arrangement it is that was put off, nobody saying by whom: "X's visit to Y was …"."""
    if not scene.tree.passive(match.word) or match.frame.type not in UNDOING:
        return (), ()
    actors: list[Party] = []
    others: list[Party] = []
    for noun in match.fixed:
        if not kinds_of(scene, scene.tree, noun):
            continue
        owners = [p for o in scene.tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
        actors += owners or scene.cast.modifier(scene.s, noun)
        for entered, other in scene.tree.obliques(noun):
            if entered in ("by", "of", "between", "among"):
                actors += scene.parties([other])
            elif entered in ("to", "with", "in"):
                others += scene.parties([other])
    kept = unique(actors)
    return kept, unique(p for p in others if kept and not same_in(p, kept))


def _noun(tree: Tree, match: Match) -> int | None:
    """The event noun of a match: its own word, or the object that its verb used up."""
    if match.pos == "noun":
        return match.word
    if match.pos != "verb":
        return None
    return next((w for w in match.fixed if tree.tags[w] == "NOUN"), None)


def _pointed(scene: Scene, noun: int) -> bool:
    """Does the noun point back, and name no party by itself?"""
    tree = scene.tree
    if any(scene.cast.parties(scene.s, n) for _, n in tree.obliques(noun)):
        return False
    dets = {tree.low[c] for c in tree.under(noun, "det")}
    owned = any(tree.tags[c] == "PRON" for c in tree.under(noun, "nmod", "det"))
    bare = tree.low[noun] in fates(scene)["many"] and not dets and not any(tree.under(noun, "amod"))
    return not dets.isdisjoint(fates(scene)["pointing"]) or owned or bare
