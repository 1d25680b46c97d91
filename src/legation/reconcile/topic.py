"""Is a sentence about a plan? By who is to do it, to whom or where, and what.

Another desk calls the same party by another name and tells the same matter in other words of its
family ("dismiss", "letters of dismissal"); so words are compared by their stems and beginnings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from legation.reconcile import days, kin
from legation.reconcile.outcomes import CLAUSE, Rule, plain, rules
from legation.reconcile.pages import (
    NAME,
    Page,
    Remark,
    bodies,
    codes_of,
    lands_of,
    minor_towns,
    names_of,
    ruled_by,
    town_codes,
    towns_of,
)
from legation.reconcile.telling import Side, Telling, content, stem
from legation.reconcile.usage import USAGE, either
from legation.story import Date

MATTER = 0.25  # share of the plan's own words from which a sentence is about it
BEGUN = 3  # days after talks were due, from which only talks that were held can be broken off
ECHO = 0.5  # … from which it tells the planned act itself
_DAYS = frozenset([*USAGE.weekdays, *USAGE.months]) - frozenset(
    USAGE.stop
)  # "may" is no month alone
_IDLE = frozenset(map(stem, [*_DAYS, *USAGE.idle]))
_ASIDE = re.compile(rf"\s(?=(?:{either(USAGE.asides)}) )")
_HOSTING = re.compile(rf"\b(?:{either(USAGE.hosting)})\b")
_AT = re.compile(rf"\b(?i:{either(USAGE.places)}) (?:the )?([A-Z]\S+(?: [A-Z]\S+)?)")
_GOAL = re.compile(rf"\b(?:{either(USAGE.journeys)}) (?:the )?([A-Z]\S+(?: [A-Z]\S+)?)")


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds a sentence to a plan, each 0..1: see topic.py; `day` as in days.fit.

    `noun`: the sentence, or its clause that decides, calls the plan by a noun of its kind.
    """

    who: float
    whom: float
    matter: float
    shared: frozenset[str]
    noun: bool
    day: float


def tie_of(plan: Telling, later: Page, one: Remark, window: Date | None, noun: bool) -> Tie:
    """What binds a sentence of a later report to a plan that is due in `window`."""
    by, at, share, both, day = _bonds(plan, later, one, window)
    if not by and (both or noun or day >= 1.0):
        by = 0.5 if _in_page(plan, later) else 0.0
    return Tie(by, at, share, both, noun, day)


@lru_cache(maxsize=8192)
def _bonds(
    plan: Telling, later: Page, one: Remark, window: Date | None
) -> tuple[float, float, float, frozenset[str], float]:
    """Who, whom, matter, shared words and day: asked by the rules, then before the model is."""
    both = shared(plan, one)
    day = days.fit(days.days_of(one.text, later.published), window, plan.published)
    by, at = who(plan, one, later.published), whom(plan, one, later)
    return by, at, matter(plan, one, both), both, day


def _in_page(plan: Telling, later: Page) -> bool:
    """Does the report name a planner anywhere, or is it dated from his country?"""
    return bool(planners(plan).codes & codes_of(later.head)) or any(
        named(plan, said) for said in later.remarks
    )


def calls(kinds: list[Rule], words: str) -> bool:
    """Do the words have a noun for plans of these kinds?"""
    return any(rule.nouns and rule.nouns.search(words) for rule in kinds)


def who(plan: Telling, one: Remark, published: str) -> float:
    """1 when a planner is named, 0.8 his country or its ruler, 0.6 what he is ("the doctors").

    His country alone is 0.7 where he is a person by name and all of the plan is within it.
    """
    actors = planners(plan)
    if (actors.names | _called(plan)) & one.names:
        return 1.0
    if actors.codes & codes_of(one.text):
        return 0.7 if actors.names and _at_home(plan) else 0.8
    if not actors.names and actors.codes & ruled_by(one.text, published):
        return 0.8
    words = {
        stem(w) for p in plan.event.actors for w in p.text.split()
        if w[:1].islower() or (not p.name and not p.country)
    } | {stem(w) for p in plan.event.actors for w in (p.role or "").split()}  # fmt: skip
    return 0.6 if kin.shared(frozenset(words), one.stems) else 0.0


@lru_cache(maxsize=4096)
def _at_home(plan: Telling) -> bool:
    """Is it a matter within one state, whose name then says little?"""
    codes = plan.everyone.codes | codes_of(plan.sentence)
    place = plan.event.place
    return len(codes | ({place.country} if place and place.country else set())) < 2


