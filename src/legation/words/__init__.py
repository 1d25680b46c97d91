"""What a language says, as data: the act lexicon and the cue tables of the six questions.

`load("en")` reads `words/en/` once and gives a `Words`. Every slip in a file is a `KnowledgeError`
that names the file and line. docs/how-to-add-a-rule.md explains the pattern language.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.story import CONTEXTS, MODES
from legation.words.operators import Algebra
from legation.words.operators import read as algebra
from legation.words.pattern import Pattern, Step, variants

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
CONTEXT_KEYS = frozenset(["acts", "sectors", "near", "article", "yes", "no"])
IDIOMS = "idioms-"  # files of words that are no act begin so
POS = ("verb", "noun", "adjective")


@dataclass(frozen=True, slots=True)
class Frame:
    """One group of predicates that mean the same act with the same argument structure.

    `actor` and `recipient` name slots ("subject", "slot", "by", "none" or prepositions "from|of");
    `possessive` and `of` say what "X's noun" and "noun of X" are; `needs` lists the participants
    that must be political parties; `inner` says what becomes of an embedded act (codebook: Type).
    An empty `type` marks an idiom: words that look like an act and are none.

    `alone` nouns need one party only ("the arrest of two Croats"); `agent` is the sector of the
    state organ that acts when none is named; `private` acts count between private parties too;
    `known` nouns are the act only where it is named as known ("Tuesday's blasts");
    `unless` names lists of never.toml whose words in the
    sentence rule the group out ("a state of emergency after the flood"); `also` names a second
    record of the same words ("COERCE arrest" of a prison sentence); `contexts` are added;
    `before` names groups that this one goes before where both fit equally well. `yes`
    sentences mark the parties: "[Iraq] invaded <Kuwait>", actor and recipient.
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
    agent: str = ""
    alone: bool = False
    private: bool = False
    known: bool = False
    unless: tuple[str, ...] = ()
    also: tuple[tuple[str, str | None], ...] = ()
    contexts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    means: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
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


def load(language: str = "en") -> Words:
    """Read the knowledge of a language, once per process.

    Raises KnowledgeError (file and line) for a broken table, an unknown key, type, mode or class,
    a duplicate id, or a pattern that two frames of one slot structure claim.
    """
    return _load(language)  # a cache of its own would read twice for load() and load("en")


@cache
def listed(name: str, language: str = "en") -> frozenset[str]:
    """The words of a small class of `words/<language>/lists.toml`; asked for by rules, once read.

    Raises KnowledgeError for a class that the file has not.
    """
    rows = load(language).table("lists")
    if name not in rows:
        path = HERE / language / "lists.toml"
        raise KnowledgeError(f"no class {name!r}; known are {', '.join(sorted(rows))}", str(path))
    return frozenset(rows[name]["words"])


@cache
def _load(language: str) -> Words:
    folder = HERE / language
    if not folder.is_dir():
        raise KnowledgeError(f"no words for language {language!r}", str(HERE))
    tables = {path.stem: _toml(path) for path in sorted(folder.glob("*.toml"))}
    _known_contexts(tables.get("contexts", {}), folder / "contexts.toml")
    _known_lists(tables.get("lists", {}), folder / "lists.toml")
    acts = {path: _toml(path) for path in sorted((folder / "what").glob("*.toml"))}
    classes = _classes(acts)
    frames: dict[str, Frame] = {}
    steps: dict[str, Step] = {}
    found: dict[str, dict[str, list[Pattern]]] = {pos: defaultdict(list) for pos in POS}
    owner: dict[tuple[str, str], tuple[str, str]] = {}  # what a spelling belongs to: frame, line
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
                    for pattern in _patterns(text, frame, pos, classes, steps, path):
                        claim = owner.setdefault((pos, pattern.key), (frame.id, text))
                        if claim != (frame.id, text):
                            raise KnowledgeError(
                                f"{pos} {text!r} of {frame.id} says the same as {claim[1]!r} of"
                                f" {claim[0]} ({pattern.key}); keep one, or tell them apart by an"
                                " object class or preposition",
                                str(path),
                                _line(path, text),
                            )
                        found[pos][pattern.head].append(pattern)
    return Words(
        language,
        frames,
        {
            pos: {head: _ranked(rows, frames) for head, rows in heads.items()}
            for pos, heads in found.items()
        },
        classes,
        tables,
        _version(folder),
        algebra(tables.get("operators", {}), folder / "operators.toml", frames),
    )


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


