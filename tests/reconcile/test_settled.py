"""What was done on its day is settled; other days and second meetings say nothing of it."""

import pytest

import legation
from legation.story import Story

PLAN = "Peru's education minister is to receive Chile's ambassador on Wednesday."


def outcome(reader: legation.Reader, tmp_path, *reports: tuple[str, str]) -> str:
    """The outcome of the first report's plan."""
    stories = [
        Story(text, id=str(at), published=day, outlet=f"Paper {at}")
        for at, (day, text) in enumerate(reports)
    ]
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all(stories))
        plans = [kept for kept in desk.plans(undated=True) if kept.event.given == "0"]
    return str(plans[0].plan.outcome)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2016-09-30", "The second meeting between Peru and Chile's ambassador never took place."),
        ("2016-09-30", "Peru called off its meeting with Chile's ambassador on Thursday."),
    ],
)
def test_what_was_done_on_its_day_stays_kept(rules, tmp_path, day: str, later: str) -> None:
    done = "Peru's education minister received Chile's ambassador on Wednesday."
    told = outcome(rules, tmp_path, ("2016-09-12", PLAN), ("2016-09-15", done), (day, later))
    assert told == "kept"


def test_a_visit_that_had_been_put_off_was_paid(rules, tmp_path) -> None:
    plan = "Latvia and Ukraine are to sign a pact on flax."
    done = (
        "Ukraine and Latvia signed the flax pact on Tuesday during a visit by the Latvian premier, "
        "which had been postponed from the eighth."
    )
    assert outcome(rules, tmp_path, ("2018-09-03", plan), ("2018-09-20", done)) == "kept"


def test_blame_for_a_delay_keeps_no_promise(rules, tmp_path) -> None:
    plan = "Ethiopia and Sudan agreed to reopen the crossing at Gallabat by the end of November."
    later = "Ethiopia blamed Sudan for the delay."
    assert outcome(rules, tmp_path, ("2022-11-07", plan), ("2022-12-02", later)) != "kept"


def test_a_trip_called_off_in_time_is_not_kept_by_a_later_one(rules, tmp_path) -> None:
    plan = "Chad's president, Idriss Deby, is due in Kigali on Friday."
    off = "Mr Deby has called off his visit to Kigali."
    later = "Idriss Deby visited Rwanda on Tuesday."
    told = (("2019-05-15", plan), ("2019-05-16", off), ("2019-05-22", later))
    assert outcome(rules, tmp_path, *told) == "cancelled"


def test_what_did_not_come_after_it_was_called_off_is_no_contradiction(rules, tmp_path) -> None:
    plan = "Chad's president, Idriss Deby, will hold talks with Paul Kagame in Kigali on Friday."
    off = "Mr Deby has called off his talks with Paul Kagame."
    later = "Chad and Rwanda did not hold talks on Friday."
    told = (("2019-05-13", plan), ("2019-05-15", off), ("2019-05-18", later))
    assert outcome(rules, tmp_path, *told) == "cancelled"


def test_a_word_of_the_same_minister_is_no_echo_of_a_plan(rules, tmp_path) -> None:
    plan = (
        "Foreign Minister Rosa Vega of Peru will travel to Quito on Friday for talks with her "
        "Ecuadorean colleague, Ana Sosa, the ministry in Lima announced on Monday."
    )
    later = (
        'Bogota and Lima had asked Ecuador for it. "We were ready," Foreign Minister Ana Sosa '
        "said. She accused Peru of looking for a pretext."
    )
    assert outcome(rules, tmp_path, ("2016-09-12", plan), ("2016-09-17", later)) != "kept"


def test_what_will_not_be_is_called_off_before_its_days_are_over(rules, tmp_path) -> None:
    plan = "Kenya's president will meet Somalia's president in May."
    off = "Kenya's president will not meet Somalia's president this month, his office said."
    assert outcome(rules, tmp_path, ("2019-04-20", plan), ("2019-05-09", off)) == "cancelled"


def test_talks_of_two_are_not_kept_by_a_journey_of_one_to_a_third(rules, tmp_path) -> None:
    plan = "Kenya and Somalia will hold talks on Thursday."
    other = "Kenya's foreign minister arrived in Oslo on Thursday."
    assert outcome(rules, tmp_path, ("2019-05-14", plan), ("2019-05-17", other)) != "kept"


def test_a_deadline_may_be_met_at_once(rules, tmp_path) -> None:
    plan = "Uganda will withdraw its troops from Congo by the end of June."
    done = "Uganda withdrew its troops from Congo on Tuesday."
    assert outcome(rules, tmp_path, ("2019-06-03", plan), ("2019-06-05", done)) == "kept"


def test_leaders_of_a_body_who_decide_at_the_place_have_met(reader, tmp_path) -> None:
    plan = "Leaders of ECOWAS will meet in Abuja on Monday."
    done = "In Abuja the heads of state of ECOWAS resolved to suspend Guinea."
    assert outcome(reader, tmp_path, ("2021-09-10", plan), ("2021-09-13", done)) == "kept"


def test_the_names_of_the_parties_alone_keep_no_promise(rules, tmp_path) -> None:
    plan = "Peru and Chile agreed to train customs officers together."
    later = "Peru thanked Chile and Brazil."
    assert outcome(rules, tmp_path, ("2019-01-14", plan), ("2019-06-03", later)) == "open"


@pytest.mark.usefixtures("rules_alone")
def test_to_the_rules_a_union_calls_off_nothing_that_states_have_planned(rules, tmp_path) -> None:
    plan = "Peru and Chile are to begin joint patrols on September 1."
    later = "A fishermen's union in Peru rejected the joint patrols with Chile on Thursday."
    assert outcome(rules, tmp_path, ("2019-06-14", plan), ("2019-06-21", later)) != "cancelled"


def test_what_is_suspended_as_was_threatened_is_not_called_off(rules, tmp_path) -> None:
    plan = "The African Union warned Togo that it would suspend it if the election was put off."
    done = "The African Union suspended Togo on Saturday."
    assert outcome(rules, tmp_path, ("2020-02-03", plan), ("2020-03-02", done)) != "cancelled"


def test_another_thing_that_was_held_back_calls_no_talks_off(rules, tmp_path) -> None:
    plan = "France and Tunisia are to hold talks in Rome on Sunday."
    other = "France held back its ban on Tunisian oil so that the talks with Tunisia could go on."
    assert outcome(rules, tmp_path, ("2021-10-27", plan), ("2021-11-01", other)) != "cancelled"


def test_whoever_drops_his_days_in_the_place_drops_his_visit(rules, tmp_path) -> None:
    plan = "Ghana's foreign minister, Shirley Botchwey, is to visit Liberia on Sunday."
    off = "Shirley Botchwey has scrapped the two days that she was going to spend in Liberia."
    assert outcome(rules, tmp_path, ("2019-11-26", plan), ("2019-11-30", off)) == "cancelled"


def test_what_never_began_on_another_day_is_another_thing(rules, tmp_path) -> None:
    plan = "India's foreign minister, Vikram Misri, plans to visit Nepal on January 4."
    other = "Tuesday's talks between Nepal and India never began."
    assert outcome(rules, tmp_path, ("2025-12-18", plan), ("2025-12-24", other)) != "contradicted"
