"""Do a plan and a later report tell of one affair? By the words, names and states that both have.

A desk about two states has hundreds of reports that name both and say nothing of a plan: of other
talks, other courts, a football match. What is said of a plan stands in a report with more in common
with the plan's own: rare words count for more than common ones, and states twice as much as words
(how rare they are: rarity.tsv, which train/rarity.py writes). Compared are the sentences about the
plan with the passage of the report that is likest, so that a long report is no farther than a brief
one. What comes soon after a plan was told, or about the days when it is due, needs less in common
than what comes at another time: of news about one affair most comes within weeks. The limits and
the weight were chosen on development story groups and public news: docs/accuracy.md.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple

from legation.errors import KnowledgeError
from legation.reconcile.days import days_between
from legation.reconcile.pages import AROUND, Page, Remark, codes_of
from legation.reconcile.telling import Telling, content, stem
from legation.reconcile.topic import states
from legation.story import Date

FILE = Path(__file__).with_name("rarity.tsv")
FEWEST = 8  # reports with a word, from which it is in the file
RARE = 40  # reports with a word, of those counted, up to which it is of few affairs
STATES = 2.0  # what the name of a state counts, beside a word that is as rare
SOON = 21  # days from when a plan is told, or from those planned, that are soon
VAGUE = 31  # days of a plan from which they say little of when it is due


class Limit(NamedTuple):
    """The likeness that is asked of a report that comes soon, and of another."""

    soon: float
    other: float


AKIN = Limit(0.08, 0.15)  # from which a report may say something of a plan


class Passage(NamedTuple):
    """The words and codes of some sentences, and the length of their vector."""

    words: frozenset[str]
    length: float


def akin(plan: Telling, own: Page, later: Page, window: Date | None) -> float:
    """The likeness of a report of the affair of a plan due in `window`; 0.0 for one of another.

    The plan's `own` report tells what the affair is.
    """
    asked = needed(AKIN, plan, later, window)
    if cosine(_about(plan, own), _bound(later)) < asked:
        return 0.0  # so most are told apart at once
    like = likeness(plan, own, later)
    return like if like >= asked else 0.0


def needed(limit: Limit, plan: Telling, later: Page, window: Date | None) -> float:
    """The likeness (0..1) that a report needs, by when it comes."""
    return limit.soon if _soon(plan, later, window) else limit.other


def _soon(plan: Telling, later: Page, window: Date | None) -> bool:
    if not plan.published or not later.published:
        return False
    if days_between(plan.published, later.published) <= SOON:
        return True
    if window is None or days_between(window.start, window.end) > VAGUE:
        return False
    before = days_between(later.published, window.start)
    return max(before, days_between(window.end, later.published)) <= SOON


def likeness(plan: Telling, own: Page, later: Page) -> float:
    """The cosine (0..1) of what is told about a plan and the likest passage of a report."""
    told = _about(plan, own)
    return max(cosine(told, part) for part in _passages(later))


def cosine(one: Passage, two: Passage) -> float:
    """How much two passages have in common, 0..1: 1 for the same words."""
    return sum(map(_square, one.words & two.words)) / (one.length * two.length or 1.0)


def passage(*texts: str) -> Passage:
    """Some sentences as they are compared."""
    words = frozenset().union(*map(words_of, texts))
    return Passage(words, sqrt(sum(map(_square, words))))


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The stems of a sentence but for the names of states, and the codes of states."""
    return (content(text) - states(text)) | codes_of(text)


@lru_cache(maxsize=4096)
def _about(plan: Telling, own: Page) -> Passage:
    """The plan's sentence, those about it, and the headline over them."""
    return passage(plan.sentence, own.title, *(one.text for one in own.about(plan.sentence)))


@lru_cache(maxsize=4096)
def _passages(page: Page) -> tuple[Passage, ...]:
    """A report in passages that overlap by half, each under its headline."""
    starts = range(0, max(1, len(page.remarks) - AROUND // 2), AROUND // 2)
    return tuple(_part(page, page.remarks[at : at + AROUND]) for at in starts)


@lru_cache(maxsize=4096)
def _bound(page: Page) -> Passage:
    """All words of a report, as long as its shortest passage: as like as its likest, or liker."""
    parts = _passages(page)
    words = frozenset().union(*(part.words for part in parts))
    return Passage(words, min(part.length for part in parts))


def _part(page: Page, remarks: tuple[Remark, ...]) -> Passage:
    return passage(page.title, *(one.text for one in remarks))


def rare(word: str) -> bool:
    """Is it a word that few affairs have?"""
    return rarity()[1].get(stem(word), 0) <= RARE


@cache
def _square(word: str) -> float:
    """What a word that both have adds: the square of its weight."""
    reports, counts = rarity()
    weight = log(reports / counts.get(word, FEWEST // 2))
    return (weight * (STATES if word.isupper() else 1.0)) ** 2


@cache
def rarity(path: Path = FILE) -> tuple[int, dict[str, int]]:
    """The number of reports counted, and in how many of them a word stands.

    Raises KnowledgeError with the line of a slip.
    """
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, count = line.partition("\t")
        if not word or not count.isdigit() or not int(count) or word in counts:
            raise KnowledgeError(f"not a new word, a tab and a number: {line!r}", str(path), number)
        counts[word] = int(count)
    if next(iter(counts), "") != "reports":
        raise KnowledgeError("the first line must tell the number of reports", str(path), 1)
    return counts.pop("reports"), counts
