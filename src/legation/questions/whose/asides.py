"""Verbs of saying beside a clause: "…, officials said", "…, said the minister", "X, Y said, …".

Whether a clause is such an aside is told by its form (a subject, a comma, nothing of its own), so
that no list of verbs of saying has to be complete: "…, an aide whispered".
"""

from __future__ import annotations

from collections.abc import Container

from legation.questions.tree import Tree

APART = frozenset([";"])
ASIDE = frozenset(["parataxis", "advcl", "ccomp", "dep", "discourse"])
LOOSE = frozenset(["parataxis", "dep", "discourse"])
PLACED = frozenset(["", "to", "in", "on", "at", "from", "over", "by", "during", "after"])
NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])


def aside(tree: Tree, clause: int, verbs: Container[str]) -> bool:
    """Is this dependent clause an aside that says who speaks?

    `verbs` are the known verbs of saying; any other verb must stand all alone with its subject.
    """
    kind, lemma = tree.base[clause], tree.lemmas[clause]
    if kind not in ASIDE or tree.tags[clause] not in ("VERB", "AUX", "NOUN"):
        return False
    if any(tree.base[c] in ("mark", "cop") for c in tree.children[clause]):
        return False
    if tree.tags[clause] == "NOUN" and not (kind in LOOSE and lemma in verbs):
        return False
    if kind not in LOOSE and (lemma not in verbs or not _after_comma(tree, clause)):
        return False
    if _apart(tree, clause) or speaker(tree, clause) is None:
        return False
    if lemma not in verbs and not _alone(tree, clause):
        return False
    return not _clause_of_its_own(tree, clause)


def speaker(tree: Tree, verb: int) -> int | None:
    """The word that names who speaks in an aside: its subject, before or after the verb."""
    for child in tree.under(verb, "nsubj"):
        return child
    if tree.tags[verb] == "NOUN":  # "…, a Lebanese daily reports" read as one noun phrase
        before = [c for c in tree.under(verb, "compound", "amod") if c == verb - 1]
        return before[0] if before else None
    later = [
        c
        for c in tree.children[verb]
        if c > verb and tree.base[c] in ("obj", "iobj", "ccomp", "obl") and _plain(tree, c)
    ]
    if later:
        return later[0]
    if verb and tree.tags[verb - 1] in NOMINAL and tree.base[verb - 1] in ("appos", "conj"):
        return verb - 1
    return None


def _plain(tree: Tree, word: int) -> bool:
    return tree.tags[word] in NOMINAL and not tree.preposition(word)


def _after_comma(tree: Tree, clause: int) -> bool:
    first = min(tree.subtree(clause))
    edge = [tree.words[w] for w in (first - 1, first) if w >= 0]
    return any(mark in (",", "”", '"', "»", "’", "'") for mark in edge)


def _apart(tree: Tree, clause: int) -> bool:
    """Does a semicolon set the clause apart: "X shelled Y; Z denies it"?"""
    head = tree.heads[clause]
    low, high = min(head, clause), max(head, clause)
    return any(tree.words[w] in APART for w in range(low, high))


def _alone(tree: Tree, clause: int) -> bool:
    """Nothing but a subject, a time, a place or a hearer stands with the verb."""
    for child in tree.children[clause]:
        kind = tree.base[child]
        if kind in ("xcomp", "ccomp", "advcl", "conj", "aux") or kind == "expl":
            return False
        if kind == "obj" and tree.base[clause] != "parataxis":
            return False
        if tree.labels[child] in ("compound:prt", "aux:pass", "nsubj:pass"):
            return False
        if kind == "obl" and tree.preposition(child) not in PLACED:
            return False
        if kind == "nsubj" and any(tree.low[c] == "no" for c in tree.children[child]):
            return False
    objects = [c for c in tree.under(clause, "obj", "iobj") if c > clause]
    return not objects or not any(tree.under(clause, "nsubj"))


def _clause_of_its_own(tree: Tree, clause: int) -> bool:
    """Has the verb a that-clause of its own, so that it tells of something else?"""
    for child in tree.under(clause, "ccomp"):
        if child > clause and tree.tags[child] not in NOMINAL:
            between = range(clause + 1, child)
            if not any(tree.words[w] == ":" for w in between):
                return True
    return any(tree.low[c] == "it" for c in tree.under(clause, "obj"))
