"""A bare noun takes up the trip, the talks, the strike told before; every example shows it."""

import pytest

import legation
from legation.words import load

EXAMPLES = load().table("fates")["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"][-40:])
def test_a_fate_is_told_of_the_act_before(rules: legation.Reader, example: dict) -> None:
    story = rules.read(example["text"], published="2021-06-15")
    found = [
        f"{event.type}{'/' + event.mode if event.mode else ''} {event.status}"
        for event in story.events
    ]
    assert found == example["gives"]


def test_the_act_taken_up_has_the_parties_of_the_first(rules: legation.Reader) -> None:
    text = "Chile and Peru were to hold talks on Sunday. The talks went ahead as planned."
    first, second = rules.read(text, published="2021-06-15").events
    assert [p.country for p in first.actors] == [p.country for p in second.actors] == ["CHL", "PER"]
    assert dict(second.why)["operator"] == "taken up from before"
