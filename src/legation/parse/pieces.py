"""Which wordpieces does a word have? Batches of sentences become the integer arrays of the graph.

Position 0 of every sentence is [CLS], which also stands for ROOT, so word i (from 0) is row i + 1
of `first` and `last`. Rows past the end of a sentence are 0 in all arrays,
and so is the case of [CLS] and [SEP] (CASE_SPECIAL).
"""

from collections.abc import Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from legation.errors import ModelError
from legation.parse.forms import case_of, plain

Ints = npt.NDArray[np.int64]

HEAD_PIECES: Final = 8  # a word above 10 pieces (a URL) keeps its first 8 and last 2
TAIL_PIECES: Final = 2
MAX_PIECES: Final = 510  # the encoder's 512 positions less [CLS] and [SEP]
_CACHE: Final = 200_000


class Batch(NamedTuple):
    """The graph's inputs: ids and cases (sentences, pieces), first and last (sentences, words + 1).

    `first` and `last` hold the positions of the first and last piece of each word.
    """

    ids: Ints
    cases: Ints
    first: Ints
    last: Ints


class Pieces:
    """The wordpiece vocabulary; remembers the pieces of the words it has met."""

    def __init__(self, path: Path) -> None:
        """Read a tokenizer.json."""
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[str, tuple[int, ...]] = {}
        self._cases: dict[str, int] = {}
        self.cls = self._special("[CLS]")
        self.sep = self._special("[SEP]")
        self.unknown = self._special("[UNK]")

    def _special(self, piece: str) -> int:
        found = self._tokenizer.token_to_id(piece)
        if found is None:
            raise ModelError(f"the tokenizer has no {piece}")
        return int(found)

    def of(self, word: str) -> tuple[int, ...]:
        """The piece ids of a word, between 1 and 10 of them."""
        found = self._known.get(word)
        if found is None:
            found = self._split(word)
            if len(self._known) < _CACHE:
                self._known[word] = found
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        text = plain(word)[:400]
        ids = tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)
        if len(ids) > HEAD_PIECES + TAIL_PIECES:
            ids = ids[:HEAD_PIECES] + ids[-TAIL_PIECES:]
        return ids or (self.unknown,)

    def case(self, word: str) -> int:
        """The case class of a word, remembered."""
        found = self._cases.get(word)
        if found is None:
            found = case_of(word)
            if len(self._cases) < _CACHE:
                self._cases[word] = found
        return found

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """The arrays of a few sentences (word lists), padded with 0."""
        rows = [[self.of(word) for word in words] for words in sentences]
        width = max(sum(map(len, row)) for row in rows) + 2
        length = max(map(len, rows)) + 1
        ids, cases = (np.zeros((len(rows), width), np.int64) for _ in range(2))
        first, last = (np.zeros((len(rows), length), np.int64) for _ in range(2))
        for at, (row, words) in enumerate(zip(rows, sentences, strict=True)):
            ends = list(accumulate(map(len, row)))
            total = ends[-1]
            ids[at, : total + 2] = [self.cls, *chain.from_iterable(row), self.sep]
            cases[at, 1 : total + 1] = [
                case
                for word, pieces in zip(words, row, strict=True)
                for case in (self.case(word),) * len(pieces)
            ]
            first[at, 1 : len(row) + 1] = [1, *(end + 1 for end in ends[:-1])]
            last[at, 1 : len(row) + 1] = ends
        return Batch(ids, cases, first, last)
