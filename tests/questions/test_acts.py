"""Acts of word classes that news tells in many ways: acts.tsv, one text a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.pipeline import Reader

READER = Reader()
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "acts.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "acts"), ROWS)
def test_the_acts_of_a_text(text: str, acts: str) -> None:
    events = READER.read(text, published="2020-06-15").events
    kinds = [f"{e.type}/{e.mode}" if e.mode else e.type for e in events]
    assert "; ".join(f"{k} {e.status}" for k, e in zip(kinds, events, strict=True)) == acts
