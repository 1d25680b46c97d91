"""What does the language model make of the sentences of later reports? It hears what rules can't.

News tells a plan's end in words that no list holds ("Thirty fishermen crossed the border").
The model reads the plan and one later sentence together (parse/sequel.py). An answer costs more
than reading the sentence did, so it is asked only about the few that are likeliest to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from legation.reconcile.outcomes import UNDONE, Rule, plain, rules
from legation.reconcile.pages import Page, Remark
from legation.reconcile.telling import Telling
from legation.reconcile.topic import Tie, calls, elsewhere, of_another, stays, tie_of
from legation.story import Date, Outcome, Sequel

ASKED = 3  # sentences about which the model is asked, for a plan, at most
BOUND = 1.0  # what must bind a sentence to a plan at least, for it to be asked about
TOLD = (Outcome.KEPT, Outcome.CANCELLED, Outcome.CONTRADICTED)


class Ask(Protocol):
    """Says what a sentence published on ISO day `told` makes of a plan published on day `made`.

    `before` is what stands before it in its report, by which "he" is understood.
    """

    def __call__(
        self, plan: str, trigger: str, made: str, later: str, told: str, before: str
    ) -> Sequel: ...


class Judged(NamedTuple):
    """What a sentence of a report makes of a plan, 0..1 sure, by the model."""

    outcome: Outcome
    share: float
    page: Page
    text: str


def judged(plan: Telling, pages: Iterable[Page], window: Date | None, ask: Ask) -> Iterable[Judged]:
    """What the likeliest sentences of later reports make of a plan."""
    for page, one in _likeliest(plan, pages, window):
        says = ask(
            plan.sentence, plan.wording, plan.published, one.text, page.published, one.before
        )
        for outcome in TOLD:
            share = getattr(says, str(outcome))
            if not early(page, window):
                yield Judged(outcome, share, page, one.text)
            elif outcome != Outcome.KEPT:
                yield Judged(Outcome.CANCELLED, share, page, one.text)


def _likeliest(
    plan: Telling, pages: Iterable[Page], window: Date | None
) -> list[tuple[Page, Remark]]:
    """The sentences that most binds to the plan: its parties, its matter, its days."""
    if not plan.published:
        return []
    kinds = rules().of(
        str(plan.event.type), plan.event.mode, str(plan.event.status) == "planned",
        plain(plan.sentence),
    )  # fmt: skip
    bound = [
        (weight, page, one)
        for page in pages
        if page.family != plan.family and page.published >= plan.published
        for one in page.remarks
        if (weight := _bound(tie_of(plan, page, one, window, calls(kinds, one.words)))) >= BOUND
        and not _of_another(plan, one, kinds)
    ]
    bound.sort(key=lambda item: (-item[0], item[1].published, item[2].text))
    return [(page, one) for _, page, one in bound[:ASKED]]


def _bound(tie: Tie) -> float:
    """How much binds a sentence to a plan."""
    exact = tie.day >= 1.0
    return tie.who + tie.whom + 2 * min(1.0, 2 * tie.matter) + 0.5 * exact + 0.3 * tie.noun


def _of_another(plan: Telling, one: Remark, kinds: list[Rule]) -> bool:
    """Do the rules know it for another trip, another deal, another thing called off?"""
    if elsewhere(plan, one.text) or (str(plan.event.type) == "CONSULT" and stays(plan, one)):
        return True
    outcome, clause = rules().told(one.text, kinds)
    return outcome in UNDONE and of_another(plan, plain(clause), kinds)


def early(page: Page, window: Date | None) -> bool:
    """Is the report of before the days planned? Nothing is done yet then, but may be off."""
    return window is not None and page.published < window.start
