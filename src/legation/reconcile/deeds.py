"""A plain sentence that shows something done: how surely is it what was planned?

A deed of the plan's kind, a word that keeps ("as planned"), the very day, the plan's own object:
each is worth more the more of the plan's parties and matter the sentence has.
"""

from __future__ import annotations

from legation.reconcile.days import days_between
from legation.reconcile.outcomes import BACK, Rule, rules
from legation.reconcile.pages import NAME, Remark, codes_of
from legation.reconcile.telling import Telling, stem
from legation.reconcile.topic import ECHO, MATTER, Tie, elsewhere, others, touches
from legation.story import Date

EXACT = 3  # days planned at most, for a sentence of the same days to be about them
SPEECH = frozenset(["ACCUSE", "REJECT", "REQUEST", "THREATEN"])  # told to the other side, if told


def by_deed(plan: Telling, one: Remark, window: Date | None, tie: Tie, deed: bool) -> float:
    """A deed of the plan's kind is told, by one who was to do it or of what was to be done."""
    if not deed or tie.day <= 0:
        return 0.0
    score = 0.0
    retold = str(plan.event.status) != "planned" and rules().given.search(one.words)
    if retold and tie.who >= 0.8 and touches(plan, one.stems):
        score = 0.5  # "has paid part of the promised sum"
    if tie.whom < 0.7 and elsewhere(plan, one.text):
        return score
    weight = 0.2 * min(1.0, 2 * tie.matter)
    if tie.who >= 0.6 and (tie.whom >= 0.7 or tie.matter >= MATTER):
        return max(score, 0.3 + 0.1 * tie.who + 0.1 * tie.whom + weight)
    strangers = codes_of(one.text) - plan.everyone.codes - others(plan)
    if tie.whom >= 1.0 and tie.matter >= MATTER and (tie.who or not strangers):
        return max(score, 0.3 + 0.1 * tie.whom + weight)
    if tie.who >= 0.6 and window and not others(plan) and _homely(plan):
        return max(score, 0.46)  # "the rebels' guns fell silent on Sunday"
    if tie.who and tie.matter >= MATTER and (tie.noun or tie.matter > 0.3):
        return max(score, 0.36 + 0.1 * tie.who + 0.75 * weight)
    if tie.matter >= 2 * ECHO:  # "three hundred and sixty men were carried over the river"
        return max(score, 0.5)
    return score


def by_word(plan: Telling, one: Remark, tie: Tie, kept: bool) -> float:
    """A word that keeps ("as planned", "wrapped up"), of the plan's own side."""
    promised = str(plan.event.status) != "planned"
    if not kept or tie.who < 0.8 or tie.day <= 0:
        return 0.0
    if not (tie.noun or tie.matter >= MATTER or promised or tie.whom >= 1.0):
        return 0.0
    own = tie.who >= 1.0 and rules().foretold.search(one.words)  # "as it had warned it would"
    if tie.day < 1.0 and not (tie.noun or own or touches(plan, one.stems)):
        return 0.0
    weight = 0.2 * min(1.0, 2 * tie.matter)
    return 0.3 + 0.1 * (tie.who + tie.whom + tie.noun + promised) + weight


def on_the_day(plan: Telling, one: Remark, window: Date | None, tie: Tie, told: bool) -> float:
    """A sentence about the same parties on the days planned; `told`: it has a word of doing."""
    if window is None or tie.day < 1.0 or days_between(window.start, window.end) >= EXACT:
        return 0.0
    if window.end == plan.published or (tie.whom < 0.7 and elsewhere(plan, one.text)):
        return 0.0
    meeting = str(plan.event.type) == "CONSULT"
    if tie.who >= 0.5 and told and (tie.noun or tie.shared or (meeting and tie.who >= 0.6)):
        return 0.5
    if tie.who >= 0.6 and (tie.noun or tie.matter >= MATTER):
        return 0.5
    if meeting and tie.who >= 0.6 and tie.whom >= 0.7:
        return 0.0 if rules().spoke.search(one.words) and tie.who < 1.0 else 0.46
    if tie.who >= 0.8 and tie.whom >= 1.0 and str(plan.event.type) in SPEECH:
        return 0.5
    if tie.who >= 1.0 and tie.whom >= 1.0 and not rules().quarrel.search(one.words):
        return 0.46
    if (
        tie.who >= 1.0
        and not rules().spoke.search(one.words)
        and str(plan.event.type) not in SPEECH
    ):
        return 0.46
    return 0.0


def by_matter(plan: Telling, tie: Tie) -> float:
    """Another sentence in the plan's own words, or of its parties and its object."""
    meeting = str(plan.event.type) == "CONSULT" and plan.event.mode != "third-party"
    if meeting or str(plan.event.type) == "THREATEN" or tie.day <= 0:
        own = {stem(word) for word in NAME.findall(plan.sentence)} & tie.shared
        return 0.5 if meeting and len(own) > 1 and tie.whom >= 1.0 and tie.day > 0.2 else 0.0
    if tie.who >= 0.8 and {stem(word) for word in NAME.findall(plan.sentence)} & tie.shared:
        return 0.3 + 0.1 * tie.who + 0.2 * min(1.0, 2 * tie.matter)
    if tie.matter >= ECHO and len(tie.shared) > 1 and (tie.who or tie.whom >= 1.0):
        return 0.3 + 0.1 * tie.who + 0.3 * min(1.0, tie.matter)
    if tie.who >= 0.8 and tie.whom >= 1.0 and tie.matter >= 0.8 * MATTER and others(plan):
        return 0.46
    return 0.0


def _homely(plan: Telling) -> bool:
    """A kind of plan whose deeds are told by words of their own, with no other side."""
    return str(plan.event.type) == "PROTEST" or plan.event.mode in ("ceasefire", "resign")


def deed_of(one: Remark, kinds: list[Rule]) -> tuple[bool, bool]:
    """Whether a deed of the kind is told, and whether one is denied."""
    done = denied = False
    for rule in kinds:
        for found in rule.deeds.finditer(one.words) if rule.deeds else ():
            before = " ".join(one.words[: found.start()].split()[-BACK:])
            if negated(before):
                denied = True
            elif not rules().unsure.search(before):
                done = True
    return done, denied and not done


def negated(words: str) -> bool:
    """Is anything denied in these words?"""
    return bool(rules().denied.search(words))
