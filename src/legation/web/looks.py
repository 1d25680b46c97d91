"""How pages are made: Jinja2 with everything escaped, and the few words that templates use."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import legation
from legation.store import KeptEvent, KeptHappening
from legation.story import Date, Event, Happening, Party
from legation.web import access, marks, recipes, speech, then
from legation.web.room import Room, room_of

HERE = Path(__file__).parent
PLACES = (
    ("/", "What changed"), ("/events", "Events"), ("/happenings", "Happenings"),
    ("/relations", "Relations"), ("/calendar", "Calendar"), ("/map", "Map"),
    ("/network", "Network"), ("/search", "Search"), ("/read", "Read"), ("/review", "Review"),
)  # fmt: skip


def page(request: Request, template: str, **shown: Any) -> HTMLResponse:
    """A page for people."""
    room = room_of(request)
    text = _environment().get_template(template).render(
        request=request, path=request.url.path, room=room, places=PLACES,
        can=access.scopes(request, room), then=then.as_of(request), **shown,
    )  # fmt: skip
    return HTMLResponse(then.carried(text, then.as_of(request)))


def text(template: str, **shown: Any) -> str:
    """A page that no request asked for, such as a dossier."""
    return _environment().get_template(template).render(**shown)


def for_people(request: Request) -> bool:
    """Whether the asker wants a page rather than data."""
    path = request.url.path
    if path.startswith("/api/") or "." in path.rsplit("/", 1)[-1]:
        return False
    return "text/html" in request.headers.get("accept", "")


def root(request: Request) -> str:
    """The address of this server as its caller sees it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def act_title(room: Room, act: Event | Happening) -> str:
    """One line of plain text: Suriname → COERCE/seize → Guyana (planned)."""
    kind = f"{act.type}/{act.mode}" if act.mode else str(act.type)
    sides = [", ".join(room.party(p) for p in act.actors) or "?", kind]
    if act.recipients:
        sides.append(", ".join(room.party(p) for p in act.recipients))
    said = " → ".join(sides)
    return said if act.status == "happened" else f"{said} ({act.status})"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(default=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {
        "speech": speech, "marks": marks, "recipes": recipes, "asset": asset,
        "version": legation.__version__,
        "pair_of": pair_of, "party_link": party_link, "act_title": act_title, "query": query,
        "slider": then.slider,
    }  # fmt: skip
    made.filters |= {"day": day, "span": span, "segment": segment, "moment": moment}
    return made


def compiled() -> None:
    """Compile every template now, so that no visitor waits for it."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def asset(name: str) -> str:
    """The address of a file of ours, with its hash, so that it may be kept for ever."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{digest}"


def query(**values: Any) -> str:
    """A query string of what is not empty."""
    return urlencode({name: value for name, value in values.items() if value not in ("", None)})


def segment(text: str) -> str:
    """Text as one part of a path."""
    return quote(text, safe="")


def party_link(party: Party) -> str:
    """The page of a party: by country when it is the state itself, else by its name."""
    if party.country and (party.entity.startswith("country:") or not party.name):
        return f"/actors/{segment(party.country)}"
    return f"/actors/{segment(party.name or party.text)}"


def pair_of(act: Event | Happening) -> str:
    """The relation that an act belongs to, "" when it has not two known sides."""
    actors = [p.country for p in act.actors if p.country]
    others = [p.country for p in act.recipients if p.country] or actors[1:]
    if actors and others and actors[0] != others[0]:
        return "-".join(sorted((actors[0], others[0])))
    return ""


def day(value: str) -> str:
    """2024-01-09 as 9 Jan 2024."""
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return value or "no day"
    return f"{found.day} {found:%b} {found.year}"


def moment(value: str) -> str:
    """2024-01-09T12:30:00.000Z as 2024-01-09 12:30 UTC."""
    return f"{value[:10]} {value[11:16]} UTC" if len(value) > 16 else value


def span(value: Date | None) -> str:
    """One day, or first to last."""
    if value is None:
        return "no date told"
    if value.start == value.end:
        return day(value.start)
    return f"{day(value.start)} to {day(value.end)}"


def kept_title(room: Room, kept: KeptEvent | KeptHappening) -> str:
    """The title of an event or happening for a feed."""
    return act_title(room, kept.event if isinstance(kept, KeptEvent) else kept.happening)
