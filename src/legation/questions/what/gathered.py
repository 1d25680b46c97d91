"""What stands for a gathering that was told: "It will open on Friday", "Oman will take part".

A pronoun stands for the nearest noun of its number that names an arranged act; who takes part
without a word for in what joins the gathering told last (words/en/fates.toml).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, unique
from legation.questions.what.fates import TAKEN_UP, fated, fates, kinds_of, once_more, phrase
from legation.questions.who import political


def by_pronoun(
    scene: Scene, before: Sequence[Tree], told: Sequence[Act], taken: Container[int]
) -> Iterator[Act]:
    """The acts that a pronoun takes up: "They have agreed to hold talks. It will open on Friday".

    `before` are the trees of the sentences before. The pronoun stands for the nearest noun of its
    number that names an arranged act, in its own sentence or the one before.
    """
    tree, fate = scene.tree, fates(scene)
    for word in range(len(tree)):
        plural = tree.low[word] in fate["they"]
        if (
            word in taken
            or tree.tags[word] != "PRON"
            or not (plural or tree.low[word] in fate["it"])
        ):
            continue
        head = tree.heads[word]
        whole = head >= 0 and " " in phrase(scene, head)
        if head < 0 or any(tree.under(head, "obj", "xcomp", "ccomp")) > whole:
            continue  # "they opened fire", "it began to rain"; "take place" has its own object
        kinds = _stood_for(scene, tree, range(word), plural)
        if not kinds and before:
            kinds = _stood_for(scene, before[-1], range(len(before[-1])), plural)
        if kinds and fated(scene, word, kinds):
            yield from once_more(scene, word, kinds, told, taken)


def _stood_for(scene: Scene, tree: Tree, span: range, plural: bool) -> set[str]:
    """The types of act that the last event noun of this number among the words can name."""
    for noun in reversed(span):
        many = tree.feature(noun, "Number") == "Plur" or tree.low[noun] in fates(scene)["many"]
        kinds = kinds_of(scene, tree, noun) if many == plural else set()
        if kinds and tree.tags[noun] == "NOUN":
            return kinds
    return set()


def joining(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "Envoys of Malaysia will also take part": in the gathering told last, with its parties."""
    tree, fate = scene.tree, fates(scene)
    for verb in range(len(tree)) if told else ():
        if tree.tags[verb] != "VERB" or verb in taken or phrase(scene, verb) not in fate["join"]:
            continue
        others = [n for n in tree.objects(verb) if tree.low[n] != "part"]
        if others or any(entered in ("in", "at") for entered, _ in tree.obliques(verb)):
            continue
        doers = tuple(p for p in scene.parties(tree.subjects(verb)) if political(p))
        last = next((a for a in reversed(told) if a.type in fate["gathering"]), None)
        if not doers or last is None or last.s < scene.s - 2:
            continue
        parties = unique([*doers, *last.actors, *last.recipients])
        match = Match(last.match.pattern, last.match.frame, verb, "verb")
        yield Act(scene.s, match, last.type, last.mode, parties, (), operator=TAKEN_UP)
