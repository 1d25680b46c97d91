"""When was it? Time expressions of English news, resolved against the publication day.

`expressions` finds and resolves them in plain text; `date_of` picks the one that belongs to an act
in its tree (codebook: Date). Weeks run Monday to Sunday; past spans that reach the present end on
the publication day; vague spans stay spans.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from legation.questions.tree import Tree
from legation.story import Date, Story
from legation.words import Words, load

Span = tuple[date, date]
Found = tuple[int, int, Date]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


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
        month = "(?P<month>" + "|".join(sorted(self.months, key=len, reverse=True)) + r")\b\.?"
        week = "(?P<weekday>" + "|".join(self.weekdays) + ")"
        count = r"(?P<count>\d+|" + "|".join(sorted(self.numbers, key=len, reverse=True)) + ")"
        count = rf"(?:about |around |nearly |some |almost |more than |the past |a )?{count}(?: of)?"
        unit = "(?P<unit>day|week|month|year|decade)s?"
        part = "(?P<part>early|late|mid|middle of|the start of|the beginning of|the end of)"
        season = "(?P<season>" + "|".join(self.seasons) + ")"
        year = r"(?P<year>(?:19|20)\d\d)"
        day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
        to = r"\s*(?:-|–|to|and|until|through)\s*"
        holidays = "(?P<holiday>" + "|".join(sorted(self.holidays, key=len, reverse=True)) + ")"
        days = "(?P<word>" + "|".join(sorted(self.days, key=len, reverse=True)) + ")"
        rules: list[tuple[str, Callable[[re.Match[str], date, str], Span | None]]] = [
            (r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)", self._iso),
            (rf"(?:from )?{day}{to}(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?", self._days),
            (rf"(?:from )?{month} {day}{to}(?P<day2>[0-3]?\d)\b(?:st|nd|rd|th)?(?:,? {year})?", self._days),
            (rf"(?:(?:{week}),? )?{day}(?: of)? {month}(?:,? {year})?", self._day),
            (rf"(?:(?:{week}),? )?{month} {day}(?!\d)(?:,? {year})?", self._day),
            (rf"{part}[- ](?:in )?(?:of )?{month}(?: (?:of )?{year})?", self._part),
            (rf"{part}[- ](?:in )?(?:of )?{year}", self._part),
            (rf"(?P<which>last|next|this|the past) {month}", self._which_month),
            (rf"{month}(?: of)? (?:{year}|(?P<lastyear>last year))", self._month),
            (rf"since {month}", self._since_month),
            (rf"since {year}", self._since_year),
            (rf"since (?:last )?{week}", self._since_weekday),
            (rf"(?:the )?(?P<nth>first|second|third|fourth) (?P<of>half|quarter) of (?:{year}|(?P<whichyear>last|this|next) year|the year)", self._fraction),
            (rf"(?:between|from) {week}(?: and| to| until| through) (?P<weekday2>{'|'.join(self.weekdays)})", self._weekdays),
            (rf"(?P<which>last|next|this|on|of)? ?(?:on )?{week}(?: (?P<half>morning|afternoon|evening|night))?", self._weekday),
            (rf"{count} {unit} (?P<way>ago|earlier|before|later|from now)", self._shift),
            (rf"(?:in|within) {count} {unit}(?:' time|’ time)?", self._ahead),
            (rf"(?:for|over|in|during) the (?:past|last) (?:{count} )?{unit}", self._past_span),
            (r"(?P<which>last|this|next|the past|earlier this|later this|late last|early next|the coming) (?P<unit>week|month|year|weekend|decade|century)", self._which),
            (rf"(?P<which>last|this|next) {season}", self._season),
            (rf"(?:the )?{season} of {year}", self._season),
            (r"(?:by |before |until )?the end of the (?P<unit>week|month|year)", self._end),
            (r"the (?P<decade>(?:19|20)\d0)s", self._decade),
            (rf"(?:in|during|of|by|early in|back in) {year}", self._year),
            (rf"(?:in|during|by) {month}(?! \d)", self._bare_month),
            (rf"a {month} (?=visit|trip|meeting|summit|tour)", self._bare_month),
            (rf"on {holidays}|{holidays}".replace("(?P<holiday>", "(?P<holiday_>", 1), self._holiday),
            (r"on the (?P<only>[0-3]?\d)(?:st|nd|rd|th)\b", self._only),
            (days, self._word),
        ]  # fmt: skip
        self.rules = [(re.compile(rf"\b(?:{r})(?!\w)", re.IGNORECASE), f) for r, f in rules]

    def found(self, text: str, published: str, tense: str) -> tuple[Found, ...]:
        """Every expression with its value, longest first where they overlap, in text order."""
        taken: list[Found] = []
        base = date.fromisoformat(published) if published else None
        for pattern, rule in self.rules:
            for match in pattern.finditer(text):
                start, end = match.span()
                if any(a < end and start < b for a, b, _ in taken):
                    continue
                if "month" in pattern.groupindex and not _capital(match.group("month") or "M"):
                    continue
                try:
                    span = rule(match, base or date(1, 1, 1), tense)
                except (ValueError, OverflowError):
                    span = None
                if span is None or (base is None and span[0].year < 1000):
                    continue
                value = Date(
                    span[0].isoformat(), span[1].isoformat(), match.group().strip(), "text"
                )
                taken.append((start, end, value))
        return tuple(sorted(taken, key=lambda f: f[0]))

    def _number(self, text: str) -> int:
        return int(text) if text.isdigit() else self.numbers[text.lower()]

    def _iso(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = date.fromisoformat(m["iso"])
        return day, day

    def _days(self, m: re.Match[str], base: date, tense: str) -> Span:
        month = self.months[m["month"].lower()]
        year = int(m["year"]) if m["year"] else _near(month, int(m["day"]), base, tense)
        return date(year, month, int(m["day"])), date(year, month, int(m["day2"]))

    def _day(self, m: re.Match[str], base: date, tense: str) -> Span:
        month = self.months[m["month"].lower()]
        year = int(m["year"]) if m["year"] else _near(month, int(m["day"]), base, tense)
        day = date(year, month, int(m["day"]))
        return day, day

    def _part(self, m: re.Match[str], base: date, tense: str) -> Span:
        part = (
            m["part"].lower().split()[-1] if " of" not in m["part"].lower() else m["part"].lower()
        )
        groups = m.groupdict()
        if groups.get("month"):
            month = self.months[m["month"].lower()]
            year = int(m["year"]) if m["year"] else _near(month, 15, base, tense)
            last = monthrange(year, month)[1]
            low, high = _third(part, last)
            return date(year, month, low), date(year, month, high)
        year = int(m["year"])
        if "early" in part or "start" in part or "beginning" in part:
            return date(year, 1, 1), date(year, 4, 30)
        if "mid" in part:
            return date(year, 5, 1), date(year, 8, 31)
        return date(year, 9, 1), date(year, 12, 31)

    def _which_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        month, which = self.months[m["month"].lower()], m["which"].lower()
        year = base.year
        if which in ("last", "the past") and month >= base.month:
            year -= 1
        if which == "next" and month <= base.month:
            year += 1
        return _month(year, month)

    def _month(self, m: re.Match[str], base: date, tense: str) -> Span:
        year = int(m["year"]) if m["year"] else base.year - 1
        return _month(year, self.months[m["month"].lower()])

    def _since_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        month = self.months[m["month"].lower()]
        year = base.year if month <= base.month else base.year - 1
        return date(year, month, 1), base

    def _since_year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]), 1, 1), base

    def _since_weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        return _last_weekday(base, self.weekdays[m["weekday"].lower()]), base

    def _fraction(self, m: re.Match[str], base: date, tense: str) -> Span:
        shift = {"last": -1, "next": 1}.get((m["whichyear"] or "").lower(), 0)
        year = int(m["year"]) if m["year"] else base.year + shift
        size = 6 if m["of"].lower() == "half" else 3
        nth = ORDINALS[m["nth"].lower()]
        return date(year, (nth - 1) * size + 1, 1), _month(year, nth * size)[1]

    def _weekdays(self, m: re.Match[str], base: date, tense: str) -> Span:
        first, second = self.weekdays[m["weekday"].lower()], self.weekdays[m["weekday2"].lower()]
        if tense == "future":
            start = _next_weekday(base, first)
            return start, _next_weekday(start, second)
        end = _last_weekday(base, second)
        return _last_weekday(end, first), end

    def _weekday(self, m: re.Match[str], base: date, tense: str) -> Span:
        weekday, which = self.weekdays[m["weekday"].lower()], (m["which"] or "").lower()
        if which == "next" or (tense == "future" and which != "last"):
            day = _next_weekday(base, weekday)
        elif which == "last":
            day = _last_weekday(base - timedelta(1), weekday)
        else:
            day = _last_weekday(base, weekday)
        return day, day

    def _shift(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        sign = 1 if m["way"].lower() in ("later", "from now") else -1
        if m["way"].lower() in ("before", "earlier", "later"):
            return None  # counted from another event, not from the publication day
        return _moved(base, sign * self._number(m["count"]), m["unit"].lower())

    def _ahead(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        if tense != "future":
            return None
        return _moved(base, self._number(m["count"]), m["unit"].lower())

    def _past_span(self, m: re.Match[str], base: date, tense: str) -> Span:
        count = self._number(m["count"]) if m["count"] else 1
        return _moved(base, -count, m["unit"].lower())[0], base

    def _which(self, m: re.Match[str], base: date, tense: str) -> Span:
        which, unit = m["which"].lower(), m["unit"].lower()
        shift = -1 if "last" in which or "past" in which else 1 if "next" in which else 0
        shift = 1 if "coming" in which else shift
        if unit in ("week", "weekend"):
            monday = base - timedelta(base.weekday()) + timedelta(7 * shift)
            if unit == "weekend":
                if shift == 0 and tense != "future" and base.weekday() < 5:
                    monday -= timedelta(7)
                return monday + timedelta(5), monday + timedelta(6)
            start, end = monday, monday + timedelta(6)
        elif unit == "month":
            year, month = divmod(base.year * 12 + base.month - 1 + shift, 12)
            start, end = _month(year, month + 1)
        elif unit == "year":
            start, end = date(base.year + shift, 1, 1), date(base.year + shift, 12, 31)
        else:
            size = 10 if unit == "decade" else 100
            first = base.year // size * size + shift * size
            start, end = date(first, 1, 1), date(first + size - 1, 12, 31)
        if shift == 0:
            return (base, end) if tense == "future" else (start, base)
        return start, end

    def _season(self, m: re.Match[str], base: date, tense: str) -> Span:
        low, high = self.seasons[m["season"].lower()]
        groups = m.groupdict()
        shift = {"last": -1, "next": 1}.get((groups.get("which") or "").lower(), 0)
        year = int(groups["year"]) if groups.get("year") else base.year
        if shift == -1 and low >= base.month:
            year -= 1
        if shift == 1 and low <= base.month:
            year += 1
        end_year = year + (high < low)
        return date(year, low, 1), _month(end_year, high)[1]

    def _end(self, m: re.Match[str], base: date, tense: str) -> Span:
        unit = m["unit"].lower()
        if unit == "week":
            return base, base + timedelta(6 - base.weekday())
        if unit == "month":
            return base, _month(base.year, base.month)[1]
        return base, date(base.year, 12, 31)

    def _decade(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["decade"]), 1, 1), date(int(m["decade"]) + 9, 12, 31)

    def _year(self, m: re.Match[str], base: date, tense: str) -> Span:
        return date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31)

    def _bare_month(self, m: re.Match[str], base: date, tense: str) -> Span:
        month = self.months[m["month"].lower()]
        if tense == "future":
            year = base.year if month >= base.month else base.year + 1
        else:
            year = base.year if month <= base.month else base.year - 1
        return _month(year, month)

    def _holiday(self, m: re.Match[str], base: date, tense: str) -> Span | None:
        name = (m["holiday"] or m["holiday_"] or "").lower()
        month, day = self.holidays[name]
        found = date(_near(month, day, base, tense), month, day)
        return found, found

    def _only(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = int(m["only"])
        if tense == "future":
            months = base.month if day >= base.day else base.month + 1
        else:
            months = base.month if day <= base.day else base.month - 1
        year, month = divmod(base.year * 12 + months - 1, 12)
        return date(year, month + 1, day), date(year, month + 1, day)

    def _word(self, m: re.Match[str], base: date, tense: str) -> Span:
        day = base + timedelta(self.days[m["word"].lower()])
        return day, day


def _capital(month: str) -> bool:
    return month[:1].isupper()


def _third(part: str, last: int) -> tuple[int, int]:
    if "early" in part or "start" in part or "beginning" in part:
        return 1, 10
    if "mid" in part:
        return 11, 20
    return 21, last


def _month(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _near(month: int, day: int, base: date, tense: str) -> int:
    """The year of a month and day without one: the last such day, or the next in the future."""
    if tense == "future":
        return base.year if (month, day) >= (base.month, base.day) else base.year + 1
    return base.year if (month, day) <= (base.month, base.day) else base.year - 1


def _last_weekday(base: date, weekday: int) -> date:
    return base - timedelta((base.weekday() - weekday) % 7)


def _next_weekday(base: date, weekday: int) -> date:
    return base + timedelta((weekday - base.weekday()) % 7)


def _moved(base: date, count: int, unit: str) -> Span:
    if unit in ("day", "week"):
        day = base + timedelta(count * (7 if unit == "week" else 1))
        return day, day
    if unit == "month":
        year, month = divmod(base.year * 12 + base.month - 1 + count, 12)
        return _month(year, month + 1)
    if unit == "decade":
        count *= 10
    return date(base.year + count, 1, 1), date(base.year + count, 12, 31)


@cache
def _calendar(language: str) -> Calendar:
    return Calendar(load(language).table("when"))


def expressions(text: str, published: str, tense: str) -> tuple[Found, ...]:
    """Time expressions of a text as (start, end, Date); `tense` is "past" or "future"."""
    return _calendar("en").found(text, published, tense)


def date_of(story: Story, tree: Tree, w: int, tense: str, words: Words) -> Date | None:
    """The date of the act at word w: its own clause's expression, a neighbour's, or publication.

    None when the story has no date and the text names none.
    """
    sentence = tree.sentence
    text = story.text[sentence.start : sentence.end]
    future = "future" if tense == "future" else "past"
    found = _calendar(words.language).found(text, story.published, future)
    best: tuple[int, Date] | None = None
    clause = tree.clause_of(w)
    for start, end, value in found:
        at = _word_at(tree, sentence.start + start, sentence.start + end)
        if at is None or _describes(tree, at):
            continue
        cost = _distance(tree, at, w, clause)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, value)
    if best is None:
        published = story.published
        return Date(published, published, "", "published") if published else None
    cost, value = best
    if cost < 10:
        return value
    return Date(value.start, value.end, value.text, "context")


def _word_at(tree: Tree, start: int, end: int) -> int | None:
    """The head of the words in a span of characters."""
    sentence = tree.sentence
    inside = [
        i for i in range(len(tree)) if sentence.starts[i] >= start and sentence.ends[i] <= end
    ]
    for i in inside:
        if tree.heads[i] not in inside and tree.base[i] not in ("case", "punct", "det", "mark"):
            return i
    return inside[-1] if inside else None


def _describes(tree: Tree, at: int) -> bool:
    """Does the expression only name a thing: "the 2015 deal", "Monday's newspaper"?"""
    head = tree.heads[at]
    if head < 0:
        return False
    return tree.base[at] in ("compound", "nummod", "flat") and tree.tags[head] in ("PROPN",)


def _distance(tree: Tree, at: int, w: int, clause: int) -> int | None:
    """How far an expression stands from an act: under 10 its own clause, 10 and more a neighbour's."""
    own = {w, *tree.subtree(w)}
    governor = tree.heads[at]
    if governor == w:
        return 0
    here, steps = governor, 0
    while here >= 0 and here != w:
        if tree.base[here] in ("ccomp", "acl", "advcl", "parataxis", "xcomp") and at in own:
            steps += 12 if tree.base[here] in ("ccomp", "acl", "advcl", "parataxis") else 1
        here = tree.heads[here]
        steps += 1
    if here == w:
        return steps
    if governor == clause or tree.clause_of(governor) == clause:
        return 5 + abs(at - w) // 8
    here = w
    for climbed in range(8):
        head = tree.heads[here]
        if head < 0:
            break
        kind = tree.base[here]
        if governor == head or (
            governor >= 0 and tree.heads[governor] == head and tree.base[governor] == "obj"
        ):
            if kind in ("xcomp", "conj"):
                return 7 + climbed
            if kind in ("acl", "obj", "obl", "nmod", "advcl"):
                return 11 + climbed
            if kind == "ccomp":
                return 20 + climbed
            return 15 + climbed
        here = head
    return None
