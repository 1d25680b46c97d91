"""The marks of an example sentence: "[Iraq] invaded <Kuwait>." names actor and recipient."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\[\]<>]")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence without its marks, and the character spans that they set off."""

    text: str
    actors: tuple[tuple[int, int], ...] = ()
    recipients: tuple[tuple[int, int], ...] = ()


def example(marked: str) -> Example:
    """Read the marks of a `yes` sentence; raises ValueError when one is not closed."""
    text, at = "", 0
    spans: dict[str, list[tuple[int, int]]] = {"[": [], "<": []}
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[0] in spans:
            opened.append((match[0], len(text)))
            continue
        if not opened or opened[-1][0] != {"]": "[", ">": "<"}[match[0]]:
            raise ValueError(f"{marked!r}: {match[0]} closes nothing")
        kind, start = opened.pop()
        spans[kind].append((start, len(text)))
    if opened:
        raise ValueError(f"{marked!r}: {opened[-1][0]} is not closed")
    return Example(text + marked[at:], tuple(spans["["]), tuple(spans["<"]))
