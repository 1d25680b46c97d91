"""What does a noun phrase say by itself about who is meant? Names, titles, nationalities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from legation.questions.who import tree
from legation.questions.who.lexicon import Lexicon
from legation.story import Sentence

RANK = ("country", "seat", "organisation", "group", "city", "region", "person")


@dataclass(slots=True)
class Reading:
    """A phrase read alone: `kind` is state, place, body, person, role, people or unknown."""

    kind: str
    name: str | None = None
    country: str | None = None
    sector: str = "UNK"
    role: str = ""
    phrase: str = ""
    entity: str = ""
    plural: bool = False
    former: bool = False
    gender: str = ""
    owners: tuple[str, ...] = ()
    guessed: bool = False  # the country is only that of the story


class Names:
    """Reads noun phrases of one story with the tables of words and world."""

    def __init__(self, lexicon: Lexicon, world: Any, published: str) -> None:
        """Keep the tables; `published` decides who holds an office."""
        self.lexicon, self.world, self.day = lexicon, world, published
        self.longest = int(getattr(world, "longest", 6) or 6)

    def match(self, sentence: Sentence, i: int, j: int) -> tuple[Any, ...]:
        """World entries whose alias is exactly the words i..j (inclusive)."""
        if j - i >= self.longest + 2:
            return ()
        return tuple(self.world.find(surface(sentence, i, j)))

    def longest_at(
        self, sentence: Sentence, first: int, last: int, w: int
    ) -> tuple[int, int, tuple[Any, ...]]:
        """The longest world name inside first..last that holds w; an empty match when none."""
        for size in range(last - first + 1, 0, -1):
            for i in range(max(first, w - size + 1), min(w, last - size + 1) + 1):
                found = self.match(sentence, i, i + size - 1)
                if found:
                    return i, i + size - 1, found
        return w, w - 1, ()

    def role_at(self, sentence: Sentence, first: int, last: int) -> tuple[int, int, str] | None:
        """The longest role phrase in first..last, the rightmost of equals."""
        best: tuple[int, int, str] | None = None
        for end in range(last, first - 1, -1):
            for start in range(max(first, end - 4), end + 1):
                found = self.lexicon.phrase(
                    sentence.words[start : end + 1], sentence.lemmas[start : end + 1]
                )
                if found:
                    if best is None or (start <= best[0] and end >= best[1]):
                        best = (start, end, found)
                    break
        return best

    def owners(self, sentence: Sentence, first: int, last: int) -> list[Any]:
        """Entries named in first..last that say whose the head is ("Chinese", "Hamas", "UN")."""
        found, at = [], first
        while at <= last:
            for end in range(last, at - 1, -1):
                entries = self.match(sentence, at, end)
                if entries and sentence.words[at][:1].isupper():
                    found.append(self.choose(entries, sentence, at, end, modifier=True))
                    at = end
                    break
            else:
                for part in sentence.words[at].split("-"):
                    if part != sentence.words[at] and part[:1].isupper():
                        found += list(self.world.find(part))[:1]
            at += 1
        return found

    def choose(
        self, entries: tuple[Any, ...], sentence: Sentence, i: int, j: int, modifier: bool = False
    ) -> Any:
        """The likeliest entry of an ambiguous name: by the tagger's class, office date, kind."""
        tags = sentence.names[i : j + 1] if sentence.names else ()
        person = bool(tags) and all(tag.endswith("PER") for tag in tags)

        def cost(entry: Any) -> tuple[int, int, int]:
            kind = RANK.index(entry.kind) if entry.kind in RANK else (3 if modifier else 8)
            wrong = (entry.kind == "person") != person if tags else 0
            small = entry.kind == "city" and not entry.capital
            return (int(wrong), kind + 3 * int(small), self.distance(entry))

        return min(entries, key=cost)

    def distance(self, entry: Any) -> int:
        """0 for an entry that holds on the story's day, 1 for a past one, 2 for a future one."""
        if self.day and entry.since and entry.since > self.day:
            return 2
        return int(bool(self.day and entry.until and entry.until < self.day))

    def holder(self, phrase: str, country: str | None) -> Any:
        """Who held the office on the story's day; None when unknown."""
        office = self.lexicon.offices.get(phrase)
        if not office or not country or not self.day:
            return None
        return self.world.holder(office, country, self.day)


