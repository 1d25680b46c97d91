"""What became of a plan, promise or threat? Later reports keep it, call it off or contradict it.

An act that is done with fitting parties within the days it was due keeps the plan; a refusal, a
withdrawal or "did not" of a later report cancels or contradicts it; a plan whose days have passed
in silence has lapsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from legation.reconcile.acting import Verdict
from legation.reconcile.affair import rare
from legation.reconcile.fitting import timely
from legation.reconcile.judged import TOLD, Ask, Judged, judged
from legation.reconcile.outcomes import UNDONE
from legation.reconcile.pages import COMMON, Page, codes_of, names_of
from legation.reconcile.pending import pending
from legation.reconcile.remarks import heard
from legation.reconcile.telling import BACK, Telling, content
from legation.reconcile.usage import USAGE, either
from legation.reconcile.verdict import verdict
from legation.story import Date, Outcome, Plan

PROMISES = frozenset(["AGREE", "THREATEN", "CONCEDE"])
HEARD = 400  # days after those planned for which reports are heard about a plan
GRACE = 3  # days after which a plan without news has lapsed
ALONE = 75  # days for which one side's acts are looked at when a plan tells no day
SURE = 0.6  # … from which an act on the day planned can no longer be called off
_NONE: tuple[float, str, bool, str, Outcome, float, None] = (
    0.0, "", False, "", Outcome.OPEN, 0.0, None,
)  # fmt: skip
CLEAR = 0.7  # … from which no plain sentence is asked besides, nor the model if it is kept
PLAIN = 0.9  # … from which the model is not asked if the plan is off
RULES, RATE = 0.3, 0.4  # the rules' verdict weighs RULES + RATE * score beside the shares
POOR = 4  # countries and names of a plan below which those of its whole report are sought too
SHORT = 2  # letters of a word up to which it is no name by which a report is found
FIRST = 4  # reports about its parties among which a plan is sought by them alone
LAST = either(USAGE.deadline)  # before the last day: "by Friday"
_CONDITION = re.compile(rf"\b(?:{either(USAGE.conditions)})\b")
_WILL = re.compile(rf"\b(?:{either(USAGE.will)})\b")
SECONDED = 0.2  # share from which the model hears something of a plan in a report
HEEDED = 0.3  # share from which the model alone decides a plan
ENOUGH = 0.45  # score from which a later report decides a plan; see docs/2-keep-a-desk.md


def is_plan(one: Telling) -> bool:
    """Whether an event states something to come: planned, or a promise or threat that was made.

    Of the concessions only those that are announced: "will pardon them", not "pardoned them".
    """
    status, kind = str(one.event.status), str(one.event.type)
    if status != "happened" or kind not in PROMISES:
        return status == "planned" or _conditional(one)
    return kind != "CONCEDE" or _announced(one)


@lru_cache(maxsize=4096)
def _conditional(one: Telling) -> bool:
    """Will it be done on a condition: "will lay down tools on Thursday if no offer is made"?

    The record says `possible` (codebook: Status); it is followed as a plan all the same, since who
    says "will … unless" has said what is to come. What only others say of it is their guess.
    """
    if str(one.event.status) != "possible" or not _CONDITION.search(one.sentence):
        return False
    source = one.event.source
    if source and not one.actors.codes & {party.country for party in source}:
        return False
    return bool(_WILL.search(one.sentence)) and pending(one.sentence, one.trigger)


def _planned(one: Telling) -> Telling:
    """The plan with the status that it is followed by."""
    if not _conditional(one):
        return one
    return replace(one, event=replace(one.event, status="planned"))


def _announced(one: Telling) -> bool:
    """Is a concession still to be made, by its date or the words of its sentence?"""
    when = one.event.date
    if not one.trigger or (when and one.days and one.published and when.start > one.published):
        return True  # of an act without words of its own nothing is known
    return pending(one.sentence, one.trigger)


def due(one: Telling) -> Date | None:
    """The days within which a plan is to come true; None when the text tells none."""
    when = one.event.date
    planned = str(one.event.status) == "planned" or _conditional(one)
    if not planned or when is None or not one.days:
        return None
    if one.published and when.end < one.published:
        return None
    start = max(when.start, one.published) if one.days > 31 else when.start
    if one.published and _deadline(one.sentence, when.text):
        start = min(start, one.published)
    return Date(start, when.end)


def _deadline(sentence: str, day: str) -> bool:
    """Is the day told as the last one: "by the end of June", "before Friday"?"""
    return bool(day) and bool(re.search(rf"\b(?:{LAST}) {re.escape(day)}", sentence))


def follow(
    plan: Telling, later: Iterable[Telling], today: str, pages: Iterable[Page] = (),
    ask: Ask | None = None, own: Page | None = None,
) -> Plan:  # fmt: skip
    """The outcome of a plan, given events of stories published since, and the desk's last day.

    `own` is the report that tells the plan: what stands before it there makes it understood, and
    what stands after it may already call it off. Besides the rules `ask` is heard: what the model
    thinks of the later reports that are likeliest to know (judged.py). How the two are weighed was
    chosen by totals of story groups: docs/accuracy.md.
    """
    plan = _planned(plan)
    window, pages = due(plan), tuple(pages)
    told = _by_rules(plan, list(later), window, today, pages)
    if ask is None or told.score >= (PLAIN if told.outcome in UNDONE else CLEAR):
        return told  # "shelled the town in breach of the truce"
    found = list(judged(plan, pages, window, ask, own))
    if not found:
        return told
    shares = dict.fromkeys(TOLD, 0.0)
    for one in found:
        shares[one.outcome] = max(shares[one.outcome], one.share)
    stands = told.outcome in TOLD and _seconded(told, found)
    if stands:
        shares[Outcome(told.outcome)] += RULES + RATE * told.score
    best = max(TOLD, key=shares.__getitem__)
    if stands and best == told.outcome:
        return told
    if shares[best] < HEEDED:
        return Plan(plan.id, plan.story, window, silence(window, today))
    said = max(
        (one for one in found if one.outcome == best),
        key=lambda one: (one.share, one.page.published, one.page.story, one.text),
    )
    return Plan(
        plan.id, plan.story, window, best, "", said.page.story, round(said.share, 3), said.text
    )  # fmt: skip


def _seconded(told: Plan, found: Iterable[Judged]) -> bool:
    """May the rules' verdict stand, as far as the model has read the report that they go by?

    An act stands, and so do words that undo; a sentence without an act keeps a plan only if the
    model hears something there.
    """
    heard = [one.share for one in found if one.page.story == told.by_story]
    stands = bool(told.by_event) or told.outcome in UNDONE
    return stands or not heard or max(heard) >= SECONDED


def _by_rules(
    plan: Telling, known: list[Telling], window: Date | None, today: str, pages: tuple[Page, ...]
) -> Plan:
    """The outcome by later acts and plain sentences.

    The surest report decides, of equally sure ones (to 0.1) the latest, and of its acts the one of
    the plan's own type; so the outcome does not depend on the order in which reports came in.
    """
    soon = _soon(plan, pages)
    found = [(verdict(plan, one, window, one.published > soon), one) for one in known]
    kept = [
        one.published
        for (outcome, score), one in found
        if outcome == Outcome.KEPT and score >= SURE and window and timely(one, window) == 1.0
    ]
    if kept:  # what was done on its day is not called off afterwards: that is another one
        first = min(kept)
        found = [
            (told, one) for told, one in found if told[0] not in UNDONE or one.published <= first
        ]
    found = [  # what was called off in time, and came to be later, is another
        (told, one) for told, one in found
        if told[0] != Outcome.KEPT or not _late(one, window, _off(found, window))
    ]  # fmt: skip
    called = _off(found, window, frozenset([Outcome.CANCELLED]))
    found = [  # "there were no talks": since they had been called off
        (told, one) for told, one in found
        if told[0] != Outcome.CONTRADICTED or not called or one.published < called
    ]  # fmt: skip
    done = {
        one.story for (outcome, _), one in found
        if outcome == Outcome.KEPT and one.event.type == plan.event.type
    }  # fmt: skip
    found = [  # "marched, although the police had forbidden it"
        (told, one) for told, one in found
        if told[0] != Outcome.CANCELLED or str(one.event.type) != "COERCE" or one.story not in done
    ]  # fmt: skip
    decisive = [
        (
            round(score, 1),
            one.published,
            one.event.type == plan.event.type,
            one.id,
            outcome,
            score,
            one,
        )
        for (outcome, score), one in found
        if score >= ENOUGH
    ]
    *_, outcome, score, by = max(decisive, key=lambda item: item[:4], default=_NONE)
    if by is None or score < CLEAR:
        said = _by_remarks(plan, window, pages, soon)
        if said and round(said.score, 1) > round(score, 1):
            return said
    elif outcome == Outcome.KEPT and not _names(plan, by.sentence):
        said = _by_remarks(plan, window, pages, soon)  # "he had called off his flight to Oslo"
        if said and said.outcome in UNDONE and _names(plan, said.by_sentence):
            return said
    if by is None:
        return Plan(plan.id, plan.story, window, silence(window, today))
    return Plan(plan.id, plan.story, window, outcome, by.id, by.story, round(score, 3))


def _names(plan: Telling, sentence: str) -> bool:
    """Is a person who is to do it named, or is none known by name?"""
    return not plan.actors.names or bool(plan.actors.names & set(names_of(sentence)))


def _off(
    found: Iterable[tuple[Verdict, Telling]],
    window: Date | None,
    fates: frozenset[Outcome] = UNDONE,
) -> str:
    """The first day on which a report told, while there was time, that the plan was off; ""."""
    told = [
        one.published for (outcome, score), one in found
        if window and outcome in fates and score >= SURE and one.published <= window.end
    ]  # fmt: skip
    return min(told, default="")


def _late(one: Telling, window: Date | None, off: str) -> bool:
    return window is not None and off != "" and one.published > off and one.first > window.end


def _soon(plan: Telling, pages: Iterable[Page]) -> str:
    """The day until which whatever the plan's parties do next may be what was planned.

    That of the FIRST report about all of them since; from then on they do other things besides.
    "9999" where there are no more reports.
    """
    days: dict[str, str] = {}
    for one in pages:
        named = codes_of(one.head).union(*(codes_of(said.text) for said in one.remarks))
        if one.family != plan.family and one.published >= plan.published:
            if plan.everyone.codes <= named:
                days[one.family] = min(days.get(one.family, "9999"), one.published)
    told = sorted(days.values())
    return told[FIRST - 1] if len(told) > FIRST else "9999"


def _by_remarks(
    plan: Telling, window: Date | None, pages: Iterable[Page], soon: str
) -> Plan | None:
    """What a plain sentence of a later report says; see `nearest` for its event."""
    told = [(heard(plan, one, window, one.published > soon), one) for one in pages]
    said, page = max(
        told,
        key=lambda item: (round(item[0].score, 1), item[1].published, item[1].story),
        default=(None, None),
    )
    if said is None or page is None or said.score < ENOUGH:
        return None
    return Plan(
        plan.id, plan.story, window, said.outcome, "", page.story, said.score, said.text
    )  # fmt: skip


def nearest(told: Iterable[Telling], sentence: str) -> tuple[str, bool]:
    """Id of the event of a report that is nearest to a sentence, and whether that is its own.

    "" where no act was read in the report.
    """
    words = content(sentence)
    by = max(
        told,
        key=lambda one: (_same(one.sentence, sentence), len(one.stems & words), one.id),
        default=None,
    )
    return (by.id, _same(by.sentence, sentence)) if by else ("", False)


def _same(one: str, two: str) -> bool:
    return " ".join(one.split()) == " ".join(two.split())


def pair_keys(one: Telling) -> list[str]:
    """Where plans and the acts that decide them meet: each pair of sides, or side and place."""
    place = one.event.place.country if one.event.place else None
    told = one.everyone.codes | ({place} if place else set())
    if len(told) < 2:  # "troops are to leave Eritrean soil"
        told = told | codes_of(one.sentence)
    codes = sorted(told)
    return [f"{a}|{b}" for at, a in enumerate(codes) for b in codes[at + 1 :]]


def side_keys(one: Telling) -> list[str]:
    """Where they meet when another report names other sides: each side by itself.

    Parties without a country are found by the words of their names.
    """
    codes = sorted(one.everyone.codes)
    return [f"{code}|" for code in codes] or [f"@{word}|" for word in sorted(one.everyone.names)]


def plan_keys(plan: Telling, own: Page) -> list[str]:
    """Where a plan meets reports: countries and names of its parties, place and sentence.

    One that has few also by the rare names of its whole `own` report: "the rebels are to move"
    meets the next report on the accord by who signed it.
    """
    place = plan.event.place
    codes = plan.everyone.codes | ({place.country} if place and place.country else set())
    codes = codes | codes_of(plan.sentence)
    said = {word for word in names_of(plan.sentence) if len(word) > SHORT} - COMMON
    keys = {*codes, *(f"@{word}" for word in plan.everyone.names | said)}
    if len(keys) < POOR:
        near = frozenset().union(*(one.names for one in own.remarks)) - COMMON
        keys |= {f"@{word}" for word in near if len(word) > SHORT and rare(word)}
    return sorted(keys)


def page_keys(page: Page) -> list[str]:
    """Where a report meets plans: the countries and the names in its sentences."""
    codes = {code for one in page.remarks for code in codes_of(one.text)} | codes_of(page.head)
    names = {word for one in page.remarks for word in one.names if len(word) > SHORT}
    return sorted({*codes, *(f"@{word}" for word in names - COMMON)})


def hearing(plan: Telling) -> tuple[str, str]:
    """The days of publication among which reports are heard about a plan."""
    if not plan.published:
        return "9999", "0000"
    window = due(plan)
    return plan.published, _shift(max(plan.published, window.end if window else ""), HEARD)


def waiting(page: Page) -> tuple[str, str]:
    """The days that a plan must touch for a report to be heard about it."""
    return _shift(page.published, -HEARD - BACK), page.published


def horizon(plan: Telling) -> tuple[str, str]:
    """The days among which acts of one side only may decide a plan."""
    window = due(plan)
    if not plan.published:
        return "9999", "0000"
    last = window.end if window else plan.published
    return plan.published, _shift(last, 75 if window else ALONE)


def outlook(one: Telling) -> tuple[str, str]:
    """The days that a plan must touch for an act of one of its sides to decide it."""
    if not one.first:
        return "9999", "0000"
    return _shift(one.first, -ALONE), one.published or one.last


def silence(window: Date | None, today: str) -> str:
    """What no news means: the plan is open, or has lapsed once its days are over."""
    if window is None or not today:
        return Outcome.OPEN
    last = date.fromisoformat(window.end) + timedelta(days=GRACE)
    return Outcome.LAPSED if date.fromisoformat(today) > last else Outcome.OPEN


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
