"""Serving by several processes: each has its own connections to the desk and its kept answers.

They share one socket and one secret, so a form of one is good at another; what one writes, all see
with their next answer. Each counts the requests of an address (`rate`) by itself.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

import legation
from legation.web.app import application
from legation.web.settings import Settings
from legation.web.warming import warm

if TYPE_CHECKING:
    from fastapi import FastAPI

SLOWEST_START = 60  # seconds in which a worker must answer its parent, also on a busy machine
MOST = 4  # by default; more only pay on machines that do nothing else


def serve(url: str, settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve the desk at `url` until interrupted."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        partial(made, url, settings), factory=True, host=host, port=port, workers=workers,
        log_level="warning", server_header=False, timeout_graceful_shutdown=3,
        timeout_worker_healthcheck=SLOWEST_START,
    )  # fmt: skip
    server = uvicorn.Server(config)
    if workers == 1:
        server.run()
        return
    Multiprocess(config, sockets=[config.bind_socket()]).run()


def made(url: str, settings: Settings) -> FastAPI:
    """The server of one worker, warm."""
    app = application(legation.open(url, create=False), settings)
    _ = app.state.room.countries  # with the tables of the world; no visitor waits for them
    warm(app)
    gc.collect()
    gc.freeze()  # they stay for ever: the collector need not walk them at every page
    return app
