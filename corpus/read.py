"""Read the passages of corpus/en and corpus/coded: text and, by the codebook, every event told.

    python corpus/read.py > corpus.jsonl        # one passage a line, offsets in characters
    python corpus/read.py --check FILE…         # report every mistake, exit 1 if there is one
    python corpus/read.py --counts FILE…        # how many passages, types, modes, statuses

Standard library only. The notation is described in corpus/README.md; a record looks like

    {"id": "asia-1:12", "published": "2021-03-04", "title": "", "text": "Kenya expelled …",
     "events": [{"type": "SANCTION", "mode": "expel", "status": "happened",
                 "trigger": {"start": 6, "end": 14, "text": "expelled"},
                 "actors": [{"text": "Kenya", "start": 0, "end": 5, "country": "KEN",
                             "sector": "GOV", "name": null}],
                 "recipients": […], "source": [{…, "manner": "said"}],
                 "date": {"start": "2021-03-02", "end": "2021-03-02", "text": "on Tuesday",
                          "at": 34},
                 "place": null}]}

`id` is the file's stem and the line of the passage. A party that is implied has text "" and start
and end -1. A headline stands first in `text`, followed by two line ends, and again in `title`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CODED = "coded"  # folder whose files hold the events of the reports of ../stories alone
MODES: dict[str, str] = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign return",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation"
    " cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives"
    " suicide-attack aerial drone heavy-weapons crowd-control unconventional",
}
SECTORS = frozenset(
    "GOV MIL PTY LEG JUD OPP REB CVL JRN MED BUS EDU NGO IGO SPY COP CRM REL ELI UAF UNK PRM LAB"
    " AGR REF SOC PRE".split()
)
STATUSES = ("happened", "planned", "possible", "negated")
MANNERS = ("said", "statement", "briefing", "quoted", "report", "document", "post")

PARTY = re.compile(
    r'(?P<words>.*?) ?= (?P<country>-|[A-Z][A-Z0-9]+) (?P<sector>[A-Z]{3})(?: "(?P<name>[^"]+)")?'
    r"(?: (?P<manner>[a-z]+))?"
)
DATE = re.compile(r"@(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?(?: (.+))?")
PLACE = re.compile(r"in (.+?) = (-|[A-Z]{3})")
NUMBERED = re.compile(r"(.+)#(\d+)")
LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S.*)")


class Mistake(ValueError):
    """Something in a file that does not follow the notation: message with file and line."""


def read(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The passages of some files, in order. Raises Mistake at the first error."""
    for path in paths:
        for line, lines in blocks(path):
            yield passage(path, line, lines)


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of each passage; comments and blank lines left out.

    In a file of CODED the first line is the number of a story and of a report; the report's day and
    text are put in its place. Raises Mistake.
    """
    stories = reports(path) if path.parent.name == CODED else None
    for line, lines in _blocks(path):
        if stories is not None:
            if lines[0] not in stories:
                raise Mistake(f"{path}:{line}: no report {lines[0]!r} in stories/{path.name}")
            lines = [stories[lines[0]], *lines[1:]]
        yield line, lines


def reports(path: Path) -> dict[str, str]:
    """Day and text, as a passage has them, of "story.report" of the stories that a file codes."""
    found: dict[str, str] = {}
    text = (path.parent.parent / "stories" / path.name).read_text("utf-8")
    for story, block in enumerate(text.strip().split("\n\n"), 1):
        report = 0
        for line in block.split("\n"):
            if line.startswith("# "):
                report += 1
                found[f"{story}.{report}"] = line[2:].replace(" | ", " ", 1) + " //"
            elif line.startswith("plan "):
                break
            else:
                found[f"{story}.{report}"] += f" {line}"
    return found


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    found: list[str] = []
    first = 0
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], start=1):
        if line.startswith("#"):
            line = "" if not found else "#"
        if line == "#":
            raise Mistake(f"{path}:{number}: a comment inside a passage; put it above")
        if line.strip():
            first = first if found else number
            found.append(line.rstrip())
        elif found:
            yield first, found
            found = []


def passage(path: Path, line: int, lines: list[str]) -> dict[str, Any]:
    """The record of one passage. Raises Mistake."""
    published, text = heading(path, line, lines[0])
    events = [_indented(path, line + 1 + at, row, text) for at, row in enumerate(lines[1:])]
    title = text.split("\n\n")[0] if "\n\n" in text else ""
    name = f"{path.stem}:{line}"
    return {"id": name, "published": published, "title": title, "text": text, "events": events}


def heading(path: Path, line: int, written: str) -> tuple[str, str]:
    """Date and text of a passage's first line. Raises Mistake."""
    found = LINE.fullmatch(written)
    if not found:
        raise Mistake(f"{path}:{line}: not a passage (YYYY-MM-DD text): {written[:60]!r}")
    return _day(found[1], f"{path}:{line}"), found[2].strip().replace(" // ", "\n\n", 1)


