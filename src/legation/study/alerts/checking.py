"""Does a rule hold on a day? Pure: from what was known by then to alerts with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from legation.study import baserates, periods, relation
from legation.study import calendar as plans
from legation.study.alerts.rules import Rule

PLAN_OUTCOMES = "kept,cancelled,contradicted,lapsed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule looks at: the acts of its sides (acts.acts), its plans (calendar.entries), the
    coverage of the desk by day (Desk.coverage("day")), and since when acts are disputed."""

    acts: pl.DataFrame
    plans: Sequence[Mapping[str, Any]] = ()
    coverage: Sequence[Mapping[str, Any]] = ()
    disputed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that fired: `key` says on what, so that it goes out once; `acts` are happenings and
    `events` events that are its evidence."""

    rule: str
    key: str
    day: str
    title: str
    words: str
    acts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


def check(rule: Rule, facts: Facts, on: str, known: Mapping[str, str] | None = None) -> list[Alert]:
    """The alerts of a rule on a day, without those it gave before (`known`: key and day of each).

    Only what was published by that day counts. With `pending` the rule must have held so many days
    earlier, too; within `quiet` days of an alert no other goes out.
    """
    given = dict(known or {})
    found = [
        alert for alert in _CHECKS[rule.when](rule, _by(facts, on), on) if alert.key not in given
    ]
    if rule.pending and rule.when in ("drop", "anomaly", "silence"):
        earlier = periods.shifted(on, -rule.pending)
        if not _CHECKS[rule.when](rule, _by(facts, earlier), earlier):
            return []
    if rule.when == "drop" and given and not _told_since(facts, max(given.values()), on):
        return []  # the same fall, of which nothing new was heard
    if rule.quiet:
        since = periods.shifted(on, -rule.quiet)
        if any(since < day <= on for day in given.values()):
            return []
        return found[:1]
    return found


def blind(rule: Rule, facts: Facts, on: str) -> bool:
    """Whether a rule cannot say anything because no or too few stories came in."""
    window = min(rule.days, 30)
    return rule.when in ("drop", "anomaly", "silence") and not baserates.covered(
        _by(facts, on).coverage, on, window
    )


def _by(facts: Facts, on: str) -> Facts:
    """The facts as of a day: what was published by then."""
    acts = facts.acts.filter(
        pl.coalesce("first_published", "day").fill_null("") <= on, pl.col("day").fill_null("") != ""
    )
    told = [row for row in facts.coverage if row["period"] <= on]
    return Facts(acts, facts.plans, told, facts.disputed)


def _recent(rule: Rule, facts: Facts, on: str, days: int) -> pl.DataFrame:
    """Acts first told within some days, with reports enough and told long enough ago."""
    last = periods.shifted(on, -rule.pending)
    first = periods.shifted(last, 1 - days)
    told = pl.coalesce("first_published", "day")
    return facts.acts.filter(
        (told >= first) & (told <= last) & (pl.col("independent") >= rule.reports)
    )


def _told_since(facts: Facts, day: str, on: str) -> bool:
    told = pl.coalesce("first_published", "day")
    return not facts.acts.filter((told > day) & (told <= on)).is_empty()


def _event(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    return [
        Alert(rule.name, act["id"], on, f"{rule.name}: {said(act)}", _count(act), (act["id"],))
        for act in _recent(rule, facts, on, rule.days).iter_rows(named=True)
    ]


def _conflict(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    """Acts over which reports began to disagree within `days`, whenever they were first told."""
    last = periods.shifted(on, -rule.pending)
    first = periods.shifted(last, 1 - rule.days)
    new = {id for id, day in facts.disputed.items() if first <= day <= last}
    told = facts.acts.filter(
        pl.col("id").is_in(sorted(new)) & (pl.col("independent") >= rule.reports)
    )
    return [
        Alert(rule.name, act["id"], on, f"{rule.name}: accounts differ: {said(act)}",
              f"Reports disagree whether it happened; {_count(act)}", (act["id"],))
        for act in told.iter_rows(named=True)
    ]  # fmt: skip


def _first(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    covered = min((row["period"] for row in facts.coverage), default="")
    found = []
    for act in _recent(rule, facts, on, 7).sort("day").iter_rows(named=True):
        before = periods.shifted(act["day"], -rule.days)
        if not covered or periods.apart(covered, act["day"]) < min(rule.days, 30):
            continue  # too little was seen to call anything the first
        same = facts.acts.filter(
            (pl.col("type") == act["type"]) & (pl.col("status") == act["status"])
            & (pl.col("day") >= before) & (pl.col("day") < act["day"])
        )  # fmt: skip
        if same.is_empty():
            words = f"No {act['type']} of status {act['status']} in the {rule.days} days before"
            words += f" (desk covers from {max(covered, before)})."
            found.append(Alert(
                rule.name, f"{act['type']} {act['status']} {act['day']}", on,
                f"{rule.name}: first {said(act)}", words, (act["id"],),
            ))  # fmt: skip
    return found


def _drop(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    if not baserates.covered(facts.coverage, on, min(rule.days, 30)):
        return []
    start = periods.shifted(on, -rule.days)
    past = facts.acts.filter(pl.col("day") <= start)
    before, now = relation.state(past, start), relation.state(facts.acts, on)
    new = facts.acts.filter(
        (pl.col("day") > start) & (pl.col("day") <= on) & (pl.col("status") == "happened")
    )
    if before["level"] is None or now["level"] is None or new.height < min(rule.floor, 2):
        return []
    fall = before["level"] - now["level"]
    if fall < rule.points:
        return []
    worst = new.sort(pl.col("score") * pl.col("weight"))["id"].to_list()[:5]
    words = (
        f"From {before['level']:+.1f} ({before['word']}) to {now['level']:+.1f} ({now['word']})"
        f" in {rule.days} days, 90 % band {now['low']:+.1f} to {now['high']:+.1f};"
        f" {new.height} acts since."
    )
    title = f"{rule.name}: score of {rule.pair} fell by {fall:.1f}"
    return [Alert(rule.name, f"drop {on}", on, title, words, tuple(worst))]


def _anomaly(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    if not baserates.covered(facts.coverage, on, rule.days):
        return []
    done = facts.acts.filter(pl.col("status") == "happened")
    since = min((row["period"] for row in facts.coverage), default="")
    rate = baserates.unusual(done["day"].to_list(), on, rule.days, rule.floor, since)
    if not rate["unusual"]:
        return []
    start = periods.shifted(on, 1 - rule.days)
    acts = done.filter((pl.col("day") >= start) & (pl.col("day") <= on))
    words = (
        f"{rate['acts']} acts in {rule.days} days; usual {rate['mean']:.1f},"
        f" highest in the year before {rate['highest']}."
    )
    order = acts.sort(pl.col("score").abs() * pl.col("weight"), descending=True)["id"].to_list()
    title = f"{rule.name}: {rate['acts']} acts, a level unseen in a year"
    return [Alert(rule.name, f"anomaly {on}", on, title, words, tuple(order[:5]))]


def _silence(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    if not baserates.covered(facts.coverage, on, min(rule.days, 30)):
        return []
    done = facts.acts.filter(pl.col("status") == "happened")
    since = min((row["period"] for row in facts.coverage), default="")
    rate = baserates.unusual(done["day"].to_list(), on, rule.days, rule.floor, since)
    if rate["acts"] or rate["mean"] is None or rate["mean"] < rule.floor:
        return []
    words = f"No act in {rule.days} days; usual {rate['mean']:.1f}. Stories did come in."
    title = f"{rule.name}: silence for {rule.days} days"
    return [Alert(rule.name, f"silence {on}", on, title, words)]


def _plan(rule: Rule, facts: Facts, on: str) -> list[Alert]:
    wanted = (rule.outcome or PLAN_OUTCOMES).split(",")
    last = periods.shifted(on, -rule.pending)
    first = periods.shifted(last, 1 - rule.days)
    found = []
    for row in facts.plans:
        news = plans.news(row)
        if row["outcome"] in wanted and first <= news <= last:
            events = tuple(id for id in (row["id"], row["by_event"]) if id)
            words = f"Stated: “{row['words']}”"
            words += f" Then: “{row['by_words']}”" if row["by_words"] else " Nothing was heard."
            found.append(Alert(rule.name, f"{row['id']} {row['outcome']}", on,
                               f"{rule.name}: {plans.title(row)}", words, (), events))  # fmt: skip
    return found


def said(act: Mapping[str, Any]) -> str:
    """One line on an act: "SUR to GUY: SANCTION discontinue, 2024-02-08"."""
    kind = f"{act['type']} {act['mode'] or ''}".strip()
    if act["status"] != "happened":
        kind += f" ({act['status']})"
    sides = [_side(act["actors"], act["actor_names"])]
    if act["recipient_names"]:
        sides.append(_side(act["recipients"], act["recipient_names"]))
    return f"{' to '.join(sides)}: {kind}, {act['day']}"


def _side(codes: Sequence[str], names: Sequence[str]) -> str:
    shown = [code or name for code, name in zip(codes, names, strict=True)]
    return ", ".join(dict.fromkeys(shown)) or "somebody"


def _count(act: Mapping[str, Any]) -> str:
    copies = act["reports"] - act["independent"]
    also = f" and {copies} cop{'y' if copies == 1 else 'ies'}" if copies > 0 else ""
    many = "" if act["independent"] == 1 else "s"
    sure = act["confidence"]
    return f"{act['independent']} independent report{many}{also}, confidence {sure:.2f}."


_CHECKS: dict[str, Callable[[Rule, Facts, str], list[Alert]]] = {
    "event": _event, "first": _first, "drop": _drop, "anomaly": _anomaly, "silence": _silence,
    "plan": _plan, "conflict": _conflict,
}  # fmt: skip
