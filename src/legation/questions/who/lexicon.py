"""Which nouns name parties? The tables of words/<language>/who.toml, indexed by phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

IRREGULAR = {"men": "man", "women": "woman", "people": "people", "children": "child"}


class Lexicon:
    """Role phrases, institutions and small word sets of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Index a parsed who.toml; an empty table gives an empty lexicon."""
        self.roles = {p: s for s, rows in table.get("roles", {}).items() for p in rows}
        self.bodies = {p: s for s, rows in table.get("bodies", {}).items() for p in rows}
        self.proper = {p: s for s, rows in table.get("proper", {}).items() for p in rows}
        self.offices = {p: k for k, rows in table.get("offices", {}).items() for p in rows}
        self.like = {k: frozenset(rows) for k, rows in table.get("like", {}).items()}
        self.sets = {k: frozenset(rows) for k, rows in table.get("sets", {}).items()}
        self.abbreviations: dict[str, str] = dict(table.get("abbreviations", {}))
        self.epithets: dict[str, list[str]] = dict(table.get("epithets", {}))
        self.never = frozenset(table.get("never", {}).get("nouns", ()))

    def is_like(self, kind: str, phrase: str) -> bool:
        """Is the phrase, or its last word, in one of the small sets ("former", "female" …)?"""
        words = self.like.get(kind, frozenset())
        return phrase in words or phrase.rpartition(" ")[2] in words

    def sector(self, phrase: str) -> str | None:
        """PLOVER sector of a role or institution phrase; None when it is neither."""
        return self.roles.get(phrase) or self.bodies.get(phrase)

    def phrase(self, words: Sequence[str], lemmas: Sequence[str]) -> str | None:
        """The known phrase that these words spell, in singular: "Foreign Ministers" too."""
        low = [word.lower().replace("’", "'") for word in words]
        last = low[-1]
        singular = {lemmas[-1].lower(), last, IRREGULAR.get(last, last)}
        singular |= {last[:-1]} if last.endswith("s") else set()
        singular |= {last[:-3] + "y"} if last.endswith("ies") else set()
        singular |= {last[:-3] + "man"} if last.endswith("men") else set()
        for form in (last, *sorted(singular - {last})):
            found = " ".join([*low[:-1], form]).replace(" - ", "-")
            found = self.abbreviations.get(found, found)
            if found in self.roles or found in self.bodies:
                return found
        return None
