"""What was known on a day: happenings and plans as they stood then.

Events keep every version, so a `Filter` with `as_of` answers by itself. A happening and the fate of
a plan are written anew with each report; here they are put together again from what was known: the
events that could be seen on that day, in the happenings that they then stood in.

A day before the desk read its first event (an archive that was loaded later) means what had been
published by that day, as it is read today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from legation import reconcile
from legation.reconcile import Telling
from legation.store import asking, clock, paging, reading
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Filter
from legation.store.kept import KeptEvent, KeptHappening, Page
from legation.story import Happening

BATCH = 400  # events that are looked at in one go
SHARED = ("actor", "recipient", "party", "pair", "place", "since", "until", "text", "as_of")


def page(
    database: Database, asked: Any, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptHappening]:
    """Happenings as they stood on `asked.as_of` (a HappeningFilter), by the day of an event of
    theirs: its newest, or for "oldest" its first."""
    downwards = order != "oldest"
    after = paging.place_of(cursor)
    found: list[KeptHappening] = []
    last, seen = "", set()  # type: str, set[str]
    for batch in _walk(database, _events(asked), after, downwards):
        places = {id: event for event, id in reversed(batch) if id not in seen}
        new = [id for id in dict.fromkeys(id for _, id in batch) if id not in seen]
        seen.update(new)
        for kept in many(database, new, asked.as_of):
            if not _fits(kept, asked):
                continue
            if after and _earlier(database, asked, kept.id, after, downwards):
                continue
            if len(found) == limit:
                return Page(tuple(found), last)
            found.append(kept)
            last = f"{places[kept.id].day}~{places[kept.id].n}"
    return Page(tuple(found), "")


def stream(database: Database, asked: Any, order: str = "newest") -> Iterator[KeptHappening]:
    """All of them."""
    seen: dict[str, None] = {}
    for batch in _walk(database, _events(asked), None, order != "oldest"):
        seen |= {id: None for _, id in batch}
    for part in chunks(list(seen)):
        for kept in many(database, part, asked.as_of):
            if _fits(kept, asked):
                yield kept


def at(database: Database, id: str, as_of: str) -> KeptHappening | None:
    """One happening as it stood on a day; None when nothing was known of it yet."""
    return next(iter(many(database, [id], as_of)), None)


def many(database: Database, ids: Iterable[str], as_of: str) -> list[KeptHappening]:
    """Some happenings as they stood on a day, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    members = _members(database, wanted, as_of)
    events: dict[str, KeptEvent] = {}
    every = list(dict.fromkeys(event for named in members.values() for event in named))
    for part in chunks(every):
        asked = asking.known(database, Filter(event=tuple(part), as_of=as_of))
        events |= {kept.id: kept for kept in reading.stream(database, asked, "recorded")}
    found = []
    for id in wanted:
        told = [events[event] for event in members.get(id, ()) if event in events]
        if told:
            found.append(_together(id, told))
    return found


def outcomes(
    database: Database, plans: Mapping[str, tuple[str, str]], as_of: str
) -> dict[str, tuple[str, str]]:
    """Plan (id of its event) -> (outcome, deciding event) on a day, from what they are today."""
    if not asking.before(database, as_of):
        return _history(database, list(plans), as_of)
    deciders = {by for _, by in plans.values() if by}
    seen: set[str] = set()
    for part in chunks(sorted(deciders)):
        asked = asking.known(database, Filter(event=tuple(part), as_of=as_of))
        seen |= {kept.id for kept in reading.stream(database, asked, "recorded")}
    return {
        event: (outcome, by) if by in seen else ("open", "")
        for event, (outcome, by) in plans.items()
    }


def _history(database: Database, events: list[str], as_of: str) -> dict[str, tuple[str, str]]:
    """The last thing that the desk said of each plan by then."""
    found: dict[str, tuple[str, str]] = dict.fromkeys(events, ("open", ""))
    for part in chunks(events):
        rows = database.rows(
            "SELECT event, outcome, by_event FROM plan_history WHERE at <= ?"
            f" AND event IN ({marks(len(part))}) ORDER BY n",
            (clock.moment(as_of), *part),
        )
        found |= {event: (str(outcome), by or "") for event, outcome, by in rows}
    return found


