"""Who stands against whom in a story? The side that an actor's acts, as told there, are about.

"The front vowed to fight on" names nobody, but a story that tells who shelled the front, who
accused it and with whom it signed a truce leaves no doubt. Every act with both parties said is a
vote for its two sides being each other's opponents; the votes nearest in the text weigh most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from legation.questions.what import Act
from legation.story import Event, Party

Side = tuple[str, str]
"""A country or name, and the camp there."""
STATE = frozenset(["GOV", "MIL", "COP", "SPY", "JUD", "PRE", "PRM"])
ARMED = frozenset(["REB", "UAF", "CRM"])
WEIGHTS = {"CONSULT": 0.5, "SUPPORT": 0.5, "AID": 0.5, "COOPERATE": 0.5}
"""Votes of friendly types; every other type has 1."""
WARDS = ("CVL", "JRN", "EDU", "MED", "BUS", "REL", "LAB", "AGR", "NGO")
"""Camps for which their state speaks up abroad: "two herders were shot; Somalia protested"."""
POWERS = frozenset(["state", "armed", "OPP", "UNK"])
"""Camps that can be an opponent from abroad."""
ALLIED = frozenset(["BUS", "LEG", "PTY", "EDU", "SOC"])
"""Camps that stand with their state where they have no opponent of their own."""
BESIDE = 0.4  # factor for a body of states, which speaks to every side
FADE = 0.8  # what a vote is worth one sentence further off
EVERYWHERE = 0.15  # what it is worth at any distance


class Opponents:
    """The votes of a story's acts."""

    def __init__(self, found: Iterable[tuple[Act, Event]]) -> None:
        """Count each pair of parties that an act names."""
        self._votes: dict[Side, list[tuple[int, float, Party]]] = defaultdict(list)
        for act, event in found:
            weight = WEIGHTS.get(event.type, 1.0)
            for one, two in _pairs(event):
                self._vote(one, two, act.s, weight)
                self._vote(two, one, act.s, weight)

    def _vote(self, voter: Party, other: Party, s: int, weight: float) -> None:
        own, theirs = side(voter), side(other)
        if own and theirs and own != theirs:
            factor = BESIDE if other.sector == "IGO" else 1.0
            self._votes[own].append((s, weight * factor, other))

    def of(self, event: Event, s: int, reach: int | None = None) -> Party | None:
        """The likeliest opponent of the actors of an event in sentence s; None without a vote.

        `reach` bounds how many sentences off a vote may stand; a body of states counts only
        within one. A state is answered by its government.
        """
        own = {found for actor in event.actors if (found := side(actor))}
        allied = {(where, "state") for where, camp in own if camp in ALLIED}
        wards = {(where, camp) for where, told in own if told == "state" for camp in WARDS}
        for voters in (own, allied, wards):
            if other := self._elected(voters, own, event, s, reach):
                return other
        return None

    def _elected(
        self, voters: set[Side], own: set[Side], event: Event, s: int, reach: int | None
    ) -> Party | None:
        home = {where for where, _ in own}
        total: dict[Side, float] = defaultdict(float)
        latest: dict[Side, Party] = {}
        for voter in sorted(voters):
            for at, weight, other in self._votes.get(voter, ()):
                theirs = side(other)
                if theirs is None or theirs in own:
                    continue
                where, camp = theirs
                abroad = where not in home and (camp in POWERS or (camp == "IGO" and reach))
                inside = where in home and event.type != "SANCTION"
                if (abroad or inside) and (reach is None or abs(s - at) <= reach):
                    total[theirs] += weight * (EVERYWHERE + FADE ** abs(s - at))
                    latest[theirs] = other
        if not total:
            return None
        best = max(total, key=lambda one: (total[one], one))
        if best[1] == "state" and latest[best].country:
            return Party("", None, best[0], "GOV", entity=f"country:{best[0]}")
        return replace(latest[best], text="", start=-1, end=-1)


def side(party: Party) -> Side | None:
    """The camp of a party: a state with its arms, its rebels, its people; None when unknown."""
    where = party.country or party.name
    if not where:
        return None
    if party.sector in STATE:
        return where, "state"
    return where, "armed" if party.sector in ARMED else party.sector


def _pairs(event: Event) -> Iterator[tuple[Party, Party]]:
    if event.recipients:
        for actor in event.actors:
            for recipient in event.recipients:
                if actor.text and recipient.text:
                    yield actor, recipient
    else:
        for at, one in enumerate(event.actors):
            for two in event.actors[at + 1 :]:
                yield one, two
