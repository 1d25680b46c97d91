"""How is a feed? Judged by what it brought in the last day and by its last looks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legation.store import Feed, Look

ILL = ("failing", "quiet", "flood")
FAILING = 3  # looks in a row that failed before a feed counts as failing


@dataclass(frozen=True, slots=True)
class Health:
    """`state` is new, good, failing, quiet or flood; `reason` says it in words."""

    state: str
    reason: str
    added: int


def health(feed: Feed, day: Sequence[Look]) -> Health:
    """The health of a feed from its looks of the last 24 hours.

    Quiet and flood are told only against the numbers that the desk file expects, and quiet only
    of a feed that has been looked at for a whole day: too little looking is no silence.
    """
    added = sum(look.added for look in day)
    if not day:
        return Health("new", "not looked at in the last day", 0)
    if feed.failures >= FAILING:
        return Health("failing", f"{feed.failures} looks failed in a row: {feed.error}", added)
    if feed.high is not None and added > feed.high:
        return Health("flood", f"{added} new stories in a day, at most {feed.high} expected", added)
    watched = bool(feed.added) and feed.added < min(look.at for look in day)
    whole = watched and len(day) * feed.every >= 0.9 * 86_400
    if feed.low is not None and whole and added < feed.low:
        return Health("quiet", f"{added} new stories in a day, at least {feed.low} expected", added)
    trouble = f"; the last look failed: {feed.error}" if feed.failures else ""
    return Health("good", f"{added} new stories in a day{trouble}", added)
