"""Where it was: adjuncts, struck places, hosts; never the seat of the actor."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import legation

HERE = Path(__file__).parent


def rows() -> list[list[str]]:
    with (HERE / "places.tsv").open(encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter="\t"))[1:]


@pytest.mark.parametrize(("text", "_", "name", "country"), rows())
def test_the_place_of_an_act(
    reader: legation.Reader, text: str, _: str, name: str, country: str
) -> None:
    events = reader.read(text, published="2012-05-10").events
    assert (name, country) in [(e.place.name, e.place.country) for e in events if e.place]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Beijing condemned the launch.", "ACCUSE"),
        ("France expelled three diplomats.", "SANCTION"),
        ("The foreign ministry in Nairobi accused Somalia of spying.", "ACCUSE"),
        ("Moscow threatened to cut off gas to Ukraine.", "THREATEN"),
        ("The Security Council imposed sanctions on Mali on Monday.", "SANCTION"),
        ("A judge sentenced the editor to ten years in prison.", "SANCTION"),
        ("Peru's president spoke to his Chilean colleague by telephone in Cusco.", "CONSULT"),
        ("The envoy will visit Baghdad and Ankara next week.", "CONSULT"),
        ("Kiev asked NATO to send ships into the Azov Sea.", "REQUEST"),
        ("Jordan recalled its ambassador from Israel and demanded a ceasefire in Gaza.", "REQUEST"),
    ],
)
def test_neither_seat_nor_aim_nor_topic_is_the_place(
    reader: legation.Reader, text: str, type_: str
) -> None:
    events = [e for e in reader.read(text, published="2012-05-10").events if e.type == type_]
    assert [e.place for e in events] == [None] * len(events)


@pytest.mark.parametrize(
    ("text", "name", "region", "precision"),
    [
        ("Rebels shelled Aleppo on Monday.", "Aleppo", "Aleppo", "city"),
        ("Police arrested three editors in Rajasthan.", "Rajasthan", "Rajasthan", "region"),
        ("Police arrested three editors in Kenya.", "Kenya", "", "country"),
    ],
)
def test_a_place_tells_its_region_and_how_exact_it_is(
    reader: legation.Reader, text: str, name: str, region: str, precision: str
) -> None:
    place = next(e.place for e in reader.read(text, published="2014-03-04").events if e.place)
    assert (place.name, place.region, place.precision) == (name, region, precision)
