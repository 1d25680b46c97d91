"""Candidate acts at words: a pattern that stands, the parties it names, and the act they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from legation.questions.match import Match, matches
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Refusal, Scene, same_in, unique
from legation.questions.what.arguments import (
    anybody,
    arguments,
    authority,
    crowd,
    host,
    implied,
    unknown,
)
from legation.questions.what.composition import composed
from legation.questions.what.fates import TAKEN_UP
from legation.questions.what.gapped import gapped
from legation.questions.what.gathered import by_pronoun, joining
from legation.questions.what.repeated import following, repeated
from legation.questions.what.resumed import disposed, resumed, taken_up
from legation.questions.what.turns import turned
from legation.questions.what.unfit import unfit
from legation.questions.what.unnamed import planners
from legation.questions.who import Cast, political
from legation.story import Party
from legation.words import Words, listed

FIGURE = "a figure of speech"  # the reason told for an idiom


class Finder:
    """Finds the acts of one story; `refusals` collects what was turned down."""

    def __init__(
        self, trees: Sequence[Tree], cast: Cast, words: Words, support: Mapping[str, frozenset[str]]
    ) -> None:
        """Keep the tables; nothing is read yet."""
        self.trees, self.cast, self.words, self.support = trees, cast, words, support
        self.refusals: list[Refusal] = []
        self.told: list[Act] = []  # of the sentences before, as the caller kept them

    def scene(self, s: int) -> Scene:
        """Sentence s with what the story and the language say about it."""
        return Scene(s, self.trees[s], self.cast, self.words, self.support)

    def acts(self, s: int) -> list[Act]:
        """The acts of sentence s, operators composed, inner acts that they carry dropped.

        What is kept of them belongs into `told` before the next sentence is asked for.
        """
        scene = self.scene(s)
        found: dict[int, Act] = {}
        for word in range(len(scene.tree)):
            for match in matches(scene.tree, word, self.words):
                if not match.frame.type:
                    for part in (word, *match.fixed):
                        self.refusals.append(Refusal(s, part, match.frame.id, FIGURE))
                    break
                act = act_of(scene, match, self.told)
                if isinstance(act, Act):
                    found[word] = act
                    break
                self.refusals.append(Refusal(s, word, match.frame.id, act))
        _drop_fixed(found)
        taken = {w for act in found.values() for w in (act.word, *act.match.fixed)}
        for again in (
            *resumed(scene, self.told, taken),
            *following(scene, self.told, taken),
            *joining(scene, self.told, taken),
            *repeated(scene, self.told, taken),
            *by_pronoun(scene, self.trees[:s], [*self.told, *found.values()], taken),
        ):
            found.setdefault(again.word, again)
        acts, refused = composed(scene, found)
        acts = [_among_themselves(a) for a in acts if not _same_deed(scene.tree, a, acts)]
        acts = gapped(scene, acts)
        self.refusals += refused
        return acts


def act_of(scene: Scene, match: Match, told: Sequence[Act] = ()) -> Act | str:
    """The act that a match makes with its parties, or why it makes none; `told` are acts before."""
    frame = match.frame
    actors, recipients, anchor = arguments(scene, match)
    recipients = recipients or anybody(scene, match) or host(scene, match, actors)
    if not actors:
        owners, others = disposed(scene, match)
        actors, recipients = owners or actors, recipients or others
    truce = frame.mode == "ceasefire"  # "the truce in Sudan went into force"
    if not (actors or recipients or anchor is None or not (frame.agent or truce)):
        actors = authority(scene, match, anchor)
    if frame.type == "PROTEST" and not actors:
        actors = crowd(scene, match)
    if frame.symmetric:
        if "recipient" in frame.needs and not any(political(p) for p in recipients):
            if len(actors) < 2:
                return "needs a political recipient"
        actors, recipients = _once([*actors, *recipients]), ()
    recipients = tuple(r for r in unique(recipients) if not (same_in(r, actors) or _oneself(r)))
    actors = _doers(scene.tree, match, unique(actors))
    reason, resuming = unfit(scene, match, actors, recipients), ""
    if reason and told and (both := taken_up(scene, match, actors, recipients, told)):
        actors, recipients = both
        resuming = TAKEN_UP
        if frame.symmetric:
            actors, recipients = unique([*actors, *recipients]), ()
        reason = unfit(scene, match, actors, recipients)
    if reason and told and not any(political(p) for p in actors):
        if both := planners(scene, match, told):
            actors = both[0]
            recipients = recipients if any(political(p) for p in recipients) else both[1]
            if frame.symmetric:
                actors, recipients = unique([*actors, *recipients]), ()
            reason = unfit(scene, match, actors, recipients)
    if reason:
        return reason
    if not frame.operator:
        recipients = recipients or implied(scene, frame.type, actors)
    actors = actors or (unknown(scene, match),)
    act = Act(scene.s, match, frame.type, frame.mode, actors, recipients, anchor, operator=resuming)
    return turned(scene, act)


def _oneself(party: Party) -> bool:
    """Is it the actor once more: "committed themselves to a truce"?"""
    return party.text.lower() in listed("reflexive")


def _among_themselves(act: Act) -> Act:
    """ "Mali and Niger agreed to a meeting of their presidents": with nobody but each other."""
    ours = {p.country for p in act.actors}
    if act.type != "AGREE" or len(ours) < 2 or not {p.country for p in act.recipients} <= ours:
        return act
    return replace(act, recipients=())


def _once(parties: Sequence[Party]) -> tuple[Party, ...]:
    """The parties, a state not beside its own: "Oman and Iran held talks between their envoys"."""
    found = unique(parties)
    return tuple(
        p
        for p in found
        if not (p.entity.startswith("country:") and any(_of_it(other, p) for other in found))
    )


def _of_it(party: Party, state: Party) -> bool:
    return party is not state and (party.country, party.sector) == (state.country, state.sector)


def _doers(tree: Tree, match: Match, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """The actors without the words of the act itself: "exchanged artillery fire"."""
    own = {tree.sentence.starts[c] for w in match.fixed for c in (w, *tree.under(w, "compound"))}
    others = tuple(p for p in actors if p.start not in own)
    return others or actors


def _same_deed(tree: Tree, act: Act, acts: Sequence[Act]) -> bool:
    """Is it what a deed told before it is done for: "fired tear gas to disperse the crowd"?"""
    if (act.type, act.mode) != ("COERCE", "restrict") or not tree.infinitive(act.word):
        return False
    head = tree.heads[act.word]
    return any(other.word == head and other.mode == "crowd-control" for other in acts)


def _drop_fixed(found: dict[int, Act]) -> None:
    """Nouns that a verb's pattern used up are not acts of their own."""
    for word in list(found):
        act = found.get(word)
        if act and act.match.pos == "verb":
            for fixed in act.match.fixed:
                other = found.get(fixed)
                if other and not act.match.frame.operator:
                    del found[fixed]
