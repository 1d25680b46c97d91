"""Rules only, model only, both: the ablation table of docs/accuracy.md, and its limits by search.

    python evals/voices.py GOLD.jsonl…                     # the table, with bootstrap intervals
    python evals/voices.py --search GOLD.jsonl…            # one limit at a time, F1 of each value

Texts are parsed once; only the questions are asked anew. `--model DIR` tries another model.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from legation import evaluate, questions, records, words, world
from legation.parse import MODEL, Parser
from legation.pipeline import checked_story
from legation.questions.opinion import VOICES
from legation.story import Story, Type
from legation.words import Words

GRID = {
    "veto": (0.9, 0.95, 0.98, 0.99, 2.0),
    "propose": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "role": (0.2, 0.3, 0.4, 0.5, 0.6),
    "state": (0.3, 0.5, 0.6, 0.7, 0.8, 2.0),
}


def stories(parser: Parser, articles: list[dict[str, Any]]) -> list[Story]:
    """The articles of a gold set, parsed."""
    found = []
    for article in articles:
        names = ("text", "id", "published", "title", "outlet")
        story = checked_story(Story(**{name: article.get(name) or "" for name in names}))
        found.append(replace(story, language="en", sentences=parser.parse(story.text)))
    return found


def scored(
    articles: list[dict[str, Any]], parsed: list[Story], lexicon: Words, voices: str, **options: Any
) -> dict[str, Any]:
    """The scores of one way of reading."""
    facts = world.load()
    read = [questions.events(story, lexicon, facts, voices) for story in parsed]
    rows = [record for story in read for record in records.event_records(story)]
    return evaluate.evaluate(articles, rows, **options).scores


def changed(lexicon: Words, section: str, key: str, value: float) -> Words:
    """The lexicon with one number of opinion.toml changed."""
    table = {k: dict(v) for k, v in lexicon.table("opinion").items()}
    table.setdefault(section, {})[key] = value
    return replace(lexicon, tables={**lexicon.tables, "opinion": table})


def rows(name: str, scores: dict[str, Any]) -> Iterator[str]:
    """A line of the table."""
    cells = []
    for level in ("act", "dyad", "event", "full"):
        low, high = scores.get("intervals", {}).get(level, (0, 0))
        cells.append(f"{scores['levels'][level]['f1']:.3f} ({low:.3f}-{high:.3f})")
    act = scores["levels"]["act"]
    status = scores["fields"].get("status", 0)
    yield f"| {name} | {act['p']:.3f} | {act['r']:.3f} | {' | '.join(cells)} | {status:.3f} |"


def search(articles: list[dict[str, Any]], parsed: list[Story], lexicon: Words) -> None:
    """Print the F1 of the act and event level for each value of each limit."""
    for key, values in GRID.items():
        for value in values:
            found = scored(articles, parsed, changed(lexicon, "limits", key, value), "both",
                           intervals=False)  # fmt: skip
            _print(key, value, found)
    for kind in map(str, Type):
        for value in (0.5, 0.7, 0.9, 2.0):
            found = scored(articles, parsed, changed(lexicon, "propose", kind, value), "both",
                           intervals=False)  # fmt: skip
            _print(kind, value, found)


def _print(key: str, value: float, found: dict[str, Any]) -> None:
    level = found["levels"]
    print(f"{key} {value}: act {level['act']['f1']:.4f} (P {level['act']['p']:.3f} R"
          f" {level['act']['r']:.3f}) dyad {level['dyad']['f1']:.4f} event"
          f" {level['event']['f1']:.4f}", flush=True)  # fmt: skip


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--search", action="store_true")
    args = parser.parse_args()
    reader = Parser(args.model)
    lexicon = words.load()
    for path in args.gold:
        articles = evaluate.gold(path)
        parsed = stories(reader, articles)
        if args.search:
            search(articles, parsed, lexicon)
            continue
        print(f"\n{path.name}: {len(articles)} texts\n\n| voices | act P | act R | act F1 | dyad F1"
              " | event F1 | full F1 | status |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
        for voices in VOICES:
            for line in rows(voices, scored(articles, parsed, lexicon, voices)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