def surface(sentence: Sentence, i: int, j: int) -> str:
    """Words i..j as written, one blank where the text has any."""
    text = sentence.words[i]
    for k in range(i + 1, j + 1):
        text += (" " if sentence.starts[k] > sentence.ends[k - 1] else "") + sentence.words[k]
    return text


def proper(sentence: Sentence, w: int) -> bool:
    """Is the word (part of) a name: tagged so, or found by the tagger of names?"""
    if not sentence.words[w][:1].isupper():
        return False
    named = bool(sentence.names) and sentence.names[w] not in ("O", "B-NORP", "I-NORP")
    return sentence.tags[w] == "PROPN" or named


def read(names: Names, sentence: Sentence, w: int) -> Reading | None:
    """The phrase headed by w, read without its context; None when it can't be a party."""
    lexicon = names.lexicon
    if not sentence.words[w][:1].isalpha() or sentence.tags[w] not in tree.NOMINAL:
        return None
    first, last = tree.core(sentence, w)
    poss = [c for c in tree.children(sentence, w) if tree.label(sentence, c) == "nmod:poss"]
    inner = max([tree.core(sentence, p)[1] + 1 for p in poss if p < w], default=first)
    if inner <= w and inner < len(sentence) and sentence.words[inner] in ("'s", "'", "’s", "’"):
        inner += 1
    inner = min(inner, w)
    i, j, entries = names.longest_at(sentence, inner, last, last if proper(sentence, last) else w)
    role = names.role_at(sentence, inner, last)
    low = [word.lower() for word in sentence.words[first : last + 1]]
    former = any(
        lexicon.is_like("former", x.split("-")[0])
        for x in low
        if x.split("-")[0] != "late" or last > w
    )
    plural = "Number=Plur" in (sentence.feats[w] if sentence.feats else "")
    gender = "f" if any(lexicon.is_like("female", x) for x in low) else ""
    gender = gender or ("m" if any(lexicon.is_like("male", x) for x in low) else "")
    result: Reading | None
    if entries and (role is None or not (i <= role[0] and role[1] <= j and role[1] < last)):
        entry = names.choose(entries, sentence, i, j)
        alone = i <= first or not proper(sentence, i - 1) or (role is not None and role[1] < i)
        alone = alone or bool(names.match(sentence, i - 1, i - 1))
        if entry.kind == "demonym" and role is None:
            one = low[0] in ("a", "an", "another", "one") and j == last
            people = plural or one or (low[0] == "the" and i > first)
            country = entry.country
            return Reading("people", None, country, "CVL", plural=not one) if people else None
        if alone and entry.kind != "demonym" and not (role and role[1] == last and j < last):
            return _known(names, sentence, entry, role, (first, i - 1), former, gender)
    name_from = (role[1] + 1) if role and role[1] < last else None
    if name_from is None and role is None and proper(sentence, last):
        name_from = inner
        while name_from < last and not proper(sentence, name_from):
            name_from += 1
    if name_from is not None and all(
        proper(sentence, k) or lexicon.is_like("particle", sentence.words[k].lower())
        for k in range(name_from, last + 1)
    ):
        return _person_or_body(names, sentence, role, inner, name_from, last, former, gender)
    if role is None or role[1] != last:
        return None
    owners = names.owners(sentence, inner, role[0] - 1)
    if proper(sentence, w) and role[0] > inner and proper(sentence, role[0] - 1) and not owners:
        return _person_or_body(names, sentence, None, inner, inner, last, former, gender)
    phrase = role[2]
    if phrase in lexicon.like.get("definite", ()) and low[0] != "the":
        return None
    sector = lexicon.sector(phrase) or "UNK"
    result = Reading("role", None, None, sector, surface(sentence, role[0], last), phrase)
    result.plural, result.former, result.gender = plural, former, gender
    if phrase in lexicon.bodies:
        result.kind = "organ"
    return _owned(names, result, owners)


