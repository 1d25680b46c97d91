"""What an operator takes in: the heads of its clauses and event nouns, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, same_in

CLAUSAL = frozenset(["of", "for", "from", "over", "against", "at"])
NOMINAL = frozenset(["for", "of", "over", "with", "against", "to", "from", "on"])
INSIDE = frozenset(["for", "of", "to"])
BESIDE = frozenset(
    ["after", "amid", "at", "before", "despite", "during", "following", "since", "without"]
)
"""Prepositions of what is told beside a complement and is no part of it: "at a meeting with X"."""
SPOKEN = frozenset(["xcomp", "ccomp", "conj", "obj", "obl", "nmod"])


def complements(tree: Tree, match: Match) -> list[int]:
    """Heads of what an operator takes: clauses, gerunds, event nouns, and their conjuncts."""
    word = match.word
    found: list[int] = []
    for child in tree.children[word]:
        kind = tree.base[child]
        if kind in ("xcomp", "ccomp", "obj") or (kind == "nsubj" and tree.passive(word)):
            found.append(child)
        elif kind in ("advcl", "acl"):
            if (
                tree.infinitive(child)
                or tree.preposition(child) in CLAUSAL
                or (tree.gerund(child) and word + 2 == child and tree.particles(word))
                or (kind == "acl" and match.pos == "noun" and _that(tree, child))
            ):
                found.append(child)
        elif kind in ("obl", "nmod") and tree.preposition(child) in NOMINAL:
            found.append(child)
    for noun in match.fixed:
        found += list(tree.under(noun, "acl"))
        found += [n for p, n in tree.obliques(noun) if p in INSIDE]
    for thing in list(tree.under(word, "obj")):
        found += [c for c in tree.under(thing, "acl") if tree.infinitive(c) or _that(tree, c)]
    return list(dict.fromkeys(one for head in found for one in tree.spread(head)))


def granted(tree: Tree, match: Match) -> int | None:
    """The act that a request brought about: "sent troops at the request of X"; None when none."""
    word = match.word
    if match.pos != "noun" or tree.base[word] != "obl" or tree.preposition(word) != "at":
        return None
    head = tree.heads[word]
    return head if head >= 0 and tree.tags[head] == "VERB" else None


def clauses(tree: Tree, verb: int) -> list[int]:
    """Heads of the complement clauses of a verb, and their conjuncts."""
    heads = [
        child
        for child in tree.children[verb]
        if tree.base[child] in ("xcomp", "ccomp")
        or (tree.base[child] == "advcl" and tree.infinitive(child))
    ]
    return [one for head in heads for one in tree.spread(head)]


def carried(tree: Tree, heads: Sequence[int], acts: Mapping[int, Act], outer: Act) -> set[int]:
    """Words of the acts inside a complement: the speech act speaks for all of them.

    A demand or an offer that somebody else has made stays an act of its own: "rejected Chad's
    demand to withdraw" keeps the demand.
    """
    words, todo = set[int](), [head for head in heads if not others(acts.get(head), outer)]
    words |= set(todo)
    while todo:
        here = todo.pop()
        for child in tree.children[here]:
            clausal = tree.base[child] in ("xcomp", "ccomp", "conj", "obj")
            purpose = tree.base[child] == "advcl" and tree.infinitive(child)
            noun = tree.base[child] in ("nmod", "obl") and child in acts
            noun = noun and tree.preposition(child) not in BESIDE
            kept = others(acts.get(child), outer)
            if (clausal or purpose or noun) and child not in words and not kept:
                words.add(child)
                todo.append(child)
    return words


def inside(tree: Tree, heads: Sequence[int]) -> set[int]:
    """All words that a complement with these heads speaks of; no relative or side clause."""
    words, todo = set(heads), list(heads)
    while todo:
        here = todo.pop()
        for child in tree.children[here]:
            kind = tree.base[child]
            to = kind in ("advcl", "acl") and tree.infinitive(child)
            aside = kind == "obl" and tree.preposition(child) in BESIDE
            if (to or (kind in SPOKEN and not aside)) and child not in words:
                words.add(child)
                todo.append(child)
    return words


def others(act: Act | None, outer: Act) -> bool:
    """Is it a speech act in a noun, made by somebody else than the outer actor?"""
    if act is None or act.match.pos != "noun" or not act.match.frame.operator:
        return False
    return not any(same_in(actor, outer.actors) for actor in act.actors)


def _that(tree: Tree, clause: int) -> bool:
    """A that-clause of a noun: "the demand that he resign"."""
    return any(tree.low[c] == "that" for c in tree.under(clause, "mark"))