@lru_cache(maxsize=4096)
def _called(plan: Telling) -> frozenset[str]:
    """Names that the planners are called by, but for those of countries: "Renamo's fighters"."""
    texts = [party.text for party in plan.event.actors if not party.name]
    return frozenset(
        name for text in texts for name in names_of(text)
        if not codes_of(name.title()) and len(name) > 3
    )  # fmt: skip


def whom(plan: Telling, one: Remark, later: Page) -> float:
    """1 when the other side or the place of the plan is named, 0.7 when the report is from it."""
    place, here, away = plan.event.place, codes_of(one.text), others(plan)
    if plan.recipients.names & one.names:
        return 1.0
    if place and place.name and set(names_of(place.name)) & one.names:
        return 1.0
    if away & here or (not away and len(plan.actors.codes) > 1 and plan.actors.codes <= here):
        return 1.0
    return 0.7 if later.head and away & codes_of(later.head) else 0.0


def matter(plan: Telling, one: Remark, both: frozenset[str]) -> float:
    """Share of a plan's own words that the sentence has; names and numbers count for more."""
    names = _named_stems(plan.sentence) & both
    numbers = [n for n in plan.numbers & one.numbers if n.isdigit() and not _year(n)]
    counted = 2 if any(int(n) > 12 for n in numbers) else len(numbers) / 2
    return float(len(both) + len(names) + counted) / max(len(wanted(plan)), 3)


@lru_cache(maxsize=4096)
def _named_stems(sentence: str) -> frozenset[str]:
    return frozenset(stem(word) for word in NAME.findall(sentence))


def shared(plan: Telling, one: Remark) -> frozenset[str]:
    """Those of the plan's own words that the sentence has, or has words kin to."""
    return kin.shared(wanted(plan), one.stems)


def touches(plan: Telling, told: frozenset[str]) -> bool:
    """Do these words have one of those that tell what is planned, where it has such words?"""
    own = objects(plan)
    return not own or bool(kin.shared(own, told))


@lru_cache(maxsize=4096)
def objects(plan: Telling) -> frozenset[str]:
    """The words and towns that set what is planned apart; none in "will answer in kind"."""
    words = plain(plan.sentence)
    hollow = {stem(word) for word in rules().hollow.findall(words)}
    if str(plan.event.status) != "planned":
        hollow |= {stem(word) for word in rules().promising.findall(words)}
    towns = {stem(word) for name in minor_towns(plan.sentence) for word in name.split()}
    return (wanted(plan) | plan.trigger | towns) - hollow


def present(plan: Telling, one: Remark, later: Page) -> bool:
    """The visitor by name, at the place: "cut a ribbon in Stockholm", or told from there.

    Of a body of states any of its people: "in Malabo the heads of state of ECCAS resolved".
    """
    body = bodies(plan.actors.codes) & codes_of(one.text)
    if str(plan.event.type) != "CONSULT" or not (plan.actors.names & one.names or body):
        return False
    if _HOSTING.search(one.words):
        return True
    place = plan.event.place
    hosts = (plan.recipients.codes | ({place.country} if place and place.country else set())) - (
        plan.actors.codes
    )
    towns = set(names_of(place.name)) if place and place.name else set()
    for found in _AT.finditer(one.text):
        if set(names_of(found.group(1))) & towns or hosts & codes_of(found.group(1)):
            return True
    return bool(later.head and (set(names_of(later.head)) & towns or hosts & codes_of(later.head)))


def had_begun(plan: Telling, later: Page, one: Remark, window: Date | None) -> bool:
    """Are talks broken off some days after they were due, as only talks that were held can be?"""
    late = window is not None and days.days_between(window.end, later.published) > BEGUN
    return late and str(plan.event.type) == "CONSULT" and bool(rules().begun.search(one.words))


def with_another(plan: Telling, one: Remark, tie: Tie) -> bool:
    """Is one of the two who are to meet with a third, and nothing said of their talks?"""
    two = plan.actors.codes if str(plan.event.type) == "CONSULT" else frozenset()
    place, here = plan.event.place, codes_of(one.text)
    third = here - two - ({place.country} if place and place.country else set())
    return len(two) > 1 and len(two & here) == 1 and bool(third) and not tie.noun


def elsewhere(plan: Telling, sentence: str) -> bool:
    """Is the sentence about a trip, a deal with others: "called off a visit to Moscow"?"""
    names = set(names_of(sentence))
    away = others(plan)
    here = lands_of(sentence) - plan.actors.codes
    if plan.recipients.names & names:
        return False
    place, towns = plan.event.place, towns_of(sentence)
    if str(plan.event.type) == "CONSULT" and towns and place and place.geoname and place.name:
        return not set(names_of(place.name)) & names
    at = place.country if place and str(plan.event.type) == "CONSULT" else None
    if at and at not in here and here & town_codes(sentence):
        return True
    if away and here:
        return not away & here
    return bool(away) and _bound_elsewhere(plan, sentence, away)


