"""Where it happened, and between whom: a map without borders that says how sure each dot is.

No third-party shapes: the ground is the cities of the world (`ground`, from legation.world) under
a graticule, which shows the land where people live and takes no side in any border dispute.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import polars as pl

from legation.study.charts.look import (
    Colours,
    Spec,
    empty,
    finished,
    quad_colours,
    score_colours,
    shown,
)
from legation.study.scores import QUADS

Spot = tuple[float, float]


def world(
    acts: pl.DataFrame, ground: Iterable[Spot] = (), seats: Mapping[str, Spot] | None = None,
    edges: pl.DataFrame | None = None, title: str = "", dark: bool = False, width: int = 820,
) -> Spec:  # fmt: skip
    """A map of acts, or of relations when `edges` (networks.pairs) and `seats` are given.

    A filled dot is a place that the text names, a ring only a country (drawn at its middle); acts
    without a place are counted in a bin on the map. `ground`: (latitude, longitude) of cities in
    degrees; `seats`: the same by code.
    """
    lines = _lines(edges, seats or {})
    dots = [] if edges is not None else _dots(acts)
    unplaced = acts.filter(pl.col("precision") == "none").height
    if not dots and not lines:
        words = f"None of the {unplaced} acts has a place" if unplaced else "No acts in this time"
        return empty(words, dark, title, width)
    c = Colours(dark)
    height = int(width * 0.52)
    view = _view(dots, lines, width, height)
    spots = _near(ground, view)
    land = {
        "type": "Feature", "properties": {},
        "geometry": {"type": "MultiPoint", "coordinates": [[lon, lat] for lat, lon in spots]},
    }  # fmt: skip
    layers: list[Spec] = [
        {"data": {"graticule": {"step": [15, 15]}},
         "mark": {"type": "geoshape", "filled": False, "stroke": c.grid, "strokeWidth": 0.7}},
        {"data": {"values": [land]},
         "mark": {"type": "geoshape", "fill": c.gap, "stroke": None, "opacity": 0.55}},
    ]  # fmt: skip
    if edges is None:
        layers += _places(dots, f"unplaced: {unplaced}", dark)
        note = f"{sum(d['acts'] for d in dots)} acts placed, {unplaced} unplaced"
        note += "; filled: a named place, ring: only the country is told"
    else:
        left = edges.height - len(lines)
        layers += [*_relations(lines, dark), _bin(f"pairs without a seat: {left}", c)]
        note = f"{len(lines)} pairs, between the middles of their countries; width: number of acts"
    body = {
        "width": width, "height": height, "layer": layers,
        "projection": view,
        "resolve": {"scale": {"color": "independent", "size": "independent"}},
    }  # fmt: skip
    return finished(body, dark, title, note)


def _dots(acts: pl.DataFrame) -> list[Spec]:
    placed = acts.filter(pl.col("precision") != "none")
    found = placed.group_by("place", "lat", "lon", "precision", "quad").len().sort("len", "place")
    return [
        {"place": place, "lat": lat, "lon": lon, "precision": precision, "class": QUADS[quad],
         "acts": number}
        for place, lat, lon, precision, quad, number in found.iter_rows()
    ]  # fmt: skip


def _lines(edges: pl.DataFrame | None, seats: Mapping[str, Spot]) -> list[Spec]:
    if edges is None:
        return []
    return [
        {"pair": f"{a} - {b}", "acts": acts, "score": score, "a": a, "b": b,
         "lat": seats[a][0], "lon": seats[a][1], "lat2": seats[b][0], "lon2": seats[b][1]}
        for a, b, acts, score in edges.select("a", "b", "acts", "score").iter_rows()
        if a in seats and b in seats
    ]  # fmt: skip


def _relations(lines: list[Spec], dark: bool) -> list[Spec]:
    if not lines:
        return []
    c = Colours(dark)
    ends = {line[k]: (line["lat"], line["lon"]) for line in lines for k in ("a",)}
    ends |= {line["b"]: (line["lat2"], line["lon2"]) for line in lines}
    names = [{"code": code, "lat": lat, "lon": lon} for code, (lat, lon) in sorted(ends.items())]
    at: Spec = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    return [
        {"data": {"values": lines}, "mark": {"type": "rule", "opacity": 0.8},
         "encoding": {**at, "longitude2": {"field": "lon2"}, "latitude2": {"field": "lat2"},
                      "color": score_colours(dark),
                      "strokeWidth": {"field": "acts", "type": "quantitative", "legend": None,
                                      "scale": {"type": "sqrt", "range": [1.5, 8], "domainMin": 0}},
                      "tooltip": shown("pair", "acts", "score")}},
        {"data": {"values": names},
         "mark": {"type": "text", "fontSize": 11, "fontWeight": "bold", "dy": -9, "color": c.ink},
         "encoding": {**at, "text": {"field": "code", "type": "nominal"}}},
    ]  # fmt: skip


def _places(dots: list[Spec], words: str, dark: bool) -> list[Spec]:
    c = Colours(dark)
    most = max((dot["acts"] for dot in dots), default=1)
    at: Spec = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
        "size": {"field": "acts", "type": "quantitative", "title": "acts",
                 "scale": {"type": "sqrt", "range": [60, 900], "domainMin": 0},
                 "legend": {"format": "d", "values": sorted({1, -(-most // 2), most})}},
        "tooltip": shown("place", "precision", "class", "acts"),
    }  # fmt: skip
    named = [dot for dot in dots if dot["precision"] == "place"]
    rough = [dot for dot in dots if dot["precision"] == "country"]
    layers: list[Spec] = [
        {"data": {"values": rough},
         "mark": {"type": "point", "filled": False, "strokeWidth": 2.4, "opacity": 0.9},
         "encoding": {**at, "size": {**at["size"], "legend": None},
                      "color": {**quad_colours(dark), "legend": None}}},
        {"data": {"values": named},
         "mark": {"type": "circle", "opacity": 0.8, "stroke": c.ground, "strokeWidth": 0.6},
         "encoding": {**at, "color": quad_colours(dark)}},
    ]  # fmt: skip
    return [*layers, _bin(words, c)]


def _bin(words: str, c: Colours) -> Spec:
    """What has no place on the map, counted in its corner."""
    mark = {
        "type": "text", "align": "left", "baseline": "bottom", "fontSize": 13, "color": c.pale,
        "x": 6, "y": {"expr": "height - 6"},
    }  # fmt: skip
    return {
        "data": {"values": [{"words": words}]}, "mark": mark,
        "encoding": {"text": {"field": "words", "type": "nominal"}},
    }  # fmt: skip


def _view(dots: list[Spec], lines: list[Spec], width: int, height: int) -> Spec:
    """The projection that fits what is drawn, with a margin; never closer than 30 degrees."""
    lats = [d["lat"] for d in dots] + [v for line in lines for v in (line["lat"], line["lat2"])]
    lons = [d["lon"] for d in dots] + [v for line in lines for v in (line["lon"], line["lon2"])]
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    wide, tall = max(36.0, (east - west) * 1.25), max(20.0, (north - south) * 1.35)
    shown: Spec = {
        "translate": [width / 2, height / 2], "clipExtent": [[0, 0], [width, height]],
    }  # fmt: skip
    if wide > 150 or tall > 80 or max(abs(south), abs(north)) > 65:
        return {"type": "equalEarth", "scale": width / 5.5, "pointRadius": 1.2, **shown}
    scale = min(width / math.radians(wide), height * 0.85 / math.radians(tall))
    return {
        "type": "mercator", "scale": scale, "center": [0, (south + north) / 2],
        "rotate": [-(west + east) / 2, 0, 0], "pointRadius": max(1.2, scale / 400), **shown,
    }  # fmt: skip


def _near(ground: Iterable[Spot], view: Spec) -> list[Spot]:
    """The ground that a view shows, as coarse as it may be: whole degrees for the whole world."""
    if view["type"] == "equalEarth":
        return sorted({(float(round(lat)), float(round(lon))) for lat, lon in ground})
    width, height = (2 * half for half in view["translate"])
    reach = math.degrees(max(width, height) / view["scale"]) / 2
    middle, around = view["center"][1], -view["rotate"][0]
    return sorted(
        {
            (round(lat, 1), round(lon, 1)) for lat, lon in ground
            if abs(lat - middle) < reach and abs((lon - around + 180) % 360 - 180) < reach
        }
    )  # fmt: skip
