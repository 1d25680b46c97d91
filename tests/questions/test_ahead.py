"""How English tells a plan: the status of an act that still lies ahead, and of one that did."""

import pytest

import legation
from legation.story import Story

ROWS = [
    ("Ms Sandu is to meet President Macron in Paris on June 20, an aide said.", "planned"),
    ("Mr Tshisekedi was to meet Rwanda's president on Saturday, his spokesman said.", "planned"),
    ("Mr Tshisekedi was to have met Rwanda's president in Luanda.", "negated"),
    ("Norway's foreign minister, who is to visit Sudan next week, fell ill.", "planned"),
    ("The Dutch prime minister said he would go ahead with his trip to Jakarta.", "planned"),
    ("Spain's king went ahead with a visit to Morocco.", "happened"),
    ("The next round of talks between Serbia and Kosovo is set for June 28.", "planned"),
    ("The first round of talks between Serbia and Kosovo ended on Monday.", "happened"),
    ("The opposition in Chad has called a general strike for Tuesday.", "planned"),
    ("Nigeria's unions called a strike on Tuesday.", "happened"),
    ("Turkey to send troops to Libya", "planned"),
    ("The Ghanaian president is expected in Lagos on Sunday.", "planned"),
    ("Vienna is to host a new round of talks between Iran and Iraq in early April.", "planned"),
    ("Kenyan soldiers will be in place along the border by Friday.", "planned"),
    ("Zambia's nurses will down tools for two days from Wednesday.", "planned"),
    ("Chad will set free 40 growers.", "planned"),
    ("Two hundred Nigerian soldiers are to leave Liberia. They will go home in May.", "planned"),
    ("The Dutch marines will be pulled out of Mali in May, The Hague announced.", "planned"),
    ("Ghana's president is due to land in Lagos on Sunday.", "planned"),
    ("Chad's rebel leader is due to appear in court in N'Djamena on Friday.", "planned"),
    ("India's prime minister is sending an envoy to Nepal.", "planned"),
    ("India's prime minister is sending rice to Nepal.", "happened"),
    ("The opposition in Benin has called its followers to parliament for Saturday.", "planned"),
    ("Flights between Chad and Sudan are to start again next week.", "planned"),
    ("The opposition in Chad has announced a march for New Year's Day.", "planned"),
    ("Chad's prisoners will be handed over to Sudan in May.", "planned"),
    ("Chad will hand the captured pilot back to Sudan on Friday.", "planned"),
    ("India's Prime Minister Manmohan Singh would see the Nepalese leader in Delhi.", "planned"),
    ("He would meet the Chadian president in May.", "planned"),
    ("Manmohan Singh would like to meet the Nepalese leader in Delhi.", "possible"),
    ("Manmohan Singh would meet the Nepalese leader if he came to Delhi.", "possible"),
    ('Aid will enter Venezuela on June 23 "yes or yes", the opposition leader said.', "planned"),
]


@pytest.mark.parametrize(("text", "status"), ROWS)
def test_a_plan_is_told_from_a_deed(reader: legation.Reader, text: str, status: str) -> None:
    (story,) = reader.read_all([Story(text, published="2021-06-16", language="en")])
    assert {str(event.status) for event in story.events} == {status}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks between Chad and Mali will be held on Friday.", "2021-06-18"),
        ("Four Russian diplomats will be expelled by Norway on Friday.", "2021-06-18"),
        ("Talks between Chad and Mali were held on Friday.", "2021-06-11"),
    ],
)
def test_a_passive_future_lies_ahead(reader: legation.Reader, text: str, day: str) -> None:
    (story,) = reader.read_all([Story(text, published="2021-06-16", language="en")])
    assert [event.date.start for event in story.events if event.date] == [day]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chad and Mali agreed to talk. A joint declaration will be signed on Friday.", "MLI TCD"),
        ("Chad freed six men of Mali. They will be handed over on Friday.", "MLI TCD"),
        ("Chad freed six men of Mali. A band will be signed by the club on Friday.", ""),
    ],
)
def test_a_plan_that_names_nobody_is_that_of_those_told_before(
    reader: legation.Reader, text: str, wanted: str
) -> None:
    (story,) = reader.read_all([Story(text, published="2021-06-16", language="en")])
    planned = [e for e in story.events if e.status == "planned"]
    codes = {p.country or "" for e in planned for p in (*e.actors, *e.recipients)}
    assert " ".join(sorted(codes)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Felipe Quispe will go in the autumn, the Bolivian presidency said.",
        "The state airline will halt flights to Benin from July 1.",
        "Kenya's teachers argued with the minister over pay. They will sit down again on Monday.",
    ],
)
def test_a_plan_is_read_sooner_than_a_deed(reader: legation.Reader, text: str) -> None:
    (story,) = reader.read_all([Story(text, published="2021-06-16", language="en")])
    assert "planned" in {str(event.status) for event in story.events}


def test_what_will_follow_a_deed_of_its_kind_is_an_act_of_its_own(reader: legation.Reader) -> None:
    text = "Peru has recalled its ambassador from Quito and will send him back on Monday."
    (story,) = reader.read_all([Story(text, published="2021-06-16", language="en")])
    assert [str(event.status) for event in story.events] == ["happened", "planned"]
