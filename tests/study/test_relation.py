"""Score, level, trend and turns of invented relations whose answer is known."""

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from legation.errors import InputError
from legation.story import MODES, Type
from legation.study import relation, scores
from legation.study.acts import SCHEMA, weight
from legation.study.turning import turning_points


def made(*told: tuple[str, str], **fields: Any) -> pl.DataFrame:
    """A frame of acts from (day, type), with what else is asked for in every row."""
    rows = []
    for number, (day, kind) in enumerate(told):
        row = {
            "id": f"h{number}", "day": day, "last_day": day, "type": kind, "mode": None,
            "status": "happened", "quad": scores.quad(kind), "score": scores.score(kind),
            "weight": 1.0, "direction": "out", "actors": ["AAA"], "recipients": ["BBB"],
            "actor_names": ["A"], "recipient_names": ["B"], "independent": 1, "reports": 1,
            "confidence": 1.0, "disputed": False, "place": None, "place_country": None,
            "lat": None, "lon": None, "precision": "none", "first_published": day, "outlets": ["X"],
        }  # fmt: skip
        rows.append(row | fields)
    return pl.DataFrame(rows, schema=SCHEMA)


def day(number: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=number)).isoformat()


def test_every_type_and_mode_has_a_score_and_the_caveats_are_settled() -> None:
    rows = scores.rows()
    assert len(rows) == 16 + sum(len(modes) for modes in MODES.values())
    assert scores.score("ACCUSE") == -3.0
    assert scores.quad("SANCTION") == 4
    assert scores.score("PROTEST", "vandalize") == -4.5
    assert scores.score("CONSULT", "visit") == 4.0
    hostile = [row for row in rows if row["quad"] == 4]
    assert all(row["score"] <= -4.5 for row in hostile)
    assert {row["type"] for row in rows} == set(Type)


def test_independent_reports_and_confidence_weigh() -> None:
    assert weight(0.5, 1) == 0.5
    assert weight(1.0, 4) == 3.0
    middle, low, high = relation.mean([-9.0, 5.0], [3.0, 1.0]) or (0, 0, 0)
    assert middle == -5.5
    assert -10 <= low < middle < high <= 10


def test_more_acts_make_the_band_narrower() -> None:
    def width(number: int) -> float:
        _, low, high = relation.mean([0.0] * number, [1.0] * number) or (0, 0, 0)
        return high - low

    assert width(1) > 10 > width(4) > width(30)
    assert relation.mean([], []) is None


def test_every_period_has_a_row_and_silence_is_told_from_missing_coverage() -> None:
    acts = made((day(0), "AID"), (day(15), "ACCUSE"))
    covered = [
        {"period": day(0), "outlet": "X", "stories": 4, "originals": 2},
        {"period": day(7), "outlet": "X", "stories": 3, "originals": 3},
        {"period": day(14), "outlet": "X", "stories": 1, "originals": 1},
    ]
    weeks = relation.series(acts, "week", until=day(27), coverage=covered)
    assert weeks["state"].to_list() == ["acts", "silent", "acts", "no coverage"]
    assert weeks["rate"].to_list() == [50.0, 0.0, 100.0, None]
    assert weeks["score"].to_list() == [10.0, None, -3.0, None]
    assert weeks["material_cooperation"].to_list() == [1, 0, 0, 0]


def test_only_what_happened_is_scored_but_the_rest_is_counted() -> None:
    acts = pl.concat([made((day(0), "AID")), made((day(1), "ASSAULT"), status="negated")])
    week = relation.series(acts, "week").row(0, named=True)
    assert (week["score"], week["acts"], week["negated"]) == (10.0, 1, 1)
    assert week["material_conflict"] == 0


