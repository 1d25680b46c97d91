"""Which column of a table, or key of a JSON object, holds what, and the story of one row.

`--map text=body,published=date` names them; a column that has the field's own name, or a usual
other name for it (also that of a schema.org NewsArticle), needs no mapping. Case does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from legation.errors import InputError
from legation.ingest.days import iso_day
from legation.story import Story

FIELDS = ("id", "text", "published", "title", "outlet", "url", "language")
ALSO = {
    "text": ("body", "content", "article", "articlebody", "fulltext", "full_text", "story"),
    "published": (
        *("date", "publication_date", "published_at", "publish_date", "pubdate"),
        *("datepublished", "date_published"),
    ),
    "title": ("headline", "heading"),
    "outlet": ("publisher", "publication", "newspaper", "site", "source_name", "media_name"),
    "url": ("link", "permalink"),
    "id": ("story_id", "article_id", "stories_id", "guid"),
    "language": ("lang", "inlanguage"),
}


def mapping_of(text: str) -> dict[str, str]:
    """The mapping that "text=body,published=date" says; InputError names what is wrong with it."""
    found: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        field, mark, column = (side.strip() for side in part.partition("="))
        if not mark or not column or field not in FIELDS:
            raise InputError(
                f"--map: {part!r} is not FIELD=COLUMN with a field of {', '.join(FIELDS)}"
            )
        found[field] = column
    return found


def found_in(names: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field -> the column that holds it, of those there are: as mapped, else by a usual name."""
    names = list(names)
    lower = {name.strip().lower(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field in FIELDS:
        if field in mapping:
            if mapping[field] in names:
                found[field] = mapping[field]
            continue
        usual = next((lower[n] for n in (field, *ALSO[field]) if n in lower), None)
        if usual is not None:
            found[field] = usual
    return found


def columns_of(names: list[str], mapping: Mapping[str, str], name: str) -> dict[str, str]:
    """Field -> column of a table; InputError when a mapped column or the text is missing."""
    there = ", ".join(names[:40]) or "none"
    for wanted in mapping.values():
        if wanted not in names:
            raise InputError(f"{name}: no column {wanted!r}; there are {there}")
    found = found_in(names, mapping)
    if "text" not in found:
        raise InputError(
            f"{name}: which column holds the text? there are {there}; say --map text=COLUMN"
        )
    return found


def story(values: Mapping[str, Any], default_id: str = "") -> Story:
    """The story of one row (field -> value); InputError says what is wrong with it."""
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError("no text")
    rest: dict[str, Any] = {
        field: _word(field, value)
        for field, value in values.items()
        if field not in ("text", "published")
    }
    rest["id"] = rest.get("id") or default_id
    return Story(text=_whole(text), published=_day(values.get("published")), **rest)


def _word(field: str, value: Any) -> str:
    """The text of a cell; an object that has a name (as schema.org's publisher) stands for it."""
    if isinstance(value, dict):
        value = value.get("name")
    if value is None or value != value:  # also what is not a number
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError(f"{field} {value!r} is no text")
    return _whole(str(value))


def _whole(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, cannot be written out again: replace them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _day(value: Any) -> str:
    """The ISO day of a cell, "" when it is empty; InputError when it is no date."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None or value != value else str(value).strip()
    found = iso_day(text)
    if text and not found:
        raise InputError(f"published {text!r} is not a date like 2017-11-21")
    return found
