"""Identities from content: the same story, event or piece of evidence always gets the same id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from legation.story import Event, Party, Span, Story

READ = 50_000  # characters that make a story's identity; the reader shortens only longer ones
_ODD = re.compile("[\\s\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")


def story_id(story: Story) -> str:
    """`s` and 20 hex digits: hash of text, outlet and day of publication.

    Spaces, control characters and what lies beyond `READ` characters don't count, so a story has
    the same id before and after it is read. The same text of two outlets is two stories.
    """
    text = _ODD.sub(" ", unicodedata.normalize("NFC", story.text[:READ])).strip()
    parts = (text, outlet_of(story).casefold(), story.published[:10])
    return "s" + _digest("\x1f".join(parts), 20)


def text_digest(text: str) -> str:
    """SHA-256 of a text, hex."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def outlet_of(story: Story) -> str:
    """The outlet's name, else the host of the address, else ""."""
    if story.outlet.strip():
        return " ".join(story.outlet.split())
    host = urlsplit(story.url).hostname or "" if "://" in story.url else ""
    return host.removeprefix("www.")


def event_ids(story: str, events: Sequence[Event]) -> list[str]:
    """`e` and 20 hex digits each: story, first trigger, and order among acts of that trigger.

    The type is no part of it, so a re-reading that corrects the type keeps the id.
    """
    seen: dict[tuple[int, int], int] = {}
    found = []
    for event in events:
        acts = [span for span in event.evidence if span.part == "act"] or list(event.evidence)
        place = (acts[0].start, acts[0].end) if acts else (-1, -1)
        seen[place] = order = seen.get(place, -1) + 1
        found.append("e" + _digest(f"{story}:{place[0]}:{place[1]}:{order}", 20))
    return found


def evidence_id(story: str, span: Span) -> str:
    """`v` and 20 hex digits: story, characters and part."""
    return "v" + _digest(f"{story}:{span.start}:{span.end}:{span.part}", 20)


def happening_id(event: str) -> str:
    """`h` and 20 hex digits, from the event that first made the happening."""
    return "h" + _digest(event, 20)


def party_key(party: Party) -> str:
    """What makes two mentions one party: the entity, else name, country and sector."""
    if party.entity and not party.entity.startswith("story:"):
        return party.entity
    name = fold(party.name or "")
    where = f"{party.country or ''}|{party.sector}"
    return f"{name}|{where}" if name or party.country else f"{fold(party.text)}|{where}"


def fold(name: str) -> str:
    """A name in lower case without accents, for looking up."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _digest(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:digits]
