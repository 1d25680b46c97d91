"""What does the model think of each word as the trigger of an act? Decodes the graph's other heads.

They speak at every word (type, mode, status, roles) and, for a marked pair of parties, of what the
one does to the other. A model without these heads has no opinion.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from legation.parse.pieces import Batch
from legation.story import Chances, Opinion, Pair

Array = npt.NDArray[Any]
OUTPUTS: Final = ("acts", "modes", "states", "roles")
PAIR_OUTPUTS: Final = ("pair_acts", "pair_states", "pair_plover")  # only worked out when asked for
SURE: Final = 0.98  # probability of no act from which nothing more is told of a word
LEAST_ACT: Final = 0.02
LEAST_ROLE: Final = 0.1
NOTHING: Final = Opinion()


class Heads:
    """Names of the classes of the heads, from labels.json."""

    def __init__(self, told: dict[str, Any]) -> None:
        """Keep the lists; `modes` are "TYPE/mode"."""
        self.acts: list[str] = told["acts"]
        self.states: list[str] = told["states"]
        self.modes: dict[str, list[tuple[int, str]]] = {}
        for number, name in enumerate(told["modes"]):
            kind, _, mode = name.partition("/")
            self.modes.setdefault(kind, []).append((number, mode))

    def at_words(
        self, sentences: Sequence[Sequence[str]], found: dict[str, Array]
    ) -> list[tuple[Opinion, ...]]:
        """The opinions on the words of each sentence of a batch."""
        result = []
        for row, words in enumerate(sentences):
            size = len(words)
            none = found["acts"][row, :size, 0]
            opinions = [NOTHING] * size
            for word in np.flatnonzero(none < SURE):
                opinions[word] = self._opinion(row, int(word), size, found)
            result.append(tuple(opinions))
        return result

    def _opinion(self, row: int, word: int, size: int, found: dict[str, Array]) -> Opinion:
        acts = found["acts"][row, word]
        best = self.acts[int(acts[1:].argmax()) + 1]
        modes = found["modes"][row, word]
        places = [number for number, _ in self.modes[best]]
        share = modes[places] / max(float(modes[places].sum()), 1e-9)
        names = [mode for _, mode in self.modes[best]]
        roles = found["roles"][row, word, :, :size]
        return Opinion(
            none=round(float(acts[0]), 4),
            acts=_chances(self.acts[1:], acts[1:], LEAST_ACT),
            modes=_chances(names, share, LEAST_ACT),
            states=_chances(self.states, found["states"][row, word], LEAST_ACT),
            actors=_words(roles[0]),
            recipients=_words(roles[1]),
            sources=_words(roles[2]),
        )

    def pair(self, found: dict[str, Array]) -> Pair:
        """Chances of the types and statuses between the marked pair of the first sentence."""
        return Pair(
            _chances(self.acts[1:], found["pair_acts"][0], 0.0),
            _chances(self.states, found["pair_states"][0], 0.0),
            _chances(self.acts[1:], found["pair_plover"][0], 0.0) if "pair_plover" in found else (),
        )


def marks(batch: Batch, pair: tuple[tuple[int, int], tuple[int, int]] | None) -> Array:
    """The graph's input that marks the pieces of the actor (1) and recipient (2) of sentence 0."""
    found = np.zeros_like(batch.ids)
    for number, (start, end) in enumerate(pair or (), start=1):
        found[0, batch.first[0, start + 1] : batch.last[0, end] + 1] = number
    return found


def _chances(names: Sequence[str], values: Array, least: float) -> Chances:
    order = np.argsort(-values, kind="stable")
    return tuple((names[n], round(float(values[n]), 4)) for n in order if values[n] >= least)


def _words(values: Array) -> tuple[tuple[int, float], ...]:
    order = np.argsort(-values, kind="stable")
    return tuple((int(n), round(float(values[n]), 3)) for n in order if values[n] >= LEAST_ROLE)
