"""The face of the store: one desk, all that can be put into it and asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

from legation.errors import InputError, StoreError
from legation.store import (
    asking,
    asof,
    checking,
    counting,
    facets,
    feeds,
    finding,
    frames,
    happenings,
    keys,
    plans,
    reading,
    rereading,
    reviewing,
    stories,
    version,
)
from legation.store.engine import Database, Row
from legation.store.feeds import Feed, Heartbeat, Look
from legation.store.filters import Filter
from legation.store.finding import HappeningFilter
from legation.store.frames import Result
from legation.store.gathering import Gatherer
from legation.store.kept import (
    Added,
    Hit,
    KeptEvent,
    KeptHappening,
    KeptPlan,
    KeptProblem,
    KeptStory,
    Page,
    Review,
)
from legation.store.plans import PlanFilter
from legation.store.writing import Writer
from legation.story import Problem, Story

T = TypeVar("T")


class Desk:
    """Stories, events, happenings and plans of one database. Safe to use from several threads.

    Filters are those of `Filter` (events) and `HappeningFilter`, given by name:
    `desk.events(actor="CHN", recipient="PRK", since="2017-11-01")`.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def url(self) -> str:
        """Where the desk is, without a password."""
        return self.database.url

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # Putting in

    def add(self, story: Story) -> Added:
        """Keep a story as read; the same story again changes nothing. InputError if unread."""
        return self.add_all((story,))[0]

    def add_all(self, batch: Iterable[Story]) -> list[Added]:
        """Keep some stories in one transaction: after a crash all of them are there, or none."""
        wanted = list(batch)
        for story in wanted:
            if not story.version:
                raise InputError("this story was never read: give it to Reader.read_story first")
        return self.database.write(lambda: self._added(wanted))

    def _added(self, batch: Sequence[Story]) -> list[Added]:
        writer = Writer(self.database)
        results = [writer.story(story) for story in batch]
        new = [number for added, number, _ in results if added.new]
        if new:
            Gatherer(self.database, writer.now).gather(new)
            version.grow(self.database)
        return [added for added, _, _ in results]

    def version(self) -> int:
        """A number that grows with everything that changes what the desk says."""
        return version.number(self.database)

    def known(self, batch: Iterable[Story]) -> set[str]:
        """Ids (`story_id`) of those of the stories, read or not, that the desk has."""
        return stories.known(self.database, [keys.story_id(story) for story in batch])

    def has_address(self, url: str) -> bool:
        """Whether the desk has a story of this web address."""
        return stories.has_address(self.database, url)

    @staticmethod
    def story_id(story: Story) -> str:
        """The id that a story has or would have on every desk."""
        return keys.story_id(story)

    def aside(self, location: str, message: str, code: str = "aside") -> None:
        """Note that nothing came of a location, or of one line of it, and why."""
        writer = Writer(self.database)
        problem = (Problem(code, message),)
        self.database.write(lambda: writer.problems(None, problem, location))

    # Events

    def events(self, order: str = "newest", **asked: Any) -> Result[KeptEvent]:
        """Events that fit the filters: "newest" or "oldest" act first, or as "recorded"."""
        base = self.database
        wanted = self._filter(**asked)
        return Result(
            lambda: reading.stream(base, wanted, order),
            lambda limit, cursor: reading.page(base, wanted, limit, cursor, order),
            lambda: reading.count(base, wanted),
            frames.event_row,
            frames.EVENTS,
        )

    def events_as(
        self, make: Callable[[Row], T], limit: int, cursor: str = "", order: str = "newest",
        **asked: Any,
    ) -> Page[T]:  # fmt: skip
        """A page of events, each made by `make` from its row (`asking.COLUMNS`): for programs that
        want many pages a second and no objects."""
        return reading.made(self.database, self._filter(**asked), limit, cursor, order, make)

    def _filter(self, **asked: Any) -> Filter:
        return asking.known(self.database, Filter.of(**asked))

    def event(self, id: str, as_of: str = "") -> KeptEvent | None:
        """One event as it counts now, or counted then."""
        return self.events(event=id, as_of=as_of).first()

    def versions(self, id: str) -> list[KeptEvent]:
        """Every version that an event has had, oldest first."""
        rows = self.database.rows("SELECT n FROM events WHERE id = ? ORDER BY n", (id,))
        return reading.by_number(self.database, [int(row[0]) for row in rows])

    def counts(self, by: str | Sequence[str], limit: int = 0, **asked: Any) -> list[dict[str, Any]]:
        """Numbers of events, stories and happenings for each value of some fields.

        `by` is one or more of counting.FIELDS ("type", "actor", "pair", "outlet", "month", …).
        """
        fields = by.split(",") if isinstance(by, str) else list(by)
        return counting.counts(self.database, self._filter(**asked), fields, limit)

    def series(
        self, by: str = "day", split: str | Sequence[str] = (), **asked: Any
    ) -> list[dict[str, Any]]:
        """The same for each "day", "week", "month" or "year", split by further fields."""
        fields = [name for name in split.split(",") if name] if isinstance(split, str) else split
        return counting.series(self.database, self._filter(**asked), by, fields)

    def tally(self, by: str, split: str = "type", **asked: Any) -> list[tuple[str, str, int]]:
        """(period, type or status, events): the bars of a chart, quick on any desk."""
        return counting.tally(self.database, self._filter(**asked), by, split)

    def facets(
        self, fields: str | Sequence[str], sample: int = facets.SAMPLE, **asked: Any
    ) -> dict[str, Any]:
        """Counts by each of some fields over the newest `sample` events only, quick on any desk."""
        names = fields.split(",") if isinstance(fields, str) else fields
        return facets.facets(self.database, self._filter(**asked), names, sample)

    # Happenings

    def happenings(self, order: str = "newest", **asked: Any) -> Result[KeptHappening]:
        """Happenings that fit the filters: "newest" or "oldest" first, or as last "changed".

        With `as_of` they are as they stood on that day.
        """
        wanted = HappeningFilter.of(**asked)
        base = self.database
        if wanted.as_of:
            return Result(
                lambda: asof.stream(base, wanted, order),
                lambda limit, cursor: asof.page(base, wanted, limit, cursor, order),
                lambda: sum(1 for _ in asof.stream(base, wanted, order)),
                happenings.row,
                happenings.TABLE,
            )
        return Result(
            lambda: happenings.stream(base, wanted, order),
            lambda limit, cursor: happenings.page(base, wanted, limit, cursor, order),
            lambda: finding.count(base, wanted),
            happenings.row,
            happenings.TABLE,
        )

    def happening(self, id: str, as_of: str = "") -> KeptHappening | None:
        """One happening, now or as it stood on a day; the id of one that was merged leads to the
        one it became part of."""
        if as_of:
            return asof.at(self.database, id, as_of)
        numbers = asking.happening_numbers(self.database, (id,))
        return next(iter(happenings.by_number(self.database, numbers)), None)

    def history(self, id: str) -> list[dict[str, Any]]:
        """Mergers and splits of a happening: at, what, other happening, person (None: machine)."""
        rows = self.database.rows(
            "SELECT x.at, x.what, h.id, o.id, x.person FROM history x"
            " JOIN happenings h ON h.n = x.happening JOIN happenings o ON o.n = x.other"
            " WHERE h.id = ? OR o.id = ? ORDER BY x.n",
            (id, id),
        )
        names = ("at", "what", "happening", "other", "person")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def plans(self, **asked: Any) -> Result[KeptPlan]:
        """Planned, agreed and threatened acts by the day on which they are due, soonest first.

        `outcome` kept, cancelled, contradicted, lapsed or open; `due_since`, `due_until`;
        `undated=True` for those without a day too; and the filters of events. With `as_of` the
        outcomes are those known on that day.
        """
        wanted = PlanFilter.of(**asked)
        base = self.database
        return Result(
            lambda: plans.stream(base, wanted),
            lambda limit, cursor: plans.page(base, wanted, limit, cursor),
            lambda: plans.count(base, wanted),
            plans.row,
            plans.TABLE,
        )

    def decided(self, since: str, limit: int = 50) -> tuple[KeptPlan, ...]:
        """Plans whose fate was told by a story published on that day or later."""
        return plans.decided(self.database, since, limit)

    # A person's word, and newer readings

    def review(
        self,
        kind: str,
        target: str,
        verdict: str,
        changes: Mapping[str, Any] | None = None,
        person: str = "",
        note: str = "",
    ) -> Review:
        """Keep and apply a person's verdict; no re-reading overwrites it. InputError.

        On an "event": "accept", "reject", "correct" with changes of type, mode, status, actors,
        recipients, date; "same" or "different" with `{"with": other event}`. On a "story":
        "no-copy".
        """
        return reviewing.review(self.database, kind, target, verdict, changes or {}, person, note)

    def reviews(self, target: str = "", limit: int = 1000) -> list[Review]:
        """Verdicts, newest first, of one event or story or of all."""
        return reviewing.reviews(self.database, target, limit)

    def undo(self, review: int) -> None:
        """Take a verdict back, by its number `n`."""
        reviewing.undo(self.database, review)

    def merge(self, one: str, two: str, person: str = "", note: str = "") -> str:
        """Say that two happenings are one; returns the id of the one that stays."""
        a, b = (self._members(id) for id in (one, two))
        parted = [
            (item.target, str(item.changes["with"]))
            for event in a
            for item in self.reviews(event)
            if item.verdict == "different" and not item.undone and item.changes["with"] in b
        ]
        for first, second in [(a[0], b[0]), *parted]:
            self.review("event", first, "same", {"with": second}, person, note)
        kept = self.event(a[0])
        return kept.happening if kept else ""

    def split(self, happening: str, events: Sequence[str], person: str = "", note: str = "") -> str:
        """Say that some events of a happening are another act; returns the id of the new one."""
        members = self._members(happening)
        apart = [id for id in members if id in set(events)]
        stay = [id for id in members if id not in set(events)]
        if not apart or not stay:
            raise InputError(f"{happening}: name some, not all, of its events {members}")
        for one in apart:
            for other in stay:
                self.review("event", one, "different", {"with": other}, person, note)
        kept = self.event(apart[0])
        return kept.happening if kept else ""

    def _members(self, happening: str) -> list[str]:
        kept = self.happening(happening)
        if kept is None or not kept.happening.events:
            raise InputError(f"no happening {happening}")
        return list(kept.happening.events)

    def stale(self, version: str, everything: bool = False) -> Iterator[KeptStory]:
        """Stories that another reading version than this wrote, or all."""
        return rereading.stale(self.database, version, everything)

    def reread(self, batch: Sequence[tuple[KeptStory, Story]]) -> Counter[str]:
        """Keep new readings of old stories as new versions; returns what changed, counted."""
        return rereading.reread(self.database, batch)

    # Stories

    def story(self, id: str, as_of: str = "") -> KeptStory | None:
        """A story, with its events and problems, by the desk's id or the id it came with."""
        return stories.story(self.database, id, as_of=as_of)

    def stories(
        self,
        since: str = "",
        until: str = "",
        outlet: str | Sequence[str] = (),
        seen_since: str = "",
        copies: bool = True,
        family: str = "",
        as_of: str = "",
    ) -> Result[KeptStory]:
        """Stories by day of publication, newest first; without their events."""
        names = tuple(outlet.split(",")) if isinstance(outlet, str) else tuple(outlet)
        asked: dict[str, Any] = {
            "since": since, "until": until, "outlet": tuple(name for name in names if name),
            "seen_since": seen_since, "copies": copies, "family": family, "as_of": as_of,
        }  # fmt: skip
        base = self.database
        if as_of and asking.before(base, as_of):
            asked |= {"until": min(until or as_of, as_of[:10]), "as_of": ""}
        return Result(
            lambda: stories.stream(base, **asked),
            lambda limit, cursor: stories.page(base, limit, cursor, **asked),
            lambda: stories.count(base, **asked),
            stories.row,
            stories.TABLE,
        )

    def search(self, words: str, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Stories that hold all the words, best first: "a phrase", begin*, -without."""
        return stories.find(self.database, words, limit, offset)

    def found(self, words: str) -> int:
        """How many stories hold the words."""
        return stories.found(self.database, words)

    def coverage(
        self, by: str = "day", since: str = "", until: str = "", outlet: str = ""
    ) -> list[dict[str, Any]]:
        """Stories per period and outlet: without coverage, silence means nothing."""
        return counting.coverage(self.database, by, since, until, outlet)

    def covered(self, by: str = "day", since: str = "", until: str = "") -> set[str]:
        """The periods in which any story was published: `coverage` when only that matters."""
        return counting.covered(self.database, by, since, until)

    def outlets(self) -> list[dict[str, Any]]:
        """Every outlet with its stories, copies among them, and first and last day."""
        rows = self.database.rows(
            "SELECT o.name, count(*), sum(CASE WHEN s.original IS NULL THEN 0 ELSE 1 END),"
            " min(s.published), max(s.published) FROM outlets o JOIN stories s ON s.outlet = o.n"
            " GROUP BY o.name ORDER BY 2 DESC, 1"
        )
        names = ("outlet", "stories", "copies", "first_day", "last_day")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def span(self) -> tuple[str, str]:
        """First and last day of publication, "" on an empty desk; quick on any desk."""
        one = self.database.rows
        first = one("SELECT min(published) FROM stories")[0][0]
        return first or "", one("SELECT max(published) FROM stories")[0][0] or ""

    def problems(
        self, code: str = "", story: str = "", limit: int = 1000, cursor: str = ""
    ) -> Page[KeptProblem]:
        """What was odd, in the order in which it came up."""
        return stories.problems(self.database, code, story, limit, cursor)

    def parties(self, words: str = "", limit: int = 50) -> list[dict[str, Any]]:
        """Parties whose name begins with the words, with what was learned of their roles."""
        start = keys.fold(words)
        rows = self.database.rows(
            "SELECT n, name, country, sector, entity, first_day, last_day FROM parties"
            " WHERE folded >= ? AND folded < ? AND folded <> '' ORDER BY folded, n LIMIT ?",
            (start, start + "\U0010ffff", limit),
        )
        names = ("name", "country", "sector", "entity", "first_day", "last_day")
        return [
            dict(zip(names, row[1:], strict=True)) | {"roles": self._roles(int(row[0]))}
            for row in rows
        ]

    def _roles(self, party: int) -> list[dict[str, Any]]:
        rows = self.database.rows(
            "SELECT r.role, r.country, r.sector, r.first_day, r.last_day, s.id FROM roles r"
            " JOIN stories s ON s.n = r.story WHERE r.party = ? ORDER BY r.first_day, r.role",
            (party,),
        )
        names = ("role", "country", "sector", "first_day", "last_day", "story")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def status(self) -> dict[str, Any]:
        """Size and span of the desk: numbers of everything, first and last days, versions."""
        one = self.database.rows
        found = {
            name: int(one(f"SELECT count(*) FROM {table}")[0][0])
            for name, table in (
                ("stories", "stories"), ("copies", "stories WHERE original IS NOT NULL"),
                ("events", "events WHERE current = 1"),
                ("happenings", "happenings WHERE events > 0"), ("plans", "plans"),
                ("problems", "problems"), ("reviews", "reviews WHERE undone IS NULL"),
                ("feeds", "feeds"),
            )
        }  # fmt: skip
        days = one("SELECT min(published), max(published), max(first_seen) FROM stories")[0]
        names = ("first_day", "last_day", "last_seen")
        versions = one(
            "SELECT r.version, count(*) FROM stories s JOIN readings r ON r.n = s.reading"
            " GROUP BY r.version ORDER BY r.version"
        )
        return {**found, **dict(zip(names, days, strict=True)), "versions": dict(versions)}

    # Feeds and processes, for the daemon

    def keep_feed(self, feed: Feed) -> None:
        """Add a feed, or change its settings."""
        feeds.keep(self.database, feed)

    def feeds(self, due: str = "") -> list[Feed]:
        """All feeds, or the active ones due at this time."""
        return feeds.feeds(self.database, due)

    def looked(self, url: str, look: Look, etag: str = "", modified: str = "") -> None:
        """Note a look at a feed; it sets when the next one is due."""
        feeds.looked(self.database, url, look, etag, modified)

    def looks(self, url: str, since: str = "", limit: int = 1000) -> list[Look]:
        """The looks at a feed, newest first."""
        return feeds.looks(self.database, url, since, limit)

    def beat(self, name: str, state: str = "running") -> None:
        """A sign of life of this process."""
        feeds.beat(self.database, name, state)

    def heartbeats(self) -> list[Heartbeat]:
        """The last sign of life of each process."""
        return feeds.heartbeats(self.database)

    def check(self) -> list[str]:
        """What is wrong with the desk, in words; nothing when it is well."""
        return checking.check(self.database)

    def backup(self, target: str) -> None:
        """A consistent copy of an SQLite desk while it is in use; StoreError on PostgreSQL."""
        from legation.store.sqlite import SQLite

        if not isinstance(self.database, SQLite):
            raise StoreError("PostgreSQL desks are backed up with pg_dump")
        self.database.backup(target)
