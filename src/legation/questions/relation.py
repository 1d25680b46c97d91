"""What does one party do to another in a text? Rules and model mixed for a given pair. Pure.

Three voices: the pair head of the model, which reads the whole text with the pair marked; the heads
at each word (an act here, whose actor and recipient are these); and the events of the rules
between the two. Their weights are in words/en/opinion.toml, chosen on a development set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from legation.story import Chances, Event, Relation, Sentence, Status, Story, Type

Range = tuple[int, int]
Joint = dict[tuple[str, str], float]  # (type, status) -> probability or weight
HOSTILE = frozenset(["SANCTION", "COERCE", "ASSAULT", "MOBILIZE"])


def relation(
    story: Story,
    actor: Range,
    recipient: Range,
    model: tuple[Chances, Chances] | None,
    table: Mapping[str, Any],
) -> Relation:
    """Chances of types and statuses of what happens between two spans of a story that was read."""
    weights = {"pair": 1.0, "words": 1.0, "both": 1.0, "one": 0.1, **table.get("relate", {})}
    total: Joint = {(str(k), str(s)): 1e-4 for k in Type for s in Status}
    why: list[tuple[str, str]] = []
    if model:
        _add(total, _product(*model), weights["pair"])
        why.append(("model", _best(model[0])))
    seen = at_words(story.sentences, actor, recipient)
    if seen:
        _add(total, seen, weights["words"])
        why.append(("words", _best(_shares(_types(seen)))))
    for key, found in between(story.events, actor, recipient).items():
        for event in found:
            one = {(str(event.type), str(event.status)): 1.0}
            _add(total, one, weights[key] / len(found))
            why.append(("rules", f"{event.type}, {key} of the parties: {dict(event.why)['type']}"))
    states: dict[str, float] = defaultdict(float)
    reduced: dict[str, float] = defaultdict(float)
    for (kind, status), share in total.items():
        states[status] += share
        reduced[plover(kind, status)] += share
    return Relation(_shares(_types(total)), _shares(states), _shares(reduced), tuple(why))


def plover(kind: str, status: str) -> str:
    """The type after PLOVER's own reduction of plans and threats (codebook: Type)."""
    if status == "planned" and kind in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        return "AGREE"
    if status == "planned" and kind == "RETREAT":
        return "CONCEDE"
    if status in ("planned", "possible") and kind in HOSTILE:
        return "THREATEN"
    return kind


def between(events: Sequence[Event], actor: Range, recipient: Range) -> dict[str, list[Event]]:
    """Events of the rules with both parties in their places, or else with one of them."""
    found: dict[str, list[Event]] = {"both": [], "one": []}
    for event in events:
        doers = any(_meets((p.start, p.end), actor) for p in event.actors)
        others = any(_meets((p.start, p.end), recipient) for p in event.recipients)
        mutual = not event.recipients and any(
            _meets((p.start, p.end), recipient) for p in event.actors
        )
        if doers and (others or mutual):
            found["both"].append(event)
        elif doers or others:
            found["one"].append(event)
    if found["both"]:
        found["one"] = []
    return {key: rows for key, rows in found.items() if rows}


def at_words(sentences: Sequence[Sentence], actor: Range, recipient: Range) -> Joint:
    """Types and statuses at the words whose roles point at the pair, weighted by how well."""
    found: Joint = defaultdict(float)
    for sentence in sentences:
        for one in sentence.opinions:
            doer = _pointed(sentence, one.actors, actor)
            other = max(
                _pointed(sentence, one.recipients, recipient),
                0.5 * _pointed(sentence, one.actors, recipient),
            )
            _add(found, _product(one.acts, one.states), (doer + 0.05) * (other + 0.05))
    whole = sum(found.values())
    return {key: share / whole for key, share in found.items()} if whole > 0.02 else {}


def _pointed(sentence: Sentence, words: Sequence[tuple[int, float]], part: Range) -> float:
    return max(
        (sure for w, sure in words if _meets((sentence.starts[w], sentence.ends[w]), part)),
        default=0.0,
    )


def _meets(one: Range, two: Range) -> bool:
    return 0 <= one[0] < two[1] and two[0] < one[1]


def _product(types: Chances, states: Chances) -> Joint:
    return {(kind, status): a * b for kind, a in types for status, b in states}


def _add(total: Joint, one: Joint, weight: float) -> None:
    for key, sure in one.items():
        total[key] = total.get(key, 0.0) + weight * sure


def _types(total: Joint) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for (kind, _), share in total.items():
        found[kind] += share
    return found


def _shares(total: Mapping[str, float]) -> Chances:
    whole = sum(total.values()) or 1.0
    rows = sorted(((name, round(v / whole, 4)) for name, v in total.items()), key=_order)
    return tuple(rows)


def _order(row: tuple[str, float]) -> tuple[float, str]:
    return (-row[1], row[0])


def _best(chances: Chances) -> str:
    return ", ".join(f"{name} {sure:.2f}" for name, sure in chances[:2])
