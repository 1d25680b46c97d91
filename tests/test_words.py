"""The lexicon keeps its own promises: every `yes` is coded so, no `no` is."""

import pytest

import legation
from legation.words import Frame, load, predicates

FRAMES = sorted(load().frames.values(), key=lambda frame: frame.id)
YES = [(frame, text) for frame in FRAMES for text in frame.yes]
NO = [(frame, text) for frame in FRAMES for text in frame.no]


@pytest.mark.parametrize(("frame", "text"), YES, ids=[text[:50] for _, text in YES])
def test_a_yes_sentence_gives_the_frames_type_and_mode(
    reader: legation.Reader, frame: Frame, text: str
) -> None:
    story = reader.read(text, published="2020-06-15")
    found = {(event.type, event.mode) for event in story.events}
    if frame.mode or not frame.operator:
        assert (frame.type, frame.mode) in found
    else:
        assert frame.type in {kind for kind, _ in found}


@pytest.mark.parametrize(("frame", "text"), NO, ids=[text[:50] for _, text in NO])
def test_a_no_sentence_does_not_give_the_frame(
    reader: legation.Reader, frame: Frame, text: str
) -> None:
    story = reader.read(text, published="2020-06-15")
    rules = [dict(event.why)["type"] for event in story.events]
    assert not [rule for rule in rules if rule.startswith(f"{frame.id} ")]


def test_every_type_has_frames_and_the_lexicon_its_size() -> None:
    assert {frame.type for frame in FRAMES} == set(legation.story.MODES)
    assert sum(1 for _ in predicates(load())) >= 2500
