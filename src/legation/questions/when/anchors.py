"""The happening that a time is told by: "during the visit", "since the coup", "as talks began".

It is dated by its own words ("Friday's coup", "the summit, held on Tuesday") or where the story
tells of it with a date, by the same word, its verb or noun, or one that means the same
(`same` in words/<language>/when.toml).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from legation.questions.tree import Tree
from legation.questions.when.spans import Span

NOMINAL = re.compile(r"(?:|e|y|ing|al|ment|\w{0,3}ion|ance|ence|ure)\Z")
SHARED = 4  # letters that a verb and its noun begin with alike, at the least
EDGE = 2  # letters of a verb that its noun may lack: "invade", "invasion"
INDEFINITE = frozenset(["a", "an", "another", "any", "no", "every", "each"])
EVENTFUL = ("obl", "nmod", "obj", "nsubj", "root", "conj", "xcomp", "advcl", "acl", "ccomp")


class Anchors:
    """The happenings of a story and their days.

    `told(s, w, inside)` gives the days that the text itself tells of word w of sentence s, by an
    expression inside its phrase or clause only, or by one that dates it from outside too.
    """

    def __init__(
        self,
        trees: Sequence[Tree],
        table: Mapping[str, Any],
        told: Callable[[int, int, bool], Span | None],
    ) -> None:
        """Index the families of words that name the same happening."""
        self.trees, self.told = trees, told
        self.groups: dict[str, set[int]] = {}
        for number, group in enumerate(table.get("same", ())):
            for lemma in group:
                self.groups.setdefault(lemma, set()).add(number)
        self.during = frozenset(table.get("during", ()))
        self.ahead = frozenset(table.get("ahead", ()))
        self.closing = frozenset(table.get("closing", ()))
        self.turning = self.closing | frozenset(table.get("opening", ()))
        self.known: dict[tuple[int, int], Span | None] = {}
        self.mentions: dict[tuple[int, int], tuple[int, int]] = {}  # where else it is told, dated

    def days(self, s: int, w: int) -> Span | None:
        """The days of the happening that word w of sentence s names; None when none are told."""
        if (s, w) not in self.known:
            self.known[s, w] = None  # asked for again while it is being found
            self.known[s, w] = self._days(s, w)
        return self.known[s, w]

    def phrases(self, s: int, tense: str) -> Iterator[tuple[int, int, str]]:
        """What tells a time by a happening: (first word, its head word, kind of `Shift`).

        The kind "until" means the time from publication up to the happening.
        """
        tree = self.trees[s]
        for w in range(len(tree)):
            if tree.base[w] == "advcl":
                mark = next((c for c in tree.under(w, "mark", "advmod") if c < w), None)
                turning = tree.lemmas[w] in self.turning
                if mark is not None and tree.low[mark] in ("as", "when", "while") and turning:
                    yield mark, w, "through"
                elif mark is not None and tree.low[mark] == "since":
                    yield mark, w, "since"
                continue
            if tree.base[w] not in ("obl", "nmod") or tree.tags[w] not in ("NOUN", "PROPN"):
                continue
            preposition = tree.preposition(w)
            first = min([c for c in tree.children[w] if tree.base[c] == "case"], default=w)
            if preposition in self.during and (preposition == "during" or self._named(tree, w)):
                yield first, w, "through"
            elif preposition == "since":
                yield first, w, "since"
            elif preposition in self.ahead and tense == "future":
                yield first, w, "until"

    def _days(self, s: int, w: int) -> Span | None:
        tree = self.trees[s]
        edge = tree.lemmas[w]
        own = self.told(s, w, True)
        if own is not None or edge not in self.turning:
            return own or self._elsewhere(s, w)
        inner = self._inner(tree, w)
        span = self.days(s, inner) if inner is not None else None
        if span is None:
            return None
        return (span[1], span[1]) if edge in self.closing else (span[0], span[0])

    def _inner(self, tree: Tree, w: int) -> int | None:
        """ "The opening of the summit", "talks began": the happening that opens or closes."""
        bases = ("nsubj", "obj") if tree.tags[w] in ("VERB", "AUX") else ("nmod",)
        return next((c for c in tree.under(w, *bases) if self._named(tree, c)), None)

    def _elsewhere(self, s: int, w: int) -> Span | None:
        """The days of another mention: the nearest before, else the nearest behind."""
        tree = self.trees[s]
        verb = tree.tags[w] in ("VERB", "AUX")
        if not verb and any(tree.low[c] in INDEFINITE for c in tree.under(w, "det")):
            return None
        places = [(t, v) for t in range(s, -1, -1) for v in range(len(self.trees[t]) - 1, -1, -1)]
        before = [(t, v) for t, v in places if t < s or v < w]
        behind = [(t, v) for t in range(s + 1, len(self.trees)) for v in range(len(self.trees[t]))]
        for t, v in [*before, *behind]:
            if (t, v) != (s, w) and self._same(tree, w, self.trees[t], v):
                span = self.told(t, v, False)
                if span:
                    self.mentions[s, w] = t, v
                    return span
        return None

    def _same(self, tree: Tree, w: int, other: Tree, v: int) -> bool:
        """May two words name one happening: "visit" and "visited", "raid" and "attack"?"""
        if other.base[v] not in EVENTFUL or other.tags[v] not in ("NOUN", "VERB", "PROPN"):
            return False
        one, two = tree.lemmas[w].lower(), other.lemmas[v].lower()
        if self.groups.get(one, set()) & self.groups.get(two, set()):
            return True
        if tree.tags[w] == "VERB" and other.tags[v] == "VERB":
            return one == two and len(one) > SHARED
        if tree.tags[w] == other.tags[v]:
            return False
        noun, verb = (one, two) if tree.tags[w] != "VERB" else (two, one)
        return _derived(noun, verb)

    def _named(self, tree: Tree, w: int) -> bool:
        return tree.lemmas[w].lower() in self.groups or tree.lemmas[w] in self.turning


def _derived(noun: str, verb: str) -> bool:
    """Is the noun made of the verb: "signing", "invasion", "proclamation"?"""
    shared = 0
    while shared < min(len(noun), len(verb)) and noun[shared] == verb[shared]:
        shared += 1
    if shared < SHARED or len(verb) - shared > EDGE:
        return False
    return bool(NOMINAL.match(noun[shared:]))
