"""What does the language model make of later reports? It hears what rules can't.

News tells a plan's end in words that no list holds ("Thirty fishermen crossed the border").
The model reads the plan and a later report together (parse/sequel.py) and says of each sentence
what it tells of the plan. An answer costs more than reading the sentences did, so it is asked only
about the few reports that are likeliest to tell, and are clearly of the plan's affair; of a long
one about the sentence that most binds to the plan, with its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from legation.reconcile.affair import Limit, likeness, needed
from legation.reconcile.fitting import kinds_of
from legation.reconcile.outcomes import UNDONE, Rule, plain, rules
from legation.reconcile.pages import Page, Remark
from legation.reconcile.telling import Telling
from legation.reconcile.topic import (
    Tie,
    calls,
    elsewhere,
    had_begun,
    of_another,
    stays,
    tie_of,
)
from legation.story import Date, Outcome, Sequel

CLOSE = Limit(0.13, 0.25)  # likeness from which a report is clearly of the plan's affair
CLOSER = Limit(0.25, 0.35)  # … from which it is asked about besides another
LOOSE = 0.7  # what "kept" counts of a sentence that only the parties bind to the plan
SOON = 2  # sentences of the plan's own report, its own first, that may call it off
ASKED = 2  # reports about which the model is asked, for a plan, at most
TOLD = (Outcome.KEPT, Outcome.CANCELLED, Outcome.CONTRADICTED)


class Ask(Protocol):
    """Says what sentences published on ISO day `told` make of a plan published on day `made`.

    `above` is the headline over them, `before` what stands before the plan in its own report. The
    answer has a part for each sentence.
    """

    def __call__(
        self, plan: str, trigger: str, made: str, later: tuple[str, ...], told: str, above: str,
        before: str,
    ) -> Sequence[Sequel]: ...  # fmt: skip


class Judged(NamedTuple):
    """What a sentence of a report makes of a plan, 0..1 sure, by the model."""

    outcome: Outcome
    share: float
    page: Page
    text: str


def judged(
    plan: Telling, pages: Iterable[Page], window: Date | None, ask: Ask, own: Page | None = None
) -> Iterable[Judged]:
    """What the likeliest of later reports make of a plan, and its own if it tells of one undone.

    By its `own` report the likeness of others is known; without it all of them are close.
    """
    kinds = kinds_of(plan)
    before = own.before(plan.sentence) if own else ""
    like = {page: likeness(plan, own, page) if own else 1.0 for page in pages}
    near = [page for page in like if like[page] >= needed(CLOSE, plan, page, window)]
    heard = [
        (page, page.around(one))
        for at, (page, one) in enumerate(_likeliest(plan, near, window, kinds))
        if not at or like[page] >= needed(CLOSER, plan, page, window)
    ]
    since = own.since(plan.sentence) if own and plan.published else ()
    if own and any(rules().said(one.words)[0] in UNDONE for one in since[:SOON]):
        heard.append((own, since))  # "called off a trip due in October"
    for page, around in heard:
        says = ask(
            plan.sentence, plan.wording, plan.published, tuple(said.text for said in around),
            page.published, page.title, before,
        )  # fmt: skip
        for said, shares in zip(around, says, strict=True):
            noun = calls(kinds, said.words)
            begun = noun and had_begun(plan, page, said, window)
            loose = _loose(plan, tie_of(plan, page, said, window, noun))
            for outcome in TOLD:
                share = getattr(shares, str(outcome))
                share *= LOOSE if loose and outcome == Outcome.KEPT else 1.0
                if (page is own and outcome not in UNDONE) or (begun and outcome in UNDONE):
                    continue
                if not early(page, window):
                    yield Judged(outcome, share, page, said.text)
                elif outcome != Outcome.KEPT:
                    yield Judged(Outcome.CANCELLED, share, page, said.text)


def _loose(plan: Telling, tie: Tie) -> bool:
    """Is it only who takes part that binds the sentence to the plan, not its matter, not its day?

    Who has come is met by that alone. A treaty is no matter of a promise to resume the ferry.
    """
    if str(plan.event.type) == "CONSULT" or tie.shared or tie.day >= 1.0:
        return False
    return not tie.noun or str(plan.event.status) != "planned"


def _likeliest(
    plan: Telling, pages: Iterable[Page], window: Date | None, kinds: list[Rule]
) -> list[tuple[Page, Remark]]:
    """The reports that most binds to the plan, each with the sentence that does it."""
    if not plan.published:
        return []
    found = (
        _best(plan, page, window, kinds)
        for page in pages
        if page.family != plan.family and page.published >= plan.published
    )
    bound = sorted(filter(None, found), key=lambda item: (-item[0], *item[1:3]))
    return [(page, one) for *_, page, one in bound[:ASKED]]


def _best(
    plan: Telling, page: Page, window: Date | None, kinds: list[Rule]
) -> tuple[float, str, str, Page, Remark] | None:
    """The sentence of a report that binds most and is of no other plan, after its weight."""
    weighed = [
        (_bound(tie_of(plan, page, one, window, calls(kinds, one.words))), one)
        for one in page.remarks
    ]
    for weight, one in sorted(weighed, key=lambda item: -item[0]):
        if not _of_another(plan, one, kinds):
            return weight, page.published, page.story, page, one
    return None


def _bound(tie: Tie) -> float:
    """How much binds a sentence to a plan: its parties, its matter, its days."""
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
