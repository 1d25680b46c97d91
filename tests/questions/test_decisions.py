"""Decisions of the codebook ("Hard types, settled") and of PLOVER's ambiguities, a row each.

The sentences are our own; a row names every type and mode that must, or must not, be among the
events of the sentence.
"""

import pytest

import legation
from legation.story import Story

ROWS = [
    # truces
    ("Guinean rebels declared a truce.", ["CONCEDE"], ["RETREAT/ceasefire"]),
    ("Chad and Niger agreed on a ceasefire.", ["AGREE"], ["SUPPORT"]),
    ("Chad and Niger signed a ceasefire agreement.", ["SUPPORT"], ["AGREE"]),
    ("The Chadian army and the rebels observed the truce.", ["RETREAT/ceasefire"], ["CONCEDE"]),
    ("The Chadian rebels ended the truce.", ["THREATEN/violence"], ["RETREAT/ceasefire"]),
    # talks and visits
    ("Kosovo has broken off talks with Serbia.", ["SANCTION/withdraw"], ["REJECT/meet"]),
    ("Morocco called off a meeting with Spain.", ["REJECT/meet"], ["SANCTION/withdraw"]),
    ("Gabon's president put off a visit to Togo.", ["REJECT/meet"], ["SANCTION/withdraw"]),
    ("Oman declined an invitation from Yemen.", ["REJECT/meet"], ["AGREE"]),
    ("Laos and Vietnam failed to reach an agreement.", ["AGREE"], ["SUPPORT"]),
    # courts
    (
        "A Ghanaian court sentenced the former minister to six years in prison.",
        ["SANCTION/convict", "COERCE/arrest"],
        ["ACCUSE/allege"],
    ),
    ("A Kenyan court fined the Ugandan general.", ["SANCTION/convict"], ["COERCE/arrest"]),
    ("A Kenyan court acquitted the Ugandan general.", ["CONCEDE"], ["RETREAT/release"]),
    ("The Zambian president pardoned the rebel leader.", ["CONCEDE"], ["RETREAT/release"]),
    ("Zambia released the rebel leader.", ["RETREAT/release"], ["CONCEDE"]),
    ("Russia and Georgia exchanged prisoners.", ["RETREAT/release"], ["CONCEDE"]),
    (
        "Malian prosecutors charged the former premier with fraud.",
        ["ACCUSE/allege"],
        ["COERCE/arrest"],
    ),
    (
        "The court issued an arrest warrant for the Chadian leader.",
        ["THREATEN/arrest"],
        ["COERCE/arrest"],
    ),
    # ambassadors
    ("Peru summoned the Chilean ambassador.", ["ACCUSE/disapprove"], ["CONSULT", "CONSULT/visit"]),
    ("Peru recalled its ambassador from Chile.", ["SANCTION/withdraw"], ["SANCTION/expel"]),
    ("Peru sent the Chilean ambassador home.", ["SANCTION/expel"], ["COERCE/deport"]),
    ("Peru closed its embassy in Chile.", ["SANCTION/discontinue"], ["COERCE/restrict"]),
    ("Japan handed a protest note to China.", ["ACCUSE/disapprove"], ["PROTEST/demo"]),
    # borders and migrants
    ("Algeria deported the Malian migrants.", ["COERCE/deport"], ["SANCTION/expel"]),
    ("Hungary turned back refugees from Serbia.", ["REJECT"], ["COERCE/deport"]),
    ("Niger closed its border with Benin.", ["SANCTION/discontinue"], ["COERCE/restrict"]),
    ("Police in Benin closed the highway.", ["COERCE/restrict"], ["SANCTION/discontinue"]),
    # power
    ("Somali rebels captured the town of Jowhar.", ["COERCE/seize"], ["ASSAULT"]),
    ("Officers in Niger staged a coup.", ["COERCE/seize"], ["ASSAULT"]),
    ("The Fijian premier dismissed the finance minister.", ["SANCTION/expel"], ["RETREAT/resign"]),
    ("The Fijian finance minister resigned.", ["RETREAT/resign"], ["SANCTION/expel"]),
    ("The Nepali Communist party left the coalition.", ["SANCTION/withdraw"], ["RETREAT/resign"]),
    # words
    ("Ghana praised Togo.", ["SUPPORT"], ["AGREE"]),
    ("Ghana recognised Kosovo.", ["SUPPORT"], ["AGREE"]),
    ("Ghana and Togo signed a treaty.", ["SUPPORT"], ["AGREE"]),
    ("Ghana apologised to Togo.", ["CONCEDE"], ["SUPPORT"]),
    ("Ghana expressed regret to Togo over the raid.", ["CONCEDE"], ["SUPPORT"]),
    # help and force
    ("Israeli commandos rescued the Thai hostages.", ["AID"], ["RETREAT/release"]),
    ("Germany paid reparations to Namibia.", ["AID"], ["RETREAT/return"]),
    ("Denmark cut off aid to Mali.", ["SANCTION/discontinue"], ["REJECT"]),
    ("Kenya and Uganda held joint exercises.", ["COOPERATE"], ["MOBILIZE/troops"]),
    ("Kenya held military exercises.", ["MOBILIZE/troops"], ["COOPERATE"]),
    ("Iran captured two Iraqi soldiers.", ["ASSAULT/abduct"], ["COERCE/arrest"]),
    ("Thousands of Kenyans demanded reforms at a rally.", [], ["MOBILIZE/troops"]),
    ("Police in Nepal pushed back the protesters.", ["COERCE/restrict"], ["ASSAULT/crowd-control"]),
    ("Guards beat the Kenyan senator.", [], ["ASSAULT/primitive"]),
    ("Soldiers beat the Kenyan senator.", ["ASSAULT/beat"], ["ASSAULT/primitive"]),
    ("Soldiers beat the Kenyan senator with clubs.", ["ASSAULT/primitive"], ["ASSAULT/firearms"]),
    ("Nepal declared a state of emergency after the flood.", [], ["COERCE/restrict"]),
    ("Three Danish tourists were killed in an avalanche in Nepal.", [], ["ASSAULT"]),
    ("Ghana said Togo was a neighbour.", [], ["SUPPORT", "ACCUSE/disapprove"]),
]


@pytest.fixture(scope="module")
def stories(reader: legation.Reader) -> dict[str, Story]:
    """All sentences, read in one go."""
    unread = (Story(text, published="2020-06-15", language="en") for text, _, _ in ROWS)
    return {story.text: story for story in reader.read_all(unread)}


@pytest.mark.parametrize(("text", "wanted", "barred"), ROWS, ids=[row[0] for row in ROWS])
def test_a_hard_type_is_decided_as_the_codebook_says(
    stories: dict[str, Story], text: str, wanted: list[str], barred: list[str]
) -> None:
    events = stories[text].events
    found = {e.type + (f"/{e.mode}" if e.mode else "") for e in events} | {e.type for e in events}
    assert set(wanted) <= found, found
    assert not set(barred) & found, found
