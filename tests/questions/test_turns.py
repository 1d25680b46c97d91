"""The same words are another act by who does them; every row of turns.toml shows it."""

import pytest

import legation
from legation.words import load

ROWS = load().table("turns")["turn"]
YES = [tuple(pair) for row in ROWS for pair in row.get("yes", ())]
NO = [tuple(pair) for row in ROWS for pair in row.get("no", ())]


def acts(reader: legation.Reader, text: str) -> set[str]:
    found = reader.read(text, published="2024-05-06").events
    return {f"{e.type}/{e.mode}" if e.mode else e.type for e in found}


@pytest.mark.parametrize(("text", "act"), YES)
def test_a_turn_gives_its_act(rules: legation.Reader, text: str, act: str) -> None:
    assert act in acts(rules, text)


@pytest.mark.parametrize(("text", "act"), NO)
def test_a_turn_leaves_its_opposite_alone(rules: legation.Reader, text: str, act: str) -> None:
    assert act not in acts(rules, text)


def test_every_turn_is_shown() -> None:
    assert all(row.get("yes") or row.get("no") for row in ROWS)


@pytest.mark.parametrize(
    "text",
    [
        "Ethiopia must withdraw its troops from Eritrea, the Sudanese foreign minister said.",
        "Ghana's president said the junta in Mali should release the French hostages.",
    ],
)
def test_telling_another_what_it_must_do_is_a_demand(rules: legation.Reader, text: str) -> None:
    assert "REQUEST/yield" in acts(rules, text)


def test_an_analyst_demands_nothing(rules: legation.Reader) -> None:
    text = "An analyst in London said that Ethiopia must withdraw its troops."
    assert "REQUEST/yield" not in acts(rules, text)


def test_a_match_report_tells_no_acts(reader: legation.Reader) -> None:
    text = (
        "Ghana destroyed Togo by five goals in the final. The Ghanaian striker shot twice before"
        " half-time and the Togolese defence surrendered. Togo's coach apologised to the fans and"
        " rejected talk of a crisis; his captain had threatened to quit the tournament."
    )
    assert not reader.read(text, published="2024-05-06").events


def test_what_was_meant_and_done_is_one_act(rules: legation.Reader) -> None:
    text = (
        "Police stormed the embassy in Quito to arrest the former vice-president.\n\n"
        "They arrested the former vice-president of Ecuador at night."
    )
    found = rules.read(text, published="2024-05-06").events
    assert [e.status for e in found if e.type == "COERCE"] == ["happened"]
