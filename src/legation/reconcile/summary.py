"""What do all reports of one happening say together? What most independent ones agree on.

Copies of one text have one voice; conflicting statuses are counted and kept, never averaged away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from legation.reconcile.telling import Telling
from legation.reconcile.voices import independent
from legation.story import Date, Happening, Party, Place

T = TypeVar("T")


def summary(id: str, tellings: Iterable[Telling]) -> Happening:
    """One happening of at least one telling."""
    told = sorted(tellings, key=_rank)
    voices = list({one.family: one for one in reversed(told)}.values())[::-1]
    statuses = _statuses(told)
    status = _status(statuses)
    agreeing = [one for one in told if str(one.event.status) == status]
    best = _fullest(agreeing or told)
    doubt = 1.0
    for one in {one.family: one for one in agreeing}.values():
        doubt *= 1 - one.event.confidence
    said = {name for name, _ in statuses}
    return Happening(
        id=id,
        type=str(best.event.type),
        mode=_most(voices, lambda one: one.event.mode),
        status=status,
        statuses=statuses,
        actors=_parties(agreeing or told, lambda one: one.event.actors),
        recipients=_parties(agreeing or told, lambda one: one.event.recipients),
        date=_date(agreeing or told),
        place=_place(told),
        contexts=tuple(sorted({word for one in told for word in one.event.contexts})),
        events=tuple(sorted(one.id for one in told)),
        reports=tuple(dict.fromkeys(one.story for one in told)),
        independent=independent(told),
        outlets=tuple(sorted({one.outlet for one in told if one.outlet})),
        disputed="happened" in said and "negated" in said,
        confidence=round(min(0.99, 1 - doubt), 3),
    )


def _rank(one: Telling) -> tuple[str, str, str]:
    return one.published or "9999", one.story, one.id


def _statuses(told: Sequence[Telling]) -> tuple[tuple[str, int], ...]:
    """(status, independent reports), most first."""
    voices: dict[str, set[str]] = defaultdict(set)
    for one in told:
        voices[str(one.event.status)].add(one.family)
    ranked = sorted(voices.items(), key=lambda item: (-len(item[1]), _ORDER.index(item[0])))
    return tuple((name, len(families)) for name, families in ranked)


_ORDER = ("happened", "negated", "planned", "possible")


def _status(statuses: tuple[tuple[str, int], ...]) -> str:
    """What most say; a mere possibility gives way to any report of the fact."""
    firm = [name for name, _ in statuses if name != "possible"]
    return firm[0] if firm else statuses[0][0]


def _fullest(told: Sequence[Telling]) -> Telling:
    return max(told, key=lambda one: (one.event.confidence, one.id))


def _most(told: Sequence[Telling], of: Callable[[Telling], str | None]) -> str | None:
    counted = Counter(value for one in told if (value := of(one)))
    if not counted:
        return None
    return min(counted, key=lambda value: (-counted[value], value))


def _parties(
    told: Sequence[Telling], of: Callable[[Telling], tuple[Party, ...]]
) -> tuple[Party, ...]:
    """The list that most independent reports give, in its fullest form; offsets are dropped."""
    voices: dict[tuple[str, ...], set[str]] = defaultdict(set)
    forms: dict[tuple[str, ...], list[tuple[Party, ...]]] = defaultdict(list)
    for one in told:
        parties = of(one)
        if parties:
            key = tuple(sorted({party.country or "?" for party in parties}))
            voices[key].add(one.family)
            forms[key].append(parties)
    if not forms:
        return ()
    best = min(forms, key=lambda key: ("?" in key, -len(voices[key]), -len(key), key))
    full = max(forms[best], key=lambda parties: (_named(parties), [str(p) for p in parties]))
    return tuple(Party(p.text, p.name, p.country, p.sector, p.role, _entity(p)) for p in full)


def _named(parties: tuple[Party, ...]) -> tuple[int, int]:
    return sum(1 for p in parties if p.name), sum(1 for p in parties if p.role)


def _entity(party: Party) -> str:
    return "" if party.entity.startswith("story:") else party.entity


def _date(told: Sequence[Telling]) -> Date | None:
    """The narrowest dated span, of those the one that most reports give."""
    dated = [one.event.date for one in told if one.days and one.event.date]
    if not dated:
        days = [one.event.date for one in told if one.event.date]
        return days[0] if days else None
    counted = Counter((date.start, date.end) for date in dated)
    shortest = min(one.days for one in told if one.days and one.event.date)
    narrow = [
        (one.event.date.start, one.event.date.end)
        for one in told
        if one.event.date and one.days == shortest
    ]
    start, end = min(narrow, key=lambda span: (-counted[span], span))
    return Date(start, end, "", "text")


def _place(told: Sequence[Telling]) -> Place | None:
    places = [one.event.place for one in told if one.event.place]
    if not places:
        return None

    def rank(place: Place) -> tuple[Any, ...]:
        same = sum(1 for other in places if other.name == place.name)
        return not place.geoname, place.lat is None, -same, place.name, place.text

    return min(places, key=rank)
