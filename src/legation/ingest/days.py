"""Days out of the machine-written dates of feeds, archives and wire formats."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime


def iso_day(value: str) -> str:
    """The ISO day of an ISO 8601, basic ISO ("20171121T0900Z") or RFC 822 date; "" if it is none.

    The day is the one written, in the zone it was written in.
    """
    value = value.strip()
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value)
    if found:
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    try:
        stamp: datetime = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return ""
    return stamp.date().isoformat()


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
