"""Is one text a copy of another: wire copy, trimmed, reordered, lightly edited?

Two steps. `marks` picks a few runs of words of a text by winnowing (Schleimer, Wilkerson and Aiken
2003): of every window of runs the one with the smallest hash. Two texts that share any passage of
`RUN + WINDOW - 1` words share a mark, wherever it stands - which MinHash of whole texts does not
give for a copy cut to a third. Texts that share a mark are candidates; `likeness` then compares
them exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zlib import crc32

RUN = 4  # words in a row
WINDOW = 24  # runs, of which one is a mark: about one mark in 12 words
ALIKE = 0.5  # share of the shorter text's runs that stand in the longer; see docs/2-keep-a-desk.md
OWNED = 0.2  # … that is enough when one of the texts names the other's outlet in its credit line
FEWEST = 12  # runs; shorter texts are no evidence of copying
APART = 30  # days between a story and a copy of it, at most
_CREDIT = re.compile(
    r"^[^\n]{0,60}?\(([^()\n]{2,40})\) ?[-\u2013\u2014]"  # PARIS (Reuters) - …
    r"|\(([^()\n]{2,40})\)\s*$"  # … (AFP)
    r"|(?:^|[.!?\"\u201d] )[-\u2013\u2014] ?([A-Z][^\n.()\u2014]{1,40})\.?\s*$"  # … - Potomac Wire
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Report:
    """What the search for copies needs of a story; `size` is its number of words."""

    story: str
    published: str
    size: int
    runs: frozenset[int]


def runs(text: str) -> list[int]:
    """Hashes (32 bits) of every run of `RUN` words, in order; case and punctuation don't count."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return [
        crc32(" ".join(words[i : i + RUN]).encode("utf-8", "replace"))
        for i in range(len(words) - RUN + 1)
    ]


def marks(hashes: Sequence[int]) -> frozenset[int]:
    """The smallest hash of every window: where copies meet."""
    if len(hashes) <= WINDOW:
        return frozenset([min(hashes)]) if hashes else frozenset()
    return frozenset(min(hashes[i : i + WINDOW]) for i in range(len(hashes) - WINDOW + 1))


def report(story: str, published: str, text: str) -> Report:
    """A story as the search for copies sees it."""
    size, found = _runs_of(text)
    return Report(story, published, size, found)


@lru_cache(maxsize=1024)
def _runs_of(text: str) -> tuple[int, frozenset[int]]:
    """How many runs a text has, and which: news about one matter meets the same texts often."""
    found = runs(text)
    return len(found), frozenset(found)


def likeness(one: Report, two: Report) -> float:
    """Share of the shorter text's runs that stand in the longer one, 0..1."""
    shorter = min(len(one.runs), len(two.runs))
    return len(one.runs & two.runs) / shorter if shorter else 0.0


def credits(text: str) -> list[str]:
    """Names in the credit lines of a text: "PARIS (Reuters) - …", "… (AFP)", "… - Potomac Wire"."""
    head, _, tail = text.partition("\n")
    parts = dict.fromkeys([head, (tail or head).rstrip().rpartition("\n")[2]])
    return [
        name.strip() for part in parts for found in _CREDIT.findall(part) for name in found if name
    ]


def copied(one: Report, two: Report, owned: bool = False) -> float:
    """The likeness when one is a copy of the other, else 0.

    `owned`: one of them says in its credit line that it comes from the other's outlet.
    """
    if min(len(one.runs), len(two.runs)) < FEWEST or not _near(one.published, two.published):
        return 0.0
    share = likeness(one, two)
    return share if share >= (OWNED if owned else ALIKE) else 0.0


def families(
    stories: Mapping[str, tuple[str, int]], links: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Story -> first story of its family, given (published, size) of each and the pairs alike.

    First is what was published first; of the same day, what is longest.
    """
    parent = {story: story for story in stories}

    def root(story: str) -> str:
        while parent[story] != story:
            parent[story] = parent[parent[story]]
            story = parent[story]
        return story

    def rank(story: str) -> tuple[str, int, str]:
        published, size = stories[story]
        return published or "9999", -size, story

    for one, two in links:
        first, second = sorted((root(one), root(two)), key=rank)
        parent[second] = first
    return {story: root(story) for story in stories}


def _near(one: str, two: str) -> bool:
    if not one or not two:
        return True
    return abs((date.fromisoformat(one) - date.fromisoformat(two)).days) <= APART
