"""The state of a relation in words, and its charts as pictures; both from the room `study`.

Pictures load after their page, so that a page never waits for one. Each has a stable address that
answers as SVG, PNG, PDF, as the numbers in it (CSV) and as its Vega-Lite (JSON).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from legation.study import charts, groups, media, networks, periods, relation, turning
from legation.study.acts import acts, latest, weighed
from legation.web import forms
from legation.web.api import PAIR, ROOM
from legation.web.asked import EventsAsked
from legation.web.drawing import period_for
from legation.web.room import Room
from legation.web.start import READER

if TYPE_CHECKING:
    import polars as pl

    from legation.store import KeptHappening

router = APIRouter(include_in_schema=False, dependencies=READER)
DAY = Annotated[date | None, Query()]
Form = Literal["svg", "png", "pdf", "csv", "json"]
YEARS = 2  # before the newest act that are studied when nobody says since when
NEWEST = 2000  # events of which the matrix and the agreement of outlets are told
WEEKLY = 240  # days up to which acts are counted by week
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
MAKE: dict[str, Callable[[Mapping[str, Any]], str | bytes]] = {
    "svg": charts.svg, "png": charts.png, "pdf": charts.pdf,
}  # fmt: skip
_COMPARED = ("happening", "outlet", "published", "status", "copy_of")


def studied(
    room: Room, pair: str, newest: str, since: str = "", until: str = "", as_of: str = "",
    named: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """`state`, `turns` and `acts` of a pair, from `since` or two years before its newest act; with
    `as_of` as was known on that day. Acts are those of `weighed`; if `named`, with all columns."""
    start = since or (date.fromisoformat(newest) - timedelta(days=365 * YEARS)).isoformat()
    days: dict[str, Any] = {"since": start, "until": until, "as_of": as_of}

    def made() -> dict[str, Any]:
        found = acts(room.desk, pair, **days) if named else weighed(room.desk, pair, **days)
        return _studied(found, min(as_of, newest) if as_of else "")

    return room.once(("studied", named, pair, newest, start, until, as_of), made)


def _studied(found: pl.DataFrame, on: str) -> dict[str, Any]:
    turns = turning.turning_points(found)
    state = relation.state(found, on)
    return {"state": state, "turns": turns.to_dicts(), "frame": turns, "acts": found}


def weightiest(room: Room, study: Mapping[str, Any], as_of: str, most: int) -> list[KeptHappening]:
    """The happenings of a study that most independent reports told."""
    rows = study["acts"].select("independent", "confidence", "day", "id").iter_rows()
    first = heapq.nsmallest(most, rows, key=lambda row: (-row[0], -row[1], row[2] or "", row[3]))
    return room.desk.happenings_of([row[3] for row in first], as_of)


class MatrixAsked(EventsAsked):
    """The filters of events, and how the matrix is drawn."""

    dark: bool = False
    narrow: bool = False
    titled: bool = False

    def filters(self) -> dict[str, Any]:
        """Those of the events."""
        return {n: v for n, v in super().filters().items() if n not in ("dark", "narrow", "titled")}


class Wanted:
    """Which days of a pair a picture shows, and how; the same for all of its pictures."""

    def __init__(
        self, room: ROOM, pair: PAIR, since: DAY = None, until: DAY = None, as_of: DAY = None,
        dark: bool = False, narrow: bool = False, titled: bool = False,
    ) -> None:  # fmt: skip
        self.room, self.pair, self.dark, self.narrow = room, pair, dark, narrow
        self.since, self.until, self.as_of = (
            day.isoformat() if day else "" for day in (since, until, as_of)
        )
        one, _, two = pair.partition("-")
        self.names = f"{room.name(one)} and {room.name(two)}" if titled else ""

    @property
    def end(self) -> str:
        """The last day that may be shown, "" for any."""
        return min(filter(None, (self.until, self.as_of)), default="")

    def study(self, named: bool = False) -> dict[str, Any]:
        """The pair's acts, state and turns, as its page shows them (`studied`)."""
        newest = self.room.desk.events(pair=groups.spelled(self.pair), as_of=self.as_of).first()
        if newest is None or not newest.day:
            none = acts(self.room.desk, since="9999-12-30", until="9999-12-30")
            return {"acts": none, "frame": turning.turning_points(none)}
        days = (self.since, self.until, self.as_of)
        return studied(self.room, self.pair, newest.day, *days, named)

    def watched(self) -> str:
        """The day since when stories came in: what they tell of earlier days is background."""
        return self.room.desk.span()[0]

    def title(self, of: str) -> str:
        """The headline of a picture that is taken along."""
        return f"{self.names}: {of}" if self.names else ""


