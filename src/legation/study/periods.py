"""Days, weeks, months: the periods of a series, each named by its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from legation.errors import InputError

NAMES = ("day", "week", "month", "year")
DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
"""Mean length in days."""


def first(day: str, by: str) -> str:
    """The first day of the period that a day lies in; weeks begin on Monday. InputError."""
    if by not in NAMES:
        raise InputError(f"period {by!r} is none of {', '.join(NAMES)}")
    when = date.fromisoformat(day)
    if by == "week":
        return (when - timedelta(days=when.weekday())).isoformat()
    if by == "month":
        return when.replace(day=1).isoformat()
    return when.replace(month=1, day=1).isoformat() if by == "year" else day


def following(period: str, by: str) -> str:
    """The first day of the period after one."""
    when = date.fromisoformat(period)
    if by == "month":
        return date(when.year + when.month // 12, when.month % 12 + 1, 1).isoformat()
    if by == "year":
        return date(when.year + 1, 1, 1).isoformat()
    return (when + timedelta(days=7 if by == "week" else 1)).isoformat()


def between(since: str, until: str, by: str) -> Iterator[str]:
    """Every period from the one of `since` to the one of `until`."""
    period = first(since, by)
    while period <= until:
        yield period
        period = following(period, by)


def shifted(day: str, days: int) -> str:
    """The ISO day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def apart(one: str, two: str) -> int:
    """Days from one ISO day to another."""
    return (date.fromisoformat(two) - date.fromisoformat(one)).days
