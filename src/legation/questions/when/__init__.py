"""When was it? Time expressions of news, resolved against the publication day.

`expressions` finds and resolves them in plain text; `date_of` picks the one that belongs to an act
in its tree (codebook: Date). Vague spans stay spans; past spans that reach the present end on the
publication day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from legation.questions.tree import Tree
from legation.questions.when import spans
from legation.questions.when.attach import distance, looks_back, word_at
from legation.questions.when.calendar import Calendar, Expression
from legation.questions.when.spans import Span
from legation.story import Date, Story
from legation.words import Words, load

REACH = 700  # characters before an expression in which "the same day" looks for its day
FAR = frozenset(["acl", "advcl", "ccomp", "parataxis", "conj", "appos", "nsubj", "xcomp"])
BEHIND = 60  # characters behind "two days before" in which the day counted from may stand

__all__ = ["Expression", "date_of", "expressions"]


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
    rows = []
    for expression in found:
        span = expression.span or _counted(expression, found)
        if span:
            rows.append((expression.start, expression.end, _date(span, expression.text, "text")))
    return tuple(rows)


def date_of(story: Story, tree: Tree, w: int, tense: str, words: Words) -> Date | None:
    """The date of the act at word w: its own clause's expression, a neighbour's, or publication.

    None when the story has no date and the text names none.
    """
    judging = frozenset(words.table("when").get("judging", ()))
    best: tuple[int, int, Expression, Span] | None = None
    for expression, at in _in_sentence(story, tree, tense, words.language):
        cost = distance(tree, at, w, judging)
        span = (
            _value(story, tree, expression, at, tense, words.language) if cost is not None else None
        )
        if cost is not None and span is not None:
            rank = (cost, abs(at - w))
            if best is None or rank < best[:2]:
                best = (*rank, expression, span)
    counted = _behind(story, tree, w, tense, words.language)
    if counted and (best is None or best[0] > 0):
        return _date(counted, story.text[slice(*tree.span(w))], "context")
    if best is None:
        published = story.published
        return Date(published, published, "", "published") if published else None
    cost, _, expression, span = best
    span = _lasting(story, tree, w, span, words)
    return _date(span, expression.text, "text" if cost < 10 else "context")


def _in_sentence(
    story: Story, tree: Tree, tense: str, language: str
) -> list[tuple[Expression, int]]:
    """The expressions of a sentence in story offsets, with their head words; no date line's."""
    first, last = tree.sentence.start, tree.sentence.end
    text = story.text[first:last]
    skipped = _dateline(text) if first < 5 or story.text[:first].endswith("\n") else 0
    rows = []
    for e in _calendar(language).found(text, story.published, tense):
        at = word_at(tree, first + e.start, first + e.end)
        if at is not None and e.start >= skipped and not _until(text, e.start):
            rows.append((e, at))
    return rows


def _dateline(text: str) -> int:
    """Length of "BEIJING, Nov 20 (Wire) - "; 0 when there is none."""
    match = re.match(
        r"[A-Z][A-Z'’.\- /]{2,40}(?:,[^.;:]{2,40})?(?: \([^)]*\))? ?(?:-|–|—|--) ", text
    )
    return match.end() if match else 0


def _until(text: str, start: int) -> bool:
    """ "until May", "unless … by Friday": an end, not when the act was."""
    return bool(re.search(r"(?:\buntil|\btill|\bunless\b[^.;]*) ?(?:the )?$", text[:start]))


def _value(
    story: Story, tree: Tree, e: Expression, at: int, tense: str, language: str
) -> Span | None:
    """The span of an expression, read in the tense of the verb that it dates."""
    first = tree.sentence.start
    text = story.text[first : tree.sentence.end]
    calendar = _calendar(language)
    if e.span and tense == "future" and looks_back(tree, at):
        again = calendar.found(text, story.published, "past")
        return next((x.span for x in again if x.start == e.start), e.span)
    if e.span:
        return e.span
    return _anchored(story, first + e.start, first + e.end, e, calendar)


