"""Answers that need no second asking: ETags of the desk's version, and what was answered before.

The version grows with each transaction that changes the desk; as long as it stays, a question has
the same answer - of any worker, and after a restart. A file is asked for it with each request, so
nothing stale is ever told; a server's is asked for at most every `fresh` seconds.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import legation
from legation.store import Desk

NEVER = ("/static/", "/review", "/read", "/sign-in", "/api/v1/read", "/api/v1/export")
MOST_BYTES = 32_000_000
LARGEST = 1_000_000  # of one answer that is kept
Headers = list[tuple[bytes, bytes]]


def state_of(desk: Desk) -> str:
    """What an answer depends on beside the question: the desk's version, the day (plans lapse),
    and this package, whose next version may tell it otherwise."""
    return f"{desk.version()} {datetime.now(UTC).date()} {legation.__version__}"


class Cached:
    """Answers GET requests from what was answered before, or with 304 when the asker has it."""

    def __init__(
        self, app: ASGIApp, desk: Desk, fresh: float = 1.0, most: int = MOST_BYTES,
        tokens: Path | None = None,
    ) -> None:  # fmt: skip
        self.app, self.desk, self.fresh, self.most = app, desk, fresh, most
        self.tokens = tokens
        self._file = desk.database.name == "sqlite"
        self._state, self._at, self._size = "", -1e9, 0
        self._kept: OrderedDict[str, tuple[Headers, bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            self._at = -1e9  # it may have changed the desk
            await self.app(scope, receive, send)
            return
        if scope["path"].startswith(NEVER):
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        state = await self._now()
        who = headers.get(b"authorization", b"") + headers.get(b"cookie", b"")
        accept = headers.get(b"accept", b"")
        query, host = scope["query_string"], headers.get(b"host")
        asked = f"{host!r} {scope['path']}?{query!r} {who!r} {accept!r}"
        key = f"{asked} {state} {self._given_out()}"
        tag = f'W/"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'.encode()
        if tag in headers.get(b"if-none-match", b""):
            await _unchanged(send, tag)
        elif (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            await _answer(send, scope, *kept)
        else:
            await self.app(scope, receive, self._keeping(send, scope, key, tag))

    def _given_out(self) -> int:
        """When tokens were last made or withdrawn: no answer outlives the token it was given to."""
        try:
            return self.tokens.stat().st_mtime_ns if self.tokens else 0
        except OSError:
            return 0

    async def _now(self) -> str:
        if self._file:
            state = state_of(self.desk)  # microseconds, and readers of a file never wait
        elif time.monotonic() - self._at >= self.fresh:
            state = await anyio.to_thread.run_sync(state_of, self.desk)
            self._at = time.monotonic()
        else:
            return self._state
        if state != self._state:
            self._kept.clear()
            self._state, self._size = state, 0
        return state

    def _keeping(self, send: Send, scope: Scope, key: str, tag: bytes) -> Send:
        start: Message = {}
        parts: list[bytes] = []

        async def keeping(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                known = {name for name, _ in message["headers"]}
                if message["status"] == 200 and b"set-cookie" not in known:
                    more = [(b"etag", tag), (b"cache-control", b"private, no-cache")]
                    start = {**message, "headers": [*message["headers"], *more]}
                else:
                    key_size[0] = LARGEST + 1
                await send(start)
                return
            body = message.get("body", b"")
            key_size[0] += len(body)
            if key_size[0] <= LARGEST:
                parts.append(body)
            if not message.get("more_body") and key_size[0] <= LARGEST and scope["method"] == "GET":
                self._keep(key, start["headers"], b"".join(parts))
            await send(message)

        key_size = [0]
        return keeping

    def _keep(self, key: str, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self._kept[key] = (headers, body)
        self._size += len(body)
        while self._size > self.most and self._kept:
            _, (_, old) = self._kept.popitem(last=False)
            self._size -= len(old)


async def _answer(
    send: Send, scope: Scope, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _unchanged(send: Send, tag: bytes) -> None:
    headers = [(b"etag", tag), (b"cache-control", b"private, no-cache")]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
