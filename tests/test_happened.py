"""Did it happen? The table on which the coders before us fail (evals/happened.jsonl)."""

import json
from pathlib import Path
from typing import Any

import pytest

import legation

FILE = Path(__file__).parent.parent / "evals" / "happened.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
CASES = [(row, text) for row in ROWS for text in row.get("texts", ())]
DATED = [(row, *case) for row in ROWS for case in row.get("dated", ())]


@pytest.mark.parametrize(("row", "text"), CASES, ids=[f"{r['row']}: {t}" for r, t in CASES])
def test_status_is_what_the_words_say(
    reader: legation.Reader, row: dict[str, Any], text: str
) -> None:
    want = row["expect"]
    events = reader.read(text, published="1998-05-20").events
    found = [event for event in events if event.type == want["type"]]
    assert found, f"no {want['type']} among {[event.type for event in events]}"
    assert {event.status for event in found} == {want["status"]}
    if want.get("source"):
        assert all(event.source for event in found)
    if "mode" in want:
        assert {event.mode for event in found} == {want["mode"]}
    assert not {event.type for event in events} & set(row.get("absent", ()))


@pytest.mark.parametrize(("row", "text", "day", "sector"), DATED, ids=[c[1] for c in DATED])
def test_an_office_belongs_to_a_day(
    reader: legation.Reader, row: dict[str, Any], text: str, day: str, sector: str
) -> None:
    events = reader.read(text, published=day).events
    assert [event.type for event in events] == [row["expect"]["type"]]
    assert [party.sector for party in events[0].actors] == [sector]
    assert [party.country for party in events[0].recipients] == ["IRN"]
