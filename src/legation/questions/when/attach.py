"""Which expression dates an act? The one in its own clause, a neighbour's, or the anchor's.

A neighbour lends its date downwards to what is coordinated with it, meant by it or done in doing
it ("on Monday recalled its envoy and demanded …", "charging it with …"), never out of a
subordinate clause, nor into one: "released a man whom it had held since July" says not when he
was released (codebook: Date).
"""

from __future__ import annotations

from legation.questions.clause import finite, future, listed
from legation.questions.tree import Tree

CLAUSES = frozenset(["acl", "advcl", "ccomp", "csubj", "parataxis", "discourse", "vocative"])
NOMINAL = frozenset(
    ["obj", "obl", "nmod", "nsubj", "compound", "appos", "iobj", "dep", "nummod", "list", "orphan"]
)
SAME_TIME = frozenset(["when", "while", "as"])
TIMELY = frozenset(["in", "during", "at"])
AHEAD = frozenset(["ahead", "ahead of"])
HAVE = frozenset(["has", "have"])
DESCRIBING = frozenset(["compound", "nummod", "amod", "flat"])


def word_at(tree: Tree, start: int, end: int) -> int | None:
    """The head of the words in a span of characters of the story."""
    sentence = tree.sentence
    inside = [
        i for i in range(len(tree)) if sentence.starts[i] >= start and sentence.ends[i] <= end
    ]
    for i in inside:
        if tree.heads[i] not in inside and tree.base[i] not in ("case", "punct", "det", "mark"):
            return i
    return inside[-1] if inside else None


def distance(tree: Tree, at: int, w: int, judging: frozenset[str]) -> int | None:
    """How far the expression at word `at` stands from the act: under 10 its own clause's.

    `judging` are verbs whose date says nothing of the act that is their object ("condemned the
    attack on Monday"). None when it dates something else.
    """
    own = _within(tree, at, w)
    if own is not None:
        return own if not _judged(tree, at, w, judging) else None
    if _shared(tree, at, w):
        return 12
    here = w
    for climbed in range(1, 9):
        head, kind = tree.heads[here], tree.base[here]
        if head < 0:
            return None
        if kind == "acl" and head == at:
            return 3  # "in July, when troops …"
        if not _lends(tree, here, head, kind, judging):
            return None
        found = _within(tree, at, head)
        if found is not None:
            near = kind in NOMINAL or (kind == "xcomp" and climbed == 1)
            return (5 if near else 10) + climbed
        here = head
    return None


def _possessor(tree: Tree, at: int) -> bool:
    """ "Monday's", however it is hung."""
    return tree.labels[at] == "nmod:poss" or any(
        tree.low[c] in ("'s", "’s") for c in tree.under(at, "case")
    )


def _timely(tree: Tree, noun: int) -> bool:
    """ "In Sunday's referendum", "during the 2015 war": done at the time of the noun."""
    return tree.base[noun] in ("obl", "nmod") and tree.preposition(noun) in TIMELY


def _judged(tree: Tree, at: int, w: int, judging: frozenset[str]) -> bool:
    """ "Condemned him for the killing of two men in May": the date is that of the killing."""
    if tree.lemmas[w] not in judging:
        return False
    here, nouns = tree.heads[at], 0
    while here >= 0 and here != w:
        nouns += tree.base[here] in ("obl", "nmod", "obj")
        here = tree.heads[here]
    return nouns > 0 and (_possessor(tree, at) or nouns > 1)


def _shared(tree: Tree, at: int, w: int) -> bool:
    """ "Fired no shots and arrested nobody on Sunday": what ends a list of deeds dates them all."""
    last = next((c for c in reversed(tree.children[w]) if tree.base[c] == "conj"), None)
    if last is None or at < last or tree.tags[last] != "VERB":
        return False
    own = any(tree.base[c] in ("nsubj", "aux") for c in tree.children[last])
    dated = _within(tree, at, last) if not own else None
    if dated is None or tree.feature(last, "Tense") != tree.feature(w, "Tense"):
        return False
    return tree.feature(w, "VerbForm") == tree.feature(last, "VerbForm")


