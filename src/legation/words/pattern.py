"""The pattern language of the act lexicon: "break off @talk (with)" as data.

A pattern is a head lemma followed by what must hang on it in the tree. Tokens:

    word            a particle, a preposition, or the fixed object's lemma; "a|b" alternatives
    two_words       a fixed object of two words: "hunger_strike", "state_of_emergency"
    @class          a fixed object of a noun class; as first token: any verb of a verb class
    _               the slot (the other party); _@class a slot of that class
    ^@class         a subject of that class that carries the act and is no party ("a bomb exploded")
    !word !@class   no object, subject or prepositional noun of that kind
    +  +leave|go    an infinitive clause, or one of that verb ("tell _ +", "order _ +leave"), or of
                    a verb class ("have day +@yield_v")
    {passive} {active} {object} {alone}   the voice; with, without a direct object
    (…)             an optional tail

Word order and voice are not the pattern's business otherwise (see questions/tree.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

PREPOSITIONS = frozenset(
    (
        "about aboard above across after against ahead along alongside amid among around as at"
        " atop before behind below beneath beside between beyond by down during for from in inside"
        " into near of off on onto out outside over past through throughout to toward towards"
        " under until up upon via where with within without"
    ).split()
)
CONDITIONS = frozenset(["passive", "active", "object", "alone"])


@dataclass(frozen=True, slots=True)
class Step:
    """One token after the head.

    `kind`: word, class, slot, preposition, case, bearer, clause, not, condition. `choices` are the
    terms allowed ("tear gas": two words joined by a space); a slot without a class allows any.
    """

    kind: str
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A head lemma and its steps; `key` is its spelling, `tail`: with its optional tail."""

    frame: str
    head: str
    steps: tuple[Step, ...]
    key: str
    tail: bool = False

    @property
    def weight(self) -> int:
        """How specific the pattern is: the more that is fixed, the more."""
        worth = {"bearer": 4, "class": 3, "word": 3, "not": 1, "condition": 1}
        named = {"slot": (1, 3), "clause": (2, 4)}
        return sum(
            named[step.kind][bool(step.choices)] if step.kind in named else worth.get(step.kind, 2)
            for step in self.steps
        )

    @property
    def has_slot(self) -> bool:
        """Whether a `_` names the slot, so that no trailing preposition or object does."""
        return any(step.kind == "slot" for step in self.steps)


@cache
def term(text: str) -> str:
    """The one spelling of a term: "hunger-strike" and "hunger_strike" are "hunger strike"."""
    return text.replace("-", " ").replace("_", " ").strip()


def variants(
    text: str,
    frame: str,
    pos: str,
    classes: Mapping[str, frozenset[str]],
    known: dict[str, Step],
) -> Iterator[Pattern]:
    """The patterns that one line of the lexicon stands for (optional tails, alternative heads).

    `known` are the steps built so far, by token, and grows: of 30,000 few are different, and a
    smaller lexicon loads faster and is less for the collector of garbage to walk.

    Raises ValueError when the line is malformed or names an unknown class.
    """
    full = re.sub(r"[()]", " ", text).split()
    if text.count("(") != text.count(")") or not full:
        raise ValueError("unbalanced brackets or nothing in it")
    spellings = {tuple(full): False}
    if "(" in text:
        bare = tuple(re.sub(r"\([^)]*\)", " ", text).split())
        spellings = {bare: False, tuple(full): True}
    for tokens, tail in spellings.items():
        if not tokens:
            raise ValueError("the head is optional")
        heads, steps = _split_head(tokens, pos, classes)
        for head in heads:
            first, *particles = head.split(" ") if pos == "verb" else [head]
            spelled = [*particles, *steps]
            for token in spelled:
                if token not in known:
                    known[token] = _step(token, classes)
            built = tuple(known[token] for token in spelled)
            yield Pattern(frame, first, built, " ".join([first, *spelled]), tail)


def _split_head(
    tokens: tuple[str, ...], pos: str, classes: Mapping[str, frozenset[str]]
) -> tuple[list[str], list[str]]:
    """Heads and remaining tokens; a noun's head is its last word before a preposition or slot.

    "peace talk (with)" has the head "talk" and the modifier step "peace"; an adjective's leading
    preposition ("under arrest") becomes a "case" step.
    """
    if pos == "verb":
        heads: list[str] = []
        for one in tokens[0].split("|"):
            heads += sorted(_members(one, classes)) if one[0] == "@" else [one.replace("_", " ")]
        return heads, list(tokens[1:])
    if pos == "adjective" and _is_tail(tokens[0]) and len(tokens) > 1:
        heads, steps = _split_head(tokens[1:], "noun", classes)
        return heads, [*steps, f"<{tokens[0]}"]
    if _is_tail(tokens[0]):
        raise ValueError("a noun pattern starts with a noun")
    tail = next((i for i, token in enumerate(tokens) if i and _is_tail(token)), len(tokens))
    return tokens[tail - 1].split("|"), [*tokens[: tail - 1], *tokens[tail:]]


def _is_tail(token: str) -> bool:
    return token[0] in "_@!{+" or all(part in PREPOSITIONS for part in token.split("|"))


def _members(name: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if name.lstrip("@") not in classes:
        raise ValueError(f"unknown class {name!r}")
    return classes[name.lstrip("@")]


def _step(token: str, classes: Mapping[str, frozenset[str]]) -> Step:
    if token.startswith("<"):
        return Step("case", frozenset(token[1:].split("|")))
    if token.startswith("{"):
        if token[1:-1] not in CONDITIONS:
            raise ValueError(f"unknown condition {token}; known: {', '.join(sorted(CONDITIONS))}")
        return Step("condition", frozenset([token[1:-1]]))
    if token == "_":
        return Step("slot")
    if token[0] == "+":
        verbs = token[1:].split("|")
        named = (_members(one, classes) if one[:1] == "@" else {one} for one in verbs)
        return Step("clause", frozenset().union(*named) - {""})
    kind = {"_": "slot", "^": "bearer", "!": "not"}.get(token[0], "class")
    chosen: set[str] = set()
    for name in token.lstrip("_^!").split("|"):
        chosen |= {term(one) for one in (_members(name, classes) if name[0] == "@" else [name])}
    if token.startswith(("_@", "@", "^", "!")):
        return Step(kind, frozenset(chosen))
    return Step("preposition" if chosen <= PREPOSITIONS else "word", frozenset(chosen))
