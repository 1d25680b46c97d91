"""Desks to test on: a file, and a database of a private PostgreSQL server where there is one."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import legation
from legation.store import Desk
from legation.story import Date, Event, Party, Place, Span, Story
from tests.store import server

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[server.Server]:
    """A private server; skips where PostgreSQL is not installed."""
    tools = server.binaries()
    if tools is None:
        pytest.skip("no PostgreSQL binaries (initdb, pg_ctl) on this machine")
    with tempfile.TemporaryDirectory(prefix="desk") as folder:  # pytest's are closed to others
        made = server.Server(Path(folder), tools)
        yield made
        made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new desk, once for each database."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.db")
    made: server.Server = request.getfixturevalue("postgres")
    return made.url(f"desk{next(_names)}")


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    """A new, empty desk."""
    with legation.open(url) as made:
        yield made


TEXT = "France condemned the raid on Mali. Niger's envoy Ali Bako will visit Chad on Friday."
FRA = Party("France", None, "FRA", "GOV", entity="country:FRA", start=0, end=6)
MLI = Party("Mali", None, "MLI", "GOV", entity="country:MLI", start=29, end=33)
BAKO = Party("Ali Bako", "Ali Bako", "NER", "GOV", "envoy", start=49, end=57)
TCD = Party("Chad", None, "TCD", "GOV", entity="country:TCD", start=69, end=73)


def event(**changes: object) -> Event:
    """France condemned Mali on 7 January 2020, with what is asked for changed."""
    base = Event(
        id="x", type="ACCUSE", mode="disapprove", actors=(FRA,), recipients=(MLI,),
        status="happened", date=Date("2020-01-07", "2020-01-07", "Tuesday", "text"), place=None,
        source=(), confidence=0.8, evidence=(Span(7, 16), Span(0, 6, "actor")),
        why=(("type", "accuse by 'condemn'"),),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


VISIT = event(
    type="CONSULT", mode="visit", actors=(BAKO,), recipients=(TCD,), status="planned",
    date=Date("2020-01-10", "2020-01-10", "on Friday", "text"), confidence=0.6,
    place=Place("Chad", "Chad", "TCD", 15.0, 19.0, 2434508), contexts=("diplomatic",),
    evidence=(Span(63, 68), Span(49, 57, "actor")), source=(replace(BAKO, manner="said"),),
)  # fmt: skip


def story(**changes: object) -> Story:
    """A read story of two events."""
    base = Story(
        TEXT, id="a.txt", published="2020-01-08", title="Raid condemned", outlet="Sahel Wire",
        url="https://sahel.example/a", language="en", events=(event(), VISIT), version="1+m",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]
