"""Sentences in which no act was read decide plans too, and only those that they are about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import legation
from legation.reconcile.days import days_of, fit
from legation.reconcile.pages import codes_of, page
from legation.reconcile.telling import numbers
from legation.reconcile.topic import elsewhere, who
from legation.story import Date, Party, Story
from tests.reconcile.test_reconcile import SONG, tell

PLAN = "Chad's foreign minister, Adoum Ngare, is to visit Kigali on Friday."


def outcome(
    reader: legation.Reader, folder: Path, plan: str, later: str, days: str = "2020-06-22"
) -> tuple[str, str]:
    """Outcome of the plan of a first report after a second one, and the sentence that decided."""
    told = [
        Story(plan, id="plan", published="2020-06-15", outlet="One", language="en"),
        Story(later, id="later", published=days, outlet="Two", language="en"),
    ]
    with legation.open(str(folder / "desk.db")) as desk:
        desk.add_all(reader.read_all(told))
        found = [one for one in desk.plans(undated=True) if one.event.given == "plan"]
    assert len(found) == 1, [one.event.event for one in found]
    return str(found[0].plan.outcome), found[0].by.sentence if found[0].by else ""


@pytest.mark.parametrize(
    ("plan", "later", "wanted"),
    [
        (PLAN, "Rwanda thanked Japan on Monday. Adoum Ngare laid a wreath in Kigali.", "kept"),
        (PLAN, "Rwanda thanked Japan on Monday. Adoum Ngare laid a wreath in Dakar.", "open"),
        (PLAN, "Rwanda thanked Japan. Adoum Ngare's trip to Kigali is off.", "cancelled"),
        (PLAN, "Rwanda thanked Japan. Adoum Ngare's tour of Ghana is off.", "open"),
        (
            "Mali will let 360 prisoners go home in June.",
            "Mali thanked Togo. Three hundred and sixty prisoners were carried over the river.",
            "kept",
        ),
        (
            "Ethiopia and Sudan agreed to reopen the crossing at Gallabat.",
            "Ethiopia blamed Sudan. The post at Gallabat remained closed on Thursday.",
            "contradicted",
        ),
    ],
)
@pytest.mark.usefixtures("rules_alone")
def test_to_the_rules_a_sentence_without_an_act_decides_the_plan_it_is_about(
    plan: str, later: str, wanted: str, reader: legation.Reader, tmp_path: Path
) -> None:
    assert outcome(reader, tmp_path, plan, later, "2020-06-20")[0] == wanted


@pytest.mark.usefixtures("rules_alone")
def test_to_the_rules_neither_a_number_nor_the_parties_alone_keep_a_promise(
    reader: legation.Reader, tmp_path: Path
) -> None:
    """The network takes them for the plan's end (docs/model-card.md)."""
    plan = "Mali will let 360 prisoners go home in June."
    told = "Mali thanked Togo. Three hundred and sixty {} were carried over the river."
    (tmp_path / "sheep").mkdir()
    sheep = outcome(reader, tmp_path / "sheep", plan, told.format("sheep"), "2020-06-20")
    men = outcome(reader, tmp_path, plan, told.format("prisoners"), "2020-06-20")
    (tmp_path / "thanks").mkdir()
    thanks = outcome(reader, tmp_path / "thanks", THREAT, "Lonmin thanked South Africa.")
    assert (sheep[0], men[0], thanks[0]) == ("open", "kept", "open")


def test_the_sentence_that_decided_is_told(reader: legation.Reader, tmp_path: Path) -> None:
    later = "Rwanda thanked Japan. Adoum Ngare laid a wreath in Kigali on Friday."
    assert outcome(reader, tmp_path, PLAN, later, "2020-06-20") == (
        "kept",
        "Adoum Ngare laid a wreath in Kigali on Friday.",
    )


def test_a_report_is_taken_apart_into_its_place_and_sentences() -> None:
    told = page("s", "s", "2020-01-01", 'ASMARA — Mr. Berhe left. "I am glad," he said.')
    assert told.head == "Asmara"
    assert [one.text for one in told.remarks] == ["Mr. Berhe left.", '"I am glad," he said.']


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("New Zealand thanked the Swedes.", {"NZL", "SWE"}),
        ("The European Union met in Stockholm's palace.", {"EUU", "SWE"}),
        ("Nobody came.", set()),
    ],
)
def test_a_sentence_names_states_by_countries_peoples_and_towns(text: str, codes: set[str]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three hundred and sixty men, 40,000 tonnes and two ships", {"360", "40000", "2"}),
        ("twenty-five of one thousand two hundred", {"25", "1200"}),
        ("one man", set()),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, found: set[str]) -> None:
    assert numbers(text) == found


WHEN = "Chad's foreign minister, Adoum Ngare, is to be in Kigali on June 18."
THREAT = "Lonmin threatened to dismiss strikers in South Africa who failed to turn up for work."


