"""One report's event as the search for happenings sees it: parties, days, words, blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from legation.reconcile.usage import USAGE
from legation.story import Event, Party

FACING = frozenset(["AGREE", "CONSULT", "COOPERATE", "ASSAULT", "SUPPORT", "RETREAT"])
"""Types that several actors may do towards each other, told with or without a recipient."""
OFTEN = frozenset(["ASSAULT", "COERCE", "PROTEST"])  # many of one kind in a land within a week
VAGUE = 10  # days: a longer span of the act says too little to tie reports together
LATE = 3  # days for which an act without a date may lie back before its report
BACK = 60  # days for which a report may look back on an act without dating it
_STOP = frozenset(USAGE.stop)
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Side:
    """Actors, recipients or both: their codes, the words of personal names, and all words.

    `said` are the codes of those that the report itself names, others were filled in; `written`
    the words of names that it writes out, others stand for an office ("the minister").
    """

    codes: frozenset[str]
    names: frozenset[str]
    sectors: frozenset[str]
    size: int
    said: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """One event of one story. `family` is the first story that this one copies, or itself.

    `first`, `last` bound the act: its dates, or some days up to publication when none is told
    (`days` 0). `stems` are the content words of its sentence, `numbers` the numbers there. `back`:
    the act is told as over before what the report is about ("had toured the island"). `wording`:
    the trigger as it stands in the sentence.
    """

    id: str
    story: str
    family: str
    outlet: str
    published: str
    event: Event
    days: int
    first: str
    last: str
    actors: Side
    recipients: Side
    everyone: Side
    stems: frozenset[str]
    trigger: frozenset[str]
    numbers: frozenset[str]
    sentence: str = ""
    back: bool = False
    wording: str = ""

    def __hash__(self) -> int:
        return hash((self.id, self.story))  # asked many times a plan; all fields would be slow


def telling(
    event: Event, story: str, family: str, outlet: str, published: str, days: int, sentence: str,
    trigger: str = "",
) -> Telling:  # fmt: skip
    """The features of an event; `days` is the precision of its date, 0 for none told."""
    first, last = bounds(event, published, days)
    return Telling(
        id=event.id, story=story, family=family, outlet=outlet, published=published, event=event,
        days=days, first=first, last=last, actors=side(event.actors),
        recipients=side(event.recipients), everyone=side((*event.actors, *event.recipients)),
        stems=content(sentence), trigger=frozenset(map(stem, _TOKEN.findall(trigger))),
        numbers=numbers(sentence), sentence=sentence, back=before(sentence, trigger),
        wording=trigger,
    )  # fmt: skip


@lru_cache(maxsize=16_384)
def content(sentence: str) -> frozenset[str]:
    """The stems of the content words of a sentence."""
    words = _TOKEN.findall(sentence)
    return frozenset(stem(w) for w in words if len(w) > 2 and w.casefold() not in _STOP)


@lru_cache(maxsize=16_384)
def numbers(sentence: str) -> frozenset[str]:
    """The numbers in a sentence, in figures, also those spelled out ("three hundred and sixty")."""
    found, value, small = set(), 0, 0
    for word in [*(w.casefold() for w in _TOKEN.findall(sentence)), ""]:
        scale = USAGE.scales.get(word, 0)
        if word in USAGE.numbers:
            small += USAGE.numbers[word]
        elif scale >= 1000 and small:
            value, small = value + small * scale, 0
        elif 0 < scale < 100 or (scale and small):
            small = scale * max(small, 1)
        elif word in USAGE.joining and (value or small >= 100):
            continue
        else:
            if value + small > 1:
                found.add(str(value + small))
            value = small = 0
            if word[:1].isdigit():
                found.add(word.replace(",", ""))
    return frozenset(found)


def before(sentence: str, trigger: str) -> bool:
    """Is the act told in the past perfect: "had toured", "had twice been arrested"?"""
    words = "|".join(re.escape(word) for word in _TOKEN.findall(trigger))
    return bool(words) and bool(re.search(rf"\b[Hh]ad(?: \w+){{0,2}} (?:{words})\b", sentence))


def bounds(event: Event, published: str, days: int) -> tuple[str, str]:
    """First and last day on which the act can lie; "" when nothing is known."""
    if days and event.date:
        return event.date.start, event.date.end
    if not published:
        return "", ""
    back = date.fromisoformat(published) - timedelta(days=LATE)
    if str(event.status) == "planned":
        return published, (date.fromisoformat(published) + timedelta(days=BACK)).isoformat()
    return back.isoformat(), published


def side(parties: tuple[Party, ...]) -> Side:
    """What is known of some parties."""
    return Side(
        codes=frozenset(party.country for party in parties if party.country),
        names=frozenset(word for party in parties for word in _named(party.name or "")),
        sectors=frozenset(party.sector for party in parties if party.sector != "UNK"),
        size=len(parties),
        said=frozenset(party.country for party in parties if party.country and party.text),
        written=frozenset(word for party in parties for word in _written(party)),
    )


def _named(name: str) -> list[str]:
    """The words of a name by which it is compared."""
    return [word for word in map(str.casefold, _TOKEN.findall(name)) if len(word) > 2]


def _written(party: Party) -> list[str]:
    """The words of its name, unless the text has but an office ("the minister")."""
    name, text = _named(party.name or ""), _named(party.text)
    office = len(text) > 1 or party.role
    return [] if office and not set(name) & set(text) else name


def bare(one: Telling) -> bool:
    """Does it name a deed by its day and nobody who took part: "Tuesday's blasts"?"""
    return not one.everyone.codes and not one.everyone.names and str(one.event.type) in OFTEN


def keys(one: Telling) -> list[str]:
    """Where an event that may be the same act must be found: type and each party's code.

    An act whose parties are all unknown meets others by type, and by the country of its place; a
    deed of one day also by that day ("@"), and those that name nobody are found there ("~").
    """
    kind = str(one.event.type)
    found = {f"{kind}|{code}" for code in one.everyone.codes}
    if one.event.place and one.event.place.country:
        found.add(f"{kind}|{one.event.place.country}")
    if not found:
        found = {f"{kind}|{word}" for word in one.everyone.names} or {f"{kind}|"}
    if _daily(one):
        found |= {f"{kind}|@{one.first}"} | ({f"{kind}|~{one.first}"} if bare(one) else set())
    return sorted(found)


def sought(one: Telling) -> list[str]:
    """The keys under which its like is looked for: by the day only where one of them is bare."""
    kind, day = str(one.event.type), f"|@{one.first}"
    named = [key for key in keys(one) if not key.endswith(day) or bare(one)]
    return [*named, f"{kind}|~{one.first}"] if _daily(one) and not bare(one) else named


def _daily(one: Telling) -> bool:
    return one.days == 1 and str(one.event.type) in OFTEN


def reach(one: Telling) -> tuple[str, str]:
    """The days among which the same act may be told: wider for acts without a date."""
    if not one.first:
        return "", "9999"
    back = BACK if one.days == 0 else 2
    return _shift(one.first, -back), _shift(one.last, 2 if one.days else BACK)


def stands(one: Telling) -> tuple[str, str]:
    """The days under which an event is kept: an undated one under all that it may reach.

    So a dated act that comes later is met by it as it would have met the act (`in_reach`).
    """
    return (one.first, one.last or "9999") if one.days else reach(one)


def in_reach(one: Telling, two: Telling) -> bool:
    """Does either reach the days of the other? Symmetric, whichever came first."""
    return _reaches(one, two) or _reaches(two, one)


def _reaches(one: Telling, two: Telling) -> bool:
    first, last = reach(one)
    return two.first <= last and first <= (two.last or "9999")


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A crude stem: enough to see that "missiles" and "missile" are one word."""
    low = word.casefold()
    for tail in ("ings", "ing", "ers", "ies", "ied", "ed", "es", "er", "s", "y", "e"):
        if low.endswith(tail) and len(low) - len(tail) >= 3:
            return low[: -len(tail)]
    return low
