"""Time expressions of a text: the patterns of words/<language>/when.toml and what each means.

An expression is worth a span of days against the publication day, or it is counted from another
event (`shift`): "two days before the vote", "a week later", "the same evening".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from legation.questions.when import spans
from legation.questions.when.spans import Span

Rule = Callable[[re.Match[str], date, str], Span | None]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "q1": 1, "q2": 2}
ORDINALS |= {"q3": 3, "q4": 4}
DAYS = ["second", "third", "fourth", "fifth", "sixth", "seventh"]
RECENT = {"day": 7, "week": 28, "month": 183, "year": 1826}  # days that "recent weeks" reach back


@dataclass(frozen=True, slots=True)
class Expression:
    """`start`, `end` in characters of the text; `span` None when it is counted from elsewhere.

    `shift` is (count, unit) from the anchor; `follows` when the anchor stands behind the words
    ("two days before …"), else it is the last date told.
    """

    start: int
    end: int
    text: str
    span: Span | None
    shift: tuple[int, str] | None = None
    follows: bool = False


class Calendar:
    """The patterns of one language's table, compiled once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Build the regular expressions from a parsed when.toml."""
        self.months: dict[str, int] = dict(table["months"])
        self.weekdays: dict[str, int] = dict(table["weekdays"])
        self.numbers: dict[str, int] = dict(table["numbers"])
        self.days: dict[str, int] = dict(table["days"])
        self.seasons: dict[str, list[int]] = dict(table["seasons"])
        self.holidays: dict[str, list[int]] = dict(table["holidays"])
        self.movable: dict[str, int] = dict(table["easter"])
        self.rules = [
            (re.compile(rf"\b(?:{r})(?!\w)", re.IGNORECASE), rule)
            for r, rule in [*self._ranges(), *self._days(), *self._months(), *self._units()]
        ]
        count, unit = self._count(), "(?P<unit>day|night|week|month|year|decade)s?"
        self.shifts = [
            (re.compile(rf"\b(?:{r})(?!\w)", re.IGNORECASE), follows)
            for r, follows in (
                (rf"{count} {unit} (?P<way>before|after|following|prior to)(?= \w)", True),
                (r"the (?P<unit>day|night|week) (?P<way>before|after)(?= \w)(?! (?:yesterday|tomorrow))", True),
                (rf"{count} {unit} (?P<way>earlier|later|before|afterwards|afterward|previously)", False),
                (rf"the (?P<way>previous|next|following|same) {unit.replace('night', 'night|evening|morning|afternoon')}", False),
                (r"(?P<way>that|that same) (?P<unit>day|night|evening|morning|afternoon|week|month|year)(?= |[.,;])", False),
                (r"the (?P<unit>day|night|evening|week|month|year) (?P<way>before|after)(?=[.,;]|$)", False),
            )
        ]  # fmt: skip

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
            (r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)", self._iso),
            (rf"{start}{month} {day},? {year}{to}{other} {to_day},? {later}", self._long),
            (rf"{start}{month} {day}{to}{other} {to_day}(?:,? {year})?", self._long),
            (rf"{start}{day} {month} {year}{to}{to_day} {other} {later}", self._long),
            (rf"{start}{day} {month}{to}{to_day} {other}(?: {year})?", self._long),
            (rf"{start}{day}{to}{to_day}(?: of)? {month}(?:,? {year})?", self._few),
            (rf"{start}{month} {day}{to}{to_day}\b(?!,?\d)(?:,? {year})?", self._few),
            (rf"(?:from |between ){month},? {year}{to}{other},? {later}", self._from_months),
            (rf"(?:from |between ){month}{to}{other}(?:,? {year})?", self._from_months),
            (rf"(?:from |between |the ){year}{to}{later}(?! \w*(?:people|troops))", self._years),
            (rf"(?:between|from) {week}{to}{weeks}", self._week_range),
        ]  # fmt: skip

    def _days(self) -> list[tuple[str, Rule]]:
        month = self._month()
        week = "(?P<weekday>" + "|".join(self.weekdays) + ")"
        year = r"(?P<year>(?:19|20)\d\d)"
        day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
        holidays = "|".join(sorted([*self.holidays, *self.movable], key=len, reverse=True))
        days = "(?P<word>" + "|".join(sorted(self.days, key=len, reverse=True)) + ")"
        fiscal = r"(?:fiscal(?: year)? |financial year |FY ?)(?P<year>(?:19|20)\d\d)"
        return [
            (rf"(?:on |at )?(?P<holiday>{holidays})(?:,? (?P<year>(?:19|20)\d\d))?", self._holiday),
            (rf"since {day} {month}(?: {year})?", self._since_day),
            (rf"since {month} {day}(?:,? {year})?", self._since_day),
            (rf"since (?:last )?{week}", self._since_weekday),
            (rf"(?:(?:{week}),? )?{day}(?: of)? {month}(?:,? {year})?", self._day),
            (rf"(?:(?:{week}),? )?{month} {day}(?![\d,]*\d)(?:,? {year})?", self._day),
            (rf"for an? (?P<nth>second|third|fourth|fifth|sixth|seventh) (?:consecutive |straight |successive |running )?day (?:on )?{week}", self._nth_day),
            (rf"(?P<which>last|next|this|on|of|early|late|by)? ?(?:on )?{week}(?: (?P<half>morning|afternoon|evening|night))?", self._weekday),
            (fiscal, self._fiscal),
            (r"on the (?P<only>[0-3]?\d)(?:st|nd|rd|th)\b", self._only),
            (r"at midnight", self._midnight),
            (r"during the night", self._night),
            (days, self._word),
        ]  # fmt: skip

    def _months(self) -> list[tuple[str, Rule]]:
        month = self._month()
        part = "(?P<part>early|late|mid|middle of|the start of|the beginning of|the end of)"
        year = r"(?P<year>(?:19|20)\d\d)"
        season = "(?P<season>" + "|".join(self.seasons) + ")"
        nth = "(?:the )?(?P<nth>first|second|third|fourth|last) (?P<of>half|quarter|week|days) of"
        return [
            (r"(?:by |before |at |towards? )?the end of (?:the|this) (?P<unit>week|month|year)", self._end),
            (rf"{nth} {month}(?:,? {year})?", self._fraction_of_month),
            (rf"{nth} (?:(?P<whichyear>last|this|next) |the )month", self._fraction_of_month),
            (rf"{nth} (?:{year}|(?P<whichyear>last|this|next) year|the year)", self._fraction),
            (rf"(?P<nth>Q[1-4])(?P<of>) (?:of )?{year}", self._fraction),
            (rf"{part}[- ](?:in )?(?:of )?{month}(?:,? (?:of )?(?:{year}|(?P<lastyear>last year)))?", self._part),
            (rf"{part}[- ](?:in )?(?:of )?{year}", self._part),
            (rf"{part} (?P<which>last|this|next) (?P<unit>week|month|year)", self._part_of_unit),
            (rf"(?P<which>last|next|this|the past) {month}", self._which_month),
            (rf"{month},?(?: of)? (?:{year}|(?P<lastyear>last year|this year))", self._whole_month),
            (rf"since (?:early |late |mid-?)?{month} (?P<lastyear>last year|(?:19|20)\d\d)", self._since_month),
            (rf"since (?:early |late |mid-?)?{month}", self._since_month),
            (rf"since (?:early |late |mid-?)?{year}", self._since_year),
            (r"since (?P<which>last|this) (?P<unit>week|month|year)", self._since_unit),
            (r"(?P<part>early|mid|late)?[- ]?(?:the )?(?P<decade>(?:19|20)\d0)s", self._decade),
            (rf"(?P<which>last|this|next) {season}", self._season),
            (rf"(?:the )?{season}(?: of| in)? {year}", self._season),
            (rf"in the {season}", self._season),
            (rf"(?:in|during|of|by|early in|late in|back in|since|before|after|remember|summer of) {year}(?!,?\d)(?! (?:people|troops|soldiers|men|women))", self._year),
            (rf"{year}(?=, when)", self._year),
            (rf"(?:in|during|by|of|for|around) {month}(?! \d)", self._bare_month),
            (rf"(?:a|the|its|his|their|her|'s) {month}(?= (?:visit|trip|meeting|summit|tour|vote|election|attack|coup|ceasefire|truce|deal|accord|protest|referendum))", self._bare_month),
        ]  # fmt: skip

    def _units(self) -> list[tuple[str, Rule]]:
        count = self._count()
        unit = "(?P<unit>day|week|month|year|decade)s?"
        which = (
            "last|this|next|the past|the previous|earlier this|later this|earlier last|late last"
            "|early last|early next|later next|the coming|the current|later in the|earlier in the"
        )
        return [
            (r"(?:at|over|during|on) the weekend", self._weekend),
            (rf"{count} {unit} (?P<way>ago|from now|hence)", self._shift),
            (rf"(?:in|within) {count} {unit}(?:' time|’ time)", self._ahead),
            (rf"within (?:the next )?{count} {unit}", self._within),
            (rf"in (?:the next )?{count} {unit}", self._ahead),
            (r"(?:in |over |during )?(?:recent|the past|the last) (?P<unit>day|week|month|year)s", self._recent),
            (r"(?:in |over )?(?:the )?coming (?P<unit>day|week|month|year)s", self._coming),
            (rf"(?:for|over|in|during|within) the (?:past|last) (?:{count} )?{unit}", self._past_span),
            (rf"(?:for|over|in|during|within) the (?:next|coming) (?:{count} )?{unit}", self._next_span),
            (rf"(?P<which>{which}) (?P<unit>week|month|year|weekend|decade|century)", self._which),
        ]  # fmt: skip

    def found(self, text: str, published: str, tense: str) -> tuple[Expression, ...]:
        """Every expression, earlier rules first where they overlap, in text order."""
        base = date.fromisoformat(published) if published else None
        taken: list[Expression] = []

        def free(start: int, end: int) -> bool:
            return not any(e.start < end and start < e.end for e in taken)

        for pattern, follows in self.shifts:
            for match in pattern.finditer(text):
                shift = self._counted(match)
                if shift and free(*match.span()):
                    taken.append(Expression(*match.span(), match.group(), None, shift, follows))
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

    def _counted(self, m: re.Match[str]) -> tuple[int, str] | None:
        groups = m.groupdict()
        way = groups["way"].lower()
        unit = (groups.get("unit") or "day").lower()
        unit = "day" if unit in ("night", "evening", "morning", "afternoon") else unit
        count = self._number(groups["count"]) if groups.get("count") else 1
        if way in ("same", "that", "that same"):
            return 0, unit
        back = way in ("before", "earlier", "previous", "prior to", "previously")
        return (-count if back else count), unit

    def _number(self, text: str) -> int:
        return int(text) if text.isdigit() else self.numbers[text.lower()]

    def _month_of(self, m: re.Match[str], name: str = "month") -> int:
        return self.months[m[name].lower().rstrip(".")]

    def _iso(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = date.fromisoformat(m["iso"])
        return day, day

    def _long(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, last = self._month_of(m), self._month_of(m, "month2")
        groups = m.groupdict()
        end = groups.get("year2") or groups.get("year")
        year = int(end) if end else spans.near(last, int(m["day2"]), base, tense)
        begin = int(m["year"]) if groups.get("year2") else year - (first > last)
        return date(begin, first, int(m["day"])), date(year, last, int(m["day2"]))

    def _few(self, m: re.Match[str], base: date, tense: str) -> Span:
        month, day = self._month_of(m), int(m["day"])
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, tense)
        return date(year, month, day), date(year, month, int(m["day2"]))

    def _from_months(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, last = self._month_of(m), self._month_of(m, "month2")
        groups = m.groupdict()
        end = groups.get("year2") or groups.get("year")
        year = int(end) if end else spans.near(last, 1, base, tense)
        begin = int(m["year"]) if groups.get("year2") else year - (first > last)
        return date(begin, first, 1), spans.month(year, last)[1]

    def _years(self, m: re.Match[str], base: date, tense: str) -> Span:
        end = m["year2"] if len(m["year2"]) == 4 else m["year"][:2] + m["year2"]
        return date(int(m["year"]), 1, 1), date(int(end), 12, 31)

    def _week_range(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, second = self.weekdays[m["weekday"].lower()], self.weekdays[m["weekday2"].lower()]
        if tense == "future":
            start = spans.next_weekday(base, first)
            return start, spans.next_weekday(start, second)
        end = spans.last_weekday(base, second)
        return spans.last_weekday(end, first), end

    def _since_day(self, m: re.Match[str], base: date, tense: str) -> Span:
        day, month = int(m["day"]), self._month_of(m)
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, "past")
        return date(year, month, day), base

    def _since_weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.last_weekday(base, self.weekdays[m["weekday"].lower()]), base

    def _day(self, m: re.Match[str], base: date, tense: str) -> Span:
        month, day = self._month_of(m), int(m["day"])
        year = int(m["year"]) if m["year"] else spans.near(month, day, base, tense)
        return date(year, month, day), date(year, month, day)

    def _weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        weekday, which = self.weekdays[m["weekday"].lower()], (m["which"] or "").lower()
        if which == "next" or (tense == "future" and which != "last"):
            day = spans.next_weekday(base, weekday)
        elif which == "last":
            day = spans.last_weekday(base - timedelta(1), weekday)
        else:
            day = spans.last_weekday(base, weekday)
        return day, day

    def _nth_day(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = spans.last_weekday(base, self.weekdays[m["weekday"].lower()])
        return day - timedelta(DAYS.index(m["nth"].lower()) + 1), day

    def _fiscal(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]) - 1, 10, 1), date(int(m["year"]), 9, 30)

    def _holiday(self, m: re.Match[str], base: date, tense: str) -> Span:
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

    def _only(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = int(m["only"])
        shift = (day < base.day) if tense == "future" else -(day > base.day)
        first = spans.months_on(base.replace(day=1), shift)
        return first.replace(day=day), first.replace(day=day)

    def _midnight(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = base + timedelta(tense == "future")
        return day, day

    def _night(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base - timedelta(1), base

    def _word(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = base + timedelta(self.days[m["word"].lower()])
        return day, day

    def _fraction_of_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        groups = m.groupdict()
        if groups.get("month"):
            number = self._month_of(m)
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

    def _fraction(self, m: re.Match[str], base: date, tense: str) -> Span:
        groups = m.groupdict()
        shift = {"last": -1, "next": 1}.get((groups.get("whichyear") or "").lower(), 0)
        year = int(groups["year"]) if groups.get("year") else base.year + shift
        size = 6 if m["of"].lower() == "half" else 3
        nth = ORDINALS[m["nth"].lower()]
        nth = 2 if size == 6 and nth == 4 else nth
        return date(year, (nth - 1) * size + 1, 1), spans.month(year, nth * size)[1]

    def _part(self, m: re.Match[str], base: date, tense: str) -> Span:
        part, groups = m["part"].lower(), m.groupdict()
        if groups.get("month"):
            number = self._month_of(m)
            year = int(m["year"]) if m["year"] else spans.near(number, 15, base, tense)
            year = base.year - 1 if m["lastyear"] else year
            first, last = spans.month(year, number)
            low, high = spans.third(part, last.day)
            return first.replace(day=low), first.replace(day=high)
        return spans.part_of_year(part, int(m["year"]))

    def _part_of_unit(self, m: re.Match[str], base: date, tense: str) -> Span:
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

    def _which_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number, which = self._month_of(m), m["which"].lower()
        year = base.year
        if which in ("last", "the past") and number >= base.month:
            year -= 1
        if which == "next" and number <= base.month:
            year += 1
        return spans.month(year, number)

    def _whole_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        last = (m["lastyear"] or "").lower() == "last year"
        year = int(m["year"]) if m["year"] else base.year - last
        return spans.month(year, self._month_of(m))

    def _since_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number, told = self._month_of(m), m.groupdict().get("lastyear")
        if told:
            return date(int(told) if told[0].isdigit() else base.year - 1, number, 1), base
        return date(base.year - (number > base.month), number, 1), base

    def _since_year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]), 1, 1), base

    def _since_unit(self, m: re.Match[str], base: date, tense: str) -> Span:
        shift = -1 if m["which"].lower() == "last" else 0
        return self._unit(base, m["unit"].lower(), shift)[0], base

    def _decade(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, part = int(m["decade"]), (m["part"] or "").lower()
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
        return date(first + low, 1, 1), date(first + high, 12, 31)

    def _season(self, m: re.Match[str], base: date, tense: str) -> Span:
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
        return date(year, low, 1), spans.month(year + (high < low), high)[1]

    def _year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.year(int(m["year"]))

    def _bare_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        number = self._month_of(m)
        if tense == "future":
            return spans.month(base.year + (number < base.month), number)
        return spans.month(base.year - (number > base.month), number)

    def _weekend(self, m: re.Match[str], base: date, tense: str) -> Span:
        return spans.weekend(base, 0, tense)

    def _shift(self, m: re.Match[str], base: date, tense: str) -> Span:
        sign = -1 if m["way"].lower() == "ago" else 1
        return spans.moved(base, sign * self._number(m["count"]), m["unit"].lower())

    def _ahead(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        if tense != "future":
            return None
        return spans.moved(base, self._number(m["count"]), m["unit"].lower())

    def _within(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        return self._next_span(m, base, tense) if tense == "future" else None

    def _past_span(self, m: re.Match[str], base: date, tense: str) -> Span:
        count = self._number(m["count"]) if m["count"] else 1
        unit = m["unit"].lower()
        return spans.shifted((base, base), -count, unit)[0], base

    def _next_span(self, m: re.Match[str], base: date, tense: str) -> Span:
        count = self._number(m["count"]) if m["count"] else 1
        return base, spans.shifted((base, base), count, m["unit"].lower())[1]

    def _recent(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base - timedelta(RECENT[m["unit"].lower()]), base

    def _coming(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base, base + timedelta(RECENT[m["unit"].lower()])

    def _unit(self, base: date, unit: str, shift: int) -> Span:
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

    def _which(self, m: re.Match[str], base: date, tense: str) -> Span:
        which, unit = m["which"].lower(), m["unit"].lower()
        shift = -1 if re.search("last|past|previous", which) else 1 if "next" in which else 0
        shift = 1 if "coming" in which and unit != "weekend" else shift
        if unit == "weekend":
            return spans.weekend(base, shift, "future" if "coming" in which else tense)
        start, end = self._unit(base, unit, shift)
        if "late" in which.split() and unit == "month":
            start = start.replace(day=21)
        if shift == 0:
            return (base, end) if tense == "future" else (start, base)
        return start, end

    def _end(self, m: re.Match[str], base: date, tense: str) -> Span:
        return base, self._unit(base, m["unit"].lower(), 0)[1]


def _named(m: re.Match[str]) -> bool:
    """Is the month's name capitalised ("May", not "may")?"""
    groups = m.groupdict()
    return all((groups.get(name) or "M")[:1].isupper() for name in ("month", "month2"))


def _ym(day: date) -> tuple[int, int]:
    return day.year, day.month