def _within(tree: Tree, at: int, w: int) -> int | None:
    """Steps from an expression up to a word that it dates, with no clause between."""
    governor = tree.heads[at]
    if at == w or governor == w:
        return 0
    if tree.base[at] in DESCRIBING or _possessor(tree, at):
        if tree.base[at] in ("amod", "flat") or not _timely(tree, governor):
            return None  # "the 2015 accord", "Monday's paper"
    if tree.preposition(at) == "of":
        return None  # "the election of August 20"
    here, steps = governor, 1
    while here >= 0 and here != w:
        kind = tree.base[here]
        if kind == "advcl" and any(
            tree.low[c] in ("when", "while") and c < here for c in tree.children[here]
        ):
            here, steps = tree.heads[here], steps + 4  # "while he sat there on Saturday, …"
            continue
        if kind in CLAUSES or kind == "amod":  # "angry at the vote in 2019, the crowd …"
            return None
        if kind == "conj" and tree.tags[here] in ("VERB", "AUX"):
            return None
        steps += 2 if kind in ("obl", "nmod") else 1  # "over a cyberattack in July" dates less
        here = tree.heads[here]
    return min(steps, 8) if here == w else None


def _lends(tree: Tree, here: int, head: int, kind: str, judging: frozenset[str]) -> bool:
    """May a date at `head` be that of its dependent `here`?"""
    if kind in NOMINAL:
        return not (tree.tags[here] == "NOUN" and tree.lemmas[head] in judging)
    if kind in ("parataxis", "ccomp") and listed(tree, here):
        kind = "conj"
    if kind == "conj":
        perfect = any(tree.base[c] == "aux" and tree.low[c] in HAVE for c in tree.children[here])
        return not perfect  # "met on Monday and has threatened to walk out"
    if kind == "xcomp" or (kind == "ccomp" and tree.infinitive(here)):  # "decide whether to V"
        return tree.lemmas[head] not in judging
    if kind in ("advcl", "acl") and any(
        tree.low[c] in SAME_TIME and c < here for c in tree.children[here]
    ):
        return True  # "lost two men last month when rebels shelled their camp"
    if kind == "advcl" and any(
        tree.low[c] == "after" and tree.base[c] == "mark" and c < here for c in tree.children[here]
    ):
        if tree.feature(here, "Tense") == "Past" and tree.feature(here, "VerbForm") == "Fin":
            return not any(tree.base[c] == "aux" for c in tree.children[here])
    if kind == "advcl":
        marked = any(
            tree.base[c] in ("mark", "advmod", "case") and c < here for c in tree.children[here]
        )
        return tree.infinitive(here) or (not marked and not finite(tree, here))
    return False


def looks_back(tree: Tree, at: int) -> bool:
    """Is the verb that the expression dates told in the past: "agreed on Thursday to open"?"""
    here = tree.heads[at]
    for _ in range(4):
        if here < 0:
            return False
        if tree.tags[here] in ("VERB", "AUX") or any(tree.under(here, "cop")):  # "will be there"
            helpers = [c for c in tree.children[here] if tree.base[c] in ("aux", "cop")]
            past = any(tree.feature(c, "Tense") == "Past" for c in helpers)
            if not any(tree.low[c] in ("is", "are", "'s", "'re") for c in helpers):
                past = past or tree.feature(here, "Tense") == "Past"  # not "is scheduled"
            modal = bool(future(tree, here)) or tree.infinitive(here)
            return past and not modal and not _due(tree, here)
        if tree.preposition(here) in AHEAD:
            return False  # "said ahead of Sunday's summit"
        here = tree.heads[here]
    return False


def _due(tree: Tree, verb: int) -> bool:
    """ "was to open", "had been due": the past's future."""
    return any(
        tree.base[c] == "aux"
        and tree.lemmas[c] in ("be", "will")
        and tree.feature(verb, "VerbForm") == "Inf"
        for c in tree.children[verb]
    )


def ahead(tree: Tree, w: int) -> bool:
    """Is the word told as to come: under "will", "is to", "plans to"?"""
    here = w
    for _ in range(4):
        if here < 0:
            return False
        if tree.tags[here] in ("VERB", "AUX"):
            past = tree.feature(here, "Tense") == "Past" and tree.feature(here, "VerbForm") == "Fin"
            return bool(future(tree, here)) or (tree.infinitive(here) and not past)
        here = tree.heads[here]
    return False
