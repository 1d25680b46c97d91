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


def relation(
    story: Story,
    actor: Range,
    recipient: Range,
    model: tuple[Chances, Chances] | None,
    table: Mapping[str, Any],
) -> Relation:
    """Chances of types and statuses of what happens between two spans of a story that was read."""
    weights = {"pair": 1.0, "words": 0.5, "both": 1.0, "one": 0.3, **table.get("relate", {})}
    types: dict[str, float] = dict.fromkeys(map(str, Type), 1e-3)
    states: dict[str, float] = dict.fromkeys(map(str, Status), 1e-3)
    why: list[tuple[str, str]] = []
    if model:
        _add(types, model[0], weights["pair"])
        _add(states, model[1], weights["pair"])
        why.append(("model", _best(model[0])))
    seen = at_words(story.sentences, actor, recipient)
    if seen[0]:
        _add(types, seen[0], weights["words"])
        _add(states, seen[1], weights["words"])
        why.append(("words", _best(seen[0])))
    for key, found in between(story.events, actor, recipient).items():
        for event in found:
            _add(types, ((str(event.type), 1.0),), weights[key] / len(found))
            _add(states, ((str(event.status), 1.0),), weights[key] / len(found))
            why.append(("rules", f"{event.type}, {key} of the parties: {dict(event.why)['type']}"))
    return Relation(_shares(types), _shares(states), tuple(why))


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


def at_words(
    sentences: Sequence[Sentence], actor: Range, recipient: Range
) -> tuple[Chances, Chances]:
    """Types and statuses at the words whose roles point at the pair, weighted by how well."""
    types: dict[str, float] = defaultdict(float)
    states: dict[str, float] = defaultdict(float)
    for sentence in sentences:
        for one in sentence.opinions:
            doer = _pointed(sentence, one.actors, actor)
            other = max(
                _pointed(sentence, one.recipients, recipient),
                0.5 * _pointed(sentence, one.actors, recipient),
            )
            share = (doer + 0.05) * (other + 0.05)
            for kind, sure in one.acts:
                types[kind] += share * sure
            for status, sure in one.states:
                states[status] += share * (1 - one.none) * sure
    if sum(types.values()) < 0.02:
        return (), ()
    return _shares(types), _shares(states)


def _pointed(sentence: Sentence, words: Sequence[tuple[int, float]], part: Range) -> float:
    return max(
        (sure for w, sure in words if _meets((sentence.starts[w], sentence.ends[w]), part)),
        default=0.0,
    )


def _meets(one: Range, two: Range) -> bool:
    return 0 <= one[0] < two[1] and two[0] < one[1]


def _add(total: dict[str, float], chances: Chances, weight: float) -> None:
    for name, sure in chances:
        total[name] = total.get(name, 0.0) + weight * sure


def _shares(total: Mapping[str, float]) -> Chances:
    whole = sum(total.values()) or 1.0
    rows = sorted(((name, round(v / whole, 4)) for name, v in total.items()), key=_order)
    return tuple(rows)


def _order(row: tuple[str, float]) -> tuple[float, str]:
    return (-row[1], row[0])


def _best(chances: Chances) -> str:
    return ", ".join(f"{name} {sure:.2f}" for name, sure in chances[:2])
