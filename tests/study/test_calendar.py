"""The calendar of plans as rows, iCalendar and RSS, read back by other people's parsers."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import feedparser
import icalendar

from legation.study import calendar

PLAN: dict[str, Any] = {
    "id": "e1", "day": "2024-02-20", "last_day": "2024-02-22", "outcome": "open",
    "type": "CONSULT", "mode": "visit", "actors": ["Indira Hope"], "actor_countries": ["GUY"],
    "recipients": ["Suriname"], "recipient_countries": ["SUR"], "sources": ["a minister"],
    "words": "She will go; in truth, a long, long road \\ lies before her\nand the envoys " * 3,
    "published": "2024-02-12", "outlet": "Wire <1> & Sons", "url": "https://wire.example/?a=1&b=2",
    "story": "s1", "happening": "h1", "place": "Paramaribo, SUR", "place_country": "SUR",
    "confidence": 0.8, "by_event": None, "by_words": None, "by_day": None, "by_outlet": None,
    "decided": "2024-02-12T10:00:00.000Z",
}  # fmt: skip
KEPT = PLAN | {
    "id": "e2", "outcome": "kept", "by_event": "e9", "by_words": "She arrived – ünïcödé ☂.",
    "by_day": "2024-02-21", "by_outlet": "Post",
}  # fmt: skip


def test_an_icalendar_parser_reads_every_entry_back() -> None:
    text = calendar.ics([PLAN, KEPT, PLAN | {"id": "e3", "outcome": "cancelled"}])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = icalendar.Calendar.from_ical(text.encode())
    entries = read.walk("VEVENT")
    assert [str(e["UID"]) for e in entries] == ["e1@legation", "e2@legation", "e3@legation"]
    assert [str(e["STATUS"]) for e in entries] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    first = entries[0]
    assert first.decoded("DTSTART") == date(2024, 2, 20)
    assert first.decoded("DTEND") == date(2024, 2, 23)
    assert PLAN["words"].strip() in str(first["DESCRIPTION"])
    assert str(first["LOCATION"]) == "Paramaribo, SUR"
    assert not [e.errors for e in read.walk() if e.errors]


def test_no_text_breaks_out_of_its_line() -> None:
    evil = PLAN | {"words": "x\r\nEND:VEVENT\r\nBEGIN:VALARM", "actors": ["a\x00b"],
                   "url": "https://x.example/\r\nX-EVIL:1"}  # fmt: skip
    read = icalendar.Calendar.from_ical(calendar.ics([evil]))
    assert len(read.walk("VEVENT")) == 1
    assert not read.walk("VALARM")
    assert "X-EVIL" not in read.walk("VEVENT")[0]


def test_a_plan_without_a_day_is_in_no_icalendar_but_in_the_feed() -> None:
    undated = PLAN | {"day": None, "last_day": None}
    assert "VEVENT" not in calendar.ics([undated])
    assert len(feedparser.parse(calendar.rss([undated])).entries) == 1


def test_the_feed_is_valid_and_news_comes_first() -> None:
    text = calendar.rss([PLAN, KEPT], "https://desk.example/calendar", "Plans <all>")
    channel = ElementTree.fromstring(text).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "Plans <all>"
    read = feedparser.parse(text)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == ["e2-kept", "e1-open"]
    assert read.entries[0].title == "GUY to SUR: CONSULT visit (kept)"
    assert "She arrived – ünïcödé ☂." in read.entries[0].summary
    assert read.entries[0].published_parsed[:3] == (2024, 2, 21)


def test_empty_calendars_are_still_valid() -> None:
    assert not icalendar.Calendar.from_ical(calendar.ics([])).walk("VEVENT")
    assert not feedparser.parse(calendar.rss([])).bozo
