"""A network drawn: parties as discs, dealings as lines, friendly blue, hostile orange."""

from __future__ import annotations

import polars as pl

from legation.study.charts.look import Colours, Spec, empty, finished, score_colours, shown


def network(
    nodes: pl.DataFrame, edges: pl.DataFrame, title: str = "", dark: bool = False, width: int = 620
) -> Spec:
    """The chart of `networks.network`: size is acts, line width too, line colour the mean score.

    The colour of a disc is its community of friendly dealings; a party alone in its own is grey.
    """
    if nodes.is_empty():
        return empty("Nobody deals with anybody in this time", dark, title, width)
    c = Colours(dark)
    at = {code: (x, y) for code, x, y in nodes.select("code", "x", "y").iter_rows()}
    lines = [
        {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "acts": n, "score": score,
         "pair": f"{a} - {b}"}
        for a, b, n, score in edges.select("a", "b", "acts", "score").iter_rows()
    ]  # fmt: skip
    sizes = nodes.group_by("community").len()
    grouped = {number for number, size in sizes.iter_rows() if size > 1}
    discs = [
        {"code": code, "x": x, "y": y, "acts": n,
         "group": c.groups[i % 6] if i in grouped else c.groups[6], "community": i + 1}
        for code, x, y, n, i in nodes.select("code", "x", "y", "acts", "community").iter_rows()
    ]  # fmt: skip
    space = {"type": "quantitative", "axis": None, "scale": {"domain": [-1.12, 1.12]}}
    x, y = {"field": "x", **space}, {"field": "y", **space}
    body = {
        "width": width, "height": int(width * 0.72),
        "layer": [
            {"data": {"values": lines}, "mark": {"type": "rule", "opacity": 0.85},
             "encoding": {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"},
                          "color": score_colours(dark, lines=True),
                          "strokeWidth": {"field": "acts", "type": "quantitative", "legend": None,
                                          "scale": {"type": "sqrt", "range": [1.5, 9],
                                                    "domainMin": 0}},
                          "tooltip": shown("pair", "acts", "score")}},
            {"data": {"values": discs},
             "mark": {"type": "circle", "opacity": 1, "stroke": c.ground, "strokeWidth": 2},
             "encoding": {"x": x, "y": y,
                          "size": {"field": "acts", "type": "quantitative", "legend": None,
                                   "scale": {"type": "sqrt", "range": [420, 1500], "domainMin": 0}},
                          "color": {"field": "group", "type": "nominal", "scale": None},
                          "tooltip": shown("code", "acts", "community")}},
            {"data": {"values": discs},
             "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": c.ink,
                      "stroke": c.ground, "strokeWidth": 3, "dy": -1},
             "encoding": {"x": x, "y": y, "text": {"field": "code", "type": "nominal"}}},
            {"data": {"values": discs},
             "mark": {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": c.ink,
                      "dy": -1},
             "encoding": {"x": x, "y": y, "text": {"field": "code", "type": "nominal"}}},
        ],
        "resolve": {"scale": {"color": "independent"}},
    }  # fmt: skip
    note = (
        "disc: a party, by acts with others, coloured by community of friendly dealings;"
        " line: their dealings, by number and mean score"
    )
    return finished(body, dark, title, note)
