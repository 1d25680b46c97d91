"""Who deals with whom? Pairs, networks with centrality and communities, and one actor's partners.

Pure on a frame of acts (acts.acts). Several actors or recipients of one act make several pairs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from legation.store.pairs import FACING
from legation.study import relation

EDGES: dict[str, Any] = {
    "a": pl.String, "b": pl.String, "directed": pl.Boolean, "acts": pl.Int64,
    "independent": pl.Int64, "score": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "cooperation": pl.Int64, "conflict": pl.Int64, "last": pl.String,
}  # fmt: skip
"""Columns of `pairs` and of a network's edges.

a, b         codes; `a` acts towards `b` if `directed`, else in either way (a < b)
acts         acts that happened; `independent` reports of them
score …      weighted mean of their points with its 90 % band (relation.mean)
cooperation  acts of quads 1 and 2; `conflict` of 3 and 4; `last` day of the last one
"""
NODES: dict[str, Any] = {
    "code": pl.String, "acts": pl.Int64, "out": pl.Int64, "received": pl.Int64,
    "partners": pl.Int64, "centrality": pl.Float64, "bridge": pl.Float64,
    "community": pl.Int64, "score": pl.Float64, "x": pl.Float64, "y": pl.Float64,
}  # fmt: skip
"""Columns of a network's nodes.

acts, out, received   acts with others; of them done, suffered (together: both)
centrality   share of all dealings that pass through it (PageRank over acts)
bridge       betweenness, 0..1: how often it lies on the shortest way between two others
community    number of its community of friendly dealings (0 the largest)
score        weighted mean points of its acts with others; x, y: a place to draw it, -1..1
"""


def pairs(acts: pl.DataFrame, directed: bool = True) -> pl.DataFrame:
    """Every pair that did something to each other, busiest first; see `EDGES`."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    done = acts.filter(pl.col("status") == "happened")
    for number, (a, b, _) in _ties(done):
        found[(a, b) if directed or a < b else (b, a)].append(number)
    rows: list[dict[str, Any]] = []
    for (a, b), numbers in found.items():
        part = done[sorted(set(numbers))]
        band = relation.mean(part["score"], part["weight"]) or (None, None, None)
        friendly = part.filter(pl.col("quad") <= 2).height
        rows.append({
            "a": a, "b": b, "directed": directed, "acts": part.height,
            "independent": part["independent"].sum(), "score": band[0], "low": band[1],
            "high": band[2], "cooperation": friendly, "conflict": part.height - friendly,
            "last": part["day"].max(),
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["acts"], row["a"], row["b"]))
    return pl.DataFrame(rows, schema=EDGES)


