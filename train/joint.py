"""One network out of two: python train/joint.py --data DIR --names FILE --rest FILE …

    python train/joint.py --data DIR --names FILE --rest FILE --lists DIR --corpus DIR… --out RUN

Further training on acts loses some of the names. Here a network that starts from the mean of both
learns to answer as the first (`--names`) does about names and as the second (`--rest`) does
about all else, on the sentences of the treebanks, of the sets of names and of the corpus; no
gold is read. The lower half of the encoder rests. Of the weights that are kept a share are the
first's. Writes OUT/epoch-1.pt.
"""

import argparse
import copy
import json
import random
import shutil
import time
from pathlib import Path

import torch
from acts import FROZEN, grown, track
from data import load_train, numbered, pool, renamed, vary
from lessons import THINNED, rehearsed
from model import Network
from passages import read, trees
from torch import Tensor
from torch.nn import functional
from train import SEED, batches, factor, optimiser, sizes, tensors, tokenizer

from legation.parse.pieces import Pieces

PEAK = 0.3  # share of the rates of train.py
SHARE = 0.7  # of the second network in the weights that it starts from
LAST, LAST_OF_NAMES = 0.25, 0.5  # share of the first in those kept; of what names alone are read by
NAMES = ("name.", "around.", "names.", "moves")
WEIGHTS = {"names": 3.0, "acts": 3.0, "modes": 0.5, "states": 1.0, "roles": 30.0}


def answers(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The scores of every head at every word."""
    vectors = network.vectors(batch)
    found = network.tags(vectors) | network.opinions(vectors)
    return found | {"arcs": network.arcs(vectors, batch["first"])}


def apart(own: dict[str, Tensor], wanted: dict[str, Tensor], present: Tensor) -> Tensor:
    """How far the answers are from those wanted: the weighted sum of the heads' divergences."""
    total = torch.zeros(())
    for key, scores in own.items():
        one, two = scores[present].float(), wanted[key][present].float()
        if key == "roles":  # (words, roles, words): each is a yes or no
            seen = present[:, None, None, :].expand_as(scores)[present]
            loss = functional.binary_cross_entropy_with_logits(one[seen], two[seen].sigmoid())
        else:
            pair = [functional.log_softmax(part, -1) for part in (one, two)]
            loss = functional.kl_div(*pair, reduction="batchmean", log_target=True)
        total = total + WEIGHTS.get(key, 1.0) * loss
    return total


def main() -> None:
    """Read the arguments, train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, ner/")
    parser.add_argument("--names", type=Path, required=True, help="weights whose names are kept")
    parser.add_argument("--rest", type=Path, required=True, help="weights that all else is from")
    parser.add_argument("--lists", type=Path, required=True, help="folder with labels.json")
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders of passages")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=10)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name in ("labels.json", "tokenizer.json"):
        shutil.copy(args.lists / name, args.out / name)
    lists = json.loads((args.out / "labels.json").read_text("utf-8"))
    held = [torch.load(path, weights_only=True) for path in (args.names, args.rest)]
    network = Network(sizes(lists, args.out))
    first, second = (copy.deepcopy(network) for _ in held)
    for one, state in zip((first, second), held, strict=True):
        one.load_state_dict(grown(dict(state), network), strict=False)
        one.eval()
    mean = {
        key: torch.lerp(held[0][key], value, SHARE) if key in held[0] else value
        for key, value in second.state_dict().items()
    }
    mean["moves"] = held[0]["moves"]  # they go with the names, and no loss here asks about them
    network.load_state_dict(mean)
    for name, parameter in network.named_parameters():
        parameter.requires_grad = not name.startswith(tuple(f"encoder.{one}" for one in FROZEN))
    adam = optimiser(network, PEAK)
    torch.manual_seed(SEED)
    chance, pieces = random.Random(SEED), Pieces(tokenizer(args.out))
    numbers = {key: {v: i for i, v in enumerate(values)} for key, values in lists.items()}
    gold = [numbered(one, numbers) for one in load_train(args.data)]
    parsed = trees(read(args.corpus), args.out / "trees.json")
    told = rehearsed(one for sentences in parsed.values() for one in sentences)
    corpus = [numbered(one, numbers) for one in told]
    others, stop, proper = pool(gold), numbers["upos"]["PUNCT"], numbers["upos"]["PROPN"]
    average = {key: value.clone() for key, value in network.state_dict().items()}
    network.train()
    started, far, step, sums = time.time(), 0.0, 0, 0.0
    while far < 1:
        chosen = [one for one in gold if chance.random() <= THINNED[one.source]]
        chosen = [renamed(one, others, chance, proper) for one in chosen]
        chosen += chance.sample(corpus, min(len(corpus), len(chosen)))
        for group in batches([vary(one, chance, stop) for one in chosen], pieces, chance):
            far = (time.time() - started) / (60 * args.minutes)
            if far >= 1:
                break
            for part in adam.param_groups:
                part["lr"] = part["peak"] * factor(int(1e5 * far), 100_000)
            batch = tensors(group, pieces)
            with torch.no_grad():
                wanted = answers(second, batch)
                wanted["names"] = first.tags(first.vectors(batch))["names"]
            loss = apart(answers(network, batch), wanted, batch["first"][:, 1:] > 0)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            adam.step()
            track(average, network)
            step, sums = step + 1, sums + loss.item()
            if step % 20 == 0:
                print(f"step {step} {time.time() - started:.0f}s {sums / 20:.4f}", flush=True)
                sums = 0.0
    for key in average.keys() & held[0].keys():
        share = LAST_OF_NAMES if key.startswith(NAMES) else LAST
        average[key].lerp_(held[0][key], share)
    torch.save(average, args.out / "epoch-1.pt")


if __name__ == "__main__":
    main()
