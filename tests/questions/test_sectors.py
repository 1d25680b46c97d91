"""In which capacity states, peoples and towns take part in an act."""

from __future__ import annotations

import csv
from pathlib import Path

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


FILE = Path(__file__).with_name("sectors.tsv")
with FILE.open(encoding="utf-8", newline="") as stream:
    TOLD = [tuple(row.values()) for row in csv.DictReader(stream, delimiter="\t")]


@pytest.mark.parametrize(("text", "published", "kind", "actors", "recipients"), TOLD)
def test_the_parties_are_of_these_countries_and_sectors(
    reader: Reader, text: str, published: str, kind: str, actors: str, recipients: str
) -> None:
    """sectors.tsv: one act a row; parties as code/sector, "?" for no country."""
    found = [
        tuple({f"{p.country or '?'}/{p.sector}" for p in side} for side in (e.actors, e.recipients))
        for e in reader.read(text, published=published).events
        if e.type == kind
    ]
    assert (set(actors.split()), set(recipients.split())) in found
