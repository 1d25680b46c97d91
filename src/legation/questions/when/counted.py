"""Days counted from another event: "two days before the vote", "hours after the raid", "since then".

The words tell how far and in which direction (`Shift`); the event that is counted from stands
behind them or is the last date told (when/anchors.py finds it).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from legation.questions.when import spans
from legation.questions.when.spans import Span

# "days after", "weeks before": how many days it may be at least and at most
WIDE = {"day": (1, 6), "week": (7, 28), "month": (31, 183), "year": (366, 1826)}
LONG = 14  # days from which an anchor is a vague span that moves as a whole


@dataclass(frozen=True, slots=True)
class Shift:
    """How a day lies to its anchor: `count` units on (back when below zero).

    `kind` is "on" (that far), "wide" (somewhere that far: "weeks after"), "within" (no further),
    "since" (from the anchor to the publication day), "through" (the whole anchor) or "yearly" (its
    day in the year of publication). `follows`: the anchor stands behind the words.
    """

    count: int = 0
    unit: str = "day"
    kind: str = "on"
    follows: bool = False


def patterns(count: str, period: str) -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """(pattern, kind, follows); `count` matches a number, `period` what is no event ("May")."""
    unit = "(?P<unit>hour|day|night|week|fortnight|month|year|decade)s?"
    day = "day|night|evening|morning|afternoon"
    ways = "(?P<way>before|after|following|prior to)"
    event = rf"(?= \w)(?! (?:{period}))"
    rows = (  # earlier rows first where two fit
        (rf"within {count} {unit} (?P<way>of|after)(?= \w)", "within", True),
        (rf"within (?:hours|minutes|moments|a day) (?P<way>of|after){event}", "on", True),
        (rf"(?:(?:just|only|barely|mere) )?{count} {unit} {ways}(?= \w)", "on", True),
        (rf"(?:the|a) (?P<unit>day|night|week) {ways}(?= \w)(?! (?:yesterday|tomorrow))", "on", True),
        (rf"(?:(?:just|only) )?(?:an? )?(?:few |couple of )?(?:hours?|minutes|moments|shortly|soon|immediately|right|straight) {ways}{event}", "on", True),
        (rf"(?:(?:just|only) )?(?P<unit>day|week|month|year)s {ways}{event}", "wide", True),
        (rf"(?P<way>(?:on )?the eve of){event}", "on", True),
        (rf"(?P<way>(?:on|in) the (?:(?:{day}) of|sidelines of|margins of|fringes of)|at the (?:time|height) of|in the (?:course|midst) of|at the (?:opening|outset) of){event}", "through", True),
        (r"on the (?:\w+(?:-\w+)? )?(?P<way>anniversary of)(?= \w)", "yearly", True),
        (rf"{count} {unit} (?P<way>earlier|later|before|afterwards|afterward|previously)", "on", False),
        (rf"the (?P<way>previous|next|following|same) (?P<unit>{day}|week|fortnight|month|year|decade)s?", "on", False),
        (rf"(?P<way>that|that same) (?P<unit>{day}|week|month|year)(?= |[.,;])", "on", False),
        (r"(?:the|a) (?P<unit>day|night|evening|week|month|year) (?P<way>before|after)(?=[.,;]|$| (?:and|but|in|at|for|to|that)\b)", "on", False),
        (r"(?:ever )?(?P<way>since then|since that (?:day|time))", "since", False),
    )  # fmt: skip
    return tuple(
        (re.compile(rf"\b(?:{r})(?!\w)", re.IGNORECASE), kind, follows) for r, kind, follows in rows
    )


def shift_of(m: re.Match[str], kind: str, follows: bool, number: Callable[[str], int]) -> Shift:
    """What a match of one of the patterns says."""
    groups = m.groupdict()
    way = groups["way"].lower()
    told = (groups.get("unit") or "").lower()
    unit = told if told in ("week", "fortnight", "month", "year", "decade") else "day"
    if way.endswith("eve of"):
        return Shift(-1, "day", kind, follows)
    if kind in ("through", "since", "yearly") or way in ("same", "that", "that same"):
        return Shift(0, unit, kind, follows)
    count = number(groups["count"]) if groups.get("count") else int(bool(told))
    if told == "hour":
        count //= 24
    back = way in ("before", "earlier", "previous", "prior to", "previously")
    return Shift(-count if back else count, unit, kind, follows)


def counted(shift: Shift, anchor: Span, base: date | None, tense: str) -> Span | None:
    """The days that a shift from the anchor means; None when they all lie after a past base."""
    span = _counted(shift, anchor, base)
    if base is None or tense == "future" or shift.kind not in ("wide", "within"):
        return span
    last = min(span[1], base)
    return (span[0], last) if span[0] <= last else None


def _counted(shift: Shift, anchor: Span, base: date | None) -> Span:
    count, unit = shift.count, shift.unit
    if shift.kind == "through":
        return anchor
    if shift.kind == "since":
        return anchor[0], max(base, anchor[0]) if base else anchor[1]
    if shift.kind == "yearly" and base:
        return tuple(_this_year(day, base) for day in anchor)  # type: ignore[return-value]
    if shift.kind == "wide":
        low, high = (timedelta(days) for days in WIDE[unit])
        if count < 0:
            return anchor[0] - high, anchor[0] - low
        return anchor[1] + low, anchor[1] + high
    if shift.kind == "within":
        return anchor[1], spans.shifted(anchor, count, unit)[1]
    if count == 0 and unit != "day":
        return spans.around(anchor[0], unit)
    if anchor[1] > anchor[0] and unit in ("month", "year", "decade"):
        moved = spans.shifted(anchor, count, unit)
        return spans.around(moved[0], "month" if unit == "month" else "year")
    if shift.follows and (anchor[1] - anchor[0]).days < LONG:  # an event: from its end or start
        edge = anchor[0] if count < 0 else anchor[1]
        return spans.shifted((edge, edge), count, unit)
    return spans.shifted(anchor, count, unit)


def _this_year(day: date, base: date) -> date:
    near = (day.replace(year=base.year + by) for by in (-1, 0, 1))
    return min(near, key=lambda one: abs((one - base).days))
