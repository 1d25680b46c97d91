"""A verb that is not said again: "Britain recalled its envoy and Norway its consul".

The second act has the verb of the first, the name that follows the comma or "and" as its actor, and
what stands behind that name as its object. The parser takes the name for one more object; so the
first act loses the parties that stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from legation.questions.match import DAYS, LENGTHS
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene
from legation.story import Party

OPENING = frozenset(["DET", "NUM", "NOUN", "ADJ", "PRON"])
"""Tags of the word after the name: "Norway its consul", "Lithuania four", "France howitzers"."""
APART = frozenset(["DET", "NUM", "PRON"])
INSIDE = frozenset(["compound", "amod", "nmod:poss", "flat", "nsubj"])
"""Labels of a name that belongs to what follows: "and Norway's", "France troops", "Oman said"."""


def gapped(scene: Scene, acts: Sequence[Act]) -> list[Act]:
    """The acts, and after each those that go on with its verb."""
    found: list[Act] = []
    for act in acts:
        rest = list(_gaps(scene, act))
        first = replace(
            act,
            actors=_outside(scene.tree, act.actors, rest) or act.actors,
            recipients=_outside(scene.tree, act.recipients, rest),
        )
        found.append(first if rest else act)
        for name, end in rest:
            doer = _state(scene, name)
            told = [p for w in range(name + 1, end) for p in _named(scene, w)]
            others = tuple(p for p in told if p.country and p.country != doer[0].country)
            found.append(replace(act, actors=doer, recipients=others or first.recipients))
    return found


def _gaps(scene: Scene, act: Act) -> Iterator[tuple[int, int]]:
    """The names after the verb's own object that do it too, and where the rest of each ends."""
    tree, verb = scene.tree, act.word
    objects = [w for w in tree.objects(verb) if w > verb]
    if act.match.pos != "verb" or tree.passive(verb) or not objects or tree.indirect(verb):
        return
    if not any(p.entity.startswith("country:") for p in act.actors):
        return
    for name in range(min(objects) + 1, len(tree) - 1):
        before = tree.tags[name - 1] == "CCONJ" or tree.low[name - 1] == ","
        if not before or tree.tags[name] != "PROPN" or tree.tags[name + 1] not in OPENING:
            continue
        end = next((w for w in range(name + 1, len(tree)) if _closes(tree, w)), len(tree))
        if _elided(tree, name, end) and _state(scene, name):
            yield name, end


def _closes(tree: Tree, word: int) -> bool:
    return tree.tags[word] in ("CCONJ", "PUNCT") and tree.low[word] != "-"


def _elided(tree: Tree, name: int, end: int) -> bool:
    """Is what follows the name a thing without a verb of its own, and no time?"""
    span = range(name + 1, end)
    apart = tree.tags[name + 1] in APART  # no name belongs to what has an article or number
    if not apart and (tree.labels[name] in INSIDE or tree.heads[name] in span):
        return False
    if any(tree.tags[w] in ("VERB", "AUX") for w in span):
        return False
    things = [w for w in span if tree.tags[w] in ("NOUN", "PROPN", "NUM")]
    timed = any(tree.lemmas[w] in LENGTHS or tree.lemmas[w] in DAYS for w in things[:2])
    return bool(things) and not timed


def _state(scene: Scene, word: int) -> tuple[Party, ...]:
    """The state that a name is, or whose seat of government; read by itself, without its phrase."""
    cast, (start, end) = scene.cast, scene.tree.span(word)
    text = cast.story.text[start:end]
    known = [e for e in cast.world.find(text) if e.kind in ("country", "seat") and e.country]
    code = cast.setting.dated(known[0].country, text) if known else None
    if code is None:
        return ()
    return (Party(text, None, code, "GOV", entity=f"country:{code}", start=start, end=end),)


def _named(scene: Scene, word: int) -> tuple[Party, ...]:
    """The parties at a word of the rest, but pronouns for the doer: "its consul"."""
    tree = scene.tree
    if tree.tags[word] == "DET" or any(
        tree.tags[c] == "PRON" for c in (word, *tree.children[word])
    ):
        return ()
    named = scene.cast.parties(scene.s, word) if tree.tags[word] == "PROPN" else ()
    return named or tuple(p for p in scene.cast.modifier(scene.s, word) if p.start >= 0)


def _outside(
    tree: Tree, parties: Sequence[Party], rest: Sequence[tuple[int, int]]
) -> tuple[Party, ...]:
    """The parties that do not stand in the rests."""
    spans = [(tree.sentence.starts[name], tree.sentence.ends[end - 1]) for name, end in rest]
    return tuple(
        p for p in parties if not any(p.start < last and first < p.end for first, last in spans)
    )
