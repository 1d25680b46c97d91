"""How sure may a user be of an event? A calibrated probability from what is known to go wrong.

`features` says of an act and its event, in numbers, how clear it is; `probability` weighs them with
the parameters of words/en/confidence.toml, which evals/calibrate.py fits on gold events: the chance
that type, actors, recipients and status are all right (codebook: Confidence).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from legation.questions.what import Act
from legation.story import Event, Opinion, Party, Sentence

UNHEARD = Opinion(none=0.5)
LARGEST = 4.0  # of a log-odds feature


def features(act: Act, event: Event, sentence: Sentence) -> dict[str, float]:
    """Names and values, each about -4 to 4; all are 0 but `base` when there is nothing to say."""
    one = act.opinion or UNHEARD
    sure = dict(one.acts).get(act.type, 0.0) if act.opinion else 0.5
    known = act.opinion is not None
    return {
        "base": 1.0,
        "heard": float(known),
        "type": _logit(sure),
        "only model": float(act.spoke == "model"),
        "type of model": _logit(sure) * (act.spoke == "model"),
        "noun": float(act.match.pos == "noun"),
        "operator": float(bool(act.operator)),
        "actor known": float(all(p.country for p in event.actors)),
        "actor written": float(all(p.start >= 0 for p in event.actors)),
        "actor pointed": _pointed(sentence, event.actors, one.actors) if known else 0.0,
        "recipient": float(bool(event.recipients)),
        "recipient known": float(
            bool(event.recipients) and all(p.country for p in event.recipients)
        ),
        "recipient written": float(
            bool(event.recipients) and all(p.start >= 0 for p in event.recipients)
        ),
        "recipient pointed": _pointed(sentence, event.recipients, one.recipients),
        "recipient missed": _missed(sentence, event.recipients, one.recipients),
        "several actors": float(len(event.actors) > 1),
        "status": dict(one.states).get(event.status, 0.0) if known else 0.0,
        "not happened": float(event.status != "happened"),
        "fixed": float(bool(act.match.pattern.steps)),
    }


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted features; features without a weight count nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def _logit(sure: float) -> float:
    clipped = min(max(sure, 1e-3), 1 - 1e-3)
    return max(-LARGEST, min(LARGEST, math.log(clipped / (1 - clipped))))


def _pointed(
    sentence: Sentence, parties: Sequence[Party], words: Sequence[tuple[int, float]]
) -> float:
    """The mean over the written parties of how surely a role head points into them."""
    written = [p for p in parties if p.start >= 0]
    if not written:
        return 0.0
    total = 0.0
    for party in written:
        inside = [
            sure
            for word, sure in words
            if sentence.starts[word] < party.end and party.start < sentence.ends[word]
        ]
        total += max(inside, default=0.0)
    return total / len(written)


def _missed(
    sentence: Sentence, parties: Sequence[Party], words: Sequence[tuple[int, float]]
) -> float:
    """How surely a role head points at a word that no party of the event covers."""
    return max(
        (
            sure
            for word, sure in words
            if not any(
                sentence.starts[word] < p.end and p.start < sentence.ends[word] for p in parties
            )
        ),
        default=0.0,
    )
