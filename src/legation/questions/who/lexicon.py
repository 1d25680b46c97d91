"""Which nouns name parties? The tables of words/<language>/who.toml, indexed by phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

IRREGULAR = {"men": "man", "women": "woman", "people": "people", "children": "child"}


def _tail(phrase: str) -> str:
    """The last part of one hyphenated word ("vice-minister"); "" of anything else."""
    return "" if " " in phrase else phrase.rpartition("-")[2]


class Lexicon:
    """Role phrases, institutions and small word sets of one language."""

    def __init__(
        self, table: Mapping[str, Any], titles: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        """Index a parsed who.toml; an empty table gives an empty lexicon.

        `titles` are more titles of offices: the key of the office and the sector.
        """
        self.roles = {p: s for s, rows in table.get("roles", {}).items() for p in rows}
        self.bodies = {p: s for s, rows in table.get("bodies", {}).items() for p in rows}
        self.proper = {p: s for s, rows in table.get("proper", {}).items() for p in rows}
        self.offices = {p: k for k, rows in table.get("offices", {}).items() for p in rows}
        for title, (office, sector) in (titles or {}).items():
            self.roles[title], self.offices[title] = sector, office
        self.like = {k: frozenset(rows) for k, rows in table.get("like", {}).items()}
        self.sets = {k: frozenset(rows) for k, rows in table.get("sets", {}).items()}
        self.abbreviations: dict[str, str] = dict(table.get("abbreviations", {}))
        self.epithets: dict[str, list[str]] = dict(table.get("epithets", {}))
        self.namesakes: dict[str, dict[str, list[str]]] = dict(table.get("namesakes", {}))
        self.things = {p: s for s, rows in table.get("things", {}).items() for p in rows}
        self.hyphens = {p: k for k, rows in table.get("hyphens", {}).items() for p in rows}
        self.prefixes: dict[str, str] = dict(table.get("prefixes", {}))
        self.peoples: dict[str, str] = {
            name: code for code, rows in table.get("peoples", {}).items() for name in rows
        }
        self.courts: dict[str, dict[str, str]] = dict(table.get("courts", {}))
        self.home: dict[str, str] = dict(table.get("home", {}))
        self.regional: dict[str, dict[str, Any]] = dict(table.get("regional", {}))
        self.alone: dict[str, Any] = dict(table.get("alone", {}))
        self.judged = {n: k for k, rows in table.get("judged", {}).items() for n in rows}
        self.eras: list[dict[str, Any]] = list(table.get("eras", ()))
        self.given = {n: g for g, rows in table.get("given", {}).items() for n in rows}
        self.after = {k: frozenset(rows) for k, rows in table.get("after", {}).items()}
        self.never = frozenset(table.get("never", {}).get("nouns", ()))
        self._phrases: dict[tuple[Sequence[str], str], str | None] = {}

    def is_like(self, kind: str, phrase: str) -> bool:
        """Is the phrase, or its last word, in one of the small sets ("former", "female" …)?"""
        words = self.like.get(kind, frozenset())
        return phrase in words or phrase.rpartition(" ")[2] in words

    def is_wide(self, name: str) -> bool:
        """Is it a part of the world that no one state fills: "Europe", "the Sahel"?"""
        return name.lower() in self.like.get("wide", ())

    def sector(self, phrase: str) -> str | None:
        """PLOVER sector of a role or institution phrase; None when it is neither."""
        return self.roles.get(phrase) or self.bodies.get(phrase)

    def phrase(self, words: Sequence[str], lemmas: Sequence[str]) -> str | None:
        """The known phrase that these words spell, in singular: "Foreign Ministers" too."""
        key = (tuple(words), lemmas[-1])
        if key not in self._phrases:  # each stretch is asked for by every word in it
            self._phrases[key] = self._phrase(*key)
        return self._phrases[key]

    def _phrase(self, words: Sequence[str], lemma: str) -> str | None:
        low = [word.lower().replace("’", "'") for word in words]
        last = low[-1]
        singular = {lemma.lower(), last, IRREGULAR.get(last, last)}
        singular |= {last[:-1]} if last.endswith("s") else set()
        singular |= {last[:-3] + "y"} if last.endswith("ies") else set()
        singular |= {last[:-3] + "man"} if last.endswith("men") else set()
        for form in (last, *sorted(singular - {last})):
            found = " ".join([*low[:-1], form]).replace(" - ", "-")
            for spelled in (found, found.replace("-", " "), _tail(found)):
                spelled = self.abbreviations.get(spelled, spelled)
                if spelled in self.roles or spelled in self.bodies:
                    if words[-1][:1].islower() or spelled not in self.like.get("common", ()):
                        return spelled
        return None
