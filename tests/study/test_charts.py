"""Charts are valid Vega-Lite, become files without a browser, and say what they leave out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair
import polars as pl
import pytest

from legation.errors import InputError
from legation.study import charts, media, networks, relation
from legation.study.turning import turning_points
from tests.study.test_networks import net
from tests.study.test_relation import day, made

ACTS = made(
    *[(day(i * 4), kind) for i, kind in enumerate(["ACCUSE", "SANCTION"] * 5 + ["SUPPORT"] * 8)]
)
PLACED = pl.concat(
    [
        made((day(1), "ASSAULT"), place="Mombasa", lat=-4.05, lon=39.67, precision="place"),
        made((day(2), "AID"), place="Kenya", lat=1.0, lon=38.0, precision="country"),
        made((day(3), "AID")),
    ]
)
WEEKS = relation.series(ACTS)
SHARED = pl.DataFrame(
    [("A", "B", 4, 3, 0.75), ("B", "A", 4, 3, 0.75)], media.AGREEMENT, orient="row"
)
PLANS = [{"day": day(9), "outcome": "kept", "words": "They will meet."}]
GROUND = [(-1.3, 36.8), (51.5, -0.1), (40.7, -74.0)]
SEATS = {"AAA": (1.0, 38.0), "BBB": (-6.0, 35.0)}

MADE: dict[str, Callable[[bool], dict[str, Any]]] = {
    "timeline": lambda dark: charts.timeline(WEEKS, ACTS, turning_points(ACTS), "T", dark=dark),
    "matrix": lambda dark: charts.matrix(networks.pairs(net()), "M", dark),
    "network": lambda dark: charts.network(*networks.network(net()), "N", dark),
    "places": lambda dark: charts.world(PLACED, GROUND, title="W", dark=dark),
    "relations": lambda dark: charts.world(
        ACTS, GROUND, SEATS, networks.pairs(ACTS, False), "R", dark
    ),
    "calendar": lambda dark: charts.calendar(ACTS, PLANS, "C", dark=dark),
    "ridgeline": lambda dark: charts.ridgeline(ACTS, title="Y", dark=dark),
    "agreement": lambda dark: charts.agreement(SHARED, "A", dark),
}
EMPTY: dict[str, Callable[[], dict[str, Any]]] = {
    "timeline": lambda: charts.timeline(WEEKS.clear(), ACTS.clear()),
    "matrix": lambda: charts.matrix(networks.pairs(ACTS.clear())),
    "network": lambda: charts.network(*networks.network(ACTS.clear())),
    "places": lambda: charts.world(made((day(1), "AID"))),
    "calendar": lambda: charts.calendar(ACTS.clear()),
    "ridgeline": lambda: charts.ridgeline(ACTS.clear()),
    "agreement": lambda: charts.agreement(SHARED.clear()),
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", MADE)
def test_a_chart_is_valid_and_becomes_svg(name: str, dark: bool) -> None:
    spec = MADE[name](dark)
    altair.Chart.from_dict(spec)
    text = charts.svg(json.loads(json.dumps(spec)))
    assert text.startswith("<svg")
    assert f">{spec['title']['text']}<" in text
    assert spec["title"]["subtitle"] in spec["description"]
    assert ("#15181d" in text) is dark
    assert "NaN" not in text


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_is_said_in_words(name: str) -> None:
    text = charts.svg(EMPTY[name]())
    words = EMPTY[name]()["data"]["values"][0]["words"]
    assert words.split()[0] in ("No", "Nobody", "None")
    assert words in text


def test_silence_and_missing_coverage_are_drawn_differently() -> None:
    covered = [{"period": day(0), "outlet": "X", "stories": 1, "originals": 1},
               {"period": day(7), "outlet": "X", "stories": 1, "originals": 1}]  # fmt: skip
    weeks = relation.series(made((day(0), "AID")), "week", until=day(20), coverage=covered)
    spec = charts.timeline(weeks, ACTS, title="T")
    assert "1 of 3 weeks without any coverage" in spec["title"]["subtitle"]
    gaps = spec["vconcat"][0]["layer"][0]["data"]["values"]
    assert [gap["period"] for gap in gaps] == [day(14)]
    dots = spec["vconcat"][1]["layer"][-1]["data"]["values"]
    assert len(dots) == 1


def test_a_map_counts_what_it_cannot_place() -> None:
    spec = charts.world(PLACED, GROUND, title="W")
    assert spec["title"]["subtitle"].startswith("2 acts placed, 1 unplaced")
    text = charts.svg(spec)
    assert "unplaced: 1" in text


def test_a_name_cannot_become_markup() -> None:
    evil = made((day(1), "AID"), actor_names=["<script>alert(1)</script>"])
    spec = charts.timeline(relation.series(evil), evil, title="<img onerror=x>")
    assert "<script>alert" not in charts.svg(spec)
    assert "<script>alert" not in charts.html(spec)
    assert "<img" not in charts.svg(spec)


def test_a_page_of_a_chart_asks_no_other_host() -> None:
    page = charts.html(MADE["ridgeline"](False), "Ridges")
    head, _, _ = page.partition('<script type="module">')
    assert 'src="' not in head
    assert "href=" not in head.partition("<noscript>")[0]
    assert "<title>Ridges</title>" in head
    assert "ast:true" in page


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF"), (".html", b"<!doctype"),
     (".json", b"{")],
)  # fmt: skip
def test_the_suffix_of_a_file_says_its_form(suffix: str, begins: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"chart{suffix}"
    charts.written(MADE["agreement"](False), path)
    assert path.read_bytes().startswith(begins)


def test_other_suffixes_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg"):
        charts.written(MADE["agreement"](False), tmp_path / "chart.bmp")
    with pytest.raises(InputError, match="No such file"):
        charts.written(MADE["agreement"](False), tmp_path / "no" / "chart.json")


def test_outlines_are_rings_of_the_world() -> None:
    pytest.importorskip("bqplot", reason="the extra maps is missing")
    shapes = charts.ground.outlines()
    assert len(shapes) > 150
    points = [spot for country in shapes for rings in country for ring in rings for spot in ring]
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in points)
    assert charts.ground.seats()["GUY"] == (6.804, -58.155)
    spec = charts.world(PLACED, GROUND, title="W", land=shapes)
    assert "<path" in charts.svg(spec)
