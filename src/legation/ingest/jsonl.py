"""One story a line: JSON objects with `text` and, optionally, id published outlet title url.

A bad line is set aside with file, line and reason; the run goes on. A `.json` document may hold one
such object or a list of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from legation.errors import InputError
from legation.story import Story

FIELDS = ("id", "published", "outlet", "title", "url", "language")


def stories(
    lines: Iterable[bytes],
    name: str,
    aside: Callable[[str], None],
    mapping: Mapping[str, str] | None = None,
) -> Iterator[Story]:
    """The stories of JSON lines; `aside` is told `file:line: reason` of every line left out.

    `mapping` names the key of a field where it has another name (field -> key).
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield story(line.decode("utf-8-sig"), f"{name}:{number}", mapping or {})
        except (InputError, UnicodeDecodeError) as error:
            aside(f"{name}:{number}: {error}")


def document(
    raw: bytes,
    name: str,
    aside: Callable[[str], None],
    mapping: Mapping[str, str] | None = None,
) -> Iterator[Story]:
    """The stories of a JSON document: an object, a list of objects, or objects a line."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield from stories(raw.splitlines(), name, aside, mapping)
        return
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        try:
            yield _story(record, f"{name}:{number}", mapping or {})
        except InputError as error:
            aside(f"{name}: record {number}: {error}")


def story(line: str, default_id: str = "", mapping: Mapping[str, str] | None = None) -> Story:
    """The story of one line; InputError says what is wrong with it."""
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    return _story(record, default_id, mapping or {})


def _story(record: Any, default_id: str, mapping: Mapping[str, str]) -> Story:
    if not isinstance(record, dict):
        raise InputError(f"not a JSON object but {type(record).__name__}")
    key = mapping.get("text", "text")
    text = record.get(key)
    if not isinstance(text, str):
        raise InputError(f"no field {key!r} with a string")
    values: dict[str, Any] = {f: _word(record, mapping.get(f, f)) for f in FIELDS}
    values["published"] = _day(values["published"])
    values["id"] = values["id"] or default_id
    return Story(text=_whole(text), **values)


def _word(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise InputError(f"field {name!r} is not a string")
    return "" if value is None else _whole(str(value))


def _whole(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, cannot be written out again: replace them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _day(value: str) -> str:
    if not value:
        return ""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as error:
        raise InputError(f"published {value!r} is not a date like 2017-11-21") from error
