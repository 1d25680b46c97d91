"""Who is in the story? Each member collects what all its mentions say; short forms find theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from legation.questions.who.lexicon import Lexicon
from legation.questions.who.naming import Reading


@dataclass(slots=True)
class Member:
    """One party of the story; its mentions are (sentence, word) pairs in order."""

    kind: str
    name: str | None = None
    country: str | None = None
    sector: str = "UNK"
    role: str = ""
    phrase: str = ""
    entity: str = ""
    plural: bool = False
    owners: tuple[str, ...] = ()
    gender: str = ""
    guessed: bool = False
    mentions: list[tuple[int, int]] = field(default_factory=list)

    def learn(self, reading: Reading) -> None:
        """Fill what was unknown; a later mention also explains the earlier ones."""
        self.name = self.name or reading.name
        if reading.name and self.name and len(reading.name) > len(self.name):
            self.name = reading.name if self.kind == "person" else self.name
        if self.country is None or (self.guessed and reading.country and not reading.guessed):
            self.country, self.guessed = reading.country, reading.guessed
        if self.sector == "UNK" or reading.former:
            self.sector = reading.sector if reading.sector != "UNK" else self.sector
        self.role, self.phrase = self.role or reading.role, self.phrase or reading.phrase
        self.gender = self.gender or reading.gender
        self.owners = self.owners or reading.owners
        if not self.entity or (self.entity.startswith("story:") and reading.entity):
            self.entity = reading.entity or self.entity


def find(
    members: Iterable[Member], reading: Reading, definite: bool, lexicon: Lexicon
) -> Member | None:
    """The member that a reading repeats, latest mentioned first; None when it is somebody new."""
    recent = sorted(members, key=lambda m: m.mentions[-1], reverse=True)
    for member in recent:
        if reading.kind == "state" and member.kind == "state":
            same = member.country == reading.country and member.sector == reading.sector
        elif reading.kind in ("person", "body"):
            same = member.kind == reading.kind and _same_name(member, reading)
        elif reading.kind in ("role", "organ"):
            same = _same_role(member, reading, definite, lexicon)
        else:
            same = False
        if same:
            return member
    return None


def _same_name(member: Member, reading: Reading) -> bool:
    if reading.entity and reading.entity == member.entity:
        return True
    if not reading.name or not member.name:
        return False
    short, long = sorted((reading.name.split(), member.name.split()), key=len)
    if member.kind == "body":
        initials = "".join(word[0] for word in long if word[:1].isupper())
        return short == long or (len(short) == 1 and short[0] == initials and len(initials) > 1)
    return len(short) < len(long) and short in (long[-len(short) :], long[: len(short)])


def _same_role(member: Member, reading: Reading, definite: bool, lexicon: Lexicon) -> bool:
    if reading.plural != member.plural or reading.former:
        return False
    if reading.country and member.country and reading.country != member.country:
        return False
    same = member.phrase.rpartition(" ")[2] == reading.phrase.rpartition(" ")[2] != ""
    if reading.kind == "organ" and definite and member.kind == "body" and not reading.country:
        last = (member.name or "").lower().rpartition(" ")[2]
        judges = reading.sector == member.sector == "JUD"
        return judges or last == reading.phrase.rpartition(" ")[2]
    if reading.kind == "organ":
        return member.kind == "organ" and member.phrase == reading.phrase and definite
    if same:
        return definite or bool(reading.country and member.country and reading.name)
    if not definite or reading.country:
        return False
    if reading.phrase in lexicon.like.get("group", ()):
        return member.kind == "body"
    return reading.phrase in lexicon.like.get("person", ()) and member.kind == "person"
