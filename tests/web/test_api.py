"""The API: records with evidence, cursors, ETags, problem+json; and what a fuzzer makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

import legation
from legation.store import Desk
from legation.web import records
from tests.web.conftest import Words, asker, fill


def test_an_event_says_where_its_evidence_stands(client: TestClient) -> None:
    found = client.get("/api/v1/events?type=ACCUSE&limit=1").json()["items"][0]
    text = client.get(f"/api/v1/stories/{found['story']['id']}").json()["text"]
    for span in found["evidence"]:
        assert text[span["start"] : span["end"]] == span["exact"]
    assert found["why"] == {"type": "accuse by 'condemn'"}


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("events", records.Listed[records.EventRecord]),
        ("happenings", records.Listed[records.HappeningRecord]),
        ("stories", records.Listed[records.StoryRecord]),
        ("calendar", records.Listed[records.PlanRecord]),
        ("search?q=raid", records.Listed[records.HitRecord]),
    ],
)
def test_lists_are_as_documented(client: TestClient, address: str, model: Any) -> None:
    told = client.get(f"/api/v1/{address}").json()
    assert told["items"]
    TypeAdapter(model).validate_python(told, strict=True)


def test_single_records_are_as_documented(client: TestClient) -> None:
    event = client.get("/api/v1/events?limit=1").json()["items"][0]
    for address, model in (
        (f"events/{event['id']}", records.EventRecord),
        (f"events/{event['id']}/versions", records.Listed[records.EventRecord]),
        (f"happenings/{event['happening']}", records.HappeningWhole),
        (f"stories/{event['story']['id']}", records.StoryWhole),
    ):
        TypeAdapter(model).validate_python(client.get(f"/api/v1/{address}").json(), strict=True)


@pytest.mark.parametrize("name", ["events", "happenings", "stories", "calendar"])
def test_cursors_lead_through_everything_once(client: TestClient, name: str) -> None:
    query = {"limit": 1, "undated": True} if name == "calendar" else {"limit": 1}
    seen: list[str] = []
    cursor = ""
    while True:
        told = client.get(f"/api/v1/{name}", params={**query, "cursor": cursor}).json()
        seen += [json.dumps(item, sort_keys=True) for item in told["items"]]
        cursor = told["next"]
        if not cursor:
            break
    whole = client.get(f"/api/v1/{name}", params={**query, "limit": 1000}).json()["items"]
    assert seen == [json.dumps(item, sort_keys=True) for item in whole]
    assert len(set(seen)) == len(seen)


def test_an_unchanged_answer_is_not_sent_again(desk: Desk, words: Words) -> None:
    client = asker(desk, words, fresh=60.0)
    first = client.get("/api/v1/events")
    again = client.get("/api/v1/events", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/api/v1/events").content == first.content
    assert client.get("/api/v1/events?limit=1").headers["etag"] != first.headers["etag"]


def test_a_changed_desk_has_another_etag(tmp_path, words) -> None:
    import legation
    from tests.store.conftest import story

    with legation.open(tmp_path / "desk.db") as desk:
        client = asker(desk, words)
        before = client.get("/api/v1/events")
        desk.add(story())
        after = client.get("/api/v1/events", headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200
        assert len(after.json()["items"]) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [("events/none", 404), ("happenings/none", 404), ("stories/none", 404), ("events?limit=0", 422),
     ("events?type=NONE", 422), ("events?wrong=1", 422), ("events?cursor=none", 422),
     ("relations/none", 422), ("calendar?outcome=none", 422), ("export/events.xls", 422)],
)  # fmt: skip
def test_errors_are_problems(client: TestClient, address: str, status: int) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"]


def test_a_posted_text_is_read(client: TestClient) -> None:
    given = {"text": "France condemned the raid on Mali.", "published": "2020-01-08"}
    told = client.post("/api/v1/read", json=given).json()
    assert told["events"][0]["type"] == "ACCUSE"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "arrow"])
@pytest.mark.parametrize("name", ["events", "happenings", "stories", "plans"])
def test_everything_is_exported(client: TestClient, name: str, form: str) -> None:
    answer = client.get(f"/api/v1/export/{name}.{form}")
    assert answer.status_code == 200
    assert f"{name}.{form}" in answer.headers["content-disposition"]
    assert answer.content


def test_a_fuzzer_finds_no_crash_and_no_undocumented_answer(desk: Desk, words: Words) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis (extra dev) is missing")
    from hypothesis import HealthCheck, Phase, given, settings

    app = asker(desk, words).app
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "testserver"})
    checks = [
        schemathesis.checks.not_a_server_error,
        schemathesis.checks.CHECKS.get_one("status_code_conformance"),
        schemathesis.checks.CHECKS.get_one("content_type_conformance"),
        schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
    ]
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=6, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def fuzzed(case: Any) -> None:
            case.call_and_validate(checks=checks, headers={"host": "testserver"})

        fuzzed()
        tried += 1
    assert tried >= 18


def test_rows_and_objects_say_the_same(desk: Desk, client: TestClient) -> None:
    from legation.web import records

    told = client.get("/api/v1/events").json()["items"]
    assert told == json.loads(json.dumps([records.event(one) for one in desk.events()]))
    assert told == client.get("/events.json").json()["items"]


def test_events_that_are_kept_as_text_are_told_anew_once_the_desk_changes(
    tmp_path: Path, words: Words
) -> None:
    with legation.open(tmp_path / "desk.db") as made:
        fill(made)
        client = asker(made, words)

        def told(query: str) -> list[dict[str, Any]]:
            items: list[dict[str, Any]] = client.get(f"/api/v1/events?{query}").json()["items"]
            return items

        for query in ("limit=2", "limit=100", "status=happened"):
            for one in told(query):
                kept = made.event(one["id"])
                assert kept is not None
                assert one == json.loads(orjson.dumps(records.event(kept)))
        kept = made.events(type="CONSULT").first()
        assert kept is not None
        made.review("event", kept.id, "accept")
        assert [one["reviewed"] for one in told("limit=99") if one["id"] == kept.id] == [True]
