"""What does the model say to the acts that the rules found, and which did they miss? Pure.

The rules and the model are two readers of one sentence. An act of the rules is kept unless the
model is sure that there is none; where the model is sure of an act and the rules have none, it is
proposed, with the parties that its role heads point at. How sure is sure was measured on
development sets and is kept in words/en/opinion.toml; `why` says who spoke.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Refusal, Scene, same_in, unique
from legation.questions.what.arguments import arguments, implied, unknown
from legation.questions.what.composition import heard as heard_as
from legation.questions.what.composition import spoken_for
from legation.questions.what.resumed import TAKEN_UP
from legation.questions.what.turns import turned
from legation.questions.what.unfit import HARMLESS, elsewhere, mishap
from legation.questions.whether.scale import HAPPENED
from legation.questions.who import political
from legation.story import MODES, Opinion, Party
from legation.words import Frame
from legation.words.pattern import Pattern

VOICES: Final = ("rules", "model", "both")
POSITIONS: Final = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective"}
TOWARDS: Final = frozenset(["against", "with", "to", "on", "at", "for", "from", "towards"])
STATE_ACTS: Final = {
    "arrest": "COP",
    "convict": "JUD",
    "investigate": "JUD",
    "allege": "JUD",
    "deport": "GOV",
    "censor": "GOV",
    "curfew": "GOV",
}
NEAR: Final = 0.6  # of the surest word's probability: how sure a further party of a role must be
PLAIN: Final = 0.7  # a noun that the cast does not know is a party from this
SYMMETRIC: Final = frozenset(["CONSULT", "AGREE", "COOPERATE"])
FRAMES: Final = {kind: Frame(f"model:{kind}", kind, None, where="second opinion") for kind in MODES}


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure the model must be; probabilities, read from words/en/opinion.toml."""

    veto: float = 0.98
    rename: float = 2.0
    propose: float = 0.7
    ahead: float = 0.8
    leading: float = 0.3
    types: Mapping[str, float] | None = None
    role: float = 0.3
    second: float = 0.5
    state: float = 0.6
    lonely: float = 2.0
    source: float = 0.7
    mode: float = 0.7
    unseen: float = 0.2
    violent: float = 0.05
    doubt: float = 0.3
    alone: float = 0.2
    certain: float = 0.85

    def of(self, kind: str) -> float:
        """The probability from which an act of this type is proposed."""
        return (self.types or {}).get(kind, self.propose)


