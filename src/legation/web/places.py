"""Where, and who with whom: the map and the network, drawn by the server, every shape a link."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from legation.store import KeptEvent
from legation.study.charts import ground
from legation.web import looks
from legation.web.api import ROOM
from legation.web.asked import EventsAsked
from legation.web.speech import QUAD
from legation.web.start import READER

router = APIRouter(include_in_schema=False, dependencies=READER)
WIDTH, HEIGHT = 960.0, 480.0
SHOWN = 600  # newest events on a map
NODES = 24
SAMPLE, PAIRS = 2000, 80  # newest events whose pairs are counted; pairs that are told
LAND = "/charts/land.svg"
View = tuple[float, float, float, float]
"""Left, top, width and height of what is shown of a drawing."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place with its events; `exact` is false when only the country is known."""

    x: float
    y: float
    size: float
    name: str
    count: int
    quad: str
    exact: bool
    link: str


@dataclass(frozen=True, slots=True)
class Node:
    """A side on the network's circle."""

    x: float
    y: float
    size: float
    code: str
    anchor: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """Two sides with their events."""

    path: str
    width: float
    pair: str
    count: int


@dataclass(frozen=True, slots=True)
class End:
    """A capital on the map of relations, and where its code is written."""

    code: str
    x: float
    y: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Arc:
    """The dealings of two states, from capital to capital."""

    path: str
    width: float
    pair: str
    count: int


class MapAsked(EventsAsked):
    """The filters of events, and what is drawn of them."""

    of: Literal["events", "relations"] = "events"

    def filters(self) -> dict[str, Any]:
        """Those of the events."""
        return {name: value for name, value in super().filters().items() if name != "of"}


@router.get("/map")
def world(request: Request, room: ROOM, asked: Annotated[MapAsked, Query()]) -> Response:
    """Where the newest events took place, or between whom; those without a place stand beside."""
    if asked.of == "relations":
        among = room.desk.facets("sides", sample=SAMPLE, most=PAIRS, **asked.filters())
        pairs = dict(among["sides"])
        arcs, spots, view = arcs_of(pairs)
        ends = labelled(spots, view[2] / WIDTH)
        return looks.page(
            request, "map-relations.html", asked=asked, arcs=arcs, ends=ends, view=view,
            pairs=list(pairs.items()), among=among, land=land(),
        )  # fmt: skip
    found = room.desk.events(asked.order, **asked.filters()).page(SHOWN).items
    dots, view = dots_of(found)
    placed = [kept for kept in found if _spot(kept)]
    return looks.page(
        request, "map.html", asked=asked, dots=dots, shown=len(found), view=view,
        unplaced=[kept for kept in found if not _spot(kept)], placed=len(placed),
        land=land(), ground=[] if land() else [project(*spot) for spot in ground.seats().values()],
    )  # fmt: skip


@router.get(LAND)
def land_drawn() -> Response:
    """The outlines of countries as a drawing that pages use; its colours are theirs."""
    path = "".join(_outline(ring) for country in ground.outlines() for p in country for ring in p)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}">'
        f'<path id="land" fill-rule="evenodd" d="{path}"/></svg>'
    )
    return Response(drawn, media_type="image/svg+xml")


def land() -> str:
    """Where a page finds the outlines, "" when there are none (the extra "maps" is missing)."""
    return f"{LAND}#land" if ground.outlines() else ""


@router.get("/network")
def network(request: Request, room: ROOM, asked: Annotated[EventsAsked, Query()]) -> Response:
    """Who deals with whom in the newest events."""
    among = room.desk.facets("sides", sample=SAMPLE, most=PAIRS, **asked.filters())
    pairs = dict(among["sides"])
    nodes, edges = circle(pairs)
    return looks.page(
        request, "network.html", asked=asked, nodes=nodes, edges=edges, pairs=list(pairs.items()),
        among=among,
    )  # fmt: skip


def arcs_of(pairs: dict[str, int]) -> tuple[list[Arc], dict[str, tuple[float, float]], View]:
    """Arcs between capitals, the capitals as points, and the view that holds them."""
    seats, heavy = ground.seats(), max(pairs.values(), default=1)
    arcs, ends = [], {}  # type: list[Arc], dict[str, tuple[float, float]]
    for pair, number in sorted(pairs.items(), key=lambda item: item[1]):
        a, b = pair.split("-", 1)
        if a not in seats or b not in seats:
            continue
        (x1, y1), (x2, y2) = project(*seats[a]), project(*seats[b])
        for code, spot in ((a, (x1, y1)), (b, (x2, y2))):
            ends.pop(code, None)  # the busiest come last
            ends[code] = spot
        bend = 0.18 * abs(x2 - x1) + 0.06 * abs(y2 - y1)
        top = f"{(x1 + x2) / 2:.1f} {(y1 + y2) / 2 - bend:.1f}"
        width = round(1 + 5 * math.sqrt(number / heavy), 1)
        arcs.append(Arc(f"M{x1} {y1}Q{top} {x2} {y2}", width, pair, number))
    return arcs, ends, view_of(ends.values())


