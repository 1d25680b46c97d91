"""Teach what later sentences say of plans: python train/sequel.py --corpus corpus …

    python train/sequel.py --corpus corpus --data DIR --tokenizer TOKENIZER.json --out RUN

Reads the blocks of CORPUS/sequels and the stories of CORPUS/stories (corpus/README.md). Fine-tunes MiniLM whole, since its own training in likeness of sentences is what this needs and the
parser's copy has lost; embeddings and the lowest layers rest. Every tenth block is held out and
scored after each epoch. Writes OUT/sequel.pt.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import torch
from model import HIDDEN, Encoder
from plans import FAR, Block, Later, read, single
from torch import Tensor, nn
from torch.nn import functional
from train import SEED, minilm

from legation.parse.pieces import Pieces
from legation.parse.sequel import CLASSES, LATER, PLAN, SENTENCES, question, rows
from legation.reconcile.affair import cosine, passage
from legation.reconcile.pages import page

RESTING = ("word", "position", "kind", "norm", "layers.0.", "layers.1.")
BATCH = 16
THINNED = {"rivals": 0.2, "several": 0.05, "story": 0.1, "plain": 0.3, "direct": 1.0}
"""Share of the plans that an epoch takes: most of those told as in the news."""
FORMS = ("rivals", "several", "story", "plain", "direct")
STEPS = 2000  # of an epoch, at most
STRANGERS = 0.25  # share of further questions, whose later sentence is that of another plan
OTHERS = 200  # plans among which the likest is taken for them
AHEAD = re.compile(r"\b(?:will|is to|are to|plans? to|intends? to|is due to|are due to) ([a-z]+)\b")
WORD_OF = re.compile(
    r", [^,]{3,60}\b(?:said|says|announced|told|reported)\b[^,]*\.$"
)  # who said it
NAME = re.compile(r"\b[A-Z][a-z]{2,}")
ECHOED = 0.5  # share of the plans that are told again in their own words, in another tense


QUIET = 0.5  # share of a story's reports that say nothing of a plan that an epoch takes
IGNORED = -100  # class of a sentence that a row does not have
STRANGE = 0.3  # share of a story's plans that are asked about a report of another
SHOWN = 0.5  # share of the plans of --strange that an epoch takes
WEIGHT = {"none": 0.4}  # of a class in the loss; else 1: most sentences of a report say nothing

Asked = tuple[tuple[list[int], list[int], list[int]], list[int]]  # rows, a class a sentence


def pasts(data: Path) -> dict[str, str]:
    """The past tense of the verbs of a treebank (ud/ewt-train.conllu)."""
    found: dict[str, Counter[str]] = {}
    for line in (data / "ud/ewt-train.conllu").read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) > 5 and columns[3] == "VERB" and "Tense=Past|VerbForm=Fin" in columns[5]:
            found.setdefault(columns[2], Counter())[columns[1].lower()] += 1
    return {lemma: forms.most_common(1)[0][0] for lemma, forms in found.items()}


def echo(block: Block, past: dict[str, str], chance: random.Random) -> Later | None:
    """A sentence that tells the plan again: done, not done, still to come."""
    found = AHEAD.search(block.text)
    if not found or found.group(1) not in past:
        return None
    kind = chance.choice(("kept", "kept", "contradicted", "open"))
    verb = found.group(1)
    told = {"kept": past[verb], "contradicted": f"did not {verb}", "open": found.group()}[kind]
    text = f"{block.text[: found.start()]}{told}{block.text[found.end() :]}"
    text = WORD_OF.sub(".", text)
    days = sorted(report.day for report in block.later) or [block.made]
    day = date.fromisoformat(days[0] if kind == "open" else days[-1])
    text = re.sub(
        r"\b(?:tomorrow|next \w+)\b", f"on {day:%A}" if kind == "open" else "last week", text
    )
    return single(kind, day.isoformat(), text)


def questions(
    blocks: list[Block], pieces: Pieces, chance: random.Random | None = None,
    past: dict[str, str] | None = None,
) -> list[Asked]:  # fmt: skip
    """Rows and class of every later sentence; with `chance` also of echoes and of strangers'."""

    def asked(block: Block, told: Later) -> Asked:
        words = question(
            block.text, block.trigger, block.made, told.texts, told.day, told.above, block.before
        )
        return rows(pieces, words), [CLASSES.index(kind) for kind in told.kinds[:SENTENCES]]

    found = [
        asked(block, told)
        for block in blocks
        for told in block.later
        if not chance or not block.whole or told.kind != "none" or chance.random() < QUIET
    ]
    if not chance:
        return found
    blocks = [block for block in blocks if block.later]
    names = {
        block: set(NAME.findall(" ".join((block.text, *block.later[0].texts)))) for block in blocks
    }
    for block in blocks:
        extra = (
            [told]
            if past and chance.random() < ECHOED and (told := echo(block, past, chance))
            else []
        )
        found += [asked(block, told) for told in extra]
        for _ in block.later if not block.whole else extra:
            if chance.random() < STRANGERS:
                among = chance.sample(blocks, min(OTHERS, len(blocks)))
                other = max(
                    (o for o in among if o is not block), key=lambda o: len(names[o] & names[block])
                )
                retold = echo(other, past, chance) if past and chance.random() < 0.25 else None
                told = retold or chance.choice(other.later)
                day = chance.choice(block.later).day
                found.append(asked(block, _silent(told, day)))
    stories = [block for block in blocks if block.whole]
    about = {block: passage(block.before, block.text) for block in stories}
    for block in stories:
        if chance.random() < STRANGE:
            among = [
                chance.choice(o.later) for o in chance.sample(stories, 40) if o.group != block.group
            ]
            near = [(cosine(about[block], passage(one.above, *one.texts)), one) for one in among]
            near = sorted((one for one in near if one[0] < FAR), key=lambda one: one[0])
            for _, told in near[-1:]:
                found.append(asked(block, _silent(told, chance.choice(block.later).day)))
    return found


