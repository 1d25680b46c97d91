"""Plans meet the reports that may decide them; what became of each is written down.

`reconcile` decides. A plan and a later act meet by a pair of sides over the whole time for which a
plan is followed, and by any one side in the days about those planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from legation import reconcile
from legation.reconcile import Telling
from legation.store.engine import Database, marks
from legation.store.shelf import Shelf
from legation.story import Plan

MOST = 200  # candidates by a pair of sides
FEW = 80  # candidates by one side only, nearest first


def names(one: Telling) -> list[str]:
    """Under which keys of `blocks` an event is found as an act, and as a plan if it is one."""
    keys = [*reconcile.pair_keys(one), *reconcile.side_keys(one)]
    kinds = ("act", "plan") if reconcile.is_plan(one) else ("act",)
    return [f"{kind}|{key}" for kind in kinds for key in keys]


class Follower:
    """Follows the plans that the stories of one transaction state or decide."""

    def __init__(self, database: Database, shelf: Shelf, now: str) -> None:
        self.database, self.shelf, self.now = database, shelf, now

    def follow(self, numbers: Sequence[int]) -> None:
        """Follow the plans among these events, and those that these events may decide."""
        plans: dict[int, None] = {}
        for number in numbers:
            one = self.shelf.telling(number)
            if reconcile.is_plan(one):
                plans[number] = None
            for found in self._plans_for(one):
                plans[found] = None
        for number in plans:
            plan = self.shelf.telling(number)
            later = [self.shelf.telling(n) for n in self._acts_for(plan)]
            self._outcome(reconcile.follow(plan, later, "", self.shelf.pages(later)), number)

    def _acts_for(self, plan: Telling) -> list[int]:
        first, last = reconcile.horizon(plan)
        span = (plan.published or "0000", "9999")
        found = self._met("act", reconcile.pair_keys(plan), "0000", "9999", span, MOST)
        return [*found, *self._met("act", reconcile.side_keys(plan), first, last, span, FEW, found)]

    def _plans_for(self, one: Telling) -> list[int]:
        first, last = reconcile.outlook(one)
        span = ("0000", one.published or "0000")
        found = self._met("plan", reconcile.pair_keys(one), "0000", "9999", span, MOST)
        return [*found, *self._met("plan", reconcile.side_keys(one), first, last, span, FEW, found)]

    def _met(
        self, kind: str, keys: list[str], first: str, last: str, span: tuple[str, str], most: int,
        known: Sequence[int] = (),
    ) -> list[int]:  # fmt: skip
        """Plans or acts under these keys whose days touch first..last, published in the span."""
        if not keys:
            return []
        way = "ASC" if kind == "act" else "DESC"
        rows = self.database.rows(
            "SELECT DISTINCT b.event, s.published FROM blocks b JOIN events e ON e.n = b.event"
            f" JOIN stories s ON s.n = e.story WHERE b.key IN ({marks(len(keys))})"
            " AND b.first <= ? AND b.last >= ? AND s.published >= ? AND s.published <= ?"
            f" ORDER BY s.published {way}, b.event LIMIT ?",
            (*(f"{kind}|{key}" for key in keys), last, first, *span, most),
        )
        seen = set(known)
        found = [int(row[0]) for row in rows if int(row[0]) not in seen]
        self.shelf.load(found)
        return [n for n in found if n in self.shelf.tellings]

    def _outcome(self, plan: Plan, number: int) -> None:
        story = self._one("SELECT story FROM events WHERE n = ?", number)
        by = None
        if plan.by_story:
            by = self._one("SELECT n FROM stories WHERE id = ?", plan.by_story)
        old = self.database.rows(
            "SELECT outcome, by_event, decided FROM plans WHERE event = ?", (plan.event,)
        )
        same = bool(old) and tuple(old[0][:2]) == (str(plan.outcome), plan.by_event or None)
        due = plan.due
        self.database.run(
            "INSERT INTO plans (event, story, due_first, due_last, outcome, by_event, by_story,"
            " score, decided, number, by_sentence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (event) DO UPDATE SET number = excluded.number,"
            " due_first = excluded.due_first, due_last = excluded.due_last,"
            " outcome = excluded.outcome, by_event = excluded.by_event,"
            " by_story = excluded.by_story, score = excluded.score, decided = excluded.decided,"
            " by_sentence = excluded.by_sentence",
            (plan.event, story, due.start if due else None, due.end if due else None,
             str(plan.outcome), plan.by_event or None, by, plan.score,
             old[0][2] if same else self.now, number, plan.by_sentence or None),
        )  # fmt: skip
        if not same:
            self.database.run(
                "INSERT INTO plan_history (event, at, outcome, by_event) VALUES (?, ?, ?, ?)",
                (plan.event, self.now, str(plan.outcome), plan.by_event or None),
            )

    def _one(self, sql: str, value: Any) -> Any:
        return self.database.rows(sql, (value,))[0][0]
