"""How unusual is it? Counts against what a relation is used to. Pure on frames of acts.

The base rate is taken from the windows of the same length in the year before; a count is unusual
when it is over the highest of them (a level unseen in a year), over a floor, and improbable under a
Poisson law of their mean. Without a quarter of a year of coverage there is no base rate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from legation.study import periods
from legation.study.relation import dated

YEAR, LEAST_HISTORY = 365, 90  # days
RARE = 0.01  # probability under the base rate
THIN = 0.25  # share of the usual stories below which a window counts as not covered

RATES: dict[str, Any] = {
    "period": pl.String, "acts": pl.Int64, "mean": pl.Float64, "highest": pl.Int64,
    "chance": pl.Float64, "unusual": pl.Boolean,
}  # fmt: skip
"""Columns of `anomalies`: acts of the period; mean and highest of the periods of the year before;
chance of so many or more under a Poisson law of that mean; unusual as the module says."""


def anomalies(
    acts: pl.DataFrame, by: str = "week", floor: int = 3, since: str = "", until: str = ""
) -> pl.DataFrame:
    """Every period with acts that happened, against the year before it; see `RATES`."""
    known = dated(acts.filter(pl.col("status") == "happened"), by)
    counted = dict(known.group_by("period").len().iter_rows())
    rows: list[dict[str, Any]] = []
    if counted:
        first = since or min(counted)
        for period in periods.between(first, until or str(known["day"].max()), by):
            found = counted.get(period, 0)
            start = max(min(counted), periods.first(periods.shifted(period, -YEAR), by))
            before = [counted.get(p, 0) for p in periods.between(start, period, by) if p < period]
            rows.append({"period": period, "acts": found, **_against(before, found, floor)})
    return pl.DataFrame(rows, schema=RATES)


def unusual(
    days: Sequence[str], on: str, window: int = 7, floor: int = 3, since: str = ""
) -> dict[str, Any]:
    """The count of the `window` days up to `on`, against the windows of the year before.

    `days` are the days of the acts, `since` the first day of coverage. Keys: acts, mean, highest,
    chance, unusual.
    """
    start = max(periods.shifted(on, -YEAR), since or periods.shifted(on, -YEAR))
    found = _within(days, on, window)
    if periods.apart(start, on) < LEAST_HISTORY:
        return {"acts": found, "mean": None, "highest": None, "chance": None, "unusual": False}
    before = []
    end = periods.shifted(on, -window)
    while periods.shifted(end, 1 - window) >= start:
        before.append(_within(days, end, window))
        end = periods.shifted(end, -window)
    return {"acts": found, **_against(before, found, floor)}


def covered(coverage: Sequence[Mapping[str, Any]], on: str, window: int) -> bool:
    """Whether enough stories came in on the `window` days up to `on` to trust silence or counts.

    `coverage` is `Desk.coverage("day")`. Enough is `THIN` of the median of the windows of the year
    before, and at least one.
    """
    stories: dict[str, int] = {}
    for row in coverage:
        stories[row["period"]] = stories.get(row["period"], 0) + int(row["stories"])
    days = [day for day, number in stories.items() for _ in range(number)]
    now = _within(days, on, window)
    if not now or not stories:
        return False
    first = min(stories)
    before: list[int] = []
    end = periods.shifted(on, -window)
    while end >= first and len(before) * window < YEAR:
        before.append(_within(days, end, window))
        end = periods.shifted(end, -window)
    usual = sorted(before)[len(before) // 2] if before else 0
    return now >= THIN * usual


def _within(days: Sequence[str], end: str, window: int) -> int:
    start = periods.shifted(end, 1 - window)
    return sum(start <= day <= end for day in days)


def _against(before: Sequence[int], found: int, floor: int) -> dict[str, Any]:
    if not before:
        return {"mean": None, "highest": None, "chance": None, "unusual": False}
    mean, highest = sum(before) / len(before), max(before)
    chance = _tail(found, mean)
    odd = found >= floor and found > highest and chance < RARE
    return {"mean": mean, "highest": highest, "chance": chance, "unusual": odd}


def _tail(found: int, mean: float) -> float:
    """P(X >= found) of a Poisson law, its mean taken as half an act at least in so many windows."""
    rate = max(mean, 0.05)
    below = sum(math.exp(-rate + k * math.log(rate) - math.lgamma(k + 1)) for k in range(found))
    return max(0.0, 1.0 - below)
