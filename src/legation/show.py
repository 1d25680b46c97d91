"""How a read story looks: rows for a terminal, marked text, flat CSV. Pure: story in, text out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from legation.story import Event, Party, Span, Story

if TYPE_CHECKING:
    from rich.text import Text

COLUMNS = (
    "id", "date_start", "date_end", "type", "mode", "status", "actors", "actor_countries",
    "actor_sectors", "recipients", "recipient_countries", "recipient_sectors", "place",
    "place_country", "source", "source_countries", "confidence", "sentence", "story_id",
    "published", "outlet", "title", "url",
)  # fmt: skip
"""Columns of the CSV form, in order; several values in one cell are joined by "; "."""

STATUS_STYLE = {"happened": "green", "planned": "cyan", "possible": "yellow", "negated": "red"}
_QUADS = {
    "bold green": "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT",
    "bold yellow": "REQUEST ACCUSE REJECT THREATEN",
    "bold red": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
TYPE_STYLE = {name: style for style, names in _QUADS.items() for name in names.split()}
PART_STYLE = {
    "act": "bold",
    "actor": "cyan",
    "recipient": "magenta",
    "source": "yellow",
    "date": "blue",
    "place": "green",
}
ARROW = "\u2192"


def events_text(story: Story, explain: bool = False) -> Text:
    """All events of a story for a terminal: one row each with its sentence (and reasons) below."""
    from rich.text import Text

    shown = Text()
    if story.title or story.id or story.outlet:
        head = " \u00b7 ".join(
            filter(None, (story.title or story.id, story.outlet, story.published))
        )
        shown.append(head + "\n\n", style="bold underline")
    for event in story.events:
        shown.append_text(event_row(event))
        shown.append("\n")
        shown.append_text(_evidence(event, story))
        shown.append("\n")
        if explain:
            for field, reason in event.why:
                shown.append(f"    {field}: ", style="dim bold").append(reason + "\n", style="dim")
        shown.append("\n")
    count = len(story.events)
    shown.append(f"{count} event{'' if count == 1 else 's'}", style="bold")
    return shown


def event_row(event: Event) -> Text:
    """`date · actor → ACT/mode → recipient · status · source · confidence`, coloured."""
    from rich.text import Text

    act = f"{event.type}/{event.mode}" if event.mode else str(event.type)
    row = Text().append(_day(event), style="blue").append(" \u00b7 ")
    row.append(_names(event.actors), style=PART_STYLE["actor"]).append(f" {ARROW} ")
    row.append(act, style=TYPE_STYLE.get(event.type, "bold"))
    if event.recipients:
        row.append(f" {ARROW} ").append(_names(event.recipients), style=PART_STYLE["recipient"])
    row.append(" \u00b7 ").append(str(event.status), style=STATUS_STYLE.get(event.status, ""))
    if event.source:
        said = " via ".join(party_name(link) for link in event.source)
        row.append(" \u00b7 ").append(f"per {said}", style=PART_STYLE["source"])
    return row.append(f" \u00b7 {event.confidence:.2f}", style="dim")


def party_name(party: Party) -> str:
    """A party in few words: name or text, then country and sector: "Wang Yi (CHN GOV)"."""
    where = " ".join(filter(None, (party.country, party.sector)))
    return f"{party.name or party.text or '?'} ({where})" if where else party.name or party.text


def annotated(story: Story, colour: bool = False) -> Text:
    """The article with acts and parties marked: by colour, else as `[actor Beijing]{CHN GOV}`."""
    from rich.text import Text

    shown, place = Text(), 0
    for span, note in _marks(story):
        shown.append(story.text[place : span.start])
        words = story.text[span.start : span.end]
        if colour:
            style = TYPE_STYLE.get(note.split("/")[0], "bold") if span.part == "act" else ""
            shown.append(words, style=style or PART_STYLE.get(span.part, ""))
            shown.append(f" {note}" if note else "", style="dim")
        else:
            shown.append(f"[{span.part} {words}]" + (f"{{{note}}}" if note else ""))
        place = span.end
    return shown.append(story.text[place:])


def csv_header() -> str:
    """The header line of the CSV form."""
    return _csv_line(COLUMNS)


def csv_rows(story: Story) -> str:
    """The events of a story as CSV lines of COLUMNS, without header."""
    return "".join(_csv_line(_cells(event, story)) for event in story.events)


def sentence_of(event: Event, story: Story) -> tuple[int, int]:
    """Start and end of the sentence (or line) in which the event's act stands."""
    spans = sorted(event.evidence, key=lambda span: (span.part != "act", span.start))
    if not spans:
        return 0, 0
    at = spans[0]
    for sentence in story.sentences:
        if sentence.start <= at.start < sentence.end:
            return sentence.start, sentence.end
    start = story.text.rfind("\n", 0, at.start) + 1
    end = story.text.find("\n", at.end)
    return start, end if end >= 0 else len(story.text)


