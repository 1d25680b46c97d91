"""Reads proper names: what the world knows about them, or else what titles and endings say."""

from __future__ import annotations

from typing import Any

from legation.questions.who import tree
from legation.questions.who.names import Names, proper
from legation.questions.who.reading import Reading, owned, slug
from legation.story import Sentence

Role = tuple[int, int, str]  # first and last word of a role phrase, and the phrase
PUBLIC = frozenset(["GOV", "MIL", "LEG", "IGO"])


def known(
    names: Names,
    sentence: Sentence,
    entry: Any,
    role: Role | None,
    before: tuple[int, int],
    former: bool,
    gender: str,
) -> Reading:
    """A name that the world knows, in the role in which the text presents it."""
    if entry.kind in ("country", "seat"):
        sector = entry.sector if entry.kind == "seat" and entry.sector else "GOV"
        return Reading("state", None, entry.country, sector, entity=f"country:{entry.country}")
    if entry.kind == "city" and entry.capital:
        return Reading("state", None, entry.country, "GOV", entity=f"country:{entry.country}")
    if entry.kind in ("city", "region"):
        return Reading("place", None, entry.country, "CVL")
    if entry.kind in ("organisation", "group"):
        body = Reading(
            "body", entry.name, entry.country, entry.sector or "UNK", entity=entry.entity
        )
        if entry.country is None:  # "the Norwegian Red Cross"
            owners = [o for o in names.owners(sentence, *before) if o.kind == "demonym"]
            if owners and owners[0].country:
                body.country = owners[0].country
                body.entity = f"{entry.entity}:{body.country}"
        return body
    found = Reading("person", entry.name, entry.country, entry.sector or "UNK", entity=entry.entity)
    found.gender, found.former = gender, former
    if role and role[1] <= before[1] + 1:
        _titled(names, sentence, found, role, before[0])
    elif names.distance(entry) == 1 and found.sector in PUBLIC:
        found.former = found.lapsed = True
    elif names.distance(entry) == 2 and found.sector in PUBLIC:
        found.sector = "UNK"
    if found.former:
        found.sector = "ELI"
    return found


def _titled(names: Names, sentence: Sentence, found: Reading, role: Role, first: int) -> None:
    """The title in front of a name outweighs what the tables say of its bearer."""
    found.role, found.phrase = tree.surface(sentence, role[0], role[1]), role[2]
    plain = Reading("role", sector=names.lexicon.sector(role[2]) or "UNK", phrase=role[2])
    said = owned(names, plain, names.owners(sentence, first, role[0] - 1))
    found.country = said.country or found.country
    found.sector = said.sector if said.sector != "UNK" else found.sector


def unknown(
    names: Names,
    sentence: Sentence,
    role: Role | None,
    first: int,
    start: int,
    last: int,
    former: bool,
    gender: str,
) -> Reading | None:
    """A name that the world does not know: titles, the last word and the tagger say what it is."""
    lexicon = names.lexicon
    while start < last and lexicon.is_like("honorific", sentence.words[start].lower()):
        start += 1
    while start < last and sentence.words[start].islower() and role is None:
        start += 1
    if start < last and sentence.words[start] == "The":
        start += 1
    name, tail = tree.surface(sentence, start, last), sentence.words[last].lower()
    tag = sentence.names[last][2:] if sentence.names else ""
    if role is None and start == last and names.setting.short_of(sentence.words[last]):
        tag = "PER"  # the tagger saw a place or body in the surname of somebody named in full
    if tail in lexicon.never and tag != "PER" and not names.setting.short_of(sentence.words[last]):
        return None
    owners = names.owners(sentence, first, (role[0] if role else start) - 1)
    if role is None:
        ending = _ending(names, tail, start < last)
        if tag != "PER" and (ending or tag == "ORG"):
            inside = owners or names.owners(sentence, start, last - 1)
            reading = Reading("body", name, None, ending or "UNK", entity=slug(name))
            reading.country = inside[0].country if inside else None
            return reading
        if tag == "LOC":
            country = owners[0].country if owners else None
            return Reading("place", None, country, "CVL", phrase=name.lower())
    reading = Reading("person", name, entity=slug(name), former=former, gender=gender)
    if role:
        reading.role, reading.phrase = tree.surface(sentence, role[0], role[1]), role[2]
        reading.sector = lexicon.sector(role[2]) or "UNK"
        before = names.role_at(sentence, first, role[0] - 1) if role[0] > first else None
        if before and not owners and lexicon.is_like("principal", role[2]):
            theirs = lexicon.sector(before[2])
            reading.sector = theirs if theirs and theirs != "UNK" else reading.sector
        owned(names, reading, owners)
        reading.name, reading.entity = name, slug(name)
    elif owners:
        reading.country = owners[0].country
    holder = names.holder(reading.phrase, reading.country, reading.body)
    if holder and set(holder.name.split()) & set(name.split()):
        reading.name, reading.entity = holder.name, holder.entity
    if not gender:
        reading.gender = lexicon.given.get(sentence.words[start].lower(), "")
    if former:
        reading.sector = "ELI"
    return reading


def _ending(names: Names, tail: str, several: bool) -> str | None:
    """Sector of a body by the last word of its name: "Kachin Independence Army"."""
    lexicon = names.lexicon
    single = tail[:-1] if tail.endswith("s") else tail
    return (
        (lexicon.proper.get(tail) if several else None)
        or lexicon.bodies.get(tail)
        or (lexicon.bodies.get(single) if several else None)
    )


def named_body(
    names: Names, sentence: Sentence, inner: int, role: Role, former: bool, gender: str
) -> Reading | None:
    """A body whose own name ends in an institution's noun; None for "the Indian Navy".

    What stands before the noun makes the difference: a nationality, "National", "Supreme" or
    nothing give the state's institution, any other capitalised word a name.
    """
    words = range(inner, role[0])
    lexicon = names.lexicon
    strange = [
        k
        for k in words
        if sentence.words[k][:1].isupper()
        and proper(sentence, k)
        and not names.match(sentence, k, k)
        and not lexicon.is_like("state", sentence.words[k].lower())
    ]
    if not strange or not proper(sentence, role[1]):
        return None
    return unknown(names, sentence, None, inner, inner, role[1], former, gender)
