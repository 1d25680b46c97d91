"""A person's word by form and by API: kept, applied, taken back; only with the right to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import legation
from legation.store import Desk
from legation.web import tokens
from tests.web.conftest import PEOPLE, Words, asker, fill, form_of


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Desk]:
    with legation.open(tmp_path / "desk.db") as made:
        fill(made)
        yield made


def said(client: TestClient, **given: str) -> int:
    form = form_of(client.get("/review?below=1", headers=PEOPLE).text)
    answer = client.post("/review", data={"form": form, **given}, follow_redirects=False)
    return answer.status_code


def test_the_least_seen_event_is_shown_with_its_keys(own: Desk, words: Words) -> None:
    page = asker(own, words, trusted=True).get("/review?below=1", headers=PEOPLE).text
    for key in ("a", "x", "c", "s"):
        assert f'data-key="{key}"' in page


def test_an_accepted_event_is_reviewed_and_can_be_taken_back(own: Desk, words: Words) -> None:
    client = asker(own, words, trusted=True)
    kept = own.events().first()
    assert kept is not None
    assert said(client, event=kept.id, verdict="accept") == 303
    review = own.reviews(kept.id)[0]
    assert (review.verdict, review.person) == ("accept", "local")
    assert own.events(reviewed=True).count() == 1
    assert said(client, verdict="undo", number=str(review.n)) == 303
    assert own.events(reviewed=True).count() == 0


def test_a_correction_changes_the_event_for_good(own: Desk, words: Words) -> None:
    client = asker(own, words, trusted=True)
    kept = own.events(type="ACCUSE", status="happened").first()
    assert kept is not None
    given = {"type": "THREATEN", "mode": "", "status": "happened", "note": "a threat"}
    assert said(client, event=kept.id, verdict="correct", **given) == 303
    changed = own.event(kept.id)
    assert changed is not None
    assert str(changed.event.type) == "THREATEN"
    assert len(own.versions(kept.id)) == 2


def test_two_happenings_are_merged_and_split_again(own: Desk, words: Words) -> None:
    client = asker(own, words, trusted=True)
    one, two = own.events(type="ACCUSE").page(2).items
    if one.happening == two.happening:
        assert said(client, event=one.id, verdict="split") == 303
        one, two = own.events(type="ACCUSE").page(2).items
    assert one.happening != two.happening
    assert said(client, event=one.id, verdict="merge", other=two.happening) == 303
    merged = [own.event(kept.id) for kept in (one, two)]
    assert merged[0] is not None
    assert merged[1] is not None
    assert merged[0].happening == merged[1].happening
    assert said(client, event=one.id, verdict="split") == 303


@pytest.mark.parametrize(
    "given",
    [{"verdict": "delete"}, {"verdict": "accept", "event": "none"},
     {"verdict": "undo", "number": "x"},
     {"verdict": "merge", "event": "none", "other": "none"}],
)  # fmt: skip
def test_a_verdict_that_makes_no_sense_is_refused(
    own: Desk, words: Words, given: dict[str, str]
) -> None:
    assert said(asker(own, words, trusted=True), **given) == 422


def test_without_the_scope_nothing_is_kept(own: Desk, words: Words) -> None:
    client = asker(own, words)
    kept = own.events().first()
    assert kept is not None
    assert said(client, event=kept.id, verdict="accept") == 401
    assert own.reviews() == []


def test_a_token_reviews_in_its_name(own: Desk, words: Words, tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    token = tokens.new(file, "ada", ["review"])
    client = asker(own, words, tokens=file)
    kept = own.events().first()
    assert kept is not None
    given = {"event": kept.id, "verdict": "accept"}
    assert client.post("/api/v1/reviews", json=given).status_code == 401
    bearer = {"authorization": f"Bearer {token}"}
    assert client.post("/api/v1/reviews", json=given, headers=bearer).status_code == 201
    assert own.reviews(kept.id)[0].person == "ada"
    unknown = {"event": "none", "verdict": "accept"}
    assert client.post("/api/v1/reviews", json=unknown, headers=bearer).status_code == 404
