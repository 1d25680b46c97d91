"""Who is the subject of what? Predicate-argument structure of a Universal Dependencies tree.

This is the one place that knows passives, control, relative clauses, participles, coordination and
prepositions (UD v2 guidelines; Schuster & Manning 2016 for the enhanced relations that the basic
tree leaves out). Everything else asks `Tree` for the subjects, objects and obliques of a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import Any, TypeVar

from legation.questions import subjects, voice
from legation.questions.mend import mended
from legation.story import Sentence

RELATIVE = frozenset(["who", "whom", "which", "that"])
CLAUSAL = frozenset(["ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"])
CHANGING = frozenset(["off"])
ENTERED = "by"
COUNTING = frozenset(
    "barrage batch bulk couple dozen flurry group half handful hundred load lot majority million"
    " most number pair part portion scores score section series spate stretch string ten thousand"
    " volley wave".split()
)
"""Nouns that say how many or how much of what stands after their "of"."""


Ask = TypeVar("Ask", bound=Callable[..., Any])


def kept(ask: Ask) -> Ask:
    """Works out what is asked about a word once, since a tree does not change.

    The patterns of a verb all ask for its objects and obliques. Every asker gets a list of its own.
    """
    name = ask.__name__

    @wraps(ask)
    def answer(self: Tree, word: int) -> Any:
        found = self.answers.get((name, word))
        if found is None:
            found = self.answers[name, word] = ask(self, word)
        return found.copy() if isinstance(found, (list, set)) else found

    return answer  # type: ignore[return-value]


class Tree:
    """One sentence with its tree indexed; words are numbers from 0, -1 is the root's head."""

    def __init__(self, sentence: Sentence) -> None:
        """Index the children of every word."""
        self.sentence = sentence = mended(sentence)
        self.words, self.tags = sentence.words, sentence.tags
        self.labels = sentence.labels
        self.heads = sentence.heads
        self.lemmas = tuple(lemma.lower() for lemma in sentence.lemmas)
        self.low = tuple(word.lower() for word in sentence.words)
        self.base = tuple(label.partition(":")[0] for label in sentence.labels)
        children: list[list[int]] = [[] for _ in sentence.words]
        for word, head in enumerate(self.heads):
            if head >= 0:
                children[head].append(word)
        self.children = tuple(tuple(row) for row in children)
        self.answers: dict[tuple[str, int], Any] = {}

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def root(self) -> int:
        """The word without a head."""
        return next((w for w, head in enumerate(self.heads) if head < 0), 0)

    def under(self, word: int, *bases: str) -> Iterator[int]:
        """Children of `word` by base relation (subtype left out)."""
        return (child for child in self.children[word] if self.base[child] in bases)

    def feature(self, word: int, name: str) -> str:
        """The value of one morphological feature; "" when absent."""
        for part in self.sentence.feats[word].split("|") if self.sentence.feats else ():
            key, _, value = part.partition("=")
            if key == name:
                return value
        return ""

    def subtree(self, word: int) -> list[int]:
        """`word` and everything below it, in order."""
        found, todo = [], [word]
        while todo:
            here = todo.pop()
            found.append(here)
            todo.extend(self.children[here])
        return sorted(found)

    def spread(self, word: int) -> list[int]:
        """`word` and what is coordinated with it: "France and Germany" """
        return [word, *self.under(word, "conj")]

    def first_of(self, word: int) -> int:
        """The first conjunct of the coordination that `word` is in."""
        while self.base[word] == "conj" and self.heads[word] >= 0:
            word = self.heads[word]
        return word

    @kept
    def preposition(self, word: int) -> str:
        """The lower-case preposition of a noun or gerund ("because of" whole); "" when none."""
        for child in self.children[word]:
            if child < word and (
                self.base[child] == "case"
                or (self.base[child] == "mark" and self._prepositional(child))
            ):
                rest = [self.low[more] for more in self.under(child, "fixed")]
                return " ".join([self.low[child], *rest])
        first = self.first_of(word)
        return self.preposition(first) if first != word else ""

    def _prepositional(self, mark: int) -> bool:
        return self.tags[mark] in ("ADP", "SCONJ") or any(self.under(mark, "fixed"))

    @kept
    def passive(self, verb: int) -> bool:
        """Is the verb in the passive: "was arrested", "being held", "the men arrested by"?"""
        return voice.passive(self, verb)

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """Number of steps from each word to the root."""
        found = [-1] * len(self)
        todo = [(word, 0) for word, head in enumerate(self.heads) if head < 0]
        while todo:
            word, steps = todo.pop()
            found[word] = steps
            todo += [(child, steps + 1) for child in self.children[word]]
        return tuple(found)

    def gerund(self, verb: int) -> bool:
        """Is the verb an -ing form?"""
        return self.feature(verb, "VerbForm") == "Ger" or (
            self.low[verb].endswith("ing") and self.feature(verb, "VerbForm") != "Fin"
        )

    def infinitive(self, verb: int) -> bool:
        """Is the verb a to-infinitive?"""
        return any(self.low[c] == "to" and self.base[c] == "mark" for c in self.children[verb])

    @kept
    def subjects(self, verb: int) -> list[int]:
        """Heads of the noun phrases that do the act (deep subject), coordination spread."""
        if self.passive(verb):
            return self.agents(verb)
        return self.surface(verb)

    def agents(self, verb: int) -> list[int]:
        """The by-phrase of a passive."""
        found = []
        for child in self.under(verb, "obl"):
            if self.labels[child] == "obl:agent" or self.preposition(child) == ENTERED:
                found += self.spread(child)
        if not found and self.base[verb] == "conj" and self.passive(self.heads[verb]):
            return self.agents(self.heads[verb])
        found = found or subjects.causers(self, verb)
        return [w for w in found if not self._time_like(w)]

    def _time_like(self, word: int) -> bool:
        return self.tags[word] == "NUM"

    def surface(self, verb: int) -> list[int]:
        """The grammatical subject, found through control, coordination and relative clauses."""
        return subjects.surface(self, verb)

    def owners(self, noun: int) -> list[int]:
        """Whose plan, decision or bid it is: possessor, "by …", or the subject of its verb."""
        return subjects.owners(self, noun)

    def resolved(self, words: list[int]) -> list[int]:
        """Relative pronouns replaced by what they stand for, coordination spread."""
        found = []
        for word in words:
            antecedent = self.antecedent(word)
            found += self.spread(antecedent if antecedent is not None else word)
        return found

    def antecedent(self, word: int) -> int | None:
        """The noun that a relative pronoun stands for; None for any other word."""
        if self.low[word] not in RELATIVE or self.tags[word] not in ("PRON", "DET", "SCONJ"):
            return None
        here = self.heads[word]
        while here >= 0:
            if self.labels[here] in ("acl:relcl", "advcl:relcl"):
                head = self.heads[here]
                return head if self.tags[head] in ("NOUN", "PROPN", "PRON", "NUM") else None
            if self.base[here] not in ("conj", "xcomp", "ccomp"):
                return None
            here = self.heads[here]
        return None

    @kept
    def objects(self, verb: int) -> list[int]:
        """Heads of the direct objects (deep object of passives), coordination spread."""
        found = list(self.under(verb, "obj"))
        if found:
            return self.resolved(found)
        if self.passive(verb):
            return self._passive_subject(verb)
        if self.labels[verb] == "acl:relcl" and any(self.under(verb, "nsubj")):
            pronouns = [c for c in self.children[verb] if self.antecedent(c) is not None]
            if not pronouns and not any(self.under(verb, "ccomp", "xcomp")):
                return self.spread(self.heads[verb])
        slipped = [c for c in self.loose(verb) if self.labels[c] == "obl"]
        if slipped and self.particles(verb):  # "handed over power" with power as oblique
            return slipped[:1]
        if self.base[verb] == "conj":
            head = self.heads[verb]
            later = [c for c in self.under(head, "obj") if c > verb]
            return self.resolved(later)
        return []

    def _passive_subject(self, verb: int) -> list[int]:
        own = [c for c in self.children[verb] if self.labels[c] in ("nsubj:pass", "nsubj")]
        if own:
            return self.resolved(own)
        kind, head = self.base[verb], self.heads[verb]
        if kind == "acl" and self.labels[verb] != "acl:relcl":
            return [head]
        return self.surface(verb) if head >= 0 else []

    @kept
    def indirect(self, verb: int) -> list[int]:
        """The indirect object ("gave Mali aid")."""
        own = list(self.under(verb, "iobj"))
        if not own and self.passive(verb) and any(self.under(verb, "obj")):
            return self.surface(verb)  # "the colonel was handed a life sentence"
        return self.resolved(own)

    @kept
    def obliques(self, word: int) -> list[tuple[str, int]]:
        """(preposition, noun) pairs that hang on a verb or noun, coordination spread."""
        found = []
        for child in self.children[word]:
            if self.base[child] in ("obl", "nmod") and self.labels[child] != "nmod:poss":
                preposition = self.preposition(child)
                stacked = [self.low[c] for c in self.under(child, "case") if c < child][1:]
                for one in self.resolved([child]) if preposition else ():
                    found += [(entered, one) for entered in (preposition, *stacked)]
            elif self.low[child] == "where" and self.labels[word] == "acl:relcl":
                found.append(("where", self.heads[word]))  # "Kiev, where he is due on Friday"
        return found

    @kept
    def particles(self, verb: int) -> set[str]:
        """Particles and bare adverbs: "off" of "called off", "back" of "pushed back"."""
        found = {
            self.low[c]
            for c in self.children[verb]
            if self.labels[c] == "compound:prt"
            or (self.base[c] in ("advmod", "case", "obl") and not self.children[c])
        }
        for noun in self.under(verb, "obl"):
            stacked = [self.low[c] for c in self.under(noun, "case") if c < noun]
            found |= set(stacked[:-1])  # "pulled out of Nablus"
        for noun in self.under(verb, "obj"):  # "took in refugees", particle read as preposition
            found |= {self.low[c] for c in self.under(noun, "case") if c < noun}
        return found

    def phrasal(self, verb: int) -> set[str]:
        """Particles that make another verb of it: "called off", "went on", "took over"."""
        found = {self.low[c] for c in self.children[verb] if self.labels[c] == "compound:prt"}
        return found & CHANGING

    @kept
    def loose(self, verb: int) -> list[int]:
        """Nouns that hang on a verb without a preposition and are no object: "gave X two days"."""
        return [
            child
            for child in self.under(verb, "obl")
            if child > verb and not self.preposition(child) and self.tags[child] == "NOUN"
        ]

    def possessors(self, noun: int) -> list[int]:
        """ "Iran" of "Iran's attack", spread."""
        return [
            one
            for child in self.children[noun]
            if self.labels[child] == "nmod:poss"
            for one in self.spread(child)
        ]

    @kept
    def counted(self, noun: int) -> int | None:
        """What a noun of number or portion counts: "tanks" of "dozens of tanks"; None of others."""
        if self.lemmas[noun] not in COUNTING:
            return None
        return next((n for p, n in self.obliques(noun) if p == "of"), None)

    @kept
    def modifiers(self, noun: int) -> set[str]:
        """Lemmas of the words that stand before a noun and describe it."""
        return {
            self.lemmas[child]
            for child in self.under(noun, "compound", "amod", "nmod", "flat")
            if child < noun
        }

    @kept
    def terms(self, noun: int) -> frozenset[str]:
        """The names of a noun in the lexicon: "gas", "tear gas", "state of emergency"."""
        lemma = self.lemmas[noun].replace("-", " ")
        found = {lemma, self.low[noun]}
        for child in self.under(noun, "compound", "amod", "nmod", "flat"):
            if child < noun:  # "arms sale" is "arm sale" by its lemmas
                no = self.without(child)
                found.add(f"{no}{self.lemmas[child].replace('-', ' ')} {lemma}")
                found.add(f"{no}{self.low[child].replace('-', ' ')} {lemma}")
        for preposition, inner in self.obliques(noun):
            if preposition == "of":
                found.add(f"{lemma} of {self.without(inner)}{self.lemmas[inner]}")
        return frozenset(found)

    def without(self, noun: int) -> str:
        """ "no " of "a motion of no confidence", "a no-confidence vote"; else ""."""
        return "no " if any(self.low[c] == "no" for c in self.under(noun, "det")) else ""

    @cached_property
    def named(self) -> frozenset[str]:
        """Every word of the sentence, and all names of its nouns in the lexicon."""
        return frozenset(self.low + self.lemmas).union(*map(self.terms, range(len(self))))

    def clause_of(self, word: int) -> int:
        """The predicate whose clause `word` stands in (itself when it is one)."""
        here = word
        while self.heads[here] >= 0:
            if self.base[here] in CLAUSAL or (
                self.base[here] == "conj" and self.tags[here] in ("VERB", "AUX")
            ):
                return here
            here = self.heads[here]
        return here

    def span(self, word: int) -> tuple[int, int]:
        """Character offsets of one word in the story's text."""
        return self.sentence.starts[word], self.sentence.ends[word]
