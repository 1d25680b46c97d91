"""Plans meet later reports by what these name, also where no act was read in them."""

from __future__ import annotations

import itertools

import pytest

import legation
from legation.story import Story
from tests.store.conftest import VISIT, story

NEWS = {
    "plan.txt": ("2020-01-08", "Ali Bako will visit Chad on Friday."),
    "kept.txt": ("2020-01-12", "It rained. Ali Bako went home from Chad on Saturday."),
    "other.txt": ("2020-01-12", "It rained. The harvest was poor and the river high."),
}


def news(id: str) -> Story:
    """A story of one planned visit, or of no event at all."""
    published, text = NEWS[id]
    at = text.find("visit")
    told = [VISIT] if at >= 0 else []
    spans = tuple(span for one in told for span in one.evidence if span.end <= len(text))
    events = tuple(legation.story.replace(one, evidence=spans) for one in told)
    return story(id=id, published=published, text=text, events=events, outlet=id, url=f"u:{id}")


@pytest.mark.parametrize("order", list(itertools.permutations(NEWS)))
def test_a_report_without_any_act_decides_a_plan_in_whatever_order_it_comes(
    desk: legation.store.Desk, order: tuple[str, ...]
) -> None:
    for id in order:
        desk.add(news(id))
    (kept,) = desk.plans(undated=True)
    assert (str(kept.plan.outcome), kept.by) == ("kept", None)
    assert kept.plan.by_sentence == "Ali Bako went home from Chad on Saturday."
    assert desk.story(kept.plan.by_story).story.id == "kept.txt"
