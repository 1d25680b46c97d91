"""On which day did a page come out? From the most to the least trustworthy statement of the page.

JSON-LD, meta tags, `<time>`, then a labelled date in one of many languages (`dated.toml`, with
examples that a test reads); `htmldate` has the last word, except for what it would make up: a
1 January out of a bare year, the order of 03/04/2017.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

SCRIPT = re.compile(
    r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>(.{0,200000}?)</script", re.I | re.S
)


ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r"<(?:meta|time)\b[^>]{0,1000}>", re.I)
_PUBLISHED = {
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "date",
    "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "publish-date", "publishdate",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    "og:published_time", "publication_date", "dc.date.created", "citation_publication_date",
}  # fmt: skip


def _meta_days(page: str) -> Iterator[str]:
    times = []
    for tag in _TAG.findall(page):
        values = {m[0].lower(): m[1] or m[2] for m in ATTRIBUTE.findall(tag)}
        if tag[1:5].lower() == "time":
            times.append(_iso(values.get("datetime", "")))
            continue
        key = values.get("property") or values.get("name") or values.get("itemprop") or ""
        if key.lower() in _PUBLISHED:
            yield _iso(values.get("content", ""))
    yield from times


def _iso(value: str) -> str:
    found = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else ""


def _day(year: int, month: int, day: int) -> str:
    """The ISO day if it is one on which a page can have come out."""
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if year >= 1990 and found <= date.today() else ""


def published(page: str) -> str:
    """The ISO day on which the page says it was published, or "" (never an invented one)."""
    for candidate in (*_json_days(page), *_meta_days(page)):
        if candidate:
            return candidate
    labelled = list(_labelled_days(page))
    return next(filter(None, labelled), "" if UNSURE in labelled else _guarded(page))


def _json_days(page: str) -> Iterator[str]:
    for script in SCRIPT.findall(page):
        try:
            yield from _dated(json.loads(script), 0)
        except (json.JSONDecodeError, RecursionError):
            continue


def _dated(node: Any, depth: int) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(node, list):
        for item in node:
            yield from _dated(item, depth + 1)
    elif isinstance(node, dict):
        if isinstance(node.get("datePublished"), str):
            yield _iso(node["datePublished"])
        for value in node.values():
            if isinstance(value, dict | list):
                yield from _dated(value, depth + 1)


UNSURE = None  # a date that is one of two days


@cache
def words() -> dict[str, Any]:
    """`dated.toml`: labels, months (a line each) and examples."""
    return tomllib.loads(files("legation.ingest").joinpath("dated.toml").read_text("utf-8"))


@cache
def _months() -> dict[str, int]:
    return {name: n for n, line in enumerate(words()["months"], 1) for name in line.split()}


@cache
def _written() -> re.Pattern[str]:
    """A label and a date: day month year, month day year, year month day; in words or numbers."""
    label = "|".join(sorted(map(re.escape, words()["labels"]), key=len, reverse=True))
    name, nth = r"([^\W\d][^\s\d.,]{1,14})", r"(\d{1,2})(?:st|nd|rd|th|er|º)?"
    return re.compile(
        rf"(?:{label})(?:\s+(?:on|le|el|il|am|em|op|den|dne))?\s*[:：]?\s*(?:[^\W\d]+,?\s+)?(?:"
        rf"{nth}[.\s]+(?:de\s+|of\s+)?{name}\.?,?\s+(?:de\s+)?(\d{{4}})"
        rf"|{name}\.?\s+{nth},?\s+(\d{{4}})"
        rf"|(\d{{4}})\.?\s+(?:m\.\s+)?{name}\s+(\d{{1,2}})\b"
        r"|(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})"
        r"|(\d{1,2})(?:\s+tháng\s+|[./])(\d{1,2})(?:,?\s+(?:năm\s+)?|[./])(\d{4}))"
    )


def _labelled_days(page: str) -> Iterator[str | None]:
    """Days after a label such as "published", in reading order; UNSURE for one of two days."""
    text = _visible(page)
    for found in _written().finditer(text):
        a, b, c, d, e, f, g, h, i, *numbers = found.groups()
        if a or d or g:
            day, name, year = (a, b, c) if a else (e, d, f) if d else (i, h, g)
            yield _day(int(year), _months().get(name, 0), int(day))
        elif numbers[0]:
            of, month, on = map(int, numbers[:3])
            yield _day(of, month, on)
        else:
            one, two, of = map(int, numbers[3:])
            yield _ordered(one, two, of, page, "tháng" in found[0])


def _ordered(first: int, second: int, year: int, page: str, day_first: bool) -> str | None:
    """03/04/2017 is in March only in the United States; UNSURE in English of no country."""
    tag = _TONGUE.search(page[:5_000])
    tongue = tag[1].lower() if tag else "en"
    month_first = tongue in ("en-us", "en_us")
    if max(first, second) <= 12 and first != second and tongue == "en" and not day_first:
        return UNSURE
    month = first if second > 12 or (month_first and first <= 12) else second
    return _day(year, month, first + second - month)


_TONGUE = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([\w-]+)", re.I)


def _visible(page: str) -> str:
    import html

    bare = re.sub(r"<(script|style)\b.*?</\1\s*>", " ", page[:2_000_000], flags=re.I | re.S)
    text = html.unescape(re.sub(r"<[^<>]{0,2000}>", " ", bare))
    return re.sub(r"\s+", " ", text.replace("İ", "i").lower().replace("i\u0307", "i"))


def _guarded(page: str) -> str:
    """What `htmldate` finds, unless it is a 1 January that the page does not write out."""
    import htmldate

    try:
        found = htmldate.find_date(page, original_date=True, extensive_search=False)
    except Exception:  # the library raises parser errors of several kinds; then we know no date
        return ""
    day = _iso(found or "")
    if day.endswith("-01-01"):
        year, names = day[:4], "|".join(words()["months"][0].split())
        literal = (
            rf"{year}[-/.年]0?1[-/.月]0?1(?!\d)|\b0?1[./]0?1[./]{year}|"
            rf"\b0?1\.?\s+(?:de\s+)?(?:{names})\.?,?\s+(?:de\s+)?{year}|"
            rf"\b(?:january|jan)\.?\s+0?1,?\s+{year}"
        )
        return day if re.search(literal, _visible(page) + page.lower()) else ""
    return day
