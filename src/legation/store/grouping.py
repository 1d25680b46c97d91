"""Events meet those that may be the same act, and stand with them in one happening.

Only the neighbourhood of what is new is looked at: the events that could be the same act as a new
one, those that could be the same as they, and so on. `reconcile` decides; this file fetches
candidates for it and writes down what it says.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence

from legation import reconcile
from legation.reconcile import Telling
from legation.store import following, keys
from legation.store.engine import Database, chunks, marks
from legation.store.happenings import written
from legation.store.shelf import Shelf

MOST = 600  # events of one neighbourhood; beyond it the order of arrival may show


class Grouper:
    """Gathers the events of one transaction into happenings."""

    def __init__(self, database: Database, shelf: Shelf, now: str) -> None:
        self.database, self.shelf, self.now = database, shelf, now

    def regather(self, seeds: Sequence[int]) -> None:
        """Gather events anew with all that may be the same act; each looks around itself once."""
        for number in seeds:
            self._blocks(number)
        waiting, walked = dict.fromkeys(seeds), set[int]()
        while waiting:
            group, frozen = self._neighbourhood(next(iter(waiting)), waiting, walked)
            for number in group:
                waiting.pop(number, None)
            self._settle(group, frozen)

    def _blocks(self, number: int) -> None:
        one = self.shelf.telling(number)
        self.database.run("DELETE FROM blocks WHERE event = ?", (number,))
        first, last = reconcile.stands(one)
        met = following.names(one, self.shelf.page(self.shelf.story[number]))
        self.database.many(
            "INSERT INTO blocks VALUES (?, ?, ?, ?)",
            [
                *((name, first, number, last) for name in reconcile.keys(one)),
                *((name, one.first, number, one.last or "9999") for name in met),
            ],
        )

    def _neighbourhood(
        self, seed: int, seeds: Container[int], walked: set[int]
    ) -> tuple[list[int], list[frozenset[str]]]:
        """Numbers of all events tied to a seed, and pairs that are to stay as they are.

        Where a neighbourhood is larger than `MOST`, several walks share it. Those `walked` in an
        earlier one stand in their happenings and do not look around again: without that, each of
        the last few events would gather and weigh the whole crowd anew.
        """
        found = {seed: True}  # event -> whether its own neighbours are wanted
        queue, frozen = [seed], []  # type: list[int], list[frozenset[str]]
        walk: list[int] = []
        for number in queue:
            if not found[number] or len(queue) > MOST:
                continue
            walk.append(number)
            one = self.shelf.telling(number)
            numbers = {self.shelf.telling(n).id: n for n in self._near(one, number)}
            others = [self.shelf.telling(n) for n in numbers.values()]
            tied = [numbers[other.id] for other, _ in reconcile.neighbours(one, others)]
            for other in [*tied, *self._said_same(one)]:
                if other in found:
                    continue
                vague = reconcile.vague(self.shelf.telling(other))
                leaf = other in walked or (vague and other not in seeds)
                found[other] = not leaf
                queue.append(other)
                if leaf:
                    frozen += self._company(other, found, queue, walked)
        walked.update(walk)
        return list(found), frozen

    def _company(
        self, number: int, found: dict[int, bool], queue: list[int], walked: Container[int]
    ) -> list[frozenset[str]]:
        """The happening that an event stands in now, so that others can be weighed against it.

        A vague event may leave it; one that was `walked`, or is sharp and new here, stays.
        """
        happening = self.shelf.happening[number]
        if happening is None:
            return []
        rows = self.database.rows(
            "SELECT n FROM events WHERE happening = ? AND current = 1 ORDER BY n LIMIT 50",
            (happening,),
        )
        members = dict.fromkeys([int(row[0]) for row in rows] + [number])
        staying = [other for other in members if other not in found or other in walked]
        for other in members:
            if other not in found:
                found[other] = False
                queue.append(other)
        tellings = [self.shelf.telling(other) for other in staying]
        ids = [one.id for one in tellings if not reconcile.vague(one)]
        return [frozenset((ids[0], other)) for other in ids[1:]]

    def _near(self, one: Telling, number: int) -> list[int]:
        """Current events that stand in a block with this one on days that may meet."""
        first, last = reconcile.reach(one)
        found: dict[int, None] = {}
        for key in reconcile.sought(one):
            for row in self.database.rows(
                "SELECT event FROM blocks WHERE key = ? AND first <= ? AND last >= ?"
                " ORDER BY first DESC LIMIT 2000",
                (key, last, first),
            ):
                found[int(row[0])] = None
        found.pop(number, None)
        self.shelf.load(list(found))
        loaded = (n for n in found if n in self.shelf.tellings)
        return [n for n in loaded if reconcile.in_reach(one, self.shelf.tellings[n])]

    def _said_same(self, one: Telling) -> list[int]:
        """Events that a person has said to be the same act."""
        rows = self.database.rows(
            "SELECT changes FROM reviews WHERE kind = 'event' AND verdict = 'same'"
            " AND undone IS NULL AND target = ?",
            (one.id,),
        )
        ids = [json.loads(row[0])["with"] for row in rows]
        if not ids:
            return []
        sql = f"SELECT n FROM events WHERE current = 1 AND id IN ({marks(len(ids))})"
        return [int(row[0]) for row in self.database.rows(sql, tuple(ids))]

    def _settle(self, group: list[int], frozen: list[frozenset[str]]) -> None:
        """Cluster a neighbourhood and write down which happening each event is told of."""
        told = {self.shelf.telling(n).id: n for n in group}
        same, different = self._verdicts(list(told))
        clusters = reconcile.clusters(
            (self.shelf.telling(n) for n in group), [*frozen, *same], different
        )
        before_n = {id: self.shelf.happening[n] for id, n in told.items()}
        names = self._names({n for n in before_n.values() if n is not None})
        before = {id: names[n] for id, n in before_n.items() if n is not None}
        age = {name: number for number, name in names.items()}
        touched: set[int] = set(age.values())
        for identity in reconcile.identities(clusters, before, age):
            number = age[identity.id] if identity.id else self._new(identity.events)
            touched.add(number)
            for absorbed in identity.absorbed:
                self._merged(age[absorbed], number)
            if identity.split_from:
                self._noted(number, age[identity.split_from], "split-from")
            for id in identity.events:
                if before_n[id] != number:
                    self._move(id, told[id], number)
        for number in sorted(touched):
            self.summarise(number)

    def _verdicts(self, ids: list[str]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        same: list[frozenset[str]] = []
        different: list[frozenset[str]] = []
        for part in chunks(ids):
            rows = self.database.rows(
                "SELECT target, verdict, changes FROM reviews WHERE kind = 'event' AND verdict IN"
                f" ('same', 'different') AND undone IS NULL AND target IN ({marks(len(part))})",
                tuple(part),
            )
            for target, verdict, changes in rows:
                pair = frozenset((target, json.loads(changes)["with"]))
                (same if verdict == "same" else different).append(pair)
        return same, different

    def _names(self, numbers: Iterable[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for part in chunks(sorted(numbers)):
            sql = f"SELECT n, id FROM happenings WHERE n IN ({marks(len(part))})"
            found |= {int(n): str(id) for n, id in self.database.rows(sql, tuple(part))}
        return found

    def _new(self, events: Sequence[str]) -> int:
        """A happening named after its first event; one that was merged away may come back."""
        for at, event in enumerate([*events, *(f"{events[0]}:{i}" for i in range(20))]):
            id = keys.happening_id(event)
            rows = self.database.rows("SELECT n, events FROM happenings WHERE id = ?", (id,))
            if not rows:
                made = self.database.rows(
                    "INSERT INTO happenings (id, created, changed, events, reports, independent,"
                    " outlets, disputed, day, last_day, confidence, body)"
                    " VALUES (?, ?, ?, 0, 0, 0, 0, 0, '', '', 0, '{}') RETURNING n",
                    (id, self.now, self.now),
                )
                return int(made[0][0])
            if not rows[0][1] and at < len(events):
                number = int(rows[0][0])
                self.database.run("UPDATE happenings SET merged_into = NULL WHERE n = ?", (number,))
                return number
        raise AssertionError("twenty names of a happening are taken")  # pragma: no cover

    def _merged(self, absorbed: int, into: int) -> None:
        self.database.run(
            "UPDATE happenings SET merged_into = ?, changed = ? WHERE n = ?",
            (into, self.now, absorbed),
        )
        self._noted(absorbed, into, "merged-into")

    def _noted(self, happening: int, other: int, what: str) -> None:
        self.database.run(
            "INSERT INTO history (at, happening, other, what) VALUES (?, ?, ?, ?)",
            (self.now, happening, other, what),
        )

    def _move(self, id: str, number: int, happening: int) -> None:
        self.database.run("UPDATE events SET happening = ? WHERE n = ?", (happening, number))
        self.database.run("UPDATE pairs SET happening = ? WHERE event = ?", (happening, number))
        self.shelf.happening[number] = happening
        self.leave(id)
        self.database.run(
            "INSERT INTO members VALUES (?, ?, ?, NULL) ON CONFLICT (event, happening, since)"
            " DO UPDATE SET until = NULL",
            (id, happening, self.now),
        )

    def stay(self, number: int, happening: str) -> None:
        """A new version of an event begins in the happening of the version before."""
        for table, event in (("events", "n"), ("pairs", "event")):
            self.database.run(
                f"UPDATE {table} SET happening = (SELECT n FROM happenings WHERE id = ?)"
                f" WHERE {event} = ?",
                (happening, number),
            )

    def leave(self, id: str) -> None:
        """An event is no longer told of the happening it was told of."""
        self.database.run(
            "UPDATE members SET until = ? WHERE event = ? AND until IS NULL", (self.now, id)
        )

    def summarise(self, number: int) -> None:
        """Write a happening anew from its current events."""
        rows = self.database.rows(
            "SELECT n FROM events WHERE happening = ? AND current = 1 ORDER BY n", (number,)
        )
        numbers = [int(row[0]) for row in rows]
        self.shelf.load(numbers)
        told = [self.shelf.tellings[n] for n in numbers]
        id = self._names([number])[number]
        written(
            self.database, number, reconcile.summary(id, told) if told else None,
            [one.published for one in told if one.published], self.now, self._party_rows(numbers),
        )  # fmt: skip

    def _party_rows(self, numbers: Sequence[int]) -> list[tuple[str, str]]:
        found: dict[tuple[str, str], None] = {}
        for part in chunks(numbers):
            sql = (
                "SELECT DISTINCT code, part, party FROM who WHERE part IN ('actor', 'recipient')"
                f" AND event IN ({marks(len(part))}) ORDER BY code, part, party"
            )
            for code, role, party in self.database.rows(sql, tuple(part)):
                found[(f"#{party}", role)] = None
                if code:
                    found[(code, role)] = None
        return list(found)
