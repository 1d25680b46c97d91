"""How many plans of real news does a desk tell as decided? python evals/decided.py NEWS.jsonl

All texts (JSON lines with text, published, title, outlet, url) are put on one desk. Told are the
plans by outcome; with --show N some of those decided, each with the sentence that decided, to judge
by eye. Story groups hide what this shows: there nearly every report is of the plan's affair.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from pathlib import Path

import legation
from legation.story import Story

NAMES = ("id", "text", "published", "title", "outlet", "url")


def main() -> None:
    """Read, follow, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    rows = map(json.loads, args.texts.read_text("utf-8").splitlines())
    stories = [Story(**{name: row.get(name) or "" for name in NAMES}) for row in rows]
    with (
        tempfile.TemporaryDirectory() as folder,
        legation.open(f"{folder}/desk.db") as desk,
    ):
        desk.add_all(legation.Reader().read_all(stories))
        plans = list(desk.plans(undated=True))
    print(len(plans), "plans:", dict(Counter(str(one.plan.outcome) for one in plans)))
    told = [one for one in plans if one.by]
    for one in random.Random(1).sample(told, min(args.show, len(told))):
        said = one.by.sentence if one.by else ""
        print(f"{one.plan.outcome}\t{one.event.sentence}\n\t{one.plan.by_sentence or said}")


if __name__ == "__main__":
    main()
