"""How well are copies found? Makes copies of news texts by documented edits and looks for them.

    python evals/copies.py NEWS.jsonl [NEWS.jsonl …]

Every text of 100 to 900 words gives, seeded, two copies by edits that newsrooms make (`EDITS`); it
is itself no copy of any other text. All texts and copies are then compared as a desk compares them:
only pairs that share a mark, decided by `copies.copied`. Told are precision over pairs and recall
over copies, for each edit.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable

from legation.reconcile import copies

SHORTEST, LONGEST = 100, 900  # words


def trim(parts: list[str], chance: random.Random) -> list[str]:
    """Cut from the end, to between a third and two thirds, as space asks for."""
    return parts[: max(2, int(len(parts) * chance.uniform(0.35, 0.7)))]


def reorder(parts: list[str], chance: random.Random) -> list[str]:
    """Keep the lead, shuffle the rest."""
    rest = parts[1:]
    chance.shuffle(rest)
    return [parts[0], *rest]


def byline(parts: list[str], chance: random.Random) -> list[str]:
    """Another byline and place before, a credit and a line about the paper after."""
    head = f"By {chance.choice(['A. Reporter', 'our staff', 'the newsdesk'])}, CAPITAL CITY -"
    return [head, *parts, "(Reporting by the agency; editing by the desk.) Follow us for more."]


def lead(parts: list[str], chance: random.Random) -> list[str]:
    """The first sentence in other words: every second word replaced."""
    words = parts[0].split()
    fresh = [word if at % 2 else f"so{chance.randrange(999)}" for at, word in enumerate(words)]
    return [" ".join(fresh), *parts[1:]]


def light(parts: list[str], chance: random.Random) -> list[str]:
    """One word in fifteen replaced, one in thirty left out."""
    done = []
    for part in parts:
        words = [
            f"re{chance.randrange(999)}" if chance.random() < 1 / 15 else word
            for word in part.split()
            if chance.random() > 1 / 30
        ]
        done.append(" ".join(words))
    return done


def mixed(parts: list[str], chance: random.Random) -> list[str]:
    """Trimmed, another byline and a rewritten lead."""
    return byline(lead(trim(parts, chance), chance), chance)


Edit = Callable[[list[str], random.Random], list[str]]
EDITS: dict[str, Edit] = {
    edit.__name__: edit for edit in (trim, reorder, byline, lead, light, mixed)
}


def main(paths: list[str]) -> int:
    """Make the corpus, look for copies, tell the scores; 1 when below the goal."""
    texts = [text for path in paths for text in _texts(path)]
    reports: dict[str, copies.Report] = {}
    family: dict[str, str] = {}
    edit_of: dict[str, str] = {}
    where: dict[int, list[str]] = defaultdict(list)
    for number, text in enumerate(texts):
        chance = random.Random(number)
        parts = [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
        made = {"original": text}
        for name in chance.sample(list(EDITS), 2):
            made[name] = " ".join(EDITS[name](list(parts), chance))
        for name, copy in made.items():
            id = f"{number}:{name}"
            hashes = copies.runs(copy)
            reports[id] = copies.report(id, "2020-01-01", copy)
            family[id], edit_of[id] = str(number), name
            for mark in copies.marks(hashes):
                where[mark].append(id)
    pairs = {
        frozenset((a, b))
        for ids in where.values()
        if len(ids) < 200
        for at, a in enumerate(ids)
        for b in ids[at + 1 :]
        if a != b
    }
    linked = [tuple(sorted(pair)) for pair in pairs if copies.copied(*(reports[id] for id in pair))]
    right = sum(family[a] == family[b] for a, b in linked)
    found = {id for pair in linked for id in pair if len({family[x] for x in pair}) == 1}
    wanted = Counter(name for name in edit_of.values() if name != "original")
    hits = Counter(edit_of[id] for id in found if edit_of[id] != "original")
    precision = right / max(1, len(linked))
    recall = sum(hits.values()) / max(1, sum(wanted.values()))
    print(f"{len(texts)} texts, {sum(wanted.values())} copies, {len(pairs):,} pairs compared")
    print(f"precision {precision:.4f} of {len(linked)} links   recall {recall:.4f}")
    for name in EDITS:
        print(f"    {name:8} {hits[name] / max(1, wanted[name]):.4f} of {wanted[name]}")
    for a, b in linked:
        if family[a] != family[b]:
            share = copies.likeness(reports[a], reports[b])
            print(f"    wrong: {a} {b} {share:.2f}", file=sys.stderr)
    return int(precision < 0.98 or recall < 0.95)


def _texts(path: str) -> list[str]:
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
    return [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
