"""Measure `Reader.relate` on pairs marked in sentences, and choose the weights of its voices.

    python evals/relate.py PLV_train.tsv             # scores of each voice and of the mixture
    python evals/relate.py PLV_train.tsv --search    # weights from the even rows, scored on the odd

The file has columns marked_sentence (<s>…</s> acts on <t>…</t>), source, target, gold_root (YIELD
is CONCEDE or RETREAT) and gold_quad. The shipped model is never trained on it.
"""

import argparse
import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from legation.parse import MODEL, Parser
from legation.pipeline import Reader
from legation.questions.relation import relation
from legation.story import Pair, Story
from legation.words import load

QUADS = {
    "1": "AGREE CONSULT SUPPORT", "2": "COOPERATE AID YIELD",
    "3": "REQUEST ACCUSE REJECT THREATEN", "4": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}  # fmt: skip
QUAD = {kind: quad for quad, kinds in QUADS.items() for kind in kinds.split()}
ALONE: dict[str, dict[str, float]] = {
    "pair head": {"pair": 1, "words": 0, "both": 0, "one": 0},
    "word heads": {"pair": 0, "words": 1, "both": 0, "one": 0},
    "rules": {"pair": 0, "words": 0, "both": 1, "one": 0.3},
}
GRID = {
    "words": (0.0, 0.25, 0.5, 1.0, 2.0),
    "both": (0.0, 0.3, 0.6, 1.0, 1.5, 2.5),
    "one": (0.0, 0.1, 0.25, 0.5),
}

Range = tuple[int, int]


class Case(NamedTuple):
    """One marked pair, read."""

    story: Story
    actor: Range
    recipient: Range
    model: Pair | None
    root: str
    quad: str


def span(marked: str, mark: str, text: str, words: str) -> Range | None:
    """Where the marked party stands in the plain text."""
    found = re.search(f"<{mark}>(.*?)</{mark}>", marked)
    if not found:
        at = text.find(words)
        return (at, at + len(words)) if at >= 0 and words else None
    before = re.sub(r"</?[st]>", "", marked[: found.start()])
    inner = re.sub(r"</?[st]>", "", found[1])
    return len(before), len(before) + len(inner)


def cases(path: Path, reader: Reader, limit: int) -> list[Case]:
    """The pairs of the file; one whose parties cannot be found is told as none."""
    found = []
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows[: limit or None]:
        text = re.sub(r"</?[st]>", "", row["marked_sentence"])
        actor = span(row["marked_sentence"], "s", text, row["source"])
        recipient = span(row["marked_sentence"], "t", text, row["target"])
        story = reader.read_story(Story(text, language="en"))
        model = None
        if actor and recipient and actor[0] < actor[1] and recipient[0] < recipient[1]:
            model = reader.parser.relate(story.text, actor, recipient)
        place = (actor or (0, 0), recipient or (0, 0))
        found.append(Case(story, *place, model, row["gold_root"], row["gold_quad"]))
    return found


def answers(found: Iterable[Case], weights: Mapping[str, float]) -> list[str]:
    """The likeliest root class of each pair."""
    result = []
    table, moves = {"relate": weights}, load().table("plover")
    for case in found:
        told = relation(case.story, case.actor, case.recipient, case.model, table, moves)
        roots: dict[str, float] = defaultdict(float)
        for kind, sure in told.plover:
            roots["YIELD" if kind in ("CONCEDE", "RETREAT") else kind] += sure
        result.append(max(sorted(roots), key=lambda kind: roots[kind]))
    return result


def macro(gold: list[str], told: list[str]) -> float:
    """Macro-F1 over the classes of the gold."""
    total = 0.0
    for kind in set(gold):
        hits = sum(g == t == kind for g, t in zip(gold, told, strict=True))
        total += 2 * hits / max(1, gold.count(kind) + told.count(kind))
    return total / len(set(gold))


def scores(found: list[Case], weights: Mapping[str, float]) -> dict[str, float]:
    """Root macro-F1 and accuracy, quad macro-F1."""
    told = answers(found, weights)
    gold = [case.root for case in found]
    right = sum(g == t for g, t in zip(gold, told, strict=True))
    quads = macro([case.quad for case in found], [QUAD[kind] for kind in told])
    return {"root": macro(gold, told), "accuracy": right / len(gold), "quad": quads}


def line(name: str, row: Mapping[str, float]) -> str:
    """A row of the table."""
    return f"| {name} | {row['root']:.3f} | {row['accuracy']:.3f} | {row['quad']:.3f} |"


def search(found: list[Case]) -> None:
    """Weights that are best on the even rows, and what they score on the odd ones."""
    even, odd = found[::2], found[1::2]
    best: tuple[float, dict[str, float]] = (0.0, {})
    for values in itertools.product(*GRID.values()):
        weights = {"pair": 1.0, **dict(zip(GRID, values, strict=True))}
        got = scores(even, weights)
        best = max(best, (got["root"] + got["quad"], weights), key=lambda pair: pair[0])
    print("weights:", best[1])
    print(line("mixture, even rows (chosen on)", scores(even, best[1])))
    print(line("mixture, odd rows", scores(odd, best[1])))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many")
    args = parser.parse_args()
    reader = Reader(Parser(args.model))
    found = cases(args.pairs, reader, args.limit)
    shipped: dict[str, Any] = dict(reader.words.table("opinion").get("relate", {}))
    print("| voices | root macro-F1 | root accuracy | quad macro-F1 |\n|---|---|---|---|")
    for name, weights in {**ALONE, "mixture as shipped": shipped}.items():
        print(line(name, scores(found, weights)), flush=True)
    if args.search:
        search(found)


if __name__ == "__main__":
    main()
