"""The tables, indexed by surface form, by code and by office."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from legation.world import entry as facts
from legation.world.entry import Country, Entry
from legation.world.tables import HEADERS, OFFICES

_Key = TypeVar("_Key", str, tuple[str, str])


REMEMBERED = 20_000  # names asked for, most of them no names; those of a story are asked for often


class World:
    """What is known, and the questions that the rooms ask of it."""

    def __init__(self) -> None:
        """An empty world."""
        self.countries: dict[str, Country] = {}
        self.bodies: set[str] = set()
        self.longest = 1
        self.complete_to = ""
        self.counts: dict[str, int] = {}
        self.offices: set[str] = set(OFFICES)
        self.titles: dict[str, tuple[str, str]] = {}  # of the user's own: key and sector
        self._names: dict[str, tuple[Entry, ...]] = {}
        self._asked: dict[str, tuple[Entry, ...]] = {}
        # tuples of strings: the collector of garbage need not walk them, as it must 50,000 lists
        self._unread: dict[str, tuple[tuple[str, str], ...]] = {}
        self._terms: dict[tuple[str, str], list[str]] = {}
        self._lives: dict[str, list[str]] = {}
        self._capitals: dict[str, str] | None = None
        self._folded: dict[str, str] | None = None
        self._offices: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._people: dict[str, list[Entry]] = defaultdict(list)
        self._regions: dict[tuple[str, str], str] = {}
        self._entities: set[str] = set()
        self._surnames: dict[str, set[str]] | None = None

    def find(self, surface: str) -> tuple[Entry, ...]:
        """Every entry with this alias.

        An all-capitals headline form finds it too, and so do other accents, hyphens and
        apostrophes ("Kim Jong Un", "Kim Jong-Un"; "Sana’a").
        """
        found = self._asked.get(surface)
        if found is None:
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            found = self._asked[surface] = self._found(surface)
        return found

    def _found(self, surface: str) -> tuple[Entry, ...]:
        found = self._exactly(surface)
        if found or not surface[:1].isupper():
            return found
        if surface.isupper() and len(surface) > 3:
            low = self._in_capitals().get(surface)
            return self._exactly(low) if low else ()
        same = self._in_folds().get(_fold(surface))
        return self._exactly(same) if same else ()

    def country(self, code: str | None) -> Country | None:
        """The state with this code; None when unknown."""
        return self.countries.get(code or "")

    def region(self, entry: Entry) -> str:
        """The name of the first-level region that a city lies in; "" when unknown."""
        return self._regions.get((entry.country or "", entry.region), "")

    def holder(self, office: str, owner: str, on: str) -> Entry | None:
        """Who held an office on an ISO day; None when the tables don't say.

        `owner` is a state's or body's code, or the entity of a body without a code of its own
        ("org:unhcr", "org:hezbollah").
        """
        every = [*self._offices.get((office, owner), ()), *_terms(self._terms, (office, owner))]
        held = [e for e in every if _on(e, on)]
        return max(held, key=lambda e: e.since) if held else None

    def roles(self, entity: str, on: str) -> tuple[Entry, ...]:
        """The offices that a person held on a day."""
        return tuple(e for e in self._life(entity) if _on(e, on))

    def former(self, entity: str, on: str) -> bool:
        """Did the person hold office before the day, and none on it?"""
        past = any(e.until and e.until < on for e in self._life(entity))
        return past and not self.roles(entity, on)

    def surname(self, word: str) -> tuple[Entry, ...]:
        """Every term of office of people whose name ends in this word.

        Of the Chinese and the Koreans it is the first word: "Hu", "Kim".
        """
        if self._surnames is None:
            self._surnames = defaultdict(set)
            for entity, lines in self._lives.items():
                _, name, _, country, _ = lines[0].split("\t", 4)
                self._surnames[_family(name, country)].add(entity)
            for entity, terms in self._people.items():
                self._surnames[_family(terms[0].name, terms[0].country or "")].add(entity)
        entities = sorted(self._surnames.get(word, ()))
        return tuple(entry for entity in entities for entry in self._life(entity))

    def add(self, surface: str, entry: Entry) -> None:
        """Make `surface` mean `entry` too."""
        known = self._exactly(surface)
        if entry not in known:
            self._names[surface] = (*known, entry)
            self._asked.clear()
            self._capitals = self._folded = None
            self.longest = max(self.longest, surface.count(" ") + 1)

    def add_holder(self, entry: Entry) -> None:
        """Enter a term of office, under the body it belongs to or else under the state."""
        self._people[entry.entity].append(entry)
        self._surnames = None
        owner = entry.body or entry.country
        if owner:
            self._offices[entry.office, owner].append(entry)

    def add_body(self, entity: str) -> None:
        """Let offices belong to a body."""
        self._entities.add(entity)

    def has_body(self, entity: str) -> bool:
        """Is it the entity of an organisation or group?"""
        start = f"{entity}\t"
        return entity in self._entities or any(
            table == "organisations" and line.startswith(start)
            for unread in self._unread.values()
            for table, line in unread
        )

    def name_region(self, country: str, key: str, name: str) -> None:
        """Keep the name of a first-level region by GeoNames' key of it ("CHN", "22")."""
        self._regions.setdefault((country, key), name)

    def has_city(self, name: str, country: str) -> bool:
        """Is a city of the state called so? "Idlib" alone is the city, not the governorate."""
        cell = f"\t{country}\t"
        return any(table == "cities" and cell in line for table, line in self._unread.get(name, ()))

    def put_off(self, table: str, path: Path) -> None:
        """Index a big shipped table by name and office; a row is parsed when it is asked for.

        tests/world/ reads the same rows strictly.
        """
        lines = path.read_text(encoding="utf-8").split("\n")[1:-1]
        shift = HEADERS[table].split().index("name")
        longest = self.longest
        for line in lines:
            cells = line.split("\t", 6)
            item = (table, line)
            names = [cells[shift]]
            if cells[shift + 1]:
                names += cells[shift + 1].split("|")
            for name in names:
                known = self._unread.get(name)
                if known is None:
                    self._unread[name] = (item,)
                    longest = max(longest, name.count(" ") + 1)
                else:
                    self._unread[name] = (*known, item)
            if table == "organisations" and cells[5] in ("IGO", "JUD"):
                self.bodies.add(cells[4])
            if table == "holders":
                self._lives.setdefault(cells[0], []).append(line)
                self._terms.setdefault((cells[5], cells[4] or cells[3]), []).append(line)
        self.longest = longest
        self.counts[table] = self.counts.get(table, 0) + len(lines)

    def _life(self, entity: str) -> tuple[Entry, ...]:
        return (*self._people.get(entity, ()), *_terms(self._lives, entity))

    def _exactly(self, surface: str) -> tuple[Entry, ...]:
        unread = self._unread.pop(surface, None)
        if unread:
            found = [_later(table, line) for table, line in unread]
            known = self._names.get(surface, ())
            self._names[surface] = (*known, *(entry for entry in found if entry not in known))
        return self._names.get(surface, ())

    def _surfaces(self) -> Iterable[str]:
        yield from self._names
        yield from self._unread

    def _in_capitals(self) -> dict[str, str]:
        if self._capitals is None:
            self._capitals = {}
            for surface in self._surfaces():
                self._capitals.setdefault(surface.upper(), surface)
        return self._capitals

    def _in_folds(self) -> dict[str, str]:
        if self._folded is None:
            self._folded = {}
            for surface in self._surfaces():
                if len(surface) > 4 and surface[0].isupper():
                    self._folded.setdefault(_fold(surface), surface)
        return self._folded


