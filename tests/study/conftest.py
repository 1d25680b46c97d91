"""The demo desk of examples/desk, read once for all tests of the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import legation
from legation import ingest
from legation.store import Desk

REPORTS = Path(__file__).parent.parent.parent / "examples" / "desk" / "reports.jsonl"


@pytest.fixture(scope="session")
def demo(reader: legation.Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The 71 reports of the quarrel between Guyana and Suriname, kept in a desk."""
    desk = legation.open(tmp_path_factory.mktemp("demo") / "desk.db")
    desk.add_all(list(reader.read_all(ingest.stories(str(REPORTS)))))
    yield desk
    desk.close()
