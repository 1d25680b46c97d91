"""The cast of a story: every noun phrase is read once and linked to the member it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from legation.questions.who import tree
from legation.questions.who.lexicon import Lexicon
from legation.questions.who.members import Member, find
from legation.questions.who.naming import Names, Reading, read
from legation.questions.who.short import PERSONAL, SUBJECTS, pronoun, resumed, several
from legation.story import Party, Sentence, Story

DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "its", "his", "her", "their", "both"]
)
PLACED = frozenset(["in", "at", "near", "outside", "inside", "around", "across", "of", "from"])


class Cast:
    """The members of one story and the way from a word to the party it denotes."""

    def __init__(self, story: Story, lexicon: Lexicon, world: Any) -> None:
        """Read the story's sentences in order."""
        self.story, self.lexicon, self.world = story, lexicon, world
        self.names = Names(lexicon, world, story.published)
        self.entries: list[Member] = []
        self.of: dict[tuple[int, int], Member] = {}
        self._dateline = self._place_of_dateline()
        self._named_in: list[set[str]] = []
        self._weights = self._weigh()
        self._busy: set[tuple[int, int]] = set()
        for s, sentence in enumerate(story.sentences):
            for w in range(len(sentence)):
                if self._heads_phrase(sentence, w):
                    self._meet(s, w)

    def party(self, s: int, w: int) -> Party | None:
        """The party that the noun phrase headed by word w of sentence s denotes, or None."""
        found = self.member(s, w)
        return self._party(s, w, found) if found else None

    def parties(self, s: int, w: int) -> tuple[Party, ...]:
        """The same for phrases that stand for several parties: "both countries", "they"."""
        members = several(self, s, w)
        if members:
            return tuple(self._party(s, w, member) for member in members)
        one = self.party(s, w)
        shared = self.of[s, w].owners if (s, w) in self.of else ()
        if one and len(shared) > 1 and self.of[s, w].plural:
            return tuple(self._share(one, self.of[s, w].phrase, code) for code in shared)
        return (one,) if one else ()

    def modifier(self, s: int, w: int) -> tuple[Party, ...]:
        """The parties named in the modifiers of noun w: "the US-China talks", "Iran's envoy"."""
        sentence = self.story.sentences[s]
        found: list[Party] = []
        for child in tree.children(sentence, w):
            kind = tree.label(sentence, child)
            if kind == "nmod:poss":
                for one in tree.conjuncts(sentence, child):
                    found += self.parties(s, one)
            elif kind.partition(":")[0] in ("amod", "compound", "nmod") and child < w:
                for one in tree.conjuncts(sentence, child):
                    found += self._adjective(s, one)
        return tuple({(p.country, p.name, p.sector): p for p in found}.values())

    def _share(self, party: Party, phrase: str, code: str) -> Party:
        """One of several holders: "the foreign ministers of France and Germany"."""
        holder = self.names.holder(phrase, code)
        if holder is None:
            return replace(party, country=code)
        return replace(party, country=code, name=holder.name, entity=holder.entity)

    def _adjective(self, s: int, w: int) -> list[Party]:
        sentence = self.story.sentences[s]
        if not sentence.words[w][:1].isupper():
            role = self.party(s, w) if sentence.tags[w] == "NOUN" else None
            return [role] if role else []
        first, last = tree.core(sentence, w)
        found = []
        for owner in self.names.owners(sentence, first, last):
            state = owner.kind in ("country", "demonym", "seat", "city", "region")
            found.append(
                Party(
                    sentence.words[w],
                    None if state else owner.name,
                    owner.country,
                    "GOV" if state else owner.sector or "UNK",
                    entity=f"country:{owner.country}" if state else owner.entity,
                    start=sentence.starts[w],
                    end=sentence.ends[w],
                )
            )
        known = self.of.get((s, w)) or next(
            (m for m in self.entries if m.name and sentence.words[w] in m.name.split()), None
        )
        return found or ([self._party(s, w, known)] if known else [])

    def _party(self, s: int, w: int, member: Member) -> Party:
        sentence = self.story.sentences[s]
        first, last = tree.extent(sentence, w)
        start, end = sentence.starts[first], sentence.ends[last]
        text, name, sector, country = (
            self.story.text[start:end],
            member.name,
            member.sector,
            member.country,
        )
        entity = member.entity
        if member.kind == "role" and not member.plural and not name:
            holder = self.names.holder(member.phrase, country)
            if holder:
                name, entity = holder.name, holder.entity
        return Party(text, name, country, sector, member.role, entity, start=start, end=end)

    def _heads_phrase(self, sentence: Sentence, w: int) -> bool:
        if sentence.tags[w] not in ("NOUN", "PROPN", "ADJ", "X", "NUM"):
            return False
        kind = tree.base(sentence, w)
        if tree.label(sentence, w) == "nmod:desc" or kind in (
            "flat",
            "compound",
            "amod",
            "goeswith",
            "fixed",
            "det",
            "case",
        ):
            return False
        return sentence.tags[w] != "ADJ" or any(
            tree.label(sentence, c) == "det" for c in tree.children(sentence, w)
        )

    def _meet(self, s: int, w: int) -> None:
        """Read one phrase, link it to a member or add a new one."""
        sentence = self.story.sentences[s]
        reading = self._epithet(sentence, w) or read(self.names, sentence, w)
        if reading is None:
            return
        first, _ = tree.core(sentence, w)
        definite = sentence.words[first].lower() in DEFINITE
        if reading.kind == "role" and reading.phrase in self.lexicon.like.get("country", ()):
            reading.sector = "GOV"
        self._owner(s, w, reading)
        member = self._apposed(s, w)
        if member is None and not (reading.kind == "role" and self._explained(sentence, w)):
            member = find(self.entries, reading, definite, self.lexicon)
        if member is None:
            self._ground(s, w, reading, definite)
            member = Member(reading.kind, plural=reading.plural)
            member.learn(reading)
            member.mentions.append((s, w))
            self.entries.append(member)
        else:
            if reading.kind == "person" and member.kind == "role":
                member.kind = "person"
            member.learn(reading)
            member.mentions.append((s, w))
        self.of[s, w] = member

    def _explained(self, sentence: Sentence, w: int) -> bool:
        """Does a name follow that says who holds the role: "its president, Faith Odhiambo"?"""
        return any(
            tree.base(sentence, c) == "appos" and sentence.tags[c] == "PROPN"
            for c in tree.children(sentence, w)
        )

    def _apposed(self, s: int, w: int) -> Member | None:
        """The member that w stands beside: "Song Tao, a special envoy"."""
        sentence = self.story.sentences[s]
        head = sentence.heads[w]
        if tree.base(sentence, w) != "appos" or head < 0:
            return None
        member = self.of.get((s, head))
        return member if member and member.kind in ("person", "role", "body") else None

    def _owner(self, s: int, w: int, reading: Reading) -> None:
        """Country from a possessor or "of …": "Japan's minister", "the president of France"."""
        if reading.country or reading.kind in ("state", "place", "people"):
            return
        sentence = self.story.sentences[s]
        for child in tree.children(sentence, w):
            kind = tree.label(sentence, child)
            loose = kind.startswith("nmod") and tree.preposition(sentence, child) in PLACED
            if kind == "nmod:poss" or loose:
                owner = self.member(s, child)
                if owner and (owner.country or not owner.name):
                    reading.country = owner.country
                    if reading.plural:
                        several = [self.member(s, c) for c in tree.conjuncts(sentence, child)]
                        reading.owners = tuple(m.country for m in several if m and m.country)
                    principal = self.lexicon.is_like("principal", reading.phrase)
                    inside = owner.kind in ("body", "organ") and principal
                    if owner.sector != "UNK" and (inside or reading.sector == "UNK"):
                        reading.sector = owner.sector
                    return
            if kind == "compound" and (known := self._named(sentence.words[child])):
                reading.country = known.country
                return
            if kind == "compound" and (body := self._repeated(sentence.lemmas[child].lower())):
                reading.country = body.country
                if self.lexicon.is_like("principal", reading.phrase) and body.sector != "UNK":
                    reading.sector = body.sector
                return

    def _repeated(self, noun: str) -> Member | None:
        """The latest institution or group called so: "a coalition spokesman"."""
        bodies = (m for m in reversed(self.entries) if m.kind in ("organ", "role", "body"))
        return next((m for m in bodies if noun and m.phrase.rpartition(" ")[2] == noun), None)

    def _named(self, word: str) -> Member | None:
        return next((m for m in self.entries if m.name and word in m.name.split()), None)

    def _ground(self, s: int, w: int, reading: Reading, definite: bool) -> None:
        """Country of a bare role: the place of the act, else the country the story is about."""
        rootless = reading.phrase in self.lexicon.like.get("rootless", ())
        kinds = ("role", "organ", "person", "body", "place")
        known = reading.entity and not reading.entity.startswith("story:")
        if reading.country or rootless or known or reading.kind not in kinds:
            return
        if reading.kind in ("body", "place") or (reading.kind == "person" and not reading.phrase):
            reading.country, reading.guessed = self.dominant(s), True
            return
        if code := self._office_country(reading):
            reading.country = code
            return
        sentence = self.story.sentences[s]
        local = not (definite and reading.sector in ("GOV", "LEG", "PTY", "OPP"))
        for other in range(len(sentence) if local else 0):
            if tree.base(sentence, other) in ("obl", "nmod") and tree.preposition(
                sentence, other
            ) in ("in", "at", "near", "outside", "inside", "into"):
                entries = read(self.names, sentence, other) if other != w else None
                if entries and entries.kind in ("state", "place") and entries.country:
                    reading.country = entries.country
                    return
        subjects = [
            m.country
            for (at, word), m in self.of.items()
            if at == s
            and m.country
            and m.sector != "IGO"
            and tree.label(self.story.sentences[at], word) in SUBJECTS
        ]
        reading.country = subjects[-1] if subjects else self.dominant(s)
        reading.guessed = True

    def _office_country(self, reading: Reading) -> str | None:
        """The country of the story in which this named person holds the title on the day."""
        codes = [self._dateline, *(m.country for m in reversed(self.entries))]
        for code in dict.fromkeys(codes):
            holder = self.names.holder(reading.phrase, code) if reading.name else None
            if holder and reading.name and set(holder.name.split()) & set(reading.name.split()):
                reading.name, reading.entity = holder.name, holder.entity
                return code
        return None

    def dominant(self, s: int = -1, without: Iterable[str | None] = ()) -> str | None:
        """The country that the story names most often, near sentence s above all; None when none.

        A mention counts 0.6 for each sentence that it stands before s, and a fifth anywhere.
        """
        found: dict[str, float] = {}
        for code, count in self._weights.items():
            found[code] = 0.2 * count
        for at in range(max(0, s - 4), min(s + 1, len(self._named_in))):
            for code in self._named_in[at]:
                found[code] = found.get(code, 0.0) + 0.6 ** (s - at)
        for known in without:
            found.pop(known or "", None)
        return max(found, key=lambda code: found[code]) if found else None

    def _weigh(self) -> Counter[str]:
        """How often each country is named, adjectives and capitals too; the date line counts 2."""
        found: Counter[str] = Counter([self._dateline] * 2 if self._dateline else [])
        for sentence in self.story.sentences:
            here: set[str] = set()
            people = sentence.names or ("O",) * len(sentence)
            for word, tag in set(zip(sentence.words, people, strict=True)):
                if word[:1].isupper() and not tag.endswith("PER"):
                    here |= self._states(word)
            for one, two in pairwise(sentence.words):
                if one[:1].isupper() and two[:1].isupper():
                    here |= self._states(f"{one} {two}")
            self._named_in.append(here)
            found.update(here)
        return found

    def _states(self, name: str) -> set[str]:
        """Codes of the states that a name, an adjective or a capital stands for."""
        entries = self.world.find(name)
        named = {e.country for e in entries if e.kind in ("country", "demonym") and e.country}
        return named or {e.country for e in entries if e.capital and e.country}

    def _place_of_dateline(self) -> str | None:
        """Country of "NAIROBI, Kenya -" at the head of the story."""
        head = self.story.text[:60]
        for mark in (" - ", " — ", " – ", " (Reuters)", " (AP)", " (AFP)"):
            if mark in head:
                place = head.partition(mark)[0].split(",")[0].split("/")[0].strip()
                entries = self.world.find(place) or self.world.find(place.title())
                entries = entries if place.isupper() else ()
                return next((e.country for e in entries if e.kind in ("city", "country")), None)
        return None

    def _epithet(self, sentence: Sentence, w: int) -> Reading | None:
        first, _ = tree.core(sentence, w)
        phrase = " ".join(sentence.words[first : w + 1]).lower()
        codes = self.lexicon.epithets.get(phrase)
        if not codes or (codes[1:] and sentence.words[w].islower() and phrase.count(" ") < 2):
            return None
        country = self.world.country(codes[0])
        if codes[1:] and not any(
            m.country in codes or (country and country.name in self.story.text)
            for m in self.entries
        ):
            return None
        return Reading("state", None, codes[0], "GOV", entity=f"country:{codes[0]}")

    def member(self, s: int, w: int) -> Member | None:
        """The member a word stands for: as head, inside a name, or as a pronoun."""
        sentence = self.story.sentences[s]
        if (s, w) in self.of:
            return self.of[s, w]
        if (s, w) in self._busy:
            return None
        self._busy.add((s, w))
        try:
            low = sentence.words[w].lower()
            if sentence.tags[w] in ("PRON", "DET") or low in PERSONAL:
                return pronoun(self, s, w, low)
            if tree.base(sentence, w) == "flat" and sentence.heads[w] >= 0:
                return self.member(s, sentence.heads[w])
            if self._heads_phrase(sentence, w):
                self._meet(s, w)
            return self.of.get((s, w)) or resumed(self, s, w, low)
        finally:
            self._busy.discard((s, w))
