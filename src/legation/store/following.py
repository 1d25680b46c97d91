"""Plans meet the reports that may decide them; what became of each is written down.

`reconcile` decides. A plan and a later act meet by a pair of sides over the whole time for which a
plan is followed, and by any one side in the days about those planned; a plan and a later report by
the countries and names that both have, whether an act was read in the report or not. Of all these
reports only those of the plan's own affair are heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from legation import reconcile
from legation.parse import MODEL
from legation.parse.sequel import Sequels
from legation.reconcile import Page, Telling
from legation.store.engine import Database, marks
from legation.store.shelf import Shelf
from legation.story import Plan, Sequel

MOST = 200  # candidates by a pair of sides
FEW = 80  # candidates by one side only, nearest first
PAGES = 16  # reports heard about a plan, the likest of those with its acts or names
HEARERS = 40  # plans that a new report may decide by what it names


def names(one: Telling, own: Page) -> list[str]:
    """Under which keys of `blocks` an event of a report is found as an act, and as a plan."""
    keys = [*reconcile.pair_keys(one), *reconcile.side_keys(one)]
    if not reconcile.is_plan(one):
        return [f"act|{key}" for key in keys]
    met = [f"{kind}|{key}" for kind in ("act", "plan") for key in keys]
    return [*met, *(f"hear|{key}" for key in reconcile.plan_keys(one, own))]


def _ask(
    plan: str, trigger: str, made: str, later: tuple[str, ...], told: str, above: str, before: str
) -> tuple[Sequel, ...]:
    """What sentences say of a plan; the model is loaded with the first question."""
    return _sequels().say(plan, trigger, made, later, told, above, before)


@cache
def _sequels() -> Sequels:
    return Sequels(MODEL)


class Follower:
    """Follows the plans that the stories of one transaction state or decide."""

    def __init__(self, database: Database, shelf: Shelf, now: str) -> None:
        self.database, self.shelf, self.now = database, shelf, now
        self._near: dict[tuple[int, int], float] = {}

    def follow(self, numbers: Sequence[int], stories: Sequence[int] = ()) -> None:
        """Follow the plans among these events, and those that they or these stories may decide."""
        plans: dict[int, None] = {}
        for number in numbers:
            one = self.shelf.telling(number)
            if reconcile.is_plan(one):
                plans[number] = None
            for found in self._plans_for(one):
                if found not in plans and self._akin(found, self.shelf.story[number]):
                    plans[found] = None
        for page, story in zip(self.shelf.pages(stories), stories, strict=True):
            names = reconcile.page_keys(page)
            self._note(story, page, names)
            for found in self._plans_by_name(page, names):
                if found not in plans and self._akin(found, story):
                    plans[found] = None
        for number in plans:
            plan = self.shelf.telling(number)
            acts = [n for n in self._acts_for(plan) if self._akin(number, self.shelf.story[n])]
            near = self._reports_for(number, acts)
            later = [self.shelf.telling(n) for n in acts]
            own, *reports = self.shelf.pages([self.shelf.story[number], *near])
            told = reconcile.follow(plan, later, "", reports, _ask, own)
            self._outcome(self._nearest(told), number)

    def _akin(self, plan: int, story: int) -> float:
        """How like a story of a plan's affair is, else 0; asked of each pair once."""
        if (plan, story) not in self._near:
            one, own = self.shelf.telling(plan), self.shelf.page(self.shelf.story[plan])
            near = reconcile.akin(one, own, self.shelf.page(story), reconcile.due(one))
            self._near[plan, story] = near
        return self._near[plan, story]

    def _note(self, story: int, page: Page, named: Sequence[str]) -> None:
        """Write down what a story names."""
        self.database.run("DELETE FROM mentions WHERE story = ?", (story,))
        if page.published:
            self.database.many(
                "INSERT INTO mentions VALUES (?, ?, ?)",
                [(key, page.published, story) for key in named],
            )

    def _reports_for(self, number: int, acts: Sequence[int]) -> list[int]:
        """Of the stories of these acts, and those that name what the plan names, the likest.

        A desk about two states has hundreds that name both; of equally like ones the first.
        """
        plan, own = self.shelf.telling(number), self.shelf.page(self.shelf.story[number])
        named, (first, last) = reconcile.plan_keys(plan, own), reconcile.hearing(plan)
        told = {self.shelf.story[n]: self.shelf.telling(n).published for n in acts}
        told |= self._sharing(named, first, last)
        like = {story: self._akin(number, story) for story in told}
        near = [story for story in told if like[story]]
        return sorted(near, key=lambda story: (-like[story], told[story], story))[:PAGES]

    def _sharing(self, named: Sequence[str], first: str, last: str) -> dict[int, str]:
        """The stories of these days that have most of these names, with their days."""
        if not named:
            return {}
        rows = self.database.rows(
            "SELECT story, day FROM mentions WHERE day >= ? AND day <= ?"
            f" AND key IN ({marks(len(named))}) GROUP BY story, day"
            " ORDER BY count(*) DESC, day, story LIMIT ?",
            (first, last, *named, PAGES),
        )
        return {int(story): day for story, day in rows}

    def _plans_by_name(self, page: Page, named: Sequence[str]) -> list[int]:
        """Plans that wait for news on this day, and name what the report names."""
        if not named or not page.published:
            return []
        first, last = reconcile.waiting(page)
        rows = self.database.rows(
            "SELECT b.event, count(*), max(s.published) FROM blocks b"
            " JOIN events e ON e.n = b.event"
            f" JOIN stories s ON s.n = e.story WHERE b.key IN ({marks(len(named))})"
            " AND b.first <= ? AND b.last >= ? AND s.published <= ? GROUP BY b.event"
            " ORDER BY count(*) DESC, max(s.published) DESC, b.event LIMIT ?",
            (*(f"hear|{key}" for key in named), last, first, page.published, HEARERS),
        )
        found = [int(row[0]) for row in rows]
        self.shelf.load(found)
        return [n for n in found if n in self.shelf.tellings]

    def _nearest(self, plan: Plan) -> Plan:
        """A sentence without an act stands beside the nearest event of its report, if any."""
        if not plan.by_story or plan.by_event:
            return plan
        rows = self.database.rows(
            "SELECT e.n FROM events e JOIN stories s ON s.n = e.story WHERE s.id = ?"
            " AND e.current = 1 ORDER BY e.n",
            (plan.by_story,),
        )
        numbers = [int(row[0]) for row in rows]
        self.shelf.load(numbers)
        told = [self.shelf.telling(n) for n in numbers]
        by, own = reconcile.nearest(told, plan.by_sentence)
        return replace(plan, by_event=by, by_sentence="" if own else plan.by_sentence)

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
