"""Teach the second opinion on the parser's encoder: python train/acts.py --data DIR --run DIR …

Continues a run of train.py, or with --further one of its own (the last epoch-N.pt). Every round of
STEPS steps mixes sentences of the corpus (acts, modes, statuses, roles), its passages with a marked
pair, and trees and names, so that the parser does not forget (lessons.MIX). The corpus is read anew
each round. Writes OUT/epoch-N.pt after each round: the moving average of the weights.
"""

import argparse
import copy
import json
import shutil
import time
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing as multiprocessing
from data import IGNORE, Example
from lessons import STEPS, Group, Lessons
from model import ROLES, Network
from passages import ANY, Asked, Told
from torch import Tensor
from torch.nn import functional
from train import (
    SEED,
    WEIGHTS,
    WORKERS,
    Gradients,
    factor,
    losses,
    move,
    optimiser,
    sizes,
    tensors,
    tokenizer,
)

from legation.parse.forms import CASE_TITLE
from legation.parse.pieces import Pieces

HIDE, HIDE_LARGE = 0.08, 0.25  # share of pieces hidden, and of those of capitalised words
AVERAGE = 0.01  # share of the new weights in their moving average, each step
# with --further the lower half rests, which takes a third off a step
FROZEN = ("word", "position", "kind", "norm", "case", "mark", "layers.0", "layers.1", "layers.2")
OPINION = {
    "acts": 3.0,
    "modes": 0.5,
    "states": 0.5,
    "roles": 0.3,
    "pair": 0.7,
    "pair_states": 0.3,
    "plover": 1.0,
    "kept": 1.0,
}
FRESH = ("act", "acts", "modes", "state", "states", "role", "pair", "mark")
FRESH_FURTHER = ("pair",)
OLD = 0.4  # share of the peak rates for what is already trained


def words_batch(rows: list[list[str]], pieces: Pieces) -> dict[str, Tensor]:
    """The network's inputs for some word lists."""
    return {k: torch.from_numpy(v) for k, v in pieces.batch(rows)._asdict().items()}


def padded(rows: list[list[int]], length: int, fill: int) -> Tensor:
    """Rows of numbers as one tensor."""
    return torch.tensor([row + [fill] * (length - len(row)) for row in rows])


def set_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Mean of -log P(the state is in the set); allowed (...) holds bit masks, 0 is unknown."""
    known = (allowed > 0) & (allowed < ANY)
    if not bool(known.any()):
        return scores.sum() * 0
    logs, masks = functional.log_softmax(scores[known].float(), -1), allowed[known]
    bits = (masks[:, None] >> torch.arange(scores.shape[-1])) & 1
    return -torch.logsumexp(logs + (bits == 0) * -1e4, -1).mean()


def told_losses(network: Network, group: list[Told], pieces: Pieces) -> dict[str, Tensor]:
    """The losses of sentences whose acts are told."""
    batch = words_batch([one.words for one in group], pieces)
    scores = network.opinions(network.vectors(batch))
    length = batch["first"].shape[1] - 1
    acts = padded([one.acts for one in group], length, IGNORE).flatten()
    seconds = padded([one.seconds for one in group], length, 0).flatten()
    flat = scores["acts"].float().flatten(0, 1)
    first = functional.cross_entropy(flat, acts, ignore_index=IGNORE, reduction="none")
    other = functional.cross_entropy(flat, seconds, reduction="none")
    both = torch.where(seconds > 0, (first + other) / 2, first)
    found = {"acts": both.sum() / (acts != IGNORE).sum().clamp(min=1)}
    modes = padded([one.modes for one in group], length, IGNORE)
    if bool((modes >= 0).any()):
        flat = scores["modes"].float().flatten(0, 1)
        found["modes"] = functional.cross_entropy(flat, modes.flatten(), ignore_index=IGNORE)
    found["states"] = set_loss(scores["states"], padded([one.states for one in group], length, 0))
    if any(one.heads for one in group):
        found["roles"] = roles_loss(scores["roles"], group)
    return found


def roles_loss(scores: Tensor, group: list[Told]) -> Tensor:
    """Binary cross-entropy of every (act, role, word), summed over words, a mean over acts."""
    total = scores.new_zeros(())
    count = 0
    for row, one in enumerate(group):
        for head in dict.fromkeys(one.heads):
            gold = scores.new_zeros(len(ROLES), len(one.words))
            for trigger, role, word in one.roles:
                if trigger == head:
                    gold[role, word] = 1.0
            own = scores[row, head, :, : len(one.words)]
            total = total + functional.binary_cross_entropy_with_logits(own, gold, reduction="sum")
            count += 1
    return total / max(1, count)


def marked(group: list[Asked], pieces: Pieces) -> dict[str, Tensor]:
    """Inputs with the pieces of actor (1) and recipient (2) marked."""
    batch = words_batch([one.words for one in group], pieces)
    marks = torch.zeros_like(batch["ids"])
    for row, one in enumerate(group):
        for number, (start, end) in ((1, one.actor), (2, one.recipient)):
            begin, past = batch["first"][row, start + 1], batch["last"][row, end] + 1
            marks[row, begin:past] = number
    return batch | {"marks": marks}


def asked_losses(network: Network, group: list[Asked], pieces: Pieces) -> dict[str, Tensor]:
    """The losses of passages with a marked pair."""
    batch = marked(group, pieces)
    acts, states, plover = network.pairs(network.vectors(batch), batch)
    gold = [torch.tensor([getattr(one, key) for one in group]) for key in ("act", "plover")]
    return {
        "pair": functional.cross_entropy(acts.float(), gold[0], label_smoothing=0.05),
        "plover": functional.cross_entropy(plover.float(), gold[1], label_smoothing=0.05),
        "pair_states": set_loss(states, torch.tensor([one.state for one in group])),
    }


def hide(batch: dict[str, Tensor], pieces: Pieces) -> None:
    """Hide some pieces in half of the sentences whose names are told, most in words written large, so
    that the words around a name must tell. A word's letter case is still seen."""
    ids = batch["ids"]
    known = (batch["gold_names"] != IGNORE).any(1, keepdim=True)
    large = batch["cases"] == CASE_TITLE
    chance = torch.where(large, HIDE_LARGE, HIDE)
    chosen = (torch.rand(ids.shape) < chance) & (torch.rand(len(ids), 1) < 0.5) & known
    special = (ids == 0) | (ids == pieces.cls) | (ids == pieces.sep)
    ids[chosen & ~special] = pieces.unknown


