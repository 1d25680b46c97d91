"""When are two tellings one act? The same act in headline, lead and later; never two different."""

from __future__ import annotations

import pytest

from legation.questions.merge import merged
from legation.story import Date, Event, Party, Place, Span

TEXT = "Rebels shelled Goma.\n\nRebels shelled the town on Monday. They bombed it and bombed on."
FRANCE = Party("France", None, "FRA", "GOV")
MALI = Party("Mali", None, "MLI", "GOV")
WORDS = {"shelled": (7, 14), "lead": (29, 36), "bombed": (62, 68), "again": (76, 82)}


def event(
    word: str = "shelled", type: str = "ASSAULT", status: str = "happened", **changes: object
) -> Event:
    fields: dict[str, object] = {
        "id": "", "type": type, "mode": None, "actors": (FRANCE,), "recipients": (MALI,),
        "status": status, "date": None, "place": None, "source": (), "confidence": 0.5,
        "evidence": (Span(*WORDS[word], "act"),),
    }  # fmt: skip
    return Event(**{**fields, **changes})  # type: ignore[arg-type]


def named(name: str, country: str = "MLI") -> tuple[Party, ...]:
    return (Party(name, name, country, "GOV"),)


def test_the_words_stand_where_the_table_says() -> None:
    assert [TEXT[slice(*WORDS[w])] for w in WORDS] == ["shelled", "shelled", "bombed", "bombed"]


def test_a_headline_and_the_text_tell_one_act_with_two_spans() -> None:
    found = merged([event("shelled"), event("lead")], TEXT)
    assert len(found) == 1
    assert [s.start for s in found[0].evidence] == [7, 29]


def test_a_headline_may_use_another_word() -> None:
    assert len(merged([event("shelled"), event("bombed")], TEXT)) == 1


def test_another_word_later_in_the_text_is_another_act() -> None:
    assert len(merged([event("lead"), event("bombed")], TEXT)) == 2


def test_the_same_word_later_in_the_text_is_the_same_act() -> None:
    assert len(merged([event("bombed"), event("again")], TEXT)) == 1


@pytest.mark.parametrize(
    "other",
    [
        event("lead", status="planned"),
        event("lead", type="COERCE"),
        event("lead", actors=named("Somebody", "DEU")),
        event("lead", recipients=named("Somebody", "NER")),
        event("lead", place=Place("Gao", "Gao", "MLI", geoname=2)),
        event("lead", date=Date("2013-01-01", "2013-01-31", "in January", "text")),
    ],
)
def test_status_type_parties_place_and_date_tell_acts_apart(other: Event) -> None:
    first = event(
        "shelled",
        place=Place("Kidal", "Kidal", "MLI", geoname=1),
        date=Date("2012-01-01", "2012-12-31", "last year", "text"),
    )
    assert len(merged([first, other], TEXT)) == 2


def test_two_people_of_one_country_are_two_recipients() -> None:
    events = [event(recipients=named("One")), event("lead", recipients=named("Two"))]
    assert len(merged(events, TEXT)) == 2


def test_a_later_telling_fills_what_the_first_leaves_open() -> None:
    dated = Date("2013-01-14", "2013-01-14", "on Monday", "text")
    first = event(recipients=(), date=Date("2013-01-15", "2013-01-15"))
    found = merged([first, event("lead", date=dated, mode="heavy-weapons")], TEXT)
    assert len(found) == 1
    assert (found[0].recipients, found[0].date, found[0].mode) == (
        (MALI,), dated, "heavy-weapons",
    )  # fmt: skip


def test_who_meets_whom_is_one_meeting_in_either_order() -> None:
    both = event(type="CONSULT", actors=(FRANCE, MALI), recipients=())
    assert len(merged([event("lead", type="CONSULT"), both], TEXT)) == 1


def test_evidence_of_an_act_told_a_thousand_times_stays_bounded() -> None:
    many = [event(evidence=(Span(n, n + 1, "act"),)) for n in range(1000)]
    assert len(merged(many)[0].evidence) < 100


def test_to_sign_and_to_thank_are_two_acts_of_support() -> None:
    signed = event("lead", type="SUPPORT", why=(("type", "support.sign by 'sign' (x)"),))
    thanked = event("bombed", type="SUPPORT", why=(("type", "support.praise by 'thank' (x)"),))
    assert len(merged([signed, thanked], TEXT)) == 2
    assert len(merged([signed, signed], TEXT)) == 1


@pytest.mark.parametrize(
    ("second", "acts"),
    [
        ("It promised to reopen schools.", 2),
        ("It promised that prisoners would walk free.", 1),  # the same, in other words
        ("It promised.", 1),
    ],
)
def test_two_promises_are_one_when_their_words_meet(second: str, acts: int) -> None:
    text = f"France promised to free forty prisoners. {second}"
    at = text.rindex("promised")
    told = [
        event(type="AGREE", evidence=(Span(start, start + 8, "act"),))
        for start in (text.index("promised"), at)
    ]
    assert len(merged(told, text)) == acts
