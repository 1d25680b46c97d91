"""Which acts does the model see that the rules missed, and what makes each of them an act?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.opinion.limits import Limits, foreseen
from legation.questions.opinion.pointing import pointed, unknown_noun
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, same_in, unique
from legation.questions.what.arguments import arguments, implied, unknown
from legation.questions.what.turns import turned
from legation.questions.what.unfit import HARMLESS, elsewhere, mishap
from legation.questions.whether.scale import PLANNED
from legation.questions.who import political
from legation.story import MODES, Opinion, Party
from legation.words import Frame
from legation.words.pattern import Pattern

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
TAGS: Final = frozenset(["VERB", "NOUN", "ADJ", "PROPN"])
AHEAD: Final = TAGS - {"PROPN"} | {"ADV"}
STATE: Final = frozenset(["GOV", "MIL", "COP", "JUD", "LEG"])
SYMMETRIC: Final = frozenset(["CONSULT", "AGREE", "COOPERATE"])
FRAMES: Final = {kind: Frame(f"model:{kind}", kind, None, where="second opinion") for kind in MODES}


def candidates(scene: Scene, limit: Limits) -> list[int]:
    """The words where the model is sure of an act, surest first.

    Of what is to come it may be sure that there is an act, without being as sure of the type:
    "are to hand over thirty soldiers" is an act, if RETREAT or MOBILIZE.
    """
    found = []
    for word, one in enumerate(scene.tree.sentence.opinions):
        kind, sure = one.acts[0] if one.acts else ("", 0.0)
        some = 1 - one.none >= limit.ahead and sure >= limit.leading
        likely = (some and to_come(scene, word)) or foreseen(one, limit)
        if kind and (sure >= limit.of(kind) or likely):
            found.append((sure, word))
    return [word for _, word in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def to_come(scene: Scene, word: int) -> bool:
    """Is the word a verb of what lies ahead: "will V", "is to V", "plans to V", "due to V"?"""
    tree, algebra = scene.tree, scene.words.operators
    if tree.tags[word] != "VERB":
        return False
    if clause.future(tree, word):
        return True
    head = tree.heads[word]
    if not tree.infinitive(word):
        return False
    if head < 0 or any(tree.lemmas[c] == "be" for c in tree.under(word, "aux")):
        return True
    if tree.base[word] != "xcomp":
        return False
    rows = algebra.adjectives if tree.tags[head] == "ADJ" else algebra.verbs
    row = rows.get(tree.lemmas[head])
    return row is not None and row.act == "" and row.status == PLANNED


def sayable(scene: Scene, word: int, ahead: bool = False) -> bool:
    """Can an act stand at the word: a verb, noun or adjective, and no mere part of a name?

    What lies `ahead` may stand at an adverb: "they will be home by May".
    """
    tree = scene.tree
    if tree.tags[word] not in (AHEAD if ahead else TAGS):
        return False
    if tree.tags[word] == "ADV" and not any(tree.under(word, "cop")):
        return False
    if word and tree.sentence.words[word - 1].lower() in ("than", "as"):
        return False  # "later than agreed", "as promised": a measure, no act
    if tree.tags[word] == "NOUN" and scene.parties([word]):
        return False  # "the demonstrators" are people, no act
    if ranked(tree, word):
        return False
    return tree.base[word] not in ("amod", "compound", "flat") or tree.tags[word] == "VERB"


def ranked(tree: Tree, word: int) -> bool:
    """Does it only rank whom it is about: "the first official to travel to Laos this year"?"""
    if tree.base[word] != "acl" or not tree.infinitive(word):
        return False
    before = tree.under(tree.heads[word], "amod")
    return any(tree.feature(c, "NumType") == "Ord" for c in before)


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
    if kind == "PROTEST":
        actors = tuple(crowd(scene, one, p) for p in actors)
    if kind == "ASSAULT" and all(p.sector in HARMLESS for p in actors) and mishap(scene):
        return None
    recipients = tuple(r for r in unique(recipients) if not same_in(r, actors))
    everybody = (*actors, *recipients)
    least = limit.expected if to_come(scene, word) else limit.lonely
    known = any(political(p) for p in everybody) or foreseen(one, limit)
    if not known and one.acts[0][1] < least:
        return None
    recipients = recipients or implied(scene, kind, actors)
    mode = one.modes[0][0] if one.modes else ""
    actors = actors or (state_at_home(recipients, mode) or unknown(scene, match),)
    refused = kind == "REJECT" and clause.negative(scene.tree, word)  # "would not sit with him"
    act = Act(
        scene.s, match, kind, mode or None, actors, recipients,
        anchor, settled=refused, opinion=one, spoke="model",
    )  # fmt: skip
    changed = turned(scene, act)
    if isinstance(changed, Act):
        return changed
    return act if foreseen(one, limit) else None  # home from abroad, "will be back on Sunday"


def crowd(scene: Scene, one: Opinion, party: Party) -> Party:
    """Who protests, where the cast knows only whose they are: "dockers in Spain"."""
    sentence = scene.tree.sentence
    for word, _ in one.actors[:1]:
        outside = party.start > sentence.starts[word] or party.end < sentence.ends[word]
        if party.sector in STATE and outside and scene.tree.tags[word] == "NOUN":
            return replace(unknown_noun(scene, word), country=party.country, sector="CVL")
    return party


def state_at_home(recipients: Sequence[Party], mode: str) -> Party | None:
    """Who does what only a state does, when nobody is named: the state of those who suffer it."""
    sector, country = STATE_ACTS.get(mode), recipients[0].country if recipients else None
    return Party("", None, country, sector) if sector and country else None


def generic(scene: Scene, word: int, kind: str) -> Match:
    """A match of any predicate of the type: subject acts on object, or "X's noun against Y"."""
    tree = scene.tree
    pos = POSITIONS.get(tree.tags[word], "noun")
    slot = list(tree.objects(word)) if pos == "verb" else []
    slot = slot or [n for p, n in tree.obliques(word) if p in TOWARDS]
    pattern = Pattern(FRAMES[kind].id, tree.lemmas[word], (), tree.lemmas[word])
    return Match(pattern, FRAMES[kind], word, pos, tuple(slot))