def _anchored(story: Story, start: int, end: int, e: Expression, calendar: Calendar) -> Span | None:
    """The span of "two days before the vote of May 5" or "a week later"."""
    if e.shift is None:
        return None
    count, unit = e.shift
    if e.follows:
        behind = re.split(r"[.;\n]", story.text[end : end + BEHIND])[0]
        found = calendar.found(behind, story.published, "past")
        anchor = next((x.span for x in found if x.span), None)
    else:
        before = story.text[max(0, start - REACH) : start]
        found = calendar.found(before, story.published, "past")
        anchor = next((x.span for x in reversed(found) if x.span), None)
    if anchor is None:
        return None
    if count == 0 and unit != "day":
        day = anchor[0]
        if unit == "week":
            monday = day - timedelta(day.weekday())
            return monday, monday + timedelta(6)
        return spans.month(day.year, day.month) if unit == "month" else spans.year(day.year)
    return spans.shifted(anchor, count, unit)


def _behind(story: Story, tree: Tree, w: int, tense: str, language: str) -> Span | None:
    """The date of an act told behind "on Thursday, eight days after …": Thursday less eight."""
    first = tree.sentence.start
    text = story.text[first : tree.sentence.end]
    calendar = _calendar(language)
    place = tree.span(w)[0] - first
    found = calendar.found(text, story.published, "past" if tense == "past" else tense)
    for e in found:
        if (
            not e.follows
            or e.end > place
            or e.shift is None
            or re.search(r"[;.]", text[e.end : place])
        ):
            continue
        if any(x.span and e.end <= x.start <= e.end + BEHIND for x in found):
            continue
        main = next((x.span for x in reversed(found) if x.span and x.end <= e.start), None)
        if main is None and story.published and not any(x.span for x in found):
            return None
        if main:
            return spans.shifted(main, -e.shift[0], e.shift[1])
    return None


def _lasting(story: Story, tree: Tree, w: int, span: Span, words: Words) -> Span:
    """A day with a length: "on Sunday for two days of talks", "a three-day visit that began …"."""
    if span[0] != span[1]:
        return span
    about = [w, *(c for c in tree.children[w] if tree.base[c] in ("obj", "obl"))]
    near = [
        c for x in about for c in (x, *tree.children[x]) if tree.base[c] not in FAR or c in about
    ]
    first, last = tree.span(min(near))[0], tree.span(max(near))[1]
    match = re.search(
        r"\b(?:(two|three|four|five|six|seven|eight|nine|ten|\d)[- ]day\b"
        r"|for (two|three|four|five|six|seven|eight|nine|ten|\d) days)\b",
        story.text[first:last],
    )
    if not match:
        return span
    number = match[1] or match[2]
    count = int(number) if number.isdigit() else int(words.table("when")["numbers"][number])
    by = timedelta(count - 1)
    verbs = {tree.lemmas[w], tree.lemmas[tree.heads[w]] if tree.heads[w] >= 0 else ""}
    if verbs & set(words.table("when").get("ending", ())):
        return span[0] - by, span[1]
    return span[0], span[1] + by


def _counted(e: Expression, found: tuple[Expression, ...]) -> Span | None:
    """The same as `_anchored` within one plain text."""
    if e.shift is None:
        return None
    anchors = [
        x.span for x in found if x.span and (x.start > e.end if e.follows else x.end <= e.start)
    ]
    if not anchors:
        return None
    return spans.shifted(anchors[0] if e.follows else anchors[-1], *e.shift)


def _date(span: Span, text: str, basis: str) -> Date:
    return Date(span[0].isoformat(), span[1].isoformat(), text, basis)


def today(published: str) -> date | None:
    """The publication day; None when unknown."""
    return date.fromisoformat(published) if published else None
