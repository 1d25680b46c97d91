"""Deeds named as known are acts, though nobody who took part stands by them."""

import pytest

import legation
from legation.story import Event, Story


def told(rules: legation.Reader, text: str) -> list[Event]:
    """The attacks, arrests and protests of a text published on Sunday 5 December 2021."""
    (story,) = rules.read_all([Story(text, id="a", published="2021-12-05")])
    return [one for one in story.events if str(one.type) in ("ASSAULT", "COERCE", "PROTEST")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norway's king spoke of Wednesday's shelling of the market.", "2021-12-01"),
        ("Chad's anger has not cooled since the raid of November 27.", "2021-11-27"),
        ("Kenya asked for money for those hurt in Tuesday's twin blasts.", "2021-11-30"),
        ("Lawyers spoke of the 9 May massacre in Lima.", "2021-05-09"),
        ("Tuesday's raid killed six Sudanese soldiers.", "2021-11-30"),
    ],
)
def test_a_deed_with_a_day_of_its_own_is_an_act(rules, text: str, day: str) -> None:
    (event,) = told(rules, text)
    assert event.type == "ASSAULT"
    assert event.date is not None
    assert (event.date.start, event.date.end) == (day, day)


def test_a_deed_is_known_by_who_suffered_it(rules) -> None:
    assert told(rules, "The decree came after the attack on the camp at Pacaraima.")
    assert not told(rules, "The decree came after an attack on old habits at Pacaraima.")


@pytest.mark.parametrize(
    "text",
    [
        "Turkish exports grew after the blast of cold air.",
        "The shooting of the film took Peru's minister to Lima.",
        "An attack is feared.",
    ],
)
def test_a_bare_noun_is_none(rules, text: str) -> None:
    assert not told(rules, text)
