"""What does the model say to the acts that the rules found, and which did they miss? Pure.

The rules and the model are two readers of one sentence. An act of the rules is kept unless the
model is sure that there is none; where the model is sure of an act and the rules have none, it is
proposed (proposals), with the parties that its role heads point at (pointing). How sure is sure was
measured on development sets and is kept in words/en/opinion.toml (limits); `why` says who spoke.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final

from legation.questions.opinion.limits import Limits, chance, foreseen, limits
from legation.questions.opinion.pointing import pointed, sourced
from legation.questions.opinion.proposals import SYMMETRIC, candidates, proposal, sayable, to_come
from legation.questions.what.acts import Act, Refusal, Scene, same_in
from legation.questions.what.composition import heard as heard_as
from legation.questions.what.composition import spoken_for
from legation.questions.what.fates import TAKEN_UP
from legation.questions.what.recalled import recalled
from legation.questions.whether import AS_FACT
from legation.questions.whether.scale import HAPPENED, PLANNED, POSSIBLE
from legation.story import Opinion

VOICES: Final = ("rules", "model", "both")

__all__ = [
    "VOICES",
    "Limits",
    "doubted",
    "foreseen",
    "limits",
    "sourced",
    "state",
    "told",
    "weighed",
]


def weighed(
    scene: Scene,
    acts: Sequence[Act],
    limit: Limits,
    voices: str,
    figures: Container[int] = frozenset(),
) -> tuple[list[Act], list[Refusal]]:
    """The acts of a sentence after both have spoken, in the order of the words; and the vetoed.

    `figures` are words that the lexicon knows as a figure of speech: nothing is proposed there.
    """
    opinions = scene.tree.sentence.opinions
    if voices == "rules" or not opinions:
        return list(acts), []
    kept: list[Act] = []
    vetoed: list[Refusal] = []
    for act in acts if voices == "both" else ():
        one = heard(act, opinions)
        beyond = act.operator == TAKEN_UP or "accuser" in act.match.frame.needs
        beyond = beyond or recalled(scene, act.match)
        if one.none >= limit.veto and not beyond:
            # the model sees one sentence: neither what a bare noun takes up or names as known
            # ("Saturday's rally"), nor the charge that a denial answers (denials.py)
            reason = f"the model sees no act here ({one.none:.2f})"
            vetoed.append(Refusal(act.s, act.word, act.match.frame.id, reason))
        else:
            kept.append(completed(scene, replace(act, opinion=one, spoke="both"), limit))
    taken = {w for act in kept for w in trigger(act)}
    proposed = []
    taken |= {w for act in kept for w in spoken_for(scene, act)}
    for word in candidates(scene, limit):
        ahead = foreseen(opinions[word], limit)
        if word in figures and not ahead:
            continue
        if sayable(scene, word, ahead) and not _taken(scene, word, opinions[word], kept, taken):
            new = proposal(scene, word, opinions[word], limit)
            if new:
                new, dropped = heard_as(scene, new, {act.word: act for act in kept})
                kept = [act for act in kept if act.word not in dropped]
                proposed.append(new)
                taken |= {word, *_phrase(scene, word), *spoken_for(scene, new)}
    proposed = [act for act in proposed if not _within(scene, act, proposed)]
    return sorted([*kept, *proposed], key=lambda act: act.word), vetoed


def doubted(act: Act, status: str, confidence: float, limit: Limits) -> bool:
    """Is it an act that only one voice sees, and that nothing else makes likely?

    The model sees one sentence: of what a bare noun takes up, and of the charge that a denial
    answers, it can know nothing; and plans it sees less well than the rules. A bomb whose planter
    nobody knows is an act all the same, and so is what the model itself foresees.
    """
    if act.opinion is None or foreseen(act.opinion, limit):
        return False
    if act.spoke == "model":
        ahead = status == "planned" or act.type == "THREATEN"  # "would strike unless …"
        least = limit.coming if ahead else limit.alone
        return confidence < least and act.opinion.acts[0][1] < limit.certain
    if act.operator == TAKEN_UP or status == "planned":
        return False
    if "accuser" in act.match.frame.needs:
        return False
    least = limit.violent if act.type == "ASSAULT" else limit.unseen
    doubt = limit.alone if act.operator else limit.doubt  # grammar speaks for what is composed
    return chance(act.opinion, act.type) < least and confidence < doubt


def _within(scene: Scene, act: Act, others: Sequence[Act]) -> bool:
    """Does another proposed speech act speak for this one?"""
    return any(act.word in spoken_for(scene, other) for other in others if other is not act)


def trigger(act: Act) -> set[int]:
    """The words that an act stands on."""
    words = {act.word, *act.match.fixed, *act.match.bearer}
    return words | {w for w in (act.anchor, act.governor) if w is not None}


def heard(act: Act, opinions: Sequence[Opinion]) -> Opinion:
    """What the model thinks of an act of the rules: its word, among the trigger's, for the type."""
    words = sorted(trigger(act))
    return max((opinions[w] for w in words), key=lambda one: (chance(one, act.type), -one.none))


