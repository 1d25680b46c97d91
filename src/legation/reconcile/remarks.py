"""What a later report's plain sentences make of a plan, whether an act was read in them or not.

News tells a plan's end in other words than the plan: "will visit Oslo" and "cut a ribbon in Oslo",
"will free the crew" and "the crew are home". Such a sentence is a witness when it names the plan's
parties or its matter, and tells a deed of the plan's kind (`deeds` of outcomes.toml), the visitor
at the place, most of the plan's own words, or one of the words that undo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from legation.reconcile.outcomes import BACK, CLAUSE, Rule, plain, rules
from legation.reconcile.pages import NAME, Page, Remark, codes_of, names_of, towns_of
from legation.reconcile.telling import Side, Telling, content, stem
from legation.story import Date, Outcome

REACH = 90  # days after those planned for which a sentence without a date of its own is heard
AFTER = 30  # days after a meeting was due, from which nothing undoes it any more
VISITED = 8  # … where the plan is a meeting: a later one is another
MATTER = 0.25  # share of the plan's own words from which a sentence is about it
ECHO = 0.5  # … from which it tells the planned act itself
_IDLE = frozenset(
    stem(word)
    for word in "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december week month year day today "
    "tomorrow next end them they out off down first last new through during since until without "
    "within together once afterward too again still yet".split()
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the surest sentence of a report makes of a plan."""

    outcome: str
    score: float
    text: str = ""


NOTHING = Heard(Outcome.OPEN, 0.0)


def heard(plan: Telling, later: Page, window: Date | None) -> Heard:
    """What the surest sentence of a report says of a plan; score 0 when none does."""
    if later.family == plan.family or not plan.published or later.published < plan.published:
        return NOTHING
    kinds = rules().of(
        str(plan.event.type), plan.event.mode, str(plan.event.status) == "planned",
        _plain(plan.sentence),
    )  # fmt: skip
    found = (_remarked(plan, later, one, window, kinds) for one in later.remarks)
    return max(found, key=lambda said: said.score, default=NOTHING)


def _remarked(
    plan: Telling, later: Page, one: Remark, window: Date | None, kinds: list[Rule]
) -> Heard:
    shared = _wanted(plan) & one.stems
    outcome, clause = rules().told(one.text, kinds)
    noun = any(rule.nouns and rule.nouns.search(plain(clause)) for rule in kinds)
    who = _who(plan, one) or (
        0.5 if (shared or noun) and any(_named(plan, said) for said in later.remarks) else 0.0
    )
    if not shared and who < 0.8 and not (noun and outcome):
        return NOTHING
    matter, whom = _matter(plan, one), _whom(plan, one, later)
    if outcome in (Outcome.CANCELLED, Outcome.CONTRADICTED):
        if (
            window
            and str(plan.event.type) == "CONSULT"
            and _days(window.end, later.published) > AFTER
        ):
            return NOTHING  # that was a later meeting
        if str(plan.event.type) == "CONSULT":
            noun = noun and (who >= 0.8 or _same_noun(plan, clause, kinds))
        about = (noun or matter >= MATTER) and not elsewhere(plan, one.text)
        named = who >= 0.6 or whom >= 1.0 or (who > 0 and (noun or matter >= ECHO))
        if about and named and not (rules().another & set(one.words.split())):
            same = noun and (_own_noun(plan, kinds) or str(plan.event.type) == "CONSULT")
            score = (
                (0.28 if same else 0.2)
                + 0.15 * who
                + 0.1 * whom
                + 0.1 * noun
                + 0.3 * min(1.0, 2 * matter)
            )
            return Heard(outcome, round(score, 3), one.text)
        return NOTHING
    kept = outcome == Outcome.KEPT  # "as it had warned that it would" looks back
    if not _timely(plan, later, window) or (not kept and rules().ahead.search(one.words)):
        return NOTHING
    deed, denied = _deed(one, kinds)
    if denied and who >= 0.6 and matter >= MATTER:
        return Heard(Outcome.CONTRADICTED, 0.45 + 0.2 * min(1.0, matter), one.text)
    if denied or _negated(one.words):
        return NOTHING
    score, promised = 0.0, str(plan.event.status) != "planned"
    if deed and promised and who >= 0.8 and _GIVEN.search(one.words):
        score = 0.5  # "has paid part of the promised sum"
    deed = deed and (whom >= 0.7 or not elsewhere(plan, one.text))
    if deed and who >= 0.6 and (whom >= 0.7 or matter >= MATTER):
        score = 0.3 + 0.1 * who + 0.1 * whom + 0.2 * min(1.0, 2 * matter)
    elif deed and whom >= 1.0 and matter >= MATTER:
        score = 0.3 + 0.1 * whom + 0.2 * min(1.0, 2 * matter)
    elif deed and who >= 0.6 and window and not _others(plan) and _homely(plan):
        score = 0.46  # "the rebels' guns fell silent on Sunday"
    elif deed and who and matter >= MATTER and (noun or matter > 0.3):
        score = 0.36 + 0.1 * who + 0.15 * min(1.0, 2 * matter)
    if _present(plan, one, later):
        score = max(score, 0.5)
    if kept and who >= 0.8 and (noun or matter >= MATTER or promised):
        score = max(score, 0.3 + 0.1 * who + 0.1 * whom + 0.1 * noun + 0.2 * min(1.0, 2 * matter))
    if (
        str(plan.event.type) not in ("CONSULT", "THREATEN")
        and matter >= ECHO
        and len(shared) > 1
        and (who or whom >= 1.0)
    ):
        score = max(score, 0.3 + 0.1 * who + 0.3 * min(1.0, matter))
    return Heard(Outcome.KEPT, round(score, 3), one.text) if score else NOTHING


