"""What events are about: the examples of words/en/contexts.toml, and where contexts come from."""

import pytest

import legation
from legation.errors import KnowledgeError
from legation.story import CONTEXTS, Story
from legation.words import HERE, load
from legation.words.checks import known_contexts

TABLE = load().table("contexts")
YES = [(name, text) for name, cues in TABLE.items() for text in cues["yes"]]
NO = [(name, text) for name, cues in TABLE.items() for text in cues["no"]]


@pytest.fixture(scope="module")
def stories(reader: legation.Reader) -> dict[str, Story]:
    """All example sentences, read in one go."""
    texts = dict.fromkeys(text for _, text in YES + NO)
    unread = (Story(text, published="2020-06-15", language="en") for text in texts)
    return {story.text: story for story in reader.read_all(unread)}


@pytest.mark.parametrize(("name", "text"), YES, ids=[f"{name}: {text}" for name, text in YES])
def test_a_yes_sentence_has_an_event_of_the_context(
    stories: dict[str, Story], name: str, text: str
) -> None:
    found = [event.contexts for event in stories[text].events]
    assert any(name in contexts for contexts in found), found


@pytest.mark.parametrize(("name", "text"), NO, ids=[f"{name}: {text}" for name, text in NO])
def test_a_no_sentence_has_none(stories: dict[str, Story], name: str, text: str) -> None:
    assert not any(name in event.contexts for event in stories[text].events)


def test_every_context_of_plover_has_cues_and_examples() -> None:
    assert list(TABLE) == list(CONTEXTS)
    assert all(len(cues["yes"]) >= 2 and cues["no"] for cues in TABLE.values())


def test_a_slip_names_the_file() -> None:
    for slip in ({"weather": {}}, {"cyber": {"cues": []}}, {"cyber": {"acts": ["COERCE rain"]}}):
        with pytest.raises(KnowledgeError, match=r"contexts\.toml|no context|unknown key|no type"):
            known_contexts(slip, HERE / "en" / "contexts.toml")
