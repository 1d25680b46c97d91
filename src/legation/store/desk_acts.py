"""What a desk tells of acts: events, happenings, plans, and their numbers."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, TypeVar

from legation.store import (
    asking,
    asof,
    counting,
    facets,
    finding,
    frames,
    happenings,
    plans,
    reading,
)
from legation.store.engine import Database, Row
from legation.store.filters import Filter
from legation.store.finding import HappeningFilter
from legation.store.frames import Result
from legation.store.kept import (
    KeptEvent,
    KeptHappening,
    KeptPlan,
    Page,
)
from legation.store.plans import PlanFilter

T = TypeVar("T")


class Acts:
    """Events, happenings and plans of a desk."""

    database: Database

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
        known: MutableMapping[int, T] | None = None, **asked: Any,
    ) -> Page[T]:  # fmt: skip
        """A page of events, each made by `make` from its row (`asking.COLUMNS`): for programs that
        want many pages a second and no objects. `known`: those made before, of this version."""
        wanted = self._filter(**asked)
        return reading.made(self.database, wanted, limit, cursor, order, make, known)

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
        self, fields: str | Sequence[str], sample: int = facets.SAMPLE, most: int = 12, **asked: Any
    ) -> dict[str, Any]:
        """Counts by each of some fields over the newest `sample` events only, quick on any desk;
        the `most` frequent values of each. `sample` 0: over all that fit."""
        names = fields.split(",") if isinstance(fields, str) else fields
        if not sample:
            return facets.every(self.database, self._filter(**asked), names, most)
        return facets.facets(self.database, self._filter(**asked), names, sample, most)

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

    def happenings_of(self, ids: Sequence[str], as_of: str = "") -> list[KeptHappening]:
        """Several happenings by their ids in one go, in that order; those unknown are left out."""
        if as_of:
            return asof.many(self.database, ids, as_of)
        numbers = asking.happening_numbers(self.database, tuple(ids))
        return happenings.by_number(self.database, numbers)

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

    def decided(self, since: str, limit: int = 50, as_of: str = "") -> tuple[KeptPlan, ...]:
        """Plans whose fate was told by a story published on that day or later; newest first. With
        `as_of` by what was known on that day."""
        if as_of:
            return plans.decided_then(self.database, since, limit, as_of)
        return plans.decided(self.database, since, limit)
