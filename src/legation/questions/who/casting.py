"""The cast of a story: every noun phrase is read once and linked to the member it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from legation.questions.who import tree
from legation.questions.who.ground import ground
from legation.questions.who.lexicon import Lexicon
from legation.questions.who.members import Member, find
from legation.questions.who.names import DASHES, Names
from legation.questions.who.naming import read
from legation.questions.who.owning import PLACED, owned_by, relate
from legation.questions.who.reading import Reading
from legation.questions.who.sets import several
from legation.questions.who.setting import Setting
from legation.questions.who.short import PERSONAL, pronoun, resumed
from legation.story import Party, Sentence, Story
from legation.words import listed

DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "its", "his", "her", "their", "both"]
)
HEADLESS = frozenset(["flat", "compound", "amod", "goeswith", "fixed", "det", "case"])
APPOSABLE = ("person", "role", "body", "organ")


class Cast:
    """The members of one story and the way from a word to the party it denotes."""

    def __init__(self, story: Story, lexicon: Lexicon, world: Any) -> None:
        """Read the story's sentences in order, then ground what stayed without a country."""
        self.story, self.lexicon, self.world = story, lexicon, world
        self.setting = Setting(story, lexicon, world)
        self.names = Names(lexicon, world, self.setting)
        self.entries: list[Member] = []
        self.of: dict[tuple[int, int], Member] = {}
        self.at: dict[int, list[int]] = {}  # words of each sentence that head a party
        self._recent: dict[int, Member] = {}  # members by id, latest mentioned last
        self._sets: dict[tuple[int, int], list[Member]] = {}
        self.groups: dict[tuple[int, int], list[Member]] = {}  # sets met so far
        self.resumed: dict[tuple[int, int], Member | None] = {}  # "he" of sentences read
        self._busy: set[tuple[int, int]] = set()
        for s, sentence in enumerate(story.sentences):
            if s in self.setting.skipped:
                continue
            for w in range(len(sentence)):
                if self._heads_phrase(sentence, w):
                    if (s, w) not in self.of:
                        self._meet(s, w)
                    if len(group := self.several(s, w)) > 1:
                        self.groups[s, w] = group
        ground(self)

    # what events ask

    def party(self, s: int, w: int) -> Party | None:
        """The party that the noun phrase headed by word w of sentence s denotes, or None."""
        found = self.member(s, w)
        return self._party(s, w, found) if found else None

    def parties(self, s: int, w: int) -> tuple[Party, ...]:
        """The same for phrases that stand for several parties: "both countries", "they"."""
        members = self.several(s, w)
        if members:
            return tuple(self._party(s, w, member) for member in members)
        one = self.party(s, w)
        member = self.of.get((s, w))
        if one and member and member.plural and len(member.owners) > 1:
            return tuple(self._share(one, member.phrase, code) for code in member.owners)
        return (one,) if one else ()

    def several(self, s: int, w: int) -> list[Member]:
        """The members of a set phrase, found once."""
        if (s, w) not in self._sets:
            self._sets[s, w] = []
            self._sets[s, w] = several(self, s, w)
        return self._sets[s, w]

    def modifier(self, s: int, w: int) -> tuple[Party, ...]:
        """The parties named in the modifiers of noun w: "the US-China talks", "Iran's envoy".

        A state in front of a weapon or a ship is its armed forces: "Turkish drones".
        """
        sentence = self.story.sentences[s]
        army = self.lexicon.things.get(sentence.lemmas[w].lower(), "")
        found: list[Party] = []
        common: list[Party] = []
        for child in tree.children(sentence, w):
            kind = tree.label(sentence, child)
            if kind == "nmod:poss":
                for one in tree.conjuncts(sentence, child):
                    found += self.parties(s, one)
            elif kind.partition(":")[0] in ("amod", "compound", "nmod") and child < w:
                for one in tree.conjuncts(sentence, child):
                    named = sentence.words[one][:1].isupper()
                    (found if named else common).extend(self._adjective(s, one))
        if common and len(found) == 1 and common[0].sector in ("MIL", "COP", "SPY", "LEG"):
            found = [replace(p, sector=common[0].sector) for p in found]  # "a Syrian army depot"
        found = found or common
        if sentence.lemmas[w].lower() in listed("befalling"):
            found = [replace(p, sector="CVL") if self._town(p) else p for p in found]
        if army:
            found = [
                replace(p, sector=army) if p.sector == "GOV" and p.country else p for p in found
            ]
        return tuple({(p.country, p.name, p.sector): p for p in found}.values())

    def _town(self, party: Party) -> bool:
        """Is it the name of a town: "the Nairobi attack" struck it?"""
        if party.sector != "GOV" or party.name:
            return False
        return any(e.kind in ("city", "seat") for e in self.world.find(party.text))

    def dominant(self, s: int = -1, without: Iterable[str | None] = ()) -> str | None:
        """The country that the story names most, near sentence s above all; None when none."""
        return self.setting.dominant(s, without)

    def member(self, s: int, w: int) -> Member | None:
        """The member a word stands for: as head, inside a name, or as a pronoun."""
        sentence = self.story.sentences[s]
        if (s, w) in self.of:
            return self.of[s, w]
        if (s, w) in self._busy or s in self.setting.skipped:
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

    # parties

    def _share(self, party: Party, phrase: str, code: str) -> Party:
        """One of several holders: "the foreign ministers of France and Germany"."""
        holder = self.names.holder(phrase, code)
        if holder is None:
            entity = ":".join(("role", code, party.sector, phrase))
            return replace(party, country=code, name=None, entity=entity)
        return replace(party, country=code, name=holder.name, entity=holder.entity)

    def _adjective(self, s: int, w: int) -> list[Party]:
        sentence = self.story.sentences[s]
        first, last = tree.core(sentence, w)
        owners = self.names.owners(sentence, first, last) if sentence.words[w][:1].isupper() else []
        found = []
        for owner in owners:
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
        if found:
            return found
        if self._barred(sentence, w):
            return []
        known = self.of.get((s, w)) or (
            self.named(sentence.words[w]) if sentence.words[w][:1].isupper() else None
        )
        if known is None and sentence.tags[w] in ("NOUN", "PROPN"):
            known = self.repeated(sentence.lemmas[w].lower())
            if known is None and self.lexicon.sector(sentence.lemmas[w].lower()):
                role = read(self.names, sentence, w)
                if role and role.kind in ("role", "organ"):
                    code = role.country or self.setting.dominant(s)
                    known = Member(role.kind, None, code, role.sector, phrase=role.phrase)
        return [self._party(s, w, known)] if known else []

    def _barred(self, sentence: Sentence, w: int) -> bool:
        """Does "-backed" or "-made" follow, so that the name is no owner?"""
        if w + 2 >= len(sentence) or sentence.words[w + 1] not in DASHES:
            return False
        return self.lexicon.hyphens.get(sentence.words[w + 2].lower()) == "other"

    def _party(self, s: int, w: int, member: Member) -> Party:
        sentence = self.story.sentences[s]
        first, last = tree.extent(sentence, w)
        start, end = sentence.starts[first], sentence.ends[last]
        name, entity = member.name, member.entity
        if member.kind == "role" and not member.plural and not name and not member.former:
            holder = self.names.holder(member.phrase, member.country, member.body)
            if holder:
                name, entity = holder.name, holder.entity
        if not entity and member.kind in ("role", "organ", "people"):
            entity = ":".join(("role", member.country or "", member.sector, member.phrase))
        return Party(
            self.story.text[start:end], name, member.country, member.sector, member.role, entity,
            start=start, end=end,
        )  # fmt: skip

    # reading

    def _heads_phrase(self, sentence: Sentence, w: int) -> bool:
        if sentence.tags[w] not in ("NOUN", "PROPN", "ADJ", "X", "NUM"):
            return False
        if tree.label(sentence, w) == "nmod:desc" or tree.base(sentence, w) in HEADLESS:
            return False
        return sentence.tags[w] != "ADJ" or any(
            tree.label(sentence, c) in ("det", "nmod:poss") for c in tree.children(sentence, w)
        )

    def _meet(self, s: int, w: int) -> None:
        """Read one phrase, link it to a member or add a new one."""
        sentence = self.story.sentences[s]
        if counted := _counted(self.lexicon, sentence, w):
            if (found := self.member(s, counted)) and found.plural:
                self.of[s, w] = found
                self.at.setdefault(s, []).append(w)
            return
        reading = self._epithet(sentence, w) or read(self.names, sentence, w)
        if reading is None:
            return
        first, _ = tree.core(sentence, w)
        definite = sentence.words[first].lower() in DEFINITE or bool(self._possessor(sentence, w))
        if reading.kind == "role" and reading.phrase in self.lexicon.like.get("country", ()):
            reading.sector = "GOV"
        kin = owned_by(self, s, w, reading)
        relate(self, s, w, reading, kin)
        member = self._apposed(s, w, reading) or self._predicated(s, w, reading)
        if member is None and not (reading.kind == "role" and self._explained(sentence, w)):
            member = find(self._resumable(s, reading), reading, definite, self.lexicon)
        if member is None:
            member = Member(reading.kind, plural=reading.plural)
            self.entries.append(member)
        elif reading.kind == "person" and member.kind == "role":
            member.kind = "person"
        member.learn(reading)
        if member.kin is None and kin is not member:
            member.kin = kin
        member.mentions.append((s, w))
        self.of[s, w] = member
        self.at.setdefault(s, []).append(w)
        self._recent.pop(id(member), None)
        self._recent[id(member)] = member

    def _resumable(self, s: int, reading: Reading) -> Iterable[Member]:
        """Members that a phrase can resume, latest first; of a round-up only the paragraph's own.

        In "Togo: sanctions go." and "Bolivia: roads shut." the government is not the same.
        """
        first = self.setting.section(s)
        recent = reversed(self._recent.values())
        if not first or reading.kind not in ("role", "organ"):
            return recent
        return [m for m in recent if m.mentions[-1][0] >= first]

    def near(self, s: int, w: int, reach: int) -> list[tuple[tuple[int, int], Member]]:
        """Mentions before word w of sentence s, at most `reach` sentences back, in order."""
        return [
            ((at, word), self.of[at, word])
            for at in range(max(0, s - reach), s + 1)
            for word in sorted(self.at.get(at, ()))
            if at < s or word < w
        ]

    def _explained(self, sentence: Sentence, w: int) -> bool:
        """Does a name follow that says who holds the role: "its president, Faith Odhiambo"?"""
        return any(
            tree.base(sentence, c) == "appos" and sentence.tags[c] == "PROPN"
            for c in tree.children(sentence, w)
        )

    def _apposed(self, s: int, w: int, reading: Reading) -> Member | None:
        """The member that w stands beside: "Song Tao, a special envoy".

        One person's name tells nothing of another's: in "a spokesman for Obi, Yunusa Tanko", the
        second is the spokesman, wherever the parser hangs it.
        """
        sentence = self.story.sentences[s]
        head = sentence.heads[w]
        if tree.base(sentence, w) != "appos" or head < 0:
            return None
        member = self.of.get((s, head))
        if member and reading.name and reading.kind == member.kind == "person" and member.name:
            owner = sentence.heads[head]
            member = self.of.get((s, owner)) if tree.base(sentence, head) == "nmod" else None
            member = member if member and member.kind == "role" and not member.name else None
        if member and member.plural and reading.kind == "person":  # "its leaders, Joseph Kony …"
            reading.country = reading.country or member.country
            reading.sector = member.sector if reading.sector == "UNK" else reading.sector
            return None
        return member if member and member.kind in APPOSABLE else None

    def _predicated(self, s: int, w: int, reading: Reading) -> Member | None:
        """The person of whom w is said: "who is now the U.N. human rights chief"."""
        sentence = self.story.sentences[s]
        children = tree.children(sentence, w)
        if reading.kind not in ("role", "organ") or reading.plural:
            return None
        if not any(tree.base(sentence, c) == "cop" for c in children):
            return None
        denied = any(sentence.lemmas[c].lower() in ("not", "never") for c in children)
        for child in children if not denied else ():
            if tree.base(sentence, child) == "nsubj":
                member = self.member(s, child)
                if member and member.kind == "person":
                    now = {sentence.words[c].lower() for c in children} & {"now", "currently"}
                    if now and reading.country:
                        member.country, member.sector = reading.country, reading.sector
                        member.role, member.phrase = reading.role, reading.phrase
                        member.former = False
                    return member
        return None

    def _possessor(self, sentence: Sentence, w: int) -> list[int]:
        return [c for c in tree.children(sentence, w) if tree.label(sentence, c) == "nmod:poss"]

    def repeated(self, noun: str) -> Member | None:
        """The latest institution or group called so: "a coalition spokesman"."""
        bodies = (m for m in reversed(self.entries) if m.kind in ("organ", "role", "body"))
        return next(
            (
                m
                for m in bodies
                if noun
                and noun in (m.phrase.rpartition(" ")[2], (m.name or "").rpartition(" ")[2].lower())
            ),
            None,
        )

    def named(self, word: str) -> Member | None:
        """The latest-known member in whose name the word stands."""
        return next((m for m in self.entries if m.name and word in m.name.split()), None)

    def _epithet(self, sentence: Sentence, w: int) -> Reading | None:
        first, _ = tree.core(sentence, w)
        phrase = " ".join(sentence.words[first : w + 1]).lower()
        codes = self.lexicon.epithets.get(phrase)
        if not codes or (codes[1:] and sentence.words[w].islower() and phrase.count(" ") < 2):
            return None
        if codes[1:] and not set(codes) & (self.setting.told | {self.setting.dateline}):
            return None
        if codes[0] in self.setting.states:
            return Reading("state", None, codes[0], "GOV", entity=f"country:{codes[0]}")
        if tree.preposition(sentence, w) in PLACED:
            return None
        bodies = [e for e in self.world.find(codes[0]) if e.kind == "organisation"]
        name, entity = (bodies[0].name, bodies[0].entity) if bodies else (None, "")
        return Reading("body", name, codes[0], "IGO", entity=entity)


def _counted(lexicon: Lexicon, sentence: Sentence, w: int) -> int:
    """The word for what is counted, 0 for none: "hundreds of refugees" are refugees."""
    if sentence.lemmas[w].lower() not in lexicon.like.get("quantity", ()):
        return 0
    for child in tree.children(sentence, w):
        if tree.base(sentence, child) == "nmod" and tree.preposition(sentence, child) == "of":
            return child
    return 0
