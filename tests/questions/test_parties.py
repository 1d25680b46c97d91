"""Whose act, towards whom: parties.tsv holds sentences with the countries on both sides.

Columns: text (with \\n for a line end), publication date, type of the act, countries of its actors
and recipients by code, "?" for an unknown one.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from legation import Reader

FILE = Path(__file__).with_name("parties.tsv")
with FILE.open(encoding="utf-8", newline="") as stream:
    CASES = [tuple(row.values()) for row in csv.DictReader(stream, delimiter="\t")]


@pytest.mark.parametrize(("text", "published", "kind", "actors", "recipients"), CASES)
def test_the_parties_are_of_these_countries(
    reader: Reader, text: str, published: str, kind: str, actors: str, recipients: str
) -> None:
    story = reader.read(text.replace("\\n", "\n"), published=published)
    found = [
        ({p.country or "?" for p in e.actors}, {p.country or "?" for p in e.recipients})
        for e in story.events
        if e.type == kind
    ]
    assert (set(actors.split()), set(recipients.split())) in found
