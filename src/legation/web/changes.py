"""What changed? The happenings that the newest stories tell, and what became of plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from legation.store import Desk, KeptEvent, KeptHappening, KeptPlan
from legation.web.accounts import accounts
from legation.web.looks import pair_of
from legation.web.speech import QUAD

YEAR = 365  # days ahead in which plans are looked for
MOST_STORIES, MOST_HAPPENINGS = 120, 120
WEIGHT = {
    "material-conflict": 3.0, "material-cooperation": 2.5, "verbal-conflict": 1.5,
    "verbal-cooperation": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A happening, `new` or told again, with the new event that speaks for it, one of a report that
    says otherwise, and how many are new."""

    kept: KeptHappening
    lead: KeptEvent
    other: KeptEvent | None
    new: bool
    reports: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What the stories from `since` to `newest` brought; `stories` of them were looked at."""

    since: str
    newest: str
    stories: int
    whole: bool
    changes: tuple[Change, ...]
    pairs: tuple[tuple[str, int], ...]
    decided: tuple[KeptPlan, ...]
    coming: tuple[KeptPlan, ...]

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Addresses of what is asked first, and what they answer, for the same days."""
        return (
            (f"/events?status=negated&published_since={self.since}", "Denied, and by whom"),
            (f"/happenings?disputed=true&changed_since={self.since}", "Disputed accounts"),
            (f"/calendar?due_since={self.newest}&due_until={_plus(self.newest, 7)}",
             "Due within a week"),
            (f"/stories?copied=true&since={self.since}", "Copies, and of what"),
        )  # fmt: skip


def changes(desk: Desk, days: int, most: int = 40, then: str = "") -> Changes:
    """What the last `days` before the newest story brought, weightiest first.

    `then`: as was known on that day, counted from it.
    """
    first, last = desk.span()
    newest = min(max(then or last, first), last)
    known = {"as_of": then} if then else {}
    if not newest:
        return Changes("", "", 0, True, (), (), (), ())
    since = _plus(newest, 1 - days)
    page = desk.stories(since=since, until=newest).page(MOST_STORIES)
    ids = [kept.id for kept in page.items]
    told = desk.events("changed", story=ids, **known).page(400).items if ids else ()
    found = _changes(desk, told, since, then)
    ranked = sorted(found, key=_weight, reverse=True)[:most]
    pairs = Counter(pair for one in found if (pair := pair_of(one.kept.happening)))
    coming = desk.plans(outcome="open", due_since=newest, due_until=_plus(newest, YEAR), **known)
    return Changes(
        since, newest, len(ids), not page.next, tuple(ranked), tuple(pairs.most_common(8)),
        desk.decided(since, 8, then),
        _once(coming.page(40).items)[:8],
    )  # fmt: skip


def _changes(desk: Desk, told: Iterable[KeptEvent], since: str, then: str) -> list[Change]:
    groups: dict[str, list[KeptEvent]] = {}
    for event in told:
        if event.happening:
            groups.setdefault(event.happening, []).append(event)
    found: list[Change] = []
    acts = desk.happenings_of(list(groups)[:MOST_HAPPENINGS], then)
    disputed = _told_of(desk, [kept.id for kept in acts if kept.happening.disputed], then)
    for kept in acts:
        told_now = groups[kept.id]
        if (both := accounts(kept, told_now, disputed.get(kept.id, ()))) is not None:
            reports = len({one.story for one in told_now})
            new = kept.first_published >= since
            found.append(Change(kept, both.lead, both.other, new, reports))
    return found


def _told_of(desk: Desk, happenings: list[str], then: str) -> dict[str, list[KeptEvent]]:
    """All that is told of some happenings."""
    found: dict[str, list[KeptEvent]] = {}
    if happenings:
        known = {"as_of": then} if then else {}
        for event in desk.events("recorded", happening=happenings, **known).page(1000).items:
            found.setdefault(event.happening, []).append(event)
    return found


def _once(plans: Iterable[KeptPlan]) -> tuple[KeptPlan, ...]:
    """One plan for each act that several reports announce, told by an original if there is one."""
    found: dict[str, KeptPlan] = {}
    for kept in plans:
        act = kept.event.happening or kept.plan.event
        if act not in found or (found[act].event.copy_of and not kept.event.copy_of):
            found[act] = kept
    return tuple(found.values())


def _weight(change: Change) -> tuple[float, str, str]:
    act = change.kept.happening
    weight = WEIGHT.get(QUAD.get(act.type, ""), 1.0) * act.confidence * (1 + act.independent) ** 0.5
    weight *= 1.6 if act.disputed else 1.0
    weight *= {"happened": 1.0, "planned": 0.8, "negated": 0.7}.get(act.status, 0.5)
    return round(weight, 4), change.kept.last_published, change.kept.id


def _plus(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
