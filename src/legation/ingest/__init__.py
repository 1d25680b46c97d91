"""A location becomes stories: a text, HTML or JSONL file, an http(s) address, or `-` (stdin).

What cannot be read raises InputError (FetchError for addresses); single bad lines of a JSONL file
are told to `aside` and left out. A new format is one more file here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from legation.errors import InputError
from legation.story import Story

LARGEST = 50_000_000  # bytes of one text or HTML file; JSONL is streamed, any size


def stories(
    location: str,
    published: str = "",
    title: str = "",
    outlet: str = "",
    allow_private: bool = False,
    aside: Callable[[str], None] = lambda message: None,
) -> Iterator[Story]:
    """The stories at a location; given `published`, `title`, `outlet` win over what is found.

    `aside` is told, as `file:line: reason`, of each line that was left out.
    """
    given: dict[str, Any] = {
        name: value
        for name, value in (("published", published), ("title", title), ("outlet", outlet))
        if value
    }
    for story in _found(location, allow_private, aside):
        yield replace(story, **given) if given else story


def _found(location: str, allow_private: bool, aside: Callable[[str], None]) -> Iterator[Story]:
    if location.startswith(("http://", "https://")):
        yield _page(location, allow_private)
        return
    if location == "-":
        raw = sys.stdin.buffer.read(LARGEST + 1)
        yield from _content(raw, "-", "", aside)
        return
    path = Path(location)
    try:
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            with path.open("rb") as lines:
                yield from _lines(lines, path.name, aside)
            return
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{location}: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{location!r}: {error}") from error
    yield from _content(raw, path.name, path.suffix.lower(), aside)


def _lines(lines: Iterable[bytes], name: str, aside: Callable[[str], None]) -> Iterator[Story]:
    from legation.ingest import jsonl

    yield from jsonl.stories(lines, name, aside)


def _content(raw: bytes, name: str, suffix: str, aside: Callable[[str], None]) -> Iterator[Story]:
    from legation.ingest import text

    if len(raw) > LARGEST:
        raise InputError(f"{name}: larger than {LARGEST // 1_000_000} MB")
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in (".html", ".htm", ".xhtml") or _markup(head):
        from legation.ingest import html

        yield replace(html.story(raw, name), id=name if name != "-" else "")
    elif not suffix and head.startswith(b"{") and b'"text"' in raw[:100_000]:
        yield from _lines(raw.splitlines(), name, aside)
    else:
        yield replace(text.story(raw, name), id=name if name != "-" else "")


def _markup(head: bytes) -> bool:
    low = head[:500].lower()
    return low.startswith((b"<!doctype html", b"<html")) or (
        low.startswith(b"<") and b"<html" in head.lower()
    )


def _page(url: str, allow_private: bool) -> Story:
    from legation.ingest import html, text, web

    page = web.fetch(url, allow_private)
    kind = page.kind.partition(";")[0].strip().lower()
    if kind in ("text/plain", "text/markdown"):
        return replace(text.story(page.raw, url), id=url, url=page.url)
    if kind and kind not in ("text/html", "application/xhtml+xml"):
        raise InputError(f"{url}: {kind} is no page or text")
    return replace(html.story(page.raw, url, charset=_charset(page.kind)), id=url, url=page.url)


def _charset(kind: str) -> str:
    _, _, rest = kind.lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'")
