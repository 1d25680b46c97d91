"""What a desk tells of what came in: stories, their words, outlets and parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from legation.store import (
    asking,
    counting,
    keys,
    problems,
    stories,
)
from legation.store.engine import Database
from legation.store.frames import Result
from legation.store.kept import (
    Hit,
    KeptProblem,
    KeptStory,
)
from legation.store.problems import ProblemFilter


class Stories:
    """Stories of a desk, and whom they name."""

    database: Database

    def story(self, id: str, as_of: str = "") -> KeptStory | None:
        """A story, with its events and problems, by the desk's id or the id it came with."""
        return stories.story(self.database, id, as_of=as_of)

    def stories(
        self,
        since: str = "",
        until: str = "",
        outlet: str | Sequence[str] = (),
        seen_since: str = "",
        copies: bool = True,
        copied: bool = False,
        family: str = "",
        as_of: str = "",
    ) -> Result[KeptStory]:
        """Stories by day of publication, newest first; without their events. `copies=False` leaves
        copies of other stories out, `copied=True` the originals."""
        names = tuple(outlet.split(",")) if isinstance(outlet, str) else tuple(outlet)
        asked: dict[str, Any] = {
            "since": since, "until": until, "outlet": tuple(name for name in names if name),
            "seen_since": seen_since, "copies": copies, "copied": copied, "family": family,
            "as_of": as_of,
        }  # fmt: skip
        base = self.database
        if as_of and asking.before(base, as_of):
            asked |= {"until": min(until or as_of, as_of[:10]), "as_of": ""}
        return Result(
            lambda: stories.stream(base, **asked),
            lambda limit, cursor: stories.page(base, limit, cursor, **asked),
            lambda: stories.count(base, **asked),
            stories.row,
            stories.TABLE,
        )

    def stories_of(self, ids: Iterable[str]) -> dict[str, KeptStory]:
        """Several stories by the desk's ids, in one go and without their events."""
        return stories.by_id(self.database, ids)

    def search(self, words: str, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Stories that hold all the words, best first: "a phrase", begin*, -without."""
        return stories.find(self.database, words, limit, offset)

    def found(self, words: str) -> int:
        """How many stories hold the words."""
        return stories.found(self.database, words)

    def coverage(
        self, by: str = "day", since: str = "", until: str = "", outlet: str = ""
    ) -> list[dict[str, Any]]:
        """Stories per period and outlet: without coverage, silence means nothing."""
        return counting.coverage(self.database, by, since, until, outlet)

    def covered(self, by: str = "day", since: str = "", until: str = "") -> set[str]:
        """The periods in which any story was published: `coverage` when only that matters."""
        return counting.covered(self.database, by, since, until)

    def outlets(self) -> list[dict[str, Any]]:
        """Every outlet with its stories, copies among them, and first and last day."""
        rows = self.database.rows(
            "SELECT o.name, count(*), sum(CASE WHEN s.original IS NULL THEN 0 ELSE 1 END),"
            " min(s.published), max(s.published) FROM outlets o JOIN stories s ON s.outlet = o.n"
            " GROUP BY o.name ORDER BY 2 DESC, 1"
        )
        names = ("outlet", "stories", "copies", "first_day", "last_day")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def span(self) -> tuple[str, str]:
        """First and last day of publication, "" on an empty desk; quick on any desk."""
        one = self.database.rows
        first = one("SELECT min(published) FROM stories")[0][0]
        return first or "", one("SELECT max(published) FROM stories")[0][0] or ""

    def problems(
        self,
        code: str | Sequence[str] = "",
        location: str = "",
        story: str = "",
        since: str = "",
        until: str = "",
        aside: bool = False,
        order: str = "newest",
    ) -> Result[KeptProblem]:
        """What was set aside (`aside=True`: only that) or odd in stories, "newest" or "oldest"
        first. `location` is a part of it or of the message, `since` and `until` days or times."""
        base = self.database
        wanted = ProblemFilter.of(code, location, story, since, until, aside)
        return Result(
            lambda: problems.stream(base, wanted, order),
            lambda limit, cursor: problems.page(base, wanted, limit, cursor, order),
            lambda: problems.count(base, wanted),
            problems.row,
            problems.TABLE,
        )

    def parties(self, words: str = "", limit: int = 50, offset: int = 0) -> list[dict[str, Any]]:
        """Parties whose name begins with the words, with what was learned of their roles."""
        start = keys.fold(words)
        rows = self.database.rows(
            "SELECT n, name, country, sector, entity, first_day, last_day FROM parties"
            " WHERE folded >= ? AND folded < ? AND folded <> '' ORDER BY folded, n LIMIT ?"
            " OFFSET ?",
            (start, start + "\U0010ffff", limit, offset),
        )
        names = ("name", "country", "sector", "entity", "first_day", "last_day")
        return [
            dict(zip(names, row[1:], strict=True)) | {"roles": self._roles(int(row[0]))}
            for row in rows
        ]

    def _roles(self, party: int) -> list[dict[str, Any]]:
        rows = self.database.rows(
            "SELECT r.role, r.country, r.sector, r.first_day, r.last_day, s.id FROM roles r"
            " JOIN stories s ON s.n = r.story WHERE r.party = ? ORDER BY r.first_day, r.role",
            (party,),
        )
        names = ("role", "country", "sector", "first_day", "last_day", "story")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def status(self) -> dict[str, Any]:
        """Size and span of the desk: numbers of everything, first and last days, versions."""
        one = self.database.rows
        found = {
            name: int(one(f"SELECT count(*) FROM {table}")[0][0])
            for name, table in (
                ("stories", "stories"), ("copies", "stories WHERE original IS NOT NULL"),
                ("events", "events WHERE current = 1"),
                ("happenings", "happenings WHERE events > 0"), ("plans", "plans"),
                ("problems", "problems"), ("reviews", "reviews WHERE undone IS NULL"),
                ("feeds", "feeds"),
            )
        }  # fmt: skip
        days = one("SELECT min(published), max(published), max(first_seen) FROM stories")[0]
        names = ("first_day", "last_day", "last_seen")
        versions = one(
            "SELECT r.version, count(*) FROM stories s JOIN readings r ON r.n = s.reading"
            " GROUP BY r.version ORDER BY r.version"
        )
        return {**found, **dict(zip(names, days, strict=True)), "versions": dict(versions)}
