"""What does a later report say of a plan? Asks a network of its own that reads the two together.

The network (train/sequel.py) reads the sentence that tells the plan after the one before it, how
many days later the report was published, its headline and some of its sentences; it answers for
each of these what it says of the plan, in the light of the others.
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
MOST: Final = 64  # pieces of the plan's sentence that are read
PASSAGE: Final = 128  # ... of the later sentences, together
CONTEXT: Final = 32  # ... of what stands above them, and of what stands before the plan
SENTENCES: Final = 10  # later sentences that are read, at most
PLAN, ABOVE, BEFORE, LATER = 1, 2, 3, 4
"""Marks: the plan's trigger, the later headline, what is before the plan, and the later sentences:
LATER the first, LATER + 1 the second and so on."""
CLASSES: Final = ("none", "open", "kept", "cancelled", "contradicted")
SILENT: Final = Sequel(1.0, 0.0, 0.0, 0.0, 0.0)
_REMEMBERED: Final = 50_000

Ints = npt.NDArray[np.int64]
Question = tuple[list[str], list[int]]  # words, and the mark of each


def question(
    plan: str, trigger: str, made: str, later: Sequence[str], told: str, above: str = "",
    before: str = "",
) -> Question:  # fmt: skip
    """The words that the network reads, and their marks.

    `made` and `told` are the ISO days on which the plan and the later sentences were published;
    `above` is the headline over them; `before` what stands before the plan in its own report, by
    which "he" and "the company" are understood.
    """
    words = _words(plan)
    first, second = date.fromisoformat(made), date.fromisoformat(told)
    between = f"| {(second - first).days} days later , {second:%A} :".split()
    lead, head = ([*_words(text), "|"] if text else [] for text in (before, above))
    after = [_words(sentence) for sentence in later[:SENTENCES]]
    return (
        [f"{first:%A}", ":", *lead, *words, *between, *head, *(w for one in after for w in one)],
        [
            *(0, 0), *[BEFORE] * len(lead), *_marked(words, _words(trigger)), *[0] * len(between),
            *[ABOVE] * len(head), *(LATER + at for at, one in enumerate(after) for _ in one),
        ],
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for sentence in segment(text) for start, end in sentence)


def _marked(words: tuple[str, ...], trigger: tuple[str, ...]) -> list[int]:
    """Marks the trigger's words: side by side if they are so somewhere, else in their order."""
    marks, size = [0] * len(words), len(trigger)
    for at in range(len(words) - size + 1) if size else ():
        if words[at : at + size] == trigger:
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
    left = {LATER: PASSAGE, ABOVE: CONTEXT, BEFORE: CONTEXT, 0: MOST}
    for word, mark in zip(*asked, strict=True):
        own = pieces.of(word)
        part = 0 if mark == PLAN else min(mark, LATER)
        left[part] -= len(own)
        if left[part] >= 0:
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
        self, plan: str, trigger: str, made: str, later: tuple[str, ...], told: str,
        above: str = "", before: str = "",
    ) -> tuple[Sequel, ...]:  # fmt: skip
        """What each sentence published on day `told` says of a plan published on day `made`.

        `above` is the headline of their report, `before` what stands before the plan in its own.
        A sentence for which there was no room is SILENT.
        """
        asked = question(plan, trigger, made, later, told, above, before)
        columns = rows(self._pieces, asked)
        names = ("ids", "cases", "marks")
        given = {name: np.array([row]) for name, row in zip(names, columns, strict=True)}
        (shares,) = self._session.run(["shares"], given)
        read = {mark - LATER for mark in columns[2]}
        return tuple(
            Sequel(*(round(float(share), 3) for share in shares[0][at])) if at in read else SILENT
            for at in range(len(later))
        )
