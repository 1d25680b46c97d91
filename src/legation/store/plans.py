"""Plans come out: what was announced, agreed or threatened, when it is due, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from legation.errors import InputError
from legation.reconcile import GRACE
from legation.store import asking, asof, clock, legs, paging, reading, stories
from legation.store.engine import Database, Row, chunks, marks
from legation.store.filters import Filter, day_of, words_of
from legation.store.frames import Table, event_row
from legation.store.kept import KeptEvent, KeptPlan, Page
from legation.story import Date, Outcome, Plan

__all__ = ["GRACE", "TABLE", "PlanFilter", "count", "decided", "page", "row", "stream"]

DUE = "coalesce(p.due_last, '9999')"  # as the index has it
COLUMNS = (  # {}: the number of the event that states the plan
    "p.event, p.due_first, p.due_last, p.outcome, p.by_event, p.score, p.decided, {},"
    f" {DUE}, p.by_story, p.by_sentence"
)
TABLE: Table = (
    ("event", "text"), ("outcome", "text"), ("due_start", "text"), ("due_end", "text"),
    ("type", "text"), ("mode", "text"), ("status", "text"), ("actors", "texts"),
    ("actor_countries", "texts"), ("recipients", "texts"), ("recipient_countries", "texts"),
    ("sources", "texts"), ("sentence", "text"), ("published", "text"), ("outlet", "text"),
    ("story", "text"), ("happening", "text"), ("by_event", "text"), ("by_story", "text"),
    ("by_sentence", "text"), ("by_published", "text"), ("score", "real"), ("decided", "text"),
)  # fmt: skip
"""Columns of a plan; docs/2-keep-a-desk.md says what each means."""


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """`outcome` words of story.Outcome; `due_since`, `due_until`: its span touches these days.

    `undated`: whether plans without a date are wanted too. `as_of`: with the outcomes known on that
    day. The rest as in `Filter`.
    """

    outcome: tuple[str, ...] = ()
    due_since: str = ""
    due_until: str = ""
    undated: bool = False
    as_of: str = ""
    events: Filter | None = None

    @classmethod
    def of(cls, **asked: Any) -> PlanFilter:
        """A filter from loose values; InputError on an unknown one."""
        own = {name: asked.pop(name) for name in [f.name for f in fields(cls)] if name in asked}
        outcome = own.pop("outcome", ())
        words = words_of(outcome)
        for word in words:
            if word not in [str(item) for item in Outcome]:
                raise InputError(f"outcome {word!r} is none of {', '.join(Outcome)}")
        for name in ("due_since", "due_until"):
            day_of(name, own.get(name, ""))
        asked = {name: value for name, value in asked.items() if value or value is False}
        if own.get("as_of"):
            asked["as_of"] = own["as_of"]
        return cls(outcome=words, **own, events=Filter.of(**asked) if asked else None)


def page(database: Database, asked: PlanFilter, limit: int, cursor: str = "") -> Page[KeptPlan]:
    """Plans by the day on which they are due, soonest first; those without one at the end."""
    if not asked.as_of:
        return _page(database, asked, limit, cursor)
    if asked.outcome == ("open",):  # what was due before this day had lapsed
        over = clock.shifted(clock.moment(asked.as_of)[:10], -GRACE)
        every = asked.undated or not (asked.due_since or asked.due_until)
        asked = replace(asked, due_since=max(asked.due_since, over), undated=every)
    found: list[KeptPlan] = []
    most = max(limit, 100) if asked.outcome else limit  # outcomes are known only once it is read
    while True:
        part = _page(database, replace(asked, outcome=()), most, cursor)
        found += [
            kept for kept in _as_known(database, part.items, asked.as_of)
            if not asked.outcome or kept.plan.outcome in asked.outcome
        ]  # fmt: skip
        cursor = part.next
        if len(found) > limit or (len(found) == limit and cursor):
            last = found[limit - 1].plan
            end = last.due.end if last.due else "9999"
            return Page(tuple(found[:limit]), f"{end}~{last.event}")
        if not cursor:
            return Page(tuple(found), "")


def _as_known(database: Database, items: tuple[KeptPlan, ...], as_of: str) -> Iterator[KeptPlan]:
    """Plans with the outcome that was known on a day."""
    now = {
        kept.plan.event: (
            "open" if kept.plan.outcome == "lapsed" else str(kept.plan.outcome), kept.plan.by_event
        )
        for kept in items
    }  # fmt: skip
    then = asof.outcomes(database, now, as_of)
    other = _by_id(database, [by for event, (_, by) in then.items() if by != now[event][1] and by])
    over = clock.shifted(clock.moment(as_of)[:10], -GRACE)
    for kept in items:
        outcome, by = then[kept.plan.event]
        decider = kept.by if by == kept.plan.by_event else other.get(by)
        due = kept.plan.due.end if kept.plan.due else None
        plan = replace(
            kept.plan, outcome=Outcome(_lapsed(outcome, due, over)), by_event=by,
            by_story=decider.story if decider else "", score=kept.plan.score if by else 0.0,
        )  # fmt: skip
        yield replace(kept, plan=plan, by=decider if by else None)


def _page(database: Database, asked: PlanFilter, limit: int, cursor: str = "") -> Page[KeptPlan]:
    tables, where, values = _question(database, asked)
    number = "e.n" if _live(database, asked) else "p.number"
    if cursor:
        day, _, event = cursor.partition("~")
        where += f" AND ({DUE}, p.event) > (?, ?)"
        values = (*values, day, event)
    rows = database.rows(
        f"SELECT {COLUMNS.format(number)} FROM {tables} WHERE {where}"
        f" ORDER BY {DUE}, p.event LIMIT ?",
        (*values, paging.checked(limit) + 1),
    )
    shown = rows[:limit]
    more = f"{shown[-1][8]}~{shown[-1][0]}" if len(rows) > limit else ""
    return Page(_plans(database, shown), more)


def decided(database: Database, since: str, limit: int) -> tuple[KeptPlan, ...]:
    """Plans whose fate a story published since that day told, newest such story first."""
    rows = database.rows(
        f"SELECT {COLUMNS.format('p.number')} FROM stories b CROSS JOIN plans p"
        " WHERE p.by_story = b.n"
        f" AND {stories.day('b')} >= ? AND p.outcome <> 'open'"
        f" ORDER BY {stories.day('b')} DESC, b.n DESC LIMIT ?",
        (since, limit),
    )
    return _plans(database, rows)


def decided_then(database: Database, since: str, limit: int, as_of: str) -> tuple[KeptPlan, ...]:
    """The same as was known on a day."""
    then, later = clock.moment(as_of), asking.before(database, as_of)
    ids = [str(row[0]) for row in (
        database.rows(
            "SELECT p.event FROM stories b CROSS JOIN plans p WHERE p.by_story = b.n"
            f" AND {stories.day('b')} BETWEEN ? AND ? AND p.outcome <> 'open'"
            f" ORDER BY {stories.day('b')} DESC, b.n DESC LIMIT ?",
            (since, then[:10], 2 * limit),
        )
        if later
        else database.rows(
            "SELECT event FROM plan_history WHERE at BETWEEN ? AND ? AND outcome <> 'open'"
            " GROUP BY event ORDER BY max(n) DESC LIMIT ?",
            (since, then, 4 * limit),
        )
    )]  # fmt: skip
    rows = database.rows(
        f"SELECT {COLUMNS.format('p.number')} FROM plans p WHERE p.number IS NOT NULL"
        f" AND p.event IN ({marks(len(ids)) or 'NULL'})",
        tuple(ids),
    )
    known = _as_known(database, _plans(database, rows), as_of)
    told = [(kept.by.published, kept.by.n, kept) for kept in known if kept.by]
    told.sort(key=lambda one: one[:2], reverse=True)
    return tuple(kept for published, _, kept in told[:limit] if published >= since)


def _plans(database: Database, rows: list[Row]) -> tuple[KeptPlan, ...]:
    over = _over(database)
    stated = _events(database, [int(row[7]) for row in rows])
    deciding = _by_id(database, [row[4] for row in rows if row[4]])
    by = _story_ids(database, [int(row[9]) for row in rows if row[9] is not None])
    return tuple(
        KeptPlan(
            Plan(
                event=row[0], story=stated[int(row[7])].story,
                outcome=_lapsed(row[3], row[2], over), by_event=row[4] or "",
                due=Date(row[1], row[2] or row[1]) if row[1] else None,
                by_story=by.get(row[9], ""), score=row[5], by_sentence=row[10] or "",
            ),
            stated[int(row[7])],
            _told(deciding.get(row[4] or ""), row[10]),
            row[6],
        )
        for row in rows
    )  # fmt: skip


def _told(by: KeptEvent | None, sentence: str | None) -> KeptEvent | None:
    """The deciding event, with the sentence that decided where that is not its own."""
    return replace(by, sentence=sentence) if by and sentence else by


def stream(database: Database, asked: PlanFilter) -> Iterator[KeptPlan]:
    """All of them."""
    return paging.all_of(lambda n, cursor: page(database, asked, n, cursor), 500)


def count(database: Database, asked: PlanFilter) -> int:
    """How many there are."""
    if asked.as_of:
        return sum(1 for _ in stream(database, asked))
    tables, where, values = _question(database, asked)
    return int(database.rows(f"SELECT count(*) FROM {tables} WHERE {where}", values)[0][0])


def row(kept: KeptPlan) -> dict[str, Any]:
    """One plan as a flat row of `TABLE`."""
    plan, by = kept.plan, kept.by
    told = event_row(kept.event)
    own = {
        "event": plan.event, "outcome": plan.outcome,
        "due_start": plan.due.start if plan.due else None,
        "due_end": plan.due.end if plan.due else None, "by_event": plan.by_event or None,
        "by_story": plan.by_story or None,
        "by_sentence": by.sentence if by else plan.by_sentence or None,
        "by_published": by.published if by else None, "score": plan.score, "decided": kept.decided,
    }  # fmt: skip
    return {name: own[name] if name in own else told[name] for name, _ in TABLE}


def _question(database: Database, asked: PlanFilter) -> tuple[str, str, tuple[Any, ...]]:
    """Tables, WHERE and values: from the few events of a filter to their plans, else along the
    plans in order, each event asked whether it fits."""
    where, values = _conditions(database, asked)
    if not asked.events:
        return "plans p", where, tuple(values)
    if _live(database, asked):  # the version of that day
        fit, more = asking.condition(database, asked.events)
        link = f"e.id = p.event AND s.n = e.story AND {where} AND {fit}"
        return "plans p CROSS JOIN events e CROSS JOIN stories s", link, (*values, *more)
    events = asking.known(database, asked.events)
    way = legs.way(database, events)
    if way.used and legs.size(database, way, events) < legs.COUNTED:
        fit, more = asking.conditions(database, events, way.used)
        if found := asking.walked(asking.Question(way.legs, fit, more), events):
            inner, given = found
            return (
                f"({inner}) m CROSS JOIN plans p",
                f"p.number = m.n AND {where}",
                (*given, *values),
            )
        inner, given = asking.numbers_of(way.legs, events)
        tables = f"({inner}) m CROSS JOIN plans p CROSS JOIN events e"
        link, values = "p.number = m.n AND e.n = p.number", [*given, *values, *more]
    else:
        fit, more = asking.conditions(database, events)
        tables, link, values = "plans p CROSS JOIN events e", "e.n = p.number", [*values, *more]
    if "stories s" in asking.tables(fit):
        tables, link = f"{tables} CROSS JOIN stories s", f"{link} AND s.n = e.story"
    return tables, f"{link} AND {where} AND {fit}", tuple(values)


def _live(database: Database, asked: PlanFilter) -> bool:
    """Whether it is asked what a desk that was reading then had kept on that day."""
    return bool(asked.as_of) and not asking.before(database, asked.as_of)


def _conditions(database: Database, asked: PlanFilter) -> tuple[str, list[Any]]:
    where: list[str] = ["p.number IS NOT NULL"]
    values: list[Any] = []
    if asked.outcome:
        stored = [word for word in asked.outcome if word not in ("open", "lapsed")]
        tests = [f"p.outcome IN ({marks(len(stored))})"] if stored else []
        values += stored
        for word, sign in (("open", ">="), ("lapsed", "<")):
            if word in asked.outcome:  # undated plans sort, and stay open, for ever
                tests.append(f"p.outcome = 'open' AND {DUE} {sign} ?")
                values.append(_over(database))
        where.append("(" + " OR ".join(f"({test})" for test in tests) + ")")
    if asked.due_since:
        where.append(f"{DUE} >= ?")
        values.append(asked.due_since)
    if asked.due_until:
        undated = " OR p.due_first IS NULL" if asked.undated else ""
        where.append(f"(p.due_first <= ?{undated})")
        values.append(asked.due_until)
        if not asked.undated:
            where.append(f"{DUE} <= ?")
            values.append(clock.shifted(asked.due_until, legs.LONGEST_SPAN))
    if (asked.due_since or asked.due_until) and not asked.undated:
        where.append("p.due_first IS NOT NULL")
    return " AND ".join(where), values


def _over(database: Database) -> str:
    """Plans due before this day have lapsed if nothing was heard of them."""
    last = database.rows("SELECT max(published) FROM stories")[0][0]
    if not last:
        return ""
    return clock.shifted(last, -GRACE)


def _lapsed(outcome: str, due: str | None, over: str) -> str:
    return str(Outcome.LAPSED) if outcome == "open" and due and due < over else outcome


def _events(database: Database, numbers: list[int]) -> dict[int, KeptEvent]:
    return {event.n: event for event in reading.by_number(database, numbers)}


def _story_ids(database: Database, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(list(dict.fromkeys(numbers))):
        sql = f"SELECT n, id FROM stories WHERE n IN ({marks(len(part))})"
        found |= {int(n): str(id) for n, id in database.rows(sql, tuple(part))}
    return found


def _by_id(database: Database, ids: list[str]) -> dict[str, KeptEvent]:
    if not ids:
        return {}
    found = reading.page(database, Filter(event=tuple(dict.fromkeys(ids))), 10_000).items
    return {event.id: event for event in found}
