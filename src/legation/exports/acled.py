"""An ACLED-like table: violence, protest, and what ACLED calls strategic developments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from legation.exports.cameo import countries
from legation.exports.profile import Loss, Profile, texts
from legation.store import KeptEvent
from legation.story import Party, Place

ACLED = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp".split()
)
_VIOLENCE, _DEMO, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
GEO_PRECISION = {"city": 1, "point": 2, "region": 3, "country": 3}
"""ACLED's codes: 1 a town, 2 near or in part of one, 3 a region or more."""
ACLED_TYPES: dict[tuple[str, str | None], tuple[str, str, str]] = {
    ("ASSAULT", None): (_VIOLENCE, "Battles", "Armed clash"),
    ("ASSAULT", "abduct"): (
        _VIOLENCE, "Violence against civilians", "Abduction/forced disappearance"
    ),
    ("ASSAULT", "beat"): (_VIOLENCE, "Violence against civilians", "Attack"),
    ("ASSAULT", "torture"): (_VIOLENCE, "Violence against civilians", "Attack"),
    ("ASSAULT", "sexual"): (_VIOLENCE, "Violence against civilians", "Sexual violence"),
    ("ASSAULT", "targeted"): (_VIOLENCE, "Violence against civilians", "Attack"),
    ("ASSAULT", "explosives"): (
        _VIOLENCE, "Explosions/Remote violence", "Remote explosive/landmine/IED"
    ),
    ("ASSAULT", "suicide-attack"): (_VIOLENCE, "Explosions/Remote violence", "Suicide bomb"),
    ("ASSAULT", "aerial"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "drone"): (_VIOLENCE, "Explosions/Remote violence", "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (
        _VIOLENCE, "Explosions/Remote violence", "Shelling/artillery/missile attack"
    ),
    ("ASSAULT", "unconventional"): (_VIOLENCE, "Explosions/Remote violence", "Chemical weapon"),
    ("ASSAULT", "crowd-control"): (_DEMO, "Protests", "Protest with intervention"),
    ("PROTEST", None): (_DEMO, "Protests", "Peaceful protest"),
    ("PROTEST", "riot"): (_DEMO, "Riots", "Violent demonstration"),
    ("PROTEST", "vandalize"): (_DEMO, "Riots", "Violent demonstration"),
    ("COERCE", "arrest"): (_STRATEGIC, "Strategic developments", "Arrests"),
    ("COERCE", "seize"): (
        _STRATEGIC, "Strategic developments", "Non-violent transfer of territory"
    ),
    ("RETREAT", "ceasefire"): (_STRATEGIC, "Strategic developments", "Agreement"),
}  # fmt: skip


def _geo_precision(place: Place) -> int:
    """ACLED's code of how exact a place is; of records without `precision` by its coordinates."""
    return GEO_PRECISION.get(place.precision, 1 if place.geoname else 3)


def rows(kept: KeptEvent, loss: Loss) -> Iterator[dict[str, Any]]:
    """ACLED-like: only violence, protest and what ACLED calls strategic developments."""
    event = kept.event
    kind = ACLED_TYPES.get((str(event.type), event.mode)) or ACLED_TYPES.get(
        (str(event.type), None)
    )
    if kind is None:
        loss.add(f"left out: {event.type} is nothing that ACLED records")
        return
    if str(event.status) != "happened":
        loss.add(f"left out: status {event.status}, ACLED records what happened")
        return
    if not kept.day:
        loss.add("left out: no date")
        return
    if event.actors and event.recipients:
        loss.add("direction dropped: ACLED's actor1 and actor2 imply none")
    loss.add("fatalities left empty: they are not coded")
    one, two = event.actors, event.recipients
    at = event.place
    yield {
        "event_id_cnty": kept.happening or event.id, "event_date": kept.day,
        "year": int(kept.day[:4]),
        "time_precision": 1 if kept.days == 1 else 2 if kept.days <= 7 else 3,
        "disorder_type": kind[0], "event_type": kind[1], "sub_event_type": kind[2],
        "actor1": _named(one[0]) if one else None,
        "assoc_actor_1": "; ".join(map(_named, one[1:])) or None,
        "inter1": one[0].sector if one else None, "actor2": _named(two[0]) if two else None,
        "assoc_actor_2": "; ".join(map(_named, two[1:])) or None,
        "inter2": two[0].sector if two else None, "interaction": None,
        "civilian_targeting": "Civilian targeting"
        if any(p.sector in ("CVL", "JRN", "MED", "REF") for p in two) else None,
        "iso": None, "region": None,
        "country": countries().get(at.country or "") if at else None,
        "admin1": (at.region or None) if at else None,
        "admin2": None, "admin3": None, "location": at.name if at else None,
        "latitude": at.lat if at else None, "longitude": at.lon if at else None,
        "geo_precision": _geo_precision(at) if at else None,
        "source": kept.outlet or None, "source_scale": None, "notes": kept.sentence,
        "fatalities": None, "tags": "; ".join(event.contexts) or None, "timestamp": kept.coded,
    }  # fmt: skip


def _named(party: Party) -> str:
    name = party.name or party.text or "?"
    return f"{name} ({party.country})" if party.country else name


PROFILE = Profile(
    "acled",
    texts(
        ACLED, latitude="real", longitude="real", year="int", time_precision="int",
        geo_precision="int",
    ),
    rows,
    "csv",
)  # fmt: skip