def _indented(path: Path, line: int, written: str, text: str) -> dict[str, Any]:
    if not written.startswith("  "):
        raise Mistake(f"{path}:{line}: an event is indented by two spaces; a passage is one line")
    return event(written.strip(), text, f"{path}:{line}")


def event(written: str, text: str, where: str) -> dict[str, Any]:
    """The record of one event line. Raises Mistake."""
    fields = [field.strip() for field in written.split(" | ")]
    if len(fields) < 4:
        raise Mistake(f"{where}: an event has TYPE | actors > recipients | status | trigger")
    kind, _, mode = fields[0].partition("/")
    if kind not in MODES:
        raise Mistake(f"{where}: no type {kind!r}; one of {', '.join(MODES)}")
    if mode and mode not in MODES[kind].split():
        raise Mistake(f"{where}: {kind} has no mode {mode!r}; one of: {MODES[kind] or 'none'}")
    if fields[2] not in STATUSES:
        raise Mistake(f"{where}: no status {fields[2]!r}; one of {', '.join(STATUSES)}")
    left, _, right = fields[1].partition(" > ")
    found: dict[str, Any] = {
        "type": kind,
        "mode": mode or None,
        "status": fields[2],
        "trigger": _words(fields[3], text, where, "trigger"),
        "actors": _parties(left, text, where, "actor"),
        "recipients": _parties(right, text, where, "recipient") if right else [],
        "source": [],
        "date": None,
        "place": None,
    }
    for extra in fields[4:]:
        key, value = _extra(extra, text, where)
        if found[key]:
            raise Mistake(f"{where}: two fields for the {key}")
        found[key] = value
    return found


def _extra(written: str, text: str, where: str) -> tuple[str, Any]:
    if written.startswith("src "):
        return "source", _parties(written[4:], text, where, "source")
    if found := DATE.fullmatch(written):
        start = _day(found[1], where)
        end = _day(found[2], where) if found[2] else start
        if end < start:
            raise Mistake(f"{where}: the date ends before it starts: {written!r}")
        words = _words(found[3], text, where, "date") if found[3] else {"text": "", "start": -1}
        return "date", {"start": start, "end": end, "text": words["text"], "at": words["start"]}
    if found := PLACE.fullmatch(written):
        country = None if found[2] == "-" else found[2]
        return "place", _words(found[1], text, where, "place") | {"country": country}
    raise Mistake(
        f"{where}: {written!r} is no date (@YYYY-MM-DD words), source (src words = CTY SEC manner)"
        " or place (in words = CTY)"
    )


def _parties(written: str, text: str, where: str, part: str) -> list[dict[str, Any]]:
    return [_party(each.strip(), text, where, part) for each in written.split(" ; ")]


def _party(written: str, text: str, where: str, part: str) -> dict[str, Any]:
    found = PARTY.fullmatch(written)
    if not found:
        raise Mistake(f'{where}: {part} {written!r} is not: words = CTY SEC "Name"')
    if found["sector"] not in SECTORS:
        raise Mistake(f"{where}: {part} {written!r}: no sector {found['sector']!r}")
    words = found["words"]
    party = _words(words, text, where, part) if words else {"start": -1, "end": -1, "text": ""}
    party["country"] = None if found["country"] == "-" else found["country"]
    party["sector"] = found["sector"]
    party["name"] = found["name"]
    if part == "source":
        if found["manner"] not in MANNERS:
            raise Mistake(f"{where}: source {written!r} ends with its manner: {', '.join(MANNERS)}")
        party["manner"] = found["manner"]
    elif found["manner"]:
        raise Mistake(f"{where}: {part} {written!r}: only a source has a manner")
    return party


