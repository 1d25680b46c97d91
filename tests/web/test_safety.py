"""What is hostile stays inert: texts, hosts, forms, tokens, paths, sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import legation
from legation.errors import InputError
from legation.store import Desk
from legation.web import tokens
from legation.web.guard import HEADERS, Limiter
from tests.store.conftest import event, story
from tests.web.conftest import PEOPLE, Words, asker, form_of

EVIL = (
    "<script>alert(1)</script> condemned <img src=x onerror=alert(2)> \"' onmouseover='alert(3)"
    " javascript:alert(4) {{ 7 * 7 }} \u202e\u0000\ud7ff\u2028 </mark></title><svg onload=alert(5)>"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, words: Words) -> TestClient:
    desk = legation.open(tmp_path_factory.mktemp("evil") / "desk.db")
    party = legation_party("<b onclick=alert(6)>Eve</b>")
    desk.add(
        story(
            text=EVIL + " end", title=EVIL * 40, outlet="<i>Evil & Co</i>",
            id='"><script>x</script>',
            url="javascript:alert(7)", events=(event(actors=(party,), why=(("type", EVIL),)),),
        )
    )  # fmt: skip
    return asker(desk, words)


def legation_party(name: str) -> Any:
    from legation.story import Party

    return Party(name, name, "FRA", "GOV", "<u>role</u>", "person:<x>", start=0, end=6)


@pytest.mark.parametrize(
    "address",
    ["/", "/events", "/happenings", "/stories", "/search?q=condemned", "/relations/FRA-MLI",
     "/actors/FRA", "/actors?words=%3Cb", "/search?q=<script>alert(1)</script>",
     "/events?text=<script>alert(1)</script>", "/events.atom", "/actors/<script>alert(1)<script>"],
)  # fmt: skip
def test_markup_in_a_story_is_shown_as_text(hostile: TestClient, address: str) -> None:
    page = hostile.get(address, headers=PEOPLE).text
    for bad in ("<script>alert", "<img src=x", "<svg onload", "<b onclick", "<i>Evil", "<u>role"):
        assert bad not in page
    assert 'href="javascript:' not in page
    assert "49" not in page or "{{ 7 * 7 }}" in page or "7 * 7" not in page


def test_every_page_of_a_hostile_story_is_inert(hostile: TestClient) -> None:
    listed = hostile.get("/events.json").json()["items"][0]
    for address in (
        f"/stories/{listed['story']['id']}", f"/events/{listed['id']}",
        f"/happenings/{listed['happening']}",
    ):  # fmt: skip
        page = hostile.get(address, headers=PEOPLE).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page


def test_a_spreadsheet_runs_no_cell(tmp_path: Path, words: Words) -> None:
    with legation.open(tmp_path / "desk.db") as desk:
        desk.add(story(title='=HYPERLINK("http://x")', outlet="@SUM(1)"))
        text = asker(desk, words).get("/stories.csv").text
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text


@pytest.mark.parametrize(
    "address", ["/", "/events", "/nothing", "/api/v1/events", "/static/app.css"]
)
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=PEOPLE)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/", "/events", "/relations/FRA-MLI", "/calendar", "/read"])
def test_pages_need_no_inline_script_or_style(client: TestClient, address: str) -> None:
    page = client.get(address, headers=PEOPLE).text
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick" not in page
    assert (
        "//" not in page.replace("http://testserver", "").replace("https://", "").split("<main")[0]
    )


def test_a_foreign_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "testserver:8000"}).status_code == 200


def test_a_form_from_elsewhere_is_refused(client: TestClient) -> None:
    page = client.get("/read", headers=PEOPLE).text
    form = form_of(page)
    given = {"form": form, "text": "x"}
    assert client.post("/read", data={"text": "x"}).status_code == 403
    assert client.post("/read", data={"form": "0" * 64, "text": "x"}).status_code == 403
    for header in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/read", data=given, headers=header).status_code == 403
    client.cookies.clear()
    assert client.post("/read", data=given).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/stories/..%2f..%2fetc",
     "/events?text=' OR 1=1 --", "/events?actor='; DROP TABLE events; --", "/search?q=\"",
     "/search?q=NEAR(a b)", "/events?cursor=x~1' OR '1'='1", "/events?cursor=%00",
     "/actors/%27%20OR%201=1", "/relations/A'-B", "/api/v1/events?story=%27", "/events?text=%00"],
)  # fmt: skip
def test_no_path_or_sql_reaches_the_outside(client: TestClient, desk: Desk, address: str) -> None:
    before = desk.status()["events"]
    answer = client.get(address)
    assert answer.status_code in (200, 404, 422)
    assert "def application" not in answer.text
    assert "sqlite" not in answer.text.lower()
    assert desk.status()["events"] == before


def test_too_large_a_body_is_refused(client: TestClient) -> None:
    assert client.post("/api/v1/read", content=b"x" * 1_000_001).status_code == 413

    def endless() -> Any:
        for _ in range(40):
            yield b"x" * 50_000

    assert client.post("/api/v1/read", content=endless()).status_code == 413


def test_reading_is_open_here_and_writing_is_not(client: TestClient) -> None:
    assert client.get("/api/v1/events").status_code == 200
    answer = client.post("/api/v1/stories", json={"text": "France condemned the raid on Mali."})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_token_may_do_what_its_scopes_say(tmp_path: Path, words: Words) -> None:
    kept = tmp_path / "tokens.json"
    only_read = tokens.new(kept, "reader", ["read"])
    may_write = tokens.new(kept, "writer", ["write"])
    with legation.open(tmp_path / "desk.db") as desk:
        client = asker(desk, words, tokens=kept, public=False)
        text = {"text": "France condemned the raid on Mali.", "published": "2020-01-08"}
        assert client.get("/api/v1/events").status_code == 401
        assert client.get("/events", headers=PEOPLE, follow_redirects=False).status_code == 303

        def bearer(token: str) -> dict[str, str]:
            return {"authorization": f"Bearer {token}"}

        assert client.get("/api/v1/events", headers=bearer("legation_no")).status_code == 403
        assert client.get("/api/v1/events", headers=bearer(only_read)).status_code == 200
        assert (
            client.post("/api/v1/stories", json=text, headers=bearer(only_read)).status_code == 403
        )
        answer = client.post("/api/v1/stories", json=text, headers=bearer(may_write))
        assert answer.status_code == 201
        assert desk.story(answer.json()["id"]) is not None
        tokens.withdraw(kept, "reader")
        assert client.get("/api/v1/events", headers=bearer(only_read)).status_code == 403


def test_no_answer_outlives_its_token(tmp_path: Path, words: Words, desk: Desk) -> None:
    path = tmp_path / "tokens.json"
    token = tokens.new(path, "reader", ["read"])
    closed = asker(desk, words, public=False, tokens=path, fresh=60.0)
    told = {"authorization": f"Bearer {token}"}
    first = closed.get("/api/v1/events", headers=told)
    tag = {"if-none-match": first.headers["etag"]}
    assert closed.get("/api/v1/events", headers=told | tag).status_code == 304
    assert closed.get("/api/v1/events", headers=tag).status_code == 401
    tokens.withdraw(path, "reader")
    assert closed.get("/api/v1/events", headers=told).status_code == 403
    assert closed.get("/api/v1/events", headers=told | tag).status_code == 403


def test_tokens_are_kept_as_hashes_that_only_the_owner_reads(tmp_path: Path) -> None:
    kept = tmp_path / "tokens.json"
    token = tokens.new(kept, "one", ["read", "review"])
    assert token not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    found = tokens.holder(kept, token)
    assert found is not None
    assert found.scopes == ("read", "review")
    assert tokens.holder(kept, token + "x") is None
    with pytest.raises(InputError, match="already"):
        tokens.new(kept, "one", ["read"])


def test_a_signed_in_person_reads_by_cookie(tmp_path: Path, words: Words) -> None:
    kept = tmp_path / "tokens.json"
    token = tokens.new(kept, "one", ["read"])
    with legation.open(tmp_path / "desk.db") as desk:
        client = asker(desk, words, tokens=kept, public=False)
        page = client.get("/sign-in", headers=PEOPLE).text
        form = form_of(page)
        given = {"form": form, "token": "wrong", "to": "//evil.example"}
        assert "no such token" in client.post("/sign-in", data=given, headers=PEOPLE).text
        answer = client.post("/sign-in", data={**given, "token": token}, follow_redirects=False)
        assert answer.headers["location"] == "/"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert client.get("/events", headers=PEOPLE).status_code == 200


def test_too_many_requests_are_told_when_to_come_back(desk: Desk, words: Words) -> None:
    client = asker(desk, words, rate=3)
    answers = [client.get("/api/v1/events?limit=1") for _ in range(5)]
    assert [one.status_code for one in answers[:3]] == [200, 200, 200]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert client.get("/events", headers=PEOPLE).status_code == 200


def test_a_limiter_fills_up_again() -> None:
    limiter = Limiter(60)
    assert [limiter.wait("a", 0.0) for _ in range(60)] == [0.0] * 60
    assert limiter.wait("a", 0.0) == pytest.approx(1.0)
    assert limiter.wait("b", 0.0) == 0.0
    assert limiter.wait("a", 1.0) == 0.0
