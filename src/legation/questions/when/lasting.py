"""How long: "on Sunday for two days of talks", "a three-day visit that began …", "for a month"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from legation.questions.tree import Tree
from legation.questions.when import spans
from legation.questions.when.calendar import Calendar
from legation.questions.when.spans import Span

FAR = frozenset(["acl", "advcl", "ccomp", "parataxis", "conj", "appos", "nsubj", "xcomp"])
HAVING = frozenset(["have", "has", "had", "'ve", "’ve"])
LONG = re.compile(r"\b(?P<count>[\w-]+?)[- ](?P<unit>day|week|month|hour)s?(?:[- ]long)?\b", re.I)
WHOLE = re.compile(r"\b(?P<unit>day|week|month)-?long\b", re.I)
UNITS = ("hour", "day", "week", "fortnight", "month", "year", "decade")


def lasting(
    text: str, tree: Tree, w: int, span: Span, calendar: Calendar, table: Mapping[str, Any]
) -> Span:
    """A day with the length that is told of the act at word w; other spans stay as they are."""
    if span[0] != span[1] or tree.lemmas[w] in table.get("brief", ()):
        return span
    length = _length(text, tree, w, calendar)
    if length is None:
        return span
    count, unit = length
    if unit in ("day", "week"):
        by = timedelta(count * (7 if unit == "week" else 1) - 1)
        first, last = span[0] - by, span[1] + by
    else:
        first = spans.months_on(span[0], -count) + timedelta(1)
        last = spans.months_on(span[1], count) - timedelta(1)
    verbs = {tree.lemmas[w], tree.lemmas[tree.heads[w]] if tree.heads[w] >= 0 else ""}
    return (first, span[1]) if verbs & set(table.get("ending", ())) else (span[0], last)


def _length(text: str, tree: Tree, w: int, calendar: Calendar) -> tuple[int, str] | None:
    """ "Three-day", "for two weeks", "week-long" near word w: how many of which unit."""
    about = [w, *(c for c in tree.children[w] if tree.base[c] in ("obj", "obl"))]
    near = [
        c for x in about for c in (x, *tree.children[x]) if tree.base[c] not in FAR or c in about
    ]
    part = text[tree.span(min(near))[0] : tree.span(max(near))[1]]
    if whole := WHOLE.search(part):
        return 1, whole["unit"].lower()
    for match in LONG.finditer(part):
        joined = "-" in match.group() or part[: match.start()].rstrip().lower().endswith("for")
        count = _number(match["count"], calendar)
        if not joined or count is None or not count:
            continue
        unit = match["unit"].lower()
        if unit == "hour":
            return (count // 24, "day") if count >= 48 else None
        return (count, unit) if count < 60 else None
    return None


def running(tree: Tree, w: int, base: date | None, calendar: Calendar) -> tuple[Span, str] | None:
    """What has been going on for a time that is told: "have been shelling it for three days".

    The days from then to the publication day, and the words; None when nothing of it is said.
    """
    if base is None or not any(
        tree.base[c] == "aux" and tree.low[c] in HAVING for c in tree.children[w]
    ):
        return None
    under = [c for x in tree.under(w, "obj", "obl") for c in tree.under(x, "nmod", "obl")]
    for noun in (*tree.children[w], *under):
        unit = tree.lemmas[noun]
        if (
            tree.base[noun] not in ("obl", "nmod")
            or unit not in UNITS
            or tree.preposition(noun) != "for"
        ):
            continue
        number = [c for c in tree.children[noun] if tree.base[c] in ("nummod", "det")]
        count = _number(tree.low[number[-1]], calendar) if number else None
        if count is None:
            continue
        words = range(min(tree.children[noun]), noun + 1)
        text = " ".join(tree.words[i] for i in words)
        return (spans.shifted((base, base), -count, unit)[0], base), text
    return None


def _number(word: str, calendar: Calendar) -> int | None:
    word = word.lower()
    return int(word) if word.isdigit() else calendar.numbers.get(word)
