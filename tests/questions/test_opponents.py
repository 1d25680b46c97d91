"""Who is meant when an act names nobody: the actor's opponent in the story."""

import pytest

from legation import Reader

STORY = """Gunners of the army shelled camps of the Free Aceh Movement on Monday, Indonesia said.

The movement accused the government in Jakarta of burning villages. Malaysia, which hosted the last
round of talks, appealed to both sides for calm.

{last}"""


@pytest.mark.parametrize(
    ("last", "kind", "country", "sectors"),
    [
        ("The rebels vowed to fight on.", "THREATEN", "IDN", {"GOV", "MIL"}),
        ("Indonesia threatened to declare martial law.", "THREATEN", "IDN", {"REB"}),
    ],
)
def test_an_act_that_names_nobody_is_against_the_opponent_in_the_story(
    reader: Reader, last: str, kind: str, country: str, sectors: set[str]
) -> None:
    story = reader.read(STORY.format(last=last), published="2003-05-14")
    found = [event for event in story.events if event.type == kind]
    assert found, [event.type for event in story.events]
    assert [(p.country, p.sector in sectors) for p in found[-1].recipients] == [(country, True)]


@pytest.mark.parametrize(
    ("story", "text", "country"),
    [
        (
            "Troops clashed with the Karen National Union near Myawaddy on Friday. Thailand closed "
            "the bridge. The insurgents said they had killed six soldiers.",
            "they",
            "MMR",
        ),
        (
            "The government of Colombia suspended talks with the ELN on Friday. Cuba regretted the "
            "move. The guerrillas called the decision a mistake.",
            "The guerrillas",
            "COL",
        ),
    ],
)
def test_the_rebels_are_those_of_the_story_not_of_the_country_named_last(
    reader: Reader, story: str, text: str, country: str
) -> None:
    found = [
        party
        for event in reader.read(story, published="2019-01-21").events
        for party in event.actors
        if party.text == text
    ]
    assert [(party.country, party.sector) for party in found] == [(country, "REB")]