def _homely(plan: Telling) -> bool:
    """A kind of plan whose deeds are told by words of their own, with no other side."""
    return str(plan.event.type) == "PROTEST" or plan.event.mode in ("ceasefire", "resign")


def _same_noun(plan: Telling, clause: str, kinds: list[Rule]) -> bool:
    """Does the clause call the plan as the plan calls itself: the talks, not the summit?"""

    def called(text: str) -> set[str]:
        words = plain(text)
        return {stem(m.group()) for r in kinds if r.nouns for m in r.nouns.finditer(words)}

    own = called(plan.sentence)
    return not own or bool(own & called(clause))


def _own_noun(plan: Telling, kinds: list[Rule]) -> bool:
    """Is the plan itself told by a noun of its kind: "will drill", "a strike is called"?"""
    return any(r.nouns and any(r.nouns.search(word) for word in plan.trigger) for r in kinds)


def _matter(plan: Telling, one: Remark) -> float:
    """Share of a plan's own words that the sentence has; names and numbers count for more."""
    wanted = _wanted(plan)
    shared = wanted & one.stems
    names = {stem(word) for word in NAME.findall(plan.sentence)} & shared
    numbers = [n for n in plan.numbers & one.numbers if n.isdigit() and not _year(n)]
    counted = 2 if any(int(n) > 12 for n in numbers) else len(numbers) / 2
    return float(len(shared) + len(names) + counted) / max(len(wanted), 3)


def _who(plan: Telling, one: Remark) -> float:
    """1 when a planner is named, 0.8 his country, 0.6 what he is ("the doctors")."""
    actors = _planners(plan)
    if actors.names & one.names:
        return 1.0
    if actors.codes & codes_of(one.text):
        return 0.8
    words = {stem(w) for p in plan.event.actors for w in p.text.split() if w[:1].islower()}
    return 0.6 if words & one.stems else 0.0


def _planners(plan: Telling) -> Side:
    """Who is to do it; all parties where the text names no doer."""
    return plan.actors if plan.actors.names or plan.actors.codes else plan.everyone


def _named(plan: Telling, one: Remark) -> bool:
    actors = _planners(plan)
    return bool(actors.names & one.names or actors.codes & codes_of(one.text))


def _others(plan: Telling) -> frozenset[str]:
    """The countries other than the planners' own that a plan is about."""
    place, actors = plan.event.place, plan.actors.codes
    found = plan.recipients.codes | ({place.country} if place and place.country else set())
    found = found - actors
    if not found:
        told = {party.country for party in plan.event.source if party.country}
        found = codes_of(plan.sentence) - actors - told
    return frozenset(found)


