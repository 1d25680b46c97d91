"""A later report as its plain sentences: their words, numbers, names, and the places they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from legation.reconcile.outcomes import CLAUSE, plain
from legation.reconcile.telling import content, numbers
from legation.reconcile.usage import USAGE, either
from legation.world import Entry, load

BEFORE, AROUND = 2, 6  # sentences that are read with one: so many before it, so many in all
LONGEST = 40  # sentences of a report that are looked at
NATIONAL = frozenset(["country", "demonym", "city", "seat", "organisation", "region"])
_END = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[\"“‘'A-Z0-9])|\n+")
_SHORT = re.compile(rf"\b(?:{either(USAGE.short)}|[A-Z])\.$")
_HEAD = re.compile(r"^([A-Z][A-Z'’ .-]{2,30})(?:, [^—–-]{0,40})?(?: \([^()]{2,40}\))? ?[—–-]")
_AROUND = re.compile(r"^\W+|(?:['’]s?)?\W*$")  # what is no part of a name: "Peru's,"
COMMON = frozenset([*USAGE.common, *USAGE.weekdays, *USAGE.months])
"""Words by which no report is found, though they are capitalised."""
_SAYS = re.compile(rf"\s(?=(?:{either(USAGE.reported)}) )")
NAME = re.compile(r"\b[A-Z][^\W_]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence: its words as phrases see them, content stems, numbers and capitalised words."""

    text: str
    words: str
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]

    def __hash__(self) -> int:
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """A later report; `head` is the place it is dated from, `title` its headline."""

    story: str
    family: str
    published: str
    head: str
    remarks: tuple[Remark, ...]
    title: str = ""

    def __hash__(self) -> int:
        return hash((self.story, self.published))

    def around(self, one: Remark) -> tuple[Remark, ...]:
        """A sentence with its neighbours; a short report whole."""
        last = max(0, len(self.remarks) - AROUND)
        first = min(last, max(0, self.remarks.index(one) - BEFORE))
        return self.remarks[first : first + AROUND]

    def about(self, sentence: str) -> tuple[Remark, ...]:
        """A sentence of its own with its neighbours; the first of them for the headline."""
        return self.around(self.remarks[self._place(sentence) or 0]) if self.remarks else ()

    def before(self, sentence: str) -> str:
        """What stands before a sentence: the one before it, or the headline above the first."""
        at = self._place(sentence)
        return self.remarks[at - 1].text if at else self.title

    def since(self, sentence: str) -> tuple[Remark, ...]:
        """A sentence and those after it; of a long report the first of them."""
        at = self._place(sentence)
        return () if at is None else self.remarks[at : at + AROUND]

    def _place(self, sentence: str) -> int | None:
        """The number of a sentence among the remarks; None for one of the headline."""
        sentence = " ".join(sentence.split())
        for at, one in enumerate(self.remarks):
            if one.text in sentence or sentence in one.text:
                return at
        return None


def page(story: str, family: str, published: str, text: str, title: str = "") -> Page:
    """A report as its sentences."""
    head = _HEAD.match(text)
    body = text[head.end() :] if head else text
    return Page(
        story, family, published, head.group(1).strip().title() if head else "",
        tuple(map(_remark, islice(_sentences(body), LONGEST))), " ".join(title.split()),
    )  # fmt: skip


def _remark(text: str) -> Remark:
    return Remark(text, plain(text), content(text), numbers(text), frozenset(names_of(text)))


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[Remark, ...]:
    """The clauses of a sentence, where it has several."""
    clauses = [
        part for clause in CLAUSE.split(text) for part in _SAYS.split(clause) if part.count(" ") > 2
    ]  # fmt: skip
    return tuple(map(_remark, clauses)) if len(clauses) > 1 else ()


def names_of(text: str) -> list[str]:
    return [word.casefold() for word in NAME.findall(text)]


def _sentences(text: str) -> Iterator[str]:
    pending = ""
    for part in _END.split(text):
        part = f"{pending} {part}".strip() if pending else part.strip()
        pending = ""
        if _SHORT.search(part):
            pending = part
        elif part:
            yield " ".join(part.split())
    if pending:
        yield " ".join(pending.split())


@lru_cache(maxsize=8192)
def codes_of(text: str) -> frozenset[str]:
    """The states and bodies that a sentence names."""
    return frozenset(one.country for one in _places(text) if one.country)


def bodies(codes: frozenset[str]) -> frozenset[str]:
    """Those of the codes that are no states: the European Union, ECOWAS."""
    return codes - load().countries.keys()


@lru_cache(maxsize=8192)
def towns_of(text: str) -> frozenset[str]:
    """The towns that a sentence names."""
    return frozenset(one.name for one in _places(text) if one.kind == "city")


@lru_cache(maxsize=8192)
def minor_towns(text: str) -> frozenset[str]:
    """The towns that a sentence names, but for capitals, which stand for their states."""
    return frozenset(one.name for one in _places(text) if one.kind == "city" and not one.capital)


@lru_cache(maxsize=8192)
def ruled_by(text: str, on: str) -> frozenset[str]:
    """The states of the people in office on a day whom a sentence names: "Mr Macron"."""
    found = (one for word in set(NAME.findall(text)) for one in load().find(word))
    return frozenset(
        one.country for one in found
        if one.kind == "person" and one.country
        and one.since <= on and (not one.until or on <= one.until)
    )  # fmt: skip


@lru_cache(maxsize=8192)
def lands_of(text: str) -> frozenset[str]:
    """The states that a sentence names, without bodies of states."""
    found = (one for one in _places(text) if one.kind != "organisation")
    return frozenset(one.country for one in found if one.country)


@lru_cache(maxsize=8192)
def town_codes(text: str) -> frozenset[str]:
    """The states of the towns that a sentence names."""
    return frozenset(one.country for one in _places(text) if one.kind == "city" and one.country)


@lru_cache(maxsize=16_384)
def _places(text: str) -> tuple[Entry, ...]:
    return tuple(_national(text))


def _national(text: str) -> Iterator[Entry]:
    """The likeliest meaning of every national name in a sentence."""
    world = load()
    clean = [word if word.islower() else _AROUND.sub("", word) for word in text.split()]
    at = 0
    while at < len(clean):
        for size in (3, 2, 1) if clean[at][:1].isupper() else ():
            found = [e for e in world.find(" ".join(clean[at : at + size])) if e.kind in NATIONAL]
            if found:
                yield max(found, key=lambda e: (e.kind != "city", e.capital, e.population))
                at += size - 1
                break
        at += 1
