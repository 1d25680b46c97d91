"""Paste a text and see what is read in it; nothing is kept."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from legation.errors import InputError
from legation.story import Story
from legation.web import access, looks, marks
from legation.web.api import ROOM
from legation.web.start import READER, with_form

router = APIRouter(include_in_schema=False, dependencies=READER)
EXAMPLE = (
    "China's top diplomat Wang Yi arrived in Seoul on Tuesday for talks with his South Korean"
    " counterpart. Officials said the two sides would sign a trade accord in March. Pyongyang"
    " denied that it had fired missiles at the border and threatened to expel the envoy."
)


@router.get("/read")
def read(request: Request, room: ROOM) -> Response:
    """An empty form."""
    return _shown(request, room, "", date.today().isoformat(), None)


@router.post("/read")
async def read_now(request: Request, room: ROOM) -> Response:
    """The form with what was read; only the answer for a script that asks while somebody types."""
    form = await request.form()
    access.check_form(request, room, str(form.get("form", "")))
    text, published = str(form.get("text", "")), str(form.get("published", ""))
    title = str(form.get("title", ""))
    try:
        story = await run_in_threadpool(
            room.read, text=text[:60_000], published=published, title=title
        )
    except InputError as error:
        story = Story(text).with_problem("input", str(error))
    if request.headers.get("x-part") == "answer":
        return looks.page(request, "read-answer.html", **_answer(story))
    return _shown(request, room, text, published, story)


def _shown(
    request: Request, room: ROOM, text: str, published: str, story: Story | None
) -> Response:
    answer = _answer(story) if story is not None else {"story": None, "pieces": (), "events": ()}
    return with_form(
        request, room, "read.html", text=text, published=published, example=EXAMPLE, **answer
    )


def _answer(story: Story) -> dict[str, object]:
    events = sorted(story.events, key=lambda e: min((s.start for s in e.evidence), default=0))
    return {"story": story, "pieces": marks.in_story(story.text, events), "events": events}