def labelled(spots: Mapping[str, tuple[float, float]], scale: float) -> list[End]:
    """Capitals with their codes beside them, none written over another; one without room, none.

    `scale`: points of the drawing for a point as shown. The busiest come last in `spots`.
    """
    taken: list[tuple[float, float]] = []
    ends = []
    for code, (x, y) in reversed(list(spots.items())):
        wide, tall = 11.0 * len(code) * scale, 15.0 * scale
        beside = wide / 2 + 9 * scale
        ways = ((0.0, -8 * scale), (beside, 5 * scale), (-beside, 5 * scale), (0.0, 20 * scale))
        free = (
            (x + dx, y + dy) for dx, dy in ways
            if all(abs(x + dx - a) >= wide or abs(y + dy - b) >= tall for a, b in taken)
        )  # fmt: skip
        if (place := next(free, None)) is not None:
            taken.append(place)
            ends.append(End(code, x, y, round(place[0], 1), round(place[1], 1)))
        else:
            ends.append(End("", x, y, x, y))
    return ends


def view_of(points: Iterable[tuple[float, float]]) -> View:
    """The part of the world that holds the points, never less than an eighth of its width."""
    spots = list(points)
    if not spots:
        return (0.0, 0.0, WIDTH, HEIGHT)
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    width = min(WIDTH, max(120.0, (right - left) * 1.3, (bottom - top) * 2.6))
    x = min(max(0.0, (left + right - width) / 2), WIDTH - width)
    y = min(max(0.0, (top + bottom - width / 2) / 2), HEIGHT - width / 2)
    return round(x, 1), round(y, 1), round(width, 1), round(width / 2, 1)


def _outline(ring: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in (project(lat, lon) for lat, lon in ring)) + "Z"


def project(lat: float, lon: float) -> tuple[float, float]:
    """Equirectangular: degrees to points of the drawing."""
    return round((lon + 180) / 360 * WIDTH, 1), round((90 - lat) / 180 * HEIGHT, 1)


def dots_of(events: Iterable[KeptEvent]) -> tuple[list[Dot], tuple[float, float, float, float]]:
    """Dots, bigger first so that small ones stay on top, and the view box that holds them."""
    groups: dict[tuple[float, float], list[KeptEvent]] = {}
    for kept in events:
        if (spot := _spot(kept)) is not None:
            groups.setdefault(spot, []).append(kept)
    dots = [_dot(lat, lon, many) for (lat, lon), many in groups.items()]
    dots.sort(key=lambda dot: -dot.size)
    if not dots:
        return [], (0.0, 0.0, WIDTH, HEIGHT)
    view = view_of((d.x, d.y) for d in dots)
    scale = view[2] / WIDTH
    fitted = [Dot(d.x, d.y, d.size * scale, d.name, d.count, d.quad, d.exact, d.link) for d in dots]
    return fitted, view


def circle(pairs: dict[str, int]) -> tuple[list[Node], list[Edge]]:
    """The busiest sides on a circle, in an order that keeps partners near, and curves between."""
    ties: Counter[str] = Counter()
    for pair, number in pairs.items():
        for code in pair.split("-"):
            ties[code] += number
    codes = _ordered([code for code, _ in ties.most_common(NODES)], pairs)
    most = max(ties.values(), default=1)
    at = {code: 2 * math.pi * i / max(1, len(codes)) - math.pi / 2 for i, code in enumerate(codes)}
    nodes = []
    for code, angle in at.items():
        x, y = 320 + 210 * math.cos(angle), 270 + 210 * math.sin(angle)
        size = 5 + 13 * math.sqrt(ties[code] / most)
        far = 210 + size + 8
        lx, ly = 320 + far * math.cos(angle), 270 + far * math.sin(angle) + 4
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        ly += 8 * math.sin(angle) if anchor == "middle" else 0
        x, y, size, lx, ly = (round(value, 1) for value in (x, y, size, lx, ly))
        nodes.append(Node(x, y, size, code, anchor, lx, ly))
    spots = {node.code: node for node in nodes}
    heavy = max(pairs.values(), default=1)
    edges = []
    for pair, number in sorted(pairs.items(), key=lambda item: item[1]):
        a, b = (spots.get(code) for code in pair.split("-"))
        if a and b:
            path = f"M{a.x} {a.y}Q320 270 {b.x} {b.y}"
            edges.append(Edge(path, round(1 + 7 * math.sqrt(number / heavy), 1), pair, number))
    return nodes, edges


def _ordered(codes: list[str], pairs: dict[str, int]) -> list[str]:
    """Each side next to the one, not yet placed, that it deals with most."""
    left = list(codes)
    order: list[str] = []
    while left:
        last = order[-1] if order else ""
        best = max(left, key=lambda code: pairs.get("-".join(sorted((last, code))), 0))
        left.remove(best)
        order.append(best)
    return order


def _spot(kept: KeptEvent) -> tuple[float, float] | None:
    at = kept.event.place
    return (at.lat, at.lon) if at and at.lat is not None and at.lon is not None else None


def _dot(lat: float, lon: float, many: list[KeptEvent]) -> Dot:
    quads = Counter(QUAD.get(str(kept.event.type), "verbal-conflict") for kept in many)
    at = many[0].event.place
    name, x_y = (at.name if at else ""), project(lat, lon)
    exact = bool(at and at.geoname)
    stories = ",".join(dict.fromkeys(kept.story for kept in many[:20]))
    link = f"/events?{looks.query(story=stories)}"
    size = 5 + 4 * math.sqrt(len(many))
    return Dot(*x_y, size, name, len(many), quads.most_common(1)[0][0], exact, link)
