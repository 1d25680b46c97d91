"""A worker answers itself first: what is imported, compiled or opened late is there before a
visitor asks, whose first page would else take a second longer."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import replace

from starlette.types import ASGIApp, Message, Scope

from legation.web import looks
from legation.web.app import application
from legation.web.room import Room


def warm(room: Room) -> None:
    """Ask the pages that between them use everything, once; the first picture is drawn beside."""
    looks.compiled()
    desk, settings = room.desk, replace(room.settings, public=True, rate=0)
    app = application(desk, settings, room.reader)
    busiest = desk.facets("sides", sample=200, most=1)["sides"]
    pages = ["/", "/events", "/calendar", *(f"/relations/{pair}" for pair, _ in busiest)]
    asking = threading.Thread(target=lambda: asyncio.run(_asked(app, pages, settings.hosts[0])))
    asking.start()  # a thread of its own: the server's loop may be running in this one
    threading.Thread(target=_drawn, daemon=True).start()
    asking.join()


async def _asked(app: ASGIApp, pages: list[str], host: str) -> None:
    for path in pages:
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
            "root_path": "", "client": ("127.0.0.1", 0), "server": (host, 80),
            "headers": [(b"host", host.encode()), (b"accept", b"text/html")],
        }  # fmt: skip
        with suppress(Exception):  # what fails will be told to the visitor who asks for it
            await app(scope, _nothing, _unheard)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _unheard(message: Message) -> None:
    pass


def _drawn() -> None:
    from legation.study import charts

    charts.svg({"mark": "point", "data": {"values": [{}]}})