def predicates(words: Words) -> Iterator[tuple[str, Pattern]]:
    """Every (part of speech, pattern) of an act; a line with an optional tail counts once."""
    for pos, heads in words.patterns.items():
        for rows in heads.values():
            for pattern in rows:
                if not pattern.tail and words.frame(pattern).type:
                    yield pos, pattern


def counts(words: Words) -> list[tuple[str, int, int]]:
    """(type, groups, predicates) for every type, and the sum."""
    groups = Counter(frame.type for frame in words.frames.values() if frame.type)
    lines = Counter(words.frame(pattern).type for _, pattern in predicates(words))
    rows = [(kind, groups[kind], lines[kind]) for kind in sorted(groups)]
    return [*rows, ("all", sum(groups.values()), sum(lines.values()))]


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
            classes[name] = frozenset(noun.replace("_", " ") for noun in nouns)
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
    options["also"] = tuple(_kind(text, name, path, line) for text in raw.get("also", ()))
    for context in options.get("contexts", ()):
        if context not in CONTEXTS:
            raise KnowledgeError(f"frame {name}: no context {context!r}", str(path), line)
    return Frame(id=name, type=kind, mode=mode, where=f"{path.name}:{line}", **options)


def _kind(text: str, name: str, path: Path, line: int) -> tuple[str, str | None]:
    """ "COERCE arrest" -> ("COERCE", "arrest"), checked."""
    kind, _, mode = text.partition(" ")
    if kind not in MODES or (mode and mode not in MODES[kind]):
        raise KnowledgeError(f"frame {name}: no type and mode {text!r}", str(path), line)
    return kind, mode or None


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


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8", errors="replace").splitlines())


def _known_contexts(table: Mapping[str, Any], path: Path) -> None:
    """Every table is a context of PLOVER, its keys are known, its acts exist."""
    for name, cues in table.items():
        if name not in CONTEXTS:
            raise KnowledgeError(f"no context {name!r}", str(path), _line(path, name))
        for key in cues:
            if key not in CONTEXT_KEYS:
                raise KnowledgeError(f"context {name}: unknown key {key!r}", str(path))
        for act in cues.get("acts", ()):
            _kind(act, name, path, _line(path, act))


LIST_KEYS = {"means": str, "asked": str, "words": list, "yes": list, "no": list}


def _known_lists(table: Mapping[str, Any], path: Path) -> None:
    """Every class says what it means and who asks for it, has words once each, and examples."""
    for name, row in table.items():
        for key in [*row, "means", "asked", "words"]:
            if key not in LIST_KEYS or not isinstance(row.get(key), LIST_KEYS[key]):
                kind = LIST_KEYS[key].__name__ if key in LIST_KEYS else ""
                reason = f"{key} must be a {kind}" if kind else f"unknown key {key!r}"
                raise KnowledgeError(f"class {name}: {reason}", str(path), _line(path, name))
        twice = [word for word, count in Counter(row["words"]).items() if count > 1]
        if twice:
            raise KnowledgeError(f"class {name}: {twice[0]!r} twice", str(path), _line(path, name))
        if not (row.get("yes") or row.get("no")):
            raise KnowledgeError(f"class {name} has no example", str(path), _line(path, name))


def _line(path: Path, needle: str) -> int:
    """Line of the first place where `needle` stands quoted or as a word; 0 when not found."""
    for number, line in enumerate(_lines(path), 1):
        if f'"{needle}"' in line or line.startswith((needle, f"[{needle}")):
            return number
    return 0
