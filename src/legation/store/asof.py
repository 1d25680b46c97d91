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
from dataclasses import replace

from legation import reconcile
from legation.reconcile import Telling
from legation.store import asking, clock, paging, reading
from legation.store.engine import Database, chunks, marks
from legation.store.filters import Filter
from legation.store.finding import HappeningFilter
from legation.store.kept import KeptEvent, KeptHappening, Page
from legation.story import Happening

BATCH = 400  # events that are looked at in one go
FEW = 60  # happenings that are put together in one go
SHARED = ("actor", "recipient", "party", "pair", "place", "since", "until", "text", "as_of")


def page(
    database: Database, asked: HappeningFilter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptHappening]:
    """Happenings as they stood on `asked.as_of`, by the day of an event of theirs: its newest, or
    for "oldest" its first."""
    downwards = order != "oldest"
    after = paging.place_of(cursor)
    found: list[KeptHappening] = []
    last, seen = "", set()  # type: str, set[str]
    for batch in _walk(database, _events(asked), after, downwards):
        places = {id: place for place, id in reversed(batch) if id not in seen}
        new = [id for id in dict.fromkeys(id for _, id in batch) if id not in seen]
        seen.update(new)
        for kept in (one for part in chunks(new, FEW) for one in many(database, part, asked.as_of)):
            if not _fits(kept, asked):
                continue
            if after and _earlier(database, asked, kept.id, after, downwards):
                continue
            if len(found) == limit:
                return Page(tuple(found), last)
            found.append(kept)
            day, number = places[kept.id]
            last = f"{day}~{number}"
    return Page(tuple(found), "")


def stream(
    database: Database, asked: HappeningFilter, order: str = "newest"
) -> Iterator[KeptHappening]:
    """All of them."""
    seen: dict[str, None] = {}
    for batch in _walk(database, _events(asked), None, order != "oldest"):
        seen |= {id: None for _, id in batch}
    for part in chunks(list(seen)):
        yield from (kept for kept in many(database, part, asked.as_of) if _fits(kept, asked))


def at(database: Database, id: str, as_of: str) -> KeptHappening | None:
    """One happening as it stood on a day; None when nothing was known of it yet."""
    return next(iter(many(database, [id], as_of)), None)


