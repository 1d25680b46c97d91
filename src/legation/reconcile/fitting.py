"""How well does a later act fit a plan? By its parties, its days, its place and its words."""

from __future__ import annotations

from legation.reconcile.days import days_between
from legation.reconcile.outcomes import Rule, plain, rules
from legation.reconcile.pages import COMMON
from legation.reconcile.strangers import other_hosts, other_person
from legation.reconcile.telling import VAGUE, Telling, stem
from legation.reconcile.topic import named_alike, states, touches
from legation.story import Date

FOLLOWED = 400  # days for which a plan without a date is followed
MONTH = 31  # days
_EVERYWHERE = frozenset(map(stem, COMMON))
LATE = 7  # days by which an act may miss the days planned and still keep the plan


def sides(plan: Telling, one: Telling) -> float:
    """How well the parties of a later act fit a plan: 1 all of them, 0 none.

    A delegation keeps what its state planned; another named person of that state is a doubt.
    """
    a, b = plan.everyone, one.everyone
    if not a.codes or not b.codes:
        return 0.7 if a.names & b.names else 0.0
    shared = a.codes & b.codes
    if not shared or other_hosts(plan, one):
        return 0.0
    whole = a.codes <= b.codes or b.codes <= a.codes
    if len(shared) > 1:
        fit = 1.0 if whole else 0.8
    else:
        fit = 0.4 if not whole else 1.0 if a.codes == b.codes else 0.7
    if plan.actors.names & one.actors.names and not plan.actors.codes & one.actors.codes:
        return max(fit, 0.8)  # the person himself, whatever country he was given
    return fit * (0.8 if other_person(plan.actors, one.everyone) else 1.0)


def same_speaker(plan: Telling, one: Telling, window: Date | None) -> bool:
    """Does the same person do the same kind of thing on the days planned?"""
    same = plan.event.type == one.event.type and plan.actors.names & one.actors.names
    return bool(same) and one.days > 0 and window is not None and timely(one, window) == 1.0


def likeness(plan: Telling, one: Telling) -> float:
    """Share of the shorter sentence's content words that both have, but for states, 0..1."""
    shared = _shared(plan.stems - states(plan.sentence), one.stems - states(one.sentence))
    return min(1.0, shared + (0.1 if plan.trigger & one.trigger else 0.0))


def subject(plan: Telling, one: Telling) -> float:
    """The same but for the names of their parties."""
    named = {stem(word) for word in plan.everyone.names | one.everyone.names}
    return _shared(plan.stems - named, one.stems - named)


def _shared(one: frozenset[str], two: frozenset[str]) -> float:
    return min(1.0, len(one & two) / max(min(len(one), len(two)), 4))


def timely(one: Telling, window: Date | None, published: str = "") -> float:
    """1 within the days due, less around them or when none are known, 0 far off.

    A plan for the very day of its report may be one whose day is that of the announcement.
    """
    if window is None or not one.first:
        return 0.5
    if one.first <= window.end and window.start <= one.last:
        return 1.0
    near = days_between(one.last, window.start) <= 31 and days_between(window.end, one.first) <= 31
    if one.event.date and one.event.date.basis == "context" and near:
        return 0.5  # a day lent by a neighbour is a guess
    if one.first > window.end:
        late = days_between(window.end, one.first)
        grace = (
            2 * LATE
            if window.end == published
            else max(LATE, days_between(window.start, window.end))
        )
        return 0.6 if late <= 2 else 0.5 if late <= min(grace, 31) else 0.0
    return 0.6 if days_between(one.last, window.start) <= 2 else 0.0


def bound(plan: Telling, one: Telling, kinds: list[Rule]) -> bool:
    """Is it of the plan's very kind, or does it share the plan's matter or name?"""
    kin = plan.event.type == one.event.type and plan.event.mode == one.event.mode
    if kin and planned(plan):
        return True
    return touches(plan, one.stems) or named_alike(plan, one.sentence, kinds)


def there(plan: Telling, one: Telling) -> bool:
    """The later act takes place where the plan was to."""
    a, b = plan.event.place, one.event.place
    if b is None or not b.country:
        return False
    hosts = plan.recipients.codes | ({a.country} if a and a.country else set())
    return b.country in hosts - plan.actors.codes


def does(plan: Telling, one: Telling) -> bool:
    """Whoever promised or threatened does it, or nobody is named for it."""
    a, b = plan.actors, one.actors
    return not a.codes or not b.codes or bool(a.codes & b.codes)


def planned(plan: Telling) -> bool:
    return str(plan.event.status) == "planned"


def kinds_of(plan: Telling) -> list[Rule]:
    """The rules of outcomes.toml that are for plans of this kind."""
    event = plan.event
    return rules().of(str(event.type), event.mode, planned(plan), plain(plan.sentence))


def doing(one: Telling) -> frozenset[str]:
    """The content words of a sentence but for parties, offices and days: what is done, to what."""
    parties = (*one.event.actors, *one.event.recipients)
    words = {word for party in parties for word in party.text.split()} | one.everyone.names
    return one.stems - {stem(word) for word in words} - _EVERYWHERE


def follows(plan: Telling, one: Telling) -> bool:
    """Published after the plan, or the same day; and no act that was over before it was made."""
    if not plan.published or not one.published or one.published < plan.published:
        return False
    guessed = one.event.date is not None and one.event.date.basis == "context"
    over = one.days > 0 and one.last < plan.published and not guessed
    month = VAGUE < one.days <= MONTH
    over = over or (month and one.first < plan.published)  # "in July", of a day before
    return not over and days_between(plan.published, one.published) <= FOLLOWED


def other_day(one: Telling, window: Date | None) -> bool:
    """Did not happen, on a day that is none of those planned: that was another one."""
    undone = str(one.event.status) == "negated" and one.days == 1
    return undone and window is not None and timely(one, window) < 1
