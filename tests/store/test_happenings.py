"""A desk gathers events into happenings as stories come in, in whatever order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import legation
from legation import reconcile
from legation.reconcile import Telling, cluster
from legation.store import Desk, grouping
from legation.story import Date, Story
from tests.store.conftest import event, story


@pytest.fixture(autouse=True)
def _true_copies(desk: Desk) -> Iterator[None]:
    """Whatever was merged, parted, read anew or reviewed: indices hold what the rows say."""
    yield
    assert desk.check() == []


def report(number: int, **changes: object) -> Story:
    """France condemns Mali again, in other words and of another outlet."""
    words = " ".join(f"{chr(97 + number)}{i}" for i in range(40))
    text = f"France condemned the raid on Mali. {words}"
    values = {
        "text": text,
        "outlet": f"Outlet {number}",
        "events": (event(),),
        "published": "2020-01-08",
    }
    return story(id=f"r{number}", **{**values, **changes})


def partition(desk: Desk) -> set[frozenset[str]]:
    return {frozenset(kept.happening.events) for kept in desk.happenings()}


def test_reports_of_one_act_are_one_happening(desk: Desk) -> None:
    for number in range(3):
        desk.add(report(number))
    (kept,) = desk.happenings(pair="FRA-MLI")
    assert (len(kept.happening.reports), kept.happening.independent) == (3, 3)
    assert desk.events(happening=kept.id).count() == 3
    assert desk.happening(kept.id) == kept


def test_a_copy_is_linked_and_is_no_independent_report(desk: Desk) -> None:
    first = report(1)
    desk.add(first)
    copy = replace(first, outlet="Copyist", text=first.text + " (Agency)", published="2020-01-09")
    id = desk.add(copy).id
    kept = desk.story(id)
    assert kept is not None
    assert kept.copy_of == desk.story_id(first)
    (act,) = desk.happenings()
    assert (len(act.happening.reports), act.happening.independent) == (2, 1)
    assert desk.stories(copies=False).count() == 1


def test_an_earlier_original_that_comes_late_becomes_the_original(desk: Desk) -> None:
    late = report(1, published="2020-01-09")
    early = replace(late, outlet="Agency", published="2020-01-08")
    desk.add(late)
    desk.add(early)
    kept = desk.story(desk.story_id(late))
    assert kept is not None
    assert kept.copy_of == desk.story_id(early)


def test_any_order_gives_the_same_happenings(tmp_path: Path) -> None:
    batch = [
        *(report(n) for n in range(4)),
        *(report(n, events=(event(date=Date("2020-01-05", "2020-01-05", "", "text")),))
          for n in range(4, 7)),
        report(7, events=(event(date=Date("2020-01-01", "2020-01-31", "", "text")),)),
        report(8, events=(event(status="negated"), event(status="planned"))),
        replace(report(1), outlet="Copyist", published="2020-01-07"),
    ]  # fmt: skip
    chance = random.Random(5)
    found = []
    for turn in range(5):
        with legation.open(tmp_path / f"{turn}.db") as desk:
            chance.shuffle(batch)
            size = chance.choice([1, 3, 10])
            for start in range(0, len(batch), size):
                desk.add_all(batch[start : start + size])
            counts = {h.happening.events: h.happening.independent for h in desk.happenings()}
            found.append((partition(desk), counts))
    assert all(item == found[0] for item in found)


def test_a_plan_is_kept_by_a_later_report(desk: Desk) -> None:
    visit = event(
        type="CONSULT", mode="visit", status="planned",
        date=Date("2020-02-03", "2020-02-03", "on Monday", "text"),
    )  # fmt: skip
    desk.add(report(1, events=(visit,), text="A French minister will visit Mali on Monday."))
    (plan,) = desk.plans()
    assert plan.plan.outcome == "open"
    done, told = replace(visit, status="happened"), "A French minister visited Mali on Monday."
    id = desk.add(report(2, events=(done,), published="2020-02-04", text=told)).id
    (plan,) = desk.plans(pair="FRA-MLI")
    assert (plan.plan.outcome, plan.plan.by_story) == ("kept", id)
    assert plan.by is not None
    assert plan.event.happening != plan.by.happening, "a plan and its deed are two happenings"


def test_silence_makes_a_plan_lapse_only_while_others_report(desk: Desk) -> None:
    visit = event(status="planned", date=Date("2020-01-10", "2020-01-10", "", "text"))
    desk.add(report(1, events=(visit,)))
    assert desk.plans(outcome="open").count() == 1
    desk.add(report(2, events=(), published="2020-03-01", text="It rained in Peru all week."))
    assert desk.plans(outcome="open").count() == 0
    assert [plan.plan.outcome for plan in desk.plans(outcome="lapsed")] == ["lapsed"]


def test_what_the_desk_knew_then(desk: Desk) -> None:
    desk.add(report(1))
    (kept,) = desk.happenings()
    assert desk.events(happening=kept.id, as_of="2100-01-01").count() == 1
    assert desk.events(happening=kept.id, as_of="2000-01-01").count() == 0


def test_a_crowd_beyond_the_most_is_weighed_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more events hang together than one walk takes, those left over begin no walk through
    all of them again: each event of a transaction looks around itself once."""
    monkeypatch.setattr(grouping, "MOST", 6)
    looked: Counter[str] = Counter()
    weighed: list[int] = []

    def neighbours(one: Telling, others: list[Telling]) -> list[tuple[Telling, float]]:
        looked[one.id] += 1
        return cluster.neighbours(one, others)

    def clusters(
        tellings: Iterable[Telling], *said: Iterable[frozenset[str]]
    ) -> list[tuple[str, ...]]:
        group = list(tellings)
        weighed.append(len(group))
        return cluster.clusters(group, *said)

    monkeypatch.setattr(reconcile, "neighbours", neighbours)
    monkeypatch.setattr(reconcile, "clusters", clusters)
    days = [f"2020-01-{day:02}" for day in range(1, 25)]
    desk.add_all(
        report(number, events=(event(date=Date(day, day, "", "text")),))
        for number, day in enumerate(days)
    )
    assert len(looked) == len(days)
    assert set(looked.values()) == {1}, "some walked through the crowd again"
    assert sum(size * size for size in weighed) <= 4 * 6 * len(days)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_look_back_without_a_day_meets_its_act_in_either_order(
    turn: int, desk: Desk, reader: legation.Reader
) -> None:
    texts = [
        ("2020-03-07", "Gunmen killed twelve farmers at a market in Gao, Mali, on Friday."),
        ("2020-04-10", "The minister spoke of the twelve farmers whom gunmen had killed in Gao."),
    ]
    told = [Story(text, published=day, outlet=day, language="en") for day, text in texts]
    for one in list(reader.read_all(told))[::turn]:
        desk.add(one)
    (kept,) = desk.happenings(type="ASSAULT")
    assert len(kept.happening.reports) == 2
