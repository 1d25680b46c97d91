"""Sitemaps, news sitemaps and sitemap indexes become the stories of the pages they list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from legation.errors import FetchError, InputError
from legation.ingest.address import canonical
from legation.ingest.days import iso_day
from legation.ingest.markup import local, tree, words
from legation.ingest.packed import gunzipped
from legation.story import Story

DEEPEST = 3  # an index of indexes is as far as we follow
LARGEST = 50_000_000  # bytes of one sitemap unpacked, the protocol's own limit


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a sitemap lists; `published`, `title`, `outlet` from its news extension."""

    url: str
    published: str = ""
    title: str = ""
    outlet: str = ""


def looks_like(head: bytes) -> bool:
    """Do the first bytes of a document show a sitemap?"""
    return re.search(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]", head[:3000].lower()) is not None


def entries(
    raw: bytes,
    name: str,
    load: Callable[[str], bytes],
    aside: Callable[[str], None],
    depth: int = 0,
) -> Iterator[Entry]:
    """The pages of a sitemap, and of the sitemaps of an index, which `load` gets."""
    if raw.startswith(b"\x1f\x8b"):
        raw = gunzipped(raw, LARGEST, name)
    root = tree(raw, name)
    if local(root) == "sitemapindex":
        if depth >= DEEPEST:
            aside(f"{name}: sitemap indexes nested deeper than {DEEPEST}")
            return
        for place in (words(e) for e in root.iter() if local(e) == "loc"):
            try:
                yield from entries(load(place), place, load, aside, depth + 1)
            except (FetchError, InputError) as error:
                aside(str(error))
        return
    for block in root:
        facts = {local(e): words(e) for e in reversed(list(block.iter()))}
        if facts.get("loc"):
            yield Entry(
                canonical(facts["loc"]),
                iso_day(facts.get("publication_date", "")),
                facts.get("title", ""),
                facts.get("name", ""),
            )


def stories(
    pages: Iterator[Entry],
    read: Callable[[str], Story],
    aside: Callable[[str], None],
    known: Callable[[str], bool] = lambda address: False,
) -> Iterator[Story]:
    """The stories of the listed pages; a page that cannot be read is told to `aside`."""
    for entry in pages:
        if known(entry.url):
            continue
        try:
            story = read(entry.url)
        except (FetchError, InputError) as error:
            aside(str(error))
            continue
        yield replace(
            story,
            published=entry.published or story.published,
            title=story.title or entry.title,
            outlet=story.outlet or entry.outlet,
        )
