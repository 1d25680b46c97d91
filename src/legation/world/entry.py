"""The facts that travel: one meaning of a name, and a state."""

from __future__ import annotations

from dataclasses import dataclass

from legation.world.tables import Row, number, split


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name.

    `kind` is country, demonym, city, region, seat, organisation, group or person.

    `country` is alpha-3 or a body's code; `since`, `until` inclusive ISO dates ("" open); `office`
    and `body` (a body's code or entity) are set for persons; `near` are words that speak for this
    meaning of an ambiguous name; `lat`, `lon` in degrees; `geoname` a GeoNames id (0 unknown).
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
    body: str = ""
    near: tuple[str, ...] = ()


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


def city(row: Row) -> Entry:
    """A row of cities.tsv. Raises ValueError when a number is none."""
    entity = f"geonames:{row['geoname']}" if row["geoname"] else f"city:{row['name']}"
    return Entry(
        row["name"], "city", row["country"] or None, "UNK", entity=entity,
        lat=number(row, "lat"), lon=number(row, "lon"), geoname=int(number(row, "geoname") or 0),
        capital=row["capital"] == "1", population=int(number(row, "population") or 0),
        region=row["region"],
    )  # fmt: skip


def holder(row: Row) -> Entry:
    """A row of holders.tsv, its cells checked before."""
    return Entry(
        row["name"], "person", row["country"] or None, row["sector"], row["office"],
        row["since"], row["until"], row["entity"], body=row["body"],
    )  # fmt: skip


def body(row: Row) -> Entry:
    """A row of organisations.tsv, its cells checked before."""
    return Entry(
        row["name"], row["kind"], row["country"] or None, row["sector"], "", row["since"],
        row["until"], row["entity"], near=tuple(split(row["near"].lower())),
    )  # fmt: skip
