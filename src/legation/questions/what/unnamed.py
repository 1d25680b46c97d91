"""Whose plan is it that names nobody: "a declaration will be signed", "they will be handed over"?

News tells of a deal who makes it, and of what is to follow only what will be done. Such a passive,
or such a pronoun, belongs to who announces it or to the parties of the act told just before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.what.acts import Act, Scene, official
from legation.questions.what.arguments import speakers
from legation.questions.who import political
from legation.story import Party

TOGETHER: Final = frozenset(["AGREE", "CONSULT", "COOPERATE", "SUPPORT"])
"""Types of what the parties told before do with each other."""
ALONE: Final = frozenset(["AID", "COERCE", "CONCEDE", "MOBILIZE", "RETREAT", "SANCTION"])
"""Types of what one of them does, or who announces it."""
NEAR: Final = 2  # sentences back that the act told before may stand
Parties = tuple[Party, ...]


def planners(scene: Scene, match: Match, told: Sequence[Act]) -> tuple[Parties, Parties] | None:
    """Actors and recipients of a plan that names no political party; None when nobody is near."""
    kind = match.frame.type
    if kind not in TOGETHER | ALONE or not _unnamed(scene, match):
        return None
    voices, sides = speakers(scene, match.word), 2 if kind in TOGETHER else 1
    last = next((act for act in reversed(told) if _sides(act) >= sides), None)
    near = last if last is not None and last.s >= scene.s - NEAR else None
    if official(voices) and (kind in ALONE or near is None):
        homes = {p.country for p in voices}
        others = (*near.actors, *near.recipients) if near else ()
        return voices, tuple(p for p in others if political(p) and p.country not in homes)
    return (near.actors, near.recipients) if near else None


def _unnamed(scene: Scene, match: Match) -> bool:
    """Is it still to come, and told of a thing, of a pronoun, or in the passive?"""
    tree, word = scene.tree, match.word
    if match.pos != "verb" or clause.negative(tree, word):
        return False
    due = tree.infinitive(word) and any(tree.lemmas[c] == "be" for c in tree.under(word, "aux"))
    if not (due or clause.future(tree, word)):
        return False
    if tree.passive(word):
        return not tree.agents(word)
    return bool(match.bearer) or any(tree.tags[w] == "PRON" for w in tree.under(word, "nsubj"))


def _sides(act: Act) -> int:
    """How many sides of the act are known: states, or bodies and persons of none."""
    known = {p.country or p.name for p in (*act.actors, *act.recipients) if political(p)}
    return len(known - {None})
