"""The calendar: what is planned, by whom, on whose word, and what became of it."""

from __future__ import annotations

import calendar as months
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from legation.store import KeptPlan
from legation.study import calendar as calendars
from legation.web import forms, looks, records
from legation.web.api import ROOM, exported
from legation.web.asked import PlansAsked
from legation.web.reports import listed
from legation.web.start import READER

router = APIRouter(include_in_schema=False, dependencies=READER)
Form = Literal["json", "csv", "jsonl", "parquet", "arrow", "atom", "ics", "rss"]


class CalendarAsked(PlansAsked):
    """The filters of plans, and the month shown."""

    month: Annotated[str, Query(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")] = ""

    def plain(self) -> CalendarAsked:
        """The list that the page of a month shows, asked for without the month."""
        if not self.month:
            return self
        first = self.due_since or date.fromisoformat(f"{self.month}-01")
        return self.model_copy(update={"month": "", "due_since": first})


@router.get("/calendar")
def calendar(request: Request, room: ROOM, asked: Annotated[CalendarAsked, Query()]) -> Response:
    """A month with its plans, and all of them as a list."""
    newest = room.desk.span()[1] or date.today().isoformat()
    newest = min(newest, asked.as_of.isoformat()) if asked.as_of else newest
    month = asked.month or (asked.due_since.isoformat() if asked.due_since else newest)[:7]
    year, number = min(max(1, int(month[:4])), 9998), int(month[5:])
    weeks = months.Calendar().monthdatescalendar(year, number)
    filters = {n: v for n, v in asked.filters().items() if n != "month"}
    plain = {n: v for n, v in filters.items() if n not in ("due_since", "due_until", "undated")}
    first, last = weeks[0][0].isoformat(), weeks[-1][-1].isoformat()
    shown = room.desk.plans(**plain, due_since=first, due_until=last).page(500).items
    listed_ = room.desk.plans(**({"due_since": month + "-01"} | filters))
    return looks.page(
        request, "calendar.html", asked=asked, month=month, weeks=weeks, days=_by_day(shown),
        found=listed_.page(asked.limit, asked.cursor), newest=newest,
        before=_shift(year, number, -1), after=_shift(year, number, 1),
        title=f"{months.month_name[number]} {year}", which=_which(asked, month),
    )  # fmt: skip


@router.get("/calendar.{form}")
def calendar_as(
    request: Request, room: ROOM, form: Form, asked: Annotated[CalendarAsked, Query()]
) -> Response:
    """The plans in another form."""
    asked = asked.plain()
    result = room.desk.plans(**asked.filters())
    if form in ("ics", "rss"):
        rows = [calendars.entry(kept) for kept in result.page(1000).items]
        host = request.url.hostname or "legation"
        if form == "ics":
            return Response(calendars.ics(rows, "Legation", host), media_type="text/calendar")
        made = calendars.rss(rows, f"{looks.root(request)}/calendar", "Legation: plans")
        return Response(made, media_type="application/rss+xml")
    if form not in ("json", "atom"):
        return exported(result, form, "calendar")
    page = result.page(asked.limit, asked.cursor)
    if form == "json":
        return listed([records.plan(one) for one in page.items], page.next)
    root, query = looks.root(request), asked.query()
    entries = [_entry(room, one, root) for one in page.items]
    updated = max((one.decided for one in page.items), default="1970-01-01T00:00:00Z")
    tail = f"?{query}" if query else ""
    return forms.atom(
        "Legation: plans", f"{root}/calendar.atom{tail}", f"{root}/calendar{tail}", updated, entries
    )


def _which(asked: CalendarAsked, month: str) -> str:
    """Which plans the list holds, in words."""
    first, last = asked.due_since, asked.due_until
    since = looks.day(first.isoformat() if first else f"{month}-01")
    return f"Due {since} to {looks.day(last.isoformat())}" if last else f"Due from {since} on"


def _entry(room: ROOM, kept: KeptPlan, root: str) -> str:
    title = f"{kept.plan.outcome}: {looks.kept_title(room, kept.event)}"
    return forms.entry(
        f"urn:legation:plan:{kept.plan.event}:{kept.plan.outcome}", title, kept.decided,
        f"{root}/events/{kept.plan.event}", f"{looks.span(kept.plan.due)}. {kept.event.sentence}",
    )  # fmt: skip


def _by_day(plans: tuple[KeptPlan, ...]) -> dict[str, list[KeptPlan]]:
    """Plans by the day on which they are due; those of a longer span stand on its last day."""
    found: dict[str, list[KeptPlan]] = {}
    for plan in plans:
        if plan.plan.due:
            found.setdefault(plan.plan.due.end, []).append(plan)
    return found


def _shift(year: int, month: int, by: int) -> str:
    at = year * 12 + month - 1 + by
    return f"{max(1, min(9999, at // 12)):04d}-{at % 12 + 1:02d}"
