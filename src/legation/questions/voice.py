"""Is a verb in the passive? Auxiliaries say so, or the place where a participle stands.

`Tree.passive` asks here; nobody else does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.questions.tree import Tree

RESULT = frozenset(["leave", "find", "see", "have", "report", "declare", "keep", "want", "get"])


def passive(tree: Tree, verb: int) -> bool:
    """Is the verb in the passive: "was arrested", "being held", "the men arrested by"?"""
    kinds = {tree.labels[child] for child in tree.children[verb]}
    if kinds & {"nsubj:pass", "aux:pass", "csubj:pass"}:
        return True
    if tree.base[verb] == "acl" and tree.labels[verb] != "acl:relcl":
        return _past_participle(tree, verb)
    if tree.base[verb] == "conj" and _past_participle(tree, verb):
        head = tree.heads[verb]
        own = any(tree.base[c] in ("nsubj", "aux") for c in tree.children[verb])
        return not own and tree.tags[head] == "VERB" and tree.passive(head)
    if tree.base[verb] == "advcl" and _past_participle(tree, verb):
        return not any(tree.base[c] in ("nsubj", "aux", "obj") for c in tree.children[verb])
    if tree.base[verb] == "xcomp" and _past_participle(tree, verb):
        return _result(tree, verb)
    return False


def _result(tree: Tree, verb: int) -> bool:
    """ "Left three men dead and one wounded", "had him jailed": what the object suffers."""
    head = tree.heads[verb]
    suffers = [c for c in tree.children[head] if tree.labels[c] == "obj" and c < verb]
    own = any(tree.base[c] in ("nsubj", "aux", "obj") for c in tree.children[verb])
    return bool(suffers) and tree.lemmas[head] in RESULT and not own


def _past_participle(tree: Tree, verb: int) -> bool:
    return tree.feature(verb, "VerbForm") == "Part" and (
        tree.feature(verb, "Tense") == "Past" or tree.feature(verb, "Voice") == "Pass"
    )