def tree_losses(
    network: Network, group: list[Example], pieces: Pieces, teacher: Network | None
) -> dict[str, Tensor]:
    """The losses of train.py, the states that UDS tells of words of EWT, and `kept`: how far the names
    are from what the network that we started from (`teacher`) reads where nothing is hidden."""
    batch = tensors(group, pieces)
    before = None
    if teacher is not None:
        with torch.no_grad():
            before = teacher.tags(teacher.vectors(batch))["names"]
    hide(batch, pieces)
    vectors = network.vectors(batch)
    found = losses(network, batch, vectors)
    if before is not None:
        words = batch["first"][:, 1:] > 0
        pair = [
            functional.log_softmax(one[words].float(), -1)
            for one in (network.tags(vectors)["names"], before)
        ]
        found["kept"] = functional.kl_div(*pair, reduction="batchmean", log_target=True)
    if any(one.states for one in group):
        rows = [[one.states.get(w, 0) for w in range(len(one.words))] for one in group]
        scores = network.opinions(vectors)["states"]
        found["states"] = 0.5 * set_loss(scores, padded(rows, scores.shape[1], 0))
    return found


def loss_of(
    network: Network, group: Group, pieces: Pieces, teacher: Network | None
) -> tuple[Tensor, dict[str, Tensor]]:
    """The weighted loss of one batch of any kind, and its parts."""
    first = group[0]
    if isinstance(first, Example):
        found = tree_losses(network, group, pieces, teacher)  # type: ignore[arg-type]
    elif isinstance(first, Told):
        found = told_losses(network, group, pieces)  # type: ignore[arg-type]
    else:
        found = asked_losses(network, group, pieces)  # type: ignore[arg-type]
    weights = WEIGHTS | OPINION
    total = sum((weights[key] * loss for key, loss in found.items()), torch.zeros(()))
    return total, found


def tuned(network: Network, names: tuple[str, ...]) -> torch.optim.AdamW:
    """The optimiser of train.py with small steps for what is trained, full ones for the new `names`."""
    adam = optimiser(network, OLD)
    fresh = [p for n, p in network.named_parameters() if _fresh(n, names) and p.requires_grad]
    chosen = {id(p) for p in fresh}
    for group in adam.param_groups:
        group["params"] = [p for p in group["params"] if id(p) not in chosen]
    adam.add_param_group({"params": fresh, "lr": 1e-3, "peak": 1e-3})
    return adam


def _fresh(name: str, names: tuple[str, ...]) -> bool:
    part = name.removeprefix("encoder.").split(".")[0]
    return part.split("_")[0] in names or part in names


