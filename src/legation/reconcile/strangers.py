"""Is what a later report tells another act than the one planned?

Of other people, to others, elsewhere, on another day: all that tells two acts of one kind apart.
"""

from __future__ import annotations

import re

from legation.reconcile.outcomes import Rule, plain, rules
from legation.reconcile.pages import names_of, towns_of
from legation.reconcile.telling import Side, Telling
from legation.reconcile.topic import others
from legation.story import Outcome

ONE_SIDED = frozenset(
    ["AID", "ACCUSE", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "SANCTION"]
)  # done by the planner or not at all
HOSTILE = ONE_SIDED - {"ACCUSE", "AID"} | {"THREATEN"}
OFFICIAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "IGO", "SPY"])


def overcome(one: Telling) -> bool:
    """Had what was done been put off before: "a visit which had been postponed from the eighth"?"""
    if str(one.event.status) != "happened" or str(one.event.type) in ("REJECT", "CONCEDE"):
        return False
    said = plain(one.sentence)
    outcome, phrase = rules().said(said)
    return outcome == Outcome.CANCELLED and bool(re.search(rf"\bhad (\w+ )?been {phrase}", said))


def another(plan: Telling, one: Telling) -> bool:
    """Is the later report about a second one: "the second meeting never took place"?"""
    told = set(plain(one.sentence).split()) & rules().another
    return bool(told - set(plain(plan.sentence).split()))


def outsider(plan: Telling, one: Telling) -> bool:
    """Does a union or a party reject what states have planned? That calls nothing off."""
    planners = {party.sector for party in plan.event.actors}
    who = {party.sector for party in one.event.actors}
    return bool(planners & OFFICIAL) and bool(who) and not who & (OFFICIAL | {"UNK"} | planners)


def moved(plan: Telling, one: Telling, kinds: list[Rule]) -> bool:
    """Met elsewhere, while a clause undoes it: "the talks in Rome have been put off"?"""
    place, (_, clause) = plan.event.place, rules().told(one.sentence, kinds)
    if another_town(plan, one):
        return True
    named = bool(place and place.name and set(names_of(place.name)) <= set(names_of(clause)))
    named = named or bool(towns_of(plan.sentence) & towns_of(clause))  # Marrakesh is Marrakech
    return bool(named and clause != one.sentence and towns_of(one.sentence) - towns_of(clause))


def at_large(plan: Telling, one: Telling) -> bool:
    """Of a plan at home: do others of the same state act, neither its planners nor their sector?"""
    if len(plan.everyone.codes | one.everyone.codes) > 1 or not one.actors.codes:
        return False
    known = plan.actors.names & one.actors.names or plan.actors.sectors & one.actors.sectors
    return not known


def another_target(plan: Telling, one: Telling) -> bool:
    """Was it done to others than was threatened: to Japan, not to Guam; to a lorry, not to him?"""
    if str(plan.event.type) not in HOSTILE:
        return False
    a, b = plan.recipients, one.recipients
    told = b.codes or hosts(one) - one.actors.codes
    if a.codes and told and not a.codes & told:
        return True
    return bool(a.names) and str(one.event.type) == "ASSAULT" and not a.names & b.names


def anothers_word(plan: Telling, one: Telling) -> bool:
    """Does another person do what somebody without office promised of himself?"""
    private = bool(plan.actors.names) and not plan.actors.sectors & {"GOV", "MIL", "IGO", "LEG"}
    return private and other_person(plan.actors, one.everyone)


def at_home(plan: Telling, one: Telling) -> bool:
    """Was the visitor in his own country, while he was due in another?"""
    place, hosts = one.event.place, others(plan)
    return bool(
        str(plan.event.type) == "CONSULT" and hosts and place and place.country
        and place.country in plan.actors.codes and not one.everyone.codes & hosts
    )  # fmt: skip


def another_town(plan: Telling, one: Telling) -> bool:
    a, b = plan.event.place, one.event.place
    return bool(a and b and a.geoname and b.geoname and a.geoname != b.geoname)


def own_trip(plan: Telling, one: Telling) -> bool:
    """Another person of the planner's country calls off what is his own."""
    return bool(plan.actors.codes & one.actors.codes) and other_person(plan.actors, one.actors)


def other_person(planned: Side, told: Side) -> bool:
    return bool(planned.names and told.names and not planned.names & told.names)


def hosts(one: Telling) -> frozenset[str]:
    place = one.event.place
    return one.recipients.codes | ({place.country} if place and place.country else frozenset())


def other_hosts(plan: Telling, one: Telling) -> bool:
    """A visit with hosts of other countries than those of the visit or talks planned."""
    if str(plan.event.type) != "CONSULT" or one.event.mode != "visit":
        return False
    a, b = hosts(plan), hosts(one)
    if plan.event.mode != "visit":  # the talks of two, and one of them goes to a third
        rest = plan.everyone.codes - one.actors.codes
        return bool(rest and b and not rest & one.everyone.codes and not b & (a | rest))
    if plan.actors.names & one.actors.names:
        return bool(a and b and not a & b)  # whatever country the visitor was given
    a, b = plan.recipients.codes, one.recipients.codes
    return bool(a and b and not a & one.everyone.codes and not b & plan.everyone.codes)
