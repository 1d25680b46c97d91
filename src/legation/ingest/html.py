"""A news page becomes a story: article text, title, outlet and day of publication.

`trafilatura` finds the article; `dated` the day.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from legation.errors import InputError
from legation.ingest import dated
from legation.ingest.dated import ATTRIBUTE, SCRIPT
from legation.ingest.markup import plain
from legation.ingest.text import decode
from legation.story import Story

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)


def story(raw: bytes, name: str, charset: str = "") -> Story:
    """The story of an HTML page; InputError when it holds no article text."""
    page = _decoded(raw, name, charset)
    document, told = _article(page), metadata(page)
    text = (document.get("text") or "").strip() or told.get("articleBody", "")
    if not text:
        raise InputError(f"{name}: no article text in this page{_offers(page)}")
    return Story(
        text=text,
        title=told.get("headline", "") or (document.get("title") or "").strip(),
        outlet=told.get("publisher", "") or (document.get("sitename") or "").strip(),
        url=document.get("url") or "",
        published=dated.published(page),
    )


def metadata(page: str) -> dict[str, str]:
    """What a page says of itself as a schema.org NewsArticle (JSON-LD), the fields that it has.

    Keys as in schema.org: headline, articleBody; `publisher` is the name of the outlet.
    """
    for script in SCRIPT.findall(page):
        try:
            article = _news_article(json.loads(script), 0)
        except (json.JSONDecodeError, RecursionError):
            continue
        if article:
            publisher = article.get("publisher")
            told = {key: article.get(key) for key in ("headline", "articleBody")}
            told["publisher"] = publisher.get("name") if isinstance(publisher, dict) else publisher
            return {k: plain(v) for k, v in told.items() if isinstance(v, str) and v.strip()}
    return {}


def _news_article(node: Any, depth: int) -> dict[str, Any]:
    """The first node of an article type in a JSON-LD document."""
    kinds = node.get("@type", ()) if isinstance(node, dict) else ()
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if any(str(kind).endswith("Article") or kind == "Report" for kind in kinds):
        return dict(node)
    if depth > 6:
        return {}
    inside = node if isinstance(node, list) else node.values() if isinstance(node, dict) else ()
    found = (_news_article(child, depth + 1) for child in inside if isinstance(child, dict | list))
    return next(filter(None, found), {})


def _offers(page: str) -> str:
    """The feeds that a page without an article names, for the error's advice."""
    feeds = []
    for tag in _LINK.findall(page):
        values = {m[0].lower(): m[1] or m[2] for m in ATTRIBUTE.findall(tag)}
        if "alternate" in values.get("rel", "") and re.search(
            "rss|atom|feed", values.get("type", "")
        ):
            feeds.append(values.get("href", ""))
    return f"; it offers the feed {', '.join(feeds[:3])}" if feeds else ""


def _decoded(raw: bytes, name: str, charset: str) -> str:
    declared = _CHARSET.search(raw[:4096])
    for encoding in (charset, declared.group(1).decode("ascii") if declared else ""):
        if encoding and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                return raw.decode(encoding)
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    return decode(raw, name)


def _article(page: str) -> dict[str, Any]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=False, with_metadata=True
        )
    except Exception as error:  # lxml and its friends raise many things on broken markup
        raise InputError(f"unreadable markup: {error}") from error
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())


_LINK = re.compile(r"<link\b[^>]{0,1000}>", re.I)
