"""Whose is it? Roles and bodies take the country of a possessor: "Japan's minister", "its army"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.questions.who import tree
from legation.questions.who.members import Member
from legation.questions.who.naming import in_name
from legation.questions.who.reading import MEN, Reading
from legation.questions.who.sets import coordinated, heads_of
from legation.story import Sentence

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast

PLACED = frozenset(["in", "at", "near", "outside", "inside", "around", "across", "of", "from"])
SAILING = frozenset(["captain", "sailor", "crew", "crew member", "officer", "seaman"])
FOLLOWING = frozenset(["successor", "predecessor"])
CAMPS = {"GOV": "PTY", "LEG": "PTY", "PTY": "PTY", "OPP": "OPP", "REB": "REB", "PRM": "PRM"}
"""Sector of "his party", "her coalition", by that of who leads it."""
ARMED = frozenset(["MIL", "COP", "REB", "PRM"])
REBELS = frozenset(["REB", "PRM"])
BELONGING = frozenset(["of", "for", "with", "to", "at", "in"])


def owned_by(cast: Cast, s: int, w: int, reading: Reading) -> Member | None:
    """Country from a possessor or "of …": "Japan's minister", "the president of France".

    Answers the member that owns the phrase; its country may become known only later.
    """
    if reading.kind in ("state", "place") or (reading.kind == "people" and reading.country):
        return None
    sentence = cast.story.sentences[s]
    principal = cast.lexicon.is_like("principal", reading.phrase)
    merchant = cast.lexicon.like.get("merchant", frozenset())
    if among := _among(cast, s, w):
        reading.country = reading.country or among.country
        return among
    titles = [c for c in tree.children(sentence, w) if tree.label(sentence, c) == "nmod:desc"]
    below = [c for title in titles for c in tree.children(sentence, title)]
    for child in (*tree.children(sentence, w), *below):
        kind = tree.label(sentence, child)
        preposition = tree.preposition(sentence, child) if kind.startswith("nmod") else ""
        loose = preposition in PLACED or (principal and preposition in BELONGING)
        if kind == "nmod:poss" and in_name(cast.names, sentence, child, w):
            continue
        if code := _international(cast, s, child, reading):
            reading.country = code
            return None
        if pair := _ruled(cast, s, child, reading):
            reading.owners = tuple(m.country for m in pair if m.country)
            reading.country = pair[0].country
            return pair[0]
        if kind == "nmod:poss" or loose:
            owner = cast.member(s, child) or next(iter(cast.several(s, child)), None)
            owner = owner or _behind(cast, s, child)
            if owner and (owner.country or owner.kind != "person" or kind == "nmod:poss"):
                inside = owner.kind in ("body", "organ") or owner.sector == "IGO"
                if reading.phrase in SAILING and owner.phrase in merchant:
                    reading.sector = "CVL"  # "the tanker's Indian sailors"
                if reading.country and reading.kind == "body":
                    _disowned(cast, reading, owner, kind)
                    continue
                if kind == "nmod:poss" and owner.kind == "state" and _domestic(cast, reading):
                    reading.country = None  # "its Albanian minority" is its own
                if reading.country and not (principal and inside):
                    continue
                group = owner.kind in ("body", "organ", "role")
                speaks = principal and (group or preposition not in ("in", "at"))
                _inherit(cast, s, child, reading, owner, speaks)
                return owner
        if kind == "compound" and not reading.country:
            known = cast.named(sentence.words[child])
            known = known or cast.repeated(sentence.lemmas[child].lower())
            if known and known.country:
                reading.country = known.country
                if principal and known.sector != "UNK" and reading.sector in ("GOV", "UNK"):
                    reading.sector = known.sector
                return known
    return None


def _behind(cast: Cast, s: int, w: int) -> Member | None:
    """The owner of a noun that is no party: "an official of Chengdu's education bureau"."""
    sentence = cast.story.sentences[s]
    for child in tree.children(sentence, w):
        if tree.label(sentence, child) == "nmod:poss":
            return cast.member(s, child)
    return None


def _ruled(cast: Cast, s: int, child: int, reading: Reading) -> list[Member]:
    """The states of "their presidents", which neither analysts nor one state have two of."""
    sentence = cast.story.sentences[s]
    unique = reading.phrase in cast.lexicon.offices or reading.kind == "organ"
    if sentence.words[child].lower() != "their" or not (reading.plural and unique):
        return []
    owner = cast.member(s, child)
    if owner is not None and len(owner.owners) > 1:  # "officials from Nepal and India … their"
        return [Member("state", None, code, "GOV") for code in owner.owners]
    if owner is not None and owner.plural and owner.country and not owner.guessed:
        return []
    named = [m for m in coordinated(cast, s, child)[1] if m.kind in ("state", "organ")]
    named = named or heads_of(cast, s, child)
    return named if len({m.country for m in named}) > 1 else []


def _international(cast: Cast, s: int, child: int, reading: Reading) -> str | None:
    """The body that a court of no state belongs to: "judges in The Hague"."""
    if reading.sector != "JUD" or reading.country:
        return None
    sentence = cast.story.sentences[s]
    row = cast.lexicon.courts.get(tree.surface(sentence, *tree.core(sentence, child)))
    if row is None:
        return None
    old = "tribunal" in reading.phrase or cast.story.published < row.get("since", "")
    return row["before"] if old and "before" in row else row["code"]


def _domestic(cast: Cast, reading: Reading) -> bool:
    """Is it a group within a state, that a nationality only describes: a minority, rebels?"""
    last = reading.phrase.rpartition(" ")[2]
    groups = cast.lexicon.like.get("domestic", ())
    return reading.kind in ("role", "people") and (last in groups or reading.sector in REBELS)


def _disowned(cast: Cast, reading: Reading, owner: Member, kind: str) -> None:
    """ "Nepal's Maoists" are not India's, whom the tables know by that name."""
    other = owner.kind == "state" and owner.country != reading.country
    if kind == "nmod:poss" and other and owner.country in cast.setting.states:
        reading.country, reading.entity = owner.country, ""


