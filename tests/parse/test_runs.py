"""How often and in which company sentences go through the network; none of it changes a reading."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from legation.parse import MODEL, Parser, graph, opinion
from legation.parse.batches import MOST, RUN, SPECIAL, batches
from legation.pipeline import Reader
from legation.story import Story

ENVOY = Path(__file__).resolve().parents[2] / "examples" / "envoy.txt"


@pytest.fixture(scope="module")
def alone() -> Parser:
    return Parser(threads=1)


def test_batches_hold_every_sentence_once_the_longest_first() -> None:
    sizes = [3, 40, 7, 7, 120, 3, 41, 300, 8]
    runs = batches(sizes)
    assert sorted(number for run in runs for number in run) == list(range(len(sizes)))
    widths = [max(sizes[number] for number in run) for run in runs]
    assert widths == sorted(widths, reverse=True)
    assert all(
        len(run) == 1 or len(run) * (w + SPECIAL) <= MOST
        for run, w in zip(runs, widths, strict=True)
    )
    assert batches([]) == []


def test_batches_cost_the_least_of_all_cuts() -> None:
    sizes = [5, 6, 9, 10, 22, 23, 30, 44]

    def cost(runs: list[list[int]]) -> int:
        return sum(RUN + len(run) * (max(sizes[n] for n in run) + SPECIAL) for run in runs)

    every = []
    for cuts in range(2 ** (len(sizes) - 1)):
        runs: list[list[int]] = [[0]]
        for number in range(1, len(sizes)):
            if cuts >> (number - 1) & 1:
                runs.append([])
            runs[-1].append(number)
        every.append(cost(runs))
    assert cost(batches(sizes)) == min(every)


def test_runs_at_the_same_time_give_what_runs_in_turn_give(alone: Parser) -> None:
    text = ENVOY.read_text(encoding="utf-8")
    assert Parser(threads=3).parse(text) == alone.parse(text)


def test_a_text_is_read_the_same_alone_and_among_others(alone: Parser) -> None:
    texts = [ENVOY.read_text(encoding="utf-8"), "Troops left. Talks began.", "", "Iran refused."]
    assert alone.parse_many(texts) == [alone.parse(text) for text in texts]


def test_stories_come_in_order_though_several_are_at_work(reader: Reader) -> None:
    texts = [f"Kenya expelled {n} Somali diplomats on Tuesday." for n in range(10, 19)]
    found = list(reader.read_all(Story(text, published="2024-03-07") for text in texts))
    assert [story.text for story in found] == texts
    assert found == [reader.read(text, published="2024-03-07") for text in texts]


def test_a_crash_over_one_story_is_its_problem_alone(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyse = reader.parser._network.analyse

    def failing(sentences: Any) -> Any:
        if "Bamako" in sentences[0]:
            raise RuntimeError("no memory")
        return analyse(sentences)

    monkeypatch.setattr(reader.parser._network, "analyse", failing)
    texts = ["Mali freed a monk.", "Bamako freed a nun.", "Chad freed a priest."]
    found = list(reader.read_all(Story(text, published="2024-03-07") for text in texts))
    codes = [[problem.code for problem in story.problems] for story in found]
    assert codes == [[], ["crash"], []]
    with pytest.raises(RuntimeError):
        reader.read(texts[1], published="2024-03-07")


def test_a_sentence_without_a_tree_runs_the_encoder_only_once(
    alone: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = _Circling(alone._network._session)
    monkeypatch.setattr(alone._network, "_session", session)
    (sentence,) = alone.parse("Iran refused talks.")
    assert session.runs == 1
    assert sentence.heads.count(-1) == 1
    assert sentence.labels[sentence.heads.index(-1)] == "root"


class _Circling:
    """A session that counts its runs and makes the first two words each other's best heads."""

    def __init__(self, session: Any) -> None:
        self.session, self.runs = session, 0
        self.get_inputs, self.get_outputs = session.get_inputs, session.get_outputs

    def run(self, names: list[str], inputs: Any) -> Any:
        self.runs += 1
        found = self.session.run(names, inputs)
        arcs = found[names.index("arcs")]
        arcs[0, 0, 2] = arcs[0, 1, 1] = 50
        return found


def test_the_two_parts_of_the_graph_say_what_the_whole_says(alone: Parser) -> None:
    network = alone._network
    whole = onnxruntime.InferenceSession(str(MODEL / "model.onnx"))
    sentences = [["Kenya", "expelled", "two", "diplomats", "."], ["Iran", "refused", "."]]
    heads = np.array([[2, 0, 4, 2, 2], [2, 0, 1, 0, 0]])
    batch = network.pieces.batch(sentences)
    inputs = batch._asdict() | {"forced": heads, "marks": opinion.marks(batch, None)}
    names = ["upos", "feats", "acts", "labels"]
    told = dict(zip(names, whole.run(names, inputs), strict=True))
    found = network._run(sentences)
    assert (found["upos"] == told["upos"]).all()
    assert (found["feats"] == told["feats"]).all()
    assert np.allclose(found["acts"], told["acts"], atol=0.02)
    assert (network._labelled([[2, 0, 4, 2, 2], [2, 0, 1]], found) == told["labels"]).all()


@pytest.mark.parametrize("spoilt", [lambda b: b[:-9], lambda b: b"", lambda b: b"no model" * 9])
def test_a_file_that_is_no_model_is_told(spoilt: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match=r"cut off|no graph"):
        graph.read(spoilt((MODEL / "model.onnx").read_bytes()))