def work(rank: int, args: argparse.Namespace, table: Tensor, clock: Tensor, barrier: Any) -> None:
    """One worker's whole training; worker 0 logs, saves and says how far we are (`clock`)."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    lists = json.loads((args.out / "labels.json").read_text("utf-8"))
    numbers = {key: {v: i for i, v in enumerate(values)} for key, values in lists.items()}
    pieces = Pieces(tokenizer(args.out))
    network = Network(sizes(lists, args.out))
    network.load_state_dict(grown(torch.load(args.start, weights_only=True), network), strict=False)
    teacher = copy.deepcopy(network).eval() if args.further else None
    for name, parameter in network.encoder.named_parameters():
        parameter.requires_grad = not (args.further and name.startswith(FROZEN))
    adam = tuned(network, FRESH_FURTHER if args.further else FRESH)
    average = {key: value.clone() for key, value in network.state_dict().items()}
    lessons = Lessons(args, pieces, numbers)
    gradients = Gradients(network, table, rank, barrier)
    network.train()
    torch.manual_seed(SEED + 1000 * rank)
    started, sums = time.time(), {}
    number, past = 0, False
    while not past:
        groups = lessons.round(number, rank, barrier)
        for step in range(STEPS):
            gradients.clear()
            total, found = loss_of(network, groups[step * WORKERS + rank], pieces, teacher)
            total.backward()
            if rank == 0:
                clock[0] = (number * STEPS + step) / (args.rounds * STEPS)
                if args.minutes:
                    clock[0] = (time.time() - started) / (60 * args.minutes)
            gradients.share()  # waits for all, so that they read the same clock
            far = float(clock[0])
            past = far >= 1
            move(factor(int(1e5 * min(far, 1)), 100_000), adam.param_groups)
            adam.step()
            if rank == 0:
                track(average, network)
            for key, loss in found.items():
                sums.setdefault(key, []).append(float(loss.detach()))
            if rank == 0 and (step + 1) % 20 == 0:
                report(number, step + 1, time.time() - started, sums)
                sums = {}
            if past:
                break
        number += 1
        past = past or (not args.minutes and number == args.rounds)
        if rank == 0:
            torch.save(average, args.out / f"epoch-{number}.pt")
        barrier.wait()


def track(average: dict[str, Tensor], network: Network) -> None:
    """Move the average weights a little towards the present ones."""
    for key, value in network.state_dict().items():
        average[key].lerp_(value, AVERAGE)


def grown(state: dict[str, Tensor], network: Network) -> dict[str, Tensor]:
    """The weights of a checkpoint; a layer that has more inputs now starts with zeros there."""
    for key, value in network.state_dict().items():
        old = state.get(key)
        if old is not None and old.shape != value.shape:
            state[key] = functional.pad(old, (0, value.shape[1] - old.shape[1]))
    if "pair_plover.weight" not in state:
        state |= {f"pair_plover.{k}": state[f"pair_acts.{k}"].clone() for k in ("weight", "bias")}
    return state


def report(number: int, step: int, seconds: float, sums: dict[str, list[float]]) -> None:
    """Log the mean losses since the last report."""
    each = " ".join(f"{key} {sum(v) / len(v):.3f}" for key, v in sums.items())
    print(f"round {number} step {step} {seconds:.0f}s {each}", flush=True)


def main() -> None:
    """Read the arguments, start the workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with ud/, ner/, factuality/"
    )
    parser.add_argument("--run", type=Path, required=True, help="the --out folder of train.py")
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="folders of passages")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--further", action="store_true", help="continue a run of this program")
    parser.add_argument("--silver", type=Path, help="pairs of news by train/silver.py")
    parser.add_argument("--rounds", type=int, default=45)
    parser.add_argument("--minutes", type=float, default=0, help="instead of rounds: so long")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    found = [int(path.stem.split("-")[1]) for path in args.run.glob("epoch-*.pt")]
    args.start = args.run / f"epoch-{max(found)}.pt"
    for name in ("labels.json", "tokenizer.json"):
        if (args.run / name).exists():
            shutil.copy(args.run / name, args.out / name)
    lists = json.loads((args.out / "labels.json").read_text("utf-8"))
    named = Network(sizes(lists, args.out)).named_parameters()
    frozen = tuple(f"encoder.{name}" for name in FROZEN if args.further)
    weights = sum(p.numel() for name, p in named if not name.startswith(frozen))
    table = torch.zeros(WORKERS, weights).share_memory_()
    shared = (args, table, torch.zeros(1, dtype=torch.float64).share_memory_())
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(WORKERS)
    workers = [
        context.Process(target=work, args=(rank, *shared, barrier)) for rank in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")


if __name__ == "__main__":
    main()
