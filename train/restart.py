"""Take up training again from a shipped model: python train/restart.py --model DIR --out DIR.

An int8 file holds every weight to seven bits and a scale; read back to float they score as the file
does (LAS within 0.1), so that a further training can start from them when the checkpoint is gone.
Writes OUT/start.pt (weights by the names of model.py) OUT/labels.json (class lists) and OUT/tokenizer.json; OUT/sequel.pt, from
which sequel.py goes on (--start).
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

KEYS = ("upos", "feats", "rules", "labels", "names")


def weights(path: Path, root: str = "network.") -> dict[str, torch.Tensor]:
    """The float weights of an exported graph, by parameter name of its module `root`."""
    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found: dict[str, Any] = {}
    for name, value in held.items():
        if name.startswith(root) and value.dtype == np.float32 and not _helper(name):
            found[name.removeprefix(root)] = value
        if name.startswith(root) and name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            found[base.removeprefix(root)] = _floats(held, base)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::"):
            module = node.name.removeprefix("/").removesuffix("/MatMul_quant").replace("/", ".")
            base = node.input[1].removesuffix("_quantized")
            found[f"{_module(module.removeprefix(root))}.weight"] = _floats(held, base).T
    for name in [one for one in found if one.endswith("_Transposed")]:  # layers used by themselves
        found[name.removesuffix("_Transposed")] = found.pop(name).T
    return {name: torch.from_numpy(np.array(value)) for name, value in found.items()}


def _helper(name: str) -> bool:
    return name.endswith(("_scale", "_zero_point"))


def _module(path: str) -> str:
    """The module of a node's path: "arc_head.arc_head.0" is the layer arc_head.0."""
    parts = path.split(".")
    if len(parts) == 3 and parts[0] == parts[1]:
        parts = parts[1:]
    return ".".join(parts)


def _floats(held: dict[str, Any], base: str) -> Any:
    whole = held[base + "_quantized"].astype(np.float32)
    return (whole - held[base + "_zero_point"].astype(np.float32)) * held[base + "_scale"]


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder with model.onnx")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    told = json.loads((args.model / "labels.json").read_text("utf-8"))
    lists = {key: told[key] for key in KEYS}
    (args.out / "labels.json").write_text(json.dumps(lists, ensure_ascii=False), "utf-8")
    shutil.copy(args.model / "tokenizer.json", args.out / "tokenizer.json")
    start = weights(args.model / "model.onnx")
    start["moves"] = torch.tensor(told["moves"])  # used outside the graph
    torch.save(start, args.out / "start.pt")
    torch.save(weights(args.model / "sequel.onnx", "judge."), args.out / "sequel.pt")


if __name__ == "__main__":
    main()
