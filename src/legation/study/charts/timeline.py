"""A relation over time: level with its band, every act on it, turns, and what was counted."""

from __future__ import annotations

from typing import Any

import polars as pl

from legation.study import periods
from legation.study.charts.look import (
    Colours,
    Spec,
    days,
    empty,
    finished,
    quad_colours,
    status_shapes,
)
from legation.study.scores import QUADS

MOST = 400  # acts that are marks of their own; more only cover each other
VAGUE = 16.0  # points: a level whose band is wider says nothing and is not drawn


def timeline(
    series: pl.DataFrame, acts: pl.DataFrame, turns: pl.DataFrame | None = None, title: str = "",
    by: str = "week", dark: bool = False, width: int = 760,
) -> Spec:  # fmt: skip
    """The chart of `relation.series` and the acts that it counts, with `turning_points`.

    Above: level and band, an act as a mark (colour: class, shape: status, size: independent
    reports). Below: acts that happened, cooperation upwards. Grey ground is a period without
    coverage; a dot on the zero line one in which stories came in, none of them on this.
    """
    if series.is_empty():
        return empty("No acts and no coverage in this time", dark, title, width)
    rows = [_period(row, by) for row in series.iter_rows(named=True)]
    first, last = rows[0]["period"], rows[-1]["end"]
    time = days(first, last)
    above = {"width": width, "height": 250, "layer": _above(rows, acts, turns, time, dark)}
    below = {"width": width, "height": 90, "layer": _below(rows, series, time, dark)}
    body = {
        "vconcat": [above, below], "spacing": 14,
        "resolve": {"scale": {"x": "shared", "color": "shared"}},
    }  # fmt: skip
    told = sum(row["acts"] for row in rows)
    silent = sum(row["state"] == "no coverage" for row in rows)
    single = f"the {MOST} weightiest acts" if acts.height > MOST else "single acts"
    note = f"{told} acts that happened, per {by}; level with 90 % band; marks are {single}"
    if silent:
        note += f"; {silent} of {len(rows)} {by}s without any coverage (grey)"
    return finished(body, dark, title, note)


def _above(
    rows: list[Spec], acts: pl.DataFrame, turns: pl.DataFrame | None, time: Spec, dark: bool
) -> list[Spec]:
    c = Colours(dark)
    points: Spec = {
        "type": "quantitative", "title": "score", "scale": {"domain": [-10, 10]},
        "axis": {"values": [-10, -5, 0, 5, 10], "tickCount": 5},
    }  # fmt: skip
    x = {"field": "middle", **time}
    layers: list[Spec] = [
        _uncovered(rows, time, c),
        {
            "data": {"values": [{"y": 0}]},
            "mark": {"type": "rule", "color": c.gap},
            "encoding": {"y": {"field": "y", **points}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "area", "opacity": 0.22, "color": c.pale, "interpolate": "monotone"},
            "encoding": {
                "x": x, "y": {"field": "level_low", **points}, "y2": {"field": "level_high"},
            },
        },
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2, "color": c.ink, "interpolate": "monotone"},
            "encoding": {"x": x, "y": {"field": "level", **points}},
        },
    ]  # fmt: skip
    first, last = rows[0]["period"], rows[-1]["end"]
    within = acts.filter(pl.col("day").fill_null("").is_between(pl.lit(first), pl.lit(last)))
    marks = [_mark(act) for act in _weightiest(within).iter_rows(named=True)]
    if marks:
        layers.append(_marks(marks, time, points, dark))
    if turns is not None and turns.height:
        layers += _turns(turns.filter(pl.col("day") >= first), time, c)
    return layers


def _weightiest(acts: pl.DataFrame) -> pl.DataFrame:
    """The acts that are drawn one by one, in order of time."""
    return acts.top_k(MOST, by="weight").sort("day", "id") if acts.height > MOST else acts


def _marks(marks: list[Spec], time: Spec, points: Spec, dark: bool) -> Spec:
    shown = ["day", "act", "parties", "status", "score", "independent"]
    kind = {"score": "quantitative", "independent": "quantitative"}
    return {
        "data": {"values": marks},
        "mark": {"type": "point", "filled": True, "opacity": 0.9, "stroke": Colours(dark).ground,
                 "strokeWidth": 0.6},
        "encoding": {
            "x": {"field": "day", **time}, "y": {"field": "score", **points},
            "color": quad_colours(dark), "shape": status_shapes(),
            "size": {
                "field": "independent", "type": "quantitative", "title": "independent reports",
                "scale": {"type": "sqrt", "domain": [1, 10], "range": [70, 420], "clamp": True},
                "legend": None,
            },
            "tooltip": [{"field": name, "type": kind.get(name, "nominal")} for name in shown],
        },
    }  # fmt: skip


