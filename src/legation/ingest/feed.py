"""RSS, Atom and JSON feeds become stories: the full text of an item, or the page behind its link.

`feedparser` reads RSS and Atom, dirty ones too; documents that declare XML entities are refused
before it sees them. The day is the feed's; the page behind a link fills in what the feed lacks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.sax import SAXException

from legation.errors import FetchError, InputError
from legation.ingest.address import canonical
from legation.ingest.days import iso_day
from legation.ingest.markup import plain
from legation.story import Story

LARGEST = 10_000_000  # bytes of one feed
FULL = 600  # characters from which an item's own content counts as the article


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: `text` its content as plain text, `summary` the teaser."""

    id: str
    url: str
    title: str
    published: str
    text: str
    summary: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it came: its name and its items, newest first as feeds have it."""

    title: str
    items: tuple[Item, ...]


def stories(
    feed: Feed,
    read: Callable[[str], Story],
    aside: Callable[[str], None],
    known: Callable[[str], bool] = lambda address: False,
) -> Iterator[Story]:
    """The stories of a feed's items; items whose address is `known` are passed over.

    `read` gets the story of a page. When it cannot, the teaser stands in, with a problem that says
    so; an item with neither page nor teaser is told to `aside`.
    """
    for item in feed.items:
        if (item.url and known(item.url)) or (not item.url and known(item.id)):
            continue
        base = Story(
            text=item.text,
            id=item.url or item.id,
            url=item.url,
            title=item.title,
            published=item.published,
            outlet=feed.title,
            language=item.language,
        )
        if len(item.text) >= FULL or not item.url:
            if item.text or item.summary:
                yield base if item.text else replace(base, text=item.summary)
            else:
                aside(f"{feed.title}: item {item.id or item.title!r} has neither text nor link")
            continue
        yield from _behind(base, item, read, aside)


def _behind(
    base: Story, item: Item, read: Callable[[str], Story], aside: Callable[[str], None]
) -> Iterator[Story]:
    try:
        page = read(item.url)
    except (FetchError, InputError) as error:
        teaser = max(item.text, item.summary, key=len)
        if not teaser:
            aside(str(error))
            return
        yield replace(base, text=teaser).with_problem(
            "teaser-only", f"only the feed's teaser was read: {error}"
        )
        return
    yield replace(
        page,
        id=base.id,
        url=page.url or base.url,
        title=base.title or page.title,
        published=base.published or page.published,
        outlet=base.outlet or page.outlet,
        language=page.language,
    )


def looks_like(head: bytes) -> bool:
    """Do the first bytes of a document show a feed?"""
    low = head[:3000].lower()
    if re.search(rb"<(rss|rdf:rdf|(?:\w+:)?feed)[\s>]", low):
        return True
    return low.lstrip().startswith(b"{") and b"jsonfeed.org/version" in low


def parse(raw: bytes, name: str, url: str = "") -> Feed:
    """The feed in a document; InputError when it is none or must not be read."""
    if len(raw) > LARGEST:
        raise InputError(f"{name}: feed larger than {LARGEST // 1_000_000} MB")
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(raw, name, url)
    if re.search(rb"<!ENTITY", raw, re.I) or re.search(
        b"<!ENTITY".decode().encode("utf-16-le"), raw
    ):
        raise InputError(f"{name}: declares XML entities; such feeds are not read")
    import feedparser

    found = feedparser.parse(raw, response_headers={"content-location": url} if url else {})
    if not found.entries and not found.feed.get("title"):
        reason = found.get("bozo_exception")
        told = f" ({reason})" if isinstance(reason, SAXException) else ""
        raise InputError(f"{name}: no RSS, Atom or JSON feed in this document{told}")
    language = found.feed.get("language", "")
    items = tuple(_item(entry, url, language) for entry in found.entries)
    return Feed(plain(found.feed.get("title", "")) or name, items)


def _item(entry: Any, base: str, language: str) -> Item:
    contents = [plain(part.get("value", "")) for part in entry.get("content", ())]
    address = canonical(entry.get("link", ""), base)
    stamp = next(
        (
            entry[key]
            for key in ("published_parsed", "updated_parsed", "created_parsed")
            if entry.get(key)
        ),
        None,
    )
    written = entry.get("published") or entry.get("updated") or ""
    day = iso_day(written) or (f"{stamp[0]:04}-{stamp[1]:02}-{stamp[2]:02}" if stamp else "")
    return Item(
        id=entry.get("id", "") or address,
        url=address,
        title=plain(entry.get("title", "")),
        published=day,
        text=max(contents, key=len, default=""),
        summary=plain(entry.get("summary", "")),
        language=_language(entry.get("language") or language),
    )


def _json(raw: bytes, name: str, url: str) -> Feed:
    """A JSON Feed 1.0 or 1.1 (jsonfeed.org)."""
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not JSON: {error}") from error
    items = record.get("items") if isinstance(record, dict) else None
    if not isinstance(items, list):
        raise InputError(f"{name}: a JSON Feed needs a list 'items'")
    language = _word(record, "language")
    found = tuple(
        Item(
            id=_word(item, "id"),
            url=canonical(_word(item, "url") or _word(item, "external_url"), url),
            title=_word(item, "title"),
            published=iso_day(_word(item, "date_published") or _word(item, "date_modified")),
            text=_word(item, "content_text") or plain(_word(item, "content_html")),
            summary=_word(item, "summary"),
            language=_language(_word(item, "language") or language),
        )
        for item in items
        if isinstance(item, dict)
    )
    return Feed(_word(record, "title") or name, found)


def _word(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _language(tag: str) -> str:
    """ISO 639-1 of a tag like "tr-TR"; "en" is often a default, so it is left to detection."""
    code = tag.strip().lower().partition("-")[0]
    return code if len(code) == 2 and code != "en" else ""
