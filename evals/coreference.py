"""Does the cast know who is the same? B-cubed over party mentions that the gold and we both have.

    python evals/coreference.py MEANTIME.jsonl [--documents N]

Gold: one document a line with `sents` (tokens) and `mentions` (kind, type, sent, tokens, chain), as
NewsReader MEANTIME (CC BY 4.0) gives it; only people and organisations, and places that we read as
parties, are compared. A mention is ours when a word of it heads a phrase of the cast.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from legation import parse, words, world
from legation.questions.who import cast
from legation.story import Story

KINDS = frozenset(["PER", "ORG", "LOC"])
Mention = tuple[int, int]  # characters of the text


def b_cubed(
    gold: Mapping[Mention, Hashable], ours: Mapping[Mention, Hashable]
) -> tuple[float, ...]:
    """Precision, recall and F1 over the mentions that both have (Bagga and Baldwin 1998)."""
    both = sorted(gold.keys() & ours.keys())
    if not both:
        return 0.0, 0.0, 0.0
    precision = recall = 0.0
    for one in both:
        same = sum(gold[one] == gold[x] and ours[one] == ours[x] for x in both)
        precision += same / sum(ours[one] == ours[x] for x in both)
        recall += same / sum(gold[one] == gold[x] for x in both)
    p, r = precision / len(both), recall / len(both)
    return p, r, 2 * p * r / (p + r)


def document(record: dict[str, Any], parser: parse.Parser) -> tuple[dict[Mention, Hashable], ...]:
    """Chains of the gold and of ours by the characters of each mention."""
    text, places = "", []
    for tokens in record["sents"]:
        row = []
        for token in tokens:
            row.append((len(text), len(text) + len(token)))
            text += token + " "
        text = text.rstrip() + "\n\n"
        places.append(row)
    gold: dict[Mention, Hashable] = {}
    for mention in record["mentions"]:
        if mention["kind"] == "entity" and mention["type"] in KINDS and mention.get("chain"):
            row = places[mention["sent"]]
            spans = [row[t] for t in mention["tokens"] if t < len(row)]
            if spans:
                gold[spans[0][0], spans[-1][1]] = mention["chain"]
    story = Story(text, published=record.get("published", ""), sentences=tuple(parser.parse(text)))
    made = cast(story, words.load(), world.load())
    ours: dict[Mention, Hashable] = {}
    for start, end in gold:
        for s, sentence in enumerate(story.sentences):
            if sentence.start > end or sentence.end < start:
                continue
            inside = [w for w in range(len(sentence)) if start <= sentence.starts[w] < end]
            heads = [w for w in inside if sentence.heads[w] not in inside]
            member = next((m for w in heads if (m := made.member(s, w))), None)
            if member is not None:
                ours[start, end] = id(member)
    return gold, ours


def main() -> None:
    """Print B-cubed over all documents, and how many mentions were compared."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("gold", type=Path)
    options.add_argument("--documents", type=int, default=0, help="only the first N")
    chosen = options.parse_args()
    parser, total, sums = parse.Parser(), 0, defaultdict(float)
    mentions = compared = 0
    for number, line in enumerate(chosen.gold.read_text(encoding="utf-8").splitlines()):
        if chosen.documents and number >= chosen.documents:
            break
        gold, ours = document(json.loads(line), parser)
        both = len(gold.keys() & ours.keys())
        for name, value in zip("prf", b_cubed(gold, ours), strict=True):
            sums[name] += value * both
        total, mentions, compared = total + 1, mentions + len(gold), compared + both
    p, r, f = (sums[name] / max(compared, 1) for name in "prf")
    print(f"{total} documents, {compared} of {mentions} party mentions compared")
    print(f"B-cubed P {p:.3f} R {r:.3f} F1 {f:.3f}")


if __name__ == "__main__":
    main()
