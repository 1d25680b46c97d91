"""What was set aside or odd is kept with its reason, and found again by any of its sides."""

from __future__ import annotations

import pytest

from legation.errors import InputError
from legation.store import Desk, clock
from legation.story import Problem
from tests.store.conftest import story

HOURS = [f"2026-03-0{day}T12:00:00.000Z" for day in range(1, 6)]


@pytest.fixture
def noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two lines and a page set aside and two oddities of a story, one a day from 1 March on."""
    at = iter(HOURS)
    monkeypatch.setattr(clock, "now", lambda: next(at))
    desk.aside("news/", "news/Week 1.jsonl:4: not JSON")
    desk.aside("news/", "news/Week 1.jsonl:9: no text")
    desk.aside("https://x.example/100%_a", "404", "unreadable")
    odd = (Problem("odd", "two heads", 3, 5), Problem("teaser-only", "no page"))
    monkeypatch.setattr(clock, "now", lambda: HOURS[3])
    desk.add(story(problems=odd))
    return desk


def messages(desk: Desk, **asked: object) -> list[str]:
    return [kept.message for kept in desk.problems(**asked)]  # type: ignore[arg-type]


def test_the_last_come_first_or_the_first(noted: Desk) -> None:
    every = messages(noted)
    assert every[0] == "no page"
    assert every[-1] == "news/Week 1.jsonl:4: not JSON"
    assert messages(noted, order="oldest") == every[::-1]
    assert noted.problems().count() == len(every) == 5


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"aside": True}, ["404", "9: no text", "4: not JSON"]),
        ({"code": "unreadable,odd"}, ["two heads", "404"]),
        ({"code": ["teaser-only"]}, ["no page"]),
        ({"location": "Week 1"}, ["9: no text", "4: not JSON"]),
        ({"location": "news/"}, ["9: no text", "4: not JSON"]),
        ({"location": "0%_"}, ["404"]),
        ({"location": "_"}, ["404"]),
        ({"location": "week 1"}, []),
        ({"story": "a.txt"}, ["no page", "two heads"]),
        ({"story": "b.txt"}, []),
        ({"since": "2026-03-03"}, ["no page", "two heads", "404"]),
        ({"since": "2026-03-03T12:00:01"}, ["no page", "two heads"]),
        ({"until": "2026-03-02"}, ["9: no text", "4: not JSON"]),
        ({"since": "2026-03-02", "until": "2026-03-02T13:00:00+01:00"}, ["9: no text"]),
        ({"aside": True, "since": "2026-03-04"}, []),
    ],
)
def test_each_filter_finds_what_fits(
    noted: Desk, asked: dict[str, object], found: list[str]
) -> None:
    told = messages(noted, **asked)
    assert [message.rpartition("jsonl:")[2] for message in told] == found
    assert noted.problems(**asked).count() == len(found)  # type: ignore[arg-type]


def test_pages_go_on_where_the_last_ended(noted: Desk) -> None:
    for order in ("newest", "oldest"):
        result, told, cursor = noted.problems(order=order), [], ""
        while True:
            page = result.page(2, cursor)
            told += [kept.message for kept in page.items]
            cursor = page.next
            if not cursor:
                break
        assert told == messages(noted, order=order)


def test_a_row_says_where_and_when_and_unknown_is_none(noted: Desk) -> None:
    rows = list(noted.problems(location="404").rows())
    assert rows == [
        {
            "at": HOURS[2], "code": "unreadable", "location": "https://x.example/100%_a",
            "message": "404", "story": None, "start": None, "end": None,
        }
    ]  # fmt: skip
    (odd,) = noted.problems(code="odd").rows()
    assert (odd["start"], odd["end"]) == (3, 5)
    kept = noted.story("a.txt")
    assert kept is not None
    assert odd["story"] == kept.id
    assert noted.problems().to_polars().height == 5


@pytest.mark.parametrize("asked", [{"since": "soon"}, {"until": "2026-02-30"}])
def test_what_is_no_day_is_told(desk: Desk, asked: dict[str, str]) -> None:
    with pytest.raises(InputError, match="no day or time"):
        desk.problems(**asked)  # type: ignore[arg-type]


def test_a_wrong_cursor_or_order_is_told(desk: Desk) -> None:
    with pytest.raises(InputError, match="no cursor"):
        desk.problems().page(5, "x")
    with pytest.raises(InputError, match="none of newest, oldest"):
        desk.problems(order="best").first()