def limits(table: Mapping[str, Any]) -> Limits:
    """The limits of a parsed opinion.toml; the defaults for what it leaves out."""
    told = dict(table.get("limits", {}))
    return Limits(**told, types=table.get("propose", {}))


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
        if one.none >= limit.veto and not beyond:
            # the model sees one sentence: neither what a bare noun takes up, nor the charge that
            # a denial answers (denials.py)
            reason = f"the model sees no act here ({one.none:.2f})"
            vetoed.append(Refusal(act.s, act.word, act.match.frame.id, reason))
        else:
            kept.append(completed(scene, replace(act, opinion=one, spoke="both"), limit))
    taken = {w for act in kept for w in trigger(act)}
    proposed = []
    taken |= {w for act in kept for w in spoken_for(scene, act)}
    for word in candidates(scene.tree, limit):
        if word in figures:
            continue
        if _sayable(scene, word) and not _taken(scene, word, opinions[word], kept, taken):
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
    nobody knows is an act all the same.
    """
    if act.opinion is None:
        return False
    if act.spoke == "model":
        return confidence < limit.alone and act.opinion.acts[0][1] < limit.certain
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


def chance(one: Opinion, kind: str) -> float:
    """The probability of an act of this type at the word."""
    return dict(one.acts).get(kind, 0.0)


def candidates(tree: Tree, limit: Limits) -> list[int]:
    """The words where the model is sure of an act, surest first.

    Of what is to come it may be sure that there is an act, without being as sure of the type:
    "are to hand over thirty soldiers" is an act, if RETREAT or MOBILIZE.
    """
    found = []
    for word, one in enumerate(tree.sentence.opinions):
        kind, sure = one.acts[0] if one.acts else ("", 0.0)
        some = 1 - one.none >= limit.ahead and sure >= limit.leading
        if kind and (sure >= limit.of(kind) or (some and _to_come(tree, word))):
            found.append((sure, word))
    return [word for _, word in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def _to_come(tree: Tree, word: int) -> bool:
    """Is the word a verb in the future: "will V", "is to V"?"""
    if tree.tags[word] != "VERB":
        return False
    due = tree.infinitive(word) and any(tree.lemmas[c] == "be" for c in tree.under(word, "aux"))
    return due or bool(clause.future(tree, word))


def _sayable(scene: Scene, word: int) -> bool:
    """Can an act stand at the word: a verb, noun or adjective, and no mere part of a name?"""
    tree = scene.tree
    if tree.tags[word] not in ("VERB", "NOUN", "ADJ", "PROPN"):
        return False
    if word and tree.sentence.words[word - 1].lower() in ("than", "as"):
        return False  # "later than agreed", "as promised": a measure, no act
    return tree.base[word] not in ("amod", "compound", "flat") or tree.tags[word] == "VERB"


def _taken(scene: Scene, word: int, one: Opinion, kept: Iterable[Act], taken: set[int]) -> bool:
    """Has somebody spoken for this word: the same trigger, or the same act one step away?"""
    tree = scene.tree
    if word in taken or taken & _phrase(scene, word):
        return True
    if tree.tags[word] == "NOUN" and tree.first_of(word) in taken:
        return True
    kind = one.acts[0][0]
    return any(
        act.type == kind and any(_near(scene, word, other) for other in trigger(act))
        for act in kept
    )


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


def proposal(scene: Scene, word: int, one: Opinion, limit: Limits) -> Act | None:
    """The act that the model sees at a word; None in sport and mishaps, or without politics."""
    kind = one.acts[0][0]
    match = generic(scene, word, kind)
    if elsewhere(scene, match):
        return None
    actors, recipients, anchor = arguments(scene, match)
    actors = pointed(scene, one.actors, limit.role) or actors
    recipients = pointed(scene, one.recipients, limit.role) or (
        () if kind in SYMMETRIC and len(actors) > 1 else recipients
    )
    actors = unique(actors)
    if kind == "ASSAULT" and all(p.sector in HARMLESS for p in actors) and mishap(scene):
        return None
    recipients = tuple(r for r in unique(recipients) if not same_in(r, actors))
    everybody = (*actors, *recipients)
    if not any(political(p) for p in everybody) and one.acts[0][1] < limit.lonely:
        return None
    recipients = recipients or implied(scene, kind, actors)
    mode = one.modes[0][0] if one.modes else ""
    actors = actors or (state_at_home(recipients, mode) or unknown(scene, match),)
    act = Act(
        scene.s, match, kind, mode or None, actors, recipients,
        anchor, opinion=one, spoke="model",
    )  # fmt: skip
    changed = turned(scene, act)
    return changed if isinstance(changed, Act) else None


def state_at_home(recipients: Sequence[Party], mode: str) -> Party | None:
    """Who does what only a state does, when nobody is named: the state of those who suffer it."""
    sector, country = STATE_ACTS.get(mode), recipients[0].country if recipients else None
    return Party("", None, country, sector) if sector and country else None


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


def generic(scene: Scene, word: int, kind: str) -> Match:
    """A match of any predicate of the type: subject acts on object, or "X's noun against Y"."""
    tree = scene.tree
    pos = POSITIONS.get(tree.tags[word], "noun")
    slot = list(tree.objects(word)) if pos == "verb" else []
    slot = slot or [n for p, n in tree.obliques(word) if p in TOWARDS]
    pattern = Pattern(FRAMES[kind].id, tree.lemmas[word], (), tree.lemmas[word])
    return Match(pattern, FRAMES[kind], word, pos, tuple(slot))


def state(
    ruled: str, reason: str, one: Opinion | None, spoke: str, least: float
) -> tuple[str, str]:
    """The status of an act from the rules' answer and the model's, and who decided.

    The rules' word stands for their own acts; for an act that only the model sees, a model that is
    sure overrules it, but for "happened": where the rules see that it lies ahead, is denied or may
    be, words say so ("announced a visit", "will not see", "is to vote on").
    """
    if spoke != "model" or one is None or not one.states:
        return ruled, reason
    best, sure = one.states[0]
    if best in (ruled, HAPPENED) or sure < least:
        return ruled, reason
    return best, f"the model ({sure:.2f}); by rule {ruled}: {reason}"


def told(act: Act) -> str:
    """Who spoke for an act, in words: "rules and model (ASSAULT 0.93)"."""
    one = act.opinion
    if one is None:
        return "rules"
    heads = ", ".join(f"{kind} {sure:.2f}" for kind, sure in one.acts[:2]) or "no act"
    return f"{'model' if act.spoke == 'model' else 'rules; model'} ({heads})"
