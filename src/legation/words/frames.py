"""The act lexicon, read: words/<language>/what/*.toml become frames and their patterns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.story import CONTEXTS, MODES
from legation.words.checks import kind_of, known_keys, line_of
from legation.words.frame import Frame
from legation.words.pattern import Pattern, Step, variants

FRAME_KEYS = {
    "id": str,
    "mode": str,
    "verbs": list,
    "nouns": list,
    "adjectives": list,
    "actor": str,
    "recipient": str,
    "possessive": str,
    "of": str,
    "symmetric": bool,
    "operator": bool,
    "inner": str,
    "needs": list,
    "agent": str,
    "alone": bool,
    "private": bool,
    "known": bool,
    "unless": list,
    "also": list,
    "before": list,
    "contexts": list,
    "means": str,
    "yes": list,
    "no": list,
}
IDIOMS = "idioms-"  # files of words that are no act begin so
POS = ("verb", "noun", "adjective")


def lexicon(
    acts: Mapping[Path, Mapping[str, Any]], classes: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Frame], dict[str, dict[str, tuple[Pattern, ...]]]]:
    """Frames by id, and `patterns[pos][head]`, most specific first, of the parsed files.

    Raises KnowledgeError for an id used twice and for a pattern that two frames claim.
    """
    frames: dict[str, Frame] = {}
    steps: dict[str, Step] = {}
    found: dict[str, dict[str, list[Pattern]]] = {pos: defaultdict(list) for pos in POS}
    owner: dict[tuple[str, str], tuple[str, str]] = {}  # what a spelling belongs to: frame, line
    for path, table in acts.items():
        known_keys(table, {"classes", "frame"}, path)
        for raw in table.get("frame", ()):
            frame = _frame(raw, path)
            if frame.id in frames:
                raise KnowledgeError(
                    f"frame id {frame.id!r} is used twice", str(path), line_of(path, frame.id)
                )
            frames[frame.id] = frame
            for pos in found:
                for text in raw.get(pos + "s", ()):
                    for pattern in _patterns(text, frame, pos, classes, steps, path):
                        claim = owner.setdefault((pos, pattern.key), (frame.id, text))
                        if claim != (frame.id, text):
                            raise KnowledgeError(
                                f"{pos} {text!r} of {frame.id} says the same as {claim[1]!r} of"
                                f" {claim[0]} ({pattern.key}); keep one, or tell them apart by an"
                                " object class or preposition",
                                str(path),
                                line_of(path, text),
                            )
                        found[pos][pattern.head].append(pattern)
    return frames, {
        pos: {head: _ranked(rows, frames) for head, rows in heads.items()}
        for pos, heads in found.items()
    }


def classes_of(acts: Mapping[Path, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for path, table in acts.items():
        for name, nouns in table.get("classes", {}).items():
            if name in classes:
                raise KnowledgeError(
                    f"class {name!r} is defined twice", str(path), line_of(path, name)
                )
            classes[name] = frozenset(noun.replace("_", " ") for noun in nouns)
    return classes


def _frame(raw: Mapping[str, Any], path: Path) -> Frame:
    name, line = raw.get("id", ""), line_of(path, str(raw.get("id", "")))
    if not name:
        raise KnowledgeError("a [[frame]] without an id", str(path))
    for key, value in raw.items():
        if key not in FRAME_KEYS:
            raise KnowledgeError(f"frame {name}: unknown key {key!r}", str(path), line)
        if not isinstance(value, FRAME_KEYS[key]):
            raise KnowledgeError(
                f"frame {name}: {key} must be a {FRAME_KEYS[key].__name__}", str(path), line
            )
    kind, mode = "" if path.stem.startswith(IDIOMS) else path.stem.upper(), raw.get("mode")
    if kind and kind not in MODES:
        raise KnowledgeError(f"no PLOVER type is called {kind!r}", str(path))
    if mode is not None and mode not in MODES.get(kind, ()):
        raise KnowledgeError(
            f"frame {name}: {kind} has no mode {mode!r}, only"
            f" {', '.join(MODES.get(kind, ())) or 'none'}",
            str(path),
            line,
        )
    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw.items()
        if key not in ("id", "mode", "also")
    }
    options["also"] = tuple(kind_of(text, name, path, line) for text in raw.get("also", ()))
    for context in options.get("contexts", ()):
        if context not in CONTEXTS:
            raise KnowledgeError(f"frame {name}: no context {context!r}", str(path), line)
    return Frame(id=name, type=kind, mode=mode, where=f"{path.name}:{line}", **options)


def _patterns(
    text: str,
    frame: Frame,
    pos: str,
    classes: Mapping[str, frozenset[str]],
    known: dict[str, Step],
    path: Path,
) -> Iterator[Pattern]:
    try:
        yield from variants(text, frame.id, pos, classes, known)
    except ValueError as error:
        raise KnowledgeError(
            f"frame {frame.id}: pattern {text!r}: {error}", str(path), line_of(path, text)
        ) from None


def _ranked(rows: list[Pattern], frames: Mapping[str, Frame]) -> tuple[Pattern, ...]:
    """Patterns of one head, most specific first; of equals by `before`, then acts, then idioms."""
    weight = {id(p): p.weight for p in rows}  # asked for again and again below
    left = sorted(rows, key=lambda p: (-weight[id(p)], not frames[p.frame].type, p.key))
    done: list[Pattern] = []
    while left:
        equals = [p for p in left if weight[id(p)] == weight[id(left[0])]]
        later = {name for p in equals for name in frames[p.frame].before}
        first = next((p for p in equals if p.frame not in later), equals[0])
        left.remove(first)
        done.append(first)
    return tuple(done)
