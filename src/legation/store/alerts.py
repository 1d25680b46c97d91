"""Alerts that went out: kept so that each goes out once and to everybody it should reach."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from legation.store import clock
from legation.store.engine import Database


@dataclass(frozen=True, slots=True)
class KeptAlert:
    """One alert: `key` is what set the rule off, `day` as of which day it held.

    `evidence` are dicts of happening, day, words, outlet, published, url, story; `waiting` the
    targets that have not got it yet.
    """

    rule: str
    key: str
    day: str
    title: str
    words: str
    evidence: tuple[dict[str, Any], ...] = ()
    fired: str = ""
    waiting: tuple[str, ...] = field(default=())
    n: int = 0


_COLUMNS = "rule, key, day, title, body, fired, waiting, n"


def known(database: Database, rule: str) -> dict[str, str]:
    """Key and day of every alert that a rule has given."""
    rows = database.rows("SELECT key, day FROM alerts WHERE rule = ?", (rule,))
    return {str(key): str(day) for key, day in rows}


def keep(database: Database, alert: KeptAlert) -> bool:
    """Keep a new alert; False when another process was faster or it went out before."""
    body = json.dumps({"words": alert.words, "evidence": list(alert.evidence)}, ensure_ascii=False)
    changed = database.write(
        lambda: database.run(
            "INSERT INTO alerts (rule, key, day, title, body, fired, waiting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (rule, key) DO NOTHING",
            (alert.rule, alert.key, alert.day, alert.title, body, clock.now(),
             json.dumps(list(alert.waiting))),
        )
    )  # fmt: skip
    return changed > 0


def delivered(database: Database, number: int, waiting: Sequence[str]) -> None:
    """Note which targets are still without alert `number`."""
    database.write(
        lambda: database.run(
            "UPDATE alerts SET waiting = ? WHERE n = ?", (json.dumps(list(waiting)), number)
        )
    )


def waiting(database: Database) -> list[KeptAlert]:
    """Alerts that some target has not got, oldest first."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM alerts WHERE waiting <> '[]' ORDER BY n")
    return [_alert(row) for row in rows]


def latest(database: Database, limit: int = 100) -> list[KeptAlert]:
    """The last alerts, newest first."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM alerts ORDER BY n DESC LIMIT ?", (limit,))
    return [_alert(row) for row in rows]


def _alert(row: Sequence[Any]) -> KeptAlert:
    said = json.loads(row[4])
    return KeptAlert(
        rule=row[0], key=row[1], day=row[2], title=row[3], words=said["words"],
        evidence=tuple(said["evidence"]), fired=row[5], waiting=tuple(json.loads(row[6])),
        n=int(row[7]),
    )  # fmt: skip
