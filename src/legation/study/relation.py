"""How do two sides stand? Counts, score, level, trend and volatility over time. Pure on frames.

The score of a period is the weighted mean of the points of its acts that happened. Its band is a
90 % interval of that mean: the spread of the acts, drawn towards `SPREAD` as if `PRIOR` more acts
had it, over the root of the effective number of acts - one act says little, and the band shows it.
The level is the same mean over all acts so far, each losing half its weight in `HALF` days; where
no acts come, the level stays and its band widens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from legation.errors import InputError
from legation.study import periods
from legation.study.scores import QUADS

HALF = 45.0  # days in which an act loses half its weight in the level
SPREAD, PRIOR = 4.0, 2.0  # points and acts; SD of PLOVER points over its 16 types is 6.4
WIDE = 1.645  # standard errors on each side: 90 %
DONE = ("happened",)

SERIES: dict[str, Any] = {
    "period": pl.String, "state": pl.String, "acts": pl.Int64, "reports": pl.Int64,
    "independent": pl.Int64, "score": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "level": pl.Float64, "level_low": pl.Float64, "level_high": pl.Float64,
    "verbal_cooperation": pl.Int64, "material_cooperation": pl.Int64,
    "verbal_conflict": pl.Int64, "material_conflict": pl.Int64, "planned": pl.Int64,
    "possible": pl.Int64, "negated": pl.Int64, "stories": pl.Int64, "rate": pl.Float64,
}  # fmt: skip
"""Columns of `series`.