def _turns(turns: pl.DataFrame, time: Spec, c: Colours) -> list[Spec]:
    rows = [
        {"day": day, "label": f"{'▲' if way == 'better' else '▼'} {shift:+.1f}", "at": 10}
        for day, way, shift in turns.select("day", "direction", "shift").iter_rows()
    ]
    x = {"field": "day", **time}
    y = {"field": "at", "type": "quantitative", "scale": {"domain": [-10, 10]}}
    rule = {"type": "rule", "strokeDash": [4, 3], "color": c.ink}
    text = {
        "type": "text",
        "align": "left",
        "dx": -4,
        "dy": -8,
        "fontSize": 12,
        "fontWeight": "bold",
    }
    return [
        {"data": {"values": rows}, "mark": rule, "encoding": {"x": x}},
        {
            "data": {"values": rows}, "mark": text,
            "encoding": {"x": x, "y": y, "text": {"field": "label", "type": "nominal"}},
        },
    ]  # fmt: skip


def _below(rows: list[Spec], series: pl.DataFrame, time: Spec, dark: bool) -> list[Spec]:
    c = Colours(dark)
    bars = [
        bar
        for row, told in zip(rows, series.iter_rows(named=True), strict=True)
        for bar in _bars(row, told)
    ]
    silent = [{"middle": row["middle"], "y": 0} for row in rows if row["state"] == "silent"]
    count: Spec = {
        "type": "quantitative", "title": "acts",
        "axis": {"format": "d", "tickMinStep": 1, "labelExpr": "abs(datum.value)", "tickCount": 4},
    }  # fmt: skip
    layers = [
        _uncovered(rows, time, c),
        {
            "data": {"values": bars},
            "mark": {"type": "rect", "stroke": c.ground, "strokeWidth": 0.8},
            "encoding": {
                "x": {"field": "period", **time}, "x2": {"field": "end"},
                "y": {"field": "low", **count}, "y2": {"field": "high"},
                "color": quad_colours(dark),
                "tooltip": [{"field": "period", "type": "nominal"},
                            {"field": "class", "type": "nominal"},
                            {"field": "count", "type": "quantitative"}],
            },
        },
    ]  # fmt: skip
    if silent:
        layers.append({
            "data": {"values": silent},
            "mark": {"type": "point", "filled": True, "size": 14, "color": c.pale, "opacity": 1},
            "encoding": {"x": {"field": "middle", **time}, "y": {"field": "y", **count}},
        })  # fmt: skip
    return layers


def _bars(row: Spec, told: dict[str, Any]) -> list[Spec]:
    """The bars of a period: deeds next to the zero line, words beyond them."""
    bars = []
    for quads, way in (((2, 1), 1), ((4, 3), -1)):
        low = 0
        for number in quads:
            count = told[QUADS[number].replace(" ", "_")]
            if count:
                bars.append({
                    "period": row["period"], "end": row["end"], "class": QUADS[number],
                    "low": way * low, "high": way * (low + count), "count": count,
                })  # fmt: skip
            low += count
    return bars


def _uncovered(rows: list[Spec], time: Spec, c: Colours) -> Spec:
    gaps = [row for row in rows if row["state"] == "no coverage"]
    return {
        "data": {"values": [{"period": g["period"], "end": g["end"]} for g in gaps]},
        "mark": {"type": "rect", "color": c.gap, "opacity": 0.35},
        "encoding": {"x": {"field": "period", **time}, "x2": {"field": "end"}},
    }


def _period(row: dict[str, Any], by: str) -> Spec:
    end = periods.following(row["period"], by)
    half = periods.apart(row["period"], end) // 2
    keep = ("period", "state", "acts", "level", "level_low", "level_high")
    kept = {name: row[name] for name in keep}
    if row["level"] is not None and row["level_high"] - row["level_low"] > VAGUE:
        kept |= dict.fromkeys(("level", "level_low", "level_high"))
    return kept | {
        "end": end, "middle": periods.shifted(row["period"], half),
    }  # fmt: skip


def _mark(act: dict[str, Any]) -> Spec:
    """An act for the chart: its day, points and words for the tooltip."""
    to = " to ".join(
        ", ".join(dict.fromkeys(names))
        for names in (act["actor_names"], act["recipient_names"])
        if names
    )
    return {
        "id": act["id"], "day": act["day"], "score": act["score"], "class": QUADS[act["quad"]],
        "status": act["status"], "independent": act["independent"], "parties": to,
        "act": f"{act['type']} {act['mode'] or ''}".strip(),
    }  # fmt: skip
