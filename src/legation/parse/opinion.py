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
        result = [[NOTHING] * len(words) for words in sentences]
        rows, places = np.nonzero(found["acts"][:, :, 0] < SURE)
        inside = places < np.array([len(words) for words in sentences])[rows]
        rows, places = rows[inside], places[inside]
        # one step out of numpy for all words: its calls are slow on arrays as small as a word's
        acts, modes, states = (
            found[key][rows, places].tolist() for key in ("acts", "modes", "states")
        )
        roles = _held(found["roles"][rows, places])
        for at, (row, word) in enumerate(zip(rows.tolist(), places.tolist(), strict=True)):
            likely = acts[at]
            best = self.acts[max(range(1, len(likely)), key=likely.__getitem__)]
            names = [name for _, name in self.modes[best]]
            shares = [modes[at][number] for number, _ in self.modes[best]]
            whole = max(sum(shares), 1e-9)
            actors, recipients, sources = (
                tuple(pair for pair in part if pair[0] < len(result[row])) for part in roles[at]
            )
            result[row][word] = Opinion(
                none=round(likely[0], 4),
                acts=_chances(self.acts[1:], likely[1:], LEAST_ACT),
                modes=_chances(names, [share / whole for share in shares], LEAST_ACT),
                states=_chances(self.states, states[at], LEAST_ACT),
                actors=actors,
                recipients=recipients,
                sources=sources,
            )
        return [tuple(opinions) for opinions in result]

    def pair(self, found: dict[str, Array]) -> Pair:
        """Chances of the types and statuses between the marked pair of the first sentence."""
        plover = found.get("pair_plover")
        return Pair(
            _chances(self.acts[1:], found["pair_acts"][0].tolist(), 0.0),
            _chances(self.states, found["pair_states"][0].tolist(), 0.0),
            _chances(self.acts[1:], plover[0].tolist(), 0.0) if plover is not None else (),
        )


def marks(batch: Batch, pair: tuple[tuple[int, int], tuple[int, int]] | None) -> Array:
    """The graph's input that marks the pieces of the actor (1) and recipient (2) of sentence 0."""
    found = np.zeros_like(batch.ids)
    for number, (start, end) in enumerate(pair or (), start=1):
        found[0, batch.first[0, start + 1] : batch.last[0, end] + 1] = number
    return found


def _chances(names: Sequence[str], values: Sequence[float], least: float) -> Chances:
    """Names and rounded values of at least `least`, the highest first."""
    held = [n for n, value in enumerate(values) if value >= least]
    held.sort(key=lambda n: -values[n])
    return tuple((names[n], round(values[n], 4)) for n in held)


def _held(roles: Array) -> list[list[list[tuple[int, float]]]]:
    """Of every act (act, role, word) the words that its roles likely fall on, likeliest first."""
    found: list[list[list[tuple[int, float]]]] = [[[] for _ in act] for act in roles]
    acts, parts, words = np.nonzero(roles >= LEAST_ROLE)
    values = roles[acts, parts, words]
    order = np.argsort(-values, kind="stable")
    columns = (column[order].tolist() for column in (acts, parts, words, values))
    for act, part, word, value in zip(*columns, strict=True):
        found[act][part].append((word, round(value, 3)))
    return found
