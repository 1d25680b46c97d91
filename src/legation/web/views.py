"""Pages that are no plain list, in other forms: JSON, CSV, JSON Lines, Parquet, an Atom feed.

Their addresses are those of the pages with the form behind: /relations/CHN-KOR.csv.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from legation.store import KeptEvent, KeptHappening, happenings
from legation.study import groups
from legation.tables import Table
from legation.web import api, charting, forms, looks, people, places, records
from legation.web.api import ID, ROOM, answer, exported
from legation.web.asked import EventsAsked, SearchAsked
from legation.web.changes import changes
from legation.web.places import MapAsked
from legation.web.reports import listed
from legation.web.room import Room
from legation.web.start import DAY, DAYS, READER

router = APIRouter(include_in_schema=False, dependencies=READER)
Form = Literal["json", "csv", "jsonl", "parquet", "atom"]
PAIRS: Table = (("pair", "text"), ("a", "text"), ("b", "text"), ("events", "int"))
HITS: Table = (
    ("story", "text"), ("outlet", "text"), ("published", "text"), ("title", "text"),
    ("snippet", "text"),
)  # fmt: skip
FEED = 50  # entries of a feed


@router.get("/index.{form}")
def index(request: Request, room: ROOM, form: Form, days: DAYS = 7, as_of: DAY = None) -> Response:
    """What changed."""
    then = as_of.isoformat() if as_of else ""
    found = [one.kept for one in changes(room.desk, days, then=then).changes]
    if form == "json":
        return listed([records.happening(kept) for kept in found], "")
    if form == "atom":
        return _happenings(request, room, found, "what changed", "/")
    return forms.rows((happenings.row(kept) for kept in found), happenings.TABLE, form, "changed")


@router.get("/relations.{form}")
def relations(
    request: Request, room: ROOM, form: Form, since: DAY = None, until: DAY = None,
    as_of: DAY = None,
) -> Response:  # fmt: skip
    """The pairs most told of."""
    asked = people.days_of(since, until, as_of)
    return _pairs(request, room, form, asked, "relations")


@router.get("/network.{form}")
def network(
    request: Request, room: ROOM, form: Form, asked: Annotated[EventsAsked, Query()]
) -> Response:
    """The ties of the network."""
    return _pairs(request, room, form, asked.filters(), "network")


@router.get("/map.{form}")
def world(
    request: Request, room: ROOM, form: Form, asked: Annotated[MapAsked, Query()]
) -> Response:
    """The events of the map, or its relations."""
    if asked.of == "relations":
        return _pairs(request, room, form, asked.filters(), "map")
    return _events(request, room, form, asked.filters(), "map")


@router.get("/relations/{pair}.{form}")
def relation(request: Request, form: Form, asked: charting.WANTED) -> Response:
    """A pair period by period: the numbers of its chart; the feed tells its newest happenings."""
    room, pair = asked.room, asked.pair
    if form == "atom":
        days = {"since": asked.since, "until": asked.until, "as_of": asked.as_of}
        wanted = {name: day for name, day in days.items() if day}
        newest = room.desk.happenings(pair=groups.spelled(pair), **wanted).page(FEED).items
        return _happenings(request, room, newest, pair, f"/relations/{pair}")
    study = asked.study()
    rows, by = charting.levels(room, study, asked.since, asked.until, asked.end)
    if form == "json":
        told = {"pair": pair, "by": by, "state": study.get("state"), "turns": study.get("turns")}
        return answer({**told, "items": rows.to_dicts(), "next": ""})
    return forms.table(rows, form, pair)


@router.get("/actors/{id}.{form}")
def actor(request: Request, room: ROOM, form: Form, id: ID, as_of: DAY = None) -> Response:
    """The events of one side."""
    wanted = people.days_of(None, None, as_of)
    return _events(request, room, form, {"party": id, **wanted}, f"actors/{looks.segment(id)}")


@router.get("/events/{id}.{form}")
def event(request: Request, room: ROOM, form: Form, id: ID) -> Response:
    """One event."""
    return _one(request, room, form, partial(api.event, room, id), {"event": id}, f"events/{id}")


@router.get("/happenings/{id}.{form}")
def happening(request: Request, room: ROOM, form: Form, id: ID, as_of: DAY = None) -> Response:
    """One happening with its events, now or as of a day."""
    wanted = {"happening": id, **people.days_of(None, None, as_of)}
    whole = partial(api.happening, room, id, wanted.get("as_of", ""))
    return _one(request, room, form, whole, wanted, f"happenings/{id}")


@router.get("/stories/{id}.{form}")
def story(request: Request, room: ROOM, form: Form, id: ID) -> Response:
    """One story with its events."""
    path = f"stories/{looks.segment(id)}"
    return _one(request, room, form, partial(api.story, room, id), {"story": id}, path)


@router.get("/search.{form}")
def search(
    request: Request, room: ROOM, form: Form, asked: Annotated[SearchAsked, Query()]
) -> Response:
    """Stories that hold the words."""
    if form == "json":
        return api.search(room, asked)  # type: ignore[no-any-return]
    found = room.desk.search(asked.q, asked.limit, asked.start) if asked.q.strip() else []
    if form != "atom":
        rows = ({name: one[name] for name, _ in HITS} for one in map(records.hit, found))
        return forms.rows(rows, HITS, form, "search")
    root, tail = looks.root(request), looks.query(q=asked.q)
    entries = [
        forms.entry(
            f"urn:legation:story:{one['story']}", one["title"] or one["story"],
            f"{one['published']}T00:00:00Z", f"{root}/stories/{looks.segment(one['story'])}",
            one["snippet"],
        )
        for one in map(records.hit, found)
    ]  # fmt: skip
    return _feed(request, f"search {asked.q}", f"/search?{tail}", "", entries)


def _one(
    request: Request, room: Room, form: Form, whole: Callable[[], Response],
    asked: dict[str, Any], path: str,
) -> Response:  # fmt: skip
    """One event, happening or story: as JSON the `whole` record, in other forms its events."""
    return whole() if form == "json" else _events(request, room, form, asked, path)


def _events(request: Request, room: Room, form: Form, asked: dict[str, Any], path: str) -> Response:
    result = room.desk.events(**asked)
    if form == "json":
        page = result.page(FEED)
        return listed([records.event(kept) for kept in page.items], page.next)
    if form != "atom":
        return exported(result, form, path.replace("/", "-"))
    found: tuple[KeptEvent, ...] = result.page(FEED).items
    root = looks.root(request)
    entries = [forms.event_entry(one, looks.kept_title(room, one), root) for one in found]
    return _feed(request, path, f"/{path}", max((one.coded for one in found), default=""), entries)


def _pairs(request: Request, room: Room, form: Form, asked: dict[str, Any], name: str) -> Response:
    if form == "atom":
        return _events(request, room, form, asked, name)
    sides = room.desk.facets("sides", sample=places.SAMPLE, most=places.PAIRS, **asked)["sides"]
    rows = [
        {"pair": pair, "a": pair.split("-")[0], "b": pair.split("-")[1], "events": number}
        for pair, number in sides
    ]
    return listed(rows, "") if form == "json" else forms.rows(rows, PAIRS, form, name)


def _happenings(request: Request, room: Room, found: Any, name: str, page: str) -> Response:
    told: list[KeptHappening] = list(found)
    root = looks.root(request)
    entries = [forms.happening_entry(one, looks.kept_title(room, one), root) for one in told]
    return _feed(request, name, page, max((one.changed for one in told), default=""), entries)


def _feed(request: Request, name: str, page: str, updated: str, entries: list[str]) -> Response:
    root = looks.root(request)
    return forms.atom(
        f"Legation: {name}", str(request.url), root + page, updated or "1970-01-01T00:00:00Z",
        entries,
    )  # fmt: skip
