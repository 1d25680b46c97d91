"""What each kind of time expression means: which days a match stands for, by the publication day.

Every method takes the match of its pattern (when/calendar.py), the publication day and the tense
("past" or "future") and gives the span of days, or None when it stands for none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from legation.questions.when import spans
from legation.questions.when.spans import Span

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "q1": 1, "q2": 2}
ORDINALS |= {"q3": 3, "q4": 4}
ORDINAL_DAYS = [
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
RECENT = {"day": 7, "week": 28, "month": 183, "year": 1826}  # days that "recent weeks" reach back


class Meanings:
    """The words of one language's table and what they are worth."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Keep the tables of a parsed when.toml."""
        self.months: dict[str, int] = dict(table["months"])
        self.weekdays: dict[str, int] = dict(table["weekdays"])
        self.numbers: dict[str, int] = dict(table["numbers"])
        self.days: dict[str, int] = dict(table["days"])
        self.seasons: dict[str, list[int]] = dict(table["seasons"])
        self.holidays: dict[str, list[int]] = dict(table["holidays"])
        self.movable: dict[str, int] = dict(table["easter"])

    def number(self, text: str) -> int:
        return int(text) if text.isdigit() else self.numbers[text.lower()]

    def month_of(self, m: re.Match[str], name: str = "month") -> int:
        return self.months[m[name].lower().rstrip(".")]

    def iso(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = date.fromisoformat(m["iso"])
        return day, day

    def long(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, last = self.month_of(m), self.month_of(m, "month2")
        groups = m.groupdict()
        end = groups.get("year2") or groups.get("year")
        year = int(end) if end else spans.near(last, int(m["day2"]), base, tense)
        begin = int(m["year"]) if groups.get("year2") else year - (first > last)
        return date(begin, first, int(m["day"])), date(year, last, int(m["day2"]))

    def few(self, m: re.Match[str], base: date, tense: str) -> Span:
        month, day = self.month_of(m), int(m["day"])
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, tense)
        return date(year, month, day), date(year, month, int(m["day2"]))

    def from_months(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, last = self.month_of(m), self.month_of(m, "month2")
        groups = m.groupdict()
        end = groups.get("year2") or groups.get("year")
        year = int(end) if end else spans.near(last, 1, base, tense)
        begin = int(m["year"]) if groups.get("year2") else year - (first > last)
        return date(begin, first, 1), spans.month(year, last)[1]

    def years(self, m: re.Match[str], base: date, tense: str) -> Span:
        end = m["year2"] if len(m["year2"]) == 4 else m["year"][:2] + m["year2"]
        return date(int(m["year"]), 1, 1), date(int(end), 12, 31)

    def week_range(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        first, second = self.weekdays[m["weekday"].lower()], self.weekdays[m["weekday2"].lower()]
        apart = (second - first) % 7 != 1
        if apart and " and " in m.group().lower() and "between" not in m.group().lower():
            return None  # "on Tuesday and Thursday" are two days
        if tense == "future":
            start = spans.next_weekday(base, first)
            return start, spans.next_weekday(start, second)
        end = spans.last_weekday(base, second)
        return spans.last_weekday(end, first), end

    def since_day(self, m: re.Match[str], base: date, tense: str) -> Span:
        day, month = int(m["day"]), self.month_of(m)
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, "past")
        return date(year, month, day), base

    def since_weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.last_weekday(base, self.weekdays[m["weekday"].lower()]), base

    def day(self, m: re.Match[str], base: date, tense: str) -> Span:
        month, day = self.month_of(m), int(m["day"])
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, tense)
        return date(year, month, day), date(year, month, day)

    def weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        weekday, which = self.weekdays[m["weekday"].lower()], (m["which"] or "").strip().lower()
        if which == "next":
            day = spans.next_weekday(base + timedelta(1), weekday)
        elif tense == "future" and which != "last":
            day = spans.next_weekday(base, weekday)
        elif which == "last":
            day = spans.last_weekday(base - timedelta(1), weekday)
        else:
            day = spans.last_weekday(base, weekday)
        return day, day

    def nth_day(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = spans.last_weekday(base, self.weekdays[m["weekday"].lower()])
        return day - timedelta(ORDINAL_DAYS.index(m["nth"].lower()) + 1), day

    def nth(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        if tense == "future":
            return None
        unit = m["unit"].lower().replace("night", "day")
        back = -1 - ORDINAL_DAYS.index(m["nth"].lower())
        return spans.shifted((base, base), back, unit)[0], base

    def week_on(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = spans.next_weekday(base, self.weekdays[m["weekday"].lower()]) + timedelta(7)
        return day, day

    def figures(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        """Days in figures: 20.11.2017; with strokes only where one number is over 12."""
        first, second, year = int(m["first"]), int(m["second"]), int(m["year"])
        if m["sign"] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
        return date(year, month, day), date(year, month, day)

    def fiscal(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]) - 1, 10, 1), date(int(m["year"]), 9, 30)

    def holiday(self, m: re.Match[str], base: date, tense: str) -> Span:
        name, year = m["holiday"].lower(), m["year"]
        if name in self.movable:
            by = timedelta(self.movable[name])
            found = spans.easter(int(year) if year else base.year) + by
            if not year and tense != "future" and found > base:
                found = spans.easter(base.year - 1) + by
            if not year and tense == "future" and found < base:
                found = spans.easter(base.year + 1) + by
            return found, found
        month, day = self.holidays[name]
        found = date(int(year) if year else spans.near(month, day, base, tense), month, day)
        return found, found

    def only(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = int(m["only"])
        shift = (day < base.day) if tense == "future" else -(day > base.day)
        first = spans.months_on(base.replace(day=1), shift)
        return first.replace(day=day), first.replace(day=day)

    def midnight(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = base + timedelta(tense == "future")
        return day, day

    def night(self, m: re.Match[str], base: date, tense: str) -> Span:
        return (base, base + timedelta(1)) if tense == "future" else (base - timedelta(1), base)

    def word(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = base + timedelta(self.days[m["word"].lower()])
        return day, day

    def fraction_of_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        groups = m.groupdict()
        if groups.get("month"):
            number = self.month_of(m)
            year = int(m["year"]) if m["year"] else spans.near(number, 15, base, tense)
        else:
            by = {"last": -1, "next": 1}.get((groups.get("whichyear") or "").lower(), 0)
            day = spans.months_on(base, by)
            year, number = day.year, day.month
        first, last = spans.month(year, number)
        nth, of = m["nth"].lower(), m["of"].lower()
        if of == "half":
            middle = first.replace(day=15)
            return (first, middle) if nth == "first" else (middle + timedelta(1), last)
        if of == "days":
            return (first, first + timedelta(4)) if nth == "first" else (last - timedelta(4), last)
        if nth == "last":
            return last - timedelta(6), last
        start = first + timedelta(7 * (ORDINALS[nth] - 1))
        return start, min(last, start + timedelta(6))

    def fraction(self, m: re.Match[str], base: date, tense: str) -> Span:
        groups = m.groupdict()
        shift = {"last": -1, "next": 1}.get((groups.get("whichyear") or "").lower(), 0)
        year = int(groups["year"]) if groups.get("year") else base.year + shift
        size = 6 if m["of"].lower() == "half" else 3
        nth = ORDINALS[m["nth"].lower()]
        nth = 2 if size == 6 and nth == 4 else nth
        return date(year, (nth - 1) * size + 1, 1), spans.month(year, nth * size)[1]

    def part(self, m: re.Match[str], base: date, tense: str) -> Span:
        part, groups = m["part"].lower(), m.groupdict()
        if groups.get("month"):
            number = self.month_of(m)
            year = int(m["year"]) if m["year"] else spans.near(number, 15, base, tense)
            year = base.year - 1 if m["lastyear"] else year
            first, last = spans.month(year, number)
            low, high = spans.third(part, last.day)
            return first.replace(day=low), first.replace(day=high)
        return spans.part_of_year(part, int(m["year"]))

    def part_of_unit(self, m: re.Match[str], base: date, tense: str) -> Span:
        shift = {"last": -1, "next": 1}.get(m["which"].lower(), 0)
        part, unit = m["part"].lower(), m["unit"].lower()
        if unit == "year":
            span = spans.part_of_year(part, base.year + shift)
        elif unit == "month":
            first, last = spans.month(*_ym(spans.months_on(base, shift)))
            low, high = spans.third(part, last.day)
            span = first.replace(day=low), first.replace(day=high)
        else:
            monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
            low, high = (0, 1) if "early" in part or "start" in part else (2, 2)
            low, high = (3, 4) if "late" in part or "end" in part else (low, high)
            span = monday + timedelta(low), monday + timedelta(high)
        if tense != "future" and span[0] <= base < span[1]:
            return span[0], base
        return span

    def which_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number, which = self.month_of(m), m["which"].lower()
        year = base.year
        if which in ("last", "the past") and number >= base.month:
            year -= 1
        if which == "next" and number <= base.month:
            year += 1
        return spans.month(year, number)

    def whole_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        shift = {"last year": -1, "next year": 1}.get((m["lastyear"] or "").lower(), 0)
        year = int(m["year"]) if m["year"] else base.year + shift
        return spans.month(year, self.month_of(m))

    def since_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number, told = self.month_of(m), m.groupdict().get("lastyear")
        if told:
            return date(int(told) if told[0].isdigit() else base.year - 1, number, 1), base
        return date(base.year - (number > base.month), number, 1), base

    def since_year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]), 1, 1), base

    def since_unit(self, m: re.Match[str], base: date, tense: str) -> Span:
        shift = -1 if m["which"].lower() == "last" else 0
        return self.unit(base, m["unit"].lower(), shift)[0], base

    def decade(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, part = int(m["decade"]), (m["part"] or "").lower()
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
        return date(first + low, 1, 1), date(first + high, 12, 31)

    def season(self, m: re.Match[str], base: date, tense: str) -> Span:
        low, high = self.seasons[m["season"].lower()]
        groups = m.groupdict()
        which = (groups.get("which") or "").lower()
        year = int(groups["year"]) if groups.get("year") else base.year
        if not groups.get("year"):
            if which == "last" and (high if low <= high else low) >= base.month:
                year -= 1
            elif (which == "next" and low <= base.month) or (
                not which and tense == "future" and high < base.month and low <= high
            ):
                year += 1
            elif not which and tense != "future" and low > base.month:
                year -= 1
        first, last = date(year, low, 1), spans.month(year + (high < low), high)[1]
        if m.group().lower().startswith("since"):
            return first, base
        part = (groups.get("part") or "").lower()
        if part:
            number = {"early": first.month, "mid": first.month % 12 + 1, "late": last.month}[part]
            return spans.month(first.year if number == first.month else last.year, number)
        if which == "this" and first <= base <= last:
            return (base, last) if tense == "future" else (first, base)
        return first, last

    def year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.year(int(m["year"]))

    def bare_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number = self.month_of(m)
        if tense == "future":
            return spans.month(base.year + (number < base.month), number)
        return spans.month(base.year - (number > base.month), number)

    def weekend(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.weekend(base, 0, tense)

    def shift(self, m: re.Match[str], base: date, tense: str) -> Span:
        sign = -1 if m["way"].lower() == "ago" else 1
        return spans.moved(base, sign * self.number(m["count"]), m["unit"].lower())

    def ahead(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        if tense != "future":
            return None
        return spans.moved(base, self.number(m["count"]), m["unit"].lower())

    def within(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        return self.next_span(m, base, tense) if tense == "future" else None

    def past_span(self, m: re.Match[str], base: date, tense: str) -> Span:
        count = self.number(m["count"]) if m["count"] else 1
        unit = m["unit"].lower()
        return spans.shifted((base, base), -count, unit)[0], base

    def next_span(self, m: re.Match[str], base: date, tense: str) -> Span:
        count = self.number(m["count"]) if m["count"] else 1
        return base, spans.shifted((base, base), count, m["unit"].lower())[1]

    def recent(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base - timedelta(RECENT[m["unit"].lower()]), base

    def coming(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base, base + timedelta(RECENT[m["unit"].lower()])

    def unit(self, base: date, unit: str, shift: int) -> Span:
        if unit == "week":
            monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
            return monday, monday + timedelta(6)
        if unit == "month":
            return spans.month(*_ym(spans.months_on(base, shift)))
        if unit == "year":
            return spans.year(base.year + shift)
        size = 10 if unit == "decade" else 100
        first = base.year // size * size + shift * size
        return date(first, 1, 1), date(first + size - 1, 12, 31)

    def which(self, m: re.Match[str], base: date, tense: str) -> Span:
        which, unit = m["which"].lower(), m["unit"].lower()
        shift = -1 if re.search("last|past|previous", which) else 1 if "next" in which else 0
        shift = 1 if "coming" in which and unit != "weekend" else shift
        if unit == "weekend":
            return spans.weekend(base, shift, "future" if "coming" in which else tense)
        start, end = self.unit(base, unit, shift)
        if "late" in which.split() and unit == "month":
            start = start.replace(day=21)
        if shift == 0:
            return (base, end) if tense == "future" else (start, base)
        return start, end

    def end(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base, self.unit(base, m["unit"].lower(), 0)[1]


def _ym(day: date) -> tuple[int, int]:
    return day.year, day.month
