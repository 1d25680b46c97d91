"""Whom does the model point at? The parties of the words that its role heads are sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from legation.questions.what.acts import Act, Scene, same_in
from legation.story import Party

NEAR: Final = 0.6  # of the surest word's probability: how sure a further party of a role must be
PLAIN: Final = 0.7  # a noun that the cast does not know is a party from this


def pointed(scene: Scene, words: Sequence[tuple[int, float]], least: float) -> tuple[Party, ...]:
    """The parties of the words that a role head points at: the surest, and others near to it.

    A noun that the cast does not know is a party without a country when the head is sure of it.
    """
    found: list[Party] = []
    for word, sure in words:
        if sure < least or sure < NEAR * words[0][1]:
            break
        parties = scene.parties([word], owned=True)
        if not parties:
            parties = standing_for(scene, word, sure)
        found += [p for p in parties if not same_in(p, found)]
    return tuple(found)


def standing_for(scene: Scene, word: int, sure: float) -> tuple[Party, ...]:
    """The parties of a word that heads no known phrase: part of a name, or a noun nobody knows."""
    tree = scene.tree
    if tree.base[word] in ("compound", "flat", "amod") and tree.heads[word] >= 0:
        return tuple(scene.parties([tree.heads[word]]))
    known = sure >= PLAIN and tree.tags[word] in ("NOUN", "PROPN")
    return (unknown_noun(scene, word),) if known else ()


def unknown_noun(scene: Scene, word: int) -> Party:
    """The party of a noun phrase that nobody knows; it belongs where what is around it does.

    "Troops loyal to the Syrian president" are Syria's; in a story of one country, its own.
    """
    tree, sentence = scene.tree, scene.tree.sentence
    before = [w for w in tree.subtree(word) if word - 5 <= w <= word]
    first = next((w for w in before if tree.tags[w] not in ("ADP", "SCONJ", "PUNCT")), word)
    text = scene.cast.story.text[sentence.starts[first] : sentence.ends[word]]
    near = [p.country for p in scene.around(word) if p.country]
    country = near[0] if near else scene.cast.dominant(scene.s)
    return Party(text, None, country, "UNK", start=sentence.starts[first], end=sentence.ends[word])


def sourced(
    scene: Scene, act: Act, ruled: tuple[Party, ...], reason: str, least: float
) -> tuple[tuple[Party, ...], str]:
    """The source from the rules' answer, or where they heard nobody the one the model points at."""
    one = act.opinion
    if ruled or one is None or not one.sources or one.sources[0][1] < least:
        return ruled, reason
    own = (*act.actors, *act.recipients)
    found = [p for p in pointed(scene, one.sources[:1], least) if not same_in(p, own)]
    if not found:
        return ruled, reason
    return tuple(replace(p, manner="said") for p in found), f"the model ({one.sources[0][1]:.2f})"
