"""The door: which hosts, how much, how often, with which headers. One plain ASGI layer."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legation.web.problems import problem
from legation.web.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make forms of ours send no origin
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer. No script, style, image or font from anywhere else, none written into a page."""

_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
COSTLY = ("/api/", "/read")
MOST_ADDRESSES = 10_000


class Limiter:
    """A bucket of requests per address, filled evenly; the least recent addresses are forgotten."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str, now: float | None = None) -> float:
        """Take one; 0.0 when there was one left, else seconds until there is."""
        if not self.rate:
            return 0.0
        now = time.monotonic() if now is None else now
        left, at = self._left.pop(address, (float(self.rate), now))
        left = min(float(self.rate), left + (now - at) * self.rate / 60)
        self._left[address] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) * 60 / self.rate


class Guard:
    """Refuses foreign hosts, too large bodies and too many requests; adds the headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.limiter = Limiter(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                raw = list(message.get("headers", []))
                known = {name for name, _ in raw}
                raw += [pair for pair in _RAW if pair[0] not in known]
                message = {**message, "headers": raw}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        await self.app(scope, _bounded(receive, self.settings.largest_body), guarded)

    def _refusal(self, scope: Scope) -> Any:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if "*" not in self.settings.hosts and name not in self.settings.hosts:
            return problem(421, f"this server is not called {name!r} (legation serve --allow-host)")
        size = headers.get(b"content-length", b"0").decode("latin-1")
        if not size.isdigit() or int(size) > self.settings.largest_body:
            return problem(413, f"more than {self.settings.largest_body:,} bytes")
        if scope["path"].startswith(COSTLY) and not scope["path"].endswith("/status"):
            address = (scope.get("client") or ("",))[0]
            wait = self.limiter.wait(address)
            if wait:
                seconds = str(int(wait) + 1)
                return problem(
                    429,
                    f"more than {self.limiter.rate} requests a minute",
                    {"Retry-After": seconds},
                )
        return None


class TooLarge(HTTPException):
    """Raised while a body without a told length grows beyond the limit."""


def _bounded(receive: Receive, largest: int) -> Receive:
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise TooLarge(413, f"more than {largest:,} bytes")
        return message

    return bounded
