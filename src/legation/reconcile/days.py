"""Which days does a plain sentence name? Enough to see whether it tells of the days of a plan.

The reading dates acts (questions/when); a sentence in which no act was read has only its words:
weekdays, "March 7-9", "in April". All are taken as gone by: what is still to come keeps no plan.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from legation.reconcile.usage import USAGE, either
from legation.story import Date

LATE = 14  # days after those planned, from which a day that is told is that of another act

Spans = tuple[tuple[str, str], ...]

_AHEAD = "".join(f"(?<!{re.escape(word)} )" for word in USAGE.coming)
_WEEKDAY = re.compile(rf"{_AHEAD}\b({either(map(str.title, USAGE.weekdays))})\b")
_MONTH = either(map(str.title, USAGE.months))
_TH = f"(?:{either(USAGE.ordinals)})?"
_DATE = re.compile(
    rf"\b({_MONTH}) (\d{{1,2}}){_TH}\b(?!\d)(?:\s?(?:{either(USAGE.through)}) ?(\d{{1,2}})\b)?"
    rf"|\b(?:the )?(\d{{1,2}}){_TH}(?: of)? ({_MONTH})\b"
)
_IN_MONTH = re.compile(rf"\b(?:{either(USAGE.within)}) ({_MONTH})\b(?! \d)")


@lru_cache(maxsize=8192)
def days_of(text: str, published: str) -> Spans:
    """First and last day of everything that a sentence dates, before or on its publication."""
    if not published:
        return ()
    today = date.fromisoformat(published)
    found: list[tuple[date, date]] = []
    for name in _WEEKDAY.findall(text):
        back = (today.weekday() - USAGE.weekdays.index(name.casefold())) % 7
        found.append((today - timedelta(days=back),) * 2)
    for month, day, last, day2, month2 in _DATE.findall(text):
        first = _past(month or month2, int(day or day2), today)
        if first:
            more = min(max(0, int(last) - first.day), 30) if last else 0
            found.append((first, first + timedelta(days=more)))
    for month in _IN_MONTH.findall(text):
        if first := _past(month, 1, today):
            after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            found.append((first, after - timedelta(days=1)))
    low = text.casefold().split()
    found += [(today - timedelta(days=n),) * 2 for word, n in USAGE.near.items() if word in low]
    return tuple((a.isoformat(), b.isoformat()) for a, b in found)


def fit(spans: Spans, window: Date | None, planned: str) -> float:
    """How well the days of a sentence fit those of a plan made on day `planned`.

    1 on those days, 0.5 where either tells none, 0.2 on others, 0 before the plan was made.
    """
    if not spans:
        return 0.5
    if all(last < planned for _, last in spans):
        return 0.0
    if window is None:
        return 0.5
    for first, last in spans:
        vague = first != last and last[:7] == first[:7] and first.endswith("-01")
        if first <= window.end and window.start <= last:
            return 0.7 if vague and window.start == window.end else 1.0
    if window.end == planned:  # the day of the announcement, perhaps
        return 0.5
    late = days_between(window.end, min(first for first, _ in spans))
    return 0.5 if 0 < late <= LATE else 0.2


def days_between(first: str, last: str) -> int:
    """From one day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _past(month: str, day: int, today: date) -> date | None:
    """That day of this year, or of the last one where it is still to come."""
    number = USAGE.months.index(month.casefold()) + 1
    for year in (today.year, today.year - 1):
        try:
            found = date(year, number, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
