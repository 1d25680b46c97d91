"""What does the model say about each word? Runs the ONNX graph and decodes its answers.

The graph (train/export.py) is run in two parts. The first, with the encoder, gives classes, name
scores and arc scores; heads are chosen and made trees here; the second gives the labels of these
heads. So a sentence whose best heads are no tree costs no second run of the encoder.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from legation.errors import ModelError
from legation.parse.graph import FLOAT, INT64, Graph, read
from legation.parse.lemma import Lemmas
from legation.parse.names import Names
from legation.parse.onnx import session
from legation.parse.opinion import OUTPUTS as OPINIONS
from legation.parse.opinion import PAIR_OUTPUTS, Heads, marks
from legation.parse.pieces import Pieces
from legation.parse.tree import best_tree, is_tree
from legation.story import Opinion, Pair

FILES: Final = ("model.onnx", "tokenizer.json")
OUTPUTS: Final = ("upos", "feats", "rules", "names", "arcs")
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Columns of one sentence as in `Sentence`: heads count from 0, -1 is the root.

    `names` are scores (words, classes): the tags are decided for all sentences of a text together
    (names.py).
    """

    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    names: Array
    opinions: tuple[Opinion, ...] = ()


def read_labels(folder: Path) -> dict[str, Any]:
    """labels.json: the class lists of the heads, version, checksums."""
    try:
        found: dict[str, Any] = json.loads((folder / "labels.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no language model in {folder}: {error}") from error
    return found


def check(folder: Path) -> None:
    """Raise ModelError unless the files have the SHA-256 that labels.json tells."""
    for name, told in read_labels(folder)["sha256"].items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != told:
            raise ModelError(f"{folder / name} is damaged: its checksum differs")


class Network:
    """A loaded model. The same batch always gets the same answer.

    Activations are quantised over a whole batch, so a sentence's scores can differ in the last
    digits with its neighbours; in a close call this may change a tag.
    """

    def __init__(self, folder: Path) -> None:
        """Load the graph. Raises ModelError."""
        self._folder = folder
        told = read_labels(folder)
        self.version: str = told["version"]
        self._classes = {key: told[key] for key in ("upos", "feats", "rules", "labels")}
        self.names = Names(told["names"], told.get("moves"))
        self._opinion = Heads(told) if "acts" in told else None
        self._lemmas = Lemmas(folder / "lemmas.tsv")
        try:
            self.pieces = Pieces(folder / "tokenizer.json")
            graph = self._graph()
            self._label_inputs = [graph.last_of("/label_dep/"), graph.last_of("/label_head/")]
            told_of = [key for key in (*OUTPUTS, *OPINIONS) if key in graph.outputs]
            given = dict.fromkeys(self._label_inputs, FLOAT) | {"heads": INT64}
            self._session = session(graph.cut([*told_of, *self._label_inputs]))
            self._labels = session(graph.cut(["labels"], given))
        except Exception as error:  # both libraries raise types of their own
            raise ModelError(f"cannot load the language model in {folder}: {error}") from error

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Analyse a batch of word lists, each non-empty and of at most 510 pieces."""
        found = self._run(sentences)
        heads = [
            _heads(arcs[: len(words), : len(words) + 1])
            for words, arcs in zip(sentences, found["arcs"], strict=True)
        ]
        opinions = self._opinion.at_words(sentences, found) if self._opinion else None
        columns = {key: found[key].tolist() for key in ("upos", "feats", "rules")}
        columns["labels"] = self._labelled(heads, found).tolist()
        return [
            self._analysis(
                words,
                {key: self._named(key, column[row], words) for key, column in columns.items()},
                heads[row],
                found["names"][row, : len(words)],
                opinions[row] if opinions else (),
            )
            for row, words in enumerate(sentences)
        ]

    def relate(
        self, words: Sequence[str], actor: tuple[int, int], recipient: tuple[int, int]
    ) -> Pair | None:
        """What one party does to another: chances of types and statuses; None without that head.

        The parties are ranges of the words, end exclusive; at most 510 pieces.
        """
        if self._opinion is None:
            return None
        return self._opinion.pair(self._run([words], (actor, recipient)))

    def _graph(self) -> Graph:
        return read((self._folder / "model.onnx").read_bytes())

    @cached_property
    def _pairs(self) -> Any:
        """The part of the graph that tells of a pair, with an encoder of its own; few ask it."""
        graph = self._graph()
        return session(graph.cut([key for key in PAIR_OUTPUTS if key in graph.outputs]))

    def _run(
        self,
        sentences: Sequence[Sequence[str]],
        pair: tuple[tuple[int, int], tuple[int, int]] | None = None,
    ) -> dict[str, Array]:
        batch = self.pieces.batch(sentences)
        running = self._pairs if pair else self._session
        inputs = batch._asdict() | {"marks": marks(batch, pair)}
        taken = {value.name for value in running.get_inputs()}
        names = [value.name for value in running.get_outputs()]
        answers = running.run(names, {key: inputs[key] for key in taken})
        return dict(zip(names, answers, strict=True))

    def _labelled(self, heads: Sequence[Sequence[int]], found: dict[str, Array]) -> Array:
        """Numbers of the labels (sentences, words) of the arcs to these heads."""
        chosen = np.zeros(found["upos"].shape, np.int64)
        for row, ours in enumerate(heads):
            chosen[row, : len(ours)] = ours
        inputs = {name: found[name] for name in self._label_inputs} | {"heads": chosen}
        (labels,) = self._labels.run(["labels"], inputs)
        return labels  # type: ignore[no-any-return]

    def _named(self, key: str, numbers: Sequence[int], words: Sequence[str]) -> tuple[str, ...]:
        classes = self._classes[key]
        return tuple(classes[number] for number in numbers[: len(words)])

    def _analysis(
        self,
        words: Sequence[str],
        told: dict[str, tuple[str, ...]],
        heads: Sequence[int],
        names: Array,
        opinions: tuple[Opinion, ...],
    ) -> Analysis:
        lemmas = map(self._lemmas.by_rule, told["rules"], words, told["upos"])
        return Analysis(
            lemmas=tuple(lemmas),
            tags=told["upos"],
            feats=told["feats"],
            heads=tuple(head - 1 for head in heads),
            labels=told["labels"],
            names=names,
            opinions=opinions,
        )


def _heads(arcs: Array) -> list[int]:
    """The heads of one sentence, a tree: the best of each word, or else the best tree."""
    heads: list[int] = arcs.argmax(1).tolist()
    return heads if is_tree(heads) else best_tree(arcs)