def _silent(told: Later, day: str) -> Later:
    """A report that says nothing of a plan, as of another day."""
    return Later(day, told.texts, ("none",) * len(told.texts), told.above)


def strangers(path: Path) -> list[Block]:
    """The plans that strange.py has set beside later news of other matters."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        report = page("", "", row["day"], "\n".join(row["later"]))
        told = Later(row["day"], tuple(one.text for one in report.remarks), ())
        later = (_silent(told, row["day"]),)
        found.append(
            Block(row["made"], row["text"], row["trigger"], "strange", later, "", row["before"])
        )
    return found


class Judge(nn.Module):
    """MiniLM over plan and report; the shares of CLASSES for each later sentence.

    They are told from the means over the sentence, the plan and its trigger, and the first state.
    """

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.encoder.mark = nn.Embedding(LATER + 1, HIDDEN, padding_idx=0)
        self.hidden = nn.Sequential(nn.Linear(4 * HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(0.1))
        self.classes = nn.Linear(HIDDEN, len(CLASSES))

    def forward(self, ids: Tensor, cases: Tensor, marks: Tensor, plain: bool = False) -> Tensor:
        """Scores (batch, SENTENCES, 5) of rows (batch, pieces)."""
        states = self.encoder(ids, cases, plain, marks.clamp(max=LATER))
        own = LATER + torch.arange(SENTENCES, device=marks.device)
        told = _means(states, marks[:, None] == own[:, None])
        plan = _means(states, torch.stack([marks == PLAN, (ids > 0) & (marks <= PLAN)], 1))
        whole = [states[:, :1], plan[:, :1], plan[:, 1:]]
        first, trigger, sentence = (part.expand_as(told) for part in whole)
        return self.classes(self.hidden(torch.cat([first, trigger, told, sentence], -1)))  # type: ignore[no-any-return]


def _means(states: Tensor, parts: Tensor) -> Tensor:
    """Mean states (batch, parts, HIDDEN) over parts (batch, parts, pieces)."""
    shares = parts.to(states.dtype)
    return shares @ states / shares.sum(-1, keepdim=True).clamp(min=1.0)


def start(tokenizer: Path) -> Judge:
    """A network with the published weights, for the pieces that the shipped tokenizer has."""
    from model import Network, load_minilm
    from train import Sizes

    own = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    whole = json.loads((minilm() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    network = Network(Sizes(len(whole), *[2] * 5))
    load_minilm(network, minilm() / "model.safetensors")
    judge = Judge(len(own))
    state = network.encoder.state_dict()
    state["word.weight"] = state["word.weight"][[whole[piece] for piece in own]]
    state["mark.weight"] = judge.encoder.state_dict()["mark.weight"]
    judge.encoder.load_state_dict(state)
    return judge


def averaged(held: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of stages of one training: surer on new text than the last alone."""
    return {name: torch.stack([one[name] for one in held]).mean(0) for name in held[0]}


