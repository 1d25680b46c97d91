"""What a noun phrase says by itself, and how a role takes country and sector from its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from legation.questions.who.names import Names

TAKEN = frozenset(
    ["GOV", "UNK", "REB", "MIL", "UAF", "LAB"]
)  # sectors that give way to that of the owning body
MEN = frozenset(["man", "woman", "people", "unit", "men", "member", "crew", "gunner", "pilot"])
STATES = frozenset(["country", "demonym", "city", "region"])


@dataclass(slots=True)
class Reading:
    """A phrase read alone: `kind` is state, place, body, organ, person, role, people."""

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
    abroad: bool = False  # "Western envoys", "foreign firms": of no one state
    lapsed: bool = False  # former only by the tables: a title told in the story outweighs it
    count: int = 0  # 2 for "both ministers", "the two leaders"
    body: str = ""  # the entity of the organisation or group that a role belongs to


def slug(name: str) -> str:
    """The entity of somebody whom no table knows: the same full name gives the same one."""
    return "story:" + "-".join(name.lower().replace(".", "").split())


def owned(names: Names, reading: Reading, owners: Sequence[Any]) -> Reading:
    """Country, and for spokesmen and leaders the sector, of the body that a role belongs to."""
    if not owners:
        return reading
    reading.owners = tuple(dict.fromkeys(o.country for o in owners if o.country))
    if len(owners) > 1 and not reading.plural and all(o.kind == "demonym" for o in owners):
        owners = owners[-1:]  # "an Iranian-American businessman" is an American
    bodies = [o for o in owners if o.kind in ("organisation", "group", "seat")]
    owner = bodies[-1] if bodies else owners[0]
    principal = names.lexicon.is_like("principal", reading.phrase)
    reading.body = owner.entity if owner.kind in ("organisation", "group") else ""
    # "the Syrian Kurdish YPG": what the text says of a body outweighs where it comes from
    reading.country = owner.country
    if owner.kind in ("organisation", "group") and owner.country is None:
        reading.country = next((o.country for o in owners if o.country), None)
        reading.abroad = reading.abroad or (owner.sector == "IGO" and reading.country is None)
    if bodies and (principal or owner.sector == "IGO"):
        if reading.sector in TAKEN and owner.sector not in ("", "UNK"):
            army = reading.sector == "MIL" and owner.sector in ("IGO", "GOV", "MIL")
            reading.sector = "MIL" if army else owner.sector
    elif owner.kind in STATES and principal and reading.sector == "UNK":
        reading.sector = "GOV"
    if bodies and reading.phrase in MEN and owner.sector in ("REB", "PRM", "MIL", "COP", "SPY"):
        reading.sector = owner.sector  # "M23 men"
    if owner.kind == "group":
        reading.name = owner.name if reading.plural else None
        reading.entity = owner.entity if reading.plural else ""
    return reading
