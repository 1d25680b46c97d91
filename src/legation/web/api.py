"""/api/v1: the desk for programs. Cursor pages, ETags, problem+json; read-only but for scopes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from legation.records import event_records
from legation.store import Result
from legation.study import groups
from legation.web import access, forms, records
from legation.web.asked import (
    EventsAsked,
    HappeningsAsked,
    PlansAsked,
    SearchAsked,
    StoriesAsked,
    events_asked,
    parameters,
)
from legation.web.records import (
    EventRecord,
    HappeningRecord,
    HappeningWhole,
    HitRecord,
    Listed,
    PlanRecord,
    ProblemJson,
    StoryRecord,
    StoryWhole,
)
from legation.web.room import Room, room_of

AT_ONCE = 100  # events of a page up to which it is answered without another thread


async def _room(request: Request) -> Room:
    return room_of(request)  # no thread for what takes no time


ROOM = Annotated[Room, Depends(_room)]
ID = Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[^\x00/]+$")]
PAIR = Annotated[
    str,
    Path(
        pattern=r"^[A-Z][A-Z0-9]{1,7}(\+[A-Z][A-Z0-9]{1,7}){0,11}"
        r"-[A-Z][A-Z0-9]{1,7}(\+[A-Z][A-Z0-9]{1,7}){0,11}$",
        description="Two sides: codes, or groups such as EU, joined by + within a side.",
    ),
]
DAY = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Form = Literal["csv", "jsonl", "parquet", "arrow"]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemJson, "description": said, "content": {"application/problem+json": {}}}
    for status, said in (
        (401, "A token is needed."), (403, "The token lacks the scope."),
        (404, "Nothing of this id."),
        (413, "Too large."), (421, "Another host's name."), (422, "A parameter is wrong."),
        (429, "Too many requests."), (501, "This form needs an extra that is not installed."),
        (503, "The desk is busy or away."),
    )
}  # fmt: skip


async def reader(request: Request) -> None:
    """Every endpoint needs the scope "read", which all have on a public server."""
    access.need(request, room_of(request), "read")


router = APIRouter(prefix="/api/v1", dependencies=[Depends(reader)], responses=PROBLEMS)


class Given(BaseModel):
    """A text to read."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1, max_length=60_000)]
    published: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    title: Annotated[str, Field(max_length=1_000)] = ""
    outlet: Annotated[str, Field(max_length=200)] = ""
    url: Annotated[str, Field(max_length=2_000)] = ""
    id: Annotated[str, Field(max_length=200)] = ""


class Verdict(BaseModel):
    """A person's word on an event; `changes` of type, mode or status for "correct", `with` for
    "same" and "different"."""

    model_config = ConfigDict(extra="forbid")
    event: Annotated[str, Field(min_length=1, max_length=100)]
    verdict: Literal["accept", "correct", "reject", "same", "different"]
    changes: dict[str, str] = {}
    note: Annotated[str, Field(max_length=1_000)] = ""


class Added(BaseModel):
    """What became of a story that was added."""

    id: str
    new: bool
    events: int


class Status(BaseModel):
    """The desk in numbers."""

    first_day: str
    last_day: str
    legation: str


@router.get("/status", response_model=Status)
def status(room: ROOM) -> Any:
    """First and last day of publication, and the version of Legation."""
    import legation

    first, last = room.desk.span()
    return {"first_day": first, "last_day": last, "legation": legation.__version__}


@router.get(
    "/events", response_model=Listed[EventRecord], openapi_extra=parameters(EventsAsked)
)  # fmt: skip
async def events(room: ROOM, asked: Annotated[EventsAsked, Depends(events_asked)]) -> Any:
    """Events, newest act first, each with its evidence."""

    def made() -> Response:
        page = room.desk.events_as(
            records.event_text, asked.limit, asked.cursor, asked.order, room.records(),
            **asked.filters(),
        )  # fmt: skip
        return answer({"items": page.items, "next": page.next})

    # of a file a page takes less time than handing it to another thread and back
    at_once = room.desk.database.name == "sqlite" and asked.limit <= AT_ONCE and not asked.text
    return made() if at_once else await run_in_threadpool(made)


