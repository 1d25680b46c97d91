"""Sides of a relation: codes, groups by date, own lists, sums and differences."""

import polars as pl
import pytest

from legation.errors import InputError
from legation.study import groups
from legation.study.groups import pair, side


def test_a_group_has_the_members_of_the_day() -> None:
    nato = side("NATO")
    assert not nato.has("FIN", "2023-04-03")
    assert nato.has("FIN", "2023-04-04")
    assert len(set(nato.on("2025-01-01")) - {"NATO"}) == 32
    eu = side("EU")
    assert eu.has("GBR", "2020-01-31")
    assert not eu.has("GBR", "2020-02-01")
    assert len(set(eu.on("2024-01-01")) - {"EUU"}) == 27


def test_a_group_counts_with_its_own_organs() -> None:
    assert side("eu").has("EUU", "2024-01-01")
    assert side("ASEAN").has("ASA", "2024-01-01")


def test_terms_are_joined_from_left_to_right() -> None:
    assert not side("EU-HUN").has("HUN", "2024-01-01")
    assert side("EU-HUN+SRB").has("SRB", "2024-01-01")
    assert set(side("EU&NATO").on("2024-01-01")).isdisjoint({"AUT", "IRL", "USA", "EUU"})
    assert side("P5 & BRICS").on("2024-06-01") == ("CHN", "RUS")


def test_a_difference_leaves_the_days_outside_the_other_group() -> None:
    later = side("NATO-EU")
    assert later.has("POL", "2003-06-01")
    assert not later.has("POL", "2004-05-01")
    assert later.has("GBR", "2020-02-01")


def test_own_lists_are_groups_too() -> None:
    front = side("front+UKR", {"front": "POL LTU, LVA"})
    assert front.codes == ("LTU", "LVA", "POL", "UKR")


def test_a_pair_is_split_at_its_hyphen_or_colon() -> None:
    one, two = pair("CHN-KOR")
    assert (one.codes, two.codes) == (("CHN",), ("KOR",))
    one, two = pair("EU-HUN:USA")
    assert "HUN" not in one.codes
    assert two.codes == ("USA",)
    one, two = pair("ARAB-LEAGUE-IRN")
    assert "EGY" in one.codes
    assert two.codes == ("IRN",)


@pytest.mark.parametrize("text", ["", "CHN-", "EU-HUN-USA", "CHN", "chn-nobody special", "CHN-!"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        pair(text)


def test_a_side_without_anybody_is_refused() -> None:
    with pytest.raises(InputError, match="nobody"):
        side("HUN-EU-HUN")


def test_every_group_has_a_name() -> None:
    assert groups.names()["P5"].startswith("Permanent members")


@pytest.mark.parametrize("text", ["NATO", "EU", "EU-HUN", "CHN", "P5 & BRICS"])
def test_a_column_of_codes_counts_as_each_code_does(text: str) -> None:
    one = side(text)
    days = ["", "1990-01-01", "2004-04-30", "2004-05-01", "2020-01-31", "2020-02-01", "2024-06-01"]
    rows = [(code, day) for code in (*one.codes, "HUN", "XXX") for day in days]
    for first, last in (("1990-01-01", "2024-06-01"), ("2020-01-01", "2020-03-01")):
        some = [(code, day) for code, day in rows if not day or first <= day <= last]
        frame = pl.DataFrame(some, schema=["a", "day"], orient="row")
        found = frame.filter(one.counts("a", first, last)).rows()
        assert found == [(code, day) for code, day in some if one.has(code, day)]
