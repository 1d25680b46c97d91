"""A lemma rule leads back to the lemma it was made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.parse.lemma import apply, rule_of


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("cities", "city", "L3y"),
        ("was", "be", "L=be"),
        ("Americans", "American", "T1"),
        ("McDonald", "McDonald", "K"),
        ("TALKS", "talk", "L1"),
    ],
)
def test_rules_are_general(form: str, lemma: str, rule: str) -> None:
    assert rule_of(form, lemma) == rule


@given(st.text("abAB'", min_size=1), st.text("abAB'", min_size=1))
def test_every_rule_leads_back(form: str, lemma: str) -> None:
    assert apply(rule_of(form, lemma), form) == lemma
