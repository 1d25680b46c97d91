"""The state of a relation in words, and its chart as a picture; both from the room `study`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from legation.study import charts, groups, relation, turning
from legation.study.acts import acts
from legation.web.api import PAIR, ROOM
from legation.web.drawing import period_for
from legation.web.room import Room
from legation.web.start import READER

router = APIRouter(include_in_schema=False, dependencies=READER)
DAY = Annotated[date | None, Query()]
YEARS = 2  # before the newest act that are studied when nobody says since when


def studied(
    room: Room, pair: str, newest: str, since: str = "", until: str = "", as_of: str = ""
) -> dict[str, Any]:
    """`state`, `turns` and `acts` of a pair, from `since` or two years before its newest act; with
    `as_of` as was known on that day."""
    start = since or (date.fromisoformat(newest) - timedelta(days=365 * YEARS)).isoformat()
    key = ("studied", pair, newest, start, until, as_of)
    return room.once(key, lambda: _studied(room, pair, newest, start, until, as_of))


def _studied(
    room: Room, pair: str, newest: str, start: str, until: str, as_of: str
) -> dict[str, Any]:
    found = acts(room.desk, pair=pair, since=start, until=until, as_of=as_of)
    turns = turning.turning_points(found)
    return {
        "state": relation.state(found, min(as_of, newest) if as_of else ""),
        "turns": turns.to_dicts(), "frame": turns, "acts": found,
    }  # fmt: skip


@router.get("/charts/relations/{pair}.svg")
def picture(
    request: Request, room: ROOM, pair: PAIR, since: DAY = None, until: DAY = None,
    as_of: DAY = None, dark: bool = False, narrow: bool = False,
) -> Response:  # fmt: skip
    """The level of a relation with its band, acts and turning points; `narrow` for a phone."""
    then = as_of.isoformat() if as_of else ""
    newest = room.desk.events(pair=groups.spelled(pair), as_of=then).first()
    if newest is None or not newest.day:
        return Response(charts.svg(charts.timeline(*_nothing(), dark=dark)), media_type=SVG)
    first, last = since.isoformat() if since else "", until.isoformat() if until else ""
    found = studied(room, pair, newest.day, first, last, then)
    days = [day for day in found["acts"]["day"].to_list() if day]
    by = period_for(min(days), max(days)) if days else "week"
    end = min(filter(None, (last, then)), default="")
    told = room.desk.coverage(by, first or (min(days) if days else ""), end)
    rows = relation.series(found["acts"], by, first, last, told)
    spec = charts.timeline(
        rows, found["acts"], found["frame"], "", by, dark, 300 if narrow else 880
    )
    if narrow:  # an option of Vega that Vega-Lite hands through: legends above each other
        spec["config"]["legend"] |= {"columns": 2, "layout": {"bottom": {"direction": "vertical"}}}
    return Response(charts.svg(spec), media_type=SVG)


SVG = "image/svg+xml"


def _nothing() -> tuple[Any, Any]:
    import polars

    return polars.DataFrame([], schema=relation.SERIES), polars.DataFrame([])
