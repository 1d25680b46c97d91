"""Ship a checkpoint: python train/export.py --run DIR [--epoch N] [--out DIR].

Writes model.onnx (int8 per channel, reduce_range), tokenizer.json (pruned to the pieces that
English news can need) and labels.json (class lists, version, SHA-256 of the others); with --sequel
sequel.onnx, which what became of plans is asked of.
"""

import argparse
import hashlib
import json
import tempfile
import unicodedata
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import onnx
import torch
from model import HEADS, ROLES, Layer, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from passages import ACTS, MODE_NAMES, STATES
from sequel import Judge
from torch import Tensor, nn
from torch.nn import functional
from train import sizes, tokenizer

from legation.parse.sequel import FILE as SEQUEL

VERSION = "2.1"
SHIPPED = Path(__file__).resolve().parents[1] / "src/legation/parse/model"
INPUTS = ["ids", "cases", "first", "last", "forced", "marks"]
PAIR = ["pair_acts", "pair_states", "pair_plover"]
OPINIONS = ["acts", "modes", "states", "roles", *PAIR]
OUTPUTS = ["upos", "feats", "rules", "names", "arcs", "heads", "labels", *OPINIONS]


class Graph(nn.Module):
    """The network as one graph: best classes, name scores, arc scores, heads and their labels."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        ids: Tensor,
        cases: Tensor,
        first: Tensor,
        last: Tensor,
        forced: Tensor,
        marks: Tensor,
    ) -> tuple[Tensor, ...]:
        """`forced` (batch, words) gives heads for which labels are wanted; -1 takes the best.

        `marks` (batch, pieces) is 1 and 2 on a pair of parties that is asked about, else 0.
        """
        batch = {"ids": ids, "cases": cases, "first": first, "last": last, "marks": marks}
        vectors = self.network.vectors(batch, plain_softmax=True)
        tags = self.network.tags(vectors)
        arcs = self.network.arcs(vectors, first)
        heads = torch.where(forced >= 0, forced, arcs.argmax(-1))
        labels = self.network.label_scores(vectors, heads)
        # only ROOT's dependents may have the label root, and they must
        below_root = (heads == 0)[..., None]
        is_root = (torch.arange(labels.shape[-1]) == self.network.root)[None, None]
        labels = labels - 1e4 * (below_root != is_root).to(labels.dtype)
        best = [tags[key].argmax(-1) for key in ("upos", "feats", "rules")]
        told = self.network.opinions(vectors)
        opinions = [told[key].softmax(-1) for key in ("acts", "modes", "states")]
        pair = [scores.softmax(-1) for scores in self.network.pairs(vectors, batch)]
        whole = (*best, tags["names"], arcs, heads, labels.argmax(-1), *opinions)
        return (*whole, told["roles"].sigmoid(), *pair)


def prune(network: Network, tokenizer: dict[str, Any]) -> dict[str, Any]:
    """Drop [unused] and non-Latin pieces from the vocabulary and the word embedding."""
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    kept = [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if _needed(piece)]
    rows = torch.tensor([vocabulary[piece] for piece in kept])
    network.encoder.word = nn.Embedding.from_pretrained(network.encoder.word.weight[rows])
    tokenizer["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    for token in tokenizer["added_tokens"]:
        token["id"] = tokenizer["model"]["vocab"][token["content"]]
    tokenizer["post_processor"] = tokenizer["padding"] = tokenizer["truncation"] = None
    return tokenizer


def _needed(piece: str) -> bool:
    if piece.startswith("["):
        return not piece.startswith("[unused")
    return all(_latin(char) for char in piece)


def _latin(char: str) -> bool:
    return not char.isalpha() or unicodedata.name(char, "").startswith("LATIN")


def to_onnx(network: Network, path: Path) -> None:
    """Write the fp32 graph with dynamic batch, pieces and words."""
    ids = torch.tensor([[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]])
    words = torch.tensor([[0, 1, 2, 3], [0, 1, 0, 0]])
    forced, marks = torch.full((2, 3), -1), torch.zeros_like(ids)
    example = (ids, torch.ones_like(ids), words, words, forced, marks)
    axes: dict[str, dict[int, str]] = {key: {0: "batch", 1: "words"} for key in OUTPUTS}
    axes |= {key: {0: "batch", 1: "pieces"} for key in ("ids", "cases", "marks")}
    axes |= {key: {0: "batch"} for key in PAIR}
    axes["roles"] = {0: "batch", 1: "words", 3: "words"}
    axes |= {key: {0: "batch", 1: "nodes"} for key in ("first", "last")}
    axes["forced"] = {0: "batch", 1: "words"}
    axes["arcs"] = {0: "batch", 1: "words", 2: "nodes"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Graph(network).eval(),
            example,
            str(path),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """int8 per channel with reduce_range: 0.2 LAS at most below fp32 (full range loses 0.9)."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    onnx.checker.check_model(str(target))


