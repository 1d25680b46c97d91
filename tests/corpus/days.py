"""Days in the files of the corpus."""

from datetime import date


def is_day(text: str) -> bool:
    """Is it a day of the calendar, YYYY-MM-DD?"""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
