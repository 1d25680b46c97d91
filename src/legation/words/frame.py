"""What one group of words says: its act, who its parties are, and the examples that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.words.operators import Algebra
from legation.words.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Frame:
    """One group of predicates that mean the same act with the same argument structure.

    `actor` and `recipient` name slots ("subject", "slot", "by", "none" or prepositions "from|of";
    of actors also "speaker": who tells it, "X has until Friday to leave, Y said");
    `possessive` and `of` say what "X's noun" and "noun of X" are; `needs` lists the participants
    that must be political parties; `inner` says what becomes of an embedded act (codebook: Type).
    An empty `type` marks an idiom: words that look like an act and are none.

    `alone` nouns need one party only ("the arrest of two Croats"); `agent` is the sector of the
    state organ that acts when none is named; `private` acts count between private parties too;
    `known` nouns are the act only where it is named as known ("Tuesday's blasts");
    `unless` names lists of never.toml whose words in the
    sentence rule the group out ("a state of emergency after the flood"); `also` names a second
    record of the same words ("COERCE arrest" of a prison sentence); `contexts` are added;
    `before` names groups that this one goes before where both fit equally well. `yes`
    sentences mark the parties: "[Iraq] invaded <Kuwait>", actor and recipient.
    """

    id: str
    type: str
    mode: str | None
    actor: str = "subject"
    recipient: str = "slot"
    possessive: str = "actor"
    of: str = "recipient"
    symmetric: bool = False
    operator: bool = False
    inner: str = "drop"
    needs: tuple[str, ...] = ()
    agent: str = ""
    alone: bool = False
    private: bool = False
    known: bool = False
    unless: tuple[str, ...] = ()
    also: tuple[tuple[str, str | None], ...] = ()
    contexts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    means: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Words:
    """The knowledge of one language: frames, their patterns by part of speech and head, cue tables.

    `patterns[pos][lemma]` with pos "verb", "noun" or "adjective" lists patterns, most specific
    first. `classes` are named sets of noun lemmas; `tables` the parsed cue files by question.
    """

    language: str
    frames: Mapping[str, Frame]
    patterns: Mapping[str, Mapping[str, tuple[Pattern, ...]]]
    classes: Mapping[str, frozenset[str]]
    tables: Mapping[str, Mapping[str, Any]]
    version: str = ""
    operators: Algebra = field(default_factory=Algebra)

    def table(self, question: str) -> Mapping[str, Any]:
        """The parsed `words/<language>/<question>.toml`; an empty mapping when there is none."""
        return self.tables.get(question, {})

    def frame(self, pattern: Pattern) -> Frame:
        """The frame that a pattern belongs to."""
        return self.frames[pattern.frame]
