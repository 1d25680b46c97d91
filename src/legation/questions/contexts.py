"""What is an event about? PLOVER's contexts, by the act, its parties and the words around it.

Cues are data (words/en/contexts.toml); groups of the lexicon may add theirs. A context says nothing
of the act's type: violence in a story about an election need not be electoral violence, so cues
count in the event's own sentence, or when the whole text has at least two different ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.story import CONTEXTS, Event
from legation.words.pattern import term

NAMING = frozenset(["NOUN", "PROPN", "ADJ"])
Found = tuple[Act, Event]


def about(found: Iterable[Found], trees: Sequence[Tree], table: Mapping[str, Any]) -> list[Found]:
    """The acts with their events' contexts filled in, in PLOVER's order."""
    spoken = [terms(tree) for tree in trees]
    every = frozenset().union(*spoken)
    return [
        (act, replace(event, contexts=contexts(act, event, spoken[act.s], every, table)))
        for act, event in found
    ]


def contexts(
    act: Act,
    event: Event,
    here: frozenset[str],
    spoken: frozenset[str],
    table: Mapping[str, Any],
) -> tuple[str, ...]:
    """The contexts of one event; `here` are the terms of its sentence, `spoken` of all."""
    kinds = {event.type, f"{event.type} {event.mode}"}
    sectors = {party.sector for party in (*event.actors, *event.recipients)}
    given = set(act.match.frame.contexts)
    for name, cues in table.items():
        near = cue_terms(tuple(cues.get("near", ())))
        wide = near | cue_terms(tuple(cues["article"])) if "article" in cues else frozenset()
        if (
            kinds & set(cues.get("acts", ()))
            or sectors & set(cues.get("sectors", ()))
            or here & near
            or len(spoken & wide) > 1
        ):
            given.add(name)
    return tuple(name for name in CONTEXTS if name in given)


@cache
def cue_terms(cues: tuple[str, ...]) -> frozenset[str]:
    """The cues of a list in the one spelling of terms."""
    return frozenset(term(cue) for cue in cues)


def terms(tree: Tree) -> frozenset[str]:
    """What a sentence names: its nouns, names and adjectives, alone and with the word before."""
    named = [word for word in range(len(tree)) if tree.tags[word] in NAMING]
    return frozenset(one for word in named for one in tree.terms(word))
