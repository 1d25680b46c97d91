"""One reader for the whole run: loading the model takes longer than most tests."""

from collections.abc import Iterator

import pytest

import legation
from tests.site import Site


@pytest.fixture(scope="session")
def reader() -> legation.Reader:
    """The shipped model, words and world."""
    return legation.Reader()


@pytest.fixture(scope="session")
def rules(reader: legation.Reader) -> legation.Reader:
    """The rules alone, for tests of the lexicon and the algebra; the model's voice has its own."""
    return legation.Reader(reader.parser, voices="rules")


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
