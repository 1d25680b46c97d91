"""The `[[alert]]` tables of a desk file as rules; what is wrong in one is said with its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from legation.errors import InputError
from legation.store import Filter
from legation.study import groups

KINDS = {
    "event": "an act that fits, once enough reports tell it",
    "first": "an act of a type unseen between the sides for `days`",
    "drop": "the level of a pair fell by `points` within `days`",
    "anomaly": "more acts in `days` than in any such window of the last year, and `floor` at least",
    "silence": "no act in `days` although there usually are `floor`; never when coverage failed",
    "plan": "a plan was kept, cancelled, contradicted or lapsed",
    "conflict": "reports disagree whether an act happened",
}
"""What `when` may say, and when such a rule fires."""
DAYS = {"event": 7, "first": 365, "drop": 30, "anomaly": 7, "silence": 30, "plan": 7, "conflict": 7}
QUIET = {"event": 0, "first": 0, "drop": 14, "anomaly": 14, "silence": 30, "plan": 0, "conflict": 0}
_FIT: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "tuple[str, ...]": (list, str),
}  # fmt: skip
TARGETS = ("stdout", "file:", "atom:", "http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `days`, `points`, `floor` mean what KINDS says of its `when`.

    `pending`: days for which it must hold before it fires. `quiet`: days after an alert in which
    the same rule gives no other (flap damping). `reports`: independent reports that an act needs.
    """

    name: str
    when: str
    pair: str = ""
    party: str = ""
    actor: str = ""
    recipient: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    outcome: str = ""
    days: int = 7
    points: float = 3.0
    floor: int = 3
    reports: int = 1
    confidence: float = 0.0
    pending: int = 0
    quiet: int = 0
    to: tuple[str, ...] = ("stdout",)

    def filters(self) -> dict[str, Any]:
        """The filters of happenings that the rule names."""
        named = ("actor", "recipient", "type", "mode", "status")
        wanted = {name: getattr(self, name) for name in named if getattr(self, name)}
        return wanted | ({"min_confidence": self.confidence} if self.confidence else {})


def rules(tables: Iterable[Mapping[str, Any]], where: str = "") -> tuple[Rule, ...]:
    """The rules of a desk file (`Settings.alerts`); InputError names alert and field."""
    found = tuple(_rule(table, number, where) for number, table in enumerate(tables, 1))
    names = [rule.name for rule in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"{where}: alert {name!r} is there twice; each needs a name of its own"
            )
    return found


def _rule(table: Mapping[str, Any], number: int, where: str) -> Rule:
    at = f"{where}: alert {table.get('name') or number}".lstrip(": ")
    known = {item.name: item for item in fields(Rule)}
    for key, value in table.items():
        if key not in known:
            raise InputError(f"{at}: unknown field {key!r}; known are {', '.join(known)}")
        wanted = str(known[key].type)
        if key in ("pending", "quiet", "days"):
            continue
        fit = _FIT[wanted]
        if not isinstance(value, fit) or isinstance(value, bool):
            raise InputError(f"{at}: {key} = {value!r} is not of the kind of {wanted}")
    kind = table.get("when", "")
    if kind not in KINDS:
        raise InputError(f"{at}: when = {kind!r} is none of {', '.join(KINDS)}")
    if not table.get("name"):
        raise InputError(f"{at}: give it a name; alerts are told by it")
    values = dict(table)
    for key, usual in (("days", DAYS[kind]), ("pending", 0), ("quiet", QUIET[kind])):
        values[key] = _days(table.get(key, usual), f"{at}: {key}")
    to = table.get("to", "stdout")
    values["to"] = (to,) if isinstance(to, str) else tuple(to)
    rule = Rule(**values)
    _checked(rule, at)
    return rule


def _checked(rule: Rule, at: str) -> None:
    if rule.days < 1:
        raise InputError(f"{at}: days = {rule.days} is no time at all")
    if rule.when == "drop" and not rule.pair:
        raise InputError(f'{at}: when = "drop" needs a pair = "CHN-KOR"')
    if rule.pair and rule.party:
        raise InputError(f"{at}: pair and party exclude each other")
    for target in rule.to:
        if not isinstance(target, str) or not target.startswith(TARGETS):
            raise InputError(f"{at}: to = {target!r} is none of {', '.join(TARGETS)}")
    try:
        if rule.pair:
            groups.pair(rule.pair)
        if rule.party:
            groups.side(rule.party)
        Filter.of(**rule.filters())
    except InputError as error:
        raise InputError(f"{at}: {error}") from error


def _days(value: Any, at: str) -> int:
    """Days of 3, "3d" or "2w"; InputError."""
    found = re.fullmatch(r"(\d+)\s*([dw]?)", str(value).strip())
    if not found or isinstance(value, bool):
        raise InputError(f'{at} = {value!r} is not a number of days like 3, "3d" or "2w"')
    return int(found[1]) * (7 if found[2] == "w" else 1)
