"""A small desk that is read by hand, and the server over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import legation
from legation.store import Desk
from legation.web import Settings, application
from tests.store.conftest import VISIT, event, story

PEOPLE = {"accept": "text/html"}


class Words:
    """A reader that finds one event in any text; the real one is not wanted for pages."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def read(self, **given: Any) -> Any:
        text = given.pop("text")
        return story(**{"text": text, "events": (event(),), **given})


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Three stories of France and Mali: one act told by two, one denied, one planned visit."""
    path: Path = tmp_path_factory.mktemp("web") / "desk.db"
    with legation.open(path) as made:
        fill(made)
        yield made


def fill(desk: Desk) -> None:
    """Put the stories in."""
    text = story().text
    desk.add_all(
        [
            story(),
            story(
                text=text + " Paris confirmed it.", outlet="Niamey News", id="b", title="Raid",
                url="", published="2020-01-09",
                events=(event(status="negated", confidence=0.6),),
            ),
            story(text=text + " The end.", outlet="Delta Daily", id="c",
                events=(replace(VISIT, place=None),)),
        ]
    )  # fmt: skip


@pytest.fixture(scope="session")
def words(reader: legation.Reader) -> Words:
    """The stand-in reader, with the real tables of the world."""
    return Words(reader.world)


@pytest.fixture
def client(desk: Desk, words: Words) -> TestClient:
    """Asks the server as a program on this machine does."""
    return asker(desk, words)


def asker(desk: Desk, words: Any, **changes: Any) -> TestClient:
    """A client of a server with these settings."""
    settings = Settings(**{"hosts": ("testserver",), "fresh": 0.0, "rate": 0, **changes})
    return TestClient(application(desk, settings, words))


def form_of(page: str) -> str:
    """The signed word of a page's form."""
    return page.partition('name="form" value="')[2].partition('"')[0]
