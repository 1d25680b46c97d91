"""Fit and check the confidence of events: python evals/calibrate.py [--write] GOLD.jsonl…

An event is right when type, parties and status are right (the event level of `legation evaluate`).
Logistic regression with a ridge; the reliability curve and the expected calibration error are
those of five-fold cross-validation over texts. `--write` keeps the weights of all data in
words/en/confidence.toml. With --check the shipped weights are measured instead.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from voices import stories

from legation import evaluate, questions, records, words, world
from legation.parse import MODEL, Parser
from legation.questions import confidence
from legation.questions.who import cast

FLOATS = npt.NDArray[np.float64]
OUT = Path(words.__file__).parent / "en" / "confidence.toml"
RIDGE, FOLDS, BINS = 3.0, 5, 10
HEAD = """\
# Weights of the features of questions/confidence.py, fitted by evals/calibrate.py on gold events
# (docs/accuracy.md has the reliability curve). Written by that command; don't edit by hand.

[weights]
"""


def examples(path: Path, parser: Parser) -> list[tuple[str, dict[str, float], bool]]:
    """(text, features, right?) of every event that we tell of a gold set, before joining."""
    found = []
    articles = evaluate.gold(path)
    lexicon, facts = words.load(), world.load()
    for article, story in zip(articles, stories(parser, articles), strict=True):
        trees = [questions.Tree(sentence) for sentence in story.sentences]
        members = cast(questions._mended(story, trees), lexicon, facts)
        pairs, _, _ = questions._asked(story, trees, members, lexicon, facts, "both")
        told = [event for _, event in pairs]
        rows = records.event_records(replace(story, events=tuple(told)))
        right = _right(article, rows)
        for number, (act, event) in enumerate(pairs):
            sentence = story.sentences[act.s]
            row = confidence.features(act, event, sentence)
            found.append((f"{path.name} {article['id']}", row, number in right))
    return found


def _right(article: dict, rows: list[dict]) -> set[int]:
    """Numbers of the events that agree with some gold event in type, parties and status."""
    need = evaluate.LEVELS["event"]
    gold = [*article["events"], *article.get("borderline", ())]
    return {
        n for n, row in enumerate(rows)
        if any(need <= evaluate.agreement(one, row, article) for one in gold)
    }  # fmt: skip


def fitted(x: FLOATS, y: FLOATS) -> FLOATS:
    """The weights of ridge logistic regression by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + RIDGE * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def reliability(p: FLOATS, y: FLOATS) -> tuple[float, list[str]]:
    """Expected calibration error over ten bins, and the rows of the curve."""
    error, lines = 0.0, []
    for low in np.arange(BINS) / BINS:
        inside = (p >= low) & ((p < low + 1 / BINS) | (low >= 1 - 1 / BINS))
        if inside.any():
            told, right = p[inside].mean(), y[inside].mean()
            error += inside.mean() * abs(told - right)
            lines.append(
                f"| {low:.1f}-{low + 0.1:.1f} | {inside.sum()} | {told:.2f} | {right:.2f} |"
            )
    return error, lines


def crossed(x: FLOATS, y: FLOATS, texts: list[str]) -> FLOATS:
    """The probability of each example by weights that never saw its text."""
    order = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    fold = np.array([order[text] % FOLDS for text in texts])
    p = np.zeros(len(y))
    for number in range(FOLDS):
        p[fold == number] = 1 / (
            1 + np.exp(-x[fold == number] @ fitted(x[fold != number], y[fold != number]))
        )
    return p


def report(title: str, p: FLOATS, y: FLOATS) -> None:
    """Print error and curve."""
    error, lines = reliability(p, y)
    brier = float(((p - y) ** 2).mean())
    print(f"\n{title}: {len(y)} events, {y.mean():.3f} right, ECE {error:.3f}, Brier {brier:.3f}\n")
    print("| confidence | events | told | right |\n|---|---|---|---|")
    print("\n".join(lines))


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    reader = Parser(args.model)
    found = [one for path in args.gold for one in examples(path, reader)]
    names = list(found[0][1])
    x = np.array([[row[name] for name in names] for _, row, _ in found])
    y = np.array([float(right) for _, _, right in found])
    if args.check:
        weights = words.load().table("confidence")["weights"]
        shipped = np.array([weights.get(name, 0.0) for name in names])
        report("shipped weights", 1 / (1 + np.exp(-x @ shipped)), y)
        return
    report("cross-validated", crossed(x, y, [text for text, _, _ in found]), y)
    weights = fitted(x, y)
    lines = [f'"{name}" = {value:.3f}' for name, value in zip(names, weights, strict=True)]
    print("\n".join(lines))
    if args.write:
        OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
