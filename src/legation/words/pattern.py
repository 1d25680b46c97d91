"""The pattern language of the act lexicon: "break off @talk (with)" as data.

A pattern is a head lemma followed by what must hang on it in the tree. Tokens: a bare word is a
particle, a preposition or the fixed object's lemma; `@class` a fixed object of a noun class; `_`
the slot (the other party); `_@class` a slot of that class; `^@class` a subject of that class that
carries the act and is no party ("a bomb exploded"); "+" an infinitive clause ("tell _ +"); "a|b"
alternatives; "(…)" an optional tail. Word order and voice are not the pattern's business (see
questions/tree.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "ahead",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "by",
        "down",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "through",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ]
)


@dataclass(frozen=True, slots=True)
class Step:
    """One token after the head; `kind`: word, class, slot, preposition, case, bearer, clause.

    `choices` are the lemmas allowed (a slot without a class allows any: empty set).
    """

    kind: str
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A head lemma and its steps; `key` is its spelling, `weight` how specific it is."""

    frame: str
    head: str
    steps: tuple[Step, ...]
    key: str

    @property
    def weight(self) -> int:
        """Number of steps, the more that is fixed, the more
        specific."""
        worth = {"bearer": 4, "class": 3, "word": 3}
        return sum(
            1 if step.kind == "slot" and not step.choices else worth.get(step.kind, 2)
            for step in self.steps
        )

    @property
    def has_slot(self) -> bool:
        """Whether a `_` names the slot, so that no trailing preposition or object does."""
        return any(step.kind == "slot" for step in self.steps)


def variants(
    text: str, frame: str, pos: str, classes: Mapping[str, frozenset[str]]
) -> Iterator[Pattern]:
    """The patterns that one line of the lexicon stands for (optional tails, alternative heads).

    Raises ValueError when the line is malformed or names an unknown class.
    """
    full = re.sub(r"[()]", " ", text).split()
    if text.count("(") != text.count(")") or not full:
        raise ValueError("unbalanced brackets or nothing in it")
    spellings = {tuple(full)}
    if "(" in text:
        spellings.add(tuple(re.sub(r"\([^)]*\)", " ", text).split()))
    for tokens in sorted(spellings):
        if not tokens:
            raise ValueError("the head is optional")
        head_choices, steps = _split_head(tokens, pos)
        for head in head_choices:
            built = tuple(_step(token, classes) for token in steps)
            key = " ".join([head, *steps])
            yield Pattern(frame, head, built, key)


def _split_head(tokens: tuple[str, ...], pos: str) -> tuple[list[str], list[str]]:
    """Heads and remaining tokens; a noun's head is its last word before a preposition or slot.

    "peace talk (with)" has the head "talk" and the modifier step "peace"; an adjective's leading
    preposition ("under arrest") becomes a "case" step.
    """
    if pos == "verb":
        return tokens[0].split("|"), list(tokens[1:])
    if pos == "adjective" and _is_tail(tokens[0]) and len(tokens) > 1:
        heads, steps = _split_head(tokens[1:], "noun")
        return heads, [*steps, f"<{tokens[0]}"]
    if _is_tail(tokens[0]):
        raise ValueError("a noun pattern starts with a noun")
    tail = next((i for i, token in enumerate(tokens) if i and _is_tail(token)), len(tokens))
    return tokens[tail - 1].split("|"), [*tokens[: tail - 1], *tokens[tail:]]


def _is_tail(token: str) -> bool:
    return token[0] in "_@" or all(part in PREPOSITIONS for part in token.split("|"))


def _step(token: str, classes: Mapping[str, frozenset[str]]) -> Step:
    if token.startswith("<"):
        return Step("case", frozenset(token[1:].split("|")))
    if token == "_":
        return Step("slot")
    if token == "+":
        return Step("clause")
    if token.startswith(("_@", "@", "^@")):
        names = token.lstrip("_^").split("|")
        chosen: set[str] = set()
        for name in names:
            if name.lstrip("@") not in classes:
                raise ValueError(f"unknown class {name!r}")
            chosen |= classes[name.lstrip("@")]
        kind = {"_": "slot", "^": "bearer"}.get(token[0], "class")
        return Step(kind, frozenset(chosen))
    choices = frozenset(token.split("|"))
    return Step("preposition" if choices <= PREPOSITIONS else "word", choices)
