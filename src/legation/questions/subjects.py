"""Whose act is it? Deep subjects that stand elsewhere in the tree than beside their verb.

Control ("asked Chad to leave"), coordination, participles, relative clauses and infinitives on a
noun ("the Ghanaian plan to sell"). `Tree.surface` and `Tree.owners` ask here; nobody else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.words import listed

if TYPE_CHECKING:
    from legation.questions.tree import Tree

OBJECT_GERUND = frozenset(["of", "for", "from", "into", "as"])
SUBJECT_CONTROL = frozenset(["promise", "threaten", "vow", "pledge", "swear"])


def surface(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """The grammatical subject, found through control, coordination and relative clauses."""
    if depth > 8:
        return []
    own = list(tree.under(verb, "nsubj"))
    if own:
        before = [w for w in own if w < verb]
        return tree.resolved(before[-1:] or own[:1])  # two subjects are one parser's slip
    head, kind = tree.heads[verb], tree.base[verb]
    if head < 0 or any(tree.base[c] in ("csubj", "expl") for c in tree.children[verb]):
        return []
    if kind == "conj":
        return surface(tree, head, depth + 1)
    if kind == "acl":
        return _of_clause_on_noun(tree, verb, head, depth)
    if kind in ("xcomp", "ccomp", "advcl"):
        return _controlled(tree, verb, head, kind, depth)
    if kind == "parataxis" and tree.gerund(verb):
        return surface(tree, head, depth + 1)
    return []


def _of_clause_on_noun(tree: Tree, verb: int, noun: int, depth: int) -> list[int]:
    """Subject of a clause that modifies a noun: participle, relative clause, infinitive."""
    if tree.labels[verb] == "acl:relcl":
        return [] if any(tree.under(verb, "nsubj")) else tree.spread(noun)
    if tree.tags[noun] == "PROPN" and tree.infinitive(verb):
        return tree.spread(noun)  # a headline: "Ghana to host talks"
    if tree.infinitive(verb) or tree.preposition(verb) in (
        "of",
        "for",
        "to",
        "in",
        "on",
        "against",
    ):
        return owners(tree, noun, depth + 1)
    return [noun]


def owners(tree: Tree, noun: int, depth: int = 0) -> list[int]:
    """Whose plan, decision or bid it is: possessor, "by …", or the subject of its verb."""
    for child in tree.under(noun, "nmod"):
        if tree.labels[child] == "nmod:poss" or tree.preposition(child) in ("by", "of"):
            return tree.spread(child)
    head = tree.heads[noun]
    if head >= 0 and tree.base[noun] in ("obj", "obl", "xcomp") and tree.tags[head] == "VERB":
        return surface(tree, head, depth + 1)
    if tree.base[noun] == "nsubj" and tree.labels[noun] == "nsubj:pass":
        return tree.agents(head)
    return []


def _controlled(tree: Tree, verb: int, head: int, kind: str, depth: int) -> list[int]:
    if kind == "ccomp" and not (tree.gerund(verb) or tree.infinitive(verb)):
        return []
    objects = [c for c in tree.children[head] if tree.labels[c] in ("obj", "iobj") and c < verb]
    entered = tree.preposition(verb)
    by_object = kind == "xcomp" or entered in OBJECT_GERUND
    if objects and by_object and tree.lemmas[head] not in SUBJECT_CONTROL:
        return tree.resolved(objects[:1])
    if kind == "xcomp" and not objects:
        for child in tree.under(head, "obl"):
            if tree.preposition(child) in ("on", "upon", "to", "for") and child < verb:
                if tree.lemmas[head] in ("call", "appeal", "prevail", "wait", "plead"):
                    return tree.spread(child)
    if tree.tags[head] == "ADV" and tree.heads[head] >= 0:
        head = tree.heads[head]  # "came close to V-ing"
    if tree.tags[head] in ("NOUN", "PROPN"):
        return surface(tree, head, depth + 1) or owners(tree, head, depth + 1)
    return surface(tree, head, depth + 1)


def causers(tree: Tree, verb: int) -> list[int]:
    """Who has it done: "prosecutors had six dockers arrested"."""
    noun, have = verb - 1, tree.heads[verb]
    if tree.labels[verb] == "acl" and have == noun:
        have = tree.heads[noun]
    if have < 0 or tree.base[noun] != "obj" or tree.heads[noun] != have:
        return []
    causing = tree.lemmas[have] in listed("causing") and tree.low[have] != "has"
    return surface(tree, have) if causing and tree.base[verb] in ("acl", "xcomp", "ccomp") else []
