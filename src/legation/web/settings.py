"""How a server behaves: who may ask, who may write, how much. All of it is given, none is read."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
SCOPES = ("read", "write", "review")


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts` are the names that a browser may call the server by (guards against DNS rebinding).

    `public`: everybody who reaches the server may read; else a token with scope "read" is needed.
    `trusted`: everybody who reaches it may also write and review (a desk of one's own machine).
    `tokens` is the file of `legation token`. `rate` is requests a minute and address to the API and
    to reading, 0 for any number. `fresh` is for how many seconds an answer may be repeated without
    asking the desk whether it changed. `secret` signs the forms of this process.
    """

    hosts: tuple[str, ...] = LOOPBACK
    public: bool = True
    trusted: bool = False
    tokens: Path | None = None
    rate: int = 600
    fresh: float = 1.0
    largest_body: int = 1_000_000
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