@pytest.mark.parametrize(
    ("plan", "later", "wanted"),
    [
        (WHEN, "Adoum Ngare stayed in N'Djamena on Thursday. Rwanda was silent.", "contradicted"),
        (WHEN, "Adoum Ngare flew to Dakar instead. Rwanda was silent.", "cancelled"),
        (WHEN, "Adoum Ngare wrote that he could not come. Rwanda was silent.", "cancelled"),
        (WHEN, "In Rwanda Adoum Ngare clapped from the front row on Thursday.", "kept"),
        (WHEN, "In Abeche Adoum Ngare told farmers on Thursday that he was glad.", "open"),
        (THREAT, "No letters of dismissal have gone out, Lonmin admitted.", "contradicted"),
        (
            "France will ban British boats from its ports from Tuesday.",
            "Mr Macron held back the ban at the last minute. London was glad.",
            "cancelled",
        ),
    ],
)
@pytest.mark.usefixtures("rules_alone")
def test_to_the_rules_days_rulers_and_families_of_words_tie_a_sentence_to_a_plan(
    plan: str, later: str, wanted: str, reader: legation.Reader, tmp_path: Path
) -> None:
    assert outcome(reader, tmp_path, plan, later, "2020-06-20")[0] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It was signed on Tuesday.", (("2020-06-16", "2020-06-16"),)),
        ("He was there on June 18 and 19.", (("2020-06-18", "2020-06-19"),)),
        ("She went in August.", (("2019-08-01", "2019-08-31"),)),
        ("They meet next Tuesday.", ()),
        ("Nothing came of it.", ()),
    ],
)
def test_a_sentence_names_days_gone_by(text: str, wanted: tuple[tuple[str, str], ...]) -> None:
    assert days_of(text, "2020-06-20") == wanted


def test_days_before_the_plan_was_made_are_none_of_its_days() -> None:
    window = Date("2020-06-18", "2020-06-18")
    assert fit(days_of("on Tuesday", "2020-06-20"), window, "2020-06-15") == 0.2
    assert fit(days_of("It was done on Thursday", "2020-06-20"), window, "2020-06-15") == 1.0
    assert fit(days_of("It was done in March", "2020-06-20"), window, "2020-06-15") == 0.0


@pytest.mark.parametrize(
    ("plan", "later", "wanted"),
    [
        (
            "Chad's opposition has called a rally for June 18.",
            "Chad was calm. No rally was held on Thursday.",
            "contradicted",
        ),
        (
            "Talks between Chad and Niger are to open in Geneva on June 18.",
            "GENEVA — The talks between Chad and Niger were suspended on Friday after a day.",
            "kept",  # they had opened
        ),
        (
            "Chad agreed to open ten crossings to Niger.",
            "None of the ten crossings between Chad and Niger is in use.",
            "contradicted",
        ),
        (
            "North Korea threatened to fire missiles at Guam.",
            "North Korea fired a missile at Japan on Thursday.",
            "open",
        ),
        (
            "Kuwait will host a conference for Syria on June 18.",
            "Syria's opposition put off its decision on a conference in Geneva.",
            "open",
        ),
    ],
)
def test_none_of_what_was_planned_and_what_others_do(
    plan: str, later: str, wanted: str, reader: legation.Reader, tmp_path: Path
) -> None:
    assert outcome(reader, tmp_path, plan, later, "2020-06-20")[0] == wanted


def test_the_name_of_a_persons_own_state_says_little_of_what_is_planned_within_it() -> None:
    says = page("s", "s", "2020-06-20", "A bus overturned in Chad.").remarks[0]
    ngare = Party("Adoum Ngare", "Adoum Ngare", "TCD", "GOV")
    at_home, abroad = (
        tell("p", sentence, "2020-06-15", "will", status="planned", actors=(ngare,), recipients=())
        for sentence in ("Adoum Ngare will resign.", "Adoum Ngare will visit Rwanda.")
    )
    state = replace(at_home, actors=replace(at_home.actors, names=frozenset()))
    assert [who(plan, says, "2020-06-20") for plan in (at_home, abroad)] == [0.7, 0.8]
    assert who(state, says, "2020-06-20") == 0.8


@pytest.mark.parametrize(
    ("said", "away"),
    [
        ("Song Tao called off a trip to Kunzhou because of the floods.", True),
        ("Song Tao called off a trip to Wuhan because of the floods.", True),
        ("Song Tao called off a trip to Pyongyang because of the floods.", False),
        ("Song Tao called off a trip to North Korea because of the floods.", False),
        ("Song Tao called off the trip because of the floods.", False),
    ],
)
def test_a_journey_to_a_place_that_the_plan_does_not_name_is_another(said: str, away: bool) -> None:
    text = "Chinese envoy Song Tao will visit Pyongyang on Friday."
    plan = tell("p", text, "2017-11-20", "will visit", status="planned", actors=(SONG,))
    assert elsewhere(plan, said) == away
