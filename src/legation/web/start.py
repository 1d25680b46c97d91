"""The start page: what changed since yesterday, in a week, in a month."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from legation.web import access, looks
from legation.web.api import ROOM, reader
from legation.web.changes import changes

router = APIRouter(include_in_schema=False)
READER = [Depends(reader)]
DAYS = Annotated[int, Query(ge=1, le=366)]
DAY = Annotated[date | None, Query()]


@router.get("/", dependencies=READER)
def start(request: Request, room: ROOM, days: DAYS = 7, as_of: DAY = None) -> Response:
    """What changed, now or as of a day."""
    found = changes(room.desk, days, then=as_of.isoformat() if as_of else "")
    return looks.page(request, "start.html", found=found, days=days)


@router.get("/sign-in")
def sign_in(request: Request, room: ROOM, to: str = "/") -> Response:
    """A form for a token."""
    return with_form(request, room, "sign-in.html", to=access.local(to), wrong=False)


@router.post("/sign-in")
async def signed_in(request: Request, room: ROOM) -> Response:
    """Keep the token in a cookie that no script can read."""
    form = await request.form()
    access.check_form(request, room, str(form.get("form", "")))
    token, to = str(form.get("token", "")).strip(), access.local(str(form.get("to", "/")))
    if not access.known(room, token):
        return with_form(request, room, "sign-in.html", to=to, wrong=True)
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(access.COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/sign-out")
async def signed_out(request: Request, room: ROOM) -> Response:
    """Forget the token."""
    form = await request.form()
    access.check_form(request, room, str(form.get("form", "")))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(access.COOKIE)
    return answer


def with_form(request: Request, room: Any, template: str, **shown: Any) -> Response:
    """A page with a form: it carries a signed word, and the browser gets the word as a cookie."""
    word, signed = access.form_word(request, room)
    page = looks.page(request, template, form=signed, **shown)
    secure = request.url.scheme == "https"
    page.set_cookie(access.FORM, word, httponly=True, samesite="strict", secure=secure)
    page.headers["Cache-Control"] = "no-store"
    return page
