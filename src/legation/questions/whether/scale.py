"""The cue tables of whether, indexed, and how an act's status combines with its governor's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from legation.words.operators import Algebra

HAPPENED, PLANNED, POSSIBLE, NEGATED = "happened", "planned", "possible", "negated"
KEEP = "keep"


class Scale:
    """The cue tables of one language: whether.toml, support.toml and the rows of operators.toml."""

    def __init__(
        self,
        table: Mapping[str, Any],
        support: Mapping[str, Any],
        algebra: Algebra,
        fates: Mapping[str, Any],
    ) -> None:
        """Index the parsed tables by lemma; `fates` names what is arranged beforehand."""
        self.verbs, self.nouns = algebra.verbs, algebra.nouns
        self.adjectives = algebra.adjectives
        modals = table.get("modals", {})
        self.modals = {word: status for status, words in modals.items() for word in words}
        self.words = {k: frozenset(v) for k, v in table.get("words", {}).items()}
        self.support = {k: frozenset(v) for k, v in support.items()}
        loose = fates.get("fate", {}).get("loose", ())
        named = fates.get("nouns", {})
        self.arranged = frozenset(noun for kind in loose for noun in named.get(kind, ()))

    def set(self, name: str) -> frozenset[str]:
        """A word set of `[words]`; empty when absent."""
        return self.words.get(name, frozenset())

    def verb(self, lemma: str, entered: str = "", finite: bool = False) -> tuple[str, str]:
        """Status that a verb gives its complement and the row that says so; ("", "") when none.

        `entered` is the complement's preposition, or "to" under a passive: "is said to",
        "kept X from". `finite` asks for a that-clause.
        """
        row = self.verbs.get(f"{lemma}_{entered}") or self.verbs.get(lemma)
        if row is None:
            return "", ""
        return (row.that if finite else row.status), row.name

    def noun(self, lemma: str) -> tuple[str, str]:
        """Status that a noun gives its complement ("plan to V") and its row; ("", "") when none."""
        row = self.nouns.get(lemma)
        return (row.status, row.name) if row else ("", "")

    def adjective(self, lemma: str) -> tuple[str, str]:
        """Status that an adjective gives its complement ("due to V") and its row."""
        row = self.adjectives.get(lemma)
        return (row.status, row.name) if row else ("", "")

    @cached_property
    def described(self) -> dict[str, str]:
        """Adjectives of event nouns to the status they give."""
        return {
            lemma: key.removeprefix("adjectives_")
            for key, lemmas in self.support.items()
            if key.startswith("adjectives_")
            for lemma in lemmas
        }


def combine(outer: str, inner: str) -> str:
    """The status of an act that is `inner` by itself under a governor that says `outer`."""
    if outer in ("", KEEP) or inner == "":
        return inner
    if outer == NEGATED:
        return HAPPENED if inner == NEGATED else NEGATED
    if inner == NEGATED or outer == HAPPENED:
        return inner
    return POSSIBLE if POSSIBLE in (outer, inner) else PLANNED
