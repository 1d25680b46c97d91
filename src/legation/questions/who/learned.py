"""What a story teaches about people and bodies that no table knows (docs/learn-from-stories.md).

Each lesson says where in the story it stands and on which day. It is an offer: the store keeps it,
a person confirms or corrects it, and `as_tables` writes it as lines for `world/`.
"""

from __future__ import annotations

from collections.abc import Iterable

from legation.questions.who import tree
from legation.questions.who.casting import Cast
from legation.questions.who.members import Member
from legation.story import Learned, Span, Story

KINDS = {"person": "person", "body": "organisation"}
ARMED = frozenset(["REB", "PRM"])
OFFICES = dict.fromkeys(("spokesman", "spokeswoman", "spokesperson"), "spokesperson")
PEOPLE = "entity name aliases country body office sector since until source"
BODIES = "entity name aliases kind country sector near since until source"
NOT_TABLED = frozenset(["REF", "PRE"])  # sectors that the tables of the world do not have


def lessons(cast: Cast) -> tuple[Learned, ...]:
    """The people and bodies of the story whom its own words explain, in order of mention."""
    found = (_lesson(cast, member) for member in cast.entries)
    return tuple(lesson for lesson in found if lesson is not None)


def _lesson(cast: Cast, member: Member) -> Learned | None:
    if member.kind not in KINDS or not member.name or not member.entity.startswith("story:"):
        return None
    told = bool(member.country) and not member.guessed
    if not (told or member.role) or (member.kind == "person" and " " not in member.name):
        return None
    spans: list[Span] = []
    names: list[str] = []
    for s, w in member.mentions:
        sentence = cast.story.sentences[s]
        first, last = tree.extent(sentence, w)
        start, end = sentence.starts[first], sentence.ends[last]
        spans.append(Span(start, end, "name"))
        surname = cast.story.text[sentence.starts[w] : sentence.ends[w]]
        if surname.isupper() and len(surname) > 1 and surname not in (*names, member.name):
            names.append(surname)
    kind = "group" if member.kind == "body" and member.sector in ARMED else KINDS[member.kind]
    return Learned(
        member.entity, member.name, kind, member.country, member.sector, member.role,
        cast.story.published, member.guessed, tuple(names), tuple(spans),
    )  # fmt: skip


def as_tables(stories: Iterable[Story]) -> tuple[str, str]:
    """Two tables for `--world`: people (holders) and bodies (organisations), one line an entity.

    Later stories complete earlier ones; a country that is only guessed stays empty.
    """
    rows: dict[str, Learned] = {}
    where: dict[str, str] = {}
    for story in stories:
        for one in story.learned:
            known = rows.get(one.entity)
            if known is None or (known.guessed and not one.guessed):
                rows[one.entity] = one
                where[one.entity] = story.id or story.url or "a story"
    people, bodies = [PEOPLE.replace(" ", "\t")], [BODIES.replace(" ", "\t")]
    for entity, one in sorted(rows.items()):
        country = "" if one.guessed or not one.country else one.country
        sector = "UNK" if one.sector in NOT_TABLED else one.sector
        source = _cell(f"learned from {where[entity]} of {one.day or 'no date'}: {one.role or '-'}")
        aliases = "|".join(map(_cell, one.aliases))
        name = _cell(one.name)
        if one.kind == "person":
            office = OFFICES.get(one.role.lower(), "politician")
            people.append("\t".join(
                (entity, name, aliases, country, "", office, sector, "", "", source)
            ))  # fmt: skip
        else:
            bodies.append("\t".join(
                (entity, name, aliases, one.kind, country, sector, "", "", "", source)
            ))  # fmt: skip
    return "\n".join(people) + "\n", "\n".join(bodies) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", " ").split())
