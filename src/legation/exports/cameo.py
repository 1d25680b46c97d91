"""CAMEO event tables: ICEWS' 20 columns and GDELT 2's 61. One row for each actor and recipient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from legation.exports.profile import QUADS, Loss, Profile, dyads, texts
from legation.store import KeptEvent

GDELT = tuple(
    "GlobalEventID Day MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode "
    "Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code "
    "Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode "
    "Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code "
    "Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode "
    "EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone "
    "Actor1Geo_Type Actor1Geo_Fullname Actor1Geo_CountryCode Actor1Geo_ADM1Code "
    "Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID Actor2Geo_Type "
    "Actor2Geo_Fullname Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code "
    "Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_Fullname "
    "ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long "
    "ActionGeo_FeatureID DATEADDED SOURCEURL".split()
)
ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip


def icews(kept: KeptEvent, loss: Loss) -> Iterator[dict[str, Any]]:
    """ICEWS: one row for each actor and recipient; acts that did not happen are left out."""
    event = kept.event
    code = _cameo_of(kept, loss)
    if code is None:
        return
    if event.source:
        loss.add("source dropped: ICEWS' Source is the actor")
    names = countries()
    for actor, target in dyads(kept):
        yield {
            "Event ID": event.id, "Event Date": kept.day,
            "Source Name": actor.name or actor.text or None, "Source Sectors": actor.sector,
            "Source Country": names.get(actor.country or "", actor.country),
            "Event Text": code.label, "CAMEO Code": code.code, "Intensity": code.goldstein,
            "Target Name": (target.name or target.text or None) if target else None,
            "Target Sectors": target.sector if target else None,
            "Target Country": names.get(target.country or "", target.country) if target else None,
            "Story ID": kept.story, "Sentence Number": None, "Publisher": kept.outlet or None,
            "City": event.place.name if event.place else None, "District": None, "Province": None,
            "Country": names.get(event.place.country or "") if event.place else None,
            "Latitude": event.place.lat if event.place else None,
            "Longitude": event.place.lon if event.place else None,
        }  # fmt: skip


def gdelt(kept: KeptEvent, loss: Loss) -> Iterator[dict[str, Any]]:
    """GDELT 2 events: 61 columns; one row for each actor and recipient."""
    event = kept.event
    code = _cameo_of(kept, loss)
    if code is None:
        return
    for name in ("source", "confidence", "evidence"):
        if getattr(event, name):
            loss.add(f"{name} dropped: GDELT has no slot")
    when = date.fromisoformat(kept.day)
    fraction = when.year + ((when.month - 1) * 30 + when.day) / 365  # GDELT's own reckoning
    at = event.place
    for order, (actor, target) in enumerate(dyads(kept)):
        row: dict[str, Any] = dict.fromkeys(GDELT)
        row |= {
            "GlobalEventID": f"{event.id}-{order}", "Day": f"{when:%Y%m%d}",
            "MonthYear": f"{when:%Y%m}", "Year": str(when.year),
            "FractionDate": f"{fraction:.4f}", "IsRootEvent": "1",
            "EventCode": code.code, "EventBaseCode": code.code[:3], "EventRootCode": code.code[:2],
            "QuadClass": str(QUADS[str(event.type)]), "GoldsteinScale": str(code.goldstein),
            "NumMentions": "1", "NumSources": "1", "NumArticles": "1",
            "DATEADDED": kept.first_seen[:19].translate({ord(c): None for c in "-:T"}),
            "SOURCEURL": kept.url or kept.outlet,
        }  # fmt: skip
        for number, party in ((1, actor), (2, target)):
            if party:
                row[f"Actor{number}Code"] = "".join(
                    filter(None, (party.country, None if party.sector == "UNK" else party.sector))
                )
                row[f"Actor{number}Name"] = (party.name or party.text or "").upper() or None
                row[f"Actor{number}CountryCode"] = party.country
                row[f"Actor{number}Type1Code"] = None if party.sector == "UNK" else party.sector
        if at:
            row |= {
                "ActionGeo_Type": "4" if at.geoname else "1", "ActionGeo_Fullname": at.name,
                "ActionGeo_CountryCode": fips().get(at.country or "", None),
                "ActionGeo_Lat": None if at.lat is None else str(at.lat),
                "ActionGeo_Long": None if at.lon is None else str(at.lon),
                "ActionGeo_FeatureID": str(at.geoname) if at.geoname else None,
            }  # fmt: skip
            if at.country and at.country not in fips():
                loss.add("place country dropped: it has no FIPS 10-4 code")
        yield row


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code with its label and Goldstein score."""

    code: str
    label: str
    goldstein: float


def _cameo_of(kept: KeptEvent, loss: Loss) -> Cameo | None:
    """The CAMEO code of a dated act; None, told to `loss`, for what CAMEO cannot say."""
    kind, status = str(kept.event.type), str(kept.event.status)
    if status in ("possible", "negated"):
        loss.add(f"left out: status {status}, CAMEO has no slot")
        return None
    if not kept.day:
        loss.add("left out: no date")
        return None
    if kept.days > 1:
        loss.add("span of days cut to its first day")
    if kept.event.contexts:
        loss.add("contexts dropped: no slot")
    key = "planned" if status == "planned" else kept.event.mode or ""
    if status == "planned":
        loss.add(f"planned {kind} written as an intent (CAMEO 03x, 13x)")
    table = cameo()
    return table.get((kind, key)) or table[(kind, "planned" if key == "planned" else "")]


@cache
def cameo() -> dict[tuple[str, str], Cameo]:
    """(type, mode) -> CAMEO, from cameo.tsv; mode "" is any other, "planned" a plan."""
    return {(row[0], row[1]): Cameo(row[2], row[3], float(row[4])) for row in _lines("cameo.tsv")}


def countries() -> dict[str, str]:
    """ISO alpha-3 -> English name."""
    return {code: row[0] for code, row in _table().items()}


def fips() -> dict[str, str]:
    """ISO alpha-3 -> FIPS 10-4, which GDELT uses for places."""
    return {code: row[1] for code, row in _table().items() if row[1]}


@cache
def _table() -> dict[str, tuple[str, str]]:
    """ISO alpha-3 -> (name, FIPS), from countries.tsv."""
    return {line[0]: (line[1], line[2]) for line in _lines("countries.tsv")}


def _lines(name: str) -> list[list[str]]:
    """The rows of a table beside this file, without its header."""
    text = files("legation.exports").joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


PROFILES = (
    Profile(
        "icews", texts(ICEWS, Intensity="real", Latitude="real", Longitude="real"), icews, "csv",
        delimiter="\t",
    ),
    Profile("gdelt", texts(GDELT), gdelt, "csv", header=False, delimiter="\t"),
)  # fmt: skip
