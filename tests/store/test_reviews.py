"""A person's word stays, whatever is read later; newer readings bring old stories up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from legation.errors import InputError
from legation.store import Desk
from tests.store.conftest import BAKO, TCD, VISIT, event, story
from tests.store.test_happenings import report


@pytest.fixture(autouse=True)
def _true_copies(desk: Desk) -> Iterator[None]:
    """Whatever was merged, parted, read anew or reviewed: indices hold what the rows say."""
    yield
    assert desk.check() == []


def only(desk: Desk, **asked: object) -> str:
    kept = desk.events(**asked).first()
    assert kept is not None
    return kept.id


def reread(desk: Desk, *events: object, version: str = "2") -> dict[str, int]:
    batch = [
        (kept, replace(kept.story, events=events, version=version)) for kept in desk.stale(version)
    ]
    return dict(desk.reread(batch))  # type: ignore[arg-type]


def test_a_correction_is_a_new_version_and_the_old_one_is_kept(desk: Desk) -> None:
    desk.add(story())
    id = only(desk, type="CONSULT")
    desk.review("event", id, "correct", {"type": "AGREE", "date": "2020-01-11"}, "ann")
    first, second = desk.versions(id)
    assert (first.event.type, second.event.type) == ("CONSULT", "AGREE")
    assert first.superseded == second.coded
    assert (second.event.mode, second.reviewed, second.day) == (None, True, "2020-01-11")
    assert dict(second.event.why)["type"] == "a person"
    assert desk.events(pair="NER-TCD", type="CONSULT").count() == 0
    assert second.sentence == first.sentence


def test_a_rejected_event_counts_no_more_and_does_not_come_back(desk: Desk) -> None:
    desk.add(story())
    id = only(desk, type="CONSULT")
    desk.review("event", id, "reject")
    assert desk.events().count() == 1
    assert desk.happenings().count() == 1
    reread(desk, event(), VISIT)
    assert desk.event(id) is None


def test_no_rereading_overwrites_a_review(desk: Desk) -> None:
    desk.add(story())
    id = only(desk, type="CONSULT")
    desk.review("event", id, "correct", {"status": "happened"})
    tally = reread(desk, event(confidence=0.9), replace(VISIT, status="negated"))
    assert (tally["reviewed"], tally["changed confidence"]) == (1, 1)
    kept = desk.event(id)
    assert kept is not None
    assert kept.event.status == "happened"


def test_a_rereading_keeps_what_is_the_same_and_versions_what_is_not(desk: Desk) -> None:
    desk.add(story())
    before = only(desk, type="CONSULT")
    happening = desk.event(before).happening  # type: ignore[union-attr]
    tally = reread(desk, event(), replace(VISIT, actors=(TCD,), recipients=(BAKO,)))
    assert (tally["same"], tally["changed"], tally["changed actors"]) == (1, 1, 1)
    kept = desk.event(before)
    assert kept is not None
    assert (kept.version, kept.happening) == ("2", happening), "the happening keeps its id"
    assert list(desk.stale("2")) == []
    tally = reread(desk, event(), version="3")
    assert tally["gone"] == 1
    assert desk.events(story="a.txt").count() == 1
    assert desk.happenings().count() == 1


def test_two_acts_are_joined_and_parted_by_a_person(desk: Desk) -> None:
    desk.add(report(1))
    desk.add(report(2))
    (one,) = desk.happenings()
    a, b = one.happening.events
    new = desk.split(one.id, [b], "ann", "another raid")
    assert desk.happenings().count() == 2
    assert new != one.id
    desk.add(report(3))
    assert desk.happenings().count() == 2, "a third report does not undo it"
    back = desk.merge(one.id, new)
    assert back == one.id
    assert desk.happenings().count() == 1
    assert desk.happening(new) == desk.happening(one.id), "the old id leads to the one that stays"
    assert [row["what"] for row in desk.history(new)] == ["split-from", "merged-into"]
    assert a != b


def test_a_review_can_be_undone(desk: Desk) -> None:
    desk.add(story())
    id = only(desk, type="CONSULT")
    made = desk.review("event", id, "reject")
    desk.undo(made.n)
    kept = desk.event(id)
    assert kept is not None
    assert (kept.event.type, kept.reviewed) == ("CONSULT", False)
    with pytest.raises(InputError, match="no review"):
        desk.undo(made.n)


def test_a_copy_that_is_none_is_parted(desk: Desk) -> None:
    first = report(1)
    desk.add(first)
    id = desk.add(replace(first, outlet="Copyist", published="2020-01-09")).id
    assert desk.stories(copies=False).count() == 1
    made = desk.review("story", id, "no-copy")
    assert desk.stories(copies=False).count() == 2
    assert [kept.happening.independent for kept in desk.happenings()] == [2]
    desk.undo(made.n)
    assert [kept.happening.independent for kept in desk.happenings()] == [1]


@pytest.mark.parametrize(
    ("verdict", "changes"),
    [("dance", {}), ("correct", {}), ("correct", {"colour": 1}), ("correct", {"type": "DANCE"}),
     ("correct", {"mode": "visit", "type": "AID"}), ("correct", {"date": "soon"}),
     ("correct", {"actors": [{"colour": "red"}]}), ("same", {"with": "e0"})],
)  # fmt: skip
def test_a_wrong_verdict_is_told_and_changes_nothing(
    desk: Desk, verdict: str, changes: dict[str, object]
) -> None:
    desk.add(story())
    with pytest.raises(InputError):
        desk.review("event", only(desk, type="CONSULT"), verdict, changes)
    assert desk.reviews() == []
    assert desk.events().count() == 2
