"""What a later report's plain sentences make of a plan, whether an act was read in them or not.

News tells a plan's end in other words than the plan: "will visit Oslo" and "cut a ribbon in Oslo",
"will free the crew" and "the crew are home". Such a sentence is a witness when it names the plan's
parties or its matter, and tells a deed of the plan's kind (`deeds` of outcomes.toml), the visitor
at the place, most of the plan's own words, one of the words that undo, or what was not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from legation.reconcile import days
from legation.reconcile.days import days_between
from legation.reconcile.deeds import (
    EXACT,
    by_deed,
    by_matter,
    by_word,
    deed_of,
    negated,
    on_the_day,
)
from legation.reconcile.fitting import kinds_of
from legation.reconcile.outcomes import CLAUSE, UNDONE, Rule, plain, rules
from legation.reconcile.pages import Page, Remark, codes_of, names_of, parts
from legation.reconcile.telling import Telling, content, stem
from legation.reconcile.topic import (
    ECHO,
    MATTER,
    Tie,
    calls,
    elsewhere,
    had_begun,
    named_alike,
    of_another,
    others,
    own_noun,
    present,
    same_noun,
    shared,
    stays,
    tie_of,
    touches,
    who,
    with_another,
)
from legation.reconcile.usage import USAGE
from legation.story import Date, Outcome

REACH = 90  # days after those planned for which a sentence without a date of its own is heard
LONG = 400  # … where it has most of the plan's own words: what came late came
AFTER = 30  # days after a meeting was due, from which nothing undoes it any more
VISITED = 8  # … where the plan is a meeting: a later one is another
RECURRENT = frozenset(["ASSAULT", "MOBILIZE", "PROTEST"])  # a later one is another
_NO, _TOOK_PLACE = frozenset(USAGE.none), frozenset(USAGE.took_place)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the surest sentence of a report makes of a plan."""

    outcome: str
    score: float
    text: str = ""


NOTHING = Heard(Outcome.OPEN, 0.0)


@lru_cache(maxsize=1024)
def heard(plan: Telling, later: Page, window: Date | None, strict: bool = False) -> Heard:
    """What the surest sentence of a report says of a plan; score 0 when none does.

    `strict`: it must have more in common with the plan than who takes part.
    """
    if later.family == plan.family or not plan.published or later.published < plan.published:
        return NOTHING
    kinds = kinds_of(plan)
    found = (
        _heard(plan, later, one, window, kinds)
        for one in later.remarks
        if not strict or not _adrift(plan, later, one, window, kinds)
    )
    return max(found, key=lambda said: said.score, default=NOTHING)


def _heard(
    plan: Telling, later: Page, one: Remark, window: Date | None, kinds: list[Rule]
) -> Heard:
    """A sentence, or of one with several clauses the surest that shows something done.

    "The tariffs are suspended, he wrote after their envoy had spent three days in Washington."
    """
    whole = _remarked(plan, later, one, window, kinds)
    near = who(plan, one, later.published) >= 0.8
    if whole.score > 0 or not near or not (rules().ahead.search(one.words) or negated(one.words)):
        return whole
    clauses = (_remarked(plan, later, part, window, kinds) for part in parts(one.text))
    done = [said for said in clauses if said.outcome == Outcome.KEPT]
    best = max(done, key=lambda said: said.score, default=NOTHING)
    return Heard(best.outcome, best.score, one.text)


