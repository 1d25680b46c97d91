"""What does a later sentence say of a plan? Asks a network of its own that reads the two together.

The network (train/sequel.py) reads the sentence that tells the plan, how many days later the other
was published, and that sentence; the trigger of the plan and the later sentence are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from legation.errors import ModelError
from legation.parse.onnx import session
from legation.parse.pieces import Pieces
from legation.parse.segment import segment
from legation.story import Sequel

FILE: Final = "sequel.onnx"
MOST: Final = 100  # pieces of each of the two sentences that are read
CONTEXT: Final = 40  # ... and of what stands before the later one
PLAN, LATER, BEFORE = 1, 2, 3  # marks: the plan's trigger, the later sentence, what is before it
CLASSES: Final = ("none", "open", "kept", "cancelled", "contradicted")
_REMEMBERED: Final = 50_000

Ints = npt.NDArray[np.int64]
Question = tuple[list[str], list[int]]  # words, and the mark of each


def question(
    plan: str, trigger: str, made: str, later: str, told: str, before: str = ""
) -> Question:
    """The words that the network reads, and their marks.

    `made` and `told` are the ISO days on which the plan and the later sentence were published;
    `before` is the sentence before the later one, or the headline, by which "he" is understood.
    """
    words = _words(plan)
    first, second = date.fromisoformat(made), date.fromisoformat(told)
    between = f"| {(second - first).days} days later , {second:%A} :".split()
    context, after = [*_words(before), "|"] if before else [], _words(later)
    return (
        [f"{first:%A}", ":", *words, *between, *context, *after],
        [
            *(0, 0), *_marked(words, _words(trigger)), *[0] * len(between),
            *[BEFORE] * len(context), *[LATER] * len(after),
        ],
    )  # fmt: skip


def _words(text: str) -> list[str]:
    return [text[start:end] for sentence in segment(text) for start, end in sentence]


def _marked(words: Sequence[str], trigger: Sequence[str]) -> list[int]:
    """Marks the trigger's words: side by side if they are so somewhere, else in their order."""
    marks, size = [0] * len(words), len(trigger)
    for at in range(len(words) - size + 1) if size else ():
        if list(words[at : at + size]) == list(trigger):
            marks[at : at + size] = [PLAN] * size
            return marks
    at = 0
    for word in trigger:
        if word in words[at:]:
            at = words.index(word, at)
            marks[at] = PLAN
    return marks


def rows(pieces: Pieces, asked: Question) -> tuple[list[int], list[int], list[int]]:
    """Piece ids, letter cases and marks of a question, with [CLS] and [SEP]."""
    ids, cases, marks = [pieces.cls], [0], [0]
    spent = {LATER: 0, BEFORE: MOST - CONTEXT, 0: 0}
    for word, mark in zip(*asked, strict=True):
        own = pieces.of(word)
        part = mark if mark in spent else 0
        spent[part] += len(own)
        if spent[part] <= MOST:
            ids += own
            cases += [pieces.case(word)] * len(own)
            marks += [mark] * len(own)
    return [*ids, pieces.sep], [*cases, 0], [*marks, 0]


class Sequels:
    """The loaded network. Each question is a run of its own, so that no other sways its answer."""

    def __init__(self, folder: Path) -> None:
        """Load it. Raises ModelError."""
        try:
            self._pieces = Pieces(folder / "tokenizer.json")
            self._session = session((folder / FILE).read_bytes())
        except Exception as error:  # both libraries raise types of their own
            raise ModelError(f"cannot load {folder / FILE}: {error}") from error
        self.say = lru_cache(maxsize=_REMEMBERED)(self._say)

    def _say(
        self, plan: str, trigger: str, made: str, later: str, told: str, before: str = ""
    ) -> Sequel:
        """What a sentence published on day `told` says of a plan published on day `made`.

        `before` is the sentence that stands before it, or the headline of its report.
        """
        columns = rows(self._pieces, question(plan, trigger, made, later, told, before))
        names = ("ids", "cases", "marks")
        given = {name: np.array([row]) for name, row in zip(names, columns, strict=True)}
        (shares,) = self._session.run(["shares"], given)
        return Sequel(*(round(float(share), 3) for share in shares[0]))
