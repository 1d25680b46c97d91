"""What is true of the world, as data: states, places, seats, bodies, groups, office holders.

Tables are tab-separated with a header and a `source` column that says where each fact comes from;
aliases stand in one column, "|" between them. `load()` reads them once per process. Users add their
own files of the same form (`load((path,))`); docs/world.md describes the columns.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from legation.errors import KnowledgeError

HERE = Path(__file__).parent
HEADERS = {
    "countries": "code name official aliases demonyms capital lat lon source",
    "cities": "name aliases country region lat lon geoname population capital source",
    "regions": "name aliases country geoname source",
    "seats": "name aliases country sector source",
    "organisations": "entity name aliases kind country sector since until source",
    "holders": "entity name aliases country body office sector since until source",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name.

    `kind` is country, demonym, city, region, seat, organisation, group or person.

    `country` is alpha-3 or a body's code; `since`, `until` inclusive ISO dates ("" open); `office`
    is set for persons; `lat`, `lon` in degrees; `geoname` a GeoNames id (0 unknown).
    """

    name: str
    kind: str
    country: str | None
    sector: str = "UNK"
    office: str = ""
    since: str = ""
    until: str = ""
    entity: str = ""
    lat: float | None = None
    lon: float | None = None
    geoname: int = 0
    capital: bool = False
    population: int = 0
    region: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory; `lat`, `lon` of its middle, in degrees."""

    code: str
    name: str
    official: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    lat: float
    lon: float


class World:
    """The tables, indexed by surface form, by code and by office."""

    def __init__(self) -> None:
        """An empty world."""
        self.countries: dict[str, Country] = {}
        self.longest = 1
        self.complete_to = ""
        self._names: dict[str, tuple[Entry, ...]] = {}
        self._offices: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._people: dict[str, list[Entry]] = defaultdict(list)
        self._capitals: dict[str, str] = {}

    def find(self, surface: str) -> tuple[Entry, ...]:
        """Every entry with exactly this alias; an all-capitals headline form also finds it."""
        found = self._names.get(surface)
        if found is not None:
            return found
        low = self._capitals.get(surface) if surface.isupper() and len(surface) > 3 else None
        return self._names.get(low, ()) if low else ()

    def country(self, code: str | None) -> Country | None:
        """The state with this code; None when unknown."""
        return self.countries.get(code or "")

    def holder(self, office: str, country: str, on: str) -> Entry | None:
        """Who held an office of a state (or body) on an ISO day; None when the tables don't say."""
        held = [e for e in self._offices.get((office, country), ()) if _on(e, on)]
        return max(held, key=lambda e: e.since) if held else None

    def roles(self, entity: str, on: str) -> tuple[Entry, ...]:
        """The offices that a person held on a day."""
        return tuple(e for e in self._people.get(entity, ()) if _on(e, on))

    def former(self, entity: str, on: str) -> bool:
        """Did the person hold office before the day, and none on it?"""
        rows = self._people.get(entity, ())
        past = any(e.until and e.until < on for e in rows)
        return past and not self.roles(entity, on)

    def add(self, surface: str, entry: Entry) -> None:
        """Make `surface` mean `entry` too."""
        known = self._names.get(surface, ())
        if entry not in known:
            self._names[surface] = (*known, entry)
            self._capitals.setdefault(surface.upper(), surface)
            self.longest = max(self.longest, surface.count(" ") + 1)

    def add_holder(self, entry: Entry, body: str) -> None:
        """Enter a term of office."""
        self._people[entry.entity].append(entry)
        for owner in (entry.country, body):
            if owner:
                self._offices[entry.office, owner].append(entry)


@cache
def load(extra: tuple[Path, ...] = ()) -> World:
    """Read the shipped tables and the user's own. Raises KnowledgeError (file, line)."""
    world = World()
    meta = tomllib.loads((HERE / "meta.toml").read_text(encoding="utf-8"))
    world.complete_to = meta.get("complete_to", "")
    for table in HEADERS:
        path = HERE / f"{table}.tsv"
        if path.exists():
            _fill(world, table, path)
    for path in extra:
        _fill(world, _table_of(path), path)
    return world


