"""Who is asking, and may they? Tokens in a header or a cookie; forms carry a signed word."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

from legation.web import tokens
from legation.web.room import Room

COOKIE = "legation"  # holds the token of a person who signed in
FORM = "legation-form"  # a random word; forms repeat it, signed


def scopes(request: Request, room: Room) -> frozenset[str]:
    """What the asker may do: of "read", "write", "review"."""
    settings = room.settings
    found: set[str] = {"read"} if settings.public else set()
    if settings.trusted:
        found |= {"read", "write", "review"}
    token = token_of(request)
    if token and (kept := tokens.holder(settings.tokens, token)):
        found |= {"read", *kept.scopes}
    return frozenset(found)


def person(request: Request, room: Room) -> str:
    """Who is asking, for the record: the name of the token, else "local"."""
    kept = tokens.holder(room.settings.tokens, token_of(request))
    return kept.name if kept else "local"


def known(room: Room, token: str) -> bool:
    """Whether there is such a token."""
    return tokens.holder(room.settings.tokens, token) is not None


def token_of(request: Request) -> str:
    """The token of a request, "" when it has none."""
    word, _, token = request.headers.get("authorization", "").partition(" ")
    if word.lower() == "bearer":
        return token.strip()
    return request.cookies.get(COOKIE, "")


def need(request: Request, room: Room, scope: str) -> None:
    """Let the request pass or raise 401 (no token) or 403 (a token without the scope)."""
    if scope in scopes(request, room):
        return
    if token_of(request):
        raise HTTPException(403, f"this token lacks the scope {scope!r} (legation token)")
    raise HTTPException(
        401, f"a token with scope {scope!r} is needed (legation token)",
        {"WWW-Authenticate": "Bearer"},
    )  # fmt: skip


def form_word(request: Request, room: Room) -> tuple[str, str]:
    """The cookie's word (new when there is none) and the signed word for the form."""
    word = request.cookies.get(FORM) or secrets.token_urlsafe(16)
    return word, _signed(room, word)


def check_form(request: Request, room: Room, given: str) -> None:
    """Raise 403 when a form was not sent by a page of this server (CSRF)."""
    word = request.cookies.get(FORM, "")
    signed = hmac.compare_digest(_signed(room, word).encode(), given.encode("utf-8", "replace"))
    if not (word and signed and same_origin(request)):
        raise HTTPException(403, "this form is old or not from this server: load the page again")


def same_origin(request: Request) -> bool:
    """Whether a browser says that the request comes from a page of this server."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return not origin or urlsplit(origin).netloc == request.headers.get("host")


def _signed(room: Room, word: str) -> str:
    return hmac.new(
        room.settings.secret, word.encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def local(to: str) -> str:
    """A path on this server, whatever was given."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
