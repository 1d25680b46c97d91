"""One reader for the whole run: loading the model takes longer than most tests."""

import pytest

import legation


@pytest.fixture(scope="session")
def reader() -> legation.Reader:
    """The shipped model, words and world."""
    return legation.Reader()
