"""No page walks a whole table: every query of every page is one or a few ranges of an index.

These desks are small; what SQLite plans for them it plans for a million events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from legation.store import Desk

BIG = {"e": "events", "s": "stories", "h": "happenings", "p": "plans", "w": "who or pairs"}
PAGES = (
    "/", "/?days=30", "/index.atom", "/events", "/events.json", "/events.csv", "/events.atom",
    "/happenings", "/happenings.json", "/happenings.csv", "/happenings.atom", "/stories",
    "/stories.json", "/stories.csv", "/stories.atom", "/relations", "/relations/{a}-{b}",
    "/charts/relations/{a}-{b}.svg", "/charts/relations/{a}-{b}/types.svg",
    "/charts/relations/{a}-{b}/outlets.svg", "/charts/matrix.svg", "/actors", "/actors?words=a",
    "/actors/{a}", "/actors/{name}",
    "/calendar", "/calendar.json", "/calendar.csv", "/calendar.atom", "/calendar.ics",
    "/calendar.rss", "/map", "/network", "/search?q=the", "/review", "/events/{event}",
    "/happenings/{happening}", "/stories/{story}", "/events?mode=visit", "/events?place={a}",
    "/events?type=CONSULT", "/events?type=CONSULT,ACCUSE&status=planned", "/events?status=negated",
    "/events?outlet={outlet}", "/events?context=diplomatic", "/events?reviewed=true",
    "/events?actor={a}/GOV&type=ACCUSE", "/events?pair={a}-{b}&min_confidence=0.9",
    "/events?order=changed", "/events?actor={a}&recipient={b}", "/happenings?type=CONSULT",
    "/happenings?status=planned", "/happenings?mode=visit", "/happenings?disputed=true",
    "/happenings?party={a}", "/happenings?pair={a}-{b}", "/happenings?place={a}",
    "/happenings?order=changed", "/happenings?min_independent=3", "/stories?outlet={outlet}",
    "/stories?copies=false", "/calendar?party={a}", "/calendar?pair={a}-{b}",
    "/calendar?outcome=open", "/api/v1/events", "/api/v1/happenings", "/api/v1/stories",
    "/api/v1/calendar", "/api/v1/relations/{a}-{b}",
)  # fmt: skip


class Watched:
    """A database that notes what it is asked."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.asked: dict[str, tuple[Any, ...]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    def rows(self, sql: str, values: Any = ()) -> Any:
        self.asked[sql] = tuple(values)
        return self._database.rows(sql, values)


@pytest.fixture
def watched(desk: Desk) -> Iterator[Watched]:
    base = desk.database
    desk.database = Watched(base)
    yield desk.database
    desk.database = base


def filled(page: str, desk: Desk) -> str:
    """A page's address with a pair, an event and so on of the desk."""
    event = desk.events(status="happened").first()
    pair = desk.counts("pair", limit=1)[0]["pair"].split("-")
    named = next((p["name"] for p in desk.parties() if p["name"] and " " in p["name"]), pair[0])
    assert event is not None
    return page.format(
        a=pair[0], b=pair[1], name=named, event=event.id, happening=event.happening,
        story=event.story, outlet=event.outlet,
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_no_page_walks_a_table(page: str, desk: Desk, client: TestClient, watched: Watched) -> None:
    address = filled(page, desk)
    watched.asked.clear()
    answer = client.get(address, headers={"accept": "text/html", "x-for": "plans"})
    assert answer.status_code == 200, answer.text[:300]
    assert watched.asked
    wrong = [f"{sql}\n    {said}" for sql, said in faults(watched)]
    assert not wrong, "\n".join(wrong)


def faults(watched: Watched) -> Iterator[tuple[str, str]]:
    for sql, values in watched.asked.items():
        plan = [row[3] for row in watched._database.rows(f"EXPLAIN QUERY PLAN {sql}", values)]
        sorted_ = any("TEMP B-TREE FOR ORDER BY" in said for said in plan)
        for said in plan:
            found = re.match(r"SCAN (\w+)(?: USING (COVERING )?INDEX)?", said)
            if found is None or found[1] not in BIG:
                continue
            ordered = "INDEX" in said or "ORDER BY e.n " in sql
            if ordered and "LIMIT" in sql and not sorted_:
                continue  # walked in the order of the list, and only until a page is full
            yield sql, said
