"""Tune the name head alone: python train/names.py --data DIR --run DIR [--epoch N].

The encoder and all other heads stay as checkpoint N has them, so trees and tags do not change.
Word vectors are computed once; the head then takes 8 passes over them. Writes epoch-(N + 1).pt.
"""

import argparse
import json
from pathlib import Path

import torch
from data import IGNORE, Example, load_train, numbered
from model import Network
from torch import Tensor
from torch.nn import functional
from train import minilm, sizes, tensors

from legation.parse.pieces import Pieces

PASSES, WORDS_PER_BATCH, RATE = 8, 1024, 7e-4


def word_vectors(network: Network, examples: list[Example]) -> tuple[Tensor, Tensor]:
    """Vectors (words, 768) and name classes (words,) of all words whose class is known."""
    pieces = Pieces(minilm() / "tokenizer.json")
    examples = sorted(examples, key=lambda example: len(example.words))
    vectors, golds = [], []
    for at in range(0, len(examples), 24):
        batch = tensors(examples[at : at + 24], pieces)
        known = batch["gold_names"] != IGNORE
        with torch.inference_mode():
            vectors.append(network.vectors(batch)[:, 1:][known])
        golds.append(batch["gold_names"][known])
    return torch.cat(vectors).clone(), torch.cat(golds)


def tune(network: Network, vectors: Tensor, golds: Tensor) -> None:
    """Train the name head from where it is."""
    head = [*network.name.parameters(), *network.names.parameters()]
    adam = torch.optim.AdamW(head, lr=RATE, weight_decay=0.01)
    steps = PASSES * (len(golds) // WORDS_PER_BATCH + 1)
    schedule = torch.optim.lr_scheduler.LinearLR(adam, 1.0, 0.02, steps)
    network.train()
    for number in range(PASSES):
        total = 0.0
        for rows in torch.randperm(len(golds)).split(WORDS_PER_BATCH):
            scores = network.names(network.name(network.word_dropout(vectors[rows])))
            loss = functional.cross_entropy(scores, golds[rows])
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        print(f"pass {number + 1} loss {total / len(golds):.4f}", flush=True)


def main() -> None:
    """Read the arguments; load, tune, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--run", type=Path, required=True, help="the --out folder of train.py")
    parser.add_argument("--epoch", type=int, default=4)
    args = parser.parse_args()
    torch.manual_seed(1)
    lists = json.loads((args.run / "labels.json").read_text("utf-8"))
    numbers = {key: {v: i for i, v in enumerate(values)} for key, values in lists.items()}
    network = Network(sizes(lists))
    network.load_state_dict(torch.load(args.run / f"epoch-{args.epoch}.pt", weights_only=True))
    network.eval()
    examples = [numbered(gold, numbers) for gold in load_train(args.data)]
    tune(network, *word_vectors(network, examples))
    torch.save(network.state_dict(), args.run / f"epoch-{args.epoch + 1}.pt")


if __name__ == "__main__":
    main()
