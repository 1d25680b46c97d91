"""What does one later report's event make of a plan? Its witnesses are heard, the surest speaks.

Its act: done as planned, or the opposite (acting.py). Its words: "went ahead", "was put off",
"never came", where the sentence is about the plan. Its echo: another act told in nearly the plan's
own words shows that what was planned was done. Its presence: who acts at the place is there.
"""

from __future__ import annotations

from functools import lru_cache

from legation.reconcile.acting import ABOUT, AFTER, NOTHING, Case, Verdict, by_act
from legation.reconcile.fitting import (
    bound,
    doing,
    follows,
    kinds_of,
    likeness,
    other_day,
    same_speaker,
    sides,
    subject,
    there,
    timely,
)
from legation.reconcile.outcomes import UNDONE, plain, rules
from legation.reconcile.strangers import (
    HOSTILE,
    another,
    another_target,
    moved,
    other_person,
    overcome,
)
from legation.reconcile.telling import Telling, stem
from legation.reconcile.topic import BEGUN, calls, elsewhere, of_another, touches
from legation.story import Date, Outcome

ECHO = 0.4  # likeness from which another act shows that the planned one was done
UNSHOWN = frozenset(["REJECT", "THREATEN"])  # acts that show nothing done


@lru_cache(maxsize=8192)
def verdict(plan: Telling, one: Telling, window: Date | None, strict: bool = False) -> Verdict:
    """The outcome that a later event tells, and how surely (0: it says nothing of the plan).

    `strict`: it must have more in common with the plan than who takes part.
    """
    if one.family == plan.family or not follows(plan, one):  # a copy knows no more
        return NOTHING
    fit = sides(plan, one)
    if fit > 0 and same_speaker(plan, one, window):
        fit = max(fit, 0.7)  # "will complain to the Assembly", "denounced it in the Assembly"
    if fit <= 0 or (fit < 0.5 and subject(plan, one) < ABOUT and not there(plan, one)):
        return NOTHING
    time = timely(one, window, plan.published)
    kinds = kinds_of(plan)
    if strict and time < 1.0 and not bound(plan, one, kinds):
        return NOTHING
    return max(
        _heard(Case(plan, one, window, kinds, fit, time, likeness(plan, one))),
        key=lambda said: said[1],
    )


def _heard(case: Case) -> list[Verdict]:
    """What the witnesses say, but for those whom others refute."""
    if case.meeting and case.spoken and case.overdue(BEGUN):
        if rules().begun.search(plain(case.one.sentence)):
            return [(Outcome.KEPT, 0.6)]  # talks that are suspended had been opened
    told, act = _by_words(case), by_act(case)
    if case.time > 0 and overcome(case.one):
        told = NOTHING
    if told[0] in UNDONE and act[0] == Outcome.KEPT:
        own = _deed(case) and not moved(case.plan, case.one, case.kinds)
        return [act if own else told]
    if told[0] == Outcome.CONTRADICTED:
        return [told]
    if told[0] == Outcome.CANCELLED:
        if act[0] == Outcome.CONTRADICTED:  # "the trip is off": it did not take place
            act = Outcome.CANCELLED, act[1]
        return [told, act]
    return [told, act, _by_echo(case), _by_presence(case)]


def _by_words(case: Case) -> Verdict:
    """The sentence itself says what became of the visit, the talks, the threat."""
    plan, one, spoken = case.plan, case.one, case.spoken
    if not spoken and (case.alike < ABOUT or (case.time < 1.0 and not touches(plan, one.stems))):
        return NOTHING
    outcome, clause = rules().told(one.sentence, case.kinds)
    if clause != one.sentence:
        spoken = calls(case.kinds, plain(clause))
    if outcome in UNDONE and (
        of_another(plan, plain(clause), case.kinds)
        or (clause != one.sentence and not spoken)
        or another(plan, one)
        or other_day(one, case.window)
        or elsewhere(plan, one.sentence)
        or (case.meeting and case.overdue(AFTER))  # that was a later one
        or (other_person(plan.actors, one.everyone) and one.actors.names)
    ):
        return NOTHING
    if not outcome or case.fit < 0.5 or (outcome == Outcome.KEPT and case.time <= 0):
        return NOTHING
    score = 0.3 + 0.15 * spoken + 0.15 * case.fit + 0.4 * case.echo
    return Outcome(outcome), score - 0.2 * (1 - case.time) * (outcome == Outcome.KEPT)


def _by_echo(case: Case) -> Verdict:
    """Another act, told in the plan's words after its time had come."""
    plan, one, window = case.plan, case.one, case.window
    kind, wanted = str(one.event.type), str(plan.event.type)
    if str(one.event.status) != "happened" or kind == wanted or kind in UNSHOWN:
        return NOTHING
    if case.alike < ECHO or case.time <= 0 or one.published <= plan.published:
        return NOTHING
    if (window is not None and one.published < window.start) or another_target(plan, one):
        return NOTHING
    if rules().ahead.search(plain(one.sentence)) or (wanted in HOSTILE and kind not in HOSTILE):
        return NOTHING
    if (kind == "ACCUSE" and wanted == "THREATEN") or not doing(plan) & doing(one):
        return NOTHING  # "blamed it for the delay", "Peru thanked Chile": the names alone
    return Outcome.KEPT, 0.25 * case.fit + 0.2 * case.time + 0.7 * case.alike


def _by_presence(case: Case) -> Verdict:
    """Whoever acts in the country on the days of his visit is there."""
    plan, one, window = case.plan, case.one, case.window
    if not case.meeting or window is None or not one.days:
        return NOTHING
    present = str(one.event.status) == "happened" and plan.actors.names & one.actors.names
    met = timely(one, window) > 0.5  # "in Baku from Wednesday": also the days after
    return (Outcome.KEPT, 0.6) if present and met and there(plan, one) else NOTHING


def _deed(case: Case) -> bool:
    """The planned act is told by a verb of its own: "signed the pact that had been put off".

    Not by a noun, as plans are ("dropped its plan for sanctions"), nor by the words that undo it
    ("put its drill on hold").
    """
    one = case.one
    if one.event.type != case.plan.event.type:
        return False
    _, phrase = rules().said(plain(one.sentence))
    if one.trigger & {stem(word) for word in phrase.split()}:
        return False
    verbs = [word for word in plain(one.sentence).split() if stem(word) in one.trigger]
    return any(not calls(case.kinds, word) for word in verbs)
