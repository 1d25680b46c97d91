"""Where does the lexicon mention a word? The index behind `legation words WORD`.

A word is found in the lines themselves, and through the classes that the lines name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legation.words import POS, Frame, Words

Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon: its text, part of speech, group, and the place in its file.

    `through` is the class that brought the word in ("@talks"), "" when the line names it itself.
    """

    frame: Frame
    pos: str
    text: str
    where: str
    through: str = ""


def find(words: Words, word: str) -> tuple[Entry, ...]:
    """The lines that mention `word` (a lemma, two words, or the start of one with a final "*").

    A PLOVER type, a mode or the id of a group finds all lines of its groups.
    """
    fits = _matcher(word)
    classes = {name for name, terms in words.classes.items() if any(fits(t) for t in terms)}
    return tuple(
        Entry(frame, pos, text, f"{_file(frame)}:{_line(words, frame, text)}", through)
        for frame in words.frames.values()
        for pos in POS
        for text in getattr(frame, pos + "s")
        for through in _mentions(frame, text, fits, classes)
    )


def _matcher(word: str) -> Fits:
    plain = word.lower().replace("_", " ")
    if plain.endswith("*"):
        return lambda term: term.startswith(plain[:-1])
    return lambda term: term == plain


def _mentions(frame: Frame, text: str, fits: Fits, classes: set[str]) -> Iterator[str]:
    if fits(frame.id) or fits(frame.type.lower()) or (frame.mode and fits(frame.mode)):
        yield ""
        return
    parts = re.split(r"[\s|()]+", text)
    own = {part.lstrip("_^!+").replace("_", " ") for part in parts if "@" not in part}
    if any(fits(part) for part in own) or fits(" ".join(sorted(own, key=text.find))):
        yield ""
        return
    named = [part.lstrip("_^!") for part in parts if "@" in part]
    through = next((name for name in named if name.lstrip("@") in classes), None)
    if through:
        yield through


def _file(frame: Frame) -> str:
    return frame.where.partition(":")[0]


def _line(words: Words, frame: Frame, text: str) -> int:
    """The line of a pattern: the first after its group's own line that quotes it."""
    start = int(frame.where.partition(":")[2] or 0)
    lines = _lines(Path(__file__).parent / words.language / "what" / _file(frame))
    for number, line in enumerate(lines[start:], start + 1):
        if f'"{text}"' in line:
            return number
    return start


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").splitlines())
