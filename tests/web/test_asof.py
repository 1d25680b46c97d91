"""What the desk knew on a day: the slider, its addresses, and every view that keeps to the day."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import PEOPLE

DAY = "2020-01-08"  # the second report, a denial, came on the 9th
VIEWS = (
    "/?", "/events?", "/happenings?", "/stories?", "/relations?", "/relations/FRA-MLI?",
    "/actors/FRA?", "/calendar?month=2020-01&", "/map?", "/network?",
)  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_as_of_a_day_leaves_later_reports_out(client: TestClient, view: str) -> None:
    now = client.get(view, headers=PEOPLE).text
    then = client.get(f"{view}as_of={DAY}", headers=PEOPLE).text
    assert 'type="range"' in now
    assert "Later reports are left out" in then
    assert "Niamey News" not in then


def test_links_keep_to_the_day(client: TestClient) -> None:
    page = client.get(f"/relations/FRA-MLI?as_of={DAY}", headers=PEOPLE).text
    assert f'href="/calendar?as_of={DAY}"' in page
    assert f"as_of={DAY}&amp;as_of" not in page
    assert '<a data-now href="/relations/FRA-MLI">now</a>' in page
    (id,) = (one["id"] for one in client.get("/api/v1/happenings?type=ACCUSE").json()["items"])
    assert f'href="/happenings/{id}?as_of={DAY}"' in page


def test_a_happening_is_not_disputed_before_its_denial(client: TestClient) -> None:
    def told(day: str) -> list[tuple[str, bool, int]]:
        found = client.get(f"/happenings.json?type=ACCUSE&as_of={day}").json()["items"]
        return [(one["status"], one["disputed"], len(one["outlets"])) for one in found]

    assert told("2020-01-07") == []
    assert told(DAY) == [("happened", False, 1)]
    assert told("2020-01-09") == [("happened", True, 2)]
    (id,) = (one["id"] for one in client.get("/happenings.json?type=ACCUSE").json()["items"])
    assert client.get(f"/happenings/{id}?as_of=2020-01-01", headers=PEOPLE).status_code == 404


def test_the_slider_gives_a_stable_address(client: TestClient) -> None:
    asked = {"day": "18269", "to": "/events?type=CONSULT&as_of=2019-01-01&cursor=x"}
    told = client.get("/as-of", params=asked, follow_redirects=False)
    assert told.status_code == 303
    assert told.headers["location"] == "/events?type=CONSULT&as_of=2020-01-08"
    away = client.get("/as-of?day=1&to=//evil.example/", follow_redirects=False)
    assert away.headers["location"] == "/?as_of=1970-01-02"
    assert client.get("/as-of?day=99999999&to=/", headers=PEOPLE).status_code == 422


def test_the_chart_is_drawn_for_light_and_dark(client: TestClient) -> None:
    page = client.get("/relations/FRA-MLI", headers=PEOPLE).text
    assert 'class="for-light"' in page
    assert 'class="for-dark"' in page
    light = client.get("/charts/relations/FRA-MLI.svg").text
    dark = client.get("/charts/relations/FRA-MLI.svg?dark=true&narrow=true").text
    assert "#ffffff" in light
    assert "#15181d" in dark


@pytest.mark.parametrize(
    ("page", "picture", "shows"),
    [
        ("/relations/FRA-MLI", "/charts/relations/FRA-MLI/types", ">ACCUSE<"),
        ("/relations/FRA-MLI", "/charts/relations/FRA-MLI/outlets", "reported by two outlets<"),
        ("/network", "/charts/matrix", ">MLI<"),
    ],
)
def test_pages_show_their_pictures_in_every_form(
    client: TestClient, page: str, picture: str, shows: str
) -> None:
    assert f'src="{picture}.svg?dark=true"' in client.get(page, headers=PEOPLE).text
    for form in ("", "?narrow=true", "?dark=true", "?since=2019-01-01&as_of=2020-02-01"):
        drawn = client.get(f"{picture}.svg{form}")
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert shows in drawn.text
    assert client.get(f"{picture}.png").content.startswith(b"\x89PNG")
    assert ">No act" in client.get(f"{picture}.svg?since=1990-01-01&until=1990-02-01").text
    assert client.get(f"{picture}.gif", headers=PEOPLE).status_code == 422


def test_the_map_stands_on_outlines_and_counts_what_has_no_place(client: TestClient) -> None:
    pytest.importorskip("bqplot", reason="the extra maps is missing")
    page = client.get("/map", headers=PEOPLE).text
    assert 'href="/charts/land.svg#land"' in page
    assert "unplaced" in page
    drawn = client.get("/charts/land.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert 50_000 < len(drawn.text) < 200_000
    arcs = client.get("/map?of=relations", headers=PEOPLE).text
    assert 'href="/relations/FRA-MLI" aria-label="FRA-MLI' in arcs
