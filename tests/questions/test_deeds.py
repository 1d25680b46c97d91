"""One deed is one act, and mishaps are none: what a sentence tells of an attack and its victims."""

import pytest

import legation

ONE = [
    ("Four people were killed and nine wounded in a Turkish airstrike on Zakho, Iraq.", "TUR IRQ"),
    ("Turkish jets bombed Kurdish camps in Iraq, killing nine and injuring fourteen.", "TUR IRQ"),
    ("Two Malian soldiers were killed when rebels from Niger attacked their post.", "NER MLI"),
    ("A Saudi air strike that killed six people hit the Yemeni town of Dhamar.", "SAU YEM"),
    ("Fifty people were killed in a Sudanese military airstrike in Chad.", "SDN TCD"),
]
MISHAPS = [
    "At least 15 people were killed when a bus collided with a lorry in Kenya.",
    "Six soldiers died and four were injured after a helicopter crashed in Peru.",
    "Thirty-eight people were killed when a ferry capsized on the Niger River in Mali.",
    "Four people were killed and a dozen injured in a fire at a warehouse in Venezuela.",
]
TWO = [
    "Russia shelled Kharkiv, and Ukraine killed two Russian soldiers near Kursk.",
    "Israel bombed Beirut and shot two Palestinians in Jenin.",
]


@pytest.mark.parametrize(("text", "sides"), ONE)
def test_harm_told_with_its_attack_is_one_act(
    rules: legation.Reader, text: str, sides: str
) -> None:
    found = [e for e in rules.read(text, published="2024-05-06").events if e.type == "ASSAULT"]
    assert len(found) == 1
    actor, recipient = sides.split()
    assert {p.country for p in found[0].actors} == {actor}
    assert recipient in {p.country for p in found[0].recipients}


@pytest.mark.parametrize("text", MISHAPS)
def test_a_mishap_is_no_assault(reader: legation.Reader, text: str) -> None:
    assert not [e for e in reader.read(text, published="2024-05-06").events if e.type == "ASSAULT"]


@pytest.mark.parametrize("text", TWO)
def test_two_deeds_stay_two_acts(rules: legation.Reader, text: str) -> None:
    found = [e for e in rules.read(text, published="2024-05-06").events if e.type == "ASSAULT"]
    assert len(found) == 2


def test_what_a_strike_leaves_people_suffers(rules: legation.Reader) -> None:
    text = "The Israeli raid left three Lebanese soldiers wounded."
    found = rules.read(text, published="2024-05-06").events
    assert {p.country for p in found[0].recipients} == {"LBN"}
