"""What was known on a day: the slider over the desk's days, and the links that keep to that day.

The slider is a plain form: a range of days and a button. `/as-of` turns its number into a date in
the page's own address, so that every view as of a day has a stable URL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from legation.web import access
from legation.web.room import Room

router = APIRouter(include_in_schema=False)
PAGES = "events|happenings|relations|actors|calendar|map|network|stories"
_LINK = re.compile(rf'(?<!data-now )href="(/(?:(?:{PAGES})(?=[/?."])[^"#]*|(?=["?])[^"#]*))')
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Slider:
    """The days of the desk as numbers since 1970, the one shown, and addresses near it.

    `chosen` is the day of `as_of` (ISO), "" for now; `page` is the address without it.
    """

    first: int
    last: int
    at: int
    chosen: str
    page: str
    steps: tuple[tuple[str, str], ...]

    @property
    def day(self) -> str:
        """The day shown (ISO)."""
        return _day(self.at)


def slider(request: Request, room: Room) -> Slider | None:
    """The slider of a page; None on a desk of one day or none."""
    first, last = room.desk.span()
    if not first or first == last:
        return None
    chosen = as_of(request)
    low, high = _number(first), _number(last)
    at = min(max(_number(chosen), low), high) if chosen else high
    page = _with(request.url.path, request.url.query, "")
    near = (("a month earlier", -30), ("a week earlier", -7), ("a day earlier", -1),
            ("a day later", 1), ("a week later", 7), ("a month later", 30))  # fmt: skip
    steps = tuple(
        (name, _with(request.url.path, request.url.query, _day(at + by)))
        for name, by in near if low <= at + by <= high
    )  # fmt: skip
    return Slider(low, high, at, chosen, page, steps)


def as_of(request: Request) -> str:
    """The day that a page is asked to show, "" for now or when it is none."""
    told = request.query_params.get("as_of", "")
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        return ""


def carried(html: str, day: str) -> str:
    """A page whose links to other pages keep to the day."""
    if not day:
        return html

    def kept(found: re.Match[str]) -> str:
        address = found[1]
        if "as_of=" in address:
            return found[0]
        return f'href="{address}{"&amp;" if "?" in address else "?"}as_of={day}'

    return _LINK.sub(kept, html)


@router.get("/as-of")
def as_of_day(
    day: Annotated[int, Query(ge=-700_000, le=2_900_000)],
    to: Annotated[str, Query(max_length=4000)] = "/",
) -> Response:
    """From a day of the slider to the page as of that day."""
    path, _, query = access.local(to).partition("?")
    return RedirectResponse(_with(path, query, _day(day)), 303)


def _with(path: str, query: str, day: str) -> str:
    """An address with another `as_of`; a cursor does not go along."""
    kept = [(n, v) for n, v in parse_qsl(query) if n not in ("as_of", "cursor", "offset")]
    asked = urlencode([*kept, *([("as_of", day)] if day else [])])
    return f"{path}?{asked}" if asked else path


def _number(day: str) -> int:
    return (date.fromisoformat(day) - EPOCH).days


def _day(number: int) -> str:
    return (EPOCH + timedelta(days=number)).isoformat()
