"""What does one party do to another in a text? Rules and model mixed for a given pair. Pure.

Three voices: the pair head of the model, which reads the whole text with the pair marked; the heads
at each word (an act here, whose actor and recipient are these); and the events of the rules
between the two, or else with one of them, and all others. Each says what the act is by our codebook
and how PLOVER files it (questions/plover.py). Their weights are in words/en/opinion.toml, chosen on
a development set.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from legation.questions.plover import by_text, filed, reduced
from legation.story import Chances, Event, Pair, Relation, Sentence, Status, Story, Type

DOUBT = 0.02  # what every voice grants to what it does not say
PARTIES = {
    "both": "both of the parties",
    "one": "one of the parties",
    "rest": "none of the parties",
}
OPEN = (0, 0)  # the span of a party that is not given
Range = tuple[int, int]
Joint = dict[tuple[str, str], float]  # (type, status) -> probability or weight


class Voice(NamedTuple):
    """What one voice says: types with statuses, and types as PLOVER files them; who and why."""

    joint: Joint
    plover: dict[str, float]
    speaker: str = ""
    reasons: tuple[str, ...] = ()


def relation(
    story: Story,
    actor: Range,
    recipient: Range,
    model: Pair | None,
    table: Mapping[str, Any],
    moves: Mapping[str, Any],
) -> Relation:
    """Chances of types and statuses of what happens between two spans of a story that was read.

    One of the parties may be OPEN: then what the other does, or what is done to it, is asked.

    `table` holds the weights of the voices (opinion.toml), `moves` PLOVER's conventions
    (plover.toml).
    """
    weights = {"pair": 1.0, "words": 1.0, "both": 1.0, "one": 0.1, **table.get("relate", {})}
    said = voices(story, actor, recipient, model, moves)
    why = [
        (voice.speaker, reason)
        for key, voice in said.items()
        if weights.get(key)
        for reason in voice.reasons
    ]
    shares = [(weights.get(key, 0.0), voice) for key, voice in said.items()]
    kinds = [str(kind) for kind in Type]
    return Relation(
        _pooled([(w, _marginal(voice.joint, 0)) for w, voice in shares], kinds),
        _pooled([(w, _marginal(voice.joint, 1)) for w, voice in shares], [str(s) for s in Status]),
        filing(said, weights),
        tuple(why),
    )


def voices(
    story: Story, actor: Range, recipient: Range, model: Pair | None, moves: Mapping[str, Any]
) -> dict[str, Voice]:
    """What each voice that speaks says of the pair, by its key in opinion.toml."""
    said: dict[str, Voice] = {}
    if model:
        joint, plover = _paired(model)
        said["pair"] = Voice(joint, plover, "model", (_best(model.types),))
    seen = at_words(story.sentences, actor, recipient, moves)
    if seen:
        joint, plover = seen
        said["words"] = Voice(joint, plover, "words", (_best(_shares(_marginal(joint, 0))),))
    for key, found in between(story.events, actor, recipient).items():
        reasons = [
            f"{event.type}, {PARTIES[key]}: {dict(event.why).get('type', '')}" for event in found
        ]
        said[key] = Voice(*_ruled(story, found, moves), "rules", tuple(reasons))
    lemmas = {lemma.lower() for sentence in story.sentences for lemma in sentence.lemmas}
    return {
        key: voice._replace(plover=by_text(voice.plover, lemmas, moves))
        for key, voice in said.items()
    }


def filing(said: Mapping[str, Voice], weights: Mapping[str, float]) -> Chances:
    """The chances of the types as PLOVER files them, all voices together."""
    shares = [(weights.get(key, 0.0), voice.plover) for key, voice in said.items()]
    return _pooled(shares, [str(kind) for kind in Type])


def _pooled(voices: Sequence[tuple[float, Mapping[str, float]]], names: Sequence[str]) -> Chances:
    """The product of what the voices say, each to the power of its weight (a log-linear pool)."""
    scores = {
        name: sum(weight * math.log(said.get(name, 0.0) + DOUBT) for weight, said in voices)
        for name in names
    }
    top = max(scores.values())
    return _shares({name: math.exp(score - top) for name, score in scores.items()})


def _paired(model: Pair) -> tuple[Joint, dict[str, float]]:
    joint = {(kind, status): a * b for kind, a in model.types for status, b in model.states}
    return joint, dict(model.plover) or _reduced(joint)


def _reduced(joint: Joint) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for (kind, status), sure in joint.items():
        found[reduced(kind, status)] += sure
    return dict(found)


def _ruled(
    story: Story, events: Sequence[Event], moves: Mapping[str, Any]
) -> tuple[Joint, dict[str, float]]:
    joint: Joint = defaultdict(float)
    roots: dict[str, float] = defaultdict(float)
    for event in events:
        kind, status = str(event.type), str(event.status)
        joint[kind, status] += 1 / len(events)
        words = {
            lemma
            for part in event.evidence
            if part.part == "act"
            for sentence in story.sentences
            for at in range(len(sentence))
            if _meets((sentence.starts[at], sentence.ends[at]), (part.start, part.end))
            for lemma in around(sentence, at)
        }
        roots[reduced(filed(kind, event.mode, words, moves, status), status)] += 1 / len(events)
    return joint, dict(roots)


def between(events: Sequence[Event], actor: Range, recipient: Range) -> dict[str, list[Event]]:
    """Events of the rules with both parties in place, or else with one of them, and the rest."""
    found: dict[str, list[Event]] = {"both": [], "one": [], "rest": []}
    for event in events:
        doers = actor == OPEN or any(_meets((p.start, p.end), actor) for p in event.actors)
        others = recipient == OPEN or any(
            _meets((p.start, p.end), recipient) for p in event.recipients
        )
        mutual = not event.recipients and any(
            _meets((p.start, p.end), recipient) for p in event.actors
        )
        if doers and (others or mutual):
            found["both"].append(event)
        elif doers or others:
            found["one"].append(event)
        else:
            found["rest"].append(event)
    if found["both"]:
        found["one"] = []
    return {key: rows for key, rows in found.items() if rows}


def at_words(
    sentences: Sequence[Sentence], actor: Range, recipient: Range, moves: Mapping[str, Any]
) -> tuple[Joint, dict[str, float]] | None:
    """Types and statuses at the words whose roles point at the pair, weighted by how well."""
    joint: Joint = defaultdict(float)
    roots: dict[str, float] = defaultdict(float)
    for sentence in sentences:
        for at, one in enumerate(sentence.opinions):
            doer = _pointed(sentence, one.actors, actor)
            other = max(
                _pointed(sentence, one.recipients, recipient),
                0.5 * _pointed(sentence, one.actors, recipient),
            )
            weight = (doer + 0.05) * (other + 0.05)
            mode = one.modes[0][0] if one.modes else ""
            words = around(sentence, at) if one.acts else frozenset[str]()
            for kind, sure in one.acts:
                for status, share in one.states:
                    joint[kind, status] += weight * sure * share
                    root = reduced(filed(kind, mode, words, moves, status), status)
                    roots[root] += weight * sure * share
    whole = sum(joint.values())
    if whole <= 0.02:
        return None
    return (
        {key: share / whole for key, share in joint.items()},
        {key: share / whole for key, share in roots.items()},
    )


def around(sentence: Sentence, at: int) -> frozenset[str]:
    """The lemmas of a word and of its neighbours, more of them after it."""
    return frozenset(lemma.lower() for lemma in sentence.lemmas[max(0, at - 2) : at + 6])


def _pointed(sentence: Sentence, words: Sequence[tuple[int, float]], part: Range) -> float:
    if part == OPEN:
        return 1.0
    return max(
        (sure for w, sure in words if _meets((sentence.starts[w], sentence.ends[w]), part)),
        default=0.0,
    )


def _meets(one: Range, two: Range) -> bool:
    return 0 <= one[0] < two[1] and two[0] < one[1]


def _marginal(joint: Joint, part: int) -> dict[str, float]:
    """The chances of the types (0) or of the statuses (1)."""
    found: dict[str, float] = defaultdict(float)
    for key, share in joint.items():
        found[key[part]] += share
    return found


def _shares(total: Mapping[str, float]) -> Chances:
    whole = sum(total.values()) or 1.0
    rows = sorted(((name, round(v / whole, 4)) for name, v in total.items()), key=_order)
    return tuple(rows)


def _order(row: tuple[str, float]) -> tuple[float, str]:
    return (-row[1], row[0])


def _best(chances: Chances) -> str:
    return ", ".join(f"{name} {sure:.2f}" for name, sure in chances[:2])