def test_the_level_fades_and_its_band_widens_in_silence() -> None:
    acts = made(*[(day(i), "ASSAULT") for i in range(6)], (day(90), "SUPPORT"))
    weeks = relation.series(acts, "week")
    first, quiet, last = (
        weeks.row(0, named=True),
        weeks.row(11, named=True),
        weeks.row(12, named=True),
    )
    assert [first["level"], quiet["level"]] == pytest.approx([-9.0, -9.0])
    assert quiet["level_high"] > first["level_high"]
    assert -9.0 < last["level"] < 5.0


def test_acts_before_the_shown_time_count_in_the_level() -> None:
    acts = made((day(0), "ASSAULT"), (day(30), "ASSAULT"))
    weeks = relation.series(acts, "week", since=day(14), until=day(20))
    assert weeks.height == 1
    assert weeks["level"][0] == -9.0
    assert weeks["acts"][0] == 0


def test_a_trend_needs_more_than_two_errors() -> None:
    rising = made(
        *zip(
            map(day, range(0, 80, 10)),
            "ASSAULT SANCTION PROTEST ACCUSE REQUEST CONSULT SUPPORT RETREAT".split(),
            strict=True,
        )
    )
    assert relation.trend(rising)["word"] == "improving"
    mixed = made(*[(day(i), kind) for i in range(8) for kind in ("AID", "ASSAULT")])
    assert relation.trend(mixed)["word"] == "steady"
    assert relation.trend(made((day(0), "AID")))["word"] == "unknown"


def test_a_steady_relation_has_no_volatility() -> None:
    assert relation.volatility(made(*[(day(i), "ACCUSE") for i in range(5)])) == 0.0
    jumping = made(*[(day(i), "AID" if i % 2 else "ASSAULT") for i in range(6)])
    assert (relation.volatility(jumping) or 0) > 10
    assert relation.volatility(made((day(0), "AID"))) is None


def test_a_turn_is_found_on_its_day_with_the_acts_that_made_it() -> None:
    quarrel = [(day(i * 5), kind) for i, kind in enumerate(["ACCUSE", "SANCTION", "REJECT"] * 4)]
    peace = [(day(60 + i * 5), kind) for i, kind in enumerate(["CONSULT", "SUPPORT", "AGREE"] * 4)]
    turns = turning_points(made(*quarrel, *peace))
    assert turns["day"].to_list() == [day(60)]
    turn = turns.row(0, named=True)
    assert turn["direction"] == "better"
    assert turn["shift"] > 5
    assert turn["strength"] > 1
    assert "h12" in turn["acts"]


def test_noise_alone_seldom_turns() -> None:
    dice = random.Random(4)
    kinds = ["CONSULT", "ACCUSE", "REQUEST", "SUPPORT", "REJECT", "AGREE", "PROTEST"]
    false = 0
    for _ in range(60):
        acts = made(*[(day(i * 3), dice.choice(kinds)) for i in range(60)])
        false += turning_points(acts).height > 0
    assert false <= 6


def test_one_shock_is_no_turn() -> None:
    kinds = ["CONSULT"] * 10 + ["ASSAULT"] + ["CONSULT"] * 10
    assert turning_points(made(*[(day(i), kind) for i, kind in enumerate(kinds)])).is_empty()


def test_a_relation_is_told_in_words() -> None:
    now = relation.state(made(*[(day(i), "ASSAULT") for i in range(5)]))
    assert (now["word"], now["on"], now["acts"]) == ("hostile", day(4), 5)
    assert relation.state(made())["word"] == "unknown"
    assert [relation.word(x) for x in (-3, 0, 3, 9)] == ["strained", "mixed", "cordial", "close"]


def test_counts_are_split_by_any_plain_column() -> None:
    acts = made((day(0), "AID"), (day(1), "AID"), (day(40), "ACCUSE"))
    rows = relation.counts(acts, "month").rows()
    assert rows == [("2024-01-01", "AID", 2, 2), ("2024-02-01", "ACCUSE", 1, 1)]
    with pytest.raises(InputError, match="cannot split"):
        relation.counts(acts, "month", "actors")
    with pytest.raises(InputError, match="period"):
        relation.counts(acts, "hour")
