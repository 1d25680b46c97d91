"""The same deed once more: "the other six will follow", "he wants to go again in May"."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.what.acts import Act, Scene, same_in, unique
from legation.questions.what.fates import REACH, TAKEN_UP, Parties, fates, rest
from legation.questions.who import political
from legation.story import Party


def following(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "The other six will follow", "a second convoy is to follow": the last deed once more."""
    tree = scene.tree
    for verb in range(len(tree)) if told else ():
        if tree.lemmas[verb] != "follow" or verb in taken or any(tree.objects(verb)):
            continue
        if not (tree.infinitive(verb) or clause.future(tree, verb)):
            continue
        doers = _named(scene, tree.under(verb, "nsubj"))
        last = next((a for a in reversed(told) if a.type in fates(scene)["again"]), None)
        if last is None or last.s < scene.s - 2 or not (rest(scene, verb) or doers):
            continue
        match = Match(last.match.pattern, last.match.frame, verb, "verb")
        yield Act(
            scene.s, match, last.type, last.mode, doers or last.actors, last.recipients,
            operator=TAKEN_UP,
        )  # fmt: skip


def repeated(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "He wants to go again in May": the trip of the same traveller that was told before."""
    tree, fate = scene.tree, fates(scene)
    for verb in range(len(tree)) if told else ():
        if tree.tags[verb] != "VERB" or verb in taken or tree.lemmas[verb] not in fate["travel"]:
            continue
        again = any(tree.low[c] in fate["anew"] for c in tree.children[verb])
        if not again or any(tree.objects(verb)):
            continue
        doers = scene.parties(tree.subjects(verb))
        for act in reversed(told):
            if act.s < scene.s - REACH:
                break
            if (act.type, act.mode) == ("CONSULT", "visit") and any(
                same_in(p, act.actors) for p in doers
            ):
                match = Match(act.match.pattern, act.match.frame, verb, "verb")
                yield Act(
                    scene.s, match, act.type, act.mode, doers, act.recipients, operator=TAKEN_UP
                )
                break


def _named(scene: Scene, nouns: Iterable[int]) -> Parties:
    """The parties whose own the things are: "a Canadian ship", "Oman's envoy"."""
    found: list[Party] = []
    for noun in nouns:
        found += [p for o in scene.tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
        found += scene.cast.modifier(scene.s, noun)
    return unique(p for p in found if political(p))
