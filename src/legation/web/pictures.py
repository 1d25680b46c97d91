"""Pictures that stand on pages beside their lists: acts by type, outlets compared, who to whom.

Each has an address of its own, as `.svg` and `.png`, and comes after its page, so that no page
waits for one. `dark` gives the colours for a dark ground, `narrow` a drawing for a phone.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal

import polars as pl
from fastapi import APIRouter, Query
from fastapi.responses import Response

from legation.study import acts, charts, groups, media, networks, periods
from legation.web import charting
from legation.web.api import PAIR, ROOM
from legation.web.asked import EventsAsked
from legation.web.start import READER

router = APIRouter(include_in_schema=False, dependencies=READER)
DAY = Annotated[date | None, Query()]
Form = Literal["svg", "png"]
NEWEST = 2000  # events that the matrix is counted on, as the network beside it
SHARED = 5000  # newest events of a pair whose outlets are compared
COMPARED = ("outlet", "copy_of", "happening", "published", "status")
WEEKLY = 240  # days up to which acts are counted by week


class MatrixAsked(EventsAsked):
    """The filters of events, and how they are drawn."""

    dark: bool = False
    narrow: bool = False

    def filters(self) -> dict[str, Any]:
        """Those of the events."""
        return {n: v for n, v in super().filters().items() if n not in ("dark", "narrow")}


@router.get("/charts/relations/{pair}/types.{form}")
def types(
    room: ROOM, pair: PAIR, form: Form, since: DAY = None, until: DAY = None,
    as_of: DAY = None, dark: bool = False, narrow: bool = False,
) -> Response:  # fmt: skip
    """What happened between two sides, type by type, week by week or month by month."""
    first, last, then = _days(since, until, as_of)
    newest = room.desk.events(pair=groups.spelled(pair), as_of=then).first()
    found = pl.DataFrame(schema=acts.SCHEMA)
    if newest is not None and newest.day:
        found = charting.studied(room, pair, newest.day, first, last, then)["acts"]
    days = [day for day in found["day"].to_list() if day]
    by = "week" if days and periods.apart(days[0], days[-1]) < WEEKLY else "month"
    spec = charts.ridgeline(found, by, first, last, dark=dark, width=190 if narrow else 520)
    if narrow:
        spec["config"]["legend"] |= {"columns": 2}
    return drawn(spec, form)


@router.get("/charts/relations/{pair}/outlets.{form}")
def outlets(
    room: ROOM, pair: PAIR, form: Form, since: DAY = None, until: DAY = None,
    as_of: DAY = None, dark: bool = False, narrow: bool = False,
) -> Response:  # fmt: skip
    """Do outlets tell the same of what two sides did? Counted on the newest events of the pair."""
    asked = dict(zip(("since", "until", "as_of"), _days(since, until, as_of), strict=True))
    told = room.desk.events("newest", pair=groups.spelled(pair), copies=False, **asked)
    rows = [{name: row[name] for name in COMPARED} for row in islice(told.rows(), SHARED)]
    shared = media.agreement(pl.DataFrame(rows, schema=dict.fromkeys(COMPARED, pl.String)))
    return drawn(charts.agreement(shared, dark=dark, most=3 if narrow else 7), form)


@router.get("/charts/matrix.{form}")
def matrix(room: ROOM, form: Form, asked: Annotated[MatrixAsked, Query()]) -> Response:
    """Who does what to whom in the newest events that fit."""
    pairs = networks.pairs(acts.latest(room.desk, NEWEST, **asked.filters()))
    return drawn(charts.matrix(pairs, dark=asked.dark, most=5 if asked.narrow else 16), form)


def drawn(spec: dict[str, Any], form: Form) -> Response:
    """A chart as an answer."""
    if form == "png":
        return Response(charts.png(spec), media_type="image/png")
    return Response(charts.svg(spec), media_type="image/svg+xml")


def _days(since: date | None, until: date | None, as_of: date | None) -> tuple[str, str, str]:
    first, last, then = (day.isoformat() if day else "" for day in (since, until, as_of))
    return first, last, then
