"""A worker answers itself first: what is imported, compiled or opened late is there before a
visitor asks, whose first page would else take a second longer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from fastapi import FastAPI
from starlette.types import Message, Scope

from legation.web import looks
from legation.web.app import application
from legation.web.room import Room


def warm(app: FastAPI) -> None:
    """Ask the pages that between them use everything, once; beside it the first picture is drawn,
    for which the renderer starts."""
    looks.compiled()
    room: Room = app.state.room
    busiest = room.desk.facets("sides", sample=200, most=1)["sides"]
    pages = ["/", "/events", "/calendar", *(f"/relations/{pair}" for pair, _ in busiest)]
    asked: list[tuple[FastAPI, Iterable[str]]] = [(app, ("/sign-in",)), (_open(app, room), pages)]

    def asking() -> None:
        _reckoned()
        for one, paths in asked:
            asyncio.run(_asked(one, paths, room.settings.hosts[0]))

    # not in this thread, in which the server's loop may be running
    threads = [threading.Thread(target=_drawn), threading.Thread(target=asking)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _open(app: FastAPI, room: Room) -> FastAPI:
    """The app itself, or one that shows pages without a token: for nobody but this process."""
    if room.settings.public:
        return app
    return application(room.desk, replace(room.settings, public=True), room.reader)


async def _asked(app: FastAPI, paths: Iterable[str], host: str) -> None:
    for path in paths:
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


def _reckoned() -> None:
    """Every step of a study, which the busiest pair may be too young to need."""
    import polars as pl

    from legation.study import relation, turning
    from legation.study.acts import SCHEMA, WEIGHED
    from legation.study.charts import ground

    told: dict[str, object] = {
        "type": "CONSULT", "status": "happened", "quad": 1, "score": 1.0, "weight": 1.0,
        "independent": 1, "reports": 1, "confidence": 1.0,
    }  # fmt: skip
    acts = pl.DataFrame(
        [told | {"id": str(n), "day": f"2000-01-{n:02d}"} for n in range(1, 29)],
        schema={name: SCHEMA[name] for name in WEIGHED},
    )
    turning.turning_points(acts)
    relation.state(acts)
    relation.series(acts)
    ground.outlines()
    ground.seats()


def _drawn() -> None:
    from legation.study import charts

    charts.svg({"mark": "point", "data": {"values": [{}]}})
