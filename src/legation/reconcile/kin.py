"""Words of one matter (kin.toml): "the manoeuvres" are "the drill", "the captives" the prisoners.

Stems are compared by their set where they stand in one, else by themselves and their beginnings.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from legation.errors import KnowledgeError
from legation.reconcile.telling import stem

FILE = Path(__file__).with_name("kin.toml")
LONG = 5  # letters from which a stem that begins another is a word of its family


@cache
def sets(path: Path = FILE) -> dict[str, int]:
    """The number of its set for the stem of every word of a file; KnowledgeError on a slip."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(str(error), str(path)) from error
    found: dict[str, int] = {}
    for number, words in enumerate(said.get("sets", ())):
        for word in words:
            if found.setdefault(stem(word), number) != number:
                raise KnowledgeError(f"set {number + 1}: {word!r} stands in another set", str(path))
    return found


def shared(own: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    """Those of some stems that stand among others, or have a word of their family or set there."""
    begun, kinds = _beginnings(told), _kinds(told)
    return frozenset(
        word for word in own
        if word in told or word in begun or not _beginnings(word).isdisjoint(told)
        or sets().get(word, -1) in kinds
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _kinds(words: frozenset[str]) -> frozenset[int]:
    return frozenset(sets()[word] for word in words if word in sets())


@lru_cache(maxsize=20_000)
def _beginnings(words: str | frozenset[str]) -> frozenset[str]:
    """What words of the family of these may be: every beginning of LONG letters or more."""
    each = [words] if isinstance(words, str) else words
    return frozenset(word[:end] for word in each for end in range(LONG, len(word) + 1))
