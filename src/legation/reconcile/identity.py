"""Which happening is which? Groups of events keep the ids that their events had before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """One group and the happening it is: `id` is "" for a new one, `absorbed` became part of it,
    `split_from` is the happening that its events left."""

    events: tuple[str, ...]
    id: str
    absorbed: tuple[str, ...] = ()
    split_from: str = ""


def identities(
    groups: Iterable[tuple[str, ...]],
    before: Mapping[str, str],
    age: Mapping[str, int],
) -> list[Identity]:
    """Give each group the oldest id that it may keep.

    `before` says of which happening an event was, `age` ranks happenings (lower is older). An id
    goes to the group that holds most of its events, on a tie to the one with the first event; a
    group that is given several keeps the oldest, and the others were merged into it.
    """
    ordered = sorted(groups)
    claims: dict[str, list[tuple[int, Sequence[str], int]]] = {}
    for at, group in enumerate(ordered):
        for id, count in Counter(before[event] for event in group if event in before).items():
            claims.setdefault(id, []).append((-count, group, at))
    won: dict[int, list[str]] = {}
    for id, claimants in claims.items():
        won.setdefault(min(claimants)[2], []).append(id)
    found = []
    for at, group in enumerate(ordered):
        ids = sorted(won.get(at, ()), key=lambda id: (age[id], id))
        left = [before[event] for event in group if event in before]
        found.append(
            Identity(
                group,
                ids[0] if ids else "",
                tuple(ids[1:]),
                "" if ids or not left else min(left, key=lambda id: (age[id], id)),
            )
        )
    return found
