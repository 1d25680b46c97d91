"""Who is in the story? Each member collects what all its mentions say; short forms find theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from legation.questions.who.lexicon import Lexicon
from legation.questions.who.reading import Reading, slug
from legation.words import listed

GROUPS: dict[str, frozenset[str]] = {
    "party": frozenset(["PTY", "OPP", "GOV", "UNK"]),
    "league": frozenset(["PTY", "OPP", "IGO"]),
    "company": frozenset(["BUS", "UNK"]),
    "firm": frozenset(["BUS", "UNK"]),
    "newspaper": frozenset(["JRN"]),
    "charity": frozenset(["NGO", "UNK"]),
    "association": frozenset(["NGO", "LAB", "UNK"]),
    "alliance": frozenset(["IGO", "PTY", "OPP", "MIL"]),
    "bloc": frozenset(["IGO", "PTY", "OPP"]),
    "coalition": frozenset(["MIL", "PTY", "OPP", "GOV"]),
    "agency": frozenset(["GOV", "IGO", "JRN", "NGO", "SPY", "UNK"]),
    "group": frozenset(["REB", "OPP", "NGO", "PTY", "PRM", "CRM", "IGO", "UNK", "LAB"]),
    "movement": frozenset(["REB", "OPP", "PTY", "CVL", "UNK"]),
}
"""Sectors of the bodies that "the party", "the group" can resume."""


@dataclass(slots=True)
class Member:
    """One party of the story; its mentions are (sentence, word) pairs in order.

    `abroad` says that it is of no one state ("Western envoys"), `guessed` that the country is only
    that of the story; `kin` is the member whose country this one shares ("his father"); `body` is
    the entity of the body that a role belongs to.
    """

    kind: str
    name: str | None = None
    country: str | None = None
    sector: str = "UNK"
    role: str = ""
    phrase: str = ""
    entity: str = ""
    plural: bool = False
    former: bool = False
    lapsed: bool = False
    owners: tuple[str, ...] = ()
    gender: str = ""
    guessed: bool = False
    abroad: bool = False
    count: int = 0
    body: str = ""
    kin: Member | None = None
    told_by: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    def learn(self, reading: Reading) -> None:
        """Fill what was unknown; a later mention also explains the earlier ones."""
        if reading.name and (
            not self.name or (self.kind == "person" and len(reading.name) > len(self.name))
        ):
            self.name = reading.name
            known = reading.entity and not reading.entity.startswith("story:")
            if known or not self.entity or self.entity.startswith("story:"):
                self.entity = reading.entity if known else slug(self.name)
        if reading.country and (self.country is None or (self.guessed and not reading.guessed)):
            self.country, self.guessed = reading.country, reading.guessed
        if reading.lapsed and self.role:
            reading.former, reading.sector = False, self.sector
        if self.lapsed and reading.role and not reading.former and reading.sector != "UNK":
            self.former, self.sector = False, reading.sector  # "Annan, the League's envoy"
        self.lapsed = (self.lapsed or reading.lapsed) and not self.role
        if self.sector == "UNK" or reading.former:
            self.sector = reading.sector if reading.sector != "UNK" else self.sector
        self.role, self.phrase = self.role or reading.role, self.phrase or reading.phrase
        self.gender = self.gender or reading.gender
        self.former = self.former or reading.former
        self.abroad = self.abroad or reading.abroad
        self.owners = self.owners or reading.owners
        self.count = self.count or reading.count
        self.body = self.body or reading.body
        if not self.entity or (
            self.entity.startswith("story:")
            and reading.entity
            and not reading.entity.startswith("story:")
        ):
            self.entity = reading.entity or self.entity


def find(
    members: Iterable[Member], reading: Reading, definite: bool, lexicon: Lexicon
) -> Member | None:
    """The member that a reading repeats, of `members` latest first; None when somebody new."""
    if reading.count > 1:
        return None
    recent = list(members)
    return _found(recent, reading, definite, lexicon, True) or _found(
        recent, reading, definite, lexicon, False
    )


def _found(
    recent: Sequence[Member], reading: Reading, definite: bool, lexicon: Lexicon, strict: bool
) -> Member | None:
    """The latest member with the same noun (strict), or of the same sort ("the group")."""
    for member in recent:
        if reading.kind == "state" and member.kind == "state":
            same = member.country == reading.country and member.sector == reading.sector
        elif reading.kind in ("person", "body"):
            same = member.kind == reading.kind and same_name(member, reading)
        elif reading.kind in ("role", "organ"):
            same = same_role(member, reading, definite, lexicon, strict)
        else:
            same = False
        if same:
            return member
    return None


def same_name(member: Member, reading: Reading) -> bool:
    """Do two names belong to one: the same entity, a surname, a first name, an acronym?"""
    if reading.entity and reading.entity == member.entity:
        return True
    if not reading.name or not member.name:
        return False
    if reading.phrase and member.phrase and _known(reading.entity) and _known(member.entity):
        return False
    short, long = sorted((_words(reading.name), _words(member.name)), key=len)
    if member.kind == "body":
        initials = "".join(word[0] for word in long if word[:1].isupper())
        acronym = len(short) == 1 and short[0] == initials and len(initials) > 1
        last = len(short) == 1 and short[0] == long[-1] and short[0] in listed("resuming")
        return short == long or acronym or last or (len(short) > 1 and _inside(short, long))
    if _known(reading.entity) and _known(member.entity):
        return False
    if len(short) == len(long):
        return short == long
    return _inside(short, long) or (short[-1] == long[-1] and short[0][:1] == long[0][:1])


def _known(entity: str) -> bool:
    return bool(entity) and not entity.startswith("story:")


def _words(name: str) -> list[str]:
    return [w.strip(".") for w in name.replace("-", " ").split() if w.strip(".")]


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    """Is one a run of the other's words ("Lula", "da Silva", "Lula da Silva")?"""
    size = len(short)
    return size < len(long) and any(
        list(long[at : at + size]) == list(short) for at in range(len(long) - size + 1)
    )


