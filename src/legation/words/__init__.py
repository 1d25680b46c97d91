"""What a language says, as data: the act lexicon and the cue tables of the six questions.

`load("en")` reads `words/en/` once and gives a `Words`. Every slip in a file is a `KnowledgeError`
that names the file and line. docs/how-to-add-a-rule.md explains the pattern language.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.story import MODES
from legation.words.operators import Algebra
from legation.words.operators import read as algebra
from legation.words.pattern import Pattern, variants

HERE = Path(__file__).parent
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
    "yes": list,
    "no": list,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One group of predicates that mean the same act with the same argument structure.

    `actor` and `recipient` name slots ("subject", "slot", "by", "none" or prepositions "from|of");
    `possessive` and `of` say what "X's noun" and "noun of X" are; `needs` lists the participants
    that must be political parties; `inner` says what becomes of an embedded act (codebook: Type).
    """

    id: str
    type: str
    mode: str | None
    actor: str = "subject"
    recipient: str = "slot"
    possessive: str = "actor"
    of: str = "recipient"
    symmetric: bool = False
    operator: bool = False
    inner: str = "drop"
    needs: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Words:
    """The knowledge of one language: frames, their patterns by part of speech and head, cue tables.

    `patterns[pos][lemma]` with pos "verb", "noun" or "adjective" lists patterns, most specific
    first. `classes` are named sets of noun lemmas; `tables` the parsed cue files by question.
    """

    language: str
    frames: Mapping[str, Frame]
    patterns: Mapping[str, Mapping[str, tuple[Pattern, ...]]]
    classes: Mapping[str, frozenset[str]]
    tables: Mapping[str, Mapping[str, Any]]
    version: str = ""
    operators: Algebra = field(default_factory=Algebra)

    def table(self, question: str) -> Mapping[str, Any]:
        """The parsed `words/<language>/<question>.toml`; an empty mapping when there is none."""
        return self.tables.get(question, {})

    def frame(self, pattern: Pattern) -> Frame:
        """The frame that a pattern belongs to."""
        return self.frames[pattern.frame]


@cache
def load(language: str = "en") -> Words:
    """Read the knowledge of a language, once per process.

    Raises KnowledgeError (file and line) for a broken table, an unknown key, type, mode or class,
    a duplicate id, or a pattern that two frames of one slot structure claim.
    """
    folder = HERE / language
    if not folder.is_dir():
        raise KnowledgeError(f"no words for language {language!r}", str(HERE))
    tables = {path.stem: _toml(path) for path in sorted(folder.glob("*.toml"))}
    acts = {path: _toml(path) for path in sorted((folder / "what").glob("*.toml"))}
    classes = _classes(acts)
    frames: dict[str, Frame] = {}
    found: dict[str, dict[str, list[Pattern]]] = {
        pos: defaultdict(list) for pos in ("verb", "noun", "adjective")
    }
    owner: dict[tuple[str, str], tuple[str, str]] = {}
    for path, table in acts.items():
        _known_keys(table, {"classes", "frame"}, path)
        for raw in table.get("frame", ()):
            frame = _frame(raw, path)
            if frame.id in frames:
                raise KnowledgeError(
                    f"frame id {frame.id!r} is used twice", str(path), _line(path, frame.id)
                )
            frames[frame.id] = frame
            for pos in found:
                for text in raw.get(pos + "s", ()):
                    for pattern in _patterns(text, frame, pos, classes, path):
                        claim = owner.setdefault((pos, pattern.key), (frame.id, frame.type))
                        if claim[0] != frame.id:
                            raise KnowledgeError(
                                f"{pos} pattern {text!r} of {frame.id} already belongs to"
                                f" {claim[0]}; tell them apart by an object class or preposition",
                                str(path),
                                _line(path, text),
                            )
                        found[pos][pattern.head].append(pattern)
    return Words(
        language,
        frames,
        {
            pos: {
                head: tuple(sorted(rows, key=lambda p: (-p.weight, p.key)))
                for head, rows in heads.items()
            }
            for pos, heads in found.items()
        },
        classes,
        tables,
        _version(folder),
        algebra(tables.get("operators", {}), folder / "operators.toml", frames),
    )


def predicates(words: Words) -> Iterator[tuple[str, Pattern]]:
    """Every (part of speech, pattern) of the lexicon, for counting and for `doctor`."""
    for pos, heads in words.patterns.items():
        for rows in heads.values():
            for pattern in rows:
                yield pos, pattern


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"not valid TOML: {error}", str(path)) from None


def _version(folder: Path) -> str:
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _classes(acts: Mapping[Path, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for path, table in acts.items():
        for name, nouns in table.get("classes", {}).items():
            if name in classes:
                raise KnowledgeError(
                    f"class {name!r} is defined twice", str(path), _line(path, name)
                )
            classes[name] = frozenset(nouns)
    return classes


def _frame(raw: Mapping[str, Any], path: Path) -> Frame:
    name, line = raw.get("id", ""), _line(path, str(raw.get("id", "")))
    if not name:
        raise KnowledgeError("a [[frame]] without an id", str(path))
    for key, value in raw.items():
        if key not in FRAME_KEYS:
            raise KnowledgeError(f"frame {name}: unknown key {key!r}", str(path), line)
        if not isinstance(value, FRAME_KEYS[key]):
            raise KnowledgeError(
                f"frame {name}: {key} must be a {FRAME_KEYS[key].__name__}", str(path), line
            )
    kind, mode = path.stem.upper(), raw.get("mode")
    if kind not in MODES:
        raise KnowledgeError(f"no PLOVER type is called {kind!r}", str(path))
    if mode is not None and mode not in MODES[kind]:
        raise KnowledgeError(
            f"frame {name}: {kind} has no mode {mode!r}, only {', '.join(MODES[kind]) or 'none'}",
            str(path),
            line,
        )
    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw.items()
        if key not in ("id", "mode", "verbs", "nouns", "adjectives")
    }
    return Frame(id=name, type=kind, mode=mode, where=f"{path.name}:{line}", **options)


def _patterns(
    text: str, frame: Frame, pos: str, classes: Mapping[str, frozenset[str]], path: Path
) -> Iterator[Pattern]:
    try:
        yield from variants(text, frame.id, pos, classes)
    except ValueError as error:
        raise KnowledgeError(
            f"frame {frame.id}: pattern {text!r}: {error}", str(path), _line(path, text)
        ) from None


def _known_keys(table: Mapping[str, Any], known: set[str], path: Path) -> None:
    for key in table:
        if key not in known:
            raise KnowledgeError(
                f"unknown table {key!r}; known are {', '.join(sorted(known))}",
                str(path),
                _line(path, key),
            )


def _line(path: Path, needle: str) -> int:
    """Line of the first place where `needle` stands quoted or as a word; 0 when not found."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, line in enumerate(text, 1):
        if f'"{needle}"' in line or line.startswith((needle, f"[{needle}")):
            return number
    return 0
