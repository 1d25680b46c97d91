"""Time expressions of a text: the patterns of words/<language>/when.toml and what each means.

An expression is worth a span of days against the publication day, or it is counted from another
event (`shift`): "two days before the vote", "a week later", "the same evening".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from legation.questions.when.counted import Shift, patterns, shift_of
from legation.questions.when.meanings import ORDINAL_DAYS, Meanings
from legation.questions.when.spans import Span

Rule = Callable[[re.Match[str], date, str], Span | None]


@dataclass(frozen=True, slots=True)
class Expression:
    """`start`, `end` in characters of the text; `span` None when it is counted from elsewhere.

    `shift` says how far from its anchor: the event named behind the words ("two days before …"),
    or the last date told.
    """

    start: int
    end: int
    text: str
    span: Span | None
    shift: Shift | None = None

    def moved(self, by: int, span: Span | None) -> Expression:
        """The same expression in other offsets and with these days."""
        return replace(self, start=self.start + by, end=self.end + by, span=span)


class Calendar:
    """The patterns of one language's table, compiled once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Build the regular expressions from a parsed when.toml."""
        self.months: dict[str, int] = dict(table["months"])
        self.weekdays: dict[str, int] = dict(table["weekdays"])
        self.numbers: dict[str, int] = _counted_on(dict(table["numbers"]))
        self.days: dict[str, int] = dict(table["days"])
        self.seasons: dict[str, list[int]] = dict(table["seasons"])
        self.holidays: dict[str, list[int]] = dict(table["holidays"])
        self.movable: dict[str, int] = dict(table["easter"])
        self.meaning = Meanings({**table, "numbers": self.numbers})
        self.rules = [
            (re.compile(rf"\b(?:{r})(?!\w)", re.IGNORECASE), rule)
            for r, rule in [*self._ranges(), *self._days(), *self._months(), *self._units()]
        ]
        self.found = lru_cache(512)(self._found)  # each act of a sentence asks for the same
        period = "|".join([*self.months, *self.weekdays, r"the (?:week|month|year)\b", r"\d"])
        self.shifts = patterns(self._count(), period)

    def _count(self) -> str:
        words = "|".join(sorted(self.numbers, key=len, reverse=True))
        about = r"(?:about |around |nearly |some |almost |more than |less than |just |exactly |a |the )?"
        return rf"{about}(?P<count>\d+|{words})(?: of)?"

    def _month(self, name: str = "month") -> str:
        names = "|".join(sorted(self.months, key=len, reverse=True))
        return rf"(?P<{name}>(?:{names})\b\.?)"

    def _ranges(self) -> list[tuple[str, Rule]]:
        month, other = self._month(), self._month("month2")
        week = "(?P<weekday>" + "|".join(self.weekdays) + ")"
        weeks = "(?P<weekday2>" + "|".join(self.weekdays) + ")"
        year, later = r"(?P<year>(?:19|20)\d\d)", r"(?P<year2>(?:19|20)?\d\d)"
        day, to_day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?", r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
        start = r"(?:from |between |during )?"
        to = r"\s*(?:-|–|—|to|and|until|through|till)\s*"
        return [
            (r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", self.meaning.iso),
            (r"(?P<first>[0-3]?\d)(?P<sign>[./])(?P<second>[0-3]?\d)(?P=sign)(?P<year>(?:19|20)\d\d)", self.meaning.figures),
            (rf"{start}{month} {day},? {year}{to}{other} {to_day},? {later}", self.meaning.long),
            (rf"{start}{month} {day}{to}{other} {to_day}(?:,? {year})?", self.meaning.long),
            (rf"{start}{day} {month} {year}{to}{to_day} {other} {later}", self.meaning.long),
            (rf"{start}{day} {month}{to}{to_day} {other}(?: {year})?", self.meaning.long),
            (rf"{start}{day}{to}{to_day}(?: of)? {month}(?:,? {year})?", self.meaning.few),
            (rf"{start}{month} {day}{to}{to_day}\b(?!,?\d)(?:,? {year})?", self.meaning.few),
            (rf"(?:from |between ){month},? {year}{to}{other},? {later}", self.meaning.from_months),
            (rf"(?:from |between ){month}{to}{other}(?:,? {year})?", self.meaning.from_months),
            (rf"(?:from |between |the ){year}{to}{later}(?! \w*(?:people|troops))", self.meaning.years),
            (rf"(?:(?:between|from|on|for|of) )?{week}{to}{weeks}", self.meaning.week_range),
        ]  # fmt: skip

    def _days(self) -> list[tuple[str, Rule]]:
        month = self._month()
        week = "(?P<weekday>" + "|".join(self.weekdays) + ")"
        year = r"(?P<year>(?:19|20)\d\d)"
        day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
        holidays = "|".join(sorted([*self.holidays, *self.movable], key=len, reverse=True))
        days = "(?P<word>" + "|".join(sorted(self.days, key=len, reverse=True)) + ")"
        nth = "|".join(ORDINAL_DAYS)
        row = "(?:consecutive |straight |successive |running |in a row )"
        fiscal = r"(?:fiscal(?: year)? |financial year |FY ?)(?P<year>(?:19|20)\d\d)"
        return [
            (rf"(?:on |at )?(?P<holiday>{holidays})(?:,? (?P<year>(?:19|20)\d\d))?", self.meaning.holiday),
            (rf"since {day} {month}(?: {year})?", self.meaning.since_day),
            (rf"since {month} {day}(?:,? {year})?", self.meaning.since_day),
            (rf"since (?:last )?{week}", self.meaning.since_weekday),
            (rf"(?:(?:{week}),? )?{day}(?: of)? {month}(?:,? {year})?", self.meaning.day),
            (rf"(?:(?:{week}),? )?{month} {day}(?![\d,]*\d)(?:,? {year})?", self.meaning.day),
            (rf"for an? (?P<nth>{nth}) {row}?(?:day|night) {row}?(?:on )?{week}", self.meaning.nth_day),
            (rf"for (?:an? |the )?(?P<nth>{nth}) {row}?(?P<unit>day|night|week|month|year)(?: {row.strip()})?(?! of \w)", self.meaning.nth),
            (rf"(?:on )?{week} week(?=[.,;]|$| (?!of\b)[a-z])", self.meaning.week_on),
            (rf"a week (?:on|from) {week}", self.meaning.week_on),
            (rf"(?:(?:in|during|on) )?the (?:(?:early|small|late|first|last) hours|morning|afternoon|evening|night) of (?P<which>last |next )?{week}", self.meaning.weekday),
            (rf"(?P<which>last|next|this|on|of|early|late|by)? ?(?:on )?{week}(?: (?P<half>morning|afternoon|evening|night))?", self.meaning.weekday),
            (fiscal, self.meaning.fiscal),
            (r"on the (?P<only>[0-3]?\d)(?:st|nd|rd|th)\b", self.meaning.only),
            (r"at midnight", self.meaning.midnight),
            (r"(?:during|through(?:out)?|in) the night|overnight|all night(?: long)?", self.meaning.night),
            (days, self.meaning.word),
        ]  # fmt: skip

    def _months(self) -> list[tuple[str, Rule]]:
        month = self._month()
        part = "(?P<part>early|late|mid|middle of|the start of|the beginning of|the end of)"
        year = r"(?P<year>(?:19|20)\d\d)"
        season = "(?P<season>" + "|".join(self.seasons) + ")"
        nth = "(?:the )?(?P<nth>first|second|third|fourth|last) (?P<of>half|quarter|week|days) of"
        return [
            (r"(?:by |before |at |towards? )?the end of (?:the|this) (?P<unit>week|month|year)", self.meaning.end),
            (rf"{nth} {month}(?:,? {year})?", self.meaning.fraction_of_month),
            (rf"{nth} (?:(?P<whichyear>last|this|next) |the )month", self.meaning.fraction_of_month),
            (rf"{nth} (?:{year}|(?P<whichyear>last|this|next) year|the year)", self.meaning.fraction),
            (rf"(?P<nth>Q[1-4])(?P<of>) (?:of )?{year}", self.meaning.fraction),
            (rf"{part}[- ](?:in )?(?:of )?{month}(?:,? (?:of )?(?:{year}|(?P<lastyear>last year)))?", self.meaning.part),
            (rf"{part}[- ](?:in )?(?:of )?{year}", self.meaning.part),
            (rf"{part} (?P<which>last|this|next) (?P<unit>week|month|year)", self.meaning.part_of_unit),
            (rf"(?P<which>last|next|this|the past) {month}", self.meaning.which_month),
            (rf"since (?:early |late |mid-?)?{month},?(?: of)? (?P<lastyear>last year|(?:19|20)\d\d)", self.meaning.since_month),
            (rf"{month},?(?: of)? (?:{year}|(?P<lastyear>last year|this year|next year))", self.meaning.whole_month),
            (rf"since (?:early |late |mid-?)?{month}", self.meaning.since_month),
            (rf"since (?:early |late |mid-?)?{year}", self.meaning.since_year),
            (r"since (?P<which>last|this) (?P<unit>week|month|year)", self.meaning.since_unit),
            (r"(?P<part>early|mid|late)?[- ]?(?:the )?(?P<decade>(?:19|20)\d0)s", self.meaning.decade),
            (rf"(?P<which>last|this|next) {season}", self.meaning.season),
            (rf"(?:the )?{season}(?: of| in)? {year}", self.meaning.season),
            (rf"(?:in|during|by|before|until|till|since|from|towards?) (?:the )?(?:(?P<part>early|late|mid)[- ])?{season}(?! (?:offensive|break|school|games|olympics|session))", self.meaning.season),
            (rf"(?:in|during|of|by|early in|late in|back in|since|before|after|remember|summer of) {year}(?!,?\d)(?! (?:people|troops|soldiers|men|women))", self.meaning.year),
            (rf"{year}(?=, when)", self.meaning.year),
            (rf"(?:in|during|by|of|for|around|from|before|until|till|through|throughout) {month}(?! \d)", self.meaning.bare_month),
            (rf"(?:a|the|its|his|their|her|'s) {month}(?= (?:visit|trip|meeting|summit|tour|vote|election|attack|coup|ceasefire|truce|deal|accord|protest|referendum))", self.meaning.bare_month),
        ]  # fmt: skip

    def _units(self) -> list[tuple[str, Rule]]:
        count = self._count()
        unit = "(?P<unit>hour|day|week|fortnight|month|year|decade)s?"
        which = (
            "last|this|next|the past|the previous|earlier this|later this|earlier last|late last"
            "|early last|early next|later next|the coming|the current|later in the|earlier in the"
        )
        return [
            (r"(?:at|over|during|on) the weekend", self.meaning.weekend),
            (rf"{count} {unit} (?P<way>ago|from now|hence)", self.meaning.shift),
            (rf"(?:in|within) {count} {unit}(?:' time|’ time)", self.meaning.ahead),
            (rf"within (?:the next )?{count} {unit}", self.meaning.within),
            (rf"in (?:the next )?{count} {unit}", self.meaning.ahead),
            (r"(?:in |over |during )?(?:recent|the past|the last) (?P<unit>day|week|month|year)s", self.meaning.recent),
            (r"(?:in |over )?(?:the )?coming (?P<unit>day|week|month|year)s", self.meaning.coming),
            (rf"(?:for|over|in|during|within) the (?:past|last) (?:{count} )?{unit}", self.meaning.past_span),
            (rf"(?:for|over|in|during|within) the (?:next|coming) (?:{count} )?{unit}", self.meaning.next_span),
            (rf"(?P<which>{which}) (?P<unit>week|month|year|weekend|decade|century)", self.meaning.which),
        ]  # fmt: skip

    def _found(self, text: str, published: str, tense: str) -> tuple[Expression, ...]:
        """Every expression, earlier rules first where they overlap, in text order."""
        base = date.fromisoformat(published) if published else None
        taken: list[Expression] = []

        def free(start: int, end: int) -> bool:
            return not any(e.start < end and start < e.end for e in taken)

        for pattern, kind, follows in self.shifts:
            for match in pattern.finditer(text):
                if free(*match.span()):
                    shift = shift_of(match, kind, follows, self.meaning.number)
                    taken.append(Expression(*match.span(), match.group(), None, shift))
        for rule, resolve in self.rules:
            for match in rule.finditer(text):
                if not free(*match.span()) or not _named(match):
                    continue
                try:
                    span = resolve(match, base or date(1, 1, 1), tense)
                except (ValueError, OverflowError, KeyError):
                    span = None
                if span and span[0] <= span[1] and (base or span[0].year >= 1000):
                    taken.append(Expression(*match.span(), match.group().strip(), span))
        return tuple(sorted(taken, key=lambda e: e.start))


def _named(m: re.Match[str]) -> bool:
    """Is the month's name capitalised ("May", not "may")?"""
    groups = m.groupdict()
    return all((groups.get(name) or "M")[:1].isupper() for name in ("month", "month2"))


def _counted_on(numbers: dict[str, int]) -> dict[str, int]:
    """The numbers of the table and those they make: "twenty-five"."""
    ones = {
        word: n for word, n in numbers.items() if 0 < n < 10 and word.isalpha() and len(word) > 2
    }
    tens = {word: n for word, n in numbers.items() if n in range(20, 100, 10)}
    made = {f"{ten}-{one}": a + b for ten, a in tens.items() for one, b in ones.items()}
    return numbers | made
