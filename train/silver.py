"""Pairs that the reader itself finds in public news: python train/silver.py --data DIR --out FILE.

News sentences are longer than those of the corpus and hold several acts. What the whole reader
(rules and model) tells of them with some confidence teaches the pair head how such sentences look.
Each line of FILE is a passage as `corpus/read.py` writes it, with events that have both parties in
the text; `acts.py --silver FILE` learns its pairs. The texts themselves are not part of this project.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from legation.pipeline import Reader
from legation.story import Event, Story

SURE = 0.5  # confidence from which an event is believed
LONGEST = 90  # words of a text


def texts(data: Path) -> Iterator[str]:
    """Short news texts: summaries of current events, and paragraphs of Wikinews."""
    for line in (data / "current-events/events-to-2026-03.jsonl").open(encoding="utf-8"):
        yield json.loads(line)["text"]
    for line in (data / "news/wikinews-2019-2020.jsonl").open(encoding="utf-8"):
        yield from json.loads(line)["text"].split("\n")


def passage(number: int, text: str, events: tuple[Event, ...]) -> dict[str, Any] | None:
    """The events of a text that join two parties; None without any."""
    rows = []
    for event in events:
        actors = [{"start": p.start, "end": p.end} for p in event.actors if p.start >= 0]
        others = [{"start": p.start, "end": p.end} for p in event.recipients if p.start >= 0]
        if event.confidence < SURE or not actors or not (others or len(actors) > 1):
            continue
        trigger = next((e for e in event.evidence if e.part == "act"), None)
        rows.append(
            {"type": str(event.type), "mode": event.mode, "status": str(event.status)}
            | {"actors": actors, "recipients": others}
            | {"trigger": {"start": trigger.start, "end": trigger.end} if trigger else None}
        )
    return {"id": f"silver-{number}", "text": text, "events": rows} if rows else None


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", type=int, default=0, help="take every so-many-th text")
    args = parser.parse_args()
    reader = Reader()
    with args.out.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts(args.data)):
            if not 8 <= len(text.split()) <= LONGEST or (args.part and number % args.part):
                continue
            found = passage(number, text, reader.read_story(Story(text, language="en")).events)
            if found:
                file.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
