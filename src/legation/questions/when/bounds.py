"""Ends and deadlines: "until May", "by Friday", "before the vote" and what they date.

An end told of something planned is a span from the publication day to it; told of something past
it says not when the act was. A deadline inside what was promised dates the promise never.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from legation.questions import clause
from legation.questions.tree import Tree
from legation.questions.when.calendar import Expression
from legation.questions.when.spans import Span

UNTIL = re.compile(r"\b(?:until|till)\W*(?:the )?$|\bunless\b[^.;]*$", re.IGNORECASE)
LEAD = re.compile(r"\b(by|before|until|till|ahead of|within|for)\W*(?:the )?$", re.IGNORECASE)
MONTH = 31  # days: "by May" is in May, as editors plan it, "by 2030" at any time until then
INNER = frozenset(["xcomp", "ccomp", "acl", "advcl", "nmod"])


def lead(text: str, e: Expression) -> str:
    """The preposition that an expression starts with or stands behind, of those that bound it."""
    own = re.match(
        r"(by|before|until|till|within|for(?! (?:an?|the|\w+ day)\b))\b", e.text, re.IGNORECASE
    )
    told = own or LEAD.search(text[max(0, e.start - 12) : e.start])
    return told[1].lower() if told else ""


def bounded(
    text: str, tree: Tree, e: Expression, at: int, base: date | None, tense: str
) -> Span | None:
    """The days of an expression, with an end or deadline of something planned as its last day.

    None when the expression is only the end of something past ("had held out until May").
    """
    first = e.span
    told = lead(text, e)
    if first is None:
        return None
    if told in ("until", "till") or UNTIL.search(text[: e.start]):
        verb = tree.heads[at]
        barred = verb >= 0 and clause.negative(tree, verb)
        if tense != "future" or base is None or barred or first[1] <= base:
            return None
        return base, first[1]
    if tense != "future" or base is None or first[0] <= base:
        return first
    if told == "before":
        return base, first[0] - timedelta(1)
    if told == "by" and (first[1] - first[0]).days > MONTH:
        return base, first[1]
    return first


def prospective(
    text: str, tree: Tree, e: Expression, at: int, w: int, tense: str, brief: Collection[str]
) -> bool:
    """Does the expression look ahead from the past act at w: "promised to leave by May"?

    So does a day that something is set for ("summoned two ministers for Thursday"), and a month or
    season inside what one of the verbs of `brief` decides ("agreed to meet again in May").
    """
    if tense == "future" or e.span is None:
        return False
    told = lead(
        text[tree.sentence.start : tree.sentence.end], e.moved(-tree.sentence.start, e.span)
    )
    if told == "for":
        return True
    due = told in ("by", "within", "before")
    vague = tree.lemmas[w] in brief and (e.span[1] - e.span[0]).days > 2
    if not due and not vague:
        return False
    here = tree.heads[at]
    while here >= 0 and here != w:
        if tree.base[here] in INNER and (due or _to_come(tree, here)):
            return True
        here = tree.heads[here]
    return due and at > w and tree.tags[w] == "NOUN"


def _to_come(tree: Tree, verb: int) -> bool:
    """ "Agreed to meet again in May": an infinitive or a future is still to come."""
    return tree.infinitive(verb) or bool(clause.future(tree, verb))