def network(
    acts: pl.DataFrame, least: int = 1, most: int = 60
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Nodes and undirected edges of those with at least `least` acts with each other.

    Beyond the `most` busiest parties the rest is left out. Communities are greedy modularity
    communities of ties whose mean score is above 0, so that foes don't share one for fighting
    much. The layout is the same for the same acts.
    """
    import networkx

    edges = pairs(acts, directed=False).filter(pl.col("acts") >= least)
    busy = _busiest(edges, most)
    edges = edges.filter(pl.col("a").is_in(busy) & pl.col("b").is_in(busy))
    graph = networkx.Graph()
    for edge in edges.sort("a", "b").iter_rows(named=True):
        graph.add_edge(
            edge["a"], edge["b"], acts=edge["acts"], length=1 / edge["acts"],
            pull=math.log1p(edge["acts"]),
        )  # fmt: skip
    if not graph:
        return pl.DataFrame([], schema=NODES), edges
    friendly = networkx.Graph()
    friendly.add_nodes_from(graph)
    for edge in edges.filter(pl.col("score") > 0).sort("a", "b").iter_rows(named=True):
        friendly.add_edge(edge["a"], edge["b"], acts=edge["acts"])
    groups = networkx.community.greedy_modularity_communities(friendly, weight="acts") if (
        friendly.number_of_edges()
    ) else [{node} for node in friendly]  # fmt: skip
    ordered = sorted(groups, key=lambda group: (-len(group), min(group)))
    number = {code: i for i, group in enumerate(ordered) for code in group}
    rank = _rank(graph)
    between = networkx.betweenness_centrality(graph, weight="length")
    places = networkx.spring_layout(graph, weight="pull", seed=7, k=2.2 / len(graph) ** 0.5)
    dealings = _dealings(acts, set(graph))
    rows = [
        {
            "code": code, **dealings[code], "partners": graph.degree(code),
            "centrality": rank[code], "bridge": between[code], "community": number[code],
            "x": float(places[code][0]), "y": float(places[code][1]),
        }
        for code in graph
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row["acts"], row["code"]))
    return pl.DataFrame(rows, schema=NODES), edges


def profile(acts: pl.DataFrame, code: str) -> pl.DataFrame:
    """One party's partners: its dealings with each, busiest first (acts.acts(desk, party=…)).

    Columns: partner, done (acts towards it), received, together, score (of all of them), given
    and got (mean points of what it did and what was done to it), last.
    """
    by: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    done = acts.filter(pl.col("status") == "happened")
    for number, (a, b, directed) in _ties(done):
        if code in (a, b):
            other = b if a == code else a
            by[other]["together" if not directed else "done" if a == code else "received"].append(
                number
            )
    rows: list[dict[str, Any]] = []
    for partner, kinds in by.items():
        every = sorted({n for numbers in kinds.values() for n in numbers})
        rows.append({
            "partner": partner, **{k: len(set(kinds[k])) for k in ("done", "received", "together")},
            "score": _score(done[every]), "given": _score(done[sorted(set(kinds["done"]))]),
            "got": _score(done[sorted(set(kinds["received"]))]), "last": done[every]["day"].max(),
        })  # fmt: skip
    rows.sort(key=lambda r: (-(r["done"] + r["received"] + r["together"]), r["partner"]))
    schema = {
        "partner": pl.String, "done": pl.Int64, "received": pl.Int64, "together": pl.Int64,
        "score": pl.Float64, "given": pl.Float64, "got": pl.Float64, "last": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _ties(acts: pl.DataFrame) -> Iterator[tuple[int, tuple[str, str, bool]]]:
    """Row number of an act and each pair of codes in it: actor, recipient, directed."""
    columns = zip(acts["actors"].to_list(), acts["recipients"].to_list(), acts["type"], strict=True)
    for number, (actors, recipients, kind) in enumerate(columns):
        one = [code for code in dict.fromkeys(actors) if code]
        two = [code for code in dict.fromkeys(recipients) if code]
        if recipients:
            yield from ((number, (a, b, True)) for a in one for b in two if a != b)
        elif kind in FACING:
            both = [(a, b) for a in one for b in one if a < b]
            yield from ((number, (a, b, False)) for a, b in both)


def _busiest(edges: pl.DataFrame, most: int) -> list[str]:
    total: dict[str, int] = defaultdict(int)
    for a, b, acts in edges.select("a", "b", "acts").iter_rows():
        total[a] += acts
        total[b] += acts
    return sorted(total, key=lambda code: (-total[code], code))[:most]


def _rank(graph: Any) -> dict[str, float]:
    """PageRank by plain iteration (networkx's own asks for SciPy)."""
    rank = dict.fromkeys(graph, 1 / len(graph))
    total = {node: sum(d["acts"] for d in graph[node].values()) for node in graph}
    for _ in range(100):
        rank = {
            node: 0.15 / len(graph)
            + 0.85 * sum(rank[n] * d["acts"] / total[n] for n, d in graph[node].items())
            for node in graph
        }
    return rank


def _dealings(acts: pl.DataFrame, codes: set[str]) -> Mapping[str, dict[str, Any]]:
    done = acts.filter(pl.col("status") == "happened")
    seen: dict[str, dict[str, set[int]]] = {
        code: {"acts": set(), "out": set(), "received": set()} for code in codes
    }
    for number, (a, b, directed) in _ties(done):
        for code, part in ((a, "out"), (b, "received" if directed else "out")):
            if code in codes:
                seen[code]["acts"].add(number)
                seen[code][part].add(number)
    return {
        code: {name: len(numbers) for name, numbers in parts.items()}
        | {"score": _score(done[sorted(parts["acts"])])}
        for code, parts in seen.items()
    }


def _score(acts: pl.DataFrame) -> float | None:
    band = relation.mean(acts["score"], acts["weight"]) if acts.height else None
    return band[0] if band else None
