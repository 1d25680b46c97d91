"""The small classes of words in usage.toml, which the comparing of reports asks for. Read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError

FILE = Path(__file__).with_name("usage.toml")
ROW: dict[str, type] = {"means": str, "asked": str}
NAMED: dict[type, str] = {str: "text", list: "list of words", dict: "table of words and numbers"}
COUNTED = frozenset(["near", "numbers", "scales"])  # classes whose words have a number each


@dataclass(frozen=True, slots=True)
class Usage:
    """Every class by its name; what its words mean stands beside them in usage.toml."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    near: Mapping[str, int]
    coming: tuple[str, ...]
    within: tuple[str, ...]
    ordinals: tuple[str, ...]
    through: tuple[str, ...]
    deadline: tuple[str, ...]
    conditions: tuple[str, ...]
    will: tuple[str, ...]
    none: tuple[str, ...]
    took_place: tuple[str, ...]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    joining: tuple[str, ...]
    stop: tuple[str, ...]
    idle: tuple[str, ...]
    common: tuple[str, ...]
    short: tuple[str, ...]
    clauses: tuple[str, ...]
    conceding: tuple[str, ...]
    reported: tuple[str, ...]
    asides: tuple[str, ...]
    hosting: tuple[str, ...]
    places: tuple[str, ...]
    journeys: tuple[str, ...]
    credited: tuple[str, ...]
    crediting: tuple[str, ...]
    outlets: tuple[str, ...]


@cache
def usage(path: Path = FILE) -> Usage:
    """The classes of a file; KnowledgeError names file, line, class and field of a slip."""
    text = path.read_text(encoding="utf-8")
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(str(error), str(path)) from error
    known = [field.name for field in fields(Usage)]
    for name in [*said, *known]:
        if slip := _slip(name, said.get(name), name in known):
            field, reason = slip
            line = _line(text, name, field)
            raise KnowledgeError(f"class {name}: {reason}", str(path), line)
    return Usage(**{name: _words(said[name]["words"]) for name in known})


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, in their order."""
    return "|".join(map(re.escape, words))


def _slip(name: str, row: Any, known: bool) -> tuple[str, str] | None:
    """The field of a class that is wrong ("" for the class itself) and what is wrong with it."""
    if not known:
        names = ", ".join(field.name for field in fields(Usage))
        return "", f"nobody asks for it; known are {names}"
    if not isinstance(row, dict):
        return "", "must be a table with means, asked and words"
    kind: type = dict if name in COUNTED else list
    for key in [*row, *ROW, "words"]:
        wanted = kind if key == "words" else ROW.get(key)
        if wanted is None:
            return key, f"unknown field {key!r}; known are means, asked, words"
        if not row.get(key) or not isinstance(row[key], wanted):
            return key, f"{key} must be a {NAMED[wanted]}, not empty"
    words = row["words"]
    if any(not isinstance(word, str) or not word.strip() for word in words):
        return "words", "words must be strings"
    if kind is dict and any(type(number) is not int for number in words.values()):
        return "words", "words must have a whole number each"
    listed: list[str] = list(words)
    twice = [word for word in listed if listed.count(word) > 1]
    return ("words", f"{twice[0]!r} twice in words") if twice else None


def _words(words: Any) -> Any:
    return dict(words) if isinstance(words, dict) else tuple(words)


def _line(text: str, name: str, field: str) -> int:
    """Line (1-based) of a field of a class, or of the head of the class; 0 where it has none."""
    head = 0
    for at, line in enumerate(text.splitlines(), 1):
        if line.startswith("[") and head:
            break
        if line.startswith(f"[{name}]"):
            head = at
        if head and field and re.match(rf"{re.escape(field)}\b", line):
            return at
    return head


USAGE = usage()