def _family(name: str, country: str) -> str:
    """The family name, by which the press calls somebody for short."""
    return name.partition(" ")[0] if country in FAMILY_FIRST else name.rpartition(" ")[2]


@cache
def _later(table: str, line: str) -> Entry:
    """A row of a big shipped table."""
    row = dict(zip(HEADERS[table].split(), line.split("\t"), strict=True))
    return _READ[table](row)


_READ = {"cities": facts.city, "organisations": facts.body, "holders": facts.holder}


def _terms(shelf: Mapping[_Key, list[str]], key: _Key) -> list[Entry]:
    return [_later("holders", line) for line in shelf.get(key, ())]


def fitting(entries: Sequence[Entry], words: Collection[str]) -> tuple[Entry, ...]:
    """The meanings of a name that a story allows, those that its words speak for first.

    `words` are the story's, in lower case. An entry with cues needs one of them: "SDF" beside
    Raqqa is the Syrian force, beside Okinawa the Japanese one, and the Democratic Party is no
    American one where nothing else is American.
    """
    told = [entry for entry in entries if any(cue in words for cue in entry.near)]
    return (*told, *(entry for entry in entries if not entry.near))


def _fold(surface: str) -> str:
    """The form that spelling variants share: no accents, hyphens, apostrophes or full stops.

    The case of one word is kept, so that "Turkey" is not found in "TURKEY" soup recipes.
    """
    if not surface.isascii():
        surface = "".join(
            c for c in unicodedata.normalize("NFKD", surface) if not unicodedata.combining(c)
        )
    plain = surface.replace("-", " ").translate(_DROPPED)
    return plain.lower().replace(" el ", " al ") if " " in plain else plain


FAMILY_FIRST = frozenset(["CHN", "KOR", "PRK", "TWN", "HKG", "MAC"])
_DROPPED = {ord(c): None for c in "'’‘ʼʻ`."}


def _on(entry: Entry, on: str) -> bool:
    return (not entry.since or entry.since <= on) and (not entry.until or on <= entry.until)
