"""Review: one event a screen, one key a verdict; correct, split, merge; all can be undone."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from legation.errors import InputError
from legation.story import MODES, Status, Type
from legation.web import access, marks
from legation.web.api import ROOM
from legation.web.looks import query
from legation.web.room import Room
from legation.web.start import READER, with_form

router = APIRouter(include_in_schema=False, dependencies=READER)
VERDICTS = ("accept", "correct", "reject", "split", "merge", "undo")


@router.get("/review")
def review(
    request: Request, room: ROOM,
    below: Annotated[float, Query(ge=0, le=1)] = 0.7,
    cursor: Annotated[str, Query(max_length=100)] = "",
    event: Annotated[str, Query(max_length=100)] = "", said: str = "",
) -> Response:  # fmt: skip
    """The event asked for, else the next that nobody has seen and the reading is less sure of."""
    if event:
        kept, more = room.desk.event(event), ""
    else:
        page = room.desk.events(reviewed=False, max_confidence=below).page(1, cursor)
        kept, more = (page.items[0] if page.items else None), page.next
    story = room.desk.story(kept.story) if kept else None
    return with_form(
        request, room, "review.html", kept=kept, below=below, next=more, said=said[:200],
        pieces=marks.around(story.story.text, kept, 500) if kept and story else (),
        near=_near(room, kept) if kept else (), types=[str(one) for one in Type], modes=MODES,
        statuses=[str(one) for one in Status], latest=room.desk.reviews(limit=5),
        may="review" in access.scopes(request, room),
    )  # fmt: skip


@router.post("/review")
async def reviewed(request: Request, room: ROOM) -> Response:
    """Keep a verdict, and show the next event."""
    form = {name: str(value)[:2000] for name, value in (await request.form()).items()}
    access.need(request, room, "review")
    access.check_form(request, room, form.get("form", ""))
    person = access.person(request, room)
    verdict = form.get("verdict", "")
    if verdict not in VERDICTS:
        raise HTTPException(422, f"verdict {verdict!r} is none of {', '.join(VERDICTS)}")
    try:
        said = await run_in_threadpool(_applied, room, form, verdict, person)
    except InputError as error:
        raise HTTPException(422, str(error)) from error
    words = query(below=form.get("below", ""), cursor=form.get("cursor", ""), said=said)
    return RedirectResponse(f"/review?{words}", 303)


def _applied(room: Room, form: dict[str, str], verdict: str, person: str) -> str:
    """Apply a verdict; returns what was done, in words. InputError."""
    desk, target, note = room.desk, form.get("event", ""), form.get("note", "")
    if verdict == "undo":
        number = form.get("number", "")
        if not number.isdigit():
            raise InputError(f"review {number!r} is no number")
        desk.undo(int(number))
        return "taken back"
    kept = desk.event(target)
    if kept is None:
        raise InputError(f"no event {target!r}")
    if verdict == "split":
        desk.split(kept.happening, [target], person, note)
        return "split from its happening"
    if verdict == "merge":
        desk.merge(kept.happening, form.get("other", "").strip(), person, note)
        return "merged"
    changes: dict[str, Any] = {}
    if verdict == "correct":
        for name in ("type", "mode", "status"):
            value = form.get(name, "")
            old = getattr(kept.event, name)
            if value != (str(old) if old else ""):
                changes[name] = value or None
        if not changes:
            raise InputError("nothing is corrected: change the type, mode or status first")
    desk.review("event", target, verdict, changes, person, note)
    return {"accept": "accepted", "correct": "corrected", "reject": "rejected"}[verdict]


def _near(room: Room, kept: Any) -> list[Any]:
    """Happenings of the same sides and days that this one may be the same as."""
    act = kept.event
    codes = [p.country for p in (*act.actors, *act.recipients) if p.country]
    if not codes:
        return []
    found = room.desk.happenings(
        party=codes[0], since=kept.day if kept.day else "", until=kept.last_day or ""
    )
    return [one for one in found.page(12).items if one.id != kept.happening][:6]
