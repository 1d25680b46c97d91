"""What a map stands on: outlines of countries, capitals to draw relations between, cities.

The outlines are Natural Earth's (public domain, 1:110 million, borders as they are held), out of
the package bqplot (Apache-2.0; extra `maps`). Only its data file is read, nothing of it is
imported. Without it the ground is the cities of the world, which show the land where people live.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

Spot = tuple[float, float]
"""Latitude and longitude in degrees."""
Ring = tuple[Spot, ...]
Country = tuple[tuple[Ring, ...], ...]
"""Polygons of an outline and the holes in it."""
FILE = "bqplot/map_data/WorldMap.json"
POLAR = (
    -60.0
)  # degrees; what lies wholly beyond is left out: Antarctica's ring crosses the date line
CAPITALS = {"USA": (38.895, -77.037), "MMR": (19.748, 96.115), "YEM": (15.355, 44.207)}
"""Capitals that the table of cities does not name as such."""


@cache
def outlines() -> tuple[Country, ...]:
    """The polygons of each country; () when the extra is not installed."""
    try:
        text = Path(str(distribution("bqplot").locate_file(FILE))).read_text(encoding="utf-8")
    except (PackageNotFoundError, OSError):
        return ()
    return tuple(_countries(json.loads(text)))


def features(shapes: Iterable[Country]) -> list[dict[str, Any]]:
    """The same as GeoJSON features, whose coordinates are (longitude, latitude)."""
    return [
        {
            "type": "Feature", "properties": {},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[lon, lat] for lat, lon in ring] for ring in rings] for rings in country
                ],
            },
        }
        for country in shapes
    ]  # fmt: skip


@cache
def cities() -> tuple[Spot, ...]:
    """The cities that Legation knows."""
    return tuple(_spot(row) for row in _rows("cities"))


@cache
def seats() -> dict[str, Spot]:
    """Where a state is drawn in a map of relations: its capital, else its middle."""
    found = {row["code"]: _spot(row) for row in _rows("countries")}
    capitals = [row for row in _rows("cities") if row["capital"] == "1" and row["country"]]
    return found | {row["country"]: _spot(row) for row in capitals} | CAPITALS


def _rows(name: str) -> list[dict[str, str]]:
    path = files("legation.world").joinpath("compiled", f"{name}.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row for row in csv.DictReader(lines, delimiter="\t") if row["lat"] and row["lon"]]


def _spot(row: dict[str, str]) -> Spot:
    return float(row["lat"]), float(row["lon"])


def _countries(topology: dict[str, Any]) -> Iterator[Country]:
    """TopoJSON: countries share arcs of border; an arc ~i is arc i walked backwards."""
    lon0, lat0 = topology["transform"]["translate"]
    lon1, lat1 = topology["transform"]["scale"]
    arcs: list[Ring] = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((round(lat0 + y * lat1, 2), round(lon0 + x * lon1, 2)))
        arcs.append(tuple(arc))
    for shape in topology["objects"]["subunits"]["geometries"]:
        parts = shape.get("arcs") or []
        polygons = parts if shape["type"] == "MultiPolygon" else [parts]
        country = tuple(tuple(_ring(arcs, ring) for ring in rings) for rings in polygons)
        if any(lat > POLAR for rings in country for ring in rings for lat, _ in ring):
            yield country


def _ring(arcs: list[Ring], numbers: Iterable[int]) -> Ring:
    found: list[Spot] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return tuple(found)
