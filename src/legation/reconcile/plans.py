"""What became of a plan, promise or threat? Later reports keep it, call it off or contradict it.

An act that is done with fitting parties within the days it was due keeps the plan; a refusal, a
withdrawal or "did not" of a later report cancels or contradicts it; a plan whose days have passed
in silence has lapsed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from legation.reconcile.match import _parties, words
from legation.reconcile.telling import Telling
from legation.story import Date, Outcome, Plan

PROMISES = frozenset(["AGREE", "THREATEN", "CONCEDE"])
GRACE = 3  # days after which a plan without news has lapsed
FOLLOWED = 400  # days for which a plan without a date is followed
ENOUGH = 0.45  # score from which a later report decides a plan; see docs/2-keep-a-desk.md
CALLED_OFF = frozenset([("REJECT", "meet"), ("SANCTION", "withdraw"), ("SANCTION", "discontinue")])


def is_plan(one: Telling) -> bool:
    """Whether an event states something to come: planned, or a promise or threat that was made."""
    status, kind = str(one.event.status), str(one.event.type)
    return status == "planned" or (status == "happened" and kind in PROMISES)


def due(one: Telling) -> Date | None:
    """The days within which a plan is to come true; None when the text tells none."""
    when = one.event.date
    if str(one.event.status) != "planned" or when is None or not one.days:
        return None
    if one.published and when.end < one.published:
        return None
    return Date(max(when.start, one.published) if one.days > 31 else when.start, when.end)


def follow(plan: Telling, later: Iterable[Telling], today: str) -> Plan:
    """The outcome of a plan, given events of stories published since, and the desk's last day.

    The surest report decides, of equally sure ones (to 0.1) the latest; so the outcome does not
    depend on the order in which reports came in.
    """
    window = due(plan)
    found = [(verdict(plan, one, window), one) for one in later]
    decisive = [
        (round(score, 1), one.published, one.id, outcome, score, one)
        for (outcome, score), one in found
        if score >= ENOUGH
    ]
    if not decisive:
        return Plan(plan.id, plan.story, window, silence(window, today))
    *_, outcome, score, by = max(decisive, key=lambda item: item[:3])
    return Plan(plan.id, plan.story, window, outcome, by.id, by.story, round(score, 3))


def verdict(plan: Telling, one: Telling, window: Date | None) -> tuple[str, float]:
    """What a later event makes of a plan, and how surely."""
    if one.family == plan.family or not _later(plan, one):  # a copy knows no more than its original
        return Outcome.OPEN, 0.0
    status, kind, mode = str(one.event.status), str(one.event.type), one.event.mode
    alike = words(plan, one)
    same_act = kind == str(plan.event.type) and str(plan.event.status) == "planned"
    if (kind, mode) in CALLED_OFF and status == "happened":
        together = _sides_meet(plan, one)
        if together > 0 and alike >= 0.1:
            return Outcome.CANCELLED, 0.35 * together + 0.3 + 0.4 * min(1.0, 2 * alike)
        return Outcome.OPEN, 0.0
    if same_act and status == "negated":
        together = _parties(plan, one)
        timely = _timely(one, window)
        score = 0.4 * together + 0.25 * timely + 0.4 * min(1.0, 2 * alike)
        return Outcome.CONTRADICTED, score if together > 0 else 0.0
    if status != "happened":
        return Outcome.OPEN, 0.0
    if same_act:
        together, timely = max(_parties(plan, one), _visit(plan, one)), _timely(one, window)
        if together <= 0 or timely <= 0:
            return Outcome.OPEN, 0.0
        fit = 0.1 if plan.event.mode == one.event.mode else 0.0
        return Outcome.KEPT, 0.4 * together + 0.3 * timely + 0.3 * min(1.0, 2 * alike) + fit
    together = _sides_meet(plan, one)
    after = one.published > plan.published
    if together > 0 and alike >= 0.4 and after and kind != str(plan.event.type):
        return Outcome.KEPT, 0.25 * together + 0.2 * _timely(one, window) + 0.7 * alike
    return Outcome.OPEN, 0.0


def _visit(plan: Telling, one: Telling) -> float:
    """A planned visit is kept by any meeting of the two sides: who is host may be told anew."""
    if str(plan.event.type) != "CONSULT":
        return 0.0
    a, b = plan.everyone.codes, one.everyone.codes
    return 0.8 if a and b and a == b else 0.0


def _sides_meet(plan: Telling, one: Telling) -> float:
    """1 when the later act has all sides of the plan, less when it names only one."""
    a, b = plan.everyone, one.everyone
    if not a.codes or not b.codes:
        return 0.7 if a.names & b.names else 0.0
    fewer = min(len(a.codes), len(b.codes))
    if len(a.codes & b.codes) < fewer:
        return 0.0
    return 1.0 if fewer > 1 or a.codes == b.codes else 0.7


def _later(plan: Telling, one: Telling) -> bool:
    """Published after the plan, or the same day; and no act that was over before it was made."""
    if not plan.published or not one.published or one.published < plan.published:
        return False
    over = one.days > 0 and one.last < plan.published
    return not over and _days(plan.published, one.published) <= FOLLOWED


def keys(one: Telling) -> list[str]:
    """Where plans and the acts that decide them meet: each pair of sides, else the one side."""
    codes = sorted(one.everyone.codes)
    if len(codes) < 2:
        return [f"{code}|" for code in codes]
    return [f"{a}|{b}" for at, a in enumerate(codes) for b in codes[at + 1 :]]


def _timely(one: Telling, window: Date | None) -> float:
    """1 within the days due, less around them or when none are known, 0 far off."""
    if window is None or not one.first:
        return 0.5
    if one.first <= window.end and window.start <= one.last:
        return 1.0
    off = _days(window.end, one.first) if one.first > window.end else _days(one.last, window.start)
    return 0.6 if off <= 2 else 0.3 if off <= 7 and not one.days else 0.0


def silence(window: Date | None, today: str) -> str:
    """What no news means: the plan is open, or has lapsed once its days are over."""
    if window is None or not today:
        return Outcome.OPEN
    last = date.fromisoformat(window.end) + timedelta(days=GRACE)
    return Outcome.LAPSED if date.fromisoformat(today) > last else Outcome.OPEN


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
