"""What does the model say about each word? Runs the ONNX graph and decodes its answers.

The graph (train/export.py) returns classes, name scores, arc scores, the best heads and the labels
of these heads; sentences whose heads are no tree run a second time with repaired heads forced.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from legation.errors import ModelError
from legation.parse.forms import plain
from legation.parse.lemma import Lemmas, apply
from legation.parse.opinion import OUTPUTS as OPINIONS
from legation.parse.opinion import PAIR_OUTPUTS, Heads, marks
from legation.parse.pieces import Pieces
from legation.parse.tree import best_tree, is_tree
from legation.story import Opinion, Pair

FILES: Final = ("model.onnx", "tokenizer.json")
OUTPUTS: Final = ("upos", "feats", "rules", "names", "arcs", "heads", "labels")
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Columns of one sentence as in `Sentence`: heads count from 0, -1 is the root."""

    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]
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

    def __init__(self, folder: Path, threads: int) -> None:
        """Load the graph; `threads` 0 leaves the number to onnxruntime."""
        import onnxruntime

        told = read_labels(folder)
        self.version: str = told["version"]
        self._classes = {key: told[key] for key in ("upos", "feats", "rules", "labels", "names")}
        self._moves = _name_moves(told["names"], told.get("moves"))
        self._opinion = Heads(told) if "acts" in told else None
        self._lemmas = Lemmas(folder / "lemmas.tsv")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self.pieces = Pieces(folder / "tokenizer.json")
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            had = {output.name for output in self._session.get_outputs()}
            self._outputs = [key for key in (*OUTPUTS, *OPINIONS) if key in had]
            self._pair_outputs = [key for key in PAIR_OUTPUTS if key in had]
        except Exception as error:  # both libraries raise types of their own
            raise ModelError(f"cannot load the language model in {folder}: {error}") from error

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Analyse a batch of word lists, each non-empty and of at most 510 pieces."""
        found = self._run(sentences, None)
        for row, words in enumerate(sentences):
            found["names"][row, len(words) :] = 0  # flat padding favours no path
        names = _best_names(found["names"], self._moves)
        broken: dict[int, list[int]] = {}
        for row, words in enumerate(sentences):
            size = len(words)
            if not is_tree(found["heads"][row, :size].tolist()):
                broken[row] = best_tree(found["arcs"][row, :size, : size + 1])
        if broken:
            self._relabel(sentences, broken, found)
        if self._opinion:
            opinions = self._opinion.at_words(sentences, found)
            return [
                self._analysis(words, row, found, names, opinions[row])
                for row, words in enumerate(sentences)
            ]
        return [self._analysis(words, row, found, names) for row, words in enumerate(sentences)]

    def relate(
        self, words: Sequence[str], actor: tuple[int, int], recipient: tuple[int, int]
    ) -> Pair | None:
        """What one party does to another: chances of types and statuses; None without that head.

        The parties are ranges of the words, end exclusive; at most 510 pieces.
        """
        if self._opinion is None:
            return None
        found = self._run([words], None, (actor, recipient))
        return self._opinion.pair(found)

    def _run(
        self,
        sentences: Sequence[Sequence[str]],
        forced: Array | None,
        pair: tuple[tuple[int, int], tuple[int, int]] | None = None,
    ) -> dict[str, Array]:
        batch = self.pieces.batch(sentences)
        if forced is None:
            forced = np.full((len(sentences), batch.first.shape[1] - 1), -1, np.int64)
        inputs = batch._asdict() | {"forced": forced}
        if self._opinion:
            inputs["marks"] = marks(batch, pair)
        wanted = self._pair_outputs if pair else self._outputs
        answers = self._session.run(wanted, inputs)
        return dict(zip(wanted, answers, strict=True))

    def _relabel(
        self,
        sentences: Sequence[Sequence[str]],
        broken: dict[int, list[int]],
        found: dict[str, Array],
    ) -> None:
        """Write repaired heads, and the labels that the graph gives them, into `found`."""
        words = [sentences[row] for row in broken]
        forced = np.full((len(words), max(map(len, words))), -1, np.int64)
        for at, heads in enumerate(broken.values()):
            forced[at, : len(heads)] = heads
        labels = self._run(words, forced)["labels"]
        for at, (row, heads) in enumerate(broken.items()):
            found["heads"][row, : len(heads)] = heads
            found["labels"][row, : len(heads)] = labels[at, : len(heads)]

    def _analysis(
        self,
        words: Sequence[str],
        row: int,
        found: dict[str, Array],
        names: Array,
        opinions: tuple[Opinion, ...] = (),
    ) -> Analysis:
        size = len(words)
        columns = {
            key: tuple(self._classes[key][number] for number in found[key][row, :size])
            for key in ("upos", "feats", "rules", "labels")
        }
        return Analysis(
            lemmas=tuple(
                self._lemmas.of(plain(word), tag, apply(rule, plain(word)) or word)
                for rule, word, tag in zip(columns["rules"], words, columns["upos"], strict=True)
            ),
            tags=columns["upos"],
            feats=columns["feats"],
            heads=tuple(int(head) - 1 for head in found["heads"][row, :size]),
            labels=columns["labels"],
            names=tuple(self._classes["names"][number] for number in names[row, :size]),
            opinions=opinions,
        )


def _name_moves(names: list[str], learned: list[list[float]] | None = None) -> Array:
    """(before, after) scores: I-X only follows B-X or I-X; row -1 is the sentence start."""
    moves = np.zeros((len(names) + 1, len(names)), np.float32)
    if learned:
        moves += np.array(learned, np.float32)
    for after, name in enumerate(names):
        if name.startswith("I-"):
            for before, other in enumerate([*names, "start"]):
                moves[before, after] = 0 if other[1:] == name[1:] else -1e4
    return moves


def _best_names(scores: Array, moves: Array) -> Array:
    """Viterbi over a padded batch: scores (batch, words, names) to numbers (batch, words)."""
    total = scores[:, 0] + moves[-1]
    back = np.zeros(scores.shape, np.int64)
    for word in range(1, scores.shape[1]):
        steps = total[:, :, None] + moves[None, :-1]
        back[:, word] = steps.argmax(1)
        total = steps.max(1) + scores[:, word]
    best = np.zeros(scores.shape[:2], np.int64)
    best[:, -1] = total.argmax(1)
    rows = np.arange(len(scores))
    for word in range(scores.shape[1] - 1, 0, -1):
        best[:, word - 1] = back[rows, word, best[:, word]]
    return best
