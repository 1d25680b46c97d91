"""One reader for the whole run: loading the model takes longer than most tests."""

from collections.abc import Iterator

import pytest

import legation
from tests.site import Site


@pytest.fixture(scope="session")
def reader() -> legation.Reader:
    """The shipped model, words and world."""
    return legation.Reader()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
