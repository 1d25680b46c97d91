"""Only a report of a plan's own affair may decide it, however many others name its parties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import legation
from legation import reconcile
from legation.errors import KnowledgeError
from legation.parse.sequel import SILENT
from legation.reconcile.affair import (
    AKIN,
    FEWEST,
    akin,
    cosine,
    likeness,
    needed,
    passage,
    rarity,
)
from legation.reconcile.pages import Page, page
from legation.reconcile.telling import Telling
from legation.store import following
from legation.story import Date, Plan, Sequel, Story
from tests.reconcile.test_reconcile import day, tell

SAID = "Chile will return 120 fossils to Argentina on May 5, its culture ministry said."
DUE = day("2014-05-05")
FROM = "The bones of a young dinosaur left Neuquen for a museum in Santiago in 1998."
PLAN = tell("p", SAID, "2014-04-20", "will return", status="planned", date=day("2014-05-05"))
FREIGHT = "Ships waited for nine hours at the port of Rosario, an exporter said."
CUP = "Chile beat Argentina on penalties in the final, watched by two presidents."
BEEF = "Argentina sold beef worth 40 million dollars to Germany and Italy in April."
PRICES = "Rice and corn cost more in Peru, Argentina, Mexico, Ghana, Kenya, Japan and Norway."
CRATES = "Crates of fossils were unloaded in Neuquen on Monday; Chile had kept its word."


def report(*texts: str, title: str = "", published: str = "2014-05-06") -> Page:
    return page("s-x", "s-x", published, " ".join(texts), title)


OWN = page("s-p", "s-p", "2014-04-20", f"{SAID} {FROM}", "Bones to go home")


@pytest.mark.parametrize("texts", [(CRATES,), ("The dinosaur is back in Neuquen.",)])
def test_a_report_with_words_of_the_matter_is_of_the_affair(texts: tuple[str, ...]) -> None:
    assert akin(PLAN, OWN, report(*texts), DUE)


@pytest.mark.parametrize("texts", [("It rained for a week.",), ("Peru sold coal to Japan.",)])
def test_a_report_that_shares_no_state_and_no_matter_is_not(texts: tuple[str, ...]) -> None:
    assert not akin(PLAN, OWN, report(*texts), DUE)


def test_the_matter_makes_a_report_likelier_than_the_states_alone() -> None:
    assert likeness(PLAN, OWN, report(CRATES)) > likeness(PLAN, OWN, report(CUP)) + 0.1


def test_what_a_long_report_tells_besides_does_not_hide_its_passage() -> None:
    around = [f"{name} sold {n} cows to a farm in Ohio." for n, name in enumerate(("Ann", "Bob"))]
    long = report(*(around * 8), CRATES, *(around * 8))
    assert likeness(PLAN, OWN, long) > AKIN.soon


def test_the_headline_stands_over_every_passage() -> None:
    assert likeness(PLAN, OWN, report("It is done.", title="Fossils home from Chile")) > AKIN.soon


def test_rare_words_and_states_bind_more_than_common_ones() -> None:
    own = passage("The president said on Monday that the fossils of Chile were safe.")
    rare, state, common = (passage(f"{word} xyzzy") for word in ("fossils", "Chile", "president"))
    assert cosine(own, rare) > cosine(own, common)
    assert cosine(own, state) > cosine(own, common)
    assert cosine(own, own) == pytest.approx(1.0)
    assert cosine(own, passage("")) == 0.0


def test_the_shipped_counts_are_of_stems_and_codes() -> None:
    reports, counts = rarity()
    assert min(counts.values()) >= FEWEST
    assert max(counts.values()) < reports
    assert counts["USA"] > counts["CHL"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("reports\t10\nword\tmany\n", 2, "not a new word"),
        ("reports\t10\nword\t3\nword\t4\n", 3, "not a new word"),
        ("word\t3\nreports\t10\n", 1, "number of reports"),
    ],
)
def test_a_slip_in_the_counts_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "rarity.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=reason) as slip:
        rarity(path)
    assert slip.value.line == line


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The passages about which the network was asked."""
    heard: list[tuple[str, ...]] = []

    def ask(*given: tuple[str, ...]) -> list[Sequel]:
        heard.append(given[3])
        return [SILENT] * len(given[3])

    monkeypatch.setattr(following, "_ask", ask)
    return heard


