"""The server: rooms behind one door. Order from outside: guard, cache, routes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

import legation
from legation.errors import InputError, StoreBusyError, StoreError
from legation.web import (
    api,
    charting,
    looks,
    people,
    places,
    plans,
    reading,
    reports,
    reviewing,
    start,
    then,
    views,
)
from legation.web.caching import Cached
from legation.web.guard import Guard
from legation.web.problems import problem
from legation.web.room import Room
from legation.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from legation.pipeline import Reader
    from legation.store import Desk

THREADS = 8  # each has its own connection to the desk
UNKNOWN = "nothing that can be asked here; docs/web.md and /openapi.json list what can"
ABOUT = (
    "Who did what to whom, when, where, on whose word, and whether it happened: the events that"
    " Legation read in news stories, with the words of their evidence."
)
ROUTERS = (api, charting, views, start, reports, people, places, plans, reading, reviewing, then)


def application(
    desk: Desk, settings: Settings | None = None, reader: Reader | None = None
) -> FastAPI:
    """The pages and the API of one desk; `reader` reads posted texts (else one is made late)."""
    settings = settings or Settings()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield

    app = FastAPI(
        title="Legation", version=legation.__version__, description=ABOUT, lifespan=life,
        docs_url=None, redoc_url=None,
    )  # fmt: skip
    app.state.room = Room(desk, settings, reader)
    for room in ROUTERS:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_middleware(Cached, desk=desk, fresh=settings.fresh, tokens=settings.tokens)
    app.add_middleware(Guard, settings=settings)
    _mend(app)
    return app


def _mend(app: FastAPI) -> None:
    """Every error becomes problem+json for programs, a page for people."""

    @app.exception_handler(StarletteHTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 401 and looks.for_people(request):
            return RedirectResponse(f"/sign-in?to={request.url.path}", 303)
        detail = str(error.detail)
        if detail == "Not Found":  # nothing of ours answers there
            detail = f"there is no {request.url.path}; /openapi.json lists what answers programs"
        return told(request, error.status_code, detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'][1:]) or 'request'}: "
            f"{UNKNOWN if one['type'] == 'extra_forbidden' else one['msg']}"
            for one in error.errors()
        )
        return told(request, 422, said)

    @app.exception_handler(InputError)
    async def wrong(request: Request, error: InputError) -> Response:
        return told(request, 422, str(error))

    @app.exception_handler(StoreError)
    async def store(request: Request, error: StoreError) -> Response:
        if isinstance(error, StoreBusyError):
            return told(request, 503, str(error), {"Retry-After": "5"})
        return told(request, 501 if "not installed" in str(error) else 503, str(error))


def told(request: Request, status: int, detail: str, headers: Any = None) -> Response:
    """One error, in the form that the asker reads."""
    if looks.for_people(request):
        page = looks.page(request, "error.html", status=status, detail=detail)
        page.status_code = status
        page.headers.update(headers or {})
        return page
    return problem(status, detail, headers)
