"""The other heads of the graph: their arrays become opinions, a pair becomes marks."""

import numpy as np
import pytest

from legation.errors import InputError
from legation.parse import MODEL, Parser
from legation.parse.opinion import NOTHING, Heads, marks
from legation.parse.pieces import Pieces

TOLD = {
    "acts": ["none", "AID", "RETREAT"],
    "modes": ["AID/", "RETREAT/", "RETREAT/release"],
    "states": ["happened", "negated"],
}


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(threads=1)


def test_arrays_become_opinions_where_the_model_is_not_sure_of_nothing() -> None:
    found = {
        "acts": np.array([[[0.99, 0.005, 0.005], [0.1, 0.01, 0.89], [0, 0, 0]]]),
        "modes": np.array([[[1, 0, 0], [0.5, 0.1, 0.3], [0, 0, 0]]]),
        "states": np.array([[[1, 0], [0.7, 0.3], [0, 0]]]),
        "roles": np.zeros((1, 3, 3, 3)),
    }
    found["roles"][0, 1, 0] = [0.8, 0.05, 0.9]  # the third word is padding
    (opinions,) = Heads(TOLD).at_words([["Mali", "freed"]], found)
    assert opinions[0] is NOTHING
    assert opinions[1].none == 0.1
    assert opinions[1].acts == (("RETREAT", 0.89),)
    assert opinions[1].modes == (("release", 0.75), ("", 0.25))
    assert opinions[1].states == (("happened", 0.7), ("negated", 0.3))
    assert opinions[1].actors == ((0, 0.8),)
    assert opinions[1].sources == ()


def test_marks_stand_on_the_pieces_of_the_pair() -> None:
    batch = Pieces(MODEL / "tokenizer.json").batch([["Kyrgyzstan", "met", "Chad", "."]])
    found = marks(batch, ((0, 1), (2, 3)))[0]
    last = batch.last[0]
    assert found[0] == 0
    assert set(found[1 : last[1] + 1]) == {1}
    assert found[last[2]] == 0
    assert found[last[3]] == 2
    assert marks(batch, None).sum() == 0


def test_a_pair_of_a_long_text_is_asked_about_within_the_window(parser: Parser) -> None:
    text = "Nothing happened here. " * 200 + "Kenya expelled two Somali diplomats."
    at = text.index("Kenya")
    found = parser.relate(text, (at, at + 5), (at + 15, len(text) - 1))
    assert found is not None
    assert len(found.types) == 16
    assert sum(sure for _, sure in found.types) == pytest.approx(1, abs=0.01)
    assert {name for name, _ in found.states} == {"happened", "planned", "possible", "negated"}


def test_the_shipped_model_has_an_opinion_of_every_word(parser: Parser) -> None:
    (sentence,) = parser.parse("Kenya expelled two Somali diplomats on Tuesday.")
    assert len(sentence.opinions) == len(sentence)
    one = sentence.opinions[1]
    assert one.acts[0][0] == "SANCTION"
    assert one.states[0][0] == "happened"
    assert one.actors[0][0] == 0
    assert sentence.opinions[0].none > 0.5


def test_a_span_without_a_word_is_refused(parser: Parser) -> None:
    with pytest.raises(InputError, match="no word of the text stands at 3:3"):
        parser.relate("A b c.", (3, 3), (0, 1))