def _bound_elsewhere(plan: Telling, sentence: str, away: frozenset[str]) -> bool:
    """Does somebody go to a place that is not the plan's: "a trip to Chibok", at home?"""
    goals = _GOAL.findall(sentence) if str(plan.event.type) == "CONSULT" else ()
    place = plan.event.place
    known = plan.recipients.names.union(
        names_of(plan.sentence), names_of(place.name if place and place.name else "")
    )
    return bool(goals) and all(
        not codes_of(goal) & away and not known & set(names_of(goal)) for goal in goals
    )


def stays(plan: Telling, one: Remark) -> bool:
    """Does the sentence name a place of the planner's own country, and none of the plan's?"""
    here = codes_of(one.text)
    return bool(towns_of(one.text)) and bool(here & plan.actors.codes) and not here & others(plan)


def named(plan: Telling, one: Remark) -> bool:
    """Is a planner named, or his country?"""
    actors = planners(plan)
    return bool(actors.names & one.names or actors.codes & codes_of(one.text))


def planners(plan: Telling) -> Side:
    """Who is to do it; all parties where the text names no doer."""
    return plan.actors if plan.actors.names or plan.actors.codes else plan.everyone


def others(plan: Telling) -> frozenset[str]:
    """The countries other than the planners' own that a plan is about."""
    place, actors = plan.event.place, plan.actors.codes
    found = plan.recipients.codes | ({place.country} if place and place.country else set())
    found = found - actors
    if not found:
        told = {party.country for party in plan.event.source if party.country}
        found = codes_of(plan.sentence) - actors - told
    return frozenset(found)


def same_noun(plan: Telling, clause: str, kinds: list[Rule]) -> bool:
    """Does the clause call the plan as the plan calls itself: the talks, not the summit?"""

    def called(text: str) -> set[str]:
        words = plain(text)
        return {stem(m.group()) for r in kinds if r.nouns for m in r.nouns.finditer(words)}

    own = called(plan.sentence)
    return not own or bool(own & called(clause))


def of_another(plan: Telling, words: str, kinds: list[Rule]) -> bool:
    """Do the words undo something else than the plan?

    What they name at once is another thing ("held back the ban so that talks could go on"), or they
    are the plan's own ("suspended", of one who would suspend).
    """
    _, phrase = rules().said(words)
    if {stem(w) for w in phrase.split() if len(w) > 4} & (objects(plan) | plan.trigger):
        return True
    what = rules().undone(words)
    if calls(kinds, what) or kin.shared(objects(plan), content(what)):
        return False
    return calls(list(rules().plans), what)


def named_alike(plan: Telling, sentence: str, kinds: list[Rule]) -> bool:
    """Does the sentence call a planned act by a noun of its kind, and by no other than the plan?

    A promise that uses no noun ("to resume the ferry") is not called by one ("the treaty").
    """
    planned = str(plan.event.status) == "planned"
    return planned and calls(kinds, plain(sentence)) and same_noun(plan, sentence, kinds)


def own_noun(plan: Telling, kinds: list[Rule]) -> bool:
    """Is the plan itself told by a noun of its kind: "will drill", "a strike is called"?"""
    return any(r.nouns and any(r.nouns.search(word) for word in plan.trigger) for r in kinds)


@lru_cache(maxsize=4096)
def wanted(plan: Telling) -> frozenset[str]:
    """The content words of a plan but for who plans, who tells it, countries and days."""
    event = plan.event
    words = [word for party in event.recipients for word in (party.name or "").split()]
    for party in (*event.actors, *event.source):
        words += f"{party.text} {party.name or ''} {party.role or ''}".split()
    words += [word for word in NAME.findall(plan.sentence) if codes_of(word)]
    idle = {stem(word) for word in words} | _IDLE
    if str(plan.event.status) != "planned":  # "promised" says nothing of what was promised
        return content(_ASIDE.split(plan.sentence)[0]) - idle - plan.trigger or plan.stems - idle
    told = [
        part for clause in CLAUSE.split(plan.sentence) for part in _ASIDE.split(clause)
        if content(part) & plan.trigger
    ]  # fmt: skip
    found = content(" ".join(told)) - idle
    return found if len(found) > 1 else plan.stems - idle


@lru_cache(maxsize=16384)
def states(sentence: str) -> frozenset[str]:
    """The stems of its names of states, which tell nothing of the matter."""
    return frozenset(stem(word) for word in NAME.findall(sentence) if codes_of(word))


def _year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")
