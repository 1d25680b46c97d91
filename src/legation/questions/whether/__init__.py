"""Did it happen? The status of an act, folded from the act outwards (codebook: Status).

The act's own verb group speaks first (group), then every governor on the way up to the root
(governors): "did not (refuse (to withdraw))"; event nouns bring their own (nouns). The words are
data: `words/<language>/whether.toml` and `operators.toml`.
"""

from __future__ import annotations

from legation.questions.tree import Tree
from legation.questions.whether.governors import governed
from legation.questions.whether.group import group, shares
from legation.questions.whether.nouns import of_noun
from legation.questions.whether.scale import HAPPENED, PLANNED, POSSIBLE, Scale, combine

CLAUSE = ("xcomp", "ccomp", "advcl", "acl", "csubj")
AS_FACT = "told as fact"  # the reason where no word decided
DEEPEST = 12  # governors climbed; news sentences stay under 8

__all__ = ["AS_FACT", "Scale", "combine", "status"]


def status(
    tree: Tree, word: int, scale: Scale, anchor: int | None = None, settled: bool = False
) -> tuple[str, str]:
    """Status of the act at `word` and the words that decided, "" when it is no record at all.

    `anchor` is the support verb of an event noun, from which the climb goes on; `settled` says
    that an operator has used up the act's own verb group ("would not send" is a refusal).
    """
    reasons: list[str] = []
    found, here = HAPPENED, word
    if tree.tags[word] in ("NOUN", "PROPN", "PRON") and not _predicate(tree, word):
        found, here = of_noun(tree, word, scale, anchor, reasons)
        if here < 0:
            return found, ", ".join(reasons) or AS_FACT
    if here == word and tree.lemmas[word] in scale.set("planning"):
        found = PLANNED  # "the unions plan a strike": the lexicon's own verb
        reasons.append(f"'{tree.low[word]}'")
    if not settled:
        found = group(tree, here, scale, found, reasons)
    found = _climbed(tree, here, scale, found, reasons)
    return found, ", ".join(reasons) or AS_FACT


def _climbed(tree: Tree, here: int, scale: Scale, found: str, reasons: list[str]) -> str:
    for _ in range(DEEPEST):
        head, kind = tree.heads[here], tree.base[here]
        if head < 0:
            return _root(tree, here, found, reasons)
        if kind == "conj":
            if shares(tree, here, head):
                found = group(tree, head, scale, found, reasons, shared=here)
            here = head
        elif kind in CLAUSE:
            found, on = governed(tree, here, head, kind, scale, found, reasons)
            if not on:
                return found
            here = head
        else:
            return found
    return found


def _root(tree: Tree, root: int, found: str, reasons: list[str]) -> str:
    """A question asks whether; a headline's infinitive announces: "Ghana to meet Togo"."""
    if tree.words and tree.words[-1] == "?":
        reasons.append("a question")
        return combine(POSSIBLE, found)
    if tree.infinitive(root) and not any(tree.under(root, "aux", "cop")):
        reasons.append("a headline's infinitive")
        return combine(PLANNED, found)
    return found


def _predicate(tree: Tree, word: int) -> bool:
    return any(tree.base[c] == "cop" for c in tree.children[word])
