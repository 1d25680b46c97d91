"""Does a pattern of the lexicon stand at this word of this tree? And which words fill its slot?

Pure tree matching; who the words are is not asked here. The steps of a pattern are met by
dependents in any order (docs/how-to-add-a-rule.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from legation.questions.tree import Tree
from legation.words import Frame, Words
from legation.words.pattern import Pattern, Step

DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december".split()
)
LENGTHS = frozenset(["hour", "day", "week", "month", "year", "decade", "minute", "time"])
NAMING = frozenset(["word", "class", "bearer", "slot", "clause"])  # their choices are tree.terms
TO = frozenset(["to", "for"])  # what an indirect object stands for: "gave Mali aid"


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: `word` its head, `slot` heads of the other party, `fixed` words it used up.

    `bearer` is the subject that is no party but carries the act ("a bomb exploded"). `close` counts
    fixed nouns met by two words rather than one ("phone call").
    """

    pattern: Pattern
    frame: Frame
    word: int
    pos: str
    slot: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    bearer: tuple[int, ...] = ()
    close: int = 0

    @property
    def weight(self) -> int:
        """How specific the match is; of two that stand at a word the heavier is tried first."""
        return self.pattern.weight + self.close


def matches(tree: Tree, word: int, words: Words) -> list[Match]:
    """All patterns that stand at `word`, most specific first; empty when none does."""
    found = []
    for pos in _positions(tree, word):
        for pattern in words.patterns[pos].get(tree.lemmas[word], ()):
            if not _spoken(tree, pattern):
                continue
            one = _verb(tree, word, pattern, words) if pos == "verb" else None
            if pos == "noun":
                one = _noun(tree, word, pattern, words)
            elif pos == "adjective":
                one = _adjective(tree, word, pattern, words)
            if one:
                found.append(one)
    found = found or _copular(tree, word, words)
    return sorted(found, key=lambda m: -m.weight)


def _copular(tree: Tree, word: int, words: Words) -> list[Match]:
    """The patterns of "be" that stand at what is said: "will be in Oslo", "be back in Oslo"."""
    copula = next((c for c in tree.under(word, "cop") if tree.lemmas[c] == "be"), None)
    if copula is None or not (tree.preposition(word) or tree.tags[word] == "ADV"):
        return []
    rows = [p for p in words.patterns["verb"].get("be", ()) if _spoken(tree, p)]
    found = (_said(tree, word, copula, pattern, words) for pattern in rows)
    return [one for one in found if one]


def _said(tree: Tree, word: int, copula: int, pattern: Pattern, words: Words) -> Match | None:
    """A pattern of "be" at the noun that is said of the subject; its preposition is the noun's."""
    slot: list[int] = []
    fixed: list[int] = []
    bearer: list[int] = []
    cases = {tree.low[c] for c in tree.under(word, "case") if c < word}
    own = open_ = False
    for step in pattern.steps:
        if step.kind == "preposition":
            here = not cases.isdisjoint(step.choices)
            slot = tree.spread(word) if here else []
            slot = slot or [n for p, n in tree.obliques(word) if p in step.choices]
            own, open_ = own or here, True
            if not slot:
                return None
        elif step.kind in ("word", "class"):
            chosen = _among(tree, slot if open_ else [word, *tree.under(word, "advmod")], step)
            if not chosen:
                return None
            own = own or word in chosen  # "is to be back in Oslo"
            fixed, open_ = [*fixed, *(w for w in chosen if w != word)], False
            slot = [w for w in slot if w not in chosen]
        elif step.kind == "bearer":
            bearer = _among(tree, tree.surface(word), step)
            if not bearer:
                return None
        else:
            return None
    if not own:
        return None
    frame = words.frame(pattern)
    return Match(pattern, frame, word, "verb", tuple(slot), (copula, *fixed), tuple(bearer))


def _spoken(tree: Tree, pattern: Pattern) -> bool:
    """Has the sentence a word for every step that names some? Most patterns end here."""
    return not any(
        step.kind in NAMING and step.choices and step.choices.isdisjoint(tree.named)
        for step in pattern.steps
    )


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
            bearer = _among(tree, tree.subjects(word), step)
            if not bearer:
                return None
        elif not state.meet(step):
            return None
    if tree.phrasal(word) - state.particles:
        return None  # "called off the hunt for X" is no calling for X
    slot = state.slot
    if slot and state.named:
        slot = [n for n in slot if n not in state.fixed]
        if not slot:  # "denied a visa to X" has no second object to be the slot
            return None
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
        _close(tree, pattern, [*state.fixed, *bearer]),
    )


