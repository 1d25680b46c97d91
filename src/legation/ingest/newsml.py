"""Agency wires in NewsML-G2 and NITF become stories; withdrawn items are set aside.

IPTC NewsML-G2 2.x: `newsItem` with `itemMeta` and `contentMeta`, its text inline as NITF, XHTML or
plain; `newsMessage` and `packageItem` hold several. NITF 3.x: one story a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from legation.errors import InputError
from legation.ingest.days import iso_day
from legation.ingest.markup import first, local, paragraphs, tree, words
from legation.story import Story

WITHDRAWN = ("canceled", "cancelled", "withheld")


def looks_like(head: bytes) -> bool:
    """Do the first bytes of a document show NewsML-G2 or NITF?"""
    return (
        re.search(rb"<(?:\w+:)?(newsitem|newsmessage|nitf)[\s>]", head[:5000].lower()) is not None
    )


def stories(raw: bytes, name: str, aside: Callable[[str], None]) -> Iterator[Story]:
    """The stories of a document; InputError when it is not well-formed."""
    root = tree(raw, name)
    if local(root) == "nitf":
        yield _nitf(root, name)
        return
    for number, item in enumerate((e for e in root.iter() if local(e) == "newsItem"), 1):
        where = f"{name}: item {number} ({item.get('guid') or 'no guid'})"
        try:
            yield _item(item, where)
        except InputError as error:
            aside(str(error))


def _item(item: Any, where: str) -> Story:
    status = first(item, "pubStatus")
    if status is not None and (status.get("qcode") or "").rpartition(":")[2] in WITHDRAWN:
        raise InputError(f"{where}: withdrawn by the agency ({status.get('qcode')})")
    meta, content = first(item, "contentMeta"), first(item, "contentSet")
    inline = first(content, "inlineXML", "inlineData") if content is not None else None
    if inline is None:
        raise InputError(f"{where}: no text inside (only a reference to it)")
    nitf = first(inline, "nitf")
    body = first(inline, "body.content", "body") if nitf is None else None
    story = (
        _nitf(nitf, where)
        if nitf is not None
        else Story(paragraphs(inline if body is None else body))
    )
    if not story.text:
        raise InputError(f"{where}: no text inside")
    found = meta if meta is not None else item
    language = first(found, "language")
    provider = first(item, "provider")
    stamp = first(item, "contentCreated", "firstCreated", "versionCreated")
    return replace(
        story,
        id=item.get("guid") or story.id,
        title=words(first(found, "headline")) or story.title,
        outlet=(words(first(provider, "name")) if provider is not None else "") or story.outlet,
        published=iso_day(words(stamp)) or story.published,
        language=_language(language.get("tag") if language is not None else ""),
    )


def _nitf(root: Any, where: str) -> Story:
    content = first(root, "body.content")
    text = paragraphs(content) if content is not None else ""
    if not text:
        raise InputError(f"{where}: no body.content with text")
    issued, key = first(root, "date.issue", "date.release"), first(root, "doc-id")
    dateline = words(first(root, "dateline"))
    if dateline and not text.startswith(dateline):
        text = f"{dateline} - {text}"
    return Story(
        text=text,
        id=(key.get("id-string") or "") if key is not None else "",
        title=words(first(root, "hl1", "title")),
        published=iso_day(issued.get("norm") or "") if issued is not None else "",
        outlet=words(first(root, "distributor")),
    )


def _language(tag: str | None) -> str:
    code = (tag or "").lower().partition("-")[0]
    return code if len(code) == 2 else ""
