"""When was it? Time expressions of news, resolved against the publication day.

`expressions` finds and resolves them in plain text; `Dates.of` picks the one that belongs to an act
in its tree (codebook: Date). Vague spans stay spans; past spans that reach the present end on the
publication day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from legation.questions.tree import Tree
from legation.questions.when.anchors import Anchors
from legation.questions.when.attach import ahead, distance, looks_back, word_at
from legation.questions.when.bounds import bounded, lead, prospective
from legation.questions.when.calendar import Calendar, Expression
from legation.questions.when.counted import Shift, counted
from legation.questions.when.lasting import lasting, running
from legation.questions.when.spans import Span
from legation.story import Date, Story
from legation.words import Words, load

REACH = 700  # characters before an expression in which "the same day" looks for its day
BEHIND = 60  # characters behind "two days before" in which the day counted from may stand
NEARER = 3  # times nearer must a day to come be than the same day a year before
OWN = 10  # from this distance on a date is a neighbour's

__all__ = ["Dates", "Expression", "expressions"]


@cache
def _calendar(language: str) -> Calendar:
    return Calendar(load(language).table("when"))


def expressions(
    text: str, published: str, tense: str, language: str = "en"
) -> tuple[tuple[int, int, Date], ...]:
    """Time expressions of a text as (start, end, Date); `tense` is "past" or "future".

    Expressions counted from another event are left out when no day is told for it.
    """
    calendar = _calendar(language)
    found = calendar.found(text, published, tense)
    base = date.fromisoformat(published) if published else None
    rows = []
    for expression in found:
        span = expression.span or _within(expression, found, base, tense)
        if span:
            rows.append((expression.start, expression.end, _date(span, expression.text, "text")))
    return tuple(rows)


class Dates:
    """When the acts of one story were."""

    def __init__(self, story: Story, trees: Sequence[Tree], words: Words) -> None:
        """Ready the calendar of the story's language."""
        self.story, self.trees, self.words = story, trees, words
        self.table = words.table("when")
        self.calendar = _calendar(words.language)
        self.judging = frozenset(self.table.get("judging", ()))
        self.brief = frozenset(self.table.get("brief", ()))
        self.base = date.fromisoformat(story.published) if story.published else None
        self.anchors = Anchors(trees, self.table, self._told)
        self.rows: dict[tuple[int, str], list[tuple[Expression, int]]] = {}
        self.phrases: dict[tuple[int, str], list[tuple[Expression, int]]] = {}

    def of(self, s: int, w: int, tense: str) -> Date | None:
        """The date of the act at word w: its clause's, its anchor's, a neighbour's, publication.

        None when the story has no date and the text names none.
        """
        tree = self.trees[s]
        best = self._nearest(s, w, tense, self._rows(s, tense) + self._anchored(s, tense))
        if best is None or best[0] > 0:
            back = self._counted_back(s, w, tense)
            if back:
                return _date(back, self.story.text[slice(*tree.span(w))], "context")
        if best is None or best[0] >= OWN:
            brief = tree.lemmas[w] in self.brief
            length = None if brief else running(tree, w, self.base, self.calendar)
            if length:
                return _date(length[0], length[1], "text")
        if best is None:
            published = self.story.published
            return Date(published, published, "", "published") if published else None
        cost, text, span = best
        span = lasting(self.story.text, tree, w, span, self.calendar, self.table)
        return _date(span, text, "text" if cost < OWN else "context")

    def coming(self, s: int, w: int, past: Date) -> Date | None:
        """The day to come of an act whose verb is told in the past, unless its day gone by,
        `past`, is told and as near: "announced in April a summit on 9 June"."""
        on = self.of(s, w, "future")
        if past.basis == "published" or on is None:
            return on
        days = [date.fromisoformat(day) for day in (past.start, past.end, on.start, on.end)]
        return on if self._far((days[0], days[1]), (days[2], days[3])) else past

    def scene(self, s: int, w: int) -> tuple[int, int] | None:
        """The other mention of the happening during which the act at word w was, if dated."""
        tree = self.trees[s]
        for _, at, kind in self.anchors.phrases(s, "past"):
            if kind == "through" and tree.heads[at] in (w, tree.first_of(w)):
                self.anchors.days(s, at)
                if (s, at) in self.anchors.mentions:
                    return self.anchors.mentions[s, at]
        return None

    def _nearest(
        self, s: int, w: int, tense: str, rows: list[tuple[Expression, int]]
    ) -> tuple[int, str, Span] | None:
        """The nearest expression that dates word w: its distance, text and days."""
        tree = self.trees[s]
        best: tuple[tuple[int, int], str, Span] | None = None
        for e, at in rows:
            if at == w:
                continue  # "as the talks began", "since the raid" tell not when these were
            if e.shift and e.shift.follows and self._event(s, e) in (w, tree.first_of(w)):
                continue  # nor "two days after the vote" when the vote was
            cost = distance(tree, at, w, self.judging)
            if cost is None or prospective(self.story.text, tree, e, at, w, tense, self.brief):
                continue
            rank = (cost, abs(at - w))
            if best is None or rank < best[0]:
                span = self._value(s, e, at, tense)
                if span:
                    best = rank, e.text, span
        return (best[0][0], best[1], best[2]) if best else None

    def _rows(self, s: int, tense: str) -> list[tuple[Expression, int]]:
        """The expressions of a sentence in story offsets, with their head words; no date line's."""
        if (s, tense) not in self.rows:
            self.rows[s, tense] = self._read(s, tense)
        return self.rows[s, tense]

    def _read(self, s: int, tense: str) -> list[tuple[Expression, int]]:
        tree = self.trees[s]
        first, last = tree.sentence.start, tree.sentence.end
        text = self.story.text[first:last]
        skipped = _dateline(text) if first < 5 or self.story.text[:first].endswith("\n") else 0
        rows = []
        for e in self.calendar.found(text, self.story.published, tense):
            at = word_at(tree, first + e.start, first + e.end)
            if at is None or e.start < skipped:
                continue
            span = bounded(text, tree, e, at, self.base, tense)
            if e.span is None or span is not None:
                rows.append((e.moved(first, span), at))
        return rows

    def _value(self, s: int, e: Expression, at: int, tense: str) -> Span | None:
        """The span of an expression, read in the tense of the verb that it dates."""
        tree = self.trees[s]
        text = self.story.text
        if e.span and tense == "future" and looks_back(tree, at) and not lead(text, e):
            again = self._rows(s, "past")
            back = next((x.span for x, _ in again if x.start == e.start and x.span), e.span)
            return e.span if self._far(back, e.span) else back
        return e.span or self._from_anchor(s, e, at, tense)

    def _far(self, back: Span, on: Span) -> bool:
        """Is the day gone by far, and the day to come near: "announced in April a vote in May"?"""
        if self.base is None or on[0] <= self.base:
            return False
        return (self.base - back[1]).days > NEARER * (on[0] - self.base).days

    def _from_anchor(self, s: int, e: Expression, at: int, tense: str) -> Span | None:
        """The span of "two days before the vote of May 5" or "a week later"."""
        if e.shift is None:
            return None
        story = self.story
        if not e.shift.follows:
            before = story.text[max(0, e.start - REACH) : e.start]
            found = self.calendar.found(before, story.published, tense)
            anchor = next((x.span for x in reversed(found) if x.span), None)
            if anchor is None and e.shift.count < 0 and self.base:
                anchor = self.base, self.base  # "the night before": before what is told
        else:
            head = self._event(s, e)
            anchor = self.anchors.days(s, head) if head is not None else None
            if anchor is None:
                behind = re.split(r"[.;\n]", story.text[e.end : e.end + BEHIND])[0]
                found = self.calendar.found(behind, story.published, tense)
                anchor = next((x.span for x in found if x.span), None)
        return counted(e.shift, anchor, self.base, tense) if anchor else None

    def _event(self, s: int, e: Expression) -> int | None:
        """The event that "two days after" is counted from: the head of its last word."""
        tree = self.trees[s]
        last = next((i for i in range(len(tree)) if tree.sentence.ends[i] == e.end), None)
        if last is None or tree.base[last] not in ("case", "mark", "fixed"):
            return None
        head = tree.heads[last]
        return tree.heads[head] if tree.base[last] == "fixed" and head >= 0 else head

    def _anchored(self, s: int, tense: str) -> list[tuple[Expression, int]]:
        """ "During the visit", "since the coup", "as the talks began": what they stand for."""
        if (s, tense) not in self.phrases:
            self.phrases[s, tense] = self._stood_for(s, tense)
        return self.phrases[s, tense]

    def _stood_for(self, s: int, tense: str) -> list[tuple[Expression, int]]:
        tree, text = self.trees[s], self.story.text
        rows = []
        for first, at, kind in self.anchors.phrases(s, tense):
            anchor = self.anchors.days(s, at)
            if anchor is None or (tree.base[at] == "advcl" and self._dated(s, at, tense)):
                continue
            start, end = tree.sentence.starts[first], tree.sentence.ends[at]
            if kind == "until":
                if self.base is None or anchor[0] <= self.base:
                    continue
                span: Span | None = (self.base, max(self.base, _before(anchor)))
            else:
                span = counted(Shift(kind=kind, follows=True), anchor, self.base, tense)
            if span:
                rows.append((Expression(start, end, text[start:end], span), at))
        return rows

    def _dated(self, s: int, clause: int, tense: str) -> bool:
        """Has a clause a date of its own, which is then read with the other expressions?"""
        return self._nearest(s, clause, tense, self._rows(s, tense)) is not None

    def _told(self, s: int, w: int, inside: bool) -> Span | None:
        """The days that the text tells of word w without its anchors; None when it tells none."""
        tree = self.trees[s]
        tense = "future" if ahead(tree, w) else "past"
        rows = [row for row in self._rows(s, tense) if row[0].span]
        if inside:
            under = set(tree.subtree(w))
            rows = [row for row in rows if row[1] in under]
            if tree.tags[w] not in ("VERB", "AUX") and rows:
                return rows[0][0].span
        best = self._nearest(s, w, tense, rows)
        return best[2] if best else None

    def _counted_back(self, s: int, w: int, tense: str) -> Span | None:
        """The date of an act told behind "on Thursday, eight days after …": Thursday less eight.

        Where the main clause has no date, the publication day is its date.
        """
        tree = self.trees[s]
        for e, _ in self._rows(s, tense):
            if e.shift is None or not e.shift.follows or e.shift.kind not in ("on", "wide"):
                continue
            head = self._event(s, e)
            main = tree.heads[head] if head is not None else -1
            if head is None or main < 0 or head not in (w, tree.first_of(w)):
                continue
            if self._told(s, head, inside=True):
                return None
            told = self._nearest(s, main, tense, [r for r in self._rows(s, tense) if r[0].span])
            known = told[2] if told else (self.base, self.base) if self.base else None
            if known is None:
                return None
            back = Shift(-e.shift.count, e.shift.unit, e.shift.kind, follows=True)
            if back.kind == "wide":
                return None
            return counted(back, known, self.base, tense)
        return None


def _before(anchor: Span) -> date:
    return date.fromordinal(anchor[0].toordinal() - 1)


def _dateline(text: str) -> int:
    """Length of "BEIJING, Nov 20 (Wire) - "; 0 when there is none."""
    match = re.match(
        r"[A-Z][A-Z'’.\- /]{2,40}(?:,[^.;:]{2,40})?(?: \([^)]*\))? ?(?:-|–|—|--) ", text
    )
    return match.end() if match else 0


def _within(
    e: Expression, found: tuple[Expression, ...], base: date | None, tense: str
) -> Span | None:
    """The days of an expression that is counted from another of the same plain text."""
    if e.shift is None:
        return None
    after = e.shift.follows
    anchors = [x.span for x in found if x.span and (x.start > e.end if after else x.end <= e.start)]
    if not anchors:
        return None
    return counted(e.shift, anchors[0] if after else anchors[-1], base, tense)


def _date(span: Span, text: str, basis: str) -> Date:
    return Date(span[0].isoformat(), span[1].isoformat(), text, basis)