def many(database: Database, ids: Iterable[str], as_of: str) -> list[KeptHappening]:
    """Some happenings as they stood on a day, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    found = {kept.id: kept for kept in _unchanged(database, wanted, as_of)}
    members = _members(database, [id for id in wanted if id not in found], as_of)
    numbers = list(dict.fromkeys(n for named in members.values() for n in named))
    events = {kept.n: kept for kept in reading.by_number(database, numbers)}
    found |= {id: _together(id, [events[n] for n in named]) for id, named in members.items()}
    return [found[id] for id in wanted if id in found]


def told(database: Database, asked: HappeningFilter) -> set[tuple[int, int | None]]:
    """Row numbers of the events that fit as they were known on `asked.as_of`, and of the happening
    that each stands in today (None: a version that counts no more)."""
    plain = asking.known(database, _events(asked))
    question = asking.question(database, plain)
    found: set[tuple[int, int | None]] = set()
    for leg in question.legs:
        columns = f"{leg.event}, e.happening"
        shown, tables, where, values = asking.within(leg, question, plain, columns)
        found.update(database.rows(f"SELECT {shown} FROM {tables} WHERE {where}", values))
    return found


def _unchanged(database: Database, ids: list[str], as_of: str) -> list[KeptHappening]:
    """Those of which nothing new was learned since: they stand as they are kept."""
    from legation.store import happenings  # which asks this file for days gone by

    same, then = standing(database, as_of, "h")
    living = f"h.events > 0 AND h.merged_into IS NULL AND {same}"
    numbers: list[int] = []
    for part in chunks(ids):
        sql = f"SELECT h.n FROM happenings h WHERE h.id IN ({marks(len(part))}) AND {living}"
        numbers += [int(number) for (number,) in database.rows(sql, (*part, then))]
    return happenings.by_number(database, numbers)


def standing(database: Database, as_of: str, table: str) -> tuple[str, str]:
    """The condition that nothing new was learned of a happening since that day, so that it stood
    then as it is kept, and its value; `table`: alias of happenings or happening_pairs."""
    then, later = clock.moment(as_of), asking.before(database, as_of)
    if later:
        return f"coalesce({table}.last_published, '9999') <= ?", then[:10]
    return f"{table}.changed <= ?", then


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


def _events(asked: HappeningFilter) -> Filter:
    """The events that a happening can be made of: who, where and when, but not what is told of
    the happening as a whole."""
    return Filter(**{name: getattr(asked, name) for name in SHARED})


def _walk(
    database: Database, asked: Filter, after: paging.Place | None, downwards: bool,
    batch: int = BATCH,
) -> Iterator[list[tuple[paging.Place, str]]]:  # fmt: skip
    """Places of events and the ids of their happenings on that day, in the order of the days."""
    plain = asking.known(database, asked)
    while True:
        found = reading.by_day(database, plain, batch, after, downwards)
        stood = homes(database, [number for _, number in found], asked.as_of)
        yield [(place, stood[place[1]]) for place in found if place[1] in stood]
        if len(found) < batch:
            return
        after = found[-1]


def homes(database: Database, numbers: list[int], as_of: str) -> dict[int, str]:
    """Row number of an event -> the happening that it stood in on a day."""
    then = clock.moment(as_of)
    sql, values = (
        ("SELECT e.n, h.id FROM events e JOIN happenings h ON h.n = e.happening WHERE e.n IN ({})"),
        (),
    )  # type: str, tuple[str, ...]
    if not asking.before(database, as_of):
        sql, values = (
            (
                "SELECT e.n, h.id FROM events e JOIN members m ON m.event = e.id"
                " JOIN happenings h ON h.n = m.happening"
                " WHERE m.since <= ? AND (m.until IS NULL OR m.until > ?) AND e.n IN ({})"
            ),
            (then, then),
        )
    found: dict[int, str] = {}
    for part in chunks(numbers):
        rows = database.rows(sql.format(marks(len(part))), (*values, *part))
        found |= {int(number): str(id) for number, id in rows}
    return found


def _members(database: Database, ids: list[str], as_of: str) -> dict[str, list[int]]:
    """Happening -> the row numbers of the events that were known of it on a day."""
    then = clock.moment(as_of)
    sql, values = LOADED_LATER, (then[:10],)  # type: str, tuple[str, ...]
    if not asking.before(database, as_of):
        sql, values = THERE, (then,) * 4
    found: dict[str, list[int]] = defaultdict(list)
    for part in chunks(ids):
        for id, number in database.rows(sql.format(marks(len(part))), (*values, *part)):
            found[str(id)].append(int(number))
    return found


LOADED_LATER = (  # CROSS JOIN and + keep SQLite to the few happenings first
    "SELECT h.id, e.n FROM happenings h CROSS JOIN events e JOIN stories s ON s.n = e.story"
    " WHERE e.happening = h.n AND +e.current = 1 AND s.published <= ? AND h.id IN ({})"
    " ORDER BY e.id"
)
THERE = (
    "SELECT h.id, e.n FROM happenings h JOIN members m ON m.happening = h.n"
    " JOIN events e ON e.id = m.event"
    " WHERE m.since <= ? AND (m.until IS NULL OR m.until > ?)"
    " AND e.coded <= ? AND (e.superseded IS NULL OR e.superseded > ?) AND h.id IN ({})"
    " ORDER BY e.id"
)


def _earlier(
    database: Database, asked: HappeningFilter, id: str, after: tuple[str, int], downwards: bool
) -> bool:
    """Whether a page before this one has shown the happening already."""
    mine = _members(database, [id], asked.as_of).get(id, [])
    names = [kept.id for kept in reading.by_number(database, mine)]
    wanted = asking.known(database, replace(_events(asked), event=tuple(names)))
    places = [(kept.day, kept.n) for kept in reading.stream(database, wanted, "recorded")]
    return any(place >= after if downwards else place <= after for place in places)


def _fits(kept: KeptHappening, asked: HappeningFilter) -> bool:
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