def _among(cast: Cast, s: int, w: int) -> Member | None:
    """The group that a person is one of: "the Americans, among them Siamak …"."""
    sentence = cast.story.sentences[s]
    first, _ = tree.core(sentence, w)
    if first < 2 or sentence.words[first - 1].lower() not in ("them", "whom"):
        return None
    if sentence.words[first - 2].lower() not in ("among", "including", "of"):
        return None
    for (_, _), member in reversed(cast.near(s, first - 2, 1)):
        if member.plural:
            return member
    return None


def _inherit(
    cast: Cast, s: int, child: int, reading: Reading, owner: Member, principal: bool
) -> None:
    """The role takes the owner's country, of a body also its sector and, if many, its name."""
    sentence = cast.story.sentences[s]
    if reading.plural:
        members = cast.several(s, child) or [
            m for c in _owners(sentence, child) if (m := cast.member(s, c))
        ]
        reading.owners = tuple(dict.fromkeys(m.country for m in members if m.country))
    inside = owner.kind in ("body", "organ") or (
        owner.kind == "role" and (owner.plural or owner.sector not in ("GOV", "UNK"))
    )
    warlord = owner.kind == "person" and owner.sector in (*ARMED, "OPP")
    own = warlord and reading.sector in ("GOV", "UNK")  # "a spokesman for Haftar"
    taken = principal and (inside or own)
    reading.body = owner.entity if owner.kind == "body" else reading.body
    if reading.phrase in MEN and owner.sector in ARMED:
        reading.sector = owner.sector  # "the army denied that its men had fired"
    if reading.phrase in FOLLOWING and owner.kind in ("person", "role"):
        reading.sector = "GOV" if owner.sector == "ELI" else owner.sector
    if owner.kind in ("person", "role") and reading.sector == "UNK":
        if cast.lexicon.is_like("group", reading.phrase) and not owner.plural:
            reading.sector = CAMPS.get(owner.sector, "UNK")
    if reading.phrase == "man" and owner.kind == "state" and not reading.plural:
        reading.sector = "GOV"  # "Manila's man in Washington"
    army = reading.sector == "MIL" and owner.sector in ("IGO", "GOV", "MIL")
    if owner.sector != "UNK" and not army:
        if taken and reading.sector in ("GOV", "UNK", "REB", "MIL", "UAF", "CVL"):
            reading.sector = owner.sector
        elif principal and owner.sector == "OPP" and reading.sector == "PTY":
            reading.sector = "OPP"  # "the opposition leader and her candidate"
        elif owner.sector == "IGO" and taken:
            reading.sector = "IGO"
        elif reading.sector == "UNK" and owner.kind in ("state", "organ", "body"):
            reading.sector = owner.sector
    if owner.country:
        reading.country = owner.country
    elif owner.kind == "body" and owner.sector == "IGO" and taken:
        reading.abroad = True
    if owner.kind == "body" and owner.sector in ("REB", "PRM") and reading.plural and taken:
        reading.name, reading.entity = owner.name, owner.entity


def _owners(sentence: Sentence, child: int) -> list[int]:
    """The possessors beside one: "Kenya's and Uganda's ministers", however they are hung."""
    found = list(tree.conjuncts(sentence, child))
    if tree.label(sentence, child) == "nmod:poss":
        for other in tree.children(sentence, sentence.heads[child]):
            if tree.label(sentence, other) == "nmod:poss" and other not in found:
                found += tree.conjuncts(sentence, other)
    return found


def relate(cast: Cast, s: int, w: int, reading: Reading, owner: Member | None) -> None:
    """ "Its ally", "NATO's newest member": not the possessor but another state of the story."""
    if owner is None or reading.phrase not in cast.lexicon.like.get("relational", ()):
        return
    told = (
        bool(cast.names.owners(cast.story.sentences[s], *tree.core(cast.story.sentences[s], w)))
        and reading.phrase == "counterpart"
    )
    if told or (owner.kind == "person" and reading.phrase != "counterpart"):
        return
    reading.country = None
    if reading.plural:  # "Mali's donors" are of several states, none of them Mali
        reading.abroad = owner.kind in ("state", "place", "organ")
        return
    code = cast.setting.dominant(s, [owner.country])
    if code is None:
        return
    if owner.kind in ("person", "role"):
        reading.country, reading.phrase = code, owner.phrase
        reading.sector = owner.sector
        return
    reading.kind, reading.country, reading.sector = "state", code, "GOV"
    reading.phrase, reading.entity = "", f"country:{code}"
