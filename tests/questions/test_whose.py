"""On whose word? Chains of voices, denials beside charges, answers to those who asked."""

import json
from pathlib import Path
from typing import Any

import pytest

import legation

FILE = Path(__file__).parent.parent.parent / "evals" / "voices.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_the_chain_of_voices_is_nearest_the_fact_first(
    reader: legation.Reader, row: dict[str, Any]
) -> None:
    events = reader.read(row["text"], published="2020-06-15").events
    found = [event for event in events if event.type == "ASSAULT"]
    assert found
    assert [link.text for link in found[-1].source] == row["source"]
    if "manner" in row:
        assert found[-1].source[0].manner == row["manner"]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya said Ghana had attacked Togo; Ghana denied it.",
        "Kenya accused Ghana of attacking Togo. Ghana denied the charge.",
        "Kenya accused Ghana of attacking Togo, a charge that Ghana denied.",
    ],
)
def test_a_denied_charge_is_two_records(reader: legation.Reader, text: str) -> None:
    events = reader.read(text, published="2020-06-15").events
    attacks = [(e.status, [p.country for p in e.source]) for e in events if e.type == "ASSAULT"]
    assert attacks == [("happened", ["KEN"]), ("negated", ["GHA"])]
    refusals = [[p.country for p in e.recipients] for e in events if e.type == "REJECT"]
    assert refusals == [["KEN"]]


def test_a_refusal_answers_whoever_asked(reader: legation.Reader) -> None:
    story = reader.read(
        "Kenya asked Ghana to withdraw its troops. Ghana refused on Monday.", published="2020-06-15"
    )
    refusal = next(event for event in story.events if event.type == "REJECT")
    assert [party.country for party in refusal.recipients] == ["KEN"]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Ghana said it condemned Togo.", []),
        ("Ghana has agreed to talks with Togo, Accra said.", ["Accra"]),
        ("Ghana's president has agreed to meet Togo's, his office announced.", ["his office"]),
    ],
)
def test_a_speaker_is_not_its_own_source(
    reader: legation.Reader, text: str, sources: list[str]
) -> None:
    event = reader.read(text, published="2020-06-15").events[0]
    assert [link.text for link in event.source] == sources