period                 first day; there is a row for every period, also the silent ones
state                  "acts", "silent" (stories came in, none of them on this) or "no coverage"
acts                   acts that happened; `reports`, `independent` of them
score, low, high       mean points and its band; None without acts
level, level_low, level_high    the running mean and its band; None before the first act
verbal_cooperation …   acts that happened, by PLOVER class
planned, possible, negated      acts of other status
stories                stories of the whole desk in the period (None: coverage not given)
rate                   acts per 100 stories that are no copies: corrected for attention
"""


def counts(acts: pl.DataFrame, by: str, split: str = "type") -> pl.DataFrame:
    """Acts of each period and value of a column ("type", "status", "quad", "direction", …).

    Columns: period, the split, acts, independent. Periods without acts have no row.
    """
    known = [name for name in acts.columns if acts.schema[name] != pl.List(pl.String)]
    if split not in known:
        raise InputError(f"cannot split by {split!r}; there are {', '.join(known)}")
    return (
        dated(acts, by)
        .group_by("period", split)
        .agg(pl.len().cast(pl.Int64).alias("acts"), pl.col("independent").sum())
        .sort("period", split)
    )


def dated(acts: pl.DataFrame, by: str) -> pl.DataFrame:
    """The acts that have a day, with the first day of their period in a column `period`."""
    known = acts.filter(pl.col("day").is_not_null() & (pl.col("day") != ""))
    days = {day: periods.first(day, by) for day in known["day"].unique().to_list()}
    names = [days[day] for day in known["day"].to_list()]
    return known.with_columns(pl.Series("period", names, dtype=pl.String))


def series(
    acts: pl.DataFrame,
    by: str = "week",
    since: str = "",
    until: str = "",
    coverage: Sequence[Mapping[str, Any]] | None = None,
    statuses: Iterable[str] = DONE,
) -> pl.DataFrame:
    """The relation in every period from `since` to `until`; see `SERIES`.

    `coverage` is `Desk.coverage(by, …)`. Acts of `statuses` are scored. Without `since` it begins
    with the first period of coverage (else of acts), since what is told of earlier times is
    background; acts before that still count in the level.
    """
    known = dated(acts, by)
    told, own = _coverage(coverage)
    days = sorted([*known["day"].to_list(), *told])
    if not days and not (since and until):
        return pl.DataFrame([], schema=SERIES)
    start = since or min(told, default=days[0] if days else "")
    shown = list(periods.between(start, until or days[-1], by))
    groups = _by_period(known)
    done = frozenset(statuses)
    sums = _Sums()
    for period in sorted(groups):
        if shown and period < shown[0]:
            counted = [act for act in groups[period] if act.status in done]
            sums.take(*_weighed(counted), _end(period, by))
    rows: list[dict[str, Any]] = []
    for period in shown:
        part = groups.get(period, [])
        counted = [act for act in part if act.status in done]
        sums.take(*_weighed(counted), _end(period, by))
        stories = told.get(period, 0) if coverage is not None else None
        rows.append(_row(period, part, counted, sums, stories, own.get(period, 0)))
    return pl.DataFrame(rows, schema=SERIES)


class _Act(NamedTuple):
    """What of an act is counted and weighed."""

    day: str
    status: str
    quad: int
    score: float
    weight: float
    reports: int
    independent: int


def _by_period(known: pl.DataFrame) -> dict[str, list[_Act]]:
    """The acts of each period as plain rows: a table each would cost more than all the sums."""
    found: dict[str, list[_Act]] = {}
    for period, *values in known.select("period", *_Act._fields).iter_rows():
        found.setdefault(period, []).append(_Act(*values))
    return found


def _weighed(acts: Sequence[_Act]) -> tuple[list[str], list[float], list[float]]:
    """Days, points and weights."""
    return [act.day for act in acts], [act.score for act in acts], [act.weight for act in acts]


def mean(scores: Any, weights: Any) -> tuple[float, float, float] | None:
    """Weighted mean of points and its 90 % band, cut at -10 and 10; None without weight."""
    w, x = np.asarray(weights, float), np.asarray(scores, float)
    return _band(
        float(w.sum()), float((w * x).sum()), float((w * x * x).sum()), float((w * w).sum())
    )


def trend(acts: pl.DataFrame, since: str = "", until: str = "") -> dict[str, Any]:
    """Slope of the points over time by weighted least squares, in points per 30 days.

    `word` is "improving" or "worsening" when the slope is more than two standard errors from 0,
    "steady" when it is not, and "unknown" with fewer than five acts or two days.
    """
    part = _span(acts, since, until).filter(pl.col("status") == "happened")
    if part.height < 5 or part["day"].n_unique() < 2:
        return {"slope": None, "error": None, "word": "unknown", "acts": part.height}
    start = part["day"].min()
    t = np.array([periods.apart(str(start), day) / 30.0 for day in part["day"].to_list()])
    x, w = part["score"].to_numpy(), part["weight"].to_numpy()
    t0, x0 = np.average(t, weights=w), np.average(x, weights=w)
    across = float((w * (t - t0) ** 2).sum())
    slope = float((w * (t - t0) * (x - x0)).sum()) / across
    rest = x - x0 - slope * (t - t0)
    error = float(np.sqrt((w**2 * (t - t0) ** 2 * (rest**2 + 0.25)).sum())) / across
    sure = abs(slope) > 2 * error
    word = "steady" if not sure else "improving" if slope > 0 else "worsening"
    return {"slope": slope, "error": error, "word": word, "acts": part.height}


def volatility(acts: pl.DataFrame, since: str = "", until: str = "") -> float | None:
    """Weighted root mean square of the change of daily mean points from one day with acts to the
    next, divided by the root of 2: 0 for a relation that is always the same; None under 3 days."""
    part = _span(acts, since, until).filter(pl.col("status") == "happened")
    daily = (
        part.group_by("day")
        .agg((pl.col("score") * pl.col("weight")).sum() / pl.col("weight").sum())
        .sort("day")
    )
    if daily.height < 3:
        return None
    return float(np.sqrt(np.mean(np.diff(daily["score"].to_numpy()) ** 2) / 2))


def state(acts: pl.DataFrame, on: str = "", days: int = 90) -> dict[str, Any]:
    """Where a relation stands on a day, from the `days` before it (default: that of its last act).

    Keys: on, level, low, high, word (of the level: "hostile", "strained", "mixed", "cordial",
    "close"), trend, slope, volatility, acts, last (day of the last act that happened).
    """
    known = acts.filter(pl.col("day").is_not_null() & (pl.col("day") != ""))
    done = known.filter(pl.col("status") == "happened")
    last = str(done.filter(pl.col("day") <= (on or "9999"))["day"].max() or "")
    day = on or last
    if not day:
        return dict.fromkeys(["on", "level", "low", "high", "slope", "volatility", "last"]) | {
            "word": "unknown", "trend": "unknown", "acts": 0,
        }  # fmt: skip
    since = periods.shifted(day, 1 - days)
    sums = _Sums()
    past = done.filter(pl.col("day") <= day)
    days_, scores, weights = (past[name].to_list() for name in ("day", "score", "weight"))
    sums.take(days_, scores, weights, day)
    band = sums.band()
    way = trend(known, since, day)
    return {
        "on": day, "level": band[0] if band else None, "low": band[1] if band else None,
        "high": band[2] if band else None, "word": word(band[0]) if band else "unknown",
        "trend": way["word"], "slope": way["slope"], "volatility": volatility(known, since, day),
        "acts": _span(known, since, day).height, "last": last,
    }  # fmt: skip


def word(level: float) -> str:
    """A level of -10..10 in words, cut at -5, -1.5, 1.5 and 5 points."""
    cuts = ((-5.0, "hostile"), (-1.5, "strained"), (1.5, "mixed"), (5.0, "cordial"))
    return next((name for cut, name in cuts if level < cut), "close")


class _Sums:
    """Running sums of weights, points and squares that fade with time."""

    def __init__(self) -> None:
        self.day = ""
        self.w = self.wx = self.wxx = self.ww = 0.0

    def take(
        self, days: Sequence[str], scores: Sequence[float], weights: Sequence[float], day: str
    ) -> None:
        """Fade to a day, then add acts up to it, each faded by its own age."""
        if self.day:
            f = 0.5 ** (periods.apart(self.day, day) / HALF)
            self.w, self.wx, self.wxx, self.ww = (
                self.w * f,
                self.wx * f,
                self.wxx * f,
                self.ww * f * f,
            )
        self.day = day
        ages = {one: 0.5 ** (max(0, periods.apart(one, day)) / HALF) for one in set(days)}
        w = np.array(weights, float) * np.array([ages[one] for one in days], float)
        x = np.array(scores, float)
        self.w += float(w.sum())
        self.wx += float(w @ x)
        self.wxx += float(w @ (x * x))
        self.ww += float(w @ w)

    def band(self) -> tuple[float, float, float] | None:
        """The level now with its band."""
        return _band(self.w, self.wx, self.wxx, self.ww, fading=True)


def _band(
    w: float, wx: float, wxx: float, ww: float, fading: bool = False
) -> tuple[float, float, float] | None:
    """Mean and band from sums; a fading one has no more acts to its name than weight is left."""
    if w <= 0:
        return None
    middle = wx / w
    number = w * w / ww
    if fading:
        number = min(number, w)
    spread = max(0.0, wxx / w - middle**2)
    variance = (spread * number + PRIOR * SPREAD**2) / (number + PRIOR)
    half = WIDE * float(np.sqrt(variance / max(number, 0.05)))
    return middle, max(-10.0, middle - half), min(10.0, middle + half)


def _row(
    period: str, part: Sequence[_Act], done: Sequence[_Act], sums: _Sums, stories: int | None,
    own: int,
) -> dict[str, Any]:  # fmt: skip
    now = mean([act.score for act in done], [act.weight for act in done]) if done else None
    level = sums.band()
    happened = Counter(act.quad for act in part if act.status == "happened")
    told = Counter(act.status for act in part)
    quads = {name.replace(" ", "_"): happened[number] for number, name in QUADS.items()}
    named = ("score", "low", "high")
    return {
        "period": period, "acts": len(done), "reports": sum(act.reports for act in done),
        "independent": sum(act.independent for act in done),
        "state": "acts" if part else "no coverage" if stories == 0 else "silent",
        "stories": stories, "rate": 100.0 * len(done) / own if own else None,
        **dict(zip(named, now or (None,) * 3, strict=True)),
        **dict(zip(("level", "level_low", "level_high"), level or (None,) * 3, strict=True)),
        **quads, **{name: told[name] for name in ("planned", "possible", "negated")},
    }  # fmt: skip


def _coverage(
    rows: Sequence[Mapping[str, Any]] | None,
) -> tuple[dict[str, int], dict[str, int]]:
    """Stories, and originals among them, of each period."""
    stories: dict[str, int] = {}
    own: dict[str, int] = {}
    for row in rows or ():
        stories[row["period"]] = stories.get(row["period"], 0) + int(row["stories"])
        own[row["period"]] = own.get(row["period"], 0) + int(row["originals"])
    return stories, own


def _end(period: str, by: str) -> str:
    return periods.shifted(periods.following(period, by), -1)


def _span(acts: pl.DataFrame, since: str, until: str) -> pl.DataFrame:
    part = acts.filter(pl.col("day").is_not_null() & (pl.col("day") != ""))
    if since:
        part = part.filter(pl.col("day") >= since)
    return part.filter(pl.col("day") <= until) if until else part