def _events(asked: Any) -> Filter:
    """The events that a happening can be made of: who, where and when, but not what is told of
    the happening as a whole."""
    names = {item.name for item in fields(asked)}
    return Filter(**{name: getattr(asked, name) for name in SHARED if name in names})


def _walk(
    database: Database, asked: Filter, after: tuple[str, int] | None, downwards: bool
) -> Iterator[list[tuple[KeptEvent, str]]]:
    """Events and the ids of their happenings on that day, in the order of their days."""
    order, cursor = "newest" if downwards else "oldest", f"{after[0]}~{after[1]}" if after else ""
    plain = asking.known(database, asked)
    while True:
        found = reading.page(database, plain, BATCH, cursor, order)
        homes = _homes(database, found.items, asked.as_of)
        yield [(event, homes[event.id]) for event in found.items if event.id in homes]
        cursor = found.next
        if not cursor:
            return


def _homes(database: Database, events: Iterable[KeptEvent], as_of: str) -> dict[str, str]:
    """Event -> the happening that it stood in on a day."""
    kept = list(events)
    if asking.before(database, as_of):
        return {event.id: event.happening for event in kept if event.happening}
    then = clock.moment(as_of)
    found: dict[str, str] = {}
    for part in chunks([event.id for event in kept]):
        rows = database.rows(
            "SELECT m.event, h.id FROM members m JOIN happenings h ON h.n = m.happening"
            " WHERE m.since <= ? AND (m.until IS NULL OR m.until > ?)"
            f" AND m.event IN ({marks(len(part))})",
            (then, then, *part),
        )
        found |= {str(event): str(id) for event, id in rows}
    return found


def _members(database: Database, ids: list[str], as_of: str) -> dict[str, list[str]]:
    """Happening -> the events that stood in it on a day."""
    found: dict[str, list[str]] = defaultdict(list)
    then = clock.now() if asking.before(database, as_of) else clock.moment(as_of)
    for part in chunks(ids):
        rows = database.rows(
            "SELECT h.id, m.event FROM happenings h JOIN members m ON m.happening = h.n"
            " WHERE m.since <= ? AND (m.until IS NULL OR m.until > ?)"
            f" AND h.id IN ({marks(len(part))}) ORDER BY m.event",
            (then, then, *part),
        )
        for id, event in rows:
            found[str(id)].append(str(event))
    return found


def _earlier(
    database: Database, asked: Any, id: str, after: tuple[str, int], downwards: bool
) -> bool:
    """Whether a page before this one has shown the happening already."""
    mine = _members(database, [id], asked.as_of).get(id, [])
    wanted = asking.known(database, replace(_events(asked), event=tuple(mine)))
    places = [(kept.day, kept.n) for kept in reading.stream(database, wanted, "recorded")]
    return any(place >= after if downwards else place <= after for place in places)


def _fits(kept: KeptHappening, asked: Any) -> bool:
    act = kept.happening
    return (
        (not asked.type or act.type in asked.type)
        and (not asked.mode or act.mode in asked.mode)
        and (not asked.status or act.status in asked.status)
        and len(act.reports) >= asked.min_reports
        and act.independent >= asked.min_independent
        and act.confidence >= asked.min_confidence
        and (asked.disputed is None or act.disputed == asked.disputed)
        and (not asked.since or kept.last_day >= asked.since)
        and (not asked.until or "" < kept.day <= asked.until)
        and (not asked.changed_since or kept.changed >= asked.changed_since)
        and (not asked.changed_until or kept.changed <= asked.changed_until)
    )


def _together(id: str, events: list[KeptEvent]) -> KeptHappening:
    """What these events say together; the same summary that the desk writes when they come in."""
    act: Happening = reconcile.summary(id, [_telling(kept) for kept in events])
    published = [kept.published for kept in events if kept.published]
    first, last = min(published, default=""), max(published, default="")
    return KeptHappening(
        act, act.date.start if act.date else first, act.date.end if act.date else last,
        first, last, min(kept.coded for kept in events), max(kept.coded for kept in events),
        max(kept.n for kept in events),
    )  # fmt: skip


def _telling(kept: KeptEvent) -> Telling:
    return reconcile.telling(
        kept.event, kept.story, kept.copy_of or kept.story, kept.outlet, kept.published, kept.days,
        kept.sentence,
    )  # fmt: skip
