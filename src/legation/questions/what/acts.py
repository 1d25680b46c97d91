"""An act on its way to becoming an event, a pattern turned down, and the scene they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.who import Cast, political
from legation.story import Opinion, Party
from legation.words import Words, listed

OFFICIAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "IGO", "REB", "PTY", "OPP", "SPY"])
OWNED = frozenset(
    ["by", "of", "from", "between", "among", "against", "in", "on", "towards", "with"]
)
PLACING = frozenset(["in", "on"])
HARM = frozenset(["ASSAULT", "COERCE"])
VICTIMS_AFTER = frozenset(["on", "against"])


@dataclass(frozen=True, slots=True)
class Act:
    """One candidate event of sentence `s` at word `match.word`; `anchor` is its support verb.

    `inner` is the frame of the act that an operator took in, `operator` the row that did;
    `governor` the operator's word that status and source are asked from, when it is not `word`;
    `settled` says that the act's own verb group is used up ("would not leave"). `opinion` is what
    the model thinks of the trigger, `spoke` who found the act: "rules", "model" or "both".
    """

    s: int
    match: Match
    type: str
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    anchor: int | None = None
    inner: str = ""
    operator: str = ""
    governor: int | None = None
    settled: bool = False
    opinion: Opinion | None = None
    spoke: str = "rules"

    @property
    def asked(self) -> int:
        """The word from which status and source are asked."""
        return self.match.word if self.governor is None else self.governor

    @property
    def word(self) -> int:
        """Number of the trigger word in its sentence."""
        return self.match.word


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pattern that stood at a word but gave no act, and why (for `explain`)."""

    s: int
    word: int
    frame: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Sentence `s` of a story with its tree, and what is known about the parties and the words."""

    s: int
    tree: Tree
    cast: Cast
    words: Words
    support: Mapping[str, frozenset[str]]

    def parties(
        self, nouns: Iterable[int], owned: bool = False, placed: bool = True
    ) -> tuple[Party, ...]:
        """The parties that nouns denote; with `owned` also those that things belong to.

        Without `placed` a thing does not belong to where it is: "a truce in Moscow".
        """
        found: list[Party] = []
        for noun in nouns:
            parties = self.cast.parties(self.s, noun)
            if not parties and owned:
                parties = self.around(noun, placed=placed)
            found += parties
        return unique(found)

    def around(
        self, noun: int, skip: Sequence[Party] = (), placed: bool = True, deep: bool = True
    ) -> tuple[Party, ...]:
        """Parties named around a thing: "Iran's decision", "the ports of Eritrea".

        Also inside an "of …" ("$3 billion of Chinese goods") and as the doer of a participle
        ("talks called by the president").
        """
        found = [p for p in self.cast.modifier(self.s, noun) if political(p) and not struck(p)]
        if len({p.country for p in found}) > 1 and self.tree.lemmas[noun] in listed("between"):
            found = []  # "the Syrian-Turkish border" is a place
        suffered = self._suffered(noun)
        for preposition, other in self.tree.obliques(noun):
            if preposition in suffered:
                continue
            if preposition in OWNED and (placed or preposition not in PLACING):
                near = [p for p in self.cast.parties(self.s, other) if political(p)]
                if not near and deep and preposition == "of":
                    near = list(self.around(other, skip, placed, deep=False))
                found += near
        if not found:
            for verb in self.tree.under(noun, "acl"):
                doers = self.tree.agents(verb) if self.tree.passive(verb) else ()
                found += [p for one in doers for p in self.cast.parties(self.s, one)]
        return tuple(p for p in unique(found) if not same_in(p, skip))

    def _suffered(self, noun: int) -> frozenset[str]:
        """The prepositions after which a deed names its victims: "the attack on the convoy"."""
        frames = [
            self.words.frame(row)
            for row in self.words.patterns["noun"].get(self.tree.lemmas[noun], ())
        ]
        harm = [frame for frame in frames if frame.type in HARM]
        if not harm:
            return frozenset()
        return (
            VICTIMS_AFTER if any(frame.of == "actor" for frame in harm) else VICTIMS_AFTER | {"of"}
        )


def struck(party: Party) -> bool:
    """Is it the town that a deed befell: "the Nairobi bombing" (who/casting.py)?"""
    return party.sector == "CVL" and party.entity.startswith("country:")


def official(actors: Iterable[Party]) -> bool:
    """Does somebody act who speaks for a state, a body or an armed group?"""
    return any(p.sector in OFFICIAL and (p.country or p.name) for p in actors)


def unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties without repetition, in order."""
    kept: list[Party] = []
    for party in parties:
        if not same_in(party, kept):
            kept.append(party)
    return tuple(kept)


def same_in(party: Party, others: Iterable[Party]) -> bool:
    """Is the party already among others: same entity, or same country, name and sector?"""
    for other in others:
        if party.entity and party.entity == other.entity and party.sector == other.sector:
            return True
        if (party.country, party.name, party.sector, party.text.lower()) == (
            other.country,
            other.name,
            other.sector,
            other.text.lower(),
        ):
            return True
    return False
