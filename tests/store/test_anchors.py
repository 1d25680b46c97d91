"""Evidence is found again when its page has changed, and only where it still stands."""

from __future__ import annotations

import pytest

import legation
from legation.store import Desk
from tests.store.conftest import TEXT, story

AGAIN = "France condemned nobody else. "


@pytest.fixture
def words(desk: Desk) -> legation.store.KeptEvent:
    desk.add(story())
    return next(kept for kept in desk.events() if kept.event.type == "ACCUSE")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"Updated on Thursday.\n\n{AGAIN}\n\n{TEXT}",
        TEXT.replace(" ", "\n  ", 6),
        TEXT.replace("Niger's", "Niger’s") + f" {AGAIN}",
        TEXT.replace("envoy Ali Bako", "special envoy"),
    ],
)
def test_evidence_stands_where_its_words_and_surroundings_do(
    words: legation.store.KeptEvent, text: str
) -> None:
    act, actor = words.evidence_in(text)
    assert act is not None
    assert actor is not None
    assert text[act.start : act.end].split() == ["condemned"]
    assert "the raid" in " ".join(text[act.end :].split())[:9]
    assert (text[actor.start : actor.end], actor.part) == ("France", "actor")


def test_what_is_gone_is_not_found_elsewhere(words: legation.store.KeptEvent) -> None:
    assert words.evidence_in("Mali was raided.") == (None, None)
    assert words.evidence_in("The council met. Nobody condemned it, France least.") == (None, None)
