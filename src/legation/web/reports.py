"""Pages of what was reported: events, happenings, stories, search; each list in every form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from legation.store import KeptEvent
from legation.web import forms, looks, marks, records
from legation.web.api import ID, ROOM, answer, exported
from legation.web.asked import EventsAsked, HappeningsAsked, SearchAsked, StoriesAsked
from legation.web.start import DAY, READER

router = APIRouter(include_in_schema=False, dependencies=READER)
Form = Literal["json", "csv", "jsonl", "parquet", "arrow", "atom"]
FACETS = ("type", "status", "actor", "recipient", "outlet", "place", "precision")
UNTOLD = ("not told", "nobody named", "no date told")
MOST_REPORTS = 60  # side by side on one page


@router.get("/events")
def events(request: Request, room: ROOM, asked: Annotated[EventsAsked, Query()]) -> Response:
    """A table of events with facets."""
    found = room.desk.events(asked.order, **asked.filters()).page(asked.limit, asked.cursor)
    among = room.desk.facets(FACETS, **asked.filters())
    return looks.page(
        request, "events.html", asked=asked, found=found, facets=among, fields=FACETS, list="events"
    )


@router.get("/events.{form}")
def events_as(
    request: Request, room: ROOM, form: Form, asked: Annotated[EventsAsked, Query()]
) -> Response:
    """The same in another form."""
    if form == "json":
        found = room.desk.events_as(
            records.event_of, asked.limit, asked.cursor, asked.order, **asked.filters()
        )
        return listed(list(found.items), found.next)
    result = room.desk.events(asked.order, **asked.filters())
    if form != "atom":
        return exported(result, form, "events")
    page = result.page(asked.limit, asked.cursor)
    root = looks.root(request)
    entries = [forms.event_entry(one, looks.kept_title(room, one), root) for one in page.items]
    return feed(request, "events", asked, max((e.coded for e in page.items), default=""), entries)


@router.get("/events/{id}")
def event(request: Request, room: ROOM, id: ID) -> Response:
    """One event with its versions."""
    found = room.desk.event(id)
    if found is None:
        raise HTTPException(404, f"no event {id!r}")
    story = room.desk.story(found.story)
    return looks.page(
        request, "event.html", kept=found, versions=room.desk.versions(id),
        pieces=marks.around(story.story.text, found) if story else marks.in_sentence(found),
    )  # fmt: skip


@router.get("/happenings")
def happenings(
    request: Request, room: ROOM, asked: Annotated[HappeningsAsked, Query()]
) -> Response:
    """A list of happenings."""
    found = room.desk.happenings(asked.order, **asked.filters()).page(asked.limit, asked.cursor)
    return looks.page(request, "happenings.html", asked=asked, found=found, list="happenings")


@router.get("/happenings.{form}")
def happenings_as(
    request: Request, room: ROOM, form: Form, asked: Annotated[HappeningsAsked, Query()]
) -> Response:
    """The same in another form."""
    result = room.desk.happenings(asked.order, **asked.filters())
    if form not in ("json", "atom"):
        return exported(result, form, "happenings")
    page = result.page(asked.limit, asked.cursor)
    if form == "json":
        return listed([records.happening(one) for one in page.items], page.next)
    root = looks.root(request)
    entries = [forms.happening_entry(one, looks.kept_title(room, one), root) for one in page.items]
    updated = max((one.changed for one in page.items), default="")
    return feed(request, "happenings", asked, updated, entries)


@router.get("/happenings/{id}")
def happening(request: Request, room: ROOM, id: ID, as_of: DAY = None) -> Response:
    """One happening: all reports side by side, where they agree and where not."""
    then = as_of.isoformat() if as_of else ""
    found = room.desk.happening(id, then)
    if found is None:
        known = f" that was known on {then}" if then else ""
        raise HTTPException(404, f"no happening {id!r}{known}")
    asked = room.desk.events("recorded", happening=found.id, as_of=then)
    told = asked.page(MOST_REPORTS).items
    told = tuple(sorted(told, key=lambda kept: (kept.published, kept.n)))
    texts = {one.story: room.desk.story(one.story) for one in told}
    reports = [
        (one, marks.around(kept.story.text, one) if kept else marks.in_sentence(one))
        for one in told
        for kept in (texts[one.story],)
    ]
    return looks.page(
        request, "happening.html", kept=found, reports=reports, agreement=agreement(room, told),
        history=room.desk.history(found.id),
        likeness={id: kept.likeness for id, kept in texts.items() if kept},
    )  # fmt: skip


@router.get("/stories")
def stories(request: Request, room: ROOM, asked: Annotated[StoriesAsked, Query()]) -> Response:
    """A list of stories."""
    found = room.desk.stories(**asked.filters()).page(asked.limit, asked.cursor)
    originals = room.desk.stories_of(one.copy_of for one in found.items if one.copy_of)
    return looks.page(request, "stories.html", asked=asked, found=found, originals=originals)


@router.get("/stories.{form}")
def stories_as(
    request: Request, room: ROOM, form: Form, asked: Annotated[StoriesAsked, Query()]
) -> Response:
    """The same in another form."""
    if form not in ("json", "atom"):
        return exported(room.desk.stories(**asked.filters()), form, "stories")
    page = room.desk.stories(**asked.filters()).page(asked.limit, asked.cursor)
    if form == "json":
        return listed([records.story(one) for one in page.items], page.next)
    root = looks.root(request)
    entries = [
        forms.entry(
            f"urn:legation:story:{one.id}", one.story.title or one.id, one.first_seen,
            f"{root}/stories/{one.id}", f"{one.story.outlet}, {one.story.published}",
        )
        for one in page.items
    ]  # fmt: skip
    updated = max((one.first_seen for one in page.items), default="")
    return feed(request, "stories", asked, updated, entries)


@router.get("/stories/{id}")
def story(request: Request, room: ROOM, id: ID) -> Response:
    """One story with its acts, parties and sources marked."""
    found = room.desk.story(id)
    if found is None:
        raise HTTPException(404, f"no story {id!r}")
    told = room.desk.events("recorded", story=found.id).page(500).items
    told = tuple(
        sorted(told, key=lambda kept: min((s.start for s in kept.event.evidence), default=0))
    )
    family = room.desk.stories(family=found.family).page(20).items
    return looks.page(
        request, "story.html", kept=found, told=told,
        pieces=marks.in_story(found.story.text, [kept.event for kept in told]),
        family=[one for one in family if one.id != found.id],
    )  # fmt: skip


@router.get("/search")
def search(request: Request, room: ROOM, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Stories that hold the words, with what their events are about."""
    words = asked.q.strip()
    found = room.desk.search(words, asked.limit, asked.start) if words else []
    among: dict[str, Any] = room.desk.facets(FACETS, text=words) if words else {}
    parties = room.desk.parties(words, 8) if words else []
    return looks.page(
        request, "search.html", asked=asked, found=found, facets=among, fields=FACETS,
        parties=parties,
    )  # fmt: skip