def _owned(names: Names, reading: Reading, owners: list[Any]) -> Reading:
    """Country, and for spokesmen and leaders the sector, of the body that a role belongs to."""
    codes = tuple(dict.fromkeys(o.country for o in owners if o.country))
    reading.owners = codes
    if not codes and not owners:
        return reading
    owner = next((o for o in reversed(owners) if o.kind in ("organisation", "group")), owners[0])
    reading.country = owner.country
    principal = names.lexicon.is_like("principal", reading.phrase)
    if owner.kind in ("organisation", "group", "seat") and (principal or owner.sector == "IGO"):
        if reading.sector in ("GOV", "UNK", "REB", "MIL") and owner.sector not in ("", "UNK"):
            reading.sector = "MIL" if reading.sector == "MIL" else owner.sector
    elif owner.kind in ("country", "demonym") and principal and reading.sector == "UNK":
        reading.sector = "GOV"
    if owner.kind == "group":
        reading.name = owner.name if reading.plural else None
        reading.entity = owner.entity if reading.plural else ""
    return reading


def _known(
    names: Names,
    sentence: Sentence,
    entry: Any,
    role: tuple[int, int, str] | None,
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
        return Reading(
            "body", entry.name, entry.country, entry.sector or "UNK", entity=entry.entity
        )
    found = Reading("person", entry.name, entry.country, entry.sector or "UNK", entity=entry.entity)
    found.gender, found.former = gender, former
    if role and role[1] <= before[1] + 1:
        found.role, found.phrase = surface(sentence, role[0], role[1]), role[2]
        said = _owned(
            names,
            Reading("role", sector=names.lexicon.sector(role[2]) or "UNK", phrase=role[2]),
            names.owners(sentence, before[0], role[0] - 1),
        )
        found.country = said.country or found.country
        found.sector = said.sector if said.sector != "UNK" else found.sector
    elif names.distance(entry) == 1 and found.sector in ("GOV", "MIL", "LEG"):
        found.former = True
    if found.former:
        found.sector = "ELI"
    return found


def _person_or_body(
    names: Names,
    sentence: Sentence,
    role: tuple[int, int, str] | None,
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
    name, tail = surface(sentence, start, last), sentence.words[last].lower()
    if tail in lexicon.never and not (sentence.names and sentence.names[last].endswith("PER")):
        return None
    slug = "-".join(name.lower().split())
    owners = names.owners(sentence, first, (role[0] if role else start) - 1)
    tag = sentence.names[last][2:] if sentence.names else ""
    sector = lexicon.proper.get(tail) or lexicon.bodies.get(tail)
    if role is None and (sector or tag == "ORG"):
        reading = Reading("body", name, None, sector or "UNK", entity=f"story:{slug}")
        inside = owners or names.owners(sentence, start, last - 1)
        reading.country = inside[0].country if inside else None
        return reading
    if role is None and tag == "LOC":
        return Reading("place", None, None, "CVL")
    reading = Reading("person", name, entity=f"story:{slug}", former=former, gender=gender)
    if role:
        reading.role, reading.phrase = surface(sentence, role[0], role[1]), role[2]
        reading.sector = lexicon.sector(role[2]) or "UNK"
        _owned(names, reading, owners)
        reading.name, reading.entity = name, f"story:{slug}"
    elif owners:
        reading.country = owners[0].country
    holder = names.holder(reading.phrase, reading.country)
    if holder and set(holder.name.split()) & set(name.split()):
        reading.name, reading.entity = holder.name, holder.entity
    if former:
        reading.sector = "ELI"
    return reading
