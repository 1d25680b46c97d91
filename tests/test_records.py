"""The JSON form round-trips exactly, and docs/story.schema.json is the schema of it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as some

from legation import records
from legation.story import Date, Event, Party, Place, Problem, Sentence, Span, Story

words = some.text(some.characters(exclude_categories=["Cs"]), max_size=8)
number = some.integers(-1, 99)
span = some.builds(Span, number, number, words)
party = some.builds(Party, words, some.none() | words, some.none() | words)
event = some.builds(
    Event, words, some.just("CONSULT"), some.sampled_from([None, "visit"]),
    some.tuples(party), some.just(()), some.just("planned"),
    some.none() | some.builds(Date, words, words), some.none() | some.builds(Place, words, words),
    some.tuples(party), some.floats(0, 1), some.tuples(span), some.tuples(words),
    some.tuples(some.tuples(words, words)),
)  # fmt: skip
sentence = some.builds(Sentence, number, number, some.tuples(words), some.tuples(number),
                       some.tuples(number))  # fmt: skip
stories = some.builds(
    Story, words, words, sentences=some.tuples(sentence), events=some.tuples(event),
    problems=some.tuples(some.builds(Problem, words, words)),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(stories)
def test_a_story_survives_json_and_fits_its_schema(story: Story) -> None:
    record = json.loads(json.dumps(records.story_to_json(story)))
    assert records.story_from_json(record) == story
    jsonschema.validate(record, records.schema())


def test_the_schema_in_docs_is_the_generated_one() -> None:
    path = Path(__file__).parents[1] / "docs" / "story.schema.json"
    assert json.loads(path.read_text()) == records.schema()
