"""Plans of the news beside later news of other matters: python train/strange.py --data DIR --out FILE.

Most of what a desk asks about has nothing to do with the plan, though it names the same states. The
reader finds the plans in the summaries of DIR/current-events; beside each is set what was told of
other topics on a later day, the likest to it first. Each line of FILE is a plan and such a day, for
`sequel.py --strange FILE`: no sentence says anything of the plan. The texts (CC BY-SA 4.0) are not
part of this project.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from plans import FAR
from train import SEED

from legation.parse.segment import segment
from legation.pipeline import Reader
from legation.reconcile.affair import Passage, cosine, passage
from legation.story import Story

DAYS = 90  # days after a plan within which it meets the day of another matter
OFTEN = 3  # days that a plan meets so
TOLD = 4  # summaries of such a day


def plans(item: dict[str, Any], reader: Reader) -> Iterator[tuple[str, str, str]]:
    """The sentence, trigger and sentence before of every plan or promise in a summary."""
    text = item["text"]
    parts = [text[words[0][0] : words[-1][1]] for words in segment(text) if words]
    story = Story(text, published=item["date"], language="en")
    for event in reader.read_story(story).events:
        promised = str(event.type) in ("AGREE", "THREATEN") and str(event.status) == "happened"
        act = next((span for span in event.evidence if span.part == "act"), None)
        if act and (promised or str(event.status) == "planned"):
            trigger = text[act.start : act.end]
            at = next((n for n, part in enumerate(parts) if trigger in part), None)
            if at is not None:
                yield parts[at], trigger, parts[at - 1] if at else ""


def main() -> None:
    """Read the arguments, write the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with current-events/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    path = args.data / "current-events/events-to-2026-03.jsonl"
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    told: dict[str, list[tuple[dict[str, Any], Passage]]] = defaultdict(list)
    for item in items:
        told[item["date"]].append((item, passage(item["text"])))
    chance, reader, written = random.Random(SEED), Reader(), 0
    with args.out.open("w", encoding="utf-8") as file:
        for item in items:
            for sentence, trigger, before in plans(item, reader):
                own, topics = passage(sentence, before), set(item["topics"])
                row = {"made": item["date"], "text": sentence, "trigger": trigger, "before": before}
                for days in chance.sample(range(DAYS), OFTEN):
                    day = (date.fromisoformat(item["date"]) + timedelta(days=days)).isoformat()
                    near = [
                        (cosine(own, words), other["text"])
                        for other, words in told.get(day, ())
                        if not topics & set(other["topics"]) and other is not item
                    ]
                    near = sorted((one for one in near if one[0] < FAR), reverse=True)[:TOLD]
                    if near:
                        found = row | {"day": day, "later": [text for _, text in near]}
                        file.write(json.dumps(found, ensure_ascii=False) + "\n")
                        written += 1
    print(f"{written} plans and days")


if __name__ == "__main__":
    main()
