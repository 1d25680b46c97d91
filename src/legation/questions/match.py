"""Does a pattern of the lexicon stand at this word of this tree? And which words fill its slot?

Pure tree matching; who the words are is not asked here. The steps of a pattern are met by
dependents in any order (docs/how-to-add-a-rule.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from legation.questions.tree import Tree
from legation.words import Frame, Words
from legation.words.pattern import Pattern, Step

TO = frozenset(["to", "for"])  # what an indirect object stands for: "gave Mali aid"


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: `word` its head, `slot` heads of the other party, `fixed` words it used up.

    `bearer` is the subject that is no party but carries the act ("a bomb exploded").
    """

    pattern: Pattern
    frame: Frame
    word: int
    pos: str
    slot: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    bearer: tuple[int, ...] = ()


def matches(tree: Tree, word: int, words: Words) -> list[Match]:
    """All patterns that stand at `word`, most specific first; empty when none does."""
    found = []
    for pos in _positions(tree, word):
        for pattern in words.patterns[pos].get(tree.lemmas[word], ()):
            one = _verb(tree, word, pattern, words) if pos == "verb" else None
            if pos == "noun":
                one = _noun(tree, word, pattern, words)
            elif pos == "adjective":
                one = _adjective(tree, word, pattern, words)
            if one:
                found.append(one)
    return sorted(found, key=lambda m: -m.pattern.weight)


def _positions(tree: Tree, word: int) -> tuple[str, ...]:
    tag = tree.tags[word]
    if tag == "VERB" or (tag == "AUX" and tree.base[word] not in ("aux", "cop")):
        return ("verb",)
    if tag in ("NOUN", "PROPN"):
        return ("noun", "adjective") if predicative(tree, word) else ("noun",)
    if tag == "ADJ":
        if any(tree.labels[c] in ("aux:pass", "nsubj:pass") for c in tree.children[word]):
            return ("adjective", "verb")
        return ("adjective",)
    return ()


def predicative(tree: Tree, word: int) -> bool:
    """Is the word said of a subject: "is critical", "was under arrest"?"""
    if any(tree.base[c] in ("cop", "nsubj") for c in tree.children[word]):
        return True
    return tree.base[word] in ("xcomp", "acl", "advcl", "obl", "conj", "root")


def _verb(tree: Tree, word: int, pattern: Pattern, words: Words) -> Match | None:
    objects = tree.objects(word)
    state = _State(tree, word, objects)
    bearer: list[int] = []
    for step in pattern.steps:
        if step.kind == "bearer":
            carriers = tree.subjects(word) if not tree.passive(word) else tree.agents(word)
            bearer = [s for s in carriers if tree.lemmas[s] in step.choices]
            if not bearer:
                return None
        elif not state.meet(step):
            return None
    slot = state.slot
    if slot is None:
        slot = [] if state.fixed_object else [o for o in objects if o not in state.fixed]
    return Match(
        pattern,
        words.frame(pattern),
        word,
        "verb",
        tuple(slot),
        tuple(state.fixed),
        tuple(bearer),
    )


class _State:
    """What a pattern has used of a verb's dependents so far."""

    def __init__(self, tree: Tree, word: int, objects: list[int]) -> None:
        self.tree, self.word, self.objects = tree, word, objects
        self.fixed: list[int] = []
        self.slot: list[int] | None = None
        self.named = False
        self.fixed_object = False
        self.at = ""

    def meet(self, step: Step) -> bool:
        """Meet one step; False when nothing does."""
        if step.kind == "slot":
            return self._explicit(step)
        if step.kind == "preposition":
            return self._preposition(step)
        if step.kind in ("word", "class"):
            return self._fixed(step)
        if step.kind == "clause":
            clauses = self.tree.under(self.word, "xcomp", "ccomp", "advcl")
            return any(self.tree.infinitive(clause) for clause in clauses)
        return False

    def _explicit(self, step: Step) -> bool:
        after = self.at
        if after:
            nouns = [n for p, n in self._all_obliques() if p in after.split("|")]
        else:
            nouns = self.tree.indirect(self.word) or self.objects
            nouns = [n for n in nouns if n not in self.fixed]
        if step.choices:
            nouns = [n for n in nouns if self.tree.lemmas[n] in step.choices]
        if not nouns:
            return False
        self.slot, self.named, self.at = nouns, True, ""
        return True

    def _preposition(self, step: Step) -> bool:
        nouns = [n for p, n in self._all_obliques() if p in step.choices]
        if not nouns and step.choices & TO:
            nouns = [n for n in self.tree.indirect(self.word) if n not in self.fixed]
        if nouns:
            self.at = "|".join(sorted(step.choices))
            if not self.named:
                self.slot = nouns
            return True
        if self.tree.particles(self.word) & step.choices:
            self.at = ""
            return True
        return False

    def _fixed(self, step: Step) -> bool:
        tree = self.tree
        if self.at:
            nouns = [n for p, n in self._all_obliques() if p in self.at.split("|")]
            chosen = [n for n in nouns if tree.lemmas[n] in step.choices]
            if chosen:
                self.fixed += chosen
                if not self.named:
                    self.slot = None
                self.at = ""
                self.fixed_object = self.fixed_object or not self.objects
                return True
        chosen = [o for o in self.objects if tree.lemmas[o] in step.choices]
        if chosen:
            self.fixed += chosen
            self.fixed_object = True
            return True
        for child in tree.under(self.word, "xcomp", "advmod", "compound", "advcl"):
            if tree.lemmas[child] in step.choices or tree.low[child] in step.choices:
                self.fixed.append(child)
                return True
        return False

    def _all_obliques(self) -> list[tuple[str, int]]:
        tree = self.tree
        found = tree.obliques(self.word)
        for noun in [*self.fixed, *self.objects]:
            found += tree.obliques(noun)
        if tree.base[self.word] == "conj" and tree.tags[tree.heads[self.word]] == "VERB":
            pass
        return [(p, n) for p, n in found if n != self.word]


def _noun(tree: Tree, word: int, pattern: Pattern, words: Words) -> Match | None:
    before = tree.modifiers(word)
    obliques = tree.obliques(word)
    slot: list[int] = []
    fixed: list[int] = []
    at = ""
    for step in pattern.steps:
        if step.kind == "preposition":
            nouns = [n for p, n in obliques if p in step.choices]
            if not nouns:
                return None
            slot, at = nouns, "|".join(step.choices)
        elif step.kind == "slot":
            nouns = slot if at else []
            if step.choices:
                nouns = [n for n in nouns if tree.lemmas[n] in step.choices]
            if not nouns:
                return None
            slot, at = nouns, ""
        elif step.kind in ("word", "class"):
            if at:
                chosen = [n for n in slot if tree.lemmas[n] in step.choices]
                if not chosen:
                    return None
                fixed, slot, at = [*fixed, *chosen], [], ""
            elif not before & step.choices:
                return None
        else:
            return None
    return Match(pattern, words.frame(pattern), word, "noun", tuple(slot), tuple(fixed))


def _adjective(tree: Tree, word: int, pattern: Pattern, words: Words) -> Match | None:
    if not predicative(tree, word):
        return None
    before = tree.modifiers(word)
    slot: list[int] = []
    for step in pattern.steps:
        if step.kind == "case":
            if tree.preposition(word) not in step.choices:
                return None
        elif step.kind == "preposition":
            slot = [n for p, n in tree.obliques(word) if p in step.choices]
            if not slot:
                return None
        elif (
            step.kind in ("word", "class") and not before & step.choices
        ) or step.kind == "bearer":
            return None
    return Match(pattern, words.frame(pattern), word, "adjective", tuple(slot))
