"""A news page becomes a story: article text, title, outlet and day of publication.

`trafilatura` finds the article. The day is looked for from the most to the least trustworthy
statement of the page (JSON-LD, meta tags, `<time>`, a labelled date in one of many languages, the
address); `htmldate` has the last word, except for the 1 January that it makes up from a bare year.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from legation.errors import InputError
from legation.ingest.markup import plain
from legation.ingest.text import decode
from legation.story import Story

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)


def story(raw: bytes, name: str, charset: str = "") -> Story:
    """The story of an HTML page; InputError when it holds no article text."""
    page = _decoded(raw, name, charset)
    document, told = _article(page), metadata(page)
    text = (document.get("text") or "").strip() or told.get("articleBody", "")
    if not text:
        raise InputError(f"{name}: no article text in this page{_offers(page)}")
    return Story(
        text=text,
        title=told.get("headline", "") or (document.get("title") or "").strip(),
        outlet=told.get("publisher", "") or (document.get("sitename") or "").strip(),
        url=document.get("url") or "",
        published=published(page),
    )


def metadata(page: str) -> dict[str, str]:
    """What a page says of itself as a schema.org NewsArticle (JSON-LD), the fields that it has.

    Keys as in schema.org: headline, articleBody; `publisher` is the name of the outlet.
    """
    for script in _SCRIPT.findall(page):
        try:
            article = _news_article(json.loads(script), 0)
        except (json.JSONDecodeError, RecursionError):
            continue
        if article:
            publisher = article.get("publisher")
            told = {key: article.get(key) for key in ("headline", "articleBody")}
            told["publisher"] = publisher.get("name") if isinstance(publisher, dict) else publisher
            return {k: plain(v) for k, v in told.items() if isinstance(v, str) and v.strip()}
    return {}


def _news_article(node: Any, depth: int) -> dict[str, Any]:
    """The first node of an article type in a JSON-LD document."""
    kinds = node.get("@type", ()) if isinstance(node, dict) else ()
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if any(str(kind).endswith("Article") or kind == "Report" for kind in kinds):
        return dict(node)
    if depth > 6:
        return {}
    inside = node if isinstance(node, list) else node.values() if isinstance(node, dict) else ()
    found = (_news_article(child, depth + 1) for child in inside if isinstance(child, dict | list))
    return next(filter(None, found), {})


def _offers(page: str) -> str:
    """The feeds that a page without an article names, for the error's advice."""
    feeds = []
    for tag in _LINK.findall(page):
        values = {m[0].lower(): m[1] or m[2] for m in _ATTRIBUTE.findall(tag)}
        if "alternate" in values.get("rel", "") and re.search(
            "rss|atom|feed", values.get("type", "")
        ):
            feeds.append(values.get("href", ""))
    return f"; it offers the feed {', '.join(feeds[:3])}" if feeds else ""


def published(page: str) -> str:
    """The ISO day on which the page says it was published, or "" (never an invented one)."""
    for candidate in (*_json_days(page), *_meta_days(page), *_labelled_days(page)):
        if candidate:
            return candidate
    return _guarded(page)


def _decoded(raw: bytes, name: str, charset: str) -> str:
    declared = _CHARSET.search(raw[:4096])
    for encoding in (charset, declared.group(1).decode("ascii") if declared else ""):
        if encoding and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            try:
                return raw.decode(encoding)
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    return decode(raw, name)


def _article(page: str) -> dict[str, Any]:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=False, with_metadata=True
        )
    except Exception as error:  # lxml and its friends raise many things on broken markup
        raise InputError(f"unreadable markup: {error}") from error
    if found is None:
        return {}
    return found if isinstance(found, dict) else dict(found.as_dict())


_SCRIPT = re.compile(
    r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>(.{0,200000}?)</script", re.I | re.S
)


def _json_days(page: str) -> Iterator[str]:
    for script in _SCRIPT.findall(page):
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


_LINK = re.compile(r"<link\b[^>]{0,1000}>", re.I)
_TAG = re.compile(r"<(?:meta|time)\b[^>]{0,1000}>", re.I)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PUBLISHED = {
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "date",
    "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "publish-date", "publishdate",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    "og:published_time", "publication_date", "dc.date.created", "citation_publication_date",
}  # fmt: skip


