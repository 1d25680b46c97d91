"""When it was: expressions against the publication day, and which of them dates an act."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import legation
from legation.questions import when

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter="\t"))[1:]


@pytest.mark.parametrize(("text", "published", "tense", "start", "end"), rows("dates.tsv"))
def test_the_first_expression_of_a_sentence(
    text: str, published: str, tense: str, start: str, end: str
) -> None:
    found = when.expressions(text, published, tense)
    assert found, text
    date = found[0][2]
    assert (date.start, date.end) == (start, end)
    assert text[found[0][0] : found[0][1]].strip() == date.text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on Monday and left the next day.", "2017-11-21", "2017-11-21"),
        ("They met on Nov. 6 and spoke again two days later.", "2017-11-08", "2017-11-08"),
        (
            "The army attacked on Nov. 6; the day before, rebels had fled.",
            "2017-11-05",
            "2017-11-05",
        ),
        ("She was freed on Nov. 6, a week earlier than he.", "2017-10-30", "2017-10-30"),
        ("He spoke on Nov. 6 and resigned the same evening.", "2017-11-06", "2017-11-06"),
        ("They met on Nov. 6 and again that day.", "2017-11-06", "2017-11-06"),
    ],
)
def test_a_day_counted_from_the_day_told_before(text: str, start: str, end: str) -> None:
    date = when.expressions(text, "2017-11-22", "past")[-1][2]
    assert (date.start, date.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Some 2000 people fled.",
        "They may march on the capital.",
        "A march was held.",
        "He read out 1994 names.",
        "They sat down together.",
        "About 20 to 30 soldiers died.",
    ],
)
def test_numbers_and_words_that_are_no_dates(text: str) -> None:
    assert when.expressions(text, "2017-11-22", "past") == ()


def test_without_a_publication_day_only_full_dates_count() -> None:
    assert when.expressions("They met on Monday.", "", "past") == ()
    assert when.expressions("They met on 3 May 1994.", "", "past")[0][2].start == "1994-05-03"


@pytest.mark.parametrize(("text", "published", "_", "start", "end", "basis"), rows("attached.tsv"))
def test_the_date_of_an_act(
    reader: legation.Reader, text: str, published: str, _: str, start: str, end: str, basis: str
) -> None:
    story = reader.read(text, published=published)
    found = [(e.date.start, e.date.end, e.date.basis) for e in story.events if e.date]
    assert (start, end, basis) in found


@pytest.mark.parametrize(("text", "published", "trigger", "start", "end"), rows("anchored.tsv"))
def test_an_act_dated_by_another_happening_of_the_story(
    reader: legation.Reader, text: str, published: str, trigger: str, start: str, end: str
) -> None:
    """Without a date for the happening, the act keeps the day of publication."""
    story = reader.read(text, published=published)
    first = text.index(trigger)
    dates = [
        (e.date.start, e.date.end)
        for e in story.events
        if e.date
        and any(
            span.part == "act" and first <= span.start <= first + len(trigger)
            for span in e.evidence
        )
    ]
    assert (start, end) in dates


def test_a_day_later_than_a_day_to_come_is_to_come(rules: legation.Reader) -> None:
    text = (
        "Botswana will receive Namibia's president on Thursday. They will sign a pact a day later."
    )
    days = [e.date.start for e in rules.read(text, published="2025-03-04").events if e.date]
    assert days == ["2025-03-06", "2025-03-07"]