def _remarked(
    plan: Telling, later: Page, one: Remark, window: Date | None, kinds: list[Rule]
) -> Heard:
    tie = tie_of(plan, later, one, window, calls(kinds, one.words))
    if not tie.shared and tie.who < 0.8 and not tie.noun and tie.day < 1.0:
        return NOTHING  # nothing binds it to the plan
    outcome, clause = rules().told(one.text, kinds)
    deed, denied = deed_of(one, kinds)
    if outcome in UNDONE and (
        (deed and _is_deed(clause, kinds)) or of_another(plan, plain(clause), kinds)
    ):
        outcome = ""  # "stayed away from the shafts" is what strikers do
    if clause != one.text:
        tie = tie_of(plan, later, one, window, calls(kinds, plain(clause)))
    if outcome not in UNDONE and with_another(plan, one, tie):
        return NOTHING
    kept = outcome == Outcome.KEPT  # "as it had warned that it would" looks back
    if kept and str(plan.event.type) == "THREATEN" and not (tie.noun or tie.matter >= MATTER):
        kept = bool(rules().foretold.search(one.words))
    exact = kept and tie.day >= 1.0
    on_it = exact or (tie.who > 0 and tie.day >= 1.0 and (tie.whom > 0 or outcome in UNDONE))
    if not tie.shared and tie.who < 0.8 and not (tie.noun and outcome) and not on_it:
        return NOTHING
    if tie.noun and had_begun(plan, later, one, window):
        return Heard(Outcome.KEPT, 0.5, one.text)
    if outcome in UNDONE and (score := _undone(plan, later, one, window, kinds, tie, clause)):
        if outcome == Outcome.CONTRADICTED and tie.day < 0.5:
            return NOTHING  # what did not happen on another day
        return Heard(outcome, round(score, 3), one.text)
    if away := _away(plan, one, window, tie):
        return away
    if not _timely(plan, later, one, window, tie) or (not kept and rules().ahead.search(one.words)):
        return NOTHING
    if score := _not_done(plan, one, kinds, tie, denied):
        return Heard(Outcome.CONTRADICTED, round(score, 3), one.text)
    if denied or (negated(one.words) and not kept):
        return NOTHING
    score = max(by_deed(plan, one, window, tie, deed), by_word(plan, one, tie, kept))
    if present(plan, one, later):
        score = max(score, 0.5)
    elif _nearby(plan, later, one, window, tie):
        score = max(score, 0.46)
    beside = exact and any(others(plan) & codes_of(said.text) for said in later.remarks)
    if beside and window and days_between(window.start, window.end) < EXACT:
        score = max(score, 0.46)  # "the handover took place on Tuesday, as agreed"
    if _from_there(plan, later, window, tie):
        score = max(score, 0.46)
    score = max(score, on_the_day(plan, one, window, tie, deed or kept), by_matter(plan, tie))
    return Heard(Outcome.KEPT, round(score, 3), one.text) if score else NOTHING


def _adrift(
    plan: Telling, later: Page, one: Remark, window: Date | None, kinds: list[Rule]
) -> bool:
    """Do only the parties bind the sentence to the plan, neither its matter nor its days?"""
    if str(plan.event.type) == "CONSULT" or touches(plan, one.stems):
        return False
    if named_alike(plan, one.text, kinds):
        return False
    return days.fit(days.days_of(one.text, later.published), window, plan.published) < 1.0


def _from_there(plan: Telling, later: Page, window: Date | None, tie: Tie) -> bool:
    """Does a report from the very place, on the matter, tell of the very day?"""
    place = plan.event.place
    if window is None or days_between(window.start, window.end) >= EXACT or tie.day < 1.0:
        return False
    here = place and place.name and set(names_of(place.name)) & set(names_of(later.head))
    return bool(here) and any(shared(plan, said) for said in later.remarks)


def _nearby(plan: Telling, later: Page, one: Remark, window: Date | None, tie: Tie) -> bool:
    """Is the visitor told of within the days planned, right after the place or its people?"""
    if str(plan.event.type) != "CONSULT" or window is None or rules().spoke.search(one.words):
        return False
    if tie.who < 1.0 or tie.day <= 0.2 or elsewhere(plan, one.text):
        return False
    if not window.start <= later.published <= window.end and tie.day < 1.0:
        return False
    at = later.remarks.index(one) if one in later.remarks else 0
    before = later.remarks[at - 1].text if at else later.head
    return bool(others(plan) & codes_of(before))


def _undone(
    plan: Telling, later: Page, one: Remark, window: Date | None, kinds: list[Rule], tie: Tie,
    clause: str,
) -> float:  # fmt: skip
    """How surely a sentence with words that undo speaks of the plan."""
    meeting, noun = str(plan.event.type) == "CONSULT", tie.noun
    late = window is not None and days_between(window.end, later.published) > AFTER
    own = (tie.who >= 1.0 and tie.whom >= 1.0) or tie.matter >= ECHO
    if meeting and late and not (own and rules().since.search(one.words)):
        return 0.0  # that was a later meeting
    if meeting:
        noun = noun and (tie.who >= 0.8 or same_noun(plan, clause, kinds))
    himself = bool(meeting and tie.who >= 1.0 and rules().himself.search(one.words))
    named = meeting and tie.who >= 1.0 and tie.whom >= 1.0 and bool(plan.actors.names & one.names)
    himself = himself or (named and not calls(list(rules().plans), plain(clause)))
    tied = not meeting and tie.who >= 0.6 and tie.whom >= 1.0
    back = bool(tied and rules().due.search(one.words))
    near = (tie.day >= 1.0 and tie.who > 0) or (noun and not meeting)
    back = back or bool(near and rules().passed.search(one.words))
    about = bool(noun or tie.matter >= MATTER or himself or back)
    about = about and not elsewhere(plan, one.text)
    told = tie.who >= 0.6 or tie.whom >= 1.0
    told = told or (tie.who > 0 and (noun or back or tie.matter >= ECHO))
    if not about or not told or rules().another & set(one.words.split()):
        return 0.0
    same = himself or (noun and (meeting or own_noun(plan, kinds)))
    return (
        (0.34 if himself or back else 0.28 if same else 0.2)
        + 0.15 * tie.who + 0.1 * (tie.whom + noun) + 0.3 * min(1.0, 2 * tie.matter)
    )  # fmt: skip