def elsewhere(plan: Telling, sentence: str) -> bool:
    """Is the sentence about a trip, a deal with others: "called off a visit to Moscow"?"""
    names = set(names_of(sentence))
    others, here = _others(plan), codes_of(sentence) - plan.actors.codes
    if plan.recipients.names & names:
        return False
    place, towns = plan.event.place, towns_of(sentence)
    if towns and place and place.geoname and place.name:
        return not set(names_of(place.name)) & names
    return bool(others and here) and not others & here


def _whom(plan: Telling, one: Remark, later: Page) -> float:
    """1 when the other side or the place of the plan is named, 0.7 when the report is from it."""
    place, here, others = plan.event.place, codes_of(one.text), _others(plan)
    if plan.recipients.names & one.names:
        return 1.0
    if place and place.name and set(names_of(place.name)) & one.names:
        return 1.0
    if others & here or (not others and len(plan.actors.codes) > 1 and plan.actors.codes <= here):
        return 1.0
    return 0.7 if later.head and others & codes_of(later.head) else 0.0


def _present(plan: Telling, one: Remark, later: Page) -> bool:
    """The visitor by name, at the place: "cut a ribbon in Stockholm", or told from there."""
    if str(plan.event.type) != "CONSULT" or not plan.actors.names & one.names:
        return False
    if re.search(r"\bhosts?\b|\bguests?\b", one.words):
        return True
    place = plan.event.place
    hosts = (plan.recipients.codes | ({place.country} if place and place.country else set())) - (
        plan.actors.codes
    )
    towns = set(names_of(place.name)) if place and place.name else set()
    for found in re.finditer(
        r"\b(?:in|at|to|into|from|around|through|near) (?:the )?([A-Z]\S+(?: [A-Z]\S+)?)", one.text
    ):
        if set(names_of(found.group(1))) & towns or hosts & codes_of(found.group(1)):
            return True
    return bool(later.head and (set(names_of(later.head)) & towns or hosts & codes_of(later.head)))


def _deed(one: Remark, kinds: list[Rule]) -> tuple[bool, bool]:
    """Whether a deed of the kind is told, and whether one is denied."""
    done = denied = False
    for rule in kinds:
        for found in rule.deeds.finditer(one.words) if rule.deeds else ():
            before = " ".join(one.words[: found.start()].split()[-BACK:])
            if _negated(before):
                denied = True
            elif not _OPEN.search(before):
                done = True
    return done, denied and not done


_GIVEN = re.compile(r"(?<!\S)(?:agreed|announced|pledged|promised|threatened)(?!\S)")
_NOT = re.compile(
    r"(?<!\S)(?:not|n't|never|no|none|nobody|neither|nor|without|refused|failed|denied)(?!\S)"
)
_OPEN = re.compile(
    r"(?<!\S)(?:may|might|could|would|should|must|if|unless|until|to|threaten\S*|want\S*|demand\S*|urg\S*)(?!\S)"
)


def _negated(words: str) -> bool:
    return bool(_NOT.search(words))


def _timely(plan: Telling, later: Page, window: Date | None) -> bool:
    """The report comes on or after the days planned, and not too long after."""
    if window is None:
        return True
    reach = VISITED if str(plan.event.type) == "CONSULT" else REACH
    return window.start <= later.published and _days(window.end, later.published) <= reach


@lru_cache(maxsize=4096)
def _wanted(plan: Telling) -> frozenset[str]:
    """The content words of a plan but for who plans, who tells it, countries and days."""
    event = plan.event
    words = [word for party in event.recipients for word in (party.name or "").split()]
    for party in (*event.actors, *event.source):
        words += f"{party.text} {party.name or ''} {party.role or ''}".split()
    words += [word for word in NAME.findall(plan.sentence) if codes_of(word)]
    idle = {stem(word) for word in words} | _IDLE
    if str(plan.event.status) != "planned":
        return plan.stems - idle - plan.trigger  # "promised" says nothing of what was promised
    told = [clause for clause in CLAUSE.split(plan.sentence) if content(clause) & plan.trigger]
    found = content(" ".join(told)) - idle
    return found if len(found) > 1 else plan.stems - idle


def _year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


@lru_cache(maxsize=8192)
def _plain(sentence: str) -> str:
    return plain(sentence)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