def batch(group: list[Asked]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded ids, cases, marks, and the classes; IGNORED where a row has no such sentence."""
    width = max(len(row[0]) for row, _ in group)
    columns = [
        torch.tensor([row[part] + [0] * (width - len(row[part])) for row, _ in group])
        for part in range(3)
    ]
    gold = torch.full((len(group), SENTENCES), IGNORED)
    for at, (row, kinds) in enumerate(group):
        for sentence in {mark - LATER for mark in row[2] if mark >= LATER}:
            gold[at, sentence] = kinds[sentence]
    return columns[0], columns[1], columns[2], gold


def grouped(items: list[Asked], chance: random.Random) -> list[list[Asked]]:
    """Batches of questions of like length, in random order."""
    items = sorted(items, key=lambda one: len(one[0][0]) + chance.uniform(0, 8))
    groups = [items[at : at + BATCH] for at in range(0, len(items), BATCH)]
    chance.shuffle(groups)
    return groups


def score(judge: Judge, items: list[Asked]) -> Tensor:
    """Counts (5, 5): class of a sentence by answer."""
    judge.eval()
    table = torch.zeros(len(CLASSES), len(CLASSES), dtype=torch.long)
    with torch.no_grad():
        for group in grouped(items, random.Random(0)):
            *given, gold = batch(group)
            asked = gold != IGNORED
            told = judge(*given).argmax(-1)
            for pair in zip(gold[asked].tolist(), told[asked].tolist(), strict=True):
                table[pair] += 1
    judge.train()
    return table


def main() -> None:
    """Read the arguments, train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="folder with sequels and stories"
    )
    parser.add_argument("--tokenizer", type=Path, required=True, help="the shipped tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60, help="how long to train")
    parser.add_argument("--start", type=Path, nargs="+", help="go on from the mean of sequel.pt")
    parser.add_argument("--peak", type=float, default=1e-4)
    parser.add_argument("--strange", type=Path, help="what strange.py has written")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    chance, pieces, past = random.Random(SEED), Pieces(args.tokenizer), pasts(args.data)
    judge = start(args.tokenizer)
    if args.start:
        judge.load_state_dict(
            averaged([torch.load(path, weights_only=True) for path in args.start])
        )
    for name, parameter in judge.encoder.named_parameters():
        parameter.requires_grad = not name.startswith(RESTING)
    top = [p for n, p in judge.named_parameters() if not n.startswith("encoder.layers")]
    rates = [(list(judge.encoder.layers.parameters()), args.peak), (top, 10 * args.peak)]
    groups = [
        {"params": [p for p in part if p.requires_grad], "lr": rate, "peak": rate}
        for part, rate in rates
    ]
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    weights = torch.tensor([WEIGHT.get(kind, 1.0) for kind in CLASSES])
    started, epoch, far = time.time(), 0, 0.0
    while far < 1:
        blocks = list(read(args.corpus))
        learned = [
            one for one in blocks if not one.held_out and chance.random() < THINNED[one.form]
        ]
        kept = [one for one in blocks if one.held_out]
        measured = {
            form: questions([one for one in kept if one.form == form], pieces) for form in FORMS
        }
        asked = questions(learned, pieces, chance, past)
        strange = strangers(args.strange) if args.strange else []
        asked += questions([one for one in strange if chance.random() < SHOWN], pieces)
        losses: list[float] = []
        for number, group in enumerate(grouped(asked, chance)):
            far = (time.time() - started) / (60 * args.minutes)
            for part in adam.param_groups:
                part["lr"] = part["peak"] * min(1.0, far / 0.05) * max(0.02, 1 - far)
            *given, gold = batch(group)
            loss = functional.cross_entropy(
                judge(*given).flatten(0, 1), gold.flatten(), weights, ignore_index=IGNORED,
                label_smoothing=0.05,
            )  # fmt: skip
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 2.0)
            adam.step()
            losses.append(loss.item())
            if number % 50 == 49:
                mean = sum(losses[-50:]) / 50
                spent = time.time() - started
                print(f"epoch {epoch} step {number + 1} {spent:.0f}s {mean:.3f}", flush=True)
            if far >= 1 or number + 1 == STEPS:
                break
        epoch += 1
        torch.save(judge.state_dict(), args.out / "sequel.pt")
        for form, items in measured.items():
            table = score(judge, items)
            right = table.diag().sum().item() / max(1, table.sum().item())
            print(f"epoch {epoch} {form}: {right:.3f} of {table.sum().item()} {table.tolist()}")
        print(f"{len(learned)} plans, {len(losses)} steps", flush=True)


if __name__ == "__main__":
    main()