class _State:
    """What a pattern has used of a verb's dependents so far."""

    def __init__(self, tree: Tree, word: int, objects: list[int]) -> None:
        self.tree, self.word, self.objects = tree, word, objects
        self.fixed: list[int] = []
        self.particles: set[str] = set()
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
            return self._clause(step)
        if step.kind == "not":
            return not self._has(step)
        if step.kind == "condition":
            return all(self._holds(name) for name in step.choices)
        return False

    def _clause(self, step: Step) -> bool:
        """An infinitive; of a named verb also bare ("let go"), or on the object ("hours to")."""
        tree = self.tree
        if not step.choices:
            clauses = tree.under(self.word, "xcomp", "ccomp", "advcl")
            return any(tree.infinitive(clause) for clause in clauses)
        near = [self.word, *self.objects, *self.fixed, *tree.loose(self.word)]
        return any(
            tree.lemmas[clause] in step.choices and tree.tags[clause] in ("VERB", "AUX")
            for word in near
            for head in tree.under(word, "xcomp", "ccomp", "advcl", "acl")
            if not any(tree.low[mark] == "that" for mark in tree.under(head, "mark"))
            for clause in tree.spread(head)
        )

    def _has(self, step: Step) -> bool:
        tree, word = self.tree, self.word
        nouns = [*self.objects, *tree.surface(word), *(n for _, n in tree.obliques(word))]
        loose = [c for c in tree.children[word] if tree.base[c] in ("advmod", "xcomp", "compound")]
        return bool(_among(tree, [*nouns, *loose], step))

    def _holds(self, name: str) -> bool:
        if name in ("passive", "active"):
            return self.tree.passive(self.word) == (name == "passive")
        return bool(self.objects) == (name == "object")

    def _explicit(self, step: Step) -> bool:
        after = self.at
        if after:
            nouns = [n for p, n in self._all_obliques() if p in after.split("|")]
        else:
            nouns = self.tree.indirect(self.word) or self.objects
            nouns = [n for n in nouns if n not in self.fixed]
        if step.choices:
            nouns = _among(self.tree, nouns, step)
        if not nouns:
            return False
        self.slot, self.named, self.at = nouns, True, ""
        return True

    def _preposition(self, step: Step) -> bool:
        self.particles |= step.choices
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
            chosen = _among(tree, nouns, step)
            if chosen:
                self.fixed += chosen
                if not self.named:
                    self.slot = None
                self.at = ""
                self.fixed_object = self.fixed_object or not self.objects
                return True
        chosen = _among(tree, self.objects, step)
        if chosen:
            self.fixed += [*chosen, *(w for noun in chosen for w in _whole(tree, noun, step))]
            self.fixed_object = True
            return True
        chosen = _among(tree, tree.loose(self.word), step)
        if chosen:
            self.fixed += chosen
            return True
        nouns = [c for c in tree.under(self.word, "xcomp") if tree.tags[c] == "NOUN"]
        chosen = _among(tree, nouns, step)  # "called off talks", read as a complement
        chosen = chosen or [n for n in nouns if step.kind == "class" and _described(tree, n, step)]
        if chosen:
            self.fixed += chosen
            self.fixed_object = True
            return True
        loose = ("xcomp", "advmod", "compound", "advcl") if step.kind == "word" else ("xcomp",)
        for child in tree.under(self.word, *loose):
            if (
                step.kind == "class"
                and tree.tags[child] == "VERB"
                and any(tree.under(child, "obj"))
            ):
                continue  # "denied supporting the rebels" is no denial of support to anybody
            if tree.lemmas[child] in step.choices or tree.low[child] in step.choices:
                self.fixed.append(child)
                return True
        return False

    def _all_obliques(self) -> list[tuple[str, int]]:
        tree = self.tree
        found = tree.obliques(self.word)
        for noun in [*self.fixed, *self.objects]:
            found += tree.obliques(noun)
            for preposition, inner in tree.obliques(noun):
                if preposition == "of" and tree.without(inner):  # "motion of no confidence in X"
                    found += tree.obliques(inner)
        for child in tree.under(self.word, "xcomp", "advcl"):  # "described it as reckless"
            if tree.tags[child] in ("ADJ", "NOUN") and tree.preposition(child) == "as":
                found.append(("as", child))
        return [(p, n) for p, n in found if n != self.word and not _timed(tree, p, n)]


