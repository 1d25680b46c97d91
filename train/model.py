"""The network: MiniLM-L6 in plain torch with case embedding, tag and name heads, biaffine parser.

One forward pass serves training (heads given) and the exported graph (heads forced or greedy).
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL, TAG = 256, 128, 256


@dataclass(frozen=True)
class Sizes:
    """How many classes each head has."""

    vocabulary: int
    upos: int
    feats: int
    rules: int
    labels: int
    names: int


class Layer(nn.Module):
    """One post-norm BERT layer with fused query, key and value."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor, plain_softmax: bool) -> Tensor:
        """x (batch, pieces, 384); bias (batch, 1, 1, pieces), hugely negative at padding."""
        size, length = x.shape[0], x.shape[1]
        q, k, v = self.qkv(x).view(size, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        if plain_softmax:
            weights = (q @ k.transpose(-1, -2)) * (HIDDEN // HEADS) ** -0.5 + bias
            mixed = weights.softmax(-1) @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(size, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The MiniLM encoder; the case embedding starts at zero."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.case = nn.Embedding(8, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids: Tensor, cases: Tensor, plain_softmax: bool) -> Tensor:
        """Last-layer states (batch, pieces, 384)."""
        bias = (ids == 0).to(torch.float32)[:, None, None, :] * -1e4
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.kind + self.case(cases)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias, plain_softmax)
        return x


def _mlp(width: int, inner: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(0.25))


class Network(nn.Module):
    """Encoder and heads. `heads` everywhere: 0 is ROOT, word i is i + 1."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes.vocabulary)
        self.word_dropout = nn.Dropout(0.25)
        self.tag = _mlp(2 * HIDDEN, TAG)
        self.upos = nn.Linear(TAG, sizes.upos)
        self.feats = nn.Linear(TAG, sizes.feats)
        self.rules = nn.Linear(TAG, sizes.rules)
        self.name = _mlp(2 * HIDDEN, TAG)
        self.names = nn.Linear(TAG, sizes.names)
        self.arc_head, self.arc_dep = _mlp(2 * HIDDEN, ARC), _mlp(2 * HIDDEN, ARC)
        self.label_head, self.label_dep = _mlp(2 * HIDDEN, LABEL), _mlp(2 * HIDDEN, LABEL)
        self.arc_weight = nn.Parameter(torch.randn(ARC, ARC) / 256)
        self.arc_bias = nn.Parameter(torch.zeros(ARC, 1))
        # (dependent + 1, label x (head + 1)): already in the order of the product, so that the
        # exported weight is a constant of one MatMul and gets quantised
        weight = torch.randn(LABEL + 1, sizes.labels * (LABEL + 1)) * (0.5 / 128)
        self.label_weight = nn.Parameter(weight)

    def vectors(self, batch: dict[str, Tensor], plain_softmax: bool = False) -> Tensor:
        """Word vectors (batch, words + 1, 768): the states at first and last piece."""
        states = self.encoder(batch["ids"], batch["cases"], plain_softmax)
        index = [batch[k][:, :, None].expand(-1, -1, HIDDEN) for k in ("first", "last")]
        return self.word_dropout(torch.cat([states.gather(1, i) for i in index], -1))

    def tags(self, vectors: Tensor) -> dict[str, Tensor]:
        """Scores (batch, words, classes) of upos, feats, rules and names."""
        shared, own = self.tag(vectors[:, 1:]), self.name(vectors[:, 1:])
        return {
            "upos": self.upos(shared),
            "feats": self.feats(shared),
            "rules": self.rules(shared),
            "names": self.names(own),
        }

    def arcs(self, vectors: Tensor, first: Tensor) -> Tensor:
        """Scores (batch, words, words + 1) of each head; padding and self-loops hugely negative."""
        heads, deps = self.arc_head(vectors), self.arc_dep(vectors[:, 1:])
        scores = (deps @ self.arc_weight) @ heads.transpose(1, 2)
        scores = scores.float() + (heads @ self.arc_bias).transpose(1, 2).float()
        places = torch.arange(first.shape[1], device=first.device)
        absent = (first == 0) & (places > 0)[None]
        loops = places[1:, None] == places[None]
        return scores - 1e4 * absent[:, None].float() - 1e4 * loops[None].float()

    def label_scores(self, vectors: Tensor, heads: Tensor) -> Tensor:
        """Scores (batch, words, labels) of the arcs to the given heads (batch, words)."""
        deps, all_heads = self.label_dep(vectors[:, 1:]), self.label_head(vectors)
        index = heads[:, :, None].expand(-1, -1, LABEL)
        chosen = functional.pad(all_heads.gather(1, index), (0, 1), value=1.0)
        left = functional.pad(deps, (0, 1), value=1.0) @ self.label_weight
        left = left.view(left.shape[0], left.shape[1], self.sizes.labels, LABEL + 1)
        return (left @ chosen[..., None].to(left.dtype)).squeeze(-1)


def load_minilm(network: Network, path: Path) -> None:
    """Copy the published all-MiniLM-L6-v2 weights (model.safetensors) into the encoder."""
    source = load_file(str(path))
    source = {key.removeprefix("bert."): value.float() for key, value in source.items()}
    encoder = network.encoder
    embeddings = "embeddings."
    with torch.no_grad():
        encoder.word.weight.copy_(source[embeddings + "word_embeddings.weight"])
        encoder.position.weight.copy_(source[embeddings + "position_embeddings.weight"])
        encoder.kind.copy_(source[embeddings + "token_type_embeddings.weight"][0])
        _copy(encoder.norm, source, embeddings + "LayerNorm")
        for number, layer in enumerate(encoder.layers):
            _load_layer(layer, source, f"encoder.layer.{number}.")


def _load_layer(layer: nn.Module, source: dict[str, Tensor], at: str) -> None:
    for part in ("weight", "bias"):
        fused = [source[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        getattr(layer.qkv, part).copy_(torch.cat(fused))
    _copy(layer.out, source, at + "attention.output.dense")
    _copy(layer.norm1, source, at + "attention.output.LayerNorm")
    _copy(layer.up, source, at + "intermediate.dense")
    _copy(layer.down, source, at + "output.dense")
    _copy(layer.norm2, source, at + "output.LayerNorm")


def _copy(module: nn.Module, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[name + ".weight"])
    module.bias.copy_(source[name + ".bias"])
