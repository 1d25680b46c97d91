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