def agreement(room: Any, told: tuple[KeptEvent, ...]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Rows of (field, one cell a report): what it says, and whether it differs from the most; a
    report that does not tell it contradicts nobody."""
    fields: dict[str, Callable[[KeptEvent], str]] = {
        "Act": lambda one: "/".join(filter(None, (one.event.type, one.event.mode))),
        "Status": lambda one: str(one.event.status),
        "Who": lambda one: _names(room, one.event.actors) or "nobody named",
        "To whom": lambda one: _names(room, one.event.recipients) or "nobody named",
        "When": lambda one: looks.span(one.event.date),
        "Where": lambda one: one.event.place.name if one.event.place else "not told",
        "On whose word": lambda one: _names(room, one.event.source) or "the outlet",
    }
    rows = []
    for name, say in fields.items():
        cells = [say(one) for one in told]
        same = [_bare(cell) for cell in cells]
        said = [word for word in same if word not in UNTOLD]
        most = max(said, key=said.count, default="")
        pairs = zip(cells, same, strict=True)
        rows.append((name, [(cell, word not in (most, *UNTOLD)) for cell, word in pairs]))
    return rows


def _bare(cell: str) -> str:
    """What a cell says whichever article it begins with."""
    return re.sub(r"^(the|an?) ", "", cell.casefold())


def _names(room: Any, parties: Any) -> str:
    return ", ".join(room.party(party) for party in parties)


def _place(kept: KeptEvent) -> int:
    return min((span.start for span in kept.event.evidence), default=0)


def listed(items: list[Any], more: str) -> Response:
    """One page of a list as JSON."""
    return answer({"items": items, "next": more})


def feed(request: Request, name: str, asked: Any, updated: str, entries: list[str]) -> Response:
    """A list as an Atom feed."""
    root, query = looks.root(request), asked.query()
    tail = f"?{query}" if query else ""
    return forms.atom(
        f"Legation: {name}" + (f" ({query})" if query else ""), f"{root}/{name}.atom{tail}",
        f"{root}/{name}{tail}", updated or "1970-01-01T00:00:00Z", entries,
    )  # fmt: skip
