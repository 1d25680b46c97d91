"""Rows of the tables become entries of the world; bad values are told with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from legation.errors import KnowledgeError
from legation.world import entry as facts
from legation.world.atlas import World
from legation.world.entry import Country, Entry
from legation.world.tables import Row, dates, number, office, rows, sector, split


def fill(world: World, table: str, path: Path) -> None:
    """Enter every row of a file. Raises KnowledgeError with file and line at the first bad one."""
    enter(world, table, rows(table, path), path)


def enter(world: World, table: str, found: Iterable[tuple[int, Row]], path: Path) -> None:
    """Enter rows with their line numbers. Raises KnowledgeError at the first bad one."""
    count = 0
    for line, row in found:
        try:
            _FILL[table](world, row)
        except (ValueError, KeyError) as error:
            raise KnowledgeError(f"bad value: {error}", str(path), line) from None
        count += 1
    world.counts[table] = world.counts.get(table, 0) + count


def check_bodies(world: World, found: Iterable[tuple[int, Row]], path: Path) -> None:
    """Is the body of every office some body's entity or code? Raises KnowledgeError."""
    for line, row in found:
        told = row["body"]
        if told and told not in world.bodies and not world.has_body(told):
            message = (
                f"body {told!r} is the entity of no organisation or group; give it a line of its"
                " own, in this file or another of yours"
            )
            raise KnowledgeError(message, str(path), line)


def _code(world: World, cell: str, defines: bool = False) -> str | None:
    """The code of a state or body; None for none. Raises ValueError.

    A row of an international organisation defines the code of a body that is no state.
    """
    if not cell or cell in world.countries or cell in world.bodies:
        return cell or None
    if defines and re.fullmatch(r"[A-Z][A-Z0-9+]{1,11}", cell):
        world.bodies.add(cell)
        return cell
    raise ValueError(f"country {cell!r} is no state's code (ISO 3166-1 alpha-3) and no body's")


def _country(world: World, row: Row) -> None:
    code = row["code"]
    if len(code) != 3 or code in world.countries:
        raise ValueError(f"code {code!r} is not three letters, or there twice")
    aliases, demonyms = tuple(split(row["aliases"])), tuple(split(row["demonyms"]))
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


def _nation(world: World, row: Row) -> None:
    """Another name of a state ("the Solomons") or of its people ("Ecuadorian")."""
    code = row["country"]
    if code not in world.countries:
        raise ValueError(f"country {code!r} is no state's code (ISO 3166-1 alpha-3)")
    if row["kind"] not in ("country", "demonym"):
        raise ValueError(f"kind {row['kind']!r} is neither country nor demonym")
    state = world.countries[code]
    sector = "GOV" if row["kind"] == "country" else "UNK"
    entry = Entry(
        state.name,
        row["kind"],
        code,
        sector,
        entity=f"country:{code}",
        lat=state.lat,
        lon=state.lon,
    )
    _name(world, row, entry)


def _city(world: World, row: Row) -> None:
    _code(world, row["country"])
    _name(world, row, facts.city(row))


def _region(world: World, row: Row) -> None:
    geoname = int(number(row, "geoname") or 0)
    entity = f"geonames:{geoname}" if geoname else f"region:{row['name']}"
    country = _code(world, row["country"])
    entry = Entry(
        row["name"], "region", country, entity=entity, geoname=geoname, region=row["code"]
    )
    world.name_region(row["country"], row["code"], row["name"])
    for name in (row["name"], *split(row["aliases"])):
        if not world.has_city(name, row["country"]):
            world.add(name, entry)


def _seat(world: World, row: Row) -> None:
    country = _code(world, row["country"])
    _name(
        world,
        row,
        Entry(row["name"], "seat", country, sector(row["sector"]), entity=f"seat:{row['name']}"),
    )


def _body(world: World, row: Row) -> None:
    if row["kind"] not in ("organisation", "group"):
        raise ValueError(f"kind {row['kind']!r} is neither organisation nor group")
    if not re.fullmatch(r"[a-z]+:\S+", row["entity"]):
        raise ValueError(f"entity {row['entity']!r}: write org: and a name of your own, no blanks")
    dates(row)
    _code(world, row["country"], sector(row["sector"]) in ("IGO", "JUD"))
    world.add_body(row["entity"])
    _name(world, row, facts.body(row))


def _holder(world: World, row: Row) -> None:
    dates(row)
    sector(row["sector"])
    office(row["office"], world.offices)
    _code(world, row["country"])
    entry = facts.holder(row)
    world.add_holder(entry)
    _name(world, row, entry)


def _office(world: World, row: Row) -> None:
    """Titles of an office: "high mediator" for the key "mediator"."""
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", row["office"]):
        raise ValueError(f"office {row['office']!r} is no key: small letters with hyphens between")
    if not row["name"]:
        raise ValueError("name is empty")
    world.offices.add(row["office"])
    for title in (row["name"], *split(row["aliases"])):
        world.titles[title.lower()] = (row["office"], sector(row["sector"]))


def _name(world: World, row: Row, entry: Entry) -> None:
    if not row["name"]:
        raise ValueError("name is empty")
    for name in (row["name"], *split(row["aliases"])):
        world.add(name, entry)


_FILL: dict[str, Callable[[World, Row], None]] = {
    "countries": _country,
    "nations": _nation,
    "cities": _city,
    "regions": _region,
    "seats": _seat,
    "organisations": _body,
    "holders": _holder,
    "offices": _office,
}
