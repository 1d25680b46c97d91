"""Which voice does a noun name: a party, the owner of a document, an outlet, somebody unnamed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.questions.tree import Tree
from legation.questions.who import Cast
from legation.story import Party, Story

MEDIA = frozenset(
    [
        "newspaper",
        "daily",
        "agency",
        "radio",
        "television",
        "broadcaster",
        "weekly",
        "medium",
        "media",
    ]
)  # outlets without a name: the voice is the outlet, not its country
OFFICES = frozenset(["office", "team", "side", "camp", "delegation", "headquarters", "entourage"])


class Speakers:
    """The voices of one story, by the word that names them."""

    def __init__(
        self, story: Story, trees: Sequence[Tree], cast: Cast, table: Mapping[str, Any]
    ) -> None:
        """Keep the story and index the nouns of voices and manners."""
        self.story, self.trees, self.cast = story, trees, cast
        self.manners: dict[str, str] = {
            n: m for m, rows in table.get("manners", {}).items() for n in rows
        }
        anonymous = table.get("anonymous", {})
        self.voices = frozenset(anonymous.get("nouns", ()))
        self.sectors = dict(anonymous.get("sectors", {}))

    def party(self, s: int, w: int, speaks: bool = False) -> list[Party]:
        """The voice that a noun names: a party, the owner of a document, or somebody unnamed."""
        tree = self.trees[s]
        lemma = tree.lemmas[w]
        if lemma in MEDIA and tree.tags[w] == "NOUN":
            outlets = [p for p in self.cast.parties(s, w) if p.sector == "JRN"]
            return outlets or [self._unnamed(s, w)]
        if lemma in self.manners and tree.tags[w] == "NOUN":
            owners = [p for o in tree.possessors(w) for p in self.cast.parties(s, o)]
            owners = owners or list(self.cast.modifier(s, w))
            for preposition, noun in tree.obliques(w):
                if preposition in ("by", "from", "of") and not owners:
                    owners = list(self.cast.parties(s, noun))
            if owners:
                return [replace(p, manner=self.manners[lemma]) for p in owners]
        found = list(self.cast.parties(s, w))
        if found:
            return found
        if speaks or lemma in self.voices or tree.tags[w] == "PROPN":
            return [self._unnamed(s, w)]
        return []

    def _unnamed(self, s: int, w: int) -> Party:
        """A voice that is known by its noun only: "a clerk in Tashkent", "Kenyan radio"."""
        tree, lemma = self.trees[s], self.trees[s].lemmas[w]
        start, end = self._extent(tree, w)
        text = self.story.text[start:end]
        owners = [p for o in tree.possessors(w) for p in self.cast.parties(s, o)]
        owners += self.cast.modifier(s, w)
        owners += [
            p
            for preposition, noun in tree.obliques(w)
            if preposition in ("in", "at", "of", "from")
            for p in self.cast.parties(s, noun)
        ]
        country = next((p.country for p in owners if p.country), None)
        lent = owners[0].sector if owners and lemma in OFFICES else "UNK"
        known = self.sectors.get(lemma) or self.cast.lexicon.sector(lemma) or lent
        return Party(text, None, country, known, lemma, start=start, end=end)

    def _extent(self, tree: Tree, w: int) -> tuple[int, int]:
        inside = [w, *(c for c in tree.children[w] if c < w and tree.base[c] != "case")]
        return tree.span(min(inside))[0], tree.span(w)[1]
