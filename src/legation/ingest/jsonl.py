"""One story a line: JSON objects with a text and, optionally, id published outlet title url.

A bad line is set aside with file, line and reason; the run goes on. A `.json` document may hold one
such object or a list of them, also a schema.org NewsArticle.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from legation.errors import InputError
from legation.ingest import columns
from legation.story import Story


def looks_like(head: bytes) -> bool:
    """Do the first bytes show a JSON object, or a list of them?"""
    return re.match(rb"\[?\s*\{\s*\"", head) is not None


def lines_like(head: bytes) -> bool:
    """Do the first bytes show JSON objects, one a line?"""
    first, mark, _ = head.partition(b"\n")
    try:
        return bool(mark) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def stories(
    lines: Iterable[tuple[int, bytes]],
    name: str,
    aside: Callable[[str], None],
    mapping: Mapping[str, str] | None = None,
) -> Iterator[Story]:
    """The stories of numbered JSON lines; `aside` is told `file:line: reason` of those left out.

    `mapping` names the key of a field where it has another name (field -> key).
    """
    for number, line in lines:
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            yield _story(json.loads(line.decode("utf-8-sig")), where, mapping or {})
        except (json.JSONDecodeError, RecursionError) as error:
            aside(f"{where}: not JSON: {error}")
        except (InputError, UnicodeDecodeError) as error:
            aside(f"{where}: {error}")


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
        yield from stories(enumerate(raw.splitlines(), 1), name, aside, mapping)
        return
    for number, record in enumerate(found if isinstance(found, list) else [found], 1):
        try:
            yield _story(record, f"{name}:{number}", mapping or {})
        except InputError as error:
            aside(f"{name}: record {number}: {error}")


def _story(record: Any, default_id: str, mapping: Mapping[str, str]) -> Story:
    if not isinstance(record, dict):
        raise InputError(f"not a JSON object but {type(record).__name__}")
    found = columns.found_in(record, mapping)
    if not isinstance(record.get(found.get("text", "")), str):
        key = mapping.get("text", "text")
        raise InputError(f"no field {key!r} with a string; --map text=FIELD names another")
    return columns.story({field: record[key] for field, key in found.items()}, default_id)
