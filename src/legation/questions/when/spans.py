"""Arithmetic of days and spans: weeks begin on Monday, a month's thirds end on 10, 20, last."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]
DAYS = {"day": 1, "week": 7, "fortnight": 14}


def month(year: int, number: int) -> Span:
    """The first and last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year(number: int) -> Span:
    """The first and last day of a year."""
    return date(number, 1, 1), date(number, 12, 31)


def third(part: str, last: int) -> tuple[int, int]:
    """Days of the early, middle or late part of a month of `last` days."""
    if any(word in part for word in ("early", "start", "beginning")):
        return 1, 10
    if "mid" in part:
        return 11, 20
    return 21, last


def part_of_year(part: str, number: int) -> Span:
    """Four months: early January to April, middle May to August, late September to December."""
    if any(word in part for word in ("early", "start", "beginning")):
        return date(number, 1, 1), date(number, 4, 30)
    if "mid" in part:
        return date(number, 5, 1), date(number, 8, 31)
    return date(number, 9, 1), date(number, 12, 31)


def near(number: int, day: int, base: date, tense: str) -> int:
    """The year of a month and day without one: the last such day, or the next in the future."""
    if tense == "future":
        return base.year if (number, day) >= (base.month, base.day) else base.year + 1
    return base.year if (number, day) <= (base.month, base.day) else base.year - 1


def last_weekday(base: date, weekday: int) -> date:
    """The last such day up to and including `base`."""
    return base - timedelta((base.weekday() - weekday) % 7)


def next_weekday(base: date, weekday: int) -> date:
    """The next such day from `base` on, `base` included."""
    return base + timedelta((weekday - base.weekday()) % 7)


def months_on(day: date, count: int) -> date:
    """The same day `count` months on, or the month's last."""
    years, number = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(years, number + 1, min(day.day, monthrange(years, number + 1)[1]))


def around(day: date, unit: str) -> Span:
    """The week, month or year that a day lies in; the day itself for other units."""
    if unit == "week":
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6)
    if unit == "month":
        return month(day.year, day.month)
    return year(day.year) if unit == "year" else (day, day)


def days(count: int, unit: str) -> timedelta | None:
    """A number of hours, days, weeks or fortnights as days; None for longer units."""
    if unit == "hour":
        return timedelta(count // 24)
    return timedelta(count * DAYS[unit]) if unit in DAYS else None


def moved(base: date, count: int, unit: str) -> Span:
    """`count` units on from a day: a day for days, weeks and one month, else a month or a year."""
    by = days(abs(count), unit)
    if by is not None:
        day = base + (by if count > 0 else -by)
        return day, day
    if unit == "month":
        day = months_on(base, count)
        return (day, day) if abs(count) == 1 else month(day.year, day.month)
    return year(base.year + count * (10 if unit == "decade" else 1))


def shifted(span: Span, count: int, unit: str) -> Span:
    """A whole span moved by units, its length kept."""
    by = days(abs(count), unit)
    if by is not None:
        by = by if count > 0 else -by
        return span[0] + by, span[1] + by
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    return months_on(span[0], months), months_on(span[1], months)


def weekend(base: date, shift: int, tense: str) -> Span:
    """Saturday and Sunday: the last one up to `base`, the coming one in the future."""
    saturday = base - timedelta(base.weekday()) + timedelta(5 + 7 * shift)
    if shift == 0 and tense != "future" and base.weekday() < 5:
        saturday -= timedelta(7)
    return saturday, saturday + timedelta(1)


def easter(number: int) -> date:
    """Western Easter Sunday of a year (the anonymous Gregorian computus)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    number_month, day = divmod(h + length - 7 * m + 114, 31)
    return date(number, number_month, day + 1)
