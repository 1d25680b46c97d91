"""Which reports are heard about a plan on a desk where many name its parties."""

from __future__ import annotations

import legation
from legation.store import Desk, following
from legation.story import Story


def test_of_many_reports_those_are_heard_that_name_most_of_what_the_plan_names(
    desk: Desk, reader: legation.Reader
) -> None:
    texts = [("2020-01-06", "Chad's foreign minister, Ali Bako, will visit Kigali on Friday.")]
    texts += [(f"2020-01-{n:02}", f"Chad had {n} mm of rain.") for n in range(7, 7 + 20)]
    texts.append(("2020-01-30", "Ali Bako of Chad cut a ribbon in Kigali on January 10."))
    assert len(texts) - 2 > following.PAGES
    told = [Story(text, published=day, outlet=day, language="en") for day, text in texts]
    for one in reader.read_all(told):
        desk.add(one)
    (kept,) = desk.plans()
    by = desk.story(kept.plan.by_story)
    assert by is not None
    assert (str(kept.plan.outcome), by.story.published) == ("kept", "2020-01-30")
