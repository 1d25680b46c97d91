"""Every page and every form of every list answers, with the evidence one step away."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import defusedxml.ElementTree as ElementTree
import pytest
from fastapi.testclient import TestClient

import legation
from legation.store import Desk
from legation.web.changes import changes
from tests.store.conftest import event
from tests.store.test_happenings import report
from tests.web.conftest import PEOPLE, asker

PAGES = (
    "/", "/?days=30", "/events", "/happenings", "/stories", "/relations", "/relations/FRA-MLI",
    "/relations/CHN-KOR", "/relations/FRA+NER-MLI", "/actors", "/actors?words=Ali", "/actors/FRA",
    "/actors/Ali%20Bako", "/calendar", "/calendar?month=2020-01", "/search", "/search?q=raid",
    "/read", "/review", "/events?as_of=2020-01-01", "/sign-in",
)  # fmt: skip
LISTS = ("events", "happenings", "stories", "calendar")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=PEOPLE)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1" in answer.text
    assert "<main" in answer.text


def test_an_event_shows_its_sentence_with_the_evidence_marked(client: TestClient) -> None:
    page = client.get("/events?type=ACCUSE", headers=PEOPLE).text
    assert '<mark class="m-actor"' in page
    assert ">condemned</mark>" in page


def test_a_happening_shows_where_reports_differ(client: TestClient, desk: Desk) -> None:
    found = next(iter(desk.happenings(disputed=True)))
    page = client.get(f"/happenings/{found.id}", headers=PEOPLE).text
    assert page.count('class="differs"') == 1, "whether it happened"
    assert page.count('<article class="card"') == len(found.happening.events) == 2


def test_what_a_report_does_not_tell_contradicts_nobody(client: TestClient, desk: Desk) -> None:
    found = next(iter(desk.happenings(type="CONSULT", min_reports=2)))
    page = client.get(f"/happenings/{found.id}", headers=PEOPLE).text
    assert "<td>not told</td>" in page
    assert "differs" not in page


def test_a_pair_is_found_by_its_names(client: TestClient) -> None:
    def led(one: str, two: str) -> str:
        asked = {"one": one, "two": two, "since": "2020-01-01"}
        answer = client.get("/relations", params=asked, headers=PEOPLE, follow_redirects=False)
        return answer.headers.get("location") or answer.text

    assert led("china", "South Korea") == "/relations/CHN-KOR?since=2020-01-01"
    assert led("EU", "Fran") == "/relations/EU-FRA?since=2020-01-01"
    assert "called &#39;Atlantis&#39;" in led("Atlantis", "France")
    assert "names begin so" in led("France", "South")


def test_the_start_page_says_on_whose_word_and_leads_to_what_is_asked_first(
    client: TestClient, desk: Desk
) -> None:
    page = client.get("/?days=30", headers=PEOPLE).text
    ways = re.findall(r'<a href="([^"]+)"><span class="value">(?:Denied|Disputed|Due|Copies)', page)
    assert len(ways) == 4
    for way in ways:
        assert client.get(html.unescape(way), headers=PEOPLE).status_code == 200
    denied = client.get(html.unescape(ways[0]), headers=PEOPLE).text
    assert denied.count('<li class="item">') == desk.events(status="negated").count() == 1


def test_only_copies_are_listed_with_what_they_copy(client: TestClient, desk: Desk) -> None:
    page = client.get("/stories?copied=true", headers=PEOPLE).text
    copies = [kept for kept in desk.stories() if kept.copy_of]
    assert page.count('<li class="item">') == len(copies) == desk.stories(copied=True).count() > 0
    assert "of its words stand in" in page
    items = client.get("/api/v1/stories?copied=true").json()["items"]
    assert [one["id"] for one in items] == [kept.id for kept in copies]


def test_a_story_marks_its_acts_and_says_why(client: TestClient, desk: Desk) -> None:
    kept = desk.events(type="CONSULT").first()
    assert kept is not None
    page = client.get(f"/stories/{kept.story}", headers=PEOPLE).text
    assert f'id="e-{kept.id}"' in page
    assert ">visit</mark>" in page
    assert "Why it was coded so" in page


def test_the_calendar_shows_what_became_of_a_plan(client: TestClient) -> None:
    page = client.get("/calendar?month=2020-01", headers=PEOPLE).text
    assert "10 Jan 2020" in page
    assert "lapsed" in page


def test_silence_is_told_as_silence(client: TestClient) -> None:
    page = client.get("/relations/CHN-KOR", headers=PEOPLE).text
    assert "silence of the desk, not proof that nothing happened" in page


@pytest.mark.parametrize("address", ["/nothing", "/events/x", "/stories/x", "/happenings/x"])
def test_what_is_not_there_is_told_as_a_page(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=PEOPLE)
    assert answer.status_code == 404
    assert "Not here" in answer.text


@pytest.mark.parametrize("query", ["type=XX", "since=yesterday", "limit=0", "colour=red"])
def test_a_wrong_question_is_answered_with_what_is_wrong(client: TestClient, query: str) -> None:
    answer = client.get(f"/events?{query}", headers=PEOPLE)
    assert answer.status_code == 422
    assert "That cannot be asked" in answer.text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_as_json_with_pages(client: TestClient, name: str) -> None:
    told = client.get(f"/{name}.json?limit=1").json()
    assert len(told["items"]) == 1
    if told["next"]:
        assert client.get(f"/{name}.json", params={"limit": 1, "cursor": told["next"]}).json()[
            "items"
        ]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_as_csv_and_json_lines(client: TestClient, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{name}.csv").text)))
    lines = [json.loads(line) for line in client.get(f"/{name}.jsonl").text.splitlines()]
    assert rows
    assert len(rows) == len(lines)
    assert list(rows[0]) == list(lines[0])


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_as_parquet_and_arrow(client: TestClient, name: str) -> None:
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(client.get(f"/{name}.parquet").content))
    stream = arrow.ipc.open_stream(client.get(f"/{name}.arrow").content).read_all()
    assert table.num_rows == stream.num_rows > 0


@pytest.mark.parametrize("address", [*(f"/{name}.atom" for name in LISTS), "/index.atom"])
def test_a_list_is_an_atom_feed(client: TestClient, address: str) -> None:
    answer = client.get(address)
    tree = ElementTree.fromstring(answer.content)
    space = "{http://www.w3.org/2005/Atom}"
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert tree.findall(f"{space}entry")
    for entry in tree.findall(f"{space}entry"):
        assert all(entry.find(space + name) is not None for name in ("id", "title", "updated"))


def test_a_pasted_text_is_read_and_not_kept(client: TestClient, desk: Desk) -> None:
    before = desk.status()["stories"]
    form = (
        client.get("/read", headers=PEOPLE)
        .text.partition('name="form" value="')[2]
        .partition('"')[0]
    )
    answer = client.post(
        "/read", data={"form": form, "text": "France condemned the raid on Mali.", "published": ""},
        headers=PEOPLE,
    )  # fmt: skip
    assert answer.status_code == 200
    assert ">condemned</mark>" in answer.text
    assert desk.status()["stories"] == before


def test_an_empty_desk_says_how_to_begin(tmp_path, words) -> None:
    import legation
    from tests.web.conftest import asker

    with legation.open(tmp_path / "empty.db") as empty:
        client = asker(empty, words)
        assert "An empty desk" in client.get("/", headers=PEOPLE).text
        for address in PAGES:
            assert client.get(address, headers=PEOPLE).status_code in (200, 404)


def test_a_relation_can_be_that_of_a_group(client: TestClient) -> None:
    page = client.get("/relations/EU-MLI", headers=PEOPLE)
    assert page.status_code == 200
    assert "European Union and Mali" in page.text
    assert "Told by most independent reports" in page.text
    alone = client.get("/api/v1/relations/FRA-MLI").json()["items"]
    assert client.get("/api/v1/relations/EU-MLI").json()["items"] == alone != []


def test_a_status_stands_beside_the_sentence_of_a_report_that_tells_it(
    tmp_path: Path, words: Any
) -> None:
    """Two deny what one, the surest, affirms: the denial speaks, the other side beside it."""
    with legation.open(tmp_path / "desk.db") as made:
        made.add(report(1, published="2020-01-08", events=(event(confidence=0.9),)))
        for number in (2, 3):
            denial = event(status="negated", confidence=0.5)
            made.add(report(number, published="2020-01-09", events=(denial,)))
        (one,) = made.happenings(type="ACCUSE")
        assert one.happening.disputed
        assert one.happening.status == "negated"
        for days, then, leading, other in (
            (7, "", "negated", "happened"), (1, "", "negated", "happened"),
            (7, "2020-01-08", "happened", None),
        ):  # fmt: skip
            (change,) = changes(made, days, then=then).changes
            assert change.lead.event.status == leading
            assert (change.other.event.status if change.other else None) == other
        page = asker(made, words).get("/?days=7", headers=PEOPLE).text
        at = page.index("The other account:")
        assert page.index("status s-negated") < at < page.index("status s-happened", at)
