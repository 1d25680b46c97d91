"""Rules on a desk: checked now, or on every day of the last year to say how often they'd fire."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from legation.store import Desk
from legation.store import alerts as kept
from legation.store.alerts import KeptAlert
from legation.study import calendar, periods
from legation.study.acts import SCHEMA, acts
from legation.study.alerts.checking import Alert, Facts, blind, check
from legation.study.alerts.rules import Rule

Deliver = Callable[[KeptAlert, str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: new alerts, rules that were blind for want of coverage, failed targets."""

    new: tuple[KeptAlert, ...]
    blind: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """How often a rule would have fired, and on what."""

    rule: str
    since: str
    until: str
    alerts: tuple[Alert, ...]


def run(desk: Desk, rules: Iterable[Rule], on: str, deliver: Deliver) -> Outcome:
    """Check the rules as of a day, keep what is new and deliver it; each alert goes out once.

    `deliver(alert, target)` raises LegationError or OSError when a target is away: the alert waits
    there and is tried again by the next run, while other targets have it.
    """
    new: list[KeptAlert] = []
    unseen: list[str] = []
    for rule in rules:
        facts = facts_of(desk, rule)
        if blind(rule, facts, on):
            unseen.append(rule.name)
            continue
        for alert in check(rule, facts, on, kept.known(desk.database, rule.name)):
            made = KeptAlert(
                alert.rule, alert.key, alert.day, alert.title, alert.words,
                evidence(desk, alert), waiting=rule.to,
            )  # fmt: skip
            if kept.keep(desk.database, made):
                new.append(made)
    return Outcome(tuple(new), tuple(unseen), tuple(_delivered(desk, deliver)))


def replay(desk: Desk, rule: Rule, until: str, days: int = 365) -> Replay:
    """The alerts that a rule would have given on each of the last `days`, without sending any.

    Acts and their reports are those of today's reading; only days of publication are held back.
    """
    facts = facts_of(desk, rule)
    given: dict[str, str] = {}
    found: list[Alert] = []
    since = periods.shifted(until, 1 - days)
    for day in periods.between(since, until, "day"):
        for alert in check(rule, facts, day, given):
            given[alert.key] = day
            found.append(alert)
    return Replay(rule.name, since, until, tuple(found))


def facts_of(desk: Desk, rule: Rule) -> Facts:
    """What a rule looks at, taken from the desk."""
    wanted = rule.filters()
    if rule.when == "plan":
        sides = {"pair": rule.pair, "party": rule.party}
        asked: dict[str, Any] = {k: v for k, v in (sides | wanted).items() if v}
        rows = calendar.entries(desk, undated=True, **asked)
        return Facts(pl.DataFrame([], schema=SCHEMA), rows)
    found = acts(desk, rule.pair, rule.party, **wanted)
    disputed = disputes(desk, found) if rule.when == "conflict" else {}
    return Facts(found, (), desk.coverage("day"), disputed)


def disputes(desk: Desk, found: pl.DataFrame) -> dict[str, str]:
    """Happening -> the day on which a report first contradicted another, of the disputed ones."""
    days: dict[str, str] = {}
    for id in found.filter(pl.col("disputed"))["id"].to_list():
        first: dict[str, str] = {}
        for told in desk.events("recorded", happening=id, status="happened,negated"):
            status = str(told.event.status)
            first[status] = min(told.published, first.get(status, "9999"))
        days[id] = max(first.values(), default="")
    return days


def evidence(desk: Desk, alert: Alert) -> tuple[dict[str, Any], ...]:
    """The sentences behind an alert: of each happening the first report, and each named event."""
    found = []
    for name, ids in (("happening", alert.acts), ("event", alert.events)):
        for id in ids:
            told = desk.events("oldest", **{name: id}).first()
            if told is not None:
                found.append({
                    "happening": told.happening, "day": told.day, "words": told.sentence,
                    "outlet": told.outlet, "published": told.published, "url": told.url,
                    "story": told.story,
                })  # fmt: skip
    return tuple(found)


def _delivered(desk: Desk, deliver: Deliver) -> list[tuple[str, str]]:
    """Deliver whatever waits; returns (target, what went wrong)."""
    from legation.errors import LegationError

    failed = []
    for alert in kept.waiting(desk.database):
        left = []
        for target in alert.waiting:
            try:
                deliver(alert, target)
            except (LegationError, OSError) as error:
                left.append(target)
                failed.append((target, str(error)))
        kept.delivered(desk.database, alert.n, left)
    return failed
