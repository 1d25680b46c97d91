"""What a language says, as data: the act lexicon and the cue tables of the six questions.

`load("en")` reads `words/en/` once and gives a `Words`. Every slip in a file is a `KnowledgeError`
that names the file and line. docs/how-to-add-a-rule.md explains the pattern language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from legation.errors import KnowledgeError
from legation.words.checks import known_contexts, known_lists, parsed
from legation.words.frame import Frame, Words
from legation.words.frames import POS, classes_of, lexicon
from legation.words.operators import read as algebra
from legation.words.pattern import Pattern

HERE = Path(__file__).parent

__all__ = ["HERE", "POS", "Frame", "Words", "counts", "listed", "load", "predicates"]


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
    tables = {path.stem: parsed(path) for path in sorted(folder.glob("*.toml"))}
    known_contexts(tables.get("contexts", {}), folder / "contexts.toml")
    known_lists(tables.get("lists", {}), folder / "lists.toml")
    acts = {path: parsed(path) for path in sorted((folder / "what").glob("*.toml"))}
    classes = classes_of(acts)
    frames, patterns = lexicon(acts, classes)
    composed = algebra(tables.get("operators", {}), folder / "operators.toml", frames)
    return Words(language, frames, patterns, classes, tables, _version(folder), composed)


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


def _version(folder: Path) -> str:
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
