"""Where do the parties of a meeting sit? The mode of a meeting from the place it is held at.

A meeting at one side's seat is a visit of the other side to it, and one on a third state's soil is
`third-party` (codebook: Hard types, visits). A trip that has its own record keeps the meetings
inside it as they are: both sides are their actors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.story import Event, Party, Place

Found = tuple[Act, Event]
SEATS = {
    "AFU": "ETH",
    "ARL": "EGY",
    "ASA": "IDN",
    "ECOWAS": "NGA",
    "EUU": "BEL",
    "IAEA": "AUT",
    "ICC": "NLD",
    "NATO": "BEL",
    "OAS": "USA",
    "OSCE": "AUT",
    "UNO": "USA",
}
"""Where the body of this code has its head office; in other countries it is a guest."""
ABROAD = frozenset(["CHE", "AUT", "KEN", "LUX", "FRA"])
"""Countries with offices of bodies that may host in their own right: a meeting there is open."""
TOPIC = frozenset(["about", "after", "against", "for", "from", "on", "over", "to"])
"""Prepositions of what is talked about: "talks on the coup in Mali" were not held in Mali."""


def seated(found: Sequence[Found], trees: Sequence[Tree]) -> list[Found]:
    """The acts, each meeting with a known place given the mode that the place implies."""
    return [(act, _placed(act, event, trees[act.s], found)) for act, event in found]


def _placed(act: Act, event: Event, tree: Tree, found: Sequence[Found]) -> Event:
    """The meeting with its mode, and with guest and host where it is a visit."""
    if event.type != "CONSULT" or event.mode is not None or event.recipients:
        return event
    if tree.lemmas[act.word] == "join":
        return event  # others are there too
    if event.place is None or not event.place.country or not _held(tree, act.word, event.place):
        return event
    land = event.place.country
    homes = [_home(party) for party in event.actors]
    if len(set(homes)) < 2 or None in homes:
        return event
    why = (*event.why, ("mode", f"held in {event.place.name}"))
    if land not in homes:
        if land in ABROAD and any(party.country in SEATS for party in event.actors):
            return event
        return replace(event, mode="third-party", why=why)
    hosts = tuple(p for p, home in zip(event.actors, homes, strict=True) if home == land)
    guests = tuple(p for p, home in zip(event.actors, homes, strict=True) if home != land)
    if len({_home(p) for p in guests}) != 1 or _trip(guests, land, found):
        return event
    return replace(event, mode="visit", actors=guests, recipients=hosts, why=why)


def _held(tree: Tree, word: int, place: Place) -> bool:
    """Does the place belong to the meeting itself, not to its parties or its topic?"""
    last = place.text.lower().split()[-1] if place.text else ""
    here = next((w for w in range(len(tree)) if tree.low[w] == last), -1)
    if here < 0:
        return True  # told in another sentence
    if tree.preposition(here) not in ("in", "at", "near", "outside"):
        return False
    here = tree.heads[here]
    while here >= 0 and here != word:
        if tree.preposition(here) in TOPIC:
            return False
        here = tree.heads[here]
    return True


def _home(party: Party) -> str | None:
    """The country where a party is at home."""
    return SEATS.get(party.country or "", party.country)


def _trip(guests: Sequence[Party], land: str, found: Sequence[Found]) -> bool:
    """Has the trip of the guests to the country a record of its own?"""
    lands = {p.country for p in guests}
    return any(
        one.type == "CONSULT"
        and one.mode == "visit"
        and lands & {p.country for p in one.actors}
        and land in {_home(p) for p in one.recipients}
        for _, one in found
    )
