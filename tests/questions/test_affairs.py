"""What private people do among themselves is no event; what touches a public party is."""

import pytest

from legation import Reader

PRIVATE = [
    "A researcher at a Kenyan university thanked his wife in Nairobi on Monday.",
    "A Danish baker apologised to a customer on Monday.",
    "The Polish singer supported her husband on Monday.",
]
PUBLIC = [
    ("A Kenyan researcher thanked the president on Monday.", "SUPPORT"),
    ("Amnesty International condemned the Egyptian army on Monday.", "ACCUSE"),
    ("Three Kenyan bakers were arrested in Nairobi on Monday.", "COERCE"),
    ("Teachers in Nairobi went on strike on Monday.", "PROTEST"),
    ("Gunmen killed a Kenyan baker on Monday.", "ASSAULT"),
]


@pytest.mark.parametrize("text", PRIVATE)
def test_private_affairs_are_no_events(reader: Reader, text: str) -> None:
    assert reader.read(text, published="2015-06-10").events == ()


@pytest.mark.parametrize(("text", "kind"), PUBLIC)
def test_whoever_acts_on_or_suffers_from_the_public_counts(
    reader: Reader, text: str, kind: str
) -> None:
    assert kind in {e.type for e in reader.read(text, published="2015-06-10").events}