def _among(tree: Tree, nouns: Iterable[int], step: Step) -> list[int]:
    """Those of the nouns that a class or fixed word names, by one word or two ("tear gas").

    What a noun of number counts is named in its place ("dozens of tanks"), but for a slot, whose
    party is the whole.
    """
    found = []
    for noun in nouns:
        inner = tree.counted(noun)
        if not step.choices.isdisjoint(tree.terms(noun)):
            found.append(noun)
        elif inner is not None and not step.choices.isdisjoint(tree.terms(inner)):
            found.append(noun if step.kind in ("slot", "not") else inner)
    return found


def _whole(tree: Tree, noun: int, step: Step) -> list[int]:
    """The "talks" of "a round of talks", where the two together are what is named."""
    if tree.lemmas[noun].replace("-", " ") in step.choices:
        return []
    return [
        n
        for p, n in tree.obliques(noun)
        if p == "of" and f"{tree.lemmas[noun]} of {tree.lemmas[n]}" in step.choices
    ]


def _described(tree: Tree, noun: int, step: Step) -> bool:
    """Does the class name what the noun is like: "called it a criminal act", "an act of folly"?"""
    adjectives = {tree.lemmas[c] for c in tree.under(noun, "amod")}
    owned = {tree.lemmas[n] for p, n in tree.obliques(noun) if p == "of"}
    return not step.choices.isdisjoint(adjectives | owned)


def _timed(tree: Tree, preposition: str, noun: int) -> bool:
    """Does the phrase say when, so that it names nobody: "on Tuesday", "in 1994", "for a week"?"""
    lemma = tree.lemmas[noun]
    if preposition == "for" and lemma in LENGTHS:
        return True
    if tree.tags[noun] == "NUM" and any(tree.lemmas[c] in DAYS for c in tree.children[noun]):
        return True  # "called an election for December 21"
    return preposition in ("on", "in", "at", "by", "to", "of", "for") and (
        (lemma in DAYS and tree.tags[noun] == "PROPN") or (lemma.isdigit() and len(lemma) == 4)
    )


def _close(tree: Tree, pattern: Pattern, nouns: Iterable[int]) -> int:
    """How many of the nouns a class or fixed word names by two words."""
    wanted: set[str] = set().union(*(step.choices for step in pattern.steps))
    return sum(any(" " in one for one in tree.terms(noun) & wanted) for noun in nouns)


def _noun(tree: Tree, word: int, pattern: Pattern, words: Words) -> Match | None:
    before = tree.modifiers(word)
    obliques = tree.obliques(word)
    slot: list[int] = []
    fixed: list[int] = []
    at = ""
    for step in pattern.steps:
        if step.kind == "preposition":
            # "swap of prisoners between X and Y": also what hangs on a noun used up
            near = [*obliques, *(pair for used in fixed for pair in tree.obliques(used))]
            nouns = [n for p, n in near if p in step.choices]
            if not nouns:
                return None
            slot, at = nouns, "|".join(step.choices)
        elif step.kind == "slot":
            nouns = slot if at else []
            if step.choices:
                nouns = _among(tree, nouns, step)
            if not nouns:
                return None
            slot, at = nouns, ""
        elif step.kind in ("word", "class"):
            if at:
                chosen = _among(tree, slot, step)
                if not chosen:
                    return None
                fixed, slot, at = [*fixed, *chosen], [], ""
            elif not before & step.choices:
                return None
        elif step.kind == "not":
            if before & step.choices or _among(tree, [n for _, n in obliques], step):
                return None
        else:
            return None
    return Match(pattern, words.frame(pattern), word, "noun", tuple(slot), tuple(fixed))


def _adjective(tree: Tree, word: int, pattern: Pattern, words: Words) -> Match | None:
    if not predicative(tree, word):
        return None
    before = tree.modifiers(word)
    slot: list[int] = []
    at = False
    for step in pattern.steps:
        if step.kind == "case":
            if tree.preposition(word) not in step.choices:
                return None
        elif step.kind == "preposition":
            slot, at = [n for p, n in tree.obliques(word) if p in step.choices], True
            if not slot:
                return None
        elif step.kind in ("word", "class") and at:  # "due before a judge"
            if not _among(tree, slot, step):
                return None
            slot, at = [], False
        elif (
            step.kind in ("word", "class") and not before & step.choices
        ) or step.kind == "bearer":
            return None
    return Match(pattern, words.frame(pattern), word, "adjective", tuple(slot))
