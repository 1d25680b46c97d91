"""What time is it? One place, so that tests can turn the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from legation.errors import InputError


def now() -> str:
    """UTC with milliseconds: `2026-11-28T22:40:01.123Z`; sorts as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def moment(value: str) -> str:
    """The last moment that `--as-of` means: a day is its end, a time is itself; InputError."""
    try:
        if len(value) == 10:
            return date.fromisoformat(value).isoformat() + "T23:59:59.999Z"
        told = datetime.fromisoformat(value)
        utc = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{value!r} is no day or time like 2024-05-14T12:00:00Z") from error
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def days(first: str, last: str) -> int:
    """Length of a span of days, both ends counted."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def shifted(day: str, days: int) -> str:
    """The day so many days later, never before the year 1 or after 9999."""
    number = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(number, 1), date.max.toordinal())).isoformat()