WANTED = Annotated[Wanted, Depends()]


def levels(
    room: Room, study: Mapping[str, Any], since: str, until: str, end: str
) -> tuple[pl.DataFrame, str]:
    """`relation.series` of the acts of a study, and its period; `end` is the last day told of."""
    days = [day for day in study["acts"]["day"].to_list() if day]
    by = period_for(min(days), max(days)) if days else "week"
    told = room.desk.coverage(by, since or min(days), end) if days else []
    known = [*days, *(row["period"] for row in told)]
    if known:  # centuries without anything are no part of a chart
        since, until = since and max(since, min(known)), until and min(until, max(known))
    return relation.series(study["acts"], by, since, until, told), by


@router.get("/charts/relations/{pair}.{form}")
def level(asked: WANTED, form: Form) -> Response:
    """The level of a relation with its band, acts and turning points; `narrow` for a phone."""
    study, first, last = asked.study(named=True), asked.since, asked.until
    rows, by = levels(asked.room, study, first, last, asked.end)
    title, width = asked.title("the relation"), 300 if asked.narrow else 880
    spec = charts.timeline(rows, study["acts"], study["frame"], title, by, asked.dark, width)
    if asked.narrow:  # an option of Vega that Vega-Lite hands through: legends above each other
        spec["config"]["legend"] |= {"columns": 2, "layout": {"bottom": {"direction": "vertical"}}}
    return drawn(spec, rows, form, f"{asked.pair}")


@router.get("/charts/relations/{pair}/types.{form}")
def types(asked: WANTED, form: Form) -> Response:
    """Acts of a pair by type and month, a ridge each."""
    found = asked.study()["acts"]
    title, width = asked.title("acts by type and month"), 230 if asked.narrow else 420
    since = asked.since or asked.watched()
    days = [day for day in found["day"].to_list() if day and day >= since]
    by = "week" if days and periods.apart(min(days), max(days)) < WEEKLY else "month"
    spec = charts.ridgeline(found, by, since, asked.end, title, asked.dark, width)
    if asked.narrow:
        spec["config"]["legend"] |= {"columns": 2}
    return drawn(
        spec,
        relation.counts(found.filter(found["status"] == "happened"), by),
        form,
        f"{asked.pair}-types",
    )


@router.get("/charts/relations/{pair}/outlets.{form}")
def outlets(asked: WANTED, form: Form) -> Response:
    """How often two outlets tell an act of a pair alike, of the newest events told of it."""
    days = {"since": asked.since, "until": asked.until, "as_of": asked.as_of}
    wanted = {name: day for name, day in days.items() if day}
    found = media.agreement(told(asked.room, pair=groups.spelled(asked.pair), **wanted))
    title = asked.title("do outlets agree?")
    most, width = (6, 350) if asked.narrow else (9, 560)
    spec = charts.agreement(found, title, asked.dark, most, width)
    return drawn(spec, found, form, f"{asked.pair}-outlets")


@router.get("/charts/matrix.{form}")
def matrix(room: ROOM, form: Form, asked: Annotated[MatrixAsked, Query()]) -> Response:
    """Who does what to whom in the newest events that fit, as a heat map."""
    wanted = asked.filters()
    found = networks.pairs(latest(room.desk, NEWEST, **wanted))
    title = "Who does what to whom" if asked.titled else ""
    most, width = (7, 300) if asked.narrow else (16, 700)
    return drawn(charts.matrix(found, title, asked.dark, most, width), found, form, "matrix")


def told(room: Room, **asked: Any) -> pl.DataFrame:
    """The newest events that fit, with what a comparison of outlets needs."""
    import polars

    rows = islice(room.desk.events("newest", copies=False, **asked).rows(), NEWEST)
    found = [{name: row[name] for name in _COMPARED} for row in rows]
    return polars.DataFrame(found, schema=dict.fromkeys(_COMPARED, polars.String))


def drawn(spec: dict[str, Any], numbers: pl.DataFrame, form: str, name: str) -> Response:
    """A picture, its numbers or its specification."""
    if form == "csv":
        return forms.table(numbers, form, name)
    if form == "json":
        return Response(orjson.dumps(spec), media_type="application/json")
    return Response(MAKE[form](spec), media_type=MEDIA[form])
