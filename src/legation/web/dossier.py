"""One file about a pair or an actor: chart, timeline, quotes, sources, method; printable, complete.

The page needs nothing else: the style sheet is written into it and there is no script. Quotes are
single sentences with their outlet, date and address.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import legation
from legation.errors import InputError
from legation.store import Desk
from legation.study import charts, groups
from legation.web import charting, drawing, looks
from legation.web.accounts import accounts
from legation.web.room import Room
from legation.web.settings import Settings

MOST = 400  # happenings of a dossier


def dossier(desk: Desk, pair: str = "", actor: str = "", since: str = "", until: str = "") -> str:
    """The HTML of a dossier. InputError when neither or both of pair and actor are given."""
    if bool(pair) == bool(actor):
        raise InputError("say one of --pair CHN-KOR and --actor CHN")
    room = Room(desk, Settings())
    asked: dict[str, Any] = {"pair": pair} if pair else {"party": actor}
    asked |= {name: day for name, day in (("since", since), ("until", until)) if day}
    found = desk.happenings("oldest", **asked).page(MOST)
    told = {
        kept.id: accounts(kept, desk.events("recorded", happening=kept.id).page(50).items)
        for kept in found.items
    }
    leads = {id: both.lead for id, both in told.items() if both}
    days = [kept.day for kept in found.items if kept.day]
    by = drawing.period_for(min(days), max(days)) if days else "week"
    first = since or max(min(days), desk.span()[0]) if days else ""  # before: background
    covered = desk.covered(by, first, max(days)) if days else set()
    outlets = Counter(name for kept in found.items for name in kept.happening.outlets)
    names = [room.name(side) for side in pair.split("-")] if pair else [room.name(actor)]
    rows = desk.tally(by, "type", **asked, **({} if since or not first else {"since": first}))
    return looks.text(
        "dossier.html", room=room, codes=groups.spelled(pair) if pair else "",
        title=" and ".join(names), kept=found.items,
        whole=not found.next,
        chart=drawing.timeline(rows, by, covered, "#when") if rows else None, by=by, told=told,
        **_drawn(room, pair, days, since, until),
        weighty=sorted(found.items, key=lambda k: -k.happening.independent)[:6],
        disputed=[kept for kept in found.items if kept.happening.disputed],
        plans=desk.plans(**asked_of_plans(asked), undated=True).page(100).items,
        outlets=outlets.most_common(), span=(min(days), max(days)) if days else ("", ""),
        versions=sorted({lead.version for lead in leads.values()}),
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), legation=legation.__version__,
        style=(looks.HERE / "static" / "app.css").read_text(encoding="utf-8"),
    )  # fmt: skip


def _drawn(room: Room, pair: str, days: list[str], since: str, until: str) -> dict[str, Any]:
    """State and turns of a pair, its level and its types as drawings; all empty for an actor."""
    if not pair or not days:
        return {"study": None, "drawings": ()}
    study = charting.studied(room, pair, max(days), since, until, named=True)
    rows, by = charting.levels(room, study, since, until, until)
    level = charts.timeline(rows, study["acts"], study["frame"], "", by, False, 880)
    types = charts.ridgeline(study["acts"], "month", since or room.desk.span()[0], until)
    return {"study": study, "drawings": tuple(_inline(spec) for spec in (level, types))}


def _inline(spec: dict[str, Any]) -> str:
    """A drawing to be written into the page; what it tells stands in words above it."""
    return charts.svg(spec).replace("<svg ", '<svg aria-hidden="true" ', 1)


def asked_of_plans(asked: dict[str, Any]) -> dict[str, Any]:
    """The same question to plans, whose days are those on which they are due."""
    names = {"since": "due_since", "until": "due_until"}
    return {names.get(name, name): value for name, value in asked.items()}
