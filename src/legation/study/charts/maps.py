"""Where it happened, and between whom: a map that says how sure each dot is.

It stands on the outlines of countries (`land`, see ground.py) or, where there are none, on the
cities of the world (`ground`), under a graticule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import polars as pl

from legation.study.charts.ground import Country, Spot, features
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

NEAR = 5.0  # degrees; names of capitals nearer than this would cover each other


def world(
    acts: pl.DataFrame, ground: Iterable[Spot] = (), seats: Mapping[str, Spot] | None = None,
    edges: pl.DataFrame | None = None, title: str = "", dark: bool = False, width: int = 820,
    land: Iterable[Country] = (),
) -> Spec:  # fmt: skip
    """A map of acts, or of relations when `edges` (networks.pairs) and `seats` are given.

    A filled dot is a place that the text names, a ring only a country (drawn at its middle); acts
    without a place are counted in a bin on the map. `ground`: (latitude, longitude) of cities in
    degrees, `seats`: of capitals by code, `land`: rings of each country (`ground.outlines`).
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
    layers: list[Spec] = [
        {"data": {"graticule": {"step": [15, 15]}},
         "mark": {"type": "geoshape", "filled": False, "stroke": c.grid, "strokeWidth": 0.7}},
        _land(features(land), c) or _lights(_near(ground, view), c),
    ]  # fmt: skip
    if edges is None:
        layers += _places(dots, f"unplaced: {unplaced}", dark)
        note = f"{sum(d['acts'] for d in dots)} acts placed, {unplaced} unplaced"
        note += "; filled: a named place, ring: only the country is told"
    else:
        left = edges.height - len(lines)
        layers += [*_relations(lines, dark), _bin(f"pairs without a seat: {left}", c)]
        note = f"{len(lines)} pairs, between their capitals; width: number of acts"
    body = {
        "width": width, "height": height, "layer": layers,
        "projection": view,
        "resolve": {"scale": {"color": "independent", "size": "independent"}},
    }  # fmt: skip
    return finished(body, dark, title, note)


def _land(shapes: list[Spec], c: Colours) -> Spec:
    """Countries with their borders; {} when no outlines are at hand."""
    look = {"type": "geoshape", "fill": c.none, "stroke": c.gap, "strokeWidth": 0.6}
    return {"data": {"values": shapes}, "mark": look} if shapes else {}


def _lights(spots: list[Spot], c: Colours) -> Spec:
    """Land as the cities on it."""
    land = {
        "type": "Feature", "properties": {},
        "geometry": {"type": "MultiPoint", "coordinates": [[lon, lat] for lat, lon in spots]},
    }  # fmt: skip
    return {
        "data": {"values": [land]},
        "mark": {"type": "geoshape", "fill": c.gap, "stroke": None, "opacity": 0.55},
    }


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
    arcs = [
        {"type": "Feature", "properties": {n: line[n] for n in ("pair", "acts", "score")},
         "geometry": {"type": "LineString", "coordinates": [
             [line["lon"], line["lat"]], [line["lon2"], line["lat2"]]]}}
        for line in lines
    ]  # fmt: skip
    at: Spec = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    return [
        {"data": {"values": arcs}, "mark": {"type": "geoshape", "filled": False, "opacity": 0.85},
         "encoding": {"stroke": score_colours(dark, "properties.score", lines=True),
                      "strokeWidth": {"field": "properties.acts", "type": "quantitative",
                                      "legend": None,
                                      "scale": {"type": "sqrt", "range": [1.5, 8], "domainMin": 0}},
                      "tooltip": [{"field": f"properties.{n}", "type": "nominal", "title": n}
                                  for n in ("pair", "acts", "score")]}},
        *(
            {"data": {"values": names},
             "mark": {"type": "text", "fontSize": 11, "fontWeight": "bold", "dy": dy,
                      "color": c.ink, "stroke": None},
             "encoding": {**at, "text": {"field": "code", "type": "nominal"}}}
            for names, dy in _apart(ends)
        ),
    ]  # fmt: skip


def _apart(ends: Mapping[str, Spot]) -> list[tuple[list[Spec], int]]:
    """Names above their capital, those of near neighbours by turns below it."""
    above: list[Spec] = []
    below: list[Spec] = []
    for code, (lat, lon) in sorted(ends.items(), key=lambda end: (end[1][1], end[0])):
        near = any(abs(o["lat"] - lat) < NEAR and abs(o["lon"] - lon) < 2 * NEAR for o in above)
        (below if near else above).append({"code": code, "lat": lat, "lon": lon})
    return [(above, -9), (below, 12)]


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
    if wide > 150 or tall > 110 or max(abs(south), abs(north)) > 65:
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
