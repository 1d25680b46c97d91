"""New stories meet what the desk knows: copies are linked, events gathered into happenings, plans
followed. Runs inside the transaction that adds the stories, so it happens exactly once.
"""

from __future__ import annotations

from collections.abc import Sequence

from legation.store.copying import Copier
from legation.store.engine import Database, chunks, marks
from legation.store.following import Follower
from legation.store.grouping import Grouper
from legation.store.shelf import Shelf


class Gatherer:
    """Reconciles the stories of one transaction with the desk."""

    def __init__(self, database: Database, now: str) -> None:
        self.database = database
        self.now = now
        self.shelf = Shelf(database)
        self.copier = Copier(database)
        self.grouper = Grouper(database, self.shelf, now)
        self.follower = Follower(database, self.shelf, now)
        self._left: set[int] = set()  # happenings that versions of events have left

    def gather(self, stories: Sequence[int]) -> None:
        """Find copies, happenings and plans for new (or newly read) stories."""
        moved = [story for number in stories for story in self.copier.link(number)]
        seeds = self.events_of([*stories, *moved])
        self.grouper.regather(seeds)
        self.follower.follow(self.events_of(stories), stories)

    def again(self, seeds: Sequence[int], stories: Sequence[int] = ()) -> None:
        """Gather and follow anew some current events, after a review or another reading.

        `stories` are those that were read anew.
        """
        current = self._counting(seeds)
        self.shelf.load(current)
        self.grouper.regather(current)
        self.follower.follow(current, stories)
        for number in sorted(self._left):
            self.grouper.summarise(number)

    def leave_behind(self, numbers: Sequence[int]) -> list[int]:
        """Before versions of events are superseded: the events that must be looked at anew.

        Those are their companions in a happening, and the plans that they decided.
        """
        found: dict[int, None] = {}
        for part in chunks(numbers):
            inside = marks(len(part))
            for (happening,) in self.database.rows(
                f"SELECT DISTINCT happening FROM events WHERE n IN ({inside})", tuple(part)
            ):
                if happening is not None:
                    self._left.add(int(happening))
            for sql in (
                "SELECT o.n FROM events e JOIN events o ON o.happening = e.happening"
                f" WHERE o.current = 1 AND e.n IN ({inside})",
                "SELECT o.n FROM events e JOIN plans p ON p.by_event = e.id JOIN events o"
                f" ON o.id = p.event WHERE o.current = 1 AND e.n IN ({inside})",
            ):
                for (number,) in self.database.rows(sql, tuple(part)):
                    found[int(number)] = None
            self.database.run(
                f"DELETE FROM plans WHERE event IN (SELECT id FROM events WHERE n IN ({inside}))",
                tuple(part),
            )
        return [number for number in found if number not in set(numbers)]

    def refamily(self, number: int) -> None:
        """Find the family of a story and of its companions anew, after a person's word."""
        stories = self.copier.afresh(number)
        self.again(self.events_of(stories), stories)

    def stay(self, number: int, happening: str) -> None:
        """A new version of an event begins in the happening of the version before."""
        self.grouper.stay(number, happening)

    def leave(self, id: str) -> None:
        """An event is no longer told of the happening it was told of."""
        self.grouper.leave(id)

    def _counting(self, numbers: Sequence[int]) -> list[int]:
        found: list[int] = []
        for part in chunks(list(dict.fromkeys(numbers))):
            sql = f"SELECT n FROM events WHERE current = 1 AND n IN ({marks(len(part))}) ORDER BY n"
            found += [int(row[0]) for row in self.database.rows(sql, tuple(part))]
        return found

    def events_of(self, stories: Sequence[int]) -> list[int]:
        """Numbers of the current events of some stories, in order."""
        found: list[int] = []
        for part in chunks(list(dict.fromkeys(stories))):
            within = f"story IN ({marks(len(part))})"
            sql = f"SELECT n FROM events WHERE current = 1 AND {within} ORDER BY n"
            found += [int(row[0]) for row in self.database.rows(sql, tuple(part))]
        for number in found:
            self.shelf.tellings.pop(number, None)  # its family may have changed
        self.shelf.load(found)
        return found
