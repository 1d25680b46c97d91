"""Confidence is a probability that follows the evidence."""

from dataclasses import replace

from legation.parse import Parser
from legation.pipeline import Reader
from legation.questions.confidence import probability
from legation.words import load


def test_probability_is_the_logistic_of_the_weighted_features() -> None:
    assert probability({"base": 1.0}, {}) == 0.5
    assert probability({"base": 1.0, "odd": 9.0}, {"base": 2.0}) == 0.881
    assert probability({"base": 1.0}, {"base": 1e9}) <= 1.0


def test_every_weight_belongs_to_a_feature_that_events_have() -> None:
    weights = load().table("confidence")["weights"]
    assert weights["actor known"] > 0


def test_a_known_pair_is_surer_than_an_unknown_one() -> None:
    reader = Reader(Parser(threads=1), voices="rules")
    known = reader.read("France condemned Mali on Monday.", published="2020-01-08").events[0]
    unknown = reader.read("Gunmen killed villagers on Monday.", published="2020-01-08").events[0]
    assert 0 < unknown.confidence < known.confidence < 1
    assert replace(known, confidence=0.0) != known
