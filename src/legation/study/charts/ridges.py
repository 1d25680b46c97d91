"""What was done when: a ridge for each type of act, friendliest on top."""

from __future__ import annotations

import polars as pl

from legation.study import periods, scores
from legation.study.charts.look import Colours, Spec, empty, finished
from legation.study.relation import dated


def ridgeline(
    acts: pl.DataFrame, by: str = "month", since: str = "", until: str = "", title: str = "",
    dark: bool = False, width: int = 600,
) -> Spec:  # fmt: skip
    """Types of act by month: a ridge each, friendliest on top; types without acts are left out."""
    done = dated(acts.filter(pl.col("status") == "happened"), by)
    if since:
        done = done.filter(pl.col("period") >= periods.first(since, by))
    if until:
        done = done.filter(pl.col("day") <= until)
    if done.is_empty():
        return empty("No acts that happened in this time", dark, title, width)
    counted = {(a, b): n for a, b, n in done.group_by("type", "period").len().iter_rows()}
    span = list(periods.between(str(done["day"].min()), str(done["day"].max()), by))
    if len(span) == 1:  # a ridge needs a width
        before = periods.first(periods.shifted(span[0], -1), by)
        span = [before, *span, periods.following(span[0], by)]
    kinds = sorted({kind for kind, _ in counted}, key=lambda kind: -scores.score(kind))
    tall = max(counted.values())
    rows = [
        {"type": kind, "period": period, "acts": counted.get((kind, period), 0),
         "class": scores.QUADS[scores.quad(kind)]}
        for kind in kinds for period in span
    ]  # fmt: skip
    c = Colours(dark)
    x: Spec = {
        "field": "period", "type": "temporal", "title": None, "scale": {"type": "utc"},
        "axis": {"format": "%b %Y", "grid": False, "labelOverlap": True, "labelSeparation": 10,
                 "tickCount": max(3, min(8, width // 75))},
    }  # fmt: skip
    y: Spec = {
        "field": "acts", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, tall], "range": [26, -22]},
    }  # fmt: skip
    mark = {
        "type": "area", "interpolate": "monotone", "line": {"strokeWidth": 1.2},
        "fillOpacity": 0.75,
    }  # fmt: skip
    body = {
        "data": {"values": rows},
        "facet": {"row": {
            "field": "type", "type": "nominal", "sort": kinds, "title": None,
            "header": {"labelAngle": 0, "labelAlign": "left", "labelPadding": 6},
        }},
        "spec": {
            "width": width, "height": 26, "mark": mark,
            "encoding": {"x": x, "y": y, "color": {
                "field": "class", "type": "nominal", "title": None,
                "scale": {"domain": list(scores.QUADS.values()), "range": c.quads}}},
        },
        "spacing": 2, "resolve": {"scale": {"x": "shared"}},
    }  # fmt: skip
    note = f"acts that happened per {by}; all ridges have one scale, the highest is {tall}"
    return finished(body, dark, title, note)