def test_unrelated_news_of_the_same_state_is_not_asked_about(
    reader: legation.Reader, tmp_path: Path, asked: list[tuple[str, ...]]
) -> None:
    told = [
        Story(f"{SAID} {FROM}", id="p", published="2014-04-20", outlet="A", language="en"),
        Story(f"{BEEF} {FREIGHT}", id="c", published="2014-05-06", outlet="B", language="en"),
        Story(CRATES, id="k", published="2014-05-07", outlet="C", language="en"),
    ]
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all(told))
    assert asked == [(CRATES,)]


def test_unrelated_news_makes_no_plan_be_followed_again(
    reader: legation.Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[str] = []
    real = reconcile.follow

    def follow(plan: Telling, *rest: Any) -> Plan:
        followed.append(plan.sentence)
        return real(plan, *rest)

    monkeypatch.setattr(reconcile, "follow", follow)
    told = [
        Story(f"{SAID} {FROM}", id="p", published="2014-04-20", outlet="A", language="en"),
        Story(f"{PRICES} {FREIGHT}", id="c", published="2014-07-06", outlet="B", language="en"),
        Story(CRATES, id="k", published="2014-07-07", outlet="C", language="en"),
    ]
    with legation.open(str(tmp_path / "desk.db")) as desk:
        times = []
        for story in reader.read_all(told):
            desk.add(story)
            times.append(followed.count(SAID))
    assert times == [1, 1, 2]


def test_a_report_is_told_apart_by_its_likest_passage_and_no_other() -> None:
    around = [f"{name} sold {n} cows to a farm in Ohio." for n, name in enumerate(("Ann", "Bob"))]
    for texts in ((CUP,), (CRATES,), (BEEF, FREIGHT), (*around * 8, CRATES), ("It rained.",)):
        later = report(*texts)
        like = likeness(PLAN, OWN, later)
        assert akin(PLAN, OWN, later, DUE) == (like if like >= AKIN.soon else 0.0)


@pytest.mark.parametrize(
    ("published", "soon"),
    [
        ("2014-05-11", True),  # as the plan was told three weeks before
        ("2014-05-12", False),
        ("2014-08-10", False),
        ("2014-08-11", True),  # as it is due three weeks later
        ("2014-09-23", True),
        ("2014-09-24", False),
        ("", False),
    ],
)
def test_what_comes_near_the_telling_or_the_days_planned_needs_less_in_common(
    published: str, soon: bool
) -> None:
    due = Date("2014-09-01", "2014-09-02", "in the first days of September")
    limit = needed(AKIN, PLAN, report(CUP, published=published), due)
    assert limit == (AKIN.soon if soon else AKIN.other)


def test_a_whole_season_says_nothing_of_when_a_plan_is_due() -> None:
    season = Date("2014-06-01", "2014-08-31", "this summer")
    assert needed(AKIN, PLAN, report(CUP, published="2014-07-15"), season) == AKIN.other


def test_the_same_report_is_of_the_affair_in_the_weeks_after_and_not_half_a_year_later() -> None:
    soon, late = report(PRICES, FREIGHT), report(PRICES, FREIGHT, published="2014-11-20")
    assert AKIN.soon <= likeness(PLAN, OWN, soon) < AKIN.other
    assert akin(PLAN, OWN, soon, DUE)
    assert not akin(PLAN, OWN, late, DUE)


def test_a_plan_meets_the_next_report_by_a_rare_name_of_its_own(
    reader: legation.Reader, tmp_path: Path
) -> None:
    told = [
        Story(
            "The islanders' leader, Joro Maelua, shook hands with the bishop on Saturday. The"
            " rebels will hand over their rifles on Friday.",
            id="p", published="2011-04-03", outlet="A", language="en",
        ),
        Story(
            "The men of Joro Maelua handed over ninety rifles on Friday and were given shirts.",
            id="k", published="2011-04-09", outlet="B", language="en",
        ),
    ]  # fmt: skip
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all(told))
        assert [kept.plan.outcome for kept in desk.plans(undated=True)] == ["kept"]


def test_only_a_plan_with_few_names_is_met_by_others_of_its_report_and_by_rare_ones() -> None:
    few = tell("p", "They will return the fossils.", actors=(), recipients=(), place=None)
    own = page("s-p", "s-p", "2014-04-20", "Joro Maelua thanked Putin.")
    assert reconcile.plan_keys(few, own) == ["@joro", "@maelua"]
    assert "@maelua" not in reconcile.plan_keys(PLAN, own)
