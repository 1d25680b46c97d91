"""What is planned, by whom, on whose word, and what became of it: rows, iCalendar and RSS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from legation.store import Desk
from legation.store.kept import KeptEvent, KeptPlan
from legation.store.plans import GRACE

COLUMNS = (
    "id", "day", "last_day", "outcome", "type", "mode", "actors", "actor_countries", "recipients",
    "recipient_countries", "sources", "words", "published", "outlet", "url", "story", "happening",
    "place", "place_country", "confidence", "by_event", "by_words", "by_day", "by_outlet",
    "decided",
)  # fmt: skip
"""Columns of an entry.

id                 of the event that states the plan
day, last_day      the window in which it is due (equal: one day; None: no day was told)
outcome            open, kept, cancelled, contradicted or lapsed (its last day passed in silence)
words              the sentence that states the plan; `published`, `outlet`, `url`, `story` where
sources            on whose word, nearest to the fact first; empty: the outlet's own
by_event …         what decided the outcome: event, its sentence, day and outlet; None while open
decided            when the desk decided it (UTC)
"""


def entries(desk: Desk, since: str = "", until: str = "", **asked: Any) -> list[dict[str, Any]]:
    """Plans due in a span of days, soonest first; `outcome`, `undated` and filters of events."""
    found = desk.plans(due_since=since, due_until=until, **asked)
    return [entry(kept) for kept in found]


def entry(kept: KeptPlan) -> dict[str, Any]:
    """One plan as a row of `COLUMNS`."""
    told, due, by = kept.event, kept.plan.due, kept.by
    event = told.event
    return {
        "id": kept.plan.event, "day": due.start if due else None,
        "last_day": (due.end or due.start) if due else None, "outcome": str(kept.plan.outcome),
        "type": str(event.type), "mode": event.mode, "actors": _names(event.actors),
        "actor_countries": [p.country or "" for p in event.actors],
        "recipients": _names(event.recipients),
        "recipient_countries": [p.country or "" for p in event.recipients],
        "sources": _names(event.source), "words": told.sentence,
        "published": told.published or None, "outlet": told.outlet or None,
        "url": told.url or None, "story": told.story, "happening": told.happening or None,
        "place": event.place.name if event.place else None,
        "place_country": event.place.country if event.place else None,
        "confidence": event.confidence, "by_event": kept.plan.by_event or None,
        "by_words": by.sentence if by else kept.plan.by_sentence or None, "by_day": _day_of(by),
        "by_outlet": (by.outlet or None) if by else None, "decided": kept.decided or None,
    }  # fmt: skip


def title(row: Mapping[str, Any]) -> str:
    """One line on a plan: "CHN, KOR: CONSULT visit (kept)"; codes where there are any."""
    sides = [_side(row["actor_countries"], row["actors"])]
    if row["recipients"]:
        sides.append(_side(row["recipient_countries"], row["recipients"]))
    act = f"{row['type']} {row['mode']}" if row["mode"] else str(row["type"])
    return f"{' to '.join(sides)}: {act} ({row['outcome']})"


def ics(rows: Iterable[Mapping[str, Any]], name: str = "Legation", host: str = "legation") -> str:
    """An iCalendar (RFC 5545) of the dated plans, each an all-day entry of its window.

    A cancelled or contradicted plan is CANCELLED, a kept one CONFIRMED, any other TENTATIVE; the
    UID is the plan's id at `host`, so a calendar that subscribes sees changes in place.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Legation//Calendar of plans//EN",
             "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]  # fmt: skip
    for row in rows:
        if row["day"]:
            lines += _component(row, host)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def rss(
    rows: Iterable[Mapping[str, Any]], link: str = "", name: str = "Plans", limit: int = 100
) -> str:
    """An RSS 2.0 feed of news on plans: each new plan and each outcome is an item, newest first.

    `link` is the address of the calendar page; an item's guid changes with its outcome, so a
    reader shows a plan again when it was kept or called off.
    """
    ordered = sorted(rows, key=lambda row: (news(row), row["id"]), reverse=True)[:limit]
    items = [_item(row, link) for row in ordered]
    head = (
        f"<title>{xml(name)}</title><link>{xml(link or 'about:blank')}</link>"
        "<description>What is planned, by whom, on whose word, kept or not</description>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        + head + "".join(items) + "</channel></rss>\n"
    )  # fmt: skip


