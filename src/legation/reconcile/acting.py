"""What does a later act make of a plan? Done as planned, its opposite, or what calls it off.

Which acts decide which plans stands in outcomes.toml; here is who may do them, when and to whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from legation.reconcile.days import days_between
from legation.reconcile.fitting import (
    LATE,
    does,
    doing,
    other_day,
    planned,
    subject,
)
from legation.reconcile.outcomes import Rule, plain, rules
from legation.reconcile.strangers import (
    ONE_SIDED,
    another,
    another_target,
    another_town,
    anothers_word,
    at_home,
    at_large,
    outsider,
    own_trip,
)
from legation.reconcile.telling import Telling
from legation.reconcile.topic import calls, elsewhere, named_alike, touches
from legation.story import Date, Outcome

AFTER = 30  # days after a meeting was due, from which nothing undoes it any more
SOON = 45  # days within which any fitting act of the same parties may keep a plan without a day
NEAR = 0.1  # likeness of words from which a sentence may be about the plan
ABOUT = 0.25  # … from which it is, even where the parties fit only in part
YIELDING = frozenset(["CONCEDE", "RETREAT"])  # acts that call off only what their own actor planned

Verdict = tuple[str, float]
NOTHING: Verdict = (Outcome.OPEN, 0.0)


@dataclass(frozen=True)
class Case:
    """A plan and a later event: the rules for the plan, and how well the event fits it, each 0..1.

    `fit` by its parties, `time` by its days (1: those planned), `alike` by its words.
    """

    plan: Telling
    one: Telling
    window: Date | None
    kinds: list[Rule]
    fit: float
    time: float
    alike: float

    @cached_property
    def spoken(self) -> bool:
        """Does the sentence have a noun for plans of this kind?"""
        return calls(self.kinds, plain(self.one.sentence))

    @cached_property
    def meeting(self) -> bool:
        """Is the plan a visit or talks?"""
        return str(self.plan.event.type) == "CONSULT"

    @cached_property
    def bound(self) -> bool:
        """Does it share the plan's matter, or a noun by which the plan may be called?"""
        plan, one = self.plan, self.one
        return touches(plan, one.stems) or named_alike(plan, one.sentence, self.kinds)

    @cached_property
    def same_word(self) -> bool:
        """Are both told by the same word?"""
        return bool(self.plan.trigger & self.one.trigger)

    @property
    def echo(self) -> float:
        """What the likeness of words is worth."""
        return min(1.0, 2 * self.alike)

    def overdue(self, days: int) -> bool:
        """Was the report published more than so many days after those planned?"""
        window = self.window
        return window is not None and days_between(window.end, self.one.published) > days

    def named(self, part: str, negated: bool = False) -> bool:
        """Do the rules list the act under `kept`, `off` or `broken`?"""
        event = self.one.event
        about = self.time == 1.0 or self.bound
        return any(
            act.fits(str(event.type), event.mode) and (about or not act.doubtful)
            for rule in self.kinds for act in getattr(rule, part) if act.negated == negated
        )  # fmt: skip


def by_act(case: Case) -> Verdict:
    """The later act is the planned one, its opposite, or one that calls it off."""
    status = str(case.one.event.status)
    if status == "negated":
        return _by_none(case)
    if status != "happened":
        return NOTHING
    if case.named("kept"):
        return _by_doing(case)
    if case.named("broken") and case.fit >= 0.7 and case.time > 0:
        return Outcome.CONTRADICTED, 0.35 * case.fit + 0.2 + 0.4 * case.echo
    return _by_undoing(case)


def _by_none(case: Case) -> Verdict:
    """An act that did not happen."""
    plan, one, window = case.plan, case.one, case.window
    same = one.event.type == plan.event.type
    about = case.spoken or subject(plan, one) >= ABOUT or case.same_word
    about = about or (same and one.days > 0 and case.fit * case.time == 1.0)
    if not about or other_day(one, window) or (not same and not does(plan, one)):
        return NOTHING
    if case.named("kept", negated=True) and case.time > 0:
        return Outcome.KEPT, 0.4 * case.fit + 0.3 * case.time + 0.3 * case.echo
    if not case.named("kept"):
        return NOTHING
    early = window is not None and (
        one.published < window.start
        or (one.published < window.end and bool(rules().ahead.search(plain(one.sentence))))
    )  # "will not go to Oslo this month" is told in time
    score = 0.4 * case.fit + 0.25 * case.time + 0.4 * case.echo - 0.4 * another(plan, one)
    return (Outcome.CANCELLED if early else Outcome.CONTRADICTED), score


def _by_doing(case: Case) -> Verdict:
    """An act that the rules list as the planned one."""
    plan, one, window = case.plan, case.one, case.window
    same = one.event.type == plan.event.type
    bodies = len(plan.actors.names) > 1 and not one.everyone.names
    if bodies and window and days_between(window.start, window.end) > 31:
        return NOTHING  # "the leaders will meet by August", and their officials tomorrow
    if at_home(plan, one) or another_target(plan, one) or anothers_word(plan, one):
        return NOTHING
    soon = window is not None or days_between(plan.published, one.published) <= SOON
    if not soon and not case.spoken and not doing(plan) & doing(one):
        return NOTHING
    whole = case.fit == 1.0 and soon  # months on, the two do anything
    about = case.spoken or case.alike >= NEAR or case.same_word
    if case.time <= 0 or not (about or (same and planned(plan)) or whole):
        return NOTHING
    if (not planned(plan) or str(plan.event.type) in ONE_SIDED) and not does(plan, one):
        return NOTHING
    extra = 0.1 * (one.event.mode == plan.event.mode) + 0.05 * case.spoken
    away = 0.2 * another_town(plan, one)
    return Outcome.KEPT, 0.4 * case.fit + 0.3 * case.time + 0.3 * case.echo + extra - away


def _by_undoing(case: Case) -> Verdict:
    """An act that the rules list as one that calls it off."""
    plan, one, window = case.plan, case.one, case.window
    kind = str(one.event.type)
    about = case.spoken or case.alike >= NEAR or case.same_word
    if not case.named("off") or not about or case.fit < 0.5:
        return NOTHING
    if case.meeting and (elsewhere(plan, one.sentence) or own_trip(plan, one)):
        return NOTHING
    if case.meeting and case.overdue(LATE):
        return NOTHING  # an ambassador recalled a fortnight after the summit
    if at_large(plan, one) or (window and one.days and one.first > window.end):
        return NOTHING
    if (kind == "REJECT" and outsider(plan, one)) or (kind in YIELDING and not does(plan, one)):
        return NOTHING
    return Outcome.CANCELLED, 0.35 * case.fit + 0.3 + 0.4 * case.echo
