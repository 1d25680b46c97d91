"""Who protests where nobody is named: the people of the land of the place (codebook: Actors)."""

import pytest

from legation import Reader

NAMELESS = [
    ("A rally against the water tax was held in La Paz on Sunday.", "BOL", "happened"),
    ("A protest is planned in Minsk on Friday.", "BLR", "planned"),
]


@pytest.mark.parametrize(("text", "country", "status"), NAMELESS)
def test_a_crowd_that_is_not_named_is_of_the_place(
    reader: Reader, text: str, country: str, status: str
) -> None:
    told = [e for e in reader.read(text, published="2015-06-10").events if e.type == "PROTEST"]
    assert [(p.country, p.sector, e.status) for e in told for p in e.actors] == [
        (country, "CVL", status)
    ]


@pytest.mark.parametrize(
    "text", ["Petrol prices staged a rally in London.", "Stocks rallied in Tokyo on Monday."]
)
def test_what_is_no_party_does_not_protest(reader: Reader, text: str) -> None:
    assert reader.read(text, published="2015-06-10").events == ()


def test_whoever_is_named_protests_and_not_the_place(reader: Reader) -> None:
    story = reader.read("A rally was held in Geneva by Tibetans.", published="2015-06-10")
    assert [p.text for e in story.events for p in e.actors] == ["Tibetans"]
