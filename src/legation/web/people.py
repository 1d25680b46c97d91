"""Pages of sides: a pair's relation over time, an actor; the list of relations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from legation.store.asking import is_code
from legation.study import groups
from legation.web import charting, drawing, looks
from legation.web.api import ID, PAIR, ROOM
from legation.web.start import READER

router = APIRouter(include_in_schema=False, dependencies=READER)
DAY = Annotated[date | None, Query()]
NAME = Annotated[str, Query(max_length=100)]
NEWEST = 1_000  # acts of an actor that its page counts by field
PLANS = 12  # that the page of a pair shows; the calendar has them all


@router.get("/relations")
def relations(
    request: Request, room: ROOM, since: DAY = None, until: DAY = None, as_of: DAY = None,
    one: NAME = "", two: NAME = "",
) -> Response:  # fmt: skip
    """Which pairs are most told of lately, and a way to any other by the names `one` and `two`."""
    asked = days_of(since, until, as_of)
    if one.strip() and two.strip():
        tail = looks.query(**asked)
        address = f"/relations/{room.code(one)}-{room.code(two)}"
        return RedirectResponse(f"{address}?{tail}" if tail else address, 303)
    among = room.desk.facets("sides", most=60, **asked)
    pairs = dict(among["sides"])
    return looks.page(request, "relations.html", pairs=pairs, among=among, asked=asked)


@router.get("/relations/{pair}")
def relation(
    request: Request, room: ROOM, pair: PAIR, since: DAY = None, until: DAY = None,
    as_of: DAY = None,
) -> Response:  # fmt: skip
    """How two sides stand, and since when."""
    one, _, two = pair.partition("-")
    asked = days_of(since, until, as_of)
    told_pair = groups.spelled(pair)
    left, _, right = (side.replace("+", ",") for side in told_pair.partition("-"))
    first, last = _first_and_last(room, told_pair, asked)
    by = drawing.period_for(first, last) if first else "week"
    counting = room.beside(
        lambda: room.desk.tally(by, "type", pair=told_pair, **{**asked, "since": first})
        if first else []
    )  # fmt: skip
    then = {name: value for name, value in asked.items() if name == "as_of"}
    plans = room.desk.plans(pair=told_pair, undated=True, **then).page(PLANS)
    study = charting.studied(room, pair, last, *_span(asked)) if last else None
    shown = {**asked, "since": asked.get("since", first)}  # what is told of each direction
    rows, told = counting.result(), looks.query(pair=told_pair)
    covered = room.desk.covered(by, first, last) if first else set()
    chart = drawing.timeline(rows, by, covered, f"/events?{told}") if rows else None
    return looks.page(
        request, "relation.html", pair=pair, codes=told_pair, one=one, two=two,
        sides=((one, two, left, right), (two, one, right, left)), asked=asked, by=by, chart=chart,
        first=first, last=last,
        study=study, tail=looks.query(**asked),
        newest=room.desk.happenings(pair=told_pair, **asked).page(12).items,
        weighty=charting.weightiest(room, study, asked.get("as_of", ""), 8) if study else [],
        there=room.desk.facets(("type", "status"), 0, actor=left, recipient=right, **shown),
        back=room.desk.facets(("type", "status"), 0, actor=right, recipient=left, **shown),
        within=looks.query(since=shown["since"], until=asked.get("until", "")),
        plans=plans.items, more_plans=bool(plans.next),
    )  # fmt: skip


@router.get("/actors")
def actors(
    request: Request, room: ROOM, words: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Whom the desk knows: by the beginning of a name, or those most told of lately."""
    words = words.replace("\0", "")
    found = room.desk.parties(words, 60) if words else []
    begun = words.strip().casefold()
    lands = [
        (code, name) for code, name in room.countries.items()
        if begun and (name.casefold().startswith(begun) or code.casefold() == begun)
    ]  # fmt: skip
    among = room.desk.facets(("actor", "recipient"))
    return looks.page(request, "actors.html", words=words, found=found, among=among, lands=lands)


@router.get("/actors/{id}")
def actor(request: Request, room: ROOM, id: ID, as_of: DAY = None) -> Response:
    """One side: what it does and what is done to it."""
    then = days_of(None, None, as_of)
    fields = ("type", "status", "actor", "recipient", "outlet", "place")
    told = room.desk.events(party=id, **then).page(25)
    if not told.items and not is_code(id) and not room.desk.parties(id, 1):
        raise HTTPException(404, f"the desk knows nobody called {id!r}")
    first, last = _first_and_last(room, "", {"party": id, **then})
    by = drawing.period_for(first, last) if first else "week"
    counting = room.beside(
        lambda: room.desk.tally(by, "type", party=id, since=first, **then) if first else []
    )
    suffering = room.beside(lambda: room.desk.facets(fields, NEWEST, recipient=id, **then))
    does = room.desk.facets(fields, NEWEST, actor=id, **then)
    plans = room.desk.plans(party=id, outcome="open", **then).page(10).items
    says = room.desk.facets(fields, NEWEST, source=id, **then)
    known = [] if is_code(id) else room.desk.parties(id, 5)
    covered = room.desk.covered(by, first, last) if first else set()
    rows, told_of = counting.result(), looks.query(party=id)
    return looks.page(
        request, "actor.html", id=id, title=room.name(id) if is_code(id) else id, told=told,
        by=by,
        chart=drawing.timeline(rows, by, covered, f"/events?{told_of}") if rows else None,
        does=does, suffers=suffering.result(), says=says, known=known, first=first, last=last,
        plans=plans,
        is_code=is_code(id),
    )  # fmt: skip


def _first_and_last(room: Any, pair: str, asked: dict[str, Any]) -> tuple[str, str]:
    """First and last day of the events of a side or pair that are dated by their act or story."""
    wanted = {**asked, **({"pair": pair} if pair else {})}
    oldest = room.desk.events("oldest", **wanted).first()
    newest = room.desk.events("newest", **wanted).first()
    if oldest is None or newest is None or not newest.day:
        return "", ""
    last = min(newest.day, asked.get("until") or newest.day)
    first = max(oldest.day, asked.get("since") or _plus(last, -charting.YEARS * 365))
    watched = _plus(room.desk.span()[0] or first, -7)  # what is told of earlier days is background
    return (first if asked.get("since") else min(max(first, watched), last)), last


def _span(asked: dict[str, Any]) -> tuple[str, str, str]:
    return asked.get("since", ""), asked.get("until", ""), asked.get("as_of", "")


def _plus(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_of(since: date | None, until: date | None, as_of: date | None = None) -> dict[str, Any]:
    found = {"since": since, "until": until, "as_of": as_of}
    return {name: value.isoformat() for name, value in found.items() if value}
