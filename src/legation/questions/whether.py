"""Did it happen? The status of an act, folded from the act outwards (codebook: Status).

The act's own verb group speaks first (negation, modals), then every governor on the way up to the
root: "did not (refuse (to withdraw))". The words are data in `words/<language>/whether.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from legation.questions.tree import Tree

HAPPENED, PLANNED, POSSIBLE, NEGATED = "happened", "planned", "possible", "negated"
NOTHING = "keep"
CLAUSE = ("xcomp", "ccomp", "advcl", "acl", "csubj")


class Scale:
    """The cue tables of one language, indexed by lemma."""

    def __init__(self, table: Mapping[str, Any], support: Mapping[str, Any]) -> None:
        """Index a parsed whether.toml and support.toml."""
        self.governors = _by_lemma(table.get("governors", {}))
        self.that = _by_lemma(table.get("that", {}))
        self.nouns = _by_lemma(table.get("nouns", {}))
        self.adjectives = _by_lemma(table.get("adjectives", {}))
        self.modals = _by_lemma(table.get("modals", {}))
        self.words = {k: frozenset(v) for k, v in table.get("words", {}).items()}
        self.support = {k: frozenset(v) for k, v in support.items()}

    def set(self, name: str) -> frozenset[str]:
        """A word set of `[words]`; empty when absent."""
        return self.words.get(name, frozenset())

    @cached_property
    def described(self) -> dict[str, str]:
        """Adjectives of event nouns to the status they give."""
        return {
            lemma: key.removeprefix("adjectives_")
            for key, lemmas in self.support.items()
            if key.startswith("adjectives_")
            for lemma in lemmas
        }


def _by_lemma(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {lemma: status for status, lemmas in table.items() for lemma in lemmas}


def combine(outer: str, inner: str) -> str:
    """The status of an act that is `inner` by itself under a governor that says `outer`."""
    if outer == NOTHING or inner == "":
        return inner
    if outer == NEGATED:
        return HAPPENED if inner == NEGATED else NEGATED
    if inner == NEGATED or outer == HAPPENED:
        return inner
    return POSSIBLE if POSSIBLE in (outer, inner) else PLANNED


def status(tree: Tree, word: int, scale: Scale, anchor: int | None = None) -> tuple[str, str]:
    """Status of the act at `word` and the words that decided, "" when it is no record at all.

    `anchor` is the support verb of an event noun, from which the climb goes on.
    """
    reasons: list[str] = []
    found = HAPPENED
    here = word
    if tree.tags[word] in ("NOUN", "PROPN") and not _predicate(tree, word):
        found, here = _noun(tree, word, scale, anchor, reasons)
        if here < 0:
            return found, ", ".join(reasons) or "told as fact"
    found = _group(tree, here, scale, found, reasons)
    for _ in range(12):
        head, kind = tree.heads[here], tree.base[here]
        if head < 0:
            if tree.words and tree.words[-1] == "?":
                found = combine(POSSIBLE, found)
                reasons.append("a question")
            if tree.infinitive(here) and tree.base[here] == "root":
                found = combine(PLANNED, found)
                reasons.append("a headline's infinitive")
            break
        if kind == "conj":
            if _shares(tree, here, head):
                found = _group(tree, head, scale, found, reasons, shared=here)
            here = head
        elif kind in CLAUSE:
            found, on = _governed(tree, here, head, kind, scale, found, reasons)
            if not on:
                break
            here = head
        else:
            break
    return found, ", ".join(reasons) or "told as fact"


def _predicate(tree: Tree, word: int) -> bool:
    return any(tree.base[c] == "cop" for c in tree.children[word])


def _group(
    tree: Tree, verb: int, scale: Scale, found: str, reasons: list[str], shared: int = -1
) -> str:
    """Negation, modals and hedges that hang on one verb."""
    children = [c for c in tree.children[verb] if shared < 0 or c < shared]
    auxiliaries = [c for c in children if tree.base[c] in ("aux", "cop")]
    low = [tree.low[c] for c in auxiliaries]
    negated = [
        c
        for c in children
        if tree.low[c] in scale.set("negators") and tree.base[c] in ("advmod", "cc", "det")
    ]
    negated += [
        c
        for c in children
        if tree.base[c] in ("nsubj", "obj", "obl", "iobj")
        and (
            tree.low[c] in scale.set("subjects")
            or any(
                tree.low[d] in scale.set("determiners")
                and tree.base[d] in ("det", "advmod", "cc:preconj")
                for d in tree.children[c]
            )
        )
    ]
    modal = next((scale.modals[w] for w in low if w in scale.modals), "")
    word = next((w for w in low if w in scale.modals), "")
    if modal == "would":
        if "have" in low and tree.feature(verb, "Tense") == "Past":
            found, modal = combine(NEGATED, found), ""
            reasons.append("would have")
        else:
            modal = PLANNED if _reported(tree, verb, scale) else POSSIBLE
    if modal:
        able = word in ("can", "could", "ca") and negated
        found = combine(NOTHING if able else modal, found)
        reasons.append(f"modal '{word}'")
    for child in negated[:1]:
        found = combine(NEGATED, found)
        reasons.append(f"negated by '{tree.low[child]}'")
    if any(tree.low[c] in scale.set("hedges") for c in children if tree.base[c] == "advmod"):
        found = combine(POSSIBLE, found)
        reasons.append("hedged")
    for child in children:  # "due to V" read as one word by the parser
        ready = scale.adjectives.get(tree.low[child]) if tree.base[child] == "advmod" else None
        if ready and any(tree.low[c] == "to" for c in tree.under(child, "fixed")):
            found = combine(ready, found)
            reasons.append(f"'{tree.low[child]} to'")
    if any(tree.low[c] in scale.set("almost") for c in children if tree.base[c] == "advmod"):
        found = combine(NEGATED, found)
        reasons.append("almost")
    if modal and _condition(tree, verb, scale):
        found = combine(POSSIBLE, found)
        reasons.append("on a condition")
    return found


def _reported(tree: Tree, verb: int, scale: Scale) -> bool:
    """Is "would" the past of "will": inside what somebody said?"""
    here = tree.first_of(verb)
    for child in tree.children[here]:
        if tree.base[child] == "parataxis":
            return True
    head = tree.heads[here]
    if tree.base[here] not in ("ccomp", "acl", "parataxis") or head < 0:
        return False
    lemma = tree.lemmas[head]
    effect = scale.that.get(lemma) or scale.governors.get(lemma, NOTHING)
    return effect in (NOTHING, PLANNED) or tree.tags[head] == "NOUN"


def _condition(tree: Tree, verb: int, scale: Scale) -> bool:
    return any(
        tree.low[mark] in ("if", "unless", "provided")
        for clause in tree.under(verb, "advcl")
        for mark in tree.under(clause, "mark")
    )


def _shares(tree: Tree, verb: int, head: int) -> bool:
    """Does a coordinated verb share the auxiliaries of the first one: "will go and meet"?"""
    if any(tree.base[c] in ("nsubj", "aux", "cop") for c in tree.children[verb]):
        return False
    return tree.feature(verb, "VerbForm") == tree.feature(head, "VerbForm")


def _governed(
    tree: Tree, here: int, head: int, kind: str, scale: Scale, found: str, reasons: list[str]
) -> tuple[str, bool]:
    """The status under the governor `head`, and whether the climb goes on."""
    lemma, marks = tree.lemmas[head], {tree.low[c] for c in tree.under(here, "mark", "case")}
    infinitive = tree.infinitive(here)
    if marks & scale.set("conditionals") and kind in ("advcl", "ccomp"):
        reasons.append(f"under '{min(marks & scale.set('conditionals'))}'")
        past = marks & {"until", "once"} and tree.feature(here, "Tense") == "Past"
        return (found if past else combine(POSSIBLE, found)), False
    if kind == "acl":
        return _on_noun(tree, here, head, scale, found, reasons)
    if kind == "advcl" and not (tree.tags[head] == "ADJ" and _to(tree, here, head)):
        return _adverbial(tree, here, head, scale, found, reasons, marks)
    if kind == "csubj":
        return _group(tree, head, scale, found, reasons), False
    if tree.tags[head] in ("ADJ", "NOUN", "ADV"):
        table = scale.nouns if tree.tags[head] == "NOUN" else scale.adjectives
        effect = table.get(lemma, POSSIBLE if infinitive or kind == "advcl" else NOTHING)
    elif lemma == "be" and infinitive:
        effect = PLANNED
    elif lemma == "have" and infinitive and "yet" in {tree.low[c] for c in tree.children[head]}:
        effect = NEGATED
    elif lemma == "go" and tree.low[head] == "going" and infinitive:
        effect = PLANNED
    else:
        finite = kind == "ccomp" and not infinitive and not tree.gerund(here)
        effect = (scale.that.get(lemma) if finite else None) or scale.governors.get(lemma, "")
        if not effect:
            effect = POSSIBLE if infinitive else NOTHING
        if finite and effect == PLANNED:
            effect = NOTHING
        if lemma == "deny" and _negative(tree, head, scale):
            return "", False
    if effect != NOTHING:
        reasons.append(f"under '{lemma}'")
    found = combine(effect, found)
    speech = kind == "ccomp" and effect == NOTHING and not infinitive
    if speech:
        return found, False
    return _group(tree, head, scale, found, reasons), True


def _to(tree: Tree, here: int, head: int) -> bool:
    """Is "here" the complement of an adjective: "due to visit", "likely to attend"?"""
    return tree.infinitive(here) or any(
        tree.low[c] == "to" and head < c < here for c in tree.children[head]
    )


def _negative(tree: Tree, verb: int, scale: Scale) -> bool:
    return any(tree.low[c] in scale.set("negators") for c in tree.children[verb])


def _on_noun(
    tree: Tree, here: int, noun: int, scale: Scale, found: str, reasons: list[str]
) -> tuple[str, bool]:
    """Under a noun: "a plan to V", "hopes of V-ing"; relative clauses stand for themselves."""
    if tree.labels[here] == "acl:relcl" and not tree.infinitive(here):
        return found, False
    complement = tree.infinitive(here) or tree.preposition(here) in ("of", "for", "on", "to")
    if tree.feature(here, "VerbForm") == "Fin" and not complement:
        effect = scale.nouns.get(tree.lemmas[noun], NOTHING)
        return combine(NOTHING if effect == PLANNED else effect, found), False
    if not complement:
        return found, False
    effect = scale.nouns.get(tree.lemmas[noun], POSSIBLE if tree.infinitive(here) else NOTHING)
    if effect != NOTHING:
        reasons.append(f"under '{tree.lemmas[noun]}'")
    found = combine(effect, found)
    if any(tree.low[c] in scale.set("determiners") for c in tree.under(noun, "det")):
        found = NEGATED
        reasons.append("under 'no'")
    return found, False


def _adverbial(
    tree: Tree,
    here: int,
    head: int,
    scale: Scale,
    found: str,
    reasons: list[str],
    marks: set[str],
) -> tuple[str, bool]:
    entered = tree.preposition(here)
    if entered in ("without", "instead of", "rather than", "short of") or (
        entered in ("of", "to") and tree.particles(head) & {"short", "close"}
    ):
        reasons.append(f"after '{entered}'")
        return combine(NEGATED, found), False
    if tree.infinitive(here):
        if (
            tree.lemmas[head] in ("use", "deploy")
            or scale.governors.get(tree.lemmas[head]) == NOTHING
        ):
            return _group(tree, head, scale, found, reasons), True
        reasons.append("a purpose")
        return combine(PLANNED, found), False
    if tree.lemmas[head] in (
        "accuse",
        "blame",
        "thank",
        "condemn",
        "charge",
        "suspect",
        "criticise",
    ):
        return found, False
    if entered in ("from", "against") and scale.governors.get(tree.lemmas[head]) in (
        NEGATED,
        POSSIBLE,
    ):
        reasons.append(f"{tree.lemmas[head]} {entered}")
        return combine(NEGATED, found), False
    if tree.feature(here, "VerbForm") == "Fin" or any(tree.under(here, "nsubj")):
        return found, False
    return _group(tree, head, scale, found, reasons), tree.gerund(here)


def _noun(
    tree: Tree, noun: int, scale: Scale, anchor: int | None, reasons: list[str]
) -> tuple[str, int]:
    """Status that an event noun brings along, and the verb to climb on from (-1: stop)."""
    found = HAPPENED
    for child in tree.children[noun]:
        lemma = tree.low[child]
        effect = scale.described.get(lemma) if tree.base[child] in ("amod", "det") else None
        if tree.base[child] in ("det", "advmod") and lemma in scale.set("determiners"):
            effect = NEGATED
        if effect:
            found = combine(effect, found)
            reasons.append(f"'{lemma}'")
    first = tree.first_of(noun)
    head, kind = tree.heads[first], tree.base[first]
    if anchor is not None:
        return found, anchor
    if head < 0:
        return found, -1
    if kind == "nmod" and tree.preposition(first) in ("of", "for", "to", "on", "about", "over"):
        effect = scale.nouns.get(tree.lemmas[head], NOTHING)
        if effect != NOTHING:
            reasons.append(f"under '{tree.lemmas[head]}'")
        return combine(effect, found), -1
    if kind in ("obl", "nmod") and tree.preposition(first) == "without":
        reasons.append("after 'without'")
        return combine(NEGATED, found), -1
    if tree.tags[head] not in ("VERB", "ADJ", "AUX"):
        return found, -1
    lemma = tree.lemmas[head]
    called = kind == "obl" and tree.preposition(first) in ("for", "of", "against", "out")
    if kind in ("obj", "nsubj") or called:
        for name, effect in (
            ("noun_planned", PLANNED),
            ("noun_negated", NEGATED),
            ("noun_possible", POSSIBLE),
        ):
            if lemma in scale.set(name):
                reasons.append(f"with '{lemma}'")
                return combine(effect, found), -1
    if kind == "nsubj" and lemma in scale.support.get("occur", ()):
        return found, head
    return found, -1
