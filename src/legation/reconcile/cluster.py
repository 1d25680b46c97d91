"""Which events are one happening? A function of the events alone, not of the order they came in.

Dated events are joined best pair first, as long as no two of a group exclude each other. Events
with a vague date (a month, a year) then join the group that they fit best, and tie no groups
together. A person's word ("the same", "not the same") goes before all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from legation.reconcile.match import SAME, match
from legation.reconcile.telling import VAGUE, Telling

Pair = frozenset[str]
Score = Callable[[Telling, Telling], float]


def clusters(
    tellings: Iterable[Telling],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    score: Score = match,
) -> list[tuple[str, ...]]:
    """Groups of event ids, each sorted, in order of their first id."""
    known = {one.id: one for one in tellings}
    apart = {pair for pair in different if pair <= known.keys()}
    fixed = {pair for pair in same if pair <= known.keys()} - apart
    sharp = sorted(id for id, one in known.items() if not vague(one))
    groups = _joined(sharp, known, fixed, apart, score)
    for id in sorted(set(known) - set(sharp)):
        _attach(id, groups, known, fixed, apart, score, sharp)
    return sorted(tuple(sorted(group)) for group in groups)


def vague(one: Telling) -> bool:
    """Whether a date says too little to tie other reports together."""
    return one.days > VAGUE


def neighbours(
    one: Telling, others: Iterable[Telling], score: Score = match
) -> list[tuple[Telling, float]]:
    """Those of the others that may be the same act."""
    scored = ((other, score(one, other)) for other in others)
    return [(other, value) for other, value in scored if value >= SAME]


def _joined(
    ids: Sequence[str],
    known: Mapping[str, Telling],
    fixed: set[Pair],
    apart: set[Pair],
    score: Score,
) -> list[set[str]]:
    scores = {
        frozenset(pair): score(known[pair[0]], known[pair[1]]) for pair in combinations(ids, 2)
    }
    for pair in fixed & scores.keys():
        scores[pair] = 2.0
    group = {one: {one} for one in ids}
    ranked = sorted(
        (pair for pair, value in scores.items() if value >= SAME),
        key=lambda pair: (-scores[pair], sorted(pair)),
    )
    for pair in ranked:
        one, two = (group[member] for member in sorted(pair))
        if one is two:
            continue
        if scores[pair] < 2.0 and not _fit(one, two, scores, apart):
            continue
        one |= two
        for member in two:
            group[member] = one
    return list({id(found): found for found in group.values()}.values())


def _fit(one: set[str], two: set[str], scores: Mapping[Pair, float], apart: set[Pair]) -> bool:
    """No two exclude each other, and on average they are nearly as alike as one act needs."""
    values = []
    for a in one:
        for b in two:
            pair = frozenset((a, b))
            if pair in apart or scores[pair] <= 0:
                return False
            values.append(scores[pair])
    return sum(values) / len(values) >= SAME - 0.08


def _attach(
    id: str,
    groups: list[set[str]],
    known: Mapping[str, Telling],
    fixed: set[Pair],
    apart: set[Pair],
    score: Score,
    sharp: Sequence[str],
) -> None:
    """Put a vague event to the sharp group that it fits best, or to its like, or by itself."""
    one, best, place = known[id], SAME, None
    own = set(sharp)
    for group in sorted(groups, key=min):
        told = sorted(group & own)
        values = [_value(id, other, known, fixed, apart, score) for other in told]
        if not told:
            twin = known[min(group)]
            values = [1.0 if _twins(one, twin) and frozenset((id, twin.id)) not in apart else 0.0]
        if min(values) < 0 or max(values) < best or (max(values) == best and place is not None):
            continue
        best, place = max(values), group
    if place is None:
        groups.append({id})
    else:
        place.add(id)


def _value(
    id: str, other: str, known: Mapping[str, Telling], fixed: set[Pair], apart: set[Pair],
    score: Score,
) -> float:  # fmt: skip
    pair = frozenset((id, other))
    if pair in apart:
        return -1.0
    return 2.0 if pair in fixed else score(known[id], known[other])


def _twins(one: Telling, two: Telling) -> bool:
    """Two vague events are one only when they say the very same."""
    return (
        (one.event.type, one.event.mode, one.event.status)
        == (two.event.type, two.event.mode, two.event.status)
        and (one.first, one.last) == (two.first, two.last)
        and (one.actors.codes, one.recipients.codes) == (two.actors.codes, two.recipients.codes)
        and (one.actors.names, one.recipients.names) == (two.actors.names, two.recipients.names)
        and one.story != two.story
    )