@router.get("/events/{id}", response_model=EventRecord)
def event(room: ROOM, id: ID) -> Any:
    """One event."""
    found = room.desk.event(id)
    if found is None:
        raise HTTPException(404, f"no event {id!r}")
    return answer(records.event(found))


@router.get("/events/{id}/versions", response_model=Listed[EventRecord])
def versions(room: ROOM, id: ID) -> Any:
    """Every version that an event has had, oldest first."""
    found = room.desk.versions(id)
    if not found:
        raise HTTPException(404, f"no event {id!r}")
    return answer({"items": [records.event(one) for one in found], "next": ""})


@router.get("/happenings", response_model=Listed[HappeningRecord])
def happenings(room: ROOM, asked: Annotated[HappeningsAsked, Query()]) -> Any:
    """Happenings: acts as all their reports tell them."""
    page = room.desk.happenings(asked.order, **asked.filters()).page(asked.limit, asked.cursor)
    return answer({"items": [records.happening(one) for one in page.items], "next": page.next})


@router.get("/happenings/{id}", response_model=HappeningWhole)
def happening(room: ROOM, id: ID, as_of: DAY = "") -> Any:
    """One happening with every event told of it; a merged id leads to what it became part of."""
    found = room.desk.happening(id, as_of)
    if found is None:
        raise HTTPException(404, f"no happening {id!r}")
    told = room.desk.events("oldest", happening=found.id, as_of=as_of).page(1000).items
    whole = records.happening(found) | {
        "told": [records.event(one) for one in told], "history": room.desk.history(found.id)
    }  # fmt: skip
    return answer(whole)


@router.get("/stories", response_model=Listed[StoryRecord])
def stories(room: ROOM, asked: Annotated[StoriesAsked, Query()]) -> Any:
    """Stories by day of publication, newest first, without their texts."""
    page = room.desk.stories(**asked.filters()).page(asked.limit, asked.cursor)
    return answer({"items": [records.story(one) for one in page.items], "next": page.next})


@router.get("/stories/{id}", response_model=StoryWhole)
def story(room: ROOM, id: ID) -> Any:
    """One story with its text and its events with the spans of their evidence."""
    found = room.desk.story(id)
    if found is None:
        raise HTTPException(404, f"no story {id!r}")
    told = room.desk.events("recorded", story=found.id).page(1000).items
    whole = records.story(found) | {
        "text": found.story.text, "events": [records.event(one) for one in told],
        "problems": [
            {"code": p.code, "message": p.message, "start": p.start, "end": p.end}
            for p in found.story.problems
        ],
    }  # fmt: skip
    return answer(whole)


@router.get("/parties", response_model=Listed[dict[str, Any]])
def parties(
    room: ROOM, words: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str, Query(pattern=r"^\d{0,8}$")] = "",
) -> Any:  # fmt: skip
    """Parties whose name begins with the words, with what was learned of their roles."""
    start = int(cursor or 0)
    found = room.desk.parties(words, limit + 1, start)
    more = str(start + limit) if len(found) > limit else ""
    return answer({"items": found[:limit], "next": more})


@router.get("/relations/{pair}", response_model=Listed[dict[str, Any]])
def relation(
    room: ROOM, pair: PAIR, by: Literal["day", "week", "month", "year"] = "month",
    since: DAY = "", until: DAY = "", as_of: DAY = "",
) -> Any:  # fmt: skip
    """Numbers of events, stories and happenings between two sides, by period, type and status."""
    asked = {"pair": groups.spelled(pair), "since": since, "until": until, "as_of": as_of}
    rows = room.desk.series(by, "type,status", **asked)
    return answer({"items": rows, "next": ""})


