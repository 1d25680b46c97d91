"""Which heads form a tree? Repairs a sentence whose best heads have a cycle or several roots.

Heads number the words from 1, 0 is ROOT. Chu-Liu/Edmonds over log-probabilities, tried with each of
the five likeliest words as the only root (the recipe of most graph-based UD parsers).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
ROOTS: Final = 5
LONG: Final = 600  # words times roots: a longer sentence is a list or noise, and tries fewer roots
_NEVER: Final = -1e9


def is_tree(heads: Sequence[int]) -> bool:
    """Is there exactly one root, and does every word lead to it? heads[i] is word i + 1's head."""
    if sum(head == 0 for head in heads) != 1:
        return False
    state = [1] + [0] * len(heads)  # 1 leads to ROOT, 2 on the present path
    for word in range(1, len(heads) + 1):
        path = []
        while state[word] == 0:
            state[word] = 2
            path.append(word)
            word = heads[word - 1]
        if state[word] == 2:
            return False
        for step in path:
            state[step] = 1
    return True


def best_tree(arcs: npt.NDArray[np.float32]) -> list[int]:
    """The best single-rooted tree. Row i of `arcs` (words, words + 1): heads of word i + 1."""
    shifted = arcs.astype(np.float64) - arcs.max(1, keepdims=True)
    scores = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    size = len(scores)
    square = np.full((size + 1, size + 1), _NEVER)
    square[1:] = scores
    best, best_score = [0] * size, -np.inf
    tries = max(1, min(ROOTS, LONG // size))
    free = square[1:, 1:].max(1)
    bounds = free.sum() - free + scores[:, 0]  # no tree with this root has more
    for root in np.argsort(-scores[:, 0], kind="stable")[:tries] + 1:
        if bounds[root - 1] <= best_score:
            continue
        single = square.copy()
        single[:, 0] = _NEVER
        single[root, 0] = square[root, 0]
        heads = _edmonds(single)[1:]
        score = float(scores[np.arange(size), heads].sum())
        if score > best_score and sum(head == 0 for head in heads) == 1:
            best, best_score = heads, score
    return best


def _edmonds(scores: Scores) -> list[int]:
    """Maximum spanning arborescence rooted in 0; scores[dependent, head]."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = [0, *(int(head) for head in scores[1:].argmax(1))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    return _expand(scores, heads, cycle)


def _cycle(heads: list[int]) -> list[int]:
    """The words of one cycle, or nothing."""
    seen = [0] * len(heads)
    seen[0] = -1
    for start in range(1, len(heads)):
        word = start
        while seen[word] == 0:
            seen[word] = start
            word = heads[word]
        if seen[word] == start:
            cycle, at = [word], heads[word]
            while at != word:
                cycle.append(at)
                at = heads[at]
            return cycle
    return []


def _expand(scores: Scores, heads: list[int], cycle: list[int]) -> list[int]:
    """Contract the cycle to one node (put last), solve the smaller graph, open it again."""
    inside = np.array(cycle)
    outside = np.delete(np.arange(len(heads)), inside)
    own = scores[inside, [heads[node] for node in cycle]]
    smaller = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    smaller[:-1, :-1] = scores[outside[:, None], outside]
    leaving = scores[outside[:, None], inside]
    entering = scores[inside[:, None], outside] - own[:, None]
    smaller[:-1, -1] = leaving.max(1)
    smaller[-1, :-1] = entering.max(0)
    solved = _edmonds(smaller)
    result = list(heads)
    for number, node in enumerate(outside[1:], start=1):
        head = solved[number]
        at_cycle = head == len(outside)
        result[node] = int(inside[leaving[number].argmax()] if at_cycle else outside[head])
    broken = int(entering[:, solved[-1]].argmax())
    result[cycle[broken]] = int(outside[solved[-1]])
    return result
