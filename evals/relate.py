"""Measure `Reader.relate` on pairs marked in sentences, and choose the weights of its voices.

    python evals/relate.py PLV_train.tsv             # scores of each voice and of the mixture
    python evals/relate.py PLV_train.tsv --search    # weights, and what they score in five folds

The file has columns marked_sentence (<s>…</s> acts on <t>…</t>), source, target, gold_root (YIELD
is CONCEDE or RETREAT) and gold_quad. The shipped model is never trained on it.
"""

import argparse
import csv
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from legation.parse import MODEL, Parser
from legation.pipeline import Reader
from legation.questions.relation import OPEN, Voice, filing, voices
from legation.story import Story

QUADS = {
    "1": "AGREE CONSULT SUPPORT", "2": "COOPERATE AID YIELD",
    "3": "REQUEST ACCUSE REJECT THREATEN", "4": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}  # fmt: skip
QUAD = {kind: quad for quad, kinds in QUADS.items() for kind in kinds.split()}
ALONE: dict[str, dict[str, float]] = {
    "pair head": {"pair": 1},
    "word heads": {"words": 1},
    "rules": {"both": 1, "one": 0.3},
}
STEPS = (
    0.0,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.8,
    1.0,
)  # values of a weight; that of the pair head is PAIR
PAIR = 0.75
FOLDS = 5

Range = tuple[int, int]


class Case(NamedTuple):
    """One marked pair, read."""

    voices: dict[str, Voice]
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
        said = voices(story, actor or OPEN, recipient or OPEN, model, reader.words.table("plover"))
        found.append(Case(said, row["gold_root"], row["gold_quad"]))
    return found


def answers(found: Iterable[Case], weights: Mapping[str, float]) -> list[str]:
    """The likeliest root class of each pair."""
    result = []
    for case in found:
        roots: dict[str, float] = defaultdict(float)
        for kind, sure in filing(case.voices, weights):
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
    return score(found, answers(found, weights))


def score(found: list[Case], told: list[str]) -> dict[str, float]:
    """Of answers to the cases: root macro-F1 and accuracy, quad macro-F1."""
    gold = [case.root for case in found]
    right = sum(g == t for g, t in zip(gold, told, strict=True))
    quads = macro([case.quad for case in found], [QUAD[kind] for kind in told])
    return {"root": macro(gold, told), "accuracy": right / len(gold), "quad": quads}


def line(name: str, row: Mapping[str, float]) -> str:
    """A row of the table."""
    return f"| {name} | {row['root']:.3f} | {row['accuracy']:.3f} | {row['quad']:.3f} |"


def search(found: list[Case]) -> None:
    """The score of weights chosen without each fifth; then weights that are best on all pairs."""
    chance = random.Random(1)
    numbers = chance.sample(range(len(found)), len(found))
    told = [""] * len(found)
    for fold in range(FOLDS):
        held = numbers[fold::FOLDS]
        weights = best([found[n] for n in sorted(set(numbers) - set(held))])
        for number, kind in zip(held, answers([found[n] for n in held], weights), strict=True):
            told[number] = kind
    print(line("mixture, weights chosen on the other four fifths", score(found, told)))
    weights = best(found)
    print(line(f"mixture, {weights}", scores(found, weights)))


def best(found: list[Case]) -> dict[str, float]:
    """One weight after the other is set to its best value, twice round; by the likelihood."""
    weights = {"pair": PAIR, "words": 0.5, "both": 0.3, "one": 0.3, "rest": 0.0}
    for _ in range(2):
        for key in ("words", "both", "one", "rest"):
            weights[key] = max(STEPS, key=lambda v: likelihood(found, {**weights, key: v}))
    return weights


def likelihood(found: list[Case], weights: Mapping[str, float]) -> float:
    """The logarithm of the chances of the right classes, summed."""
    total = 0.0
    for case in found:
        kinds = ("CONCEDE", "RETREAT") if case.root == "YIELD" else (case.root,)
        told = dict(filing(case.voices, weights))
        total += math.log(sum(told[kind] for kind in kinds) + 1e-4)
    return total


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
