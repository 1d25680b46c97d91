"""Which batches does each round of acts.py learn from? Corpus, pairs and trees, mixed by MIX."""

import argparse
import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from data import Example, Gold, Token, load_train, numbered, pool, renamed, vary
from passages import Asked, Told, asked, factual, held_out, joined, read, told, trees
from train import SEED, WORKERS, batches

import legation.words
from legation.parse.pieces import Pieces
from legation.story import Sentence

STEPS = 60  # a round
MIX = ("tree", "told", "tree", "told", "pair")  # what every five steps learn
LONG = "pairs:"  # long sentences written for pairs: they count three times
PIECES = 450
THINNED = (1.0, 0.7, 0.4)  # share of the sentences of each source that an epoch takes
REHEARSED = 0.5  # share of those whose trees are the shipped parser's own

Group = list[Example] | list[Told] | list[Asked]


def grouped(items: list[Any], pieces: Pieces, chance: random.Random) -> list[Group]:
    """Batches of items of like length."""
    sized = [(sum(len(pieces.of(w)) for w in one.words) + 2, one) for one in items]
    sized.sort(key=lambda pair: pair[0] + chance.uniform(0, 3))
    groups: list[Group] = []
    for size, one in sized:
        if not groups or size * (len(groups[-1]) + 1) > PIECES:
            groups.append([])
        groups[-1].append(one)
    return groups


def rehearsed(sentences: Iterable[Sentence]) -> Iterator[Gold]:
    """Trees and tags as the shipped parser reads them, to learn again; what it names is left open."""
    for one in sentences:
        columns = (one.words, one.tags, one.feats, one.lemmas, one.heads, one.labels)
        yield Gold("", [Token(*row) for row in zip(*columns, strict=True)])


class Lessons:
    """The batches of each round, the same in all workers, by MIX."""

    def __init__(self, args: argparse.Namespace, pieces: Pieces, numbers: dict[str, Any]) -> None:
        self.args, self.pieces = args, pieces
        self.full_stop, self.proper = numbers["upos"]["PUNCT"], numbers["upos"]["PROPN"]
        states, self.more = factual(args.data)
        self.examples = []
        for gold in load_train(args.data):
            example = numbered(gold, numbers)
            example.states = states.get(gold.id, {})
            self.examples.append(example)
        self.numbers = numbers
        self.names = pool(self.examples)
        self.kept: list[Example] = []
        self.silver: list[dict[str, Any]] = []
        self.queue: dict[str, list[Group]] = {"tree": [], "told": [], "pair": []}
        path = Path(legation.words.__file__).parent / "en/plover.toml"
        self.moves = tomllib.loads(path.read_text("utf-8"))

    def sentences(self, chance: random.Random) -> list[Example]:
        """Sentences of trees and names: all of EWT, once each, so that names stay as frequent as in
        its text; GUM, Wikipedia and what the shipped parser read thinned out."""
        chosen = [one for one in self.examples if chance.random() <= THINNED[one.source]]
        chosen += [one for one in self.kept if chance.random() <= REHEARSED]
        others = [renamed(one, self.names, chance, self.proper) for one in chosen]
        return [vary(one, chance, self.full_stop) for one in others]

    def pairs(self, rows: list[Asked], chance: random.Random) -> list[Asked]:
        """Half of the pairs alone, half in longer sentences."""
        short = [one.words for one in rows if 5 <= len(one.words) <= 28]
        return [
            joined(one, chance.choice(short), chance)
            if chance.random() < 0.5 and len(one.words) < 45
            else one
            for one in rows
        ]

    def round(self, number: int, rank: int, barrier: Any) -> list[Group]:
        """WORKERS * STEPS batches, by MIX."""
        chance = random.Random(SEED + number)
        cache = self.args.out / "trees.json"
        if rank == 0:
            self.snapshot(number)
        barrier.wait()
        passages = json.loads((self.args.out / f"round-{number}.json").read_text("utf-8"))
        parsed = trees(passages, cache)
        news = [one for one in passages if one["id"].startswith("silver-")]
        own = [one for one in passages if not one["id"].startswith("silver-")]
        sentences: list[Told] = [one for p in own for one in told(p, parsed[p["text"]])]
        rows = [one for p in own for one in asked(p, parsed[p["text"]], self.moves)]
        more = [one for p in news for one in asked(p, [], self.moves)]
        chance.shuffle(more)
        rows += [one for one in rows if one.passage.startswith(LONG)] * 2 + more[: len(rows) // 2]
        if rank == 0:
            print(f"round {number}: {len(own)} passages, {len(rows)} pairs", flush=True)
        if number == 0 or len(passages) != self.known:
            self.queue["told"] = self.queue["pair"] = []
            golds = rehearsed(one for p in own for one in parsed[p["text"]])
            self.kept = [numbered(gold, self.numbers) for gold in golds]
        self.known = len(passages)
        picked: list[Group] = []
        for at in range(WORKERS * STEPS):
            key = MIX[at // WORKERS % len(MIX)]
            if not self.queue[key]:
                if key == "tree":
                    fresh: list[Any] = batches(self.sentences(chance), self.pieces, chance)
                elif key == "told":
                    fresh = grouped([*sentences, *self.more], self.pieces, chance)
                else:
                    fresh = grouped(self.pairs(rows, chance), self.pieces, chance)
                chance.shuffle(fresh)
                self.queue[key] = fresh
            picked.append(self.queue[key].pop())
        return picked

    def snapshot(self, number: int) -> None:
        """Write down the passages that the round learns from, without the held-out tenth."""
        train, _ = held_out(read(self.args.corpus))
        if self.args.silver and self.args.silver.exists():
            lines = self.args.silver.read_text("utf-8").split("\n")[:-1]
            train += [json.loads(line) for line in lines]
        trees(train, self.args.out / "trees.json")
        text = json.dumps(train, ensure_ascii=False)
        (self.args.out / f"round-{number}.json").write_text(text, "utf-8")
