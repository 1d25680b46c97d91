"""The day of a page, as pages of many languages write it; what could be another day is not one."""

from __future__ import annotations

import pytest

from legation.ingest.dated import published, words

PAGE = "<html lang='{}'><body><h1>T</h1><span>{}</span><p>France condemned Mali.</p></body></html>"


@pytest.mark.parametrize(("tongue", "text", "day"), words()["examples"])
def test_a_labelled_day_is_read(tongue: str, text: str, day: str) -> None:
    assert published(PAGE.format(tongue, text)) == day


def test_no_word_is_two_months() -> None:
    names = [name for line in words()["months"] for name in line.split()]
    assert len(names) == len(set(names))


def test_what_the_page_says_to_machines_goes_first() -> None:
    meta = "<meta property='article:published_time' content='2018-03-02T22:00:00Z'>"
    assert published(meta + PAGE.format("en", "Updated: March 3, 2018")) == "2018-03-02"
