"""Heads that are no tree are repaired to the best single-rooted tree."""

from itertools import product

import numpy as np

from legation.parse.tree import best_tree, is_tree


def test_cycles_and_two_roots_are_no_trees() -> None:
    assert is_tree([2, 0, 2])
    assert not is_tree([2, 1, 0])
    assert not is_tree([0, 0])


def test_the_repaired_tree_is_the_best_of_all_trees() -> None:
    chance = np.random.default_rng(1)
    for size in (1, 2, 3, 4, 5):
        for _ in range(10):
            arcs = chance.normal(size=(size, size + 1)).astype(np.float32) * 3
            arcs[np.arange(size), np.arange(1, size + 1)] = -1e4
            logs = arcs - np.log(np.exp(arcs).sum(1, keepdims=True))
            trees = [heads for heads in product(range(size + 1), repeat=size) if is_tree(heads)]
            best = max(trees, key=lambda heads: sum(logs[i, h] for i, h in enumerate(heads)))
            assert tuple(best_tree(arcs)) == best


def test_a_long_random_sentence_becomes_a_tree() -> None:
    chance = np.random.default_rng(2)
    assert is_tree(best_tree(chance.normal(size=(300, 301)).astype(np.float32)))
