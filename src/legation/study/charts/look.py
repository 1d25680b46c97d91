"""How all charts look: colours that colour-blind eyes can tell apart, on light and on dark ground.

Cooperation is blue, conflict orange, deeds deep and words pale (ColorBrewer PuOr and RdBu, checked
for protan, deutan and tritan eyes); what did not happen for sure differs by shape, never by colour
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from legation.story import Status
from legation.study.periods import apart
from legation.study.scores import QUADS

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.json"
FONT = "Liberation Sans, Helvetica, Arial, sans-serif"
SHAPES = {"happened": "circle", "planned": "square", "possible": "triangle-up", "negated": "cross"}


class Colours:
    """The colours of one ground."""

    def __init__(self, dark: bool = False) -> None:
        self.ground = "#15181d" if dark else "#ffffff"
        self.ink = "#e8e6e1" if dark else "#22262b"
        self.contrary = "#15181d" if dark else "#ffffff"  # words on the strongest colours
        self.pale = "#9aa3ad" if dark else "#66707a"
        self.grid = "#333a42" if dark else "#e3e6e9"
        self.none = "#2a2f36" if dark else "#eceff1"
        self.gap = "#59616a" if dark else "#b9c0c7"
        self.quads = (
            ["#7fb3d9", "#3f8fd2", "#f2b45e", "#e0701a"] if dark
            else ["#8ab8dc", "#1f5f9e", "#f0ac4e", "#b3480a"]
        )  # fmt: skip
        self.ramp = (
            ["#e0701a", "#b98750", "#4a4f56", "#6d93b8", "#3f9be8"] if dark
            else ["#b3480a", "#f0ac4e", "#f1f1ee", "#8ab8dc", "#1f5f9e"]
        )  # fmt: skip
        self.single = ["#27313c", "#5fb0f5"] if dark else ["#dbe7f1", "#17508a"]
        self.groups = ["#4d94d1", "#e39334", "#7d8a4f" if not dark else "#a9b86f", "#a3679b",
                       "#52a7a0", "#9a7b5b", "#7f8790"]  # fmt: skip


def finished(body: Mapping[str, Any], dark: bool, title: str = "", note: str = "") -> Spec:
    """A whole specification: the body with schema, title, note and the look of its ground."""
    c = Colours(dark)
    axis = {
        "labelColor": c.ink, "titleColor": c.pale, "gridColor": c.grid, "domainColor": c.gap,
        "tickColor": c.gap, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    legend = {
        "labelColor": c.ink, "titleColor": c.pale, "labelFontSize": 12, "titleFontSize": 12,
        "titleFontWeight": "normal", "orient": "bottom", "symbolStrokeColor": c.pale,
        "symbolBaseFillColor": c.pale,
    }  # fmt: skip
    text = {
        "color": c.ink, "subtitleColor": c.pale, "fontSize": 16, "subtitleFontSize": 12,
        "anchor": "start", "offset": 12, "subtitlePadding": 4,
    }  # fmt: skip
    spec: Spec = {
        "$schema": SCHEMA, "background": c.ground, "padding": 14,
        "config": {
            "font": FONT, "axis": axis, "legend": legend, "title": text,
            "header": {"labelColor": c.ink, "titleColor": c.pale, "labelFontSize": 12},
            "view": {"stroke": None}, "text": {"color": c.ink, "font": FONT},
        },
        **body,
    }  # fmt: skip
    if title:
        spec["title"] = {"text": title, **({"subtitle": note} if note else {})}
        spec["description"] = f"{title}. {note}".strip()
    return spec


def empty(words: str, dark: bool, title: str = "", width: int = 640) -> Spec:
    """What stands where a chart would be: the reason why there is nothing to draw."""
    mark = {"type": "text", "fontSize": 14, "color": Colours(dark).pale}
    body = {
        "width": width, "height": 120, "data": {"values": [{"words": words}]}, "mark": mark,
        "encoding": {"text": {"field": "words", "type": "nominal"}},
    }  # fmt: skip
    return finished(body, dark, title)


def quad_colours(dark: bool) -> Spec:
    """The colour channel of a field `class` that holds names of quads."""
    return {
        "field": "class", "type": "nominal", "title": None,
        "scale": {"domain": list(QUADS.values()), "range": Colours(dark).quads},
    }  # fmt: skip


def status_shapes() -> Spec:
    """The shape channel of a field `status`."""
    names = [str(status) for status in Status]
    return {
        "field": "status", "type": "nominal", "title": None,
        "scale": {"domain": names, "range": [SHAPES[name] for name in names]},
    }  # fmt: skip


def score_colours(dark: bool, field: str = "score", lines: bool = False) -> Spec:
    """The colour channel of points, -10 orange to 10 blue; `lines` stay seen where they are 0."""
    c = Colours(dark)
    ramp = [*c.ramp[:2], c.gap, *c.ramp[3:]] if lines else c.ramp
    return {
        "field": field, "type": "quantitative", "title": "score (conflict -10 … cooperation 10)",
        "scale": {"domain": [-10, -4, 0, 4, 10], "range": ramp, "clamp": True,
                  "interpolate": "rgb"},
        "legend": {"orient": "bottom", "gradientLength": 240, "titleLimit": 300},
    }  # fmt: skip


def days(first: str, last: str, zone: Spec | None = None) -> Spec:
    """The channel of days from one to another: labels by day, month or year, none twice."""
    span = apart(first, last)
    if span <= 62:
        ticks: Spec = {"tickCount": {"interval": "week", "step": 1}, "format": "%-d %b"}
    elif span <= 1100:
        step = 1 if span <= 400 else 3
        ticks = {"tickCount": {"interval": "month", "step": step}, "format": "%b %Y"}
    else:
        step = max(1, span // 3650)
        ticks = {"tickCount": {"interval": "year", "step": step}, "format": "%Y"}
    return {
        "type": "temporal", "title": None, "scale": {"domain": [first, last], "type": "utc"},
        "axis": {"grid": False, "labelAngle": 0, "labelOverlap": True, **ticks, **(zone or {})},
    }  # fmt: skip


def shown(*names: str) -> list[Spec]:
    """The tooltip channel: these fields, by name."""
    return [{"field": name, "type": "nominal"} for name in names]
