"""Tables of words held to what they may say; a slip is told with its file and line."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.story import CONTEXTS, MODES

CONTEXT_KEYS = frozenset(["acts", "sectors", "near", "article", "yes", "no"])
LIST_KEYS = {"means": str, "asked": str, "words": list, "yes": list, "no": list}


def parsed(path: Path) -> dict[str, Any]:
    """The TOML file as a table."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"not valid TOML: {error}", str(path)) from None


def kind_of(text: str, name: str, path: Path, line: int) -> tuple[str, str | None]:
    """ "COERCE arrest" -> ("COERCE", "arrest"), checked."""
    kind, _, mode = text.partition(" ")
    if kind not in MODES or (mode and mode not in MODES[kind]):
        raise KnowledgeError(f"frame {name}: no type and mode {text!r}", str(path), line)
    return kind, mode or None


def known_keys(table: Mapping[str, Any], known: set[str], path: Path) -> None:
    """Every key of the table is one of the known."""
    for key in table:
        if key not in known:
            raise KnowledgeError(
                f"unknown table {key!r}; known are {', '.join(sorted(known))}",
                str(path),
                line_of(path, key),
            )


def known_contexts(table: Mapping[str, Any], path: Path) -> None:
    """Every table is a context of PLOVER, its keys are known, its acts exist."""
    for name, cues in table.items():
        if name not in CONTEXTS:
            raise KnowledgeError(f"no context {name!r}", str(path), line_of(path, name))
        for key in cues:
            if key not in CONTEXT_KEYS:
                raise KnowledgeError(f"context {name}: unknown key {key!r}", str(path))
        for act in cues.get("acts", ()):
            kind_of(act, name, path, line_of(path, act))


def known_lists(table: Mapping[str, Any], path: Path) -> None:
    """Every class says what it means and who asks for it, has words once each, and examples."""
    for name, row in table.items():
        for key in [*row, "means", "asked", "words"]:
            if key not in LIST_KEYS or not isinstance(row.get(key), LIST_KEYS[key]):
                kind = LIST_KEYS[key].__name__ if key in LIST_KEYS else ""
                reason = f"{key} must be a {kind}" if kind else f"unknown key {key!r}"
                raise KnowledgeError(f"class {name}: {reason}", str(path), line_of(path, name))
        twice = [word for word, count in Counter(row["words"]).items() if count > 1]
        if twice:
            raise KnowledgeError(
                f"class {name}: {twice[0]!r} twice", str(path), line_of(path, name)
            )
        if not (row.get("yes") or row.get("no")):
            raise KnowledgeError(f"class {name} has no example", str(path), line_of(path, name))


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8", errors="replace").splitlines())


def line_of(path: Path, needle: str) -> int:
    """Line of the first place where `needle` stands quoted or as a word; 0 when not found."""
    for number, line in enumerate(_lines(path), 1):
        if f'"{needle}"' in line or line.startswith((needle, f"[{needle}")):
            return number
    return 0