def _component(row: Mapping[str, Any], host: str) -> list[str]:
    first = date.fromisoformat(row["day"])
    after = date.fromisoformat(row["last_day"] or row["day"]) + timedelta(days=1)
    status = {"kept": "CONFIRMED", "cancelled": "CANCELLED", "contradicted": "CANCELLED"}
    stamp = _moment(row["decided"], row["published"]).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VEVENT", f"UID:{row['id']}@{host}", f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(title(row))}", f"DESCRIPTION:{_text(_said(row))}",
        f"STATUS:{status.get(row['outcome'], 'TENTATIVE')}", "TRANSP:TRANSPARENT",
        f"CATEGORIES:{row['type']},{row['outcome'].upper()}",
    ]  # fmt: skip
    if row["place"]:
        lines.append(f"LOCATION:{_text(row['place'])}")
    if row["url"] and str(row["url"]).startswith(("http://", "https://")):
        lines.append("URL:" + "".join(str(row["url"]).split()))
    return [*lines, "END:VEVENT"]


def _item(row: Mapping[str, Any], link: str) -> str:
    when = f" Due {row['day']}" if row["day"] else ""
    if row["day"] and row["last_day"] != row["day"]:
        when += f" to {row['last_day']}"
    address = str(row["url"] or link)
    at = f"<link>{xml(address)}</link>" if address else ""
    return (
        f"<item><title>{xml(title(row))}</title>{at}"
        f'<guid isPermaLink="false">{xml(row["id"])}-{row["outcome"]}</guid>'
        f"<pubDate>{format_datetime(_moment(news(row), row['published']))}</pubDate>"
        f"<description>{xml(_said(row) + when)}</description></item>"
    )


def _said(row: Mapping[str, Any]) -> str:
    """The words behind an entry, who said them, and what decided it."""
    whose = f" (on the word of {', '.join(row['sources'])})" if row["sources"] else ""
    where = ", ".join(part for part in (row["outlet"], row["published"]) if part)
    said = f"“{row['words']}”{whose}" + (f" - {where}." if where else "")
    if row["by_words"]:
        day = f", {row['by_day']}" if row["by_day"] else ""
        outlet = row["by_outlet"] or "unnamed outlet"
        said += f" {str(row['outcome']).capitalize()}: “{row['by_words']}” - {outlet}{day}."
    return said


def news(row: Mapping[str, Any]) -> str:
    """The day of the news about a plan: of the report that decided it, of the end of the days for
    which one is waited for, else of the plan."""
    if row["by_day"]:
        return str(row["by_day"])
    if row["outcome"] == "lapsed" and row["last_day"]:
        return (date.fromisoformat(row["last_day"]) + timedelta(days=GRACE + 1)).isoformat()
    return str(row["published"] or row["day"] or "")


def _day_of(by: KeptEvent | None) -> str | None:
    return (by.published or by.day or None) if by else None


def _names(parties: Iterable[Any]) -> list[str]:
    return [party.name or party.text for party in parties]


def _side(codes: Iterable[str], names: Iterable[str]) -> str:
    shown = [code or name for code, name in zip(codes, names, strict=True)]
    return ", ".join(dict.fromkeys(shown)) or "somebody"


def _moment(*told: str | None) -> datetime:
    """The first of some days or times that is known; the epoch when none is."""
    for value in told:
        if value:
            when = datetime.fromisoformat(value)
            return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return datetime(1970, 1, 1, tzinfo=UTC)


def _text(value: str) -> str:
    """A value of TEXT type: controls dropped, the four special characters escaped."""
    clean = "".join(c for c in value.replace("\r\n", "\n") if c == "\n" or ord(c) >= 32)
    for sign in "\\;,":
        clean = clean.replace(sign, "\\" + sign)
    return clean.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > 74:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces) + "\r\n"


def xml(value: Any) -> str:
    """Text for XML: characters that XML 1.0 cannot hold are dropped."""
    kept = "".join(
        c for c in str(value)
        if c in "\t\n" or 32 <= ord(c) < 0xD800 or 0xE000 <= ord(c) < 0xFFFE or ord(c) > 0xFFFF
    )  # fmt: skip
    return escape(kept, {'"': "&quot;"})
