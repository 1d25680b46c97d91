"""A meeting's mode follows from the place it is held at."""

from __future__ import annotations

import pytest

from legation.pipeline import Reader

READER = Reader()


@pytest.mark.parametrize(
    ("text", "mode", "actors", "recipients"),
    [
        ("Moscow and Kyiv held talks in Ankara on Monday.", "third-party", "RUS UKR", ""),
        ("Peru and Chile held talks in Lima on Friday.", "visit", "CHL", "PER"),
        ("Nigeria consulted with Ghana on the coup in Mali.", None, "GHA NGA", ""),
        ("Togo's president met Mali's president on Monday.", None, "MLI TGO", ""),
    ],
)
def test_the_place_of_a_meeting_gives_its_mode(
    text: str, mode: str | None, actors: str, recipients: str
) -> None:
    event = next(e for e in READER.read(text, published="2020-06-15").events if e.type == "CONSULT")
    got = [" ".join(sorted(str(p.country) for p in ps)) for ps in (event.actors, event.recipients)]
    assert (event.mode, *got) == (mode, actors, recipients)
