"""Who is "the EU"? Groups of states by date, own lists, and sums and differences of both.

A side is written `CHN`, `EU`, `EU-HUN`, `NATO+UKR`, `AU&ARAB-LEAGUE` or with own lists
(`groups={"front": "POL LTU LVA EST"}`): terms joined from left to right by `+` (or), `-` (without)
and `&` (both). A group counts with its own organs: EU is its members and EUU.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from legation.errors import InputError, KnowledgeError

if TYPE_CHECKING:
    import polars as pl

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
ALWAYS = ("0001-01-01", "9999-12-31")
Spans = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: as written, and the days on which each code counts."""

    text: str
    spans: tuple[tuple[str, Spans], ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that ever counts, sorted."""
        return tuple(code for code, _ in self.spans)

    def has(self, code: str, day: str) -> bool:
        """Whether a code counts on this ISO day ("" for an unknown day: whether it ever does)."""
        for name, spans in self.spans:
            if name == code:
                return not day or any(a <= day <= b for a, b in spans)
        return False

    def holder(self) -> Callable[[str, str], bool]:
        """`has` for many days: the code is looked up, its days only where codes come or go."""
        spans = dict(self.spans)
        if all(told == (ALWAYS,) for told in spans.values()):
            return lambda code, day: code in spans

        def has(code: str, day: str) -> bool:
            told = spans.get(code, ())
            return bool(told) and (not day or any(a <= day <= b for a, b in told))

        return has

    def counts(self, column: str, first: str, last: str) -> pl.Expr:
        """`has` for a column of codes of a frame with a column `day`, whose known days lie between
        two: days are compared only for codes that come or go between these."""
        import polars as pl

        code, day = pl.col(column), pl.col("day")
        within: list[str] = []
        found: list[pl.Expr] = []
        for name, spans in self.spans:
            if any(a <= first and last <= b for a, b in spans):
                within.append(name)
            else:
                met = [(a, b) for a, b in spans if a <= last and first <= b]
                found += [(code == name) & day.is_between(pl.lit(a), pl.lit(b)) for a, b in met]
        ever = (day == "") & code.is_in(self.codes)
        return pl.any_horizontal(code.is_in(within), ever, *found)

    def on(self, day: str) -> tuple[str, ...]:
        """The codes that count on a day."""
        return tuple(code for code in self.codes if self.has(code, day))


def side(text: str, groups: Mapping[str, str] | None = None) -> Side:
    """The side that some words mean; InputError names the term that is no code and no group."""
    own = {name.upper(): codes for name, codes in (groups or {}).items()}
    terms = _terms(text.strip().upper(), {*_table(), *own})
    total: dict[str, Spans] = {}
    for sign, term in terms:
        found = _member_spans(term, own, text)
        if sign == "+":
            total = {c: _union(total.get(c, ()), found.get(c, ())) for c in {*total, *found}}
        elif sign == "&":
            total = {c: _both(total[c], found[c]) for c in {*total} & {*found}}
        else:
            total = {c: _less(spans, found.get(c, ())) for c, spans in total.items()}
    kept = tuple(sorted((code, spans) for code, spans in total.items() if spans))
    if not kept:
        raise InputError(f"{text!r}: nobody is left in it")
    return Side(text, kept)


def pair(text: str, groups: Mapping[str, str] | None = None) -> tuple[Side, Side]:
    """The two sides of `CHN-KOR`, or of `EU-HUN:USA` where a side has a minus; InputError."""
    whole = text.strip()
    if ":" in whole:
        one, _, two = whole.partition(":")
    else:
        names = {*_table(), *(name.upper() for name in groups or {})}
        one, two = _split(whole, names)
    if not one.strip() or not two.strip():
        raise InputError(f"{text!r} is not two sides like CHN-KOR or EU-HUN:USA")
    return side(one, groups), side(two, groups)


def names() -> dict[str, str]:
    """Every group of the data file: its short name and what it is."""
    return {name: str(entry["name"]) for name, entry in _table().items()}


def _split(text: str, known: set[str]) -> tuple[str, str]:
    """The sides around the only hyphen that is no part of a group's name."""
    guarded = text.upper()
    for name in sorted(known, key=len, reverse=True):
        if "-" in name:
            guarded = guarded.replace(name, name.replace("-", "_"))
    sides = guarded.split("-")
    if len(sides) < 2:
        raise InputError(f"{text!r} is one side, not two sides like CHN-KOR")
    if len(sides) > 2:
        raise InputError(f"{text!r}: write the two sides with a colon, like EU-HUN:USA")
    at = len(sides[0])
    return text[:at], text[at + 1 :]


def _terms(text: str, known: set[str]) -> list[tuple[str, str]]:
    """(sign, name) of each term; names with a hyphen are looked for first."""
    hyphened = sorted((name for name in known if "-" in name), key=len, reverse=True)
    word = "|".join([*map(re.escape, hyphened), r"[^\s+&-]+"])
    if not re.fullmatch(rf"(?:{word})(?:\s*[+&-]\s*(?:{word}))*", text):
        raise InputError(f"{text!r} is not like CHN, EU-HUN or NATO+UKR")
    found = re.findall(rf"([+&-]?)\s*({word})", text)
    return [(sign or "+", name) for sign, name in found]


def _member_spans(term: str, own: Mapping[str, str], text: str) -> dict[str, Spans]:
    if term in own:
        return dict.fromkeys(own[term].upper().replace(",", " ").split(), (ALWAYS,))
    if term in _table():
        return _spans(_table()[term])
    if not _CODE.fullmatch(term):
        raise InputError(f"{text!r}: {term!r} is neither a code nor one of {', '.join(_table())}")
    return {term: (ALWAYS,)}


def _spans(entry: Mapping[str, Any]) -> dict[str, Spans]:
    left = entry.get("left", {})
    found: dict[str, Spans] = {entry["body"]: (ALWAYS,)} if "body" in entry else {}
    for since, codes in entry["members"].items():
        first = since if len(since) == 10 else f"{since}-01-01"
        for code in codes.split():
            found[code] = ((first, left.get(code, ALWAYS[1])),)
    return found


def _union(one: Spans, two: Spans) -> Spans:
    merged: list[tuple[str, str]] = []
    for first, last in sorted({*one, *two}):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _both(one: Spans, two: Spans) -> Spans:
    cut = [(max(a, c), min(b, d)) for a, b in one for c, d in two]
    return tuple((first, last) for first, last in cut if first <= last)


def _less(one: Spans, two: Spans) -> Spans:
    """The days of `one` outside `two`; a shared border day goes to neither twice."""
    left = list(one)
    for c, d in two:
        parts = []
        for a, b in left:
            if d < a or c > b:
                parts.append((a, b))
                continue
            if a < c:
                parts.append((a, _day(c, -1)))
            if d < b:
                parts.append((_day(d, 1), b))
        left = parts
    return tuple(left)


def _day(day: str, shift: int) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=shift)).isoformat()


@cache
def _table() -> dict[str, dict[str, Any]]:
    """groups.toml, checked; KnowledgeError says which group is wrong."""
    path = files("legation.study").joinpath("groups.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, entry in table.items():
        codes = " ".join(entry.get("members", {}).values()).split()
        if not codes or "name" not in entry:
            raise KnowledgeError(f"{name}: name or members are missing", "groups.toml")
        wrong = [code for code in codes if not _CODE.fullmatch(code) or codes.count(code) > 1]
        if wrong or set(entry.get("left", {})) - set(codes):
            raise KnowledgeError(
                f"{name}: twice, not a code or never joined: {wrong}", "groups.toml"
            )
    return table


def spelled(text: str) -> str:
    """A pair with its groups spelled out by every code that ever counts: "EU-USA" as "AUT+…-USA".

    Such words are what the filters of a desk understand. InputError.
    """
    one, two = pair(text)
    return "-".join("+".join(side.codes) for side in (one, two))
