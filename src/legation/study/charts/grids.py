"""Charts on a grid: who to whom, outlet by outlet, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from legation.study import periods
from legation.study.charts.look import Colours, Spec, empty, finished, score_colours, shown
from legation.study.relation import dated

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def matrix(
    pairs: pl.DataFrame, title: str = "", dark: bool = False, most: int = 20, width: int = 620
) -> Spec:
    """Who does what to whom: `networks.pairs` as a heat map, actors down, recipients across.

    Colour is the mean score, the number the acts; a pair without acts is an empty field.
    """
    if pairs.is_empty():
        return empty("No acts between two parties in this time", dark, title, width)
    codes = _busiest(pairs, most)
    cells = [
        {
            "actor": a,
            "recipient": b,
            "acts": n,
            "score": score,
            "strong": abs(score) > (2.5 if dark else 5),
        }
        for a, b, n, score in pairs.select("a", "b", "acts", "score").iter_rows()
        if a in codes and b in codes
    ]
    c = Colours(dark)
    base: Spec = {
        "x": {"field": "recipient", "type": "nominal", "title": "to", "sort": codes,
              "scale": {"domain": codes},
              "axis": {"orient": "top", "labelAngle": -40, "ticks": False}},
        "y": {"field": "actor", "type": "nominal", "title": "from", "sort": codes,
              "scale": {"domain": codes}, "axis": {"ticks": False}},
    }  # fmt: skip
    own = [{"actor": code, "recipient": code} for code in codes]
    size = max(34, min(56, width // len(codes)))
    body = {
        "width": size * len(codes), "height": max(28, size * 0.7) * len(codes),
        "layer": [
            {"data": {"values": own}, "mark": {"type": "rect", "color": c.none}, "encoding": base},
            {"data": {"values": cells},
             "mark": {"type": "rect", "stroke": c.ground, "strokeWidth": 2},
             "encoding": {**base, "color": score_colours(dark),
                          "tooltip": shown("actor", "recipient", "acts", "score")}},
            {"data": {"values": cells}, "mark": {"type": "text", "fontSize": 12},
             "encoding": {**base, "text": {"field": "acts", "type": "quantitative"}, "color": {
                 "condition": {"test": "datum.strong", "value": c.contrary},
                 "value": c.ink}}},
        ],
    }  # fmt: skip
    left = pairs.select(pl.col("a").append(pl.col("b"))).to_series().n_unique() - len(codes)
    note = "number of acts that happened; colour is their mean score"
    return finished(
        body, dark, title, note + (f"; {left} parties with fewer left out" if left else "")
    )


def agreement(
    pairs: pl.DataFrame, title: str = "", dark: bool = False, most: int = 20, width: int = 820
) -> Spec:
    """How often two outlets say the same of an act that both report (`media.agreement`).

    Beyond the `most` outlets that share most acts the rest is left out.
    """
    if pairs.is_empty():
        return empty("No act is reported by two outlets", dark, title, width)
    shared = pairs.group_by("a").agg(pl.col("shared").sum()).sort("shared", "a", descending=True)
    outlets = sorted(shared["a"][:most].to_list())
    left = shared.height - len(outlets)
    cells = [
        {"a": a, "b": b, "share": share, "words": f"{same}/{shared}"}
        for a, b, shared, same, share in pairs.iter_rows()
        if a in outlets and b in outlets
    ]
    c = Colours(dark)
    base: Spec = {
        "x": {"field": "a", "type": "nominal", "title": None, "scale": {"domain": outlets},
              "axis": {"labelAngle": -40, "labelLimit": 130, "ticks": False}},
        "y": {"field": "b", "type": "nominal", "title": None, "scale": {"domain": outlets},
              "axis": {"labelLimit": 130, "ticks": False}},
    }  # fmt: skip
    every = [{"a": a, "b": b} for a in outlets for b in outlets]
    low = c.quads[2]
    strong = "datum.share > 0.75" + (" || datum.share < 0.3" if dark else "")
    size = max(30, min(82, (width - 140) // len(outlets)))
    body = {
        "width": size * len(outlets), "height": min(size, 40) * len(outlets),
        "layer": [
            {"data": {"values": every},
             "mark": {"type": "rect", "color": c.none, "stroke": c.ground},
             "encoding": base},
            {"data": {"values": cells},
             "mark": {"type": "rect", "stroke": c.ground, "strokeWidth": 2},
             "encoding": {**base, "color": {
                 "field": "share", "type": "quantitative", "title": "share told alike",
                 "scale": {"domain": [0, 0.5, 1], "range": [low, c.ramp[2], c.quads[1]],
                           "interpolate": "rgb"},
                 "legend": {"format": "%", "gradientLength": 200}}}},
            {"data": {"values": cells}, "mark": {"type": "text", "fontSize": 13},
             "encoding": {**base, "text": {"field": "words", "type": "nominal"}, "color": {
                 "condition": {"test": strong, "value": c.contrary}, "value": c.ink}}},
        ],
    }  # fmt: skip
    note = "acts given the same status, of those that both report; copies left out"
    return finished(
        body, dark, title, note + (f"; {left} outlets with fewer left out" if left else "")
    )


def calendar(
    acts: pl.DataFrame, plans: Sequence[Mapping[str, Any]] = (), title: str = "",
    coverage: Sequence[Mapping[str, Any]] | None = None, dark: bool = False,
) -> Spec:  # fmt: skip
    """Days as a grid of weeks: colour is the number of acts, a ring a plan that is due.

    `plans` are rows of `calendar.entries`, `coverage` is `Desk.coverage("day")`: days between its
    first and last without any story are hatched by a stroke ("no coverage").
    """
    counted = dict(dated(acts, "day").group_by("period").len().iter_rows())
    due = [row for row in plans if row["day"]]
    told = {row["period"] for row in coverage or ()}
    known = sorted(told)
    days = sorted({*counted, *(row["day"] for row in due), *told})
    if known:  # what is told of earlier days is background
        days = [day for day in days if day >= known[0]]
    if not days:
        return empty("No acts and no plans in this time", dark, title)
    last = known[-1] if known else max(counted, default=days[-1])
    cells = []
    for day in periods.between(days[0], days[-1], "day"):
        gap = bool(known) and known[0] <= day <= known[-1] and day not in told
        state = (
            "acts"
            if day in counted
            else "no coverage"
            if gap
            else "silent"
            if day <= last
            else "to come"
        )
        cells.append({**_place(day), "acts": counted.get(day, 0), "state": state})
    marks = [
        {**_place(row["day"]), "outcome": row["outcome"], "words": row["words"]} for row in due
    ]
    return finished(_grid(cells, marks, dark), dark, title, _key(bool(known)))


def _grid(cells: list[Spec], marks: list[Spec], dark: bool) -> Spec:
    c = Colours(dark)
    weeks = sorted({cell["week"] for cell in cells})
    firsts = [w for i, w in enumerate(weeks) if i == 0 or w[:7] != weeks[i - 1][:7]]
    base: Spec = {
        "x": {"field": "week", "type": "ordinal", "title": None, "axis": {
            "values": firsts, "labelExpr": "utcFormat(toDate(datum.value + 'T00:00:00Z'), '%b %Y')",
            "labelAngle": 0, "labelAlign": "left", "labelOverlap": True, "ticks": False,
            "domain": False}},
        "y": {"field": "weekday", "type": "ordinal", "title": None, "sort": list(WEEKDAYS),
              "axis": {"ticks": False, "domain": False}},
    }  # fmt: skip
    busy = [cell for cell in cells if cell["state"] == "acts"]
    rest = [cell for cell in cells if cell["state"] != "acts"]
    layers: list[Spec] = [
        {"data": {"values": rest},
         "mark": {"type": "rect", "cornerRadius": 3, "stroke": c.ground, "strokeWidth": 2},
         "encoding": {**base, "color": {
             "field": "state", "type": "nominal", "title": None,
             "scale": {"domain": ["silent", "no coverage", "to come"],
                       "range": [c.none, c.gap, c.ground]}},
             "tooltip": shown("day", "state")}},
        {"data": {"values": busy},
         "mark": {"type": "rect", "cornerRadius": 3, "stroke": c.ground, "strokeWidth": 2},
         "encoding": {**base, "fill": {
             "field": "acts", "type": "quantitative", "title": "acts",
             "scale": {"range": c.single, "domainMin": 0},
             "legend": {"tickMinStep": 1, "format": "d"}},
             "tooltip": shown("day", "acts")}},
        {"data": {"values": marks},
         "mark": {"type": "point", "filled": False, "size": 130, "strokeWidth": 2.2, "opacity": 1},
         "encoding": {**base, "shape": {
             "field": "outcome", "type": "nominal", "title": "plan due",
             "scale": {"domain": ["open", "kept", "cancelled", "contradicted", "lapsed"],
                       "range": ["circle", "square", "cross", "diamond", "triangle-down"]}},
             "stroke": {"value": c.quads[3]},
             "tooltip": shown("day", "outcome", "words")}},
    ]  # fmt: skip
    return {
        "width": max(200, min(22, 1500 // max(1, len(weeks))) * len(weeks)), "height": 7 * 22,
        "layer": layers, "resolve": {"scale": {"color": "independent", "shape": "independent"}},
    }  # fmt: skip


def _key(covered: bool) -> str:
    words = "acts per day; outlined marks are plans that were due"
    return words + ("; deep grey: no story came in at all" if covered else "")


def _place(day: str) -> Spec:
    when = date.fromisoformat(day)
    return {"day": day, "week": periods.first(day, "week"), "weekday": WEEKDAYS[when.weekday()]}


def _busiest(pairs: pl.DataFrame, most: int) -> list[str]:
    total: dict[str, int] = {}
    for a, b, acts in pairs.select("a", "b", "acts").iter_rows():
        total[a] = total.get(a, 0) + acts
        total[b] = total.get(b, 0) + acts
    return sorted(total, key=lambda code: (-total[code], code))[:most]
