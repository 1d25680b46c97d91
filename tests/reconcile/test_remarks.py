"""Sentences in which no act was read decide plans too, and only those that they are about."""

from __future__ import annotations

from pathlib import Path

import pytest

import legation
from legation.reconcile.pages import codes_of, page
from legation.reconcile.telling import numbers
from legation.story import Story

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
            "Mali will let 360 prisoners go home in June.",
            "Mali thanked Togo. Three hundred and sixty sheep were carried over the river.",
            "open",
        ),
        (
            "Ethiopia and Sudan agreed to reopen the crossing at Gallabat.",
            "Ethiopia blamed Sudan. The post at Gallabat remained closed on Thursday.",
            "contradicted",
        ),
    ],
)
def test_a_sentence_without_an_act_decides_the_plan_it_is_about(
    plan: str, later: str, wanted: str, reader: legation.Reader, tmp_path: Path
) -> None:
    assert outcome(reader, tmp_path, plan, later, "2020-06-20")[0] == wanted


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
