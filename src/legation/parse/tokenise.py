"""Where does each word begin and end? Universal Dependencies tokens with exact offsets.

Follows UD English EWT and GUM: hyphenated words are cut ("al | - | Qaeda") unless they begin with
a bound prefix ("anti-government"), contractions are cut ("do | n't", "Putin | 's"), units leave
their number ("$ | 1.5 | bn"), and abbreviations keep their full stop ("U.S.", "Gen.").
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

Span = tuple[int, int]

_TITLES: Final = (
    "mr mrs ms dr gen lt col sgt capt maj adm brig cpl pvt cmdr rev hon sen rep reps gov pres prof "
    "st messrs fr supt insp amb mt ft atty"
)
_DATED: Final = "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri"
_OTHERS: Final = (
    "jr sr co corp inc ltd bros vs etc eg ie ave blvd rd dept univ est approx al ca cf fig vol pp "
    "ed eds assn calif fla pa mass conn ariz ala ill wash tenn va ga md"
)
_LATIN: Final = "vs etc eg ie est approx al ca cf fig vol pp ed eds"
TITLES: Final = frozenset(_TITLES.split())
_LOWER_TOO: Final = frozenset(_LATIN.split())
ABBREVIATIONS: Final = TITLES | frozenset(f"{_DATED} {_OTHERS}".split())

_PREFIXES: Final = (
    "anti|pro|re|co|non|ex|pre|post|multi|mid|inter|intra|sub|semi|pan|ultra|vice|counter|de|un"
    "|bi|mini|micro|macro|quasi|pseudo|neo|e|trans|cyber|over|under"
)
_TOKEN: Final = re.compile(
    rf"""
    (?P<link>(?:https?://|www\.)\S*[\w/] | [\w.+-]+@[\w-]+(?:\.\w[\w-]*)+
        | [@\#]\w+ | \w[\w-]*\.(?:com|org|net|gov|edu|info|co\.uk)\b)
  | (?P<marks>\.{{2,}} | -{{2,}} | [?!]{{2,}} | ''|``)
  | (?P<dotted>(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?)
  | (?P<money>(?:US|[A-Z]{{1,2}})?[$€£¥])
  | (?P<decade>['’]\d\ds\b)
  | (?P<clitic>['’](?:s|re|ve|ll|d|m|em)\b)
  | (?P<ordinal>\d+(?:st|nd|rd|th|s)\b)
  | (?P<number>\d+(?:[.,:/]\d+)*)
  | (?P<prefixed>(?:{_PREFIXES})-[^\W\d_]\w*)
  | (?P<firm>[A-Z]+&[A-Z]+)
  | (?P<word>[^\W\d_]\w*(?:['’][^\W\d_]\w*)*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CLITIC: Final = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_FUSED: Final = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3}
_CHUNK: Final = re.compile(r"\S{1,200}")  # longer runs without a space are cut: keeps time linear


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans (start, end) of the words of text[start:end], as offsets into `text`."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    for chunk in _CHUNK.finditer(text, start, end):
        if chunk[0] == "No." and not text[chunk.end() : chunk.end() + 2].strip()[:1].isdigit():
            inner: tuple[Span, ...] = ((0, 2), (2, 3))
        else:
            inner = _cut(chunk[0])
        spans.extend((chunk.start() + a, chunk.start() + b) for a, b in inner)
    return spans


@lru_cache(maxsize=100_000)
def _cut(chunk: str) -> tuple[Span, ...]:
    """Spans of the words of a piece of text without spaces."""
    return tuple(_parts(chunk))


def _parts(chunk: str) -> Iterator[Span]:
    at = 0
    while at < len(chunk):
        found = _TOKEN.match(chunk, at)
        assert found is not None
        start, end = found.span()
        if found.lastgroup == "word":
            end = _with_full_stop(chunk, start, end)
            cut = _inner_cut(chunk[start:end])
            if cut:
                yield start, start + cut
                start += cut
        yield start, end
        at = end


def _with_full_stop(chunk: str, start: int, end: int) -> int:
    """The end of a word, past the full stop that belongs to it."""
    if chunk[end : end + 1] != "." or chunk[end : end + 2] == "..":
        return end
    word = chunk[start:end]
    if len(word) == 1 and word.isupper() and word != "I":
        return end + 1
    known = word.lower() in ABBREVIATIONS and (word[0].isupper() or word in _LOWER_TOO)
    numbered = word == "No" and not chunk[end + 1 :]
    return end + 1 if known or numbered else end


def _inner_cut(word: str) -> int:
    """Where a contraction is cut, 0 for none: "don't" 2, "cannot" 3."""
    clitic = _CLITIC.search(word)
    return clitic.start() if clitic else _FUSED.get(word.lower(), 0)
