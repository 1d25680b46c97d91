"""The words of a piece of evidence found again, in its sentence or in a page that has changed.

As with W3C Web Annotation: the position says where they stood, the quote what they were and what
stood around them. White space, quotation marks and dashes may have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legation.store.kept import KeptEvent, Quote
from legation.story import Span

LEAST = 10  # letters of the surroundings that a place in a changed page must share
_AROUND = 80  # letters that are looked at on either side; a quote keeps 32
_ALIKE = ("'’‘`´", '"“”„«»', "-–—−")
_CLASS = {ord(one): f"[{re.escape(all_)}]" for all_ in _ALIKE for one in all_}
_SAME = {ord(one): all_[0] for all_ in _ALIKE for one in all_}


def evidence(kept: KeptEvent, text: str) -> tuple[Span | None, ...]:
    """Where each piece of an event's evidence stands in a later text of its story, None where it
    stands no more."""
    return tuple(
        found(quote, text, span.start, span.part)
        for span, quote in zip(kept.event.evidence, kept.quotes, strict=True)
    )


def found(
    quote: Quote, text: str, start: int = 0, part: str = "act", least: int = LEAST
) -> Span | None:
    """The place of a quote whose surroundings fit best; of equal ones the nearest to `start`.

    None when no place shares `least` letters of what stood around it.
    """
    words = quote.exact.split()
    if not words:
        return None
    before, after = _folded(quote.prefix)[::-1], _folded(quote.suffix)
    for places in (_same(words, text), _alike(words, text)):  # most pages have the very words
        best: tuple[tuple[int, int], Span] | None = None
        for at, end in places:
            left, right = text[max(0, at - _AROUND) : at], text[end : end + _AROUND]
            fit = _shared(_folded(left)[::-1], before) + _shared(_folded(right), after)
            key = (fit, -abs(at - start))
            if fit >= least and (best is None or key > best[0]):
                best = key, Span(at, end, part)
        if best:
            return best[1]
    return None


def _same(words: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the very words stand."""
    exact = " ".join(words)
    at = text.find(exact)
    while at >= 0:
        yield at, at + len(exact)
        at = text.find(exact, at + 1)


def _alike(words: list[str], text: str) -> Iterator[tuple[int, int]]:
    """Where they stand with other white space and other marks."""
    loose = (re.escape(word).replace("\\-", "-").translate(_CLASS) for word in words)
    yield from (hit.span() for hit in re.finditer(r"\s+".join(loose), text))


def _folded(text: str) -> str:
    return " ".join(text.split()).translate(_SAME)


def _shared(one: str, two: str) -> int:
    """How many letters two texts share from their beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
