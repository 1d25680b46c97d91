"""In which capacity states, peoples and towns take part in an act."""

from __future__ import annotations

import pytest

from legation import Reader

CASES = [
    ("Russia shelled Kherson on Monday.", "ASSAULT", "MIL", "CVL"),
    ("Denmark pulled its troops out of Iraq on Monday.", "RETREAT", "MIL", ""),
    ("The Swiss asked Manila for help on Monday.", "REQUEST", "GOV", "GOV"),
    ("Baghdad threatened Erbil with sanctions on Monday.", "THREATEN", "GOV", "GOV"),
    ("The British foreign minister visited Basra on Monday.", "CONSULT", "GOV", "GOV"),
    ("Teachers in Ghana went on strike on Monday.", "PROTEST", "LAB", "GOV"),
]


@pytest.mark.parametrize(("text", "kind", "actor", "recipient"), CASES)
def test_the_act_settles_the_capacity(
    reader: Reader, text: str, kind: str, actor: str, recipient: str
) -> None:
    story = reader.read(text, published="2015-06-10")
    event = next(e for e in story.events if e.type == kind)
    assert {p.sector for p in event.actors} == {actor}
    assert {p.sector for p in event.recipients} == ({recipient} if recipient else set())