def _table_of(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        header = stream.readline().rstrip("\n").replace("\t", " ")
    for table, columns in HEADERS.items():
        if header == columns:
            return table
    raise KnowledgeError("the header is that of no world table (see docs/world.md)", str(path), 1)


def _rows(table: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    columns = HEADERS[table].split()
    with path.open(encoding="utf-8") as stream:
        header = stream.readline().rstrip("\n").split("\t")
        if header != columns:
            raise KnowledgeError(f"the header must be {' '.join(columns)}", str(path), 1)
        for number, line in enumerate(stream, 2):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != len(columns):
                message = f"{len(cells)} columns, the table has {len(columns)}"
                raise KnowledgeError(message, str(path), number)
            yield number, dict(zip(columns, cells, strict=True))


def _fill(world: World, table: str, path: Path) -> None:
    for number, row in _rows(table, path):
        try:
            _FILL[table](world, row)
        except (ValueError, KeyError) as error:
            raise KnowledgeError(f"bad value: {error}", str(path), number) from None


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _country(world: World, row: Mapping[str, str]) -> None:
    code = row["code"]
    if len(code) != 3 or code in world.countries:
        raise ValueError(f"code {code!r} is not three letters, or there twice")
    aliases, demonyms = tuple(_split(row["aliases"])), tuple(_split(row["demonyms"]))
    lat, lon = float(row["lat"] or 0), float(row["lon"] or 0)
    world.countries[code] = Country(
        code, row["name"], row["official"], aliases, demonyms, row["capital"], lat, lon
    )
    entry = Entry(row["name"], "country", code, "GOV", entity=f"country:{code}", lat=lat, lon=lon)
    for name in dict.fromkeys((row["name"], row["official"], *aliases)):
        if name:
            world.add(name, entry)
    people = replace(entry, kind="demonym", sector="UNK")
    for name in demonyms:
        world.add(name, people)


def _city(world: World, row: Mapping[str, str]) -> None:
    entry = Entry(
        row["name"], "city", row["country"] or None, "UNK", entity=f"geonames:{row['geoname']}",
        lat=_number(row["lat"]), lon=_number(row["lon"]), geoname=int(row["geoname"] or 0),
        capital=row["capital"] == "1", population=int(row["population"] or 0), region=row["region"],
    )  # fmt: skip
    for name in (row["name"], *_split(row["aliases"])):
        world.add(name, entry)


def _region(world: World, row: Mapping[str, str]) -> None:
    geoname = int(row["geoname"] or 0)
    entity = f"geonames:{geoname}" if geoname else f"region:{row['name']}"
    entry = Entry(row["name"], "region", row["country"] or None, entity=entity, geoname=geoname)
    for name in (row["name"], *_split(row["aliases"])):
        world.add(name, entry)


def _seat(world: World, row: Mapping[str, str]) -> None:
    entry = Entry(row["name"], "seat", row["country"], row["sector"], entity=f"seat:{row['name']}")
    for name in (row["name"], *_split(row["aliases"])):
        world.add(name, entry)


def _body(world: World, row: Mapping[str, str]) -> None:
    if row["kind"] not in ("organisation", "group"):
        raise ValueError(f"kind {row['kind']!r} is neither organisation nor group")
    since, until = _dates(row)
    country = row["country"] or None
    entry = Entry(
        row["name"], row["kind"], country, row["sector"], "", since, until, row["entity"]
    )  # fmt: skip
    for name in (row["name"], *_split(row["aliases"])):
        world.add(name, entry)


def _holder(world: World, row: Mapping[str, str]) -> None:
    since, until = _dates(row)
    entry = Entry(
        row["name"], "person", row["country"] or None, row["sector"], row["office"], since, until,
        row["entity"],
    )  # fmt: skip
    world.add_holder(entry, row["body"])
    for name in (row["name"], *_split(row["aliases"])):
        world.add(name, entry)


def _dates(row: Mapping[str, str]) -> tuple[str, str]:
    since, until = row["since"], row["until"]
    for value in (since, until):
        if value:
            date.fromisoformat(value)
    if since and until and since > until:
        raise ValueError(f"since {since} is after until {until}")
    return since, until


def _on(entry: Entry, on: str) -> bool:
    return (not entry.since or entry.since <= on) and (not entry.until or on <= entry.until)


_FILL = {
    "countries": _country,
    "cities": _city,
    "regions": _region,
    "seats": _seat,
    "organisations": _body,
    "holders": _holder,
}
