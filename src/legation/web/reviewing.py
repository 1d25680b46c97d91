"""Review: one event a screen, one key a verdict."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from legation.web import access, marks
from legation.web.api import ROOM
from legation.web.start import READER, with_form

router = APIRouter(include_in_schema=False, dependencies=READER)


@router.get("/review")
def review(request: Request, room: ROOM, below: float = 0.7, cursor: str = "") -> Response:
    """The next event that nobody has seen and that the reading is less sure of."""
    access.need(request, room, "read")
    below = min(1.0, max(0.0, below))
    page = room.desk.events(reviewed=False, max_confidence=below).page(1, cursor)
    kept = page.items[0] if page.items else None
    story = room.desk.story(kept.story) if kept else None
    pieces = marks.around(story.story.text, kept, 500) if kept and story else ()
    return with_form(
        request, room, "review.html", kept=kept, pieces=pieces, below=below, next=page.next
    )
