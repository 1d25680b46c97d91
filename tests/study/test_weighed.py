"""The short frame that levels are reckoned from says the same as the long one of all acts."""

import pytest
from polars.testing import assert_frame_equal

from legation.errors import InputError
from legation.store import Desk
from legation.study import groups, relation
from legation.study.acts import WEIGHED, acts, weighed
from legation.study.turning import turning_points

DAYS = (
    {}, {"since": "2024-01-15"}, {"until": "2024-03-20"},
    {"since": "2024-02-01", "until": "2024-05-29"}, {"as_of": "2024-03-20"},
    {"since": "2024-01-15", "as_of": "2024-05-28"}, {"as_of": "2019-01-01"},
)  # fmt: skip


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("pair", ["GUY-SUR", "CARICOM-BRA", "CARICOM-CARICOM", "MERCOSUR-SUR"])
def test_it_has_the_same_acts_in_the_same_order(
    demo: Desk, pair: str, days: dict[str, str]
) -> None:
    whole = acts(demo, pair, **days).select(WEIGHED)
    short = weighed(demo, pair, **days)
    assert short.schema == whole.schema
    assert short.to_dicts() == whole.to_dicts()
    # sums of the same numbers may differ in their last digit by how they lie in memory
    assert relation.state(short) == {
        key: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
        for key, value in relation.state(whole).items()
    }
    assert_frame_equal(turning_points(short), turning_points(whole), rel_tol=1e-12)


def test_the_main_pair_has_acts_then_and_now(demo: Desk) -> None:
    assert weighed(demo, "GUY-SUR").height > weighed(demo, "GUY-SUR", as_of="2024-03-20").height > 5


def test_a_wide_side_is_asked_in_few_ranges_and_finds_the_same(demo: Desk) -> None:
    wide = groups.spelled("CARICOM-G20")
    assert len(wide.split("+")) > 30
    one, _, two = wide.partition("-")
    pairs = [f"{a}-{b}" for a in one.split("+") for b in two.split("+")]
    events = {kept.id for pair in pairs for kept in demo.events(pair=pair)}
    assert events
    found = demo.events(pair=wide)
    assert [kept.id for kept in found] == [kept.id for kept in found.page(500).items]
    assert {kept.id for kept in found} == events
    assert found.count() == len(events)
    asked = {"actor": one.replace("+", ","), "recipient": two.replace("+", ",")}
    directed = [kept.id for kept in demo.events(**asked)]
    assert len(directed) == len(set(directed))
    assert set(directed) <= events
    assert sum(number for _, _, number in demo.tally("year", pair=wide)) == len(events)


def test_small_pages_of_wide_sides_tell_each_act_once(demo: Desk) -> None:
    """An act between several codes of a side stands in several ranges of its index."""
    found = demo.events(pair=groups.spelled("CARICOM+GUY+SUR+BRA+VEN-CARICOM+GUY+SUR+BRA+VEN"))
    part = found.page(2)
    walked = [kept.id for kept in part.items]
    while part.next:
        assert len(part.items) == 2
        part = found.page(2, part.next)
        walked += [kept.id for kept in part.items]
    assert walked == [kept.id for kept in found.page(500).items]
    assert len(walked) == len(set(walked)) == found.count() > 10


def test_a_pair_of_nobody_is_told(demo: Desk) -> None:
    with pytest.raises(InputError):
        weighed(demo, "GUY")