def _meta_days(page: str) -> Iterator[str]:
    times = []
    for tag in _TAG.findall(page):
        values = {m[0].lower(): m[1] or m[2] for m in _ATTRIBUTE.findall(tag)}
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


_MONTHS = """
january jan januar janvier janv enero ene gennaio gen janeiro januari ocak stycznia styczeń января січня ינואר يناير
february feb februar février févr febrero febbraio fevereiro februari şubat subat lutego luty февраля лютого פברואר فبراير
march mar märz mars marzo março maart mart marca marzec марта березня מרץ مارس
april apr avril avr abril abr aprile nisan kwietnia kwiecień апреля квітня אפריל أبريل ابريل
may mai mayo maggio maio mei mayıs mayis maja maj мая травня מאי مايو
june jun juni juin junio giugno junho haziran czerwca czerwiec июня червня יוני يونيو
july jul juli juillet juil julio luglio julho temmuz lipca lipiec июля липня יולי يوليو
august aug août agosto augustus ağustos agustos sierpnia sierpień августа серпня אוגוסט أغسطس اغسطس
september sept sep septembre septiembre settembre setembro eylül eylul września wrzesień сентября вересня ספטמבר سبتمبر
october oct oktober octobre octubre ottobre outubro ekim października październik октября жовтня אוקטובר أكتوبر اكتوبر
november nov novembre noviembre novembro kasım kasim listopada listopad ноября листопада נובמבר نوفمبر
december dec dezember déc décembre diciembre dicembre dezembro aralık aralik grudnia grudzień декабря грудня דצמבר ديسمبر
"""  # noqa: E501 - one month a line, as written in a dozen languages
_MONTH = {
    word: number
    for number, line in enumerate(_MONTHS.strip().splitlines(), 1)
    for word in line.split()
}

_LABEL = (
    r"(?:published|posted|updated|last updated|date|publié|mis à jour|publicado|actualizado|"
    r"pubblicato|aggiornato|veröffentlicht|aktualisiert|stand|erstellt|gepubliceerd|"
    r"giriş tarihi|güncelleme tarihi|yayın tarihi|yayınlanma tarihi|güncelleme|tarih|"
    r"giris tarihi|guncelleme tarihi|yayin tarihi|data publikacji|opublikowano|"
    r"опубликовано|обновлено|дата публикации|опубліковано|оновлено|"
    r"发布时间|发表时间|更新时间|時間|公開日|更新日|게시|입력|수정|تاريخ النشر|نشر|פורסם)"
)
_WORDY = re.compile(
    _LABEL + r"(?:\s+(?:on|le|el|il|am|em))?\s*[:：]?\s*(?:\w+,?\s+)?"
    r"(?:(\d{1,2})[.\s]+(?:de\s+)?([^\W\d]{3,12})\.?,?\s+(?:de\s+)?(\d{4})"
    r"|([^\W\d]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4}))"
)
_NUMERIC = re.compile(
    _LABEL + r"\s*[:：]?\s*(?:(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})"
    r"|(\d{1,2})[./](\d{1,2})[./](\d{4}))"
)


def _labelled_days(page: str) -> Iterator[str]:
    """Days after a label such as "published", in many languages, in reading order."""
    text = _visible(page)
    for found in sorted(
        (*_WORDY.finditer(text), *_NUMERIC.finditer(text)), key=lambda match: match.start()
    ):
        yield _wordy(found) if found.re is _WORDY else _numeric(found)


def _wordy(found: re.Match[str]) -> str:
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    return _day(int(year), _MONTH.get(name, 0), int(day))


def _numeric(found: re.Match[str]) -> str:
    if found[1]:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    first, second, year = int(found[4]), int(found[5]), int(found[6])
    if first <= 12 and second <= 12 and first != second:
        return ""  # 03/04/2017: day or month first? never guessed
    return _day(year, second, first) if second <= 12 else _day(year, first, second)


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
        year = day[:4]
        literal = rf"{year}[-/.年]0?1[-/.月]0?1(?!\d)|\b0?1[./]0?1[./]{year}|" + (
            rf"\b0?1\.?\s+(?:de\s+)?(?:{'|'.join(_MONTHS.split(chr(10))[1].split())})\.?,?\s+(?:de\s+)?{year}|"
            rf"\b(?:january|jan)\.?\s+0?1,?\s+{year}"
        )
        return day if re.search(literal, _visible(page) + page.lower()) else ""
    return day
