"""Who speaks of a deed is not who did it, and the land that suffered it is not blamed for it."""

import pytest

from legation import Reader

ACTORS = [
    ("The London bombings were condemned by Iran.", set()),
    ("A Nairobi bombing killed five people on Monday.", set()),
    ("Algeria blamed Tuesday's blasts on Mali.", {"MLI"}),
    ("Kenya condemned the shelling of Goma by Rwanda.", {"RWA"}),
]
BLAMED = [
    ("France condemned the attack in Kabul.", set()),
    ("France condemned the killing of two nuns in Burkina Faso.", set()),
    ("The London bombings were condemned by Iran.", set()),
    ("The UN condemned the coup in Niger.", {"NER"}),
    ("Cairo condemned Ethiopia's attack on the dam workers.", {"ETH"}),
    ("Ankara blamed the attack on the PKK.", {"TUR"}),
]


@pytest.mark.parametrize(("text", "doers"), ACTORS)
def test_the_deed_is_laid_on_nobody_but_its_doer(
    reader: Reader, text: str, doers: set[str]
) -> None:
    deeds = [e for e in reader.read(text, published="2017-03-07").events if e.type == "ASSAULT"]
    assert deeds
    assert {p.country for e in deeds for p in e.actors if p.country} == doers


@pytest.mark.parametrize(("text", "codes"), BLAMED)
def test_only_the_doer_is_blamed(reader: Reader, text: str, codes: set[str]) -> None:
    found = [e for e in reader.read(text, published="2017-03-07").events if e.type == "ACCUSE"]
    assert found
    assert {p.country for e in found for p in e.recipients} == codes
