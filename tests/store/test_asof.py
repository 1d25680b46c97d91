"""What was known on a day: of a desk that was there, and of an archive that was loaded later."""

from __future__ import annotations

import pytest

from legation.store import Desk, between, clock
from legation.story import Date
from tests.store.conftest import event
from tests.store.test_happenings import report

PLANNED = event(
    type="CONSULT", mode="visit", status="planned",
    date=Date("2020-01-20", "2020-01-20", "", "text"),
)  # fmt: skip
STORIES = (
    report(1, published="2020-01-08"),
    report(
        2, published="2020-01-10", events=(PLANNED,),
        text="A French minister will visit Mali on January 20.",
    ),
    report(3, published="2020-01-12", events=(event(status="negated"),)),
    report(4, published="2020-01-13", events=(event(status="negated"),)),
    report(
        5, published="2020-01-21",
        events=(event(type="CONSULT", mode="visit", date=PLANNED.date),),
        text="A French minister visited Mali on Monday.",
    ),
)  # fmt: skip


@pytest.fixture(params=["on the day", "later"])
def filled(request: pytest.FixtureRequest, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A visit that was planned and kept, an act that was told and then denied by two."""
    for story in STORIES:
        if request.param == "on the day":
            moment = f"{story.published}T12:00:00.000Z"
            monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        desk.add(story)
    return desk


def test_a_status_that_denials_changed_is_the_old_one_before_them(filled: Desk) -> None:
    def told(day: str) -> list[tuple[str, bool, int]]:
        asked = filled.happenings(type="ACCUSE", as_of=day)
        return [(k.happening.status, k.happening.disputed, k.happening.independent) for k in asked]

    assert told("2020-01-07") == []
    assert told("2020-01-09") == [("happened", False, 1)]
    assert told("2020-01-12") == [("happened", True, 2)]
    assert told("2020-01-14") == [("negated", True, 3)]
    assert filled.happenings(status="negated", as_of="2020-01-09").count() == 0
    assert filled.happenings(status="happened", as_of="2020-01-09").count() == 1


def test_a_plan_was_open_until_it_was_kept(filled: Desk) -> None:
    def outcomes(day: str) -> list[str]:
        return [str(kept.plan.outcome) for kept in filled.plans(as_of=day)]

    assert outcomes("2020-01-09") == []
    assert outcomes("2020-01-15") == ["open"]
    assert outcomes("2020-01-21") == ["kept"]
    (was,) = filled.plans(as_of="2020-01-15")
    assert was.by is None


def test_what_became_of_plans_is_told_as_it_was_known(filled: Desk) -> None:
    (plan,) = filled.decided("2020-01-20", as_of="2020-01-25")
    assert (plan.plan.outcome, plan.by and plan.by.published) == ("kept", "2020-01-21")
    assert filled.decided("2020-01-01", as_of="2020-01-20") == ()
    assert filled.decided("2020-01-22", as_of="2020-01-25") == ()


def test_several_happenings_come_at_once_and_in_order(filled: Desk) -> None:
    ids = [kept.id for kept in filled.happenings()]
    for day in ("", "2020-01-12"):
        one_by_one = [kept for id in reversed(ids) if (kept := filled.happening(id, day))]
        assert filled.happenings_of([*reversed(ids), "unknown"], day) == one_by_one
    assert filled.plans(outcome="kept", as_of="2020-01-15").count() == 0


def test_one_happening_is_shown_as_it_stood(filled: Desk) -> None:
    (now,) = filled.happenings(type="ACCUSE")
    was = filled.happening(now.id, as_of="2020-01-12")
    assert was is not None
    assert len(was.happening.reports) == 2
    assert filled.events(happening=now.id, as_of="2020-01-12").count() == 2
    assert filled.happening(now.id, as_of="2020-01-01") is None


def test_today_is_what_stands_now(filled: Desk) -> None:
    then, now = filled.happenings(as_of="2100-01-01"), filled.happenings()
    assert [kept.happening for kept in then] == [kept.happening for kept in now]


def test_pages_as_of_a_day_hold_each_happening_once(filled: Desk) -> None:
    whole = [kept.id for kept in filled.happenings(as_of="2020-01-21")]
    found, cursor = [], ""
    while True:
        page = filled.happenings(as_of="2020-01-21").page(1, cursor)
        found += [kept.id for kept in page.items]
        cursor = page.next
        if not cursor:
            break
    assert found == whole


@pytest.mark.parametrize(
    "day", ["2020-01-07", "2020-01-09", "2020-01-12", "2020-01-15", "2020-01-30"]
)
@pytest.mark.parametrize("since", ["", "2020-01-10"])
def test_dealings_of_two_sides_are_those_of_the_happenings_of_that_day(
    filled: Desk, day: str, since: str
) -> None:
    """Also after a correction of an event, whose first version counted until then."""
    if clock.now().startswith("2020"):
        first = filled.events(type="ACCUSE", order="oldest").first()
        assert first is not None
        filled.review("event", first.id, "correct", {"status": "planned"})
    asked = {"since": since} if since else {}
    wanted = {
        (kept.id, kept.happening.status, kept.happening.independent, kept.happening.confidence)
        for kept in filled.happenings(pair="FRA-MLI", as_of=day, **asked)
    }
    found = between.dealings(filled.database, ("FRA",), ("MLI",), since, "", day)
    rows = [between.Dealing(*row) for row in found]  # type: ignore[arg-type]
    assert {(row.id, row.status, row.independent, row.confidence) for row in rows} == wanted
    assert bool(wanted) == (day > (since or "2020-01-07"))