def _evidence(event: Event, story: Story) -> Text:
    from rich.text import Text

    start, end = sentence_of(event, story)
    shown = Text("    ")
    marks = [" ".join(story.text[span.start : span.end].split()) for span in event.evidence]
    shown.append(" ".join(story.text[start:end].split()), style="italic")
    for span, words in zip(event.evidence, marks, strict=True):
        if words and start <= span.start < end:
            at = shown.plain.find(words, 4 + len(" ".join(story.text[start : span.start].split())))
            if at >= 0:
                shown.stylize(PART_STYLE.get(span.part, "bold"), at, at + len(words))
    return shown


def _day(event: Event) -> str:
    if event.date is None:
        return "undated"
    start, end = event.date.start, event.date.end
    return start if start == end else f"{start}..{end}"


def _names(parties: tuple[Party, ...]) -> str:
    return ", ".join(party_name(party) for party in parties)


def _marks(story: Story) -> list[tuple[Span, str]]:
    """Spans with a note each, in reading order and without overlap: acts first, longer first."""
    found: dict[tuple[int, int], tuple[Span, str]] = {}
    for event in story.events:
        act = f"{event.type}/{event.mode}" if event.mode else str(event.type)
        if event.status != "happened":
            act += f" {event.status}"
        for span in event.evidence:
            note = act if span.part == "act" else _note(span, event)
            key = (span.start, span.end)
            if key not in found or span.part == "act":
                found[key] = (span, note)
    ranked = sorted(found.values(), key=lambda m: (m[0].part != "act", m[0].start - m[0].end))
    kept: list[tuple[Span, str]] = []
    for span, note in ranked:
        if span.start < span.end and all(
            span.end <= other.start or other.end <= span.start for other, _ in kept
        ):
            kept.append((span, note))
    return sorted(kept, key=lambda mark: mark[0].start)


def _note(span: Span, event: Event) -> str:
    for party in (*event.actors, *event.recipients, *event.source):
        if party.start == span.start:
            return " ".join(filter(None, (party.country, party.sector)))
    return ""


def _cells(event: Event, story: Story) -> list[str]:
    start, end = sentence_of(event, story)
    actors, recipients, source = event.actors, event.recipients, event.source
    return [
        event.id,
        event.date.start if event.date else "",
        event.date.end if event.date else "",
        str(event.type),
        event.mode or "",
        str(event.status),
        _joined(party.name or party.text for party in actors),
        _joined(party.country or "" for party in actors),
        _joined(party.sector for party in actors),
        _joined(party.name or party.text for party in recipients),
        _joined(party.country or "" for party in recipients),
        _joined(party.sector for party in recipients),
        event.place.name if event.place else "",
        (event.place.country or "") if event.place else "",
        _joined(party.name or party.text for party in source),
        _joined(party.country or "" for party in source),
        f"{event.confidence:.2f}",
        " ".join(story.text[start:end].split()),
        story.id,
        story.published,
        story.outlet,
        story.title,
        story.url,
    ]


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _csv_line(cells: Iterable[str]) -> str:
    """One CSV line; cells that a spreadsheet would run as a formula are made plain text."""
    line = io.StringIO()
    safe = [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells]
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue()
