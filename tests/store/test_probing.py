"""A word that very many stories hold finds the same events, in the same order, as any other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from legation.store import Desk, legs, probing
from legation.story import Date
from tests.store.conftest import TEXT, VISIT, event, story

DAYS = [f"2020-01-{day:02}" for day in range(1, 25)]
ASKED: list[dict[str, Any]] = [
    {"text": "raid"},
    {"text": "raid -odd"},
    {"text": "odd"},
    {"text": "early", "order": "newest"},
    {"text": "early", "order": "oldest"},
    {"text": '"raid on Mali" od*', "order": "oldest"},
    {"text": "odd", "pair": "FRA-MLI"},
    {"text": "odd", "actor": "NER", "status": "planned"},
    {"text": "odd", "order": "recorded"},
    {"text": "odd", "party": "USA"},
    {"text": "nowhere"},
]


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Two events a day: all stories tell the raid, every second is odd, the first four early."""
    batch = []
    for number, day in enumerate(DAYS):
        words = [TEXT, *(["It is odd."] if number % 2 else []), *(["Early."] if number < 4 else [])]
        then = Date(day, day, day, "text")
        told = (replace(event(), date=then), replace(VISIT, date=then))
        batch.append(story(text=f"{' '.join(words)} {number}", published=day, events=told))
    desk.add_all(batch)
    return desk


def pages(result: Any, size: int) -> list[str]:
    """The ids of all, a page at a time."""
    found, cursor = [], ""
    while True:
        page = result.page(size, cursor)
        found += [kept.id for kept in page.items]
        cursor = page.next
        if not cursor:
            return found


def every(desk: Desk, size: int) -> list[list[str]]:
    """All that is asked."""
    return [pages(desk.events(**asked), size) for asked in ASKED]


def test_pages_are_the_same(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = every(full, 10_000)
    numbers = {asked["text"]: len(found[at]) for at, asked in enumerate(ASKED)}
    assert (numbers["raid"], numbers["early"], numbers["nowhere"]) == (48, 8, 0)
    monkeypatch.setattr(legs, "few", lambda database, text: False)
    for most in (8, 256):
        for share in (0.0, 0.4):
            monkeypatch.setattr(probing, "MOST", most)
            monkeypatch.setattr(probing, "SHARE", share)
            assert every(full, 3) == found


def test_a_page_of_a_common_word_sets_no_stories_apart(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legs, "few", lambda database, text: False)
    run: list[str] = []
    rows = full.database.rows

    def heard(sql: str, values: Any = ()) -> list[Any]:
        run.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(full.database, "rows", heard)
    assert len(full.events(text="raid", party="FRA").page(5).items) == 5
    assert not [sql for sql in run if "IN (SELECT" in sql]
    assert len(full.events(text="early").page(5).items) == 5
    assert [sql for sql in run if "IN (SELECT" in sql], "too rare among those met first"