def same_role(
    member: Member, reading: Reading, definite: bool, lexicon: Lexicon, strict: bool
) -> bool:
    """Does "the minister", "the court", "the group", "the rebels" resume this member?"""
    if not strict and definite and _rebels(member, reading):
        return True
    if reading.plural != member.plural or reading.former != member.former:
        return False
    if reading.country and reading.country != member.country:
        return False
    noun, theirs = reading.phrase.rpartition(" ")[2], member.phrase.rpartition(" ")[2]
    same = noun == theirs != ""
    if reading.kind == "organ" and definite and member.kind == "body" and not reading.country:
        last = (member.name or "").lower().rpartition(" ")[2]
        judges = reading.sector == member.sector == "JUD"
        return judges or last == noun
    if reading.kind == "organ":
        alike = member.phrase == reading.phrase or (definite and noun == theirs)
        own = bool(reading.country) and reading.country == member.country
        return member.kind == "organ" and alike and (definite or own)
    if same:
        longer = len(reading.phrase) > len(member.phrase) and reading.phrase != member.phrase
        if longer and member.phrase != noun:
            return False
        own = bool(reading.country and member.country)
        return definite or (own and bool(reading.name))
    if strict or not definite or reading.country:
        return False
    if reading.phrase in lexicon.like.get("group", ()):
        fitting = GROUPS.get(reading.phrase)
        return member.kind == "body" and (fitting is None or member.sector in fitting)
    if reading.phrase in lexicon.like.get("rank", ()):
        return member.kind == "person" and member.sector in ("MIL", "REB", "PRM")
    return reading.phrase in lexicon.like.get("person", ()) and member.kind == "person"


def _rebels(member: Member, reading: Reading) -> bool:
    """ "The insurgents" are the movement, or the rebels, named last."""
    if reading.sector != "REB" or not reading.plural or reading.name or reading.former:
        return False
    if reading.country and reading.country != member.country:
        return False
    return member.sector == "REB" and (member.kind == "body" or member.plural)
