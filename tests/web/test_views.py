"""Every page in every form, its pictures, and the code it offers to copy, which is run."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import defusedxml.ElementTree as ElementTree
import polars
import pytest
from fastapi.testclient import TestClient

from legation.store import Desk
from tests.web.conftest import PEOPLE

VIEWS = (
    "/index?days=30", "/relations", "/relations/FRA-MLI", "/relations/EU-MLI?as_of=2020-01-08",
    "/actors/FRA", "/actors/Ali%20Bako", "/map", "/map?of=relations", "/network?type=ACCUSE",
    "/search?q=raid", "/events", "/happenings", "/stories?outlet=Niamey%20News", "/calendar",
    "/happenings?disputed=true", "/stories?copied=true", "/calendar?month=2020-01",
)  # fmt: skip
CHARTS = (
    "/charts/relations/FRA-MLI", "/charts/relations/FRA-MLI/types",
    "/charts/relations/FRA-MLI/outlets", "/charts/matrix",
)  # fmt: skip
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "json": b"{"}


def single(desk: Desk) -> list[str]:
    """The pages of one event, its happening and its story."""
    kept = desk.events(type="ACCUSE").first()
    assert kept is not None
    return [f"/events/{kept.id}", f"/happenings/{kept.happening}", f"/stories/{kept.story}"]


def formed(view: str, form: str) -> str:
    path, _, query = view.partition("?")
    return f"{path}.{form}" + (f"?{query}" if query else "")


def test_every_view_answers_in_every_form(client: TestClient, desk: Desk) -> None:
    for view in (*VIEWS, *single(desk)):
        told = client.get(formed(view, "json"))
        assert told.status_code == 200, view
        assert told.json().get("items", True), view
        rows = list(csv.DictReader(io.StringIO(client.get(formed(view, "csv")).text)))
        lines = client.get(formed(view, "jsonl")).text.splitlines()
        assert len(rows) == len(lines) > 0, view
        assert list(rows[0]) == list(json.loads(lines[0])), view
        table = polars.read_parquet(io.BytesIO(client.get(formed(view, "parquet")).content))
        assert table.columns == list(rows[0]), view
        assert table.height == len(rows), view
        feed = client.get(formed(view, "atom"))
        assert feed.headers["content-type"].startswith("application/atom+xml"), view
        entries = ElementTree.fromstring(feed.content).findall("{*}entry")
        assert entries, view
        assert all(one.find("{*}updated").text[:2] == "20" for one in entries), view


def test_a_pair_is_counted_once_whichever_way(client: TestClient, desk: Desk) -> None:
    told = {row["pair"]: row["events"] for row in client.get("/network.json").json()["items"]}
    assert {"FRA-MLI", "NER-TCD"} <= set(told)
    assert told == {pair: len(list(desk.events(pair=pair))) for pair in told}
    page = client.get("/relations", headers=PEOPLE).text
    assert "France and France" not in page


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("form", BEGINS)
def test_a_picture_comes_in_every_form(client: TestClient, chart: str, form: str) -> None:
    answer = client.get(f"{chart}.{form}?titled=true&dark=true")
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINS[form])
    if form == "svg":
        assert "#15181d" in answer.text
        assert answer.content != client.get(f"{chart}.svg?narrow=true").content


def test_a_picture_has_its_numbers(client: TestClient) -> None:
    def numbers(chart: str, query: str = "") -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(client.get(f"/charts/{chart}.csv{query}").text)))

    types = numbers("relations/FRA-MLI/types")
    assert {row["type"] for row in types} == {"ACCUSE"}
    (cell,) = [row for row in numbers("matrix") if (row["a"], row["b"]) == ("FRA", "MLI")]
    assert int(cell["acts"]) >= 1
    assert numbers("relations/FRA-MLI/outlets") == []  # the second report is a copy of the first


@pytest.mark.parametrize(
    ("chart", "said"),
    [("relations/CHN-KOR", "No acts and no coverage"), ("relations/CHN-KOR/types", "No acts"),
     ("relations/CHN-KOR/outlets", "No act is reported by two"),
     ("matrix", "No acts between two parties")],
)  # fmt: skip
def test_a_picture_of_nothing_says_so(client: TestClient, chart: str, said: str) -> None:
    query = "?type=MOBILIZE" if chart == "matrix" else ""
    answer = client.get(f"/charts/{chart}.svg{query}")
    assert answer.status_code == 200
    assert said in answer.text


@pytest.mark.parametrize("address", ["/charts/matrix.svg?colour=red", "/charts/matrix.gif"])
def test_a_picture_that_cannot_be_asked_for(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 422


def test_pages_carry_their_pictures_with_words(client: TestClient) -> None:
    relation = client.get("/relations/FRA-MLI?as_of=2020-01-08", headers=PEOPLE).text
    network = client.get("/network?type=ACCUSE", headers=PEOPLE).text
    for page, drawn in ((relation, "/charts/relations/FRA-MLI/types.svg"),
                        (relation, "/charts/relations/FRA-MLI/outlets.svg"),
                        (network, "/charts/matrix.svg")):  # fmt: skip
        images = [i for i in re.findall(r"<img [^>]*>", page) if drawn in i]
        assert len(images) == 2  # for light and for dark ground
        assert all('loading="lazy"' in image for image in images)
        assert all(len(image.partition('alt="')[2].partition('"')[0]) > 40 for image in images)
        kept = "as_of=2020-01-08" if page is relation else "type=ACCUSE"
        assert all(kept in image for image in images)


def test_what_a_page_offers_to_copy_runs(
    client: TestClient, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for view in (*VIEWS, *single(desk)):
        address = view.replace("/index", "/")
        page = client.get(address, headers=PEOPLE).text
        offered = re.findall(r'<pre id="([a-z-]+)"><code>(.*?)</code></pre>', page, re.DOTALL)
        assert [name for name, _ in offered if name == "as-python"], view
        kinds = re.search(r'<p class="kinds">(.*?)</p>', page, re.DOTALL)
        assert kinds is not None, view
        for link in re.findall(r'href="([^"]+)"', kinds[1]):
            assert client.get(html.unescape(link)).status_code == 200, link
        for name, escaped in offered:
            code = html.unescape(escaped)
            if name.endswith("-python"):
                exec(code.replace('"desk.db"', repr(desk.url)), {})
                if name != "as-python":
                    assert Path(f"{name.partition('-')[0]}.svg").read_text().startswith("<svg")
            else:
                told = urlsplit(shlex.split(code)[-1])
                answer = client.get(f"{told.path}?{told.query}")
                assert answer.status_code == 200, (view, code)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_of_all_days_can_be_asked_for(client: TestClient, day: str) -> None:
    for name in ("since", "until", "as_of"):
        for view in ("/events", "/happenings", "/relations/FRA-MLI", "/network", "/map"):
            assert client.get(f"{view}?{name}={day}", headers=PEOPLE).status_code == 200, view
        for form in ("svg", "csv"):
            answer = client.get(f"/charts/relations/FRA-MLI.{form}?{name}={day}")
            assert answer.status_code == 200
            assert len(answer.content) < 60_000
    for name in ("due_since", "due_until", "as_of"):
        assert client.get(f"/api/v1/calendar?{name}={day}").status_code == 200
