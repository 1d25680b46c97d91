"""Which words of a story are names? Scores of the model to BIO tags, all sentences together.

A word that is written large in several places of a story mostly names the same there, but the model
sees one sentence at a time. So before the tags are decided, what it thinks of such a word elsewhere
in the story counts a little (SHARE) at each of its places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Words = Sequence[str]

# How much the other places of a word count; best on GUM dev and on UNER dev (docs/model-card.md).
SHARE: Final = 0.6
LEAST: Final = -8.0  # logarithm of the least chance, so that no single place is sure beyond words


class Names:
    """The chain of name tags: its classes and what each thinks of its neighbour."""

    def __init__(self, classes: Sequence[str], learned: list[list[float]] | None = None) -> None:
        """`learned` are (before, after) scores of labels.json, its last row the sentence start."""
        self._classes = list(classes)
        self._moves = _moves(self._classes, learned)
        kinds = [name.partition("-")[2] for name in classes]  # "" outside
        order = list(dict.fromkeys(kinds))
        self._kinds = np.array([order.index(kind) for kind in kinds])

    def decide(self, sentences: Sequence[Words], scores: Sequence[Array]) -> list[tuple[str, ...]]:
        """BIO tags of the sentences of one story from their scores (words, classes)."""
        if not sentences:
            return []
        lengths = np.array([len(words) for words in sentences])
        whole = np.zeros((len(sentences), lengths.max(), len(self._classes)), np.float32)
        for row, own in enumerate(scores):
            whole[row, : len(own)] = own
        self._agree(sentences, whole)
        rows = _best(whole, self._moves, lengths).tolist()
        return [
            tuple(self._classes[number] for number in row[: len(words)])
            for row, words in zip(rows, sentences, strict=True)
        ]

    def _agree(self, sentences: Sequence[Words], scores: Array) -> None:
        """Let the places of each capitalised word inform each other, in `scores`."""
        places: dict[str, list[tuple[int, int]]] = {}
        for row, words in enumerate(sentences):
            for at, word in enumerate(words):
                if len(word) > 1 and word[0].isupper():
                    places.setdefault(word.lower(), []).append((row, at))
        repeated = [found for found in places.values() if len(found) > 1]
        if not repeated:
            return
        rows, ats = np.array([place for found in repeated for place in found]).T
        groups = np.repeat(np.arange(len(repeated)), [len(found) for found in repeated])
        own = np.maximum(self._by_kind(scores[rows, ats]), LEAST)
        total = np.zeros((len(repeated), own.shape[1]))
        np.add.at(total, groups, own)
        others = (total[groups] - own) / (np.bincount(groups)[groups] - 1)[:, None]
        scores[rows, ats] += SHARE * (others - others.mean(1, keepdims=True))[:, self._kinds]

    def _by_kind(self, scores: Array) -> Array:
        """Logarithms of the chances of outside and of each type, B and I together."""
        chances = np.exp(scores - scores.max(1, keepdims=True)).astype(float)
        found = np.stack([chances[:, self._kinds == k].sum(1) for k in range(max(self._kinds) + 1)])
        return np.log(found / found.sum(0) + 1e-12).T  # type: ignore[no-any-return]


def _moves(names: list[str], learned: list[list[float]] | None = None) -> Array:
    """(before, after) scores: I-X only follows B-X or I-X; row -1 is the sentence start."""
    moves = np.zeros((len(names) + 1, len(names)), np.float32)
    if learned:
        moves += np.array(learned, np.float32)
    for after, name in enumerate(names):
        if name.startswith("I-"):
            for before, other in enumerate([*names, "start"]):
                moves[before, after] = 0 if other[1:] == name[1:] else -1e4
    return moves


def _best(scores: Array, moves: Array, lengths: Array) -> Array:
    """Viterbi over a padded batch: scores (batch, words, names) to numbers (batch, words)."""
    total = scores[:, 0] + moves[-1]
    stay = np.arange(scores.shape[2])
    back = np.zeros(scores.shape, np.int64)
    for word in range(1, scores.shape[1]):
        steps = total[:, :, None] + moves[None, :-1]
        inside = (word < lengths)[:, None]
        back[:, word] = np.where(inside, steps.argmax(1), stay)
        total = np.where(inside, steps.max(1) + scores[:, word], total)
    best = np.zeros(scores.shape[:2], np.int64)
    best[:, -1] = total.argmax(1)
    rows = np.arange(len(scores))
    for word in range(scores.shape[1] - 1, 0, -1):
        best[:, word - 1] = back[rows, word, best[:, word]]
    return best