def export(run: Path, epoch: int, out: Path, version: str) -> None:
    """Write the three files of one checkpoint."""
    lists = json.loads((run / "labels.json").read_text("utf-8"))
    network = Network(sizes(lists, run))
    checkpoint = run / f"epoch-{epoch}.pt"
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    network.root = lists["labels"].index("root")
    network.eval()
    pruned = prune(network, json.loads(tokenizer(run).read_text("utf-8")))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        to_onnx(network, plain)
        quantise(plain, out / "model.onnx")
    (out / "tokenizer.json").write_text(json.dumps(pruned, ensure_ascii=False), "utf-8")
    sums = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json", SEQUEL)
        if (out / name).exists()
    }
    told = {"version": version, "sha256": sums} | lists
    told |= {"acts": ACTS, "modes": MODE_NAMES, "states": STATES, "roles": list(ROLES)}
    told["moves"] = [[round(float(move), 3) for move in row] for row in network.moves]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
    (out / "labels.json").write_text(text, "utf-8")
    print(f"{(out / 'model.onnx').stat().st_size / 1e6:.1f} MB", told["version"], sums)


class Attention(torch.autograd.Function):
    """Attention as one node of onnxruntime's own, for rows without padding: no mask is needed."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """States (batch, pieces, 384), of any worth: a trace needs the shape only."""
        return query + key + value

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        """The node."""
        return graph.op(
            "com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS
        ).setType(query.type())


def attend(layer: Layer, x: Tensor, *_: Any) -> Tensor:
    """What `Layer.forward` does, with that node."""
    x = layer.norm1(x + layer.out(Attention.apply(*layer.qkv(x).chunk(3, -1))))
    return layer.norm2(x + layer.down(functional.gelu(layer.up(x))))  # type: ignore[no-any-return]


class Shares(nn.Module):
    """The network of sequel.py as one graph: shares of its classes, of one question a run."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, ids: Tensor, cases: Tensor, marks: Tensor) -> Tensor:
        """Shares (batch, SENTENCES, 5) of rows (batch, pieces)."""
        return self.judge(ids, cases, marks, plain=True).softmax(-1)


def export_sequel(checkpoint: Path, out: Path) -> None:
    """Write sequel.onnx beside the model, whose tokenizer it uses, and its checksum in labels.json."""
    tokens = json.loads((out / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    judge = Judge(len(tokens))
    judge.load_state_dict(torch.load(checkpoint, weights_only=True))
    for layer in judge.encoder.layers:
        layer.forward = partial(attend, layer)
    row = torch.tensor([[1, 2, 3, 4], [1, 2, 0, 0]])
    names = ["ids", "cases", "marks"]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Shares(judge).eval(), (row, row, torch.tensor([[0, 1, 4, 5], [1, 4, 0, 0]])),
            str(plain), input_names=names, output_names=["shares"], opset_version=17, dynamo=False,
            dynamic_axes={name: {0: "batch", 1: "pieces"} for name in names} | {"shares": {0: "batch"}},
        )  # fmt: skip
        quantise(plain, out / SEQUEL)
    told = json.loads((out / "labels.json").read_text("utf-8"))
    told["sha256"][SEQUEL] = hashlib.sha256((out / SEQUEL).read_bytes()).hexdigest()
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
    (out / "labels.json").write_text(text, "utf-8")
    print(f"{(out / SEQUEL).stat().st_size / 1e6:.1f} MB", told["sha256"][SEQUEL])


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, help="the --out folder of train.py or acts.py")
    parser.add_argument("--sequel", type=Path, help="the sequel.pt of sequel.py")
    parser.add_argument("--epoch", type=int, default=0, help="default: the last")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--version", default=VERSION, help="kept in labels.json and on each story")
    args = parser.parse_args()
    if args.run:
        found = [int(path.stem.split("-")[1]) for path in args.run.glob("epoch-*.pt")]
        export(args.run, args.epoch or max(found), args.out, args.version)
    if args.sequel:
        export_sequel(args.sequel, args.out)


if __name__ == "__main__":
    main()