def _words(written: str, text: str, where: str, part: str) -> dict[str, Any]:
    """Where the words stand in the text, as whole words; "China#2" is the second China."""
    number = 1
    if found := NUMBERED.fullmatch(written):
        written, number = found[1], int(found[2])
    places = list(occurrences(written, text))
    if len(places) < number:
        told = f"{len(places)} times, not {number}" if places else "nowhere"
        raise Mistake(f"{where}: {part} {written!r} stands {told} in the passage as whole words")
    return {"start": places[number - 1], "end": places[number - 1] + len(written), "text": written}


def occurrences(words: str, text: str) -> Iterator[int]:
    """Where `words` stand in `text` without cutting a word: "he" is not in "the"."""
    for found in re.finditer(f"(?={re.escape(words)})", text):
        start, end = found.start(), found.start() + len(words)
        if not (_inside(text, start) or _inside(text, end)):
            yield start


def _inside(text: str, at: int) -> bool:
    """Does position `at` cut a word in two?"""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _day(written: str, where: str) -> str:
    try:
        date.fromisoformat(written)
    except ValueError as error:
        raise Mistake(f"{where}: {written!r} is no date: {error}") from error
    return written


def mistakes(paths: Iterable[Path]) -> Iterator[str]:
    """Every mistake of some files (the first of each line), and texts that come twice."""
    seen: dict[str, str] = {}
    for path in paths:
        try:
            found = list(blocks(path))
        except Mistake as mistake:
            yield str(mistake)
            continue
        for line, lines in found:
            try:
                _, text = heading(path, line, lines[0])
            except Mistake as mistake:
                yield str(mistake)
                continue
            if text in seen:
                yield f"{path}:{line}: the same passage as {seen[text]}"
            seen.setdefault(text, f"{path}:{line}")
            yield from _event_mistakes(path, line, lines, text)


def _event_mistakes(path: Path, line: int, lines: list[str], text: str) -> Iterator[str]:
    for number, row in enumerate(lines[1:], start=line + 1):
        try:
            _indented(path, number, row, text)
        except Mistake as mistake:
            yield str(mistake)


def counts(passages: Iterable[dict[str, Any]]) -> str:
    """A table: passages, events, and how many of each type, mode and status."""
    told: dict[str, Counter[str]] = {"type": Counter(), "mode": Counter(), "status": Counter()}
    total = empty = events = words = 0
    for each in passages:
        total += 1
        empty += not each["events"]
        words += len(each["text"].split())
        for one in each["events"]:
            events += 1
            told["type"][one["type"]] += 1
            told["mode"][f"{one['type']}/{one['mode'] or '-'}"] += 1
            told["status"][one["status"]] += 1
    lines = [f"{total} passages ({empty} without an event), {words} words, {events} events"]
    for key, counter in told.items():
        lines += [
            f"{key}: " + ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))
        ]
    return "\n".join(lines)


def main() -> int:
    """Run the command line; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "files", nargs="*", type=Path, help="default: all of corpus/en and corpus/coded"
    )
    parser.add_argument("--check", action="store_true", help="report every mistake")
    parser.add_argument("--counts", action="store_true", help="print a summary")
    args = parser.parse_args()
    files = args.files or sorted([*HERE.glob("en/*.txt"), *HERE.glob(f"{CODED}/*.txt")])
    if args.check:
        found = list(mistakes(files))
        print(
            "\n".join(found) if found else "no mistakes", file=sys.stderr if found else sys.stdout
        )
        return 1 if found else 0
    try:
        if args.counts:
            print(counts(read(files)))
        else:
            for each in read(files):
                print(json.dumps(each, ensure_ascii=False))
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