@router.get("/calendar", response_model=Listed[PlanRecord])
def calendar(room: ROOM, asked: Annotated[PlansAsked, Query()]) -> Any:
    """Planned, agreed and threatened acts by the day on which they are due, soonest first."""
    page = room.desk.plans(**asked.filters()).page(asked.limit, asked.cursor)
    return answer({"items": [records.plan(one) for one in page.items], "next": page.next})


@router.get("/search", response_model=Listed[HitRecord])
def search(room: ROOM, asked: Annotated[SearchAsked, Query()]) -> Any:
    """Stories that hold the words, best first."""
    if not asked.q.strip():
        return answer({"items": [], "next": ""})
    found = room.desk.search(asked.q, asked.limit + 1, asked.start)
    more = str(asked.start + asked.limit) if len(found) > asked.limit else ""
    return answer({"items": [records.hit(one) for one in found[: asked.limit]], "next": more})


@router.get("/export/events.{form}", response_class=Response)
def export_events(room: ROOM, form: Form, asked: Annotated[EventsAsked, Query()]) -> Response:
    """All events that fit, as a stream; `limit` and `cursor` do not apply."""
    return exported(room.desk.events(asked.order, **asked.filters()), form, "events")


@router.get("/export/happenings.{form}", response_class=Response)
def export_happenings(
    room: ROOM, form: Form, asked: Annotated[HappeningsAsked, Query()]
) -> Response:
    """All happenings that fit, as a stream."""
    return exported(room.desk.happenings(asked.order, **asked.filters()), form, "happenings")


@router.get("/export/stories.{form}", response_class=Response)
def export_stories(room: ROOM, form: Form, asked: Annotated[StoriesAsked, Query()]) -> Response:
    """All stories that fit, without their texts, as a stream."""
    return exported(room.desk.stories(**asked.filters()), form, "stories")


@router.get("/export/plans.{form}", response_class=Response)
def export_plans(room: ROOM, form: Form, asked: Annotated[PlansAsked, Query()]) -> Response:
    """All plans that fit, as a stream."""
    return exported(room.desk.plans(**asked.filters()), form, "plans")


@router.post("/read", response_model=dict[str, Any])
def read(room: ROOM, given: Given) -> Any:
    """Read a text now and keep nothing: its events and what was odd."""
    story = room.read(**given.model_dump())
    problems = [{"code": p.code, "message": p.message} for p in story.problems]
    return answer({"events": event_records(story), "problems": problems, "version": story.version})


@router.post("/stories", response_model=Added, status_code=201)
def add(request: Request, room: ROOM, given: Given) -> Any:
    """Read a text and keep it (scope "write"); the same story again changes nothing."""
    access.need(request, room, "write")
    added = room.desk.add(room.read(**given.model_dump()))
    body = {"id": added.id, "new": added.new, "events": added.events}
    return JSONResponse(body, 201, {"Location": f"/api/v1/stories/{added.id}"})


@router.post("/reviews", response_model=Verdict, status_code=201)
def review(request: Request, room: ROOM, given: Verdict) -> Any:
    """Keep a person's verdict on an event (scope "review"); no re-reading overwrites it."""
    access.need(request, room, "review")
    if room.desk.event(given.event) is None:
        raise HTTPException(404, f"no event {given.event!r}")
    person = access.person(request, room)
    room.desk.review("event", given.event, given.verdict, given.changes, person, given.note)
    return JSONResponse(given.model_dump(), 201)


def answer(data: Any) -> Response:
    """Data as it is, not checked against its model again: tests do that."""
    return Response(orjson.dumps(data), media_type="application/json")


def exported(result: Result[Any], form: str, name: str) -> Response:
    """A stream whose filter was tried first, so that a wrong one is a 422 and no broken file."""
    result.first()
    if form in ("parquet", "arrow"):
        forms.needs_pyarrow()
    return forms.stream(result, form, name)
