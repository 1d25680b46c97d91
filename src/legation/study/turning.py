"""When did a relation turn? The days between which its points changed for good.

Method: the days with acts are cut into stretches of one mean each so that weighted squared errors
plus a penalty for each cut are least (optimal partitioning, Jackson et al. 2005, the exact form of
PELT). Errors are measured in the spread of daily changes, which a lasting turn hardly touches; the
penalty is `PENALTY` x ln(days with acts). A cut stands only if the means beside it differ by
`SHIFT` points, with at least `LEAST` acts on both sides.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

PENALTY = 3.0  # 2 is BIC for a mean and a place; 3 keeps false turns of pure noise under 5 %
SHIFT = 2.0  # points
LEAST = 3  # acts
FLOOR = 2.0  # points: no relation is taken to be steadier than the scale is fine
MOST = 2000  # days; longer relations are cut on means of several days
BLOCK = 64  # ends of stretches that are reckoned at once

COLUMNS: dict[str, Any] = {
    "day": pl.String, "before_day": pl.String, "before": pl.Float64, "after": pl.Float64,
    "shift": pl.Float64, "strength": pl.Float64, "acts_before": pl.Int64, "acts_after": pl.Int64,
    "direction": pl.String, "acts": pl.List(pl.String),
}  # fmt: skip
"""Columns of `turning_points`.

day, before_day  first day with acts of the new stretch; last one of the old: the turn lies between
before, after    mean points of the stretches; `shift` is their difference
strength         how much less error the cut leaves, in penalties: over 1, the larger the surer
acts_before …    acts in the two stretches
direction        "better" or "worse"
acts             ids of the acts on the days at the turn that point its way, farthest first
"""


def turning_points(acts: pl.DataFrame, penalty: float = PENALTY) -> pl.DataFrame:
    """The turns of a relation in order of time, from its acts that happened; see `COLUMNS`."""
    done = acts.filter(
        (pl.col("status") == "happened") & pl.col("day").is_not_null() & (pl.col("day") != "")
    )
    daily = (
        done.group_by("day")
        .agg(
            ((pl.col("score") * pl.col("weight")).sum() / pl.col("weight").sum()).alias("mean"),
            pl.col("weight").sum(), pl.len().alias("acts"),
        )
        .sort("day")
    )  # fmt: skip
    if daily.height < 2 or done.height < 2 * LEAST:
        return pl.DataFrame([], schema=COLUMNS)
    days = daily["day"].to_list()
    x, w = daily["mean"].to_numpy(), daily["weight"].to_numpy().astype(float)
    w = w / w.mean()
    number = daily["acts"].to_numpy()
    noise = _noise(x)
    cuts = _cuts(x, w, number, penalty * np.log(len(days)) * noise**2)
    rows = _rows(done, days, x, w, number, cuts, penalty * np.log(len(days)) * noise**2)
    return pl.DataFrame(rows, schema=COLUMNS)


def _noise(x: Any) -> float:
    """Spread of the points around their mean, from changes from day to day."""
    return max(FLOOR, float(np.sqrt(np.mean(np.diff(x) ** 2) / 2)) if len(x) < 8 else _robust(x))


def _robust(x: Any) -> float:
    """As 1.48 median absolute changes over the root of 2: single shocks don't count."""
    return max(FLOOR, 1.4826 * float(np.median(np.abs(np.diff(x)))) / 2**0.5)


def _cuts(x: Any, w: Any, number: Any, cost: float) -> list[int]:
    """Starts of all stretches but the first, with the least penalised error; O(n²) in numpy."""
    step = -(-len(x) // MOST)
    edges = np.arange(0, len(x), step)
    sums = [np.concatenate([[0.0], np.cumsum(part)]) for part in (w, w * x, w * x * x, number)]
    at = np.append(edges, len(x))
    s, sx, sxx, count = (total[at] for total in sums)
    best = np.full(len(at), np.inf)
    best[0] = -cost
    came = np.zeros(len(at), int)
    for low in range(1, len(at), BLOCK):  # many ends at a time: numpy is slow at small arrays
        ends = np.arange(low, min(low + BLOCK, len(at)))[:, None]
        starts = np.arange(ends[-1, 0])[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            error = sxx[ends] - sxx[starts] - (sx[ends] - sx[starts]) ** 2 / (s[ends] - s[starts])
        error[(count[ends] - count[starts] < LEAST) | (starts >= ends)] = np.inf
        for end, errors in zip(ends[:, 0], error, strict=True):
            total = best[: len(errors)] + errors
            came[end] = int(np.argmin(total))
            best[end] = total[came[end]] + cost
    if not np.isfinite(best[-1]):
        return []
    found, end = [], len(at) - 1
    while end > 0:
        end = int(came[end])
        if end:
            found.append(int(at[end]))
    return found[::-1]


def _rows(
    done: pl.DataFrame, days: list[str], x: Any, w: Any, number: Any, cuts: list[int], cost: float
) -> list[dict[str, Any]]:
    """The cuts that stand; one that does not is dropped and its stretches are joined."""
    kept = list(cuts)
    while kept:
        edges = [0, *kept, len(x)]
        means = [_mean(x, w, a, b) for a, b in pairwise(edges)]
        shifts = [abs(two - one) for one, two in pairwise(means)]
        least = int(np.argmin(shifts))
        if shifts[least] >= SHIFT:
            return [_row(done, days, x, w, number, edges, i, means, cost) for i in range(len(kept))]
        del kept[least]
    return []


def _row(
    done: pl.DataFrame, days: list[str], x: Any, w: Any, number: Any, edges: list[int], i: int,
    means: list[float], cost: float,
) -> dict[str, Any]:  # fmt: skip
    a, cut, b = edges[i], edges[i + 1], edges[i + 2]
    shift = means[i + 1] - means[i]
    gain = _error(x, w, a, b) - _error(x, w, a, cut) - _error(x, w, cut, b)
    near = done.filter(pl.col("day").is_in(days[cut : min(b, cut + LEAST)]))
    towards = near.filter((pl.col("score") - means[i]) * np.sign(shift) > 0)
    order = (pl.col("score") - means[i]).abs() * pl.col("weight")
    return {
        "day": days[cut], "before_day": days[cut - 1], "before": means[i], "after": means[i + 1],
        "shift": shift, "strength": gain / cost, "direction": "better" if shift > 0 else "worse",
        "acts_before": int(number[a:cut].sum()), "acts_after": int(number[cut:b].sum()),
        "acts": towards.sort(order, descending=True)["id"].to_list(),
    }  # fmt: skip


def _mean(x: Any, w: Any, a: int, b: int) -> float:
    return float(np.average(x[a:b], weights=w[a:b]))


def _error(x: Any, w: Any, a: int, b: int) -> float:
    return float((w[a:b] * (x[a:b] - _mean(x, w, a, b)) ** 2).sum())