def _away(plan: Telling, one: Remark, window: Date | None, tie: Tie) -> Heard | None:
    """Whoever was to come was elsewhere on the day: "stayed in Rabat", "flew to Bonn instead"."""
    if str(plan.event.type) != "CONSULT" or tie.who < 0.6:
        return None
    if tie.whom >= 1.0:  # "the meeting planned for Rome was held in Bonn instead"
        moved = tie.noun and rules().moved.search(one.words)
        away = moved and rules().away["cancelled"].search(one.words)
        return Heard(Outcome.CANCELLED, 0.55, one.text) if away else None
    if tie.who < 1.0:
        return None
    if not elsewhere(plan, one.text) and not stays(plan, one):
        return None
    for outcome, phrases in rules().away.items():
        sure = (
            window is not None and days_between(window.start, window.end) < EXACT and tie.day >= 1.0
        )
        if phrases.search(one.words) and (sure or outcome == Outcome.CANCELLED):
            return Heard(outcome, 0.55, one.text)
    return None


def _not_done(
    plan: Telling, one: Remark, kinds: list[Rule], tie: Tie, denied: bool
) -> float:  # fmt: skip
    """The planned deed is denied, or the sentence with its matter says that nothing came of it."""
    if str(plan.event.type) == "CONSULT" and tie.who >= 0.5 and tie.whom >= 1.0 and tie.day >= 1.0:
        return 0.5 if rules().absent.search(one.words) else 0.0
    if denied and (tie.who >= 0.6 or tie.who * tie.matter >= 0.5 * ECHO) and tie.matter >= MATTER:
        return 0.45 + 0.3 * min(1.0, tie.matter)
    if tie.noun and tie.who >= 0.5 and tie.day >= 0.5 and _none(one, kinds):
        return 0.5  # "no rally was held"
    if str(plan.event.type) in ("CONSULT", "REJECT", "PROTEST", "ACCUSE") or tie.day < 0.5:
        return 0.0  # "no progress was made in the talks"
    if tie.matter < MATTER or tie.who < 0.5 or _shuns(plan):
        return 0.0
    for clause in CLAUSE.split(one.text):
        words = content(clause)
        if any(w in words or any(o.startswith(w) for o in words) for w in tie.shared) and (
            rules().never.search(plain(clause))
        ):
            return 0.36 + 0.1 * tie.who + 0.2 * min(1.0, tie.matter)
    return 0.0


def _none(one: Remark, kinds: list[Rule]) -> bool:
    """Is there none of what was planned: "no rally was held"?"""
    for rule in kinds:
        for found in rule.nouns.finditer(one.words) if rule.nouns else ():
            before = one.words[: found.start()].split()[-3:]
            after = one.words[found.end() :].split()[:1]
            if _NO & set(before) and _TOOK_PLACE & set(after):
                return True
    return False


def _shuns(plan: Telling) -> bool:
    """Is the plan itself to do nothing: to stay away, to stop?"""
    words = plain(plan.sentence).split()
    at = next((i for i, word in enumerate(words) if stem(word) in plan.trigger), 0)
    return bool(rules().shuns.search(" ".join(words[at : at + 5])))


def _is_deed(clause: str, kinds: list[Rule]) -> bool:
    """Are the words that undo those of a deed of this kind?"""
    _, phrase = rules().said(plain(clause))
    return any(rule.deeds and rule.deeds.fullmatch(phrase) for rule in kinds)


def _timely(plan: Telling, later: Page, one: Remark, window: Date | None, tie: Tie) -> bool:
    """The report comes on or after the days planned, and not too long after."""
    if window is None:
        return True
    meeting = str(plan.event.type) == "CONSULT"
    recurs = str(plan.event.type) in RECURRENT
    own = tie.matter >= ECHO or (tie.matter >= MATTER and tie.who >= 0.8 and not recurs)
    reach = VISITED if meeting else LONG if own else REACH
    if meeting and tie.day >= 1.0:
        reach = REACH
    if rules().early.search(one.words) and tie.day > 0:
        return True
    return window.start <= later.published and days_between(window.end, later.published) <= reach
