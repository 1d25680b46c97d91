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
SOURCES = 3  # guidelines of names: UNER, GUM, Wikipedia corpora
ROLE = 128
ASK = 128  # width of a pair's question to the words, in four heads
ROLES = ("actor", "recipient", "source")


@dataclass(frozen=True)
class Sizes:
    """How many classes each head has."""

    vocabulary: int
    upos: int
    feats: int
    rules: int
    labels: int
    names: int
    acts: int = 17
    modes: int = 84
    states: int = 4


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
        # 1 marks the pieces of the actor, 2 those of the recipient of a pair that is asked about
        self.mark = nn.Embedding(3, HIDDEN, padding_idx=0)
        with torch.no_grad():
            self.mark.weight[1:].normal_(0, 0.05)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(
        self, ids: Tensor, cases: Tensor, plain_softmax: bool, marks: Tensor | None = None
    ) -> Tensor:
        """Last-layer states (batch, pieces, 384)."""
        bias = (ids == 0).to(torch.float32)[:, None, None, :] * -1e4
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.kind + self.case(cases)
        if marks is not None:
            x = x + self.mark(marks)
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
        self.around = _mlp(3 * TAG, TAG)
        self.names = nn.Linear(TAG, sizes.names)
        self.source = nn.Embedding(SOURCES, TAG, padding_idx=0)
        nn.init.zeros_(self.source.weight)
        # (before, after) scores of neighbouring names; the last row is the start of a sentence
        self.moves = nn.Parameter(torch.zeros(sizes.names + 1, sizes.names))
        self.act = _mlp(2 * HIDDEN, TAG)
        self.acts = nn.Linear(TAG, sizes.acts)
        self.modes = nn.Linear(TAG, sizes.modes)
        self.state = _mlp(2 * HIDDEN, TAG)
        self.states = nn.Linear(TAG, sizes.states)
        self.role_act, self.role_word = _mlp(2 * HIDDEN, ROLE), _mlp(2 * HIDDEN, ROLE)
        self.role_weight = nn.Parameter(torch.randn(ROLE, len(ROLES) * ROLE) * (0.5 / ROLE))
        self.role_bias = nn.Parameter(torch.full((len(ROLES),), -3.0))
        self.pair_query, self.pair_key = nn.Linear(4 * HIDDEN, ASK), nn.Linear(2 * HIDDEN, ASK)
        self.pair_value = nn.Linear(2 * HIDDEN, 2 * ASK)
        # how much a word's role scores for the two parties, and an act there, draw the attention
        self.pair_pull = nn.Parameter(torch.full((3, 4), 0.2))
        self.pair = _mlp(6 * HIDDEN + 2 * ASK + sizes.acts, HIDDEN)
        self.pair_acts = nn.Linear(HIDDEN, sizes.acts - 1)
        self.pair_plover = nn.Linear(HIDDEN, sizes.acts - 1)
        self.pair_states = nn.Linear(HIDDEN, sizes.states)
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
        states = self.encoder(batch["ids"], batch["cases"], plain_softmax, batch.get("marks"))
        index = [batch[k][:, :, None].expand(-1, -1, HIDDEN) for k in ("first", "last")]
        return self.word_dropout(torch.cat([states.gather(1, i) for i in index], -1))

    def tags(self, vectors: Tensor, source: Tensor | None = None) -> dict[str, Tensor]:
        """Scores (batch, words, classes) of upos, feats, rules and names.

        `source` (batch,) numbers the guidelines that the names of a sentence follow (data.py); the
        answer without it follows those of UNER.
        """
        shared, own = self.tag(vectors[:, 1:]), self.name(vectors[:, 1:])
        near = torch.cat(
            [functional.pad(own, (0, 0, 1, 1))[:, at : at + own.shape[1]] for at in range(3)], -1
        )
        own = own + self.around(near)
        if source is not None:
            own = own + self.source(source)[:, None]
        return {
            "upos": self.upos(shared),
            "feats": self.feats(shared),
            "rules": self.rules(shared),
            "names": self.names(own),
        }

    def opinions(self, vectors: Tensor) -> dict[str, Tensor]:
        """Scores at every word: acts (batch, words, 17), modes (… 84), states (… 4), and roles
        (batch, words, 3, words): is the last word the actor, recipient, source of an act here?"""
        words = vectors[:, 1:]
        act, state = self.act(words), self.state(words)
        left = (self.role_act(words) @ self.role_weight).unflatten(-1, (len(ROLES), ROLE))
        right = self.role_word(words).transpose(1, 2)[:, None]
        return {
            "acts": self.acts(act),
            "modes": self.modes(act),
            "states": self.states(state),
            "roles": (left.transpose(1, 2) @ right).transpose(1, 2) + self.role_bias[:, None],
        }

    def pairs(self, vectors: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of the 16 types, of the states and of the types after PLOVER's reduction.

        The two parties are pooled, and so are the words that they draw the attention to: by their
        own question, and by what the word heads tell of an act there and its roles.
        """
        words, first = vectors[:, 1:], batch["first"][:, 1:]
        marks = batch["marks"].gather(1, first)
        absent = -1e4 * (first == 0).to(words.dtype)
        parties = [_mean(words, (marks == number).to(words.dtype)) for number in (1, 2)]
        told = self.opinions(vectors)
        acts = told["acts"].softmax(-1).detach()
        away = [-1e4 * (marks != number).to(words.dtype) for number in (1, 2)]
        pulls = [
            (told["roles"][:, :, role].detach() + away[role][:, None]).amax(-1).sigmoid()
            for role in (0, 1)
        ]
        pulls.append(1 - acts[..., 0])
        query = self.pair_query(torch.cat(parties, -1)).unflatten(-1, (4, ASK // 4))
        key = self.pair_key(words).unflatten(-1, (4, ASK // 4))
        scores = (key * query[:, None]).sum(-1) * (ASK // 4) ** -0.5
        scores = scores + torch.stack(pulls, -1) @ (10 * self.pair_pull) + absent[..., None]
        share = scores.softmax(1)
        value = self.pair_value(words).unflatten(-1, (4, ASK // 2))
        seen = (share[..., None] * value).sum(1).flatten(1)
        kinds = (share.mean(-1)[..., None] * acts).sum(1)
        whole = (words + absent[..., None]).amax(1)
        hidden = self.pair(torch.cat([*parties, whole, seen, kinds], -1))
        return self.pair_acts(hidden), self.pair_states(hidden), self.pair_plover(hidden)

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


def _mean(words: Tensor, chosen: Tensor) -> Tensor:
    return (words * chosen[..., None]).sum(1) / chosen.sum(1, keepdim=True).clamp(min=1.0)


def path_loss(scores: Tensor, gold: Tensor, present: Tensor, moves: Tensor, ignore: int) -> Tensor:
    """Negative log-probability of the gold names as a linear chain, summed over sentences.

    scores (batch, words, names); gold and present (batch, words); words whose gold is `ignore` may
    have any name.
    """
    other = functional.one_hot(gold.clamp(min=0), scores.shape[-1]) == 0
    closed = (other & (gold != ignore)[..., None]).to(scores.dtype) * -1e4
    both = torch.cat([scores, scores + closed])
    here = torch.cat([present, present])
    total = both[:, 0] + moves[-1]
    for at in range(1, scores.shape[1]):
        step = torch.logsumexp(total[:, :, None] + moves[None, :-1], 1) + both[:, at]
        total = torch.where(here[:, at, None], step, total)
    free, told = torch.logsumexp(total, 1).chunk(2)
    return (free - told).sum()


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