def _taken(scene: Scene, word: int, one: Opinion, kept: Iterable[Act], taken: set[int]) -> bool:
    """Has somebody spoken for this word: the same trigger, or the same act one step away?"""
    tree = scene.tree
    if word in taken or taken & _phrase(scene, word):
        return True
    if tree.tags[word] == "NOUN" and tree.first_of(word) in taken:
        return True
    kind = one.acts[0][0]
    noun = tree.heads[word] if tree.base[word] == "amod" else -1  # "hand the captured pilot back"
    return any(
        act.type == kind
        and not _apart(scene, word, act)
        and (noun in act.match.slot or any(_near(scene, word, other) for other in trigger(act)))
        for act in kept
    )


def _apart(scene: Scene, word: int, act: Act) -> bool:
    """Is a verb of what is to come another act than one beside it of its type?

    After what was done: "… and will send him back"; of somebody else: "… and Zelaya is to join";
    at another time: "will see him in Caracas, before he goes to Bogotá".
    """
    tree = scene.tree
    if not to_come(scene, word):
        return False
    if tree.base[word] == "conj":
        return not to_come(scene, act.word) or any(tree.under(word, "nsubj"))
    below = tree.base[act.word] == "advcl" and tree.heads[act.word] == word
    return below and any(tree.under(act.word, "nsubj"))


def _phrase(scene: Scene, word: int) -> set[int]:
    """The other words that may be of one trigger with this: "held talks", "carried out a raid"."""
    tree = scene.tree
    near = {c for c in tree.children[word] if tree.base[c] in ("obj", "compound", "xcomp")}
    if tree.base[word] in ("obj", "compound", "xcomp") and tree.heads[word] >= 0:
        near.add(tree.heads[word])
    kind = scene.tree.sentence.opinions[word].acts[0][0]
    others = scene.tree.sentence.opinions
    return {w for w in near if others[w].acts and others[w].acts[0][0] == kind}


def _near(scene: Scene, word: int, other: int) -> bool:
    heads = scene.tree.heads
    return heads[word] == other or heads[other] == word


def completed(scene: Scene, act: Act, limit: Limits) -> Act:
    """An act of the rules with the mode and parties that they left unsaid, from the model."""
    one = act.opinion
    if one is None or chance(one, act.type) < limit.second:
        return act
    if act.mode is None and one.acts[0][0] == act.type and one.modes:
        mode, sure = one.modes[0]
        act = replace(act, mode=mode or None) if sure >= limit.mode else act
    if not any(p.start >= 0 for p in act.actors):
        found = pointed(scene, one.actors, limit.second)
        found = tuple(p for p in found if not same_in(p, act.recipients))
        act = replace(act, actors=found) if found else act
    mutual = act.type in SYMMETRIC and len(act.actors) > 1
    if not mutual and not any(p.start >= 0 for p in act.recipients):
        found = pointed(scene, one.recipients, limit.second)
        found = tuple(p for p in found if not same_in(p, act.actors))
        act = replace(act, recipients=found) if found else act
    return act


def state(ruled: str, reason: str, act: Act, ahead: bool, least: float) -> tuple[str, str]:
    """The status of an act from the rules' answer and the model's, and who decided.

    The rules' word stands for their own acts, but for one that no word decided and that hangs on a
    verb of what is `ahead`: "will end his walk with a rally". For an act that only the model sees,
    a model that is sure overrules it, but for "happened": where the rules see that it lies ahead,
    is denied or may be, words say so ("announced a visit", "will not see", "is to vote on"); nor
    does it doubt what words tell as planned.
    """
    if act.opinion is None or not act.opinion.states:
        return ruled, reason
    best, sure = act.opinion.states[0]
    foretold = ahead and reason == AS_FACT and best == PLANNED
    if (act.spoke != "model" and not foretold) or sure < least:
        return ruled, reason
    if best in (ruled, HAPPENED) or (ruled, best) == (PLANNED, POSSIBLE):
        return ruled, reason
    return best, f"the model ({sure:.2f}); by rule {ruled}: {reason}"


def told(act: Act) -> str:
    """Who spoke for an act, in words: "rules and model (ASSAULT 0.93)"."""
    one = act.opinion
    if one is None:
        return "rules"
    heads = ", ".join(f"{kind} {sure:.2f}" for kind, sure in one.acts[:2]) or "no act"
    return f"{'model' if act.spoke == 'model' else 'rules; model'} ({heads})"
