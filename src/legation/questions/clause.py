"""The form of a clause: future, negated, finite, on a condition, a condition by word order."""

from __future__ import annotations

from legation.questions.tree import Tree

FUTURE = {
    "will": "will",
    "shall": "will",
    "'ll": "will",
    "’ll": "will",
    "wo": "will",
    "would": "would",
    "'d": "would",
    "’d": "would",
}
CONDITION = frozenset(["had", "should", "were"])
NOT = frozenset(["not", "n't", "n’t", "never"])
NOBODY = frozenset(["no", "nobody", "none", "neither"])


def future(tree: Tree, verb: int) -> str:
    """ "will" or "would" when the verb stands in the future; "" otherwise."""
    low = [tree.low[c] for c in tree.under(verb, "aux")]
    if {"have", "'ve", "’ve"} & set(low):
        return ""
    return next((FUTURE[word] for word in low if word in FUTURE), "")


def negative(tree: Tree, verb: int) -> bool:
    """Is the verb itself negated: "not", "never", or "no" in its subject?"""
    for child in tree.children[verb]:
        if tree.low[child] in NOT and tree.base[child] in ("advmod", "cc"):
            return True
        if tree.low[child] == "longer" and child and tree.low[child - 1] == "no":
            return True
        if tree.base[child] == "nsubj" and child < verb:
            if tree.low[child] in NOBODY or any(
                tree.low[c] in NOBODY for c in tree.under(child, "det")
            ):
                return True
    return False


def finite(tree: Tree, verb: int) -> bool:
    """Does the verb stand in a finite form, by itself, by an auxiliary, or after "that"?"""
    if tree.feature(verb, "VerbForm") == "Fin":
        return True
    return any(
        tree.low[c] == "that"
        if tree.base[c] == "mark"
        else tree.base[c] in ("aux", "cop") and tree.feature(c, "VerbForm") == "Fin"
        for c in tree.children[verb]
    )


def subjunctive(tree: Tree, verb: int) -> bool:
    """ "(insisted that) Ghana withdraw": a bare form after a single subject, no auxiliary."""
    if tree.low[verb] != tree.lemmas[verb] or any(tree.under(verb, "aux", "cop")):
        return False
    subjects = list(tree.under(verb, "nsubj"))
    return len(subjects) == 1 and tree.feature(subjects[0], "Number") == "Sing"


def inverted(tree: Tree, clause: int) -> str:
    """The word that makes a condition by standing first: "Had X …", "Should X …", "Were X …".

    "" when the clause is no such condition.
    """
    own = tree.children[clause]
    subject = next((c for c in own if tree.base[c] == "nsubj"), None)
    if subject is None:
        return ""
    first = clause if subject > clause else min(own)
    early = first < subject and tree.base[first] not in ("mark", "advmod", "cc")
    return tree.low[first] if early and tree.low[first] in CONDITION else ""


def conditioned(tree: Tree, verb: int) -> bool:
    """Does the verb hang on an if-clause: "would expel X if …"?"""
    return any(
        tree.low[mark] in ("if", "unless", "until")
        for clause in tree.under(verb, "advcl")
        for mark in tree.under(clause, "mark")
    )


def listed(tree: Tree, verb: int) -> bool:
    """A finite verb without subject or conjunction goes on with a list of deeds."""
    bare = not any(tree.base[c] in ("nsubj", "mark", "csubj", "expl") for c in tree.children[verb])
    return bare and tree.tags[verb] == "VERB" and tree.feature(verb, "VerbForm") == "Fin"
