"""Who may write: tokens with scopes, kept only as hashes, compared in constant time.

A token is `legation_` and 32 random bytes, so a plain SHA-256 cannot be searched; the file is a
JSON object of name -> {"hash", "scopes", "made"}, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from legation.errors import InputError
from legation.web.settings import SCOPES

PREFIX = "legation_"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: its name, what it may do, when it was made; never the token itself."""

    name: str
    scopes: tuple[str, ...]
    made: str
    hash: str = ""


def new(path: Path, name: str, scopes: Sequence[str]) -> str:
    """Make a token, keep its hash, give it back this one time; InputError on a taken name."""
    known = _read(path)
    if not name or name in known:
        raise InputError(f"{path}: there is a token {name!r} already; withdraw it first")
    for scope in scopes:
        if scope not in SCOPES:
            raise InputError(f"scope {scope!r} is none of {', '.join(SCOPES)}")
    token = PREFIX + secrets.token_urlsafe(32)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    known[name] = {"hash": _hash(token), "scopes": sorted(set(scopes)), "made": made}
    _write(path, known)
    return token


def all_tokens(path: Path) -> list[Token]:
    """The tokens of a file; none when there is no file."""
    return [
        Token(name, tuple(kept["scopes"]), kept["made"], kept["hash"])
        for name, kept in sorted(_read(path).items())
    ]


def withdraw(path: Path, name: str) -> None:
    """Forget a token; InputError when there is none of that name."""
    known = _read(path)
    if name not in known:
        raise InputError(f"{path}: no token {name!r}")
    del known[name]
    _write(path, known)


def holder(path: Path | None, token: str) -> Token | None:
    """Whose token this is. Every kept hash is compared, whatever matches, so time tells nothing."""
    given, found = _hash(token), None
    for kept in all_tokens(path) if path else ():
        if hmac.compare_digest(kept.hash, given):
            found = kept
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path}: not a file of tokens ({error})") from error
    if not isinstance(found, dict):
        raise InputError(f"{path}: not a file of tokens")
    return found


def _write(path: Path, known: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(path.suffix + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(known, file, indent=1)
    part.replace(path)
