"""A story meets those that share passages with it: copies are linked to what they copy.

`reconcile.copies` decides; this file finds whom to compare, by marks, and writes down families.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from legation import reconcile
from legation.reconcile import copies
from legation.store.engine import Database, chunks, marks

MOST = 40  # candidates that are compared exactly


class Copier:
    """Links the stories of one transaction to what they copy."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def link(self, number: int) -> list[int]:
        """Link a story to what it copies; returns other stories whose family changed."""
        text = self._text(number)
        hashes = copies.runs(text)
        found = sorted(copies.marks(hashes))
        self.database.many(
            "INSERT INTO marks VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(mark, number) for mark in found],
        )
        like = self._alike(number, text, found)
        return self._family(number, like) if like else []

    def _alike(self, number: int, text: str, found: Sequence[int]) -> dict[int, float]:
        """Stories that this one copies or that copy it, with their likeness."""
        shared: dict[int, int] = {}
        for part in chunks(found):
            sql = f"SELECT story FROM marks WHERE mark IN ({marks(len(part))}) AND story <> ?"
            for (story,) in self.database.rows(sql, (*part, number)):
                shared[story] = shared.get(story, 0) + 1
        best = sorted(shared, key=lambda story: (-shared[story], story))[:MOST]
        if not best:
            return {}
        own = copies.report(str(number), self._published(number), text)
        outlet, credits = self._outlet(number), copies.credits(text)
        like = {}
        for story in best:
            words = self._text(story)
            other = copies.report(str(story), self._published(story), words)
            owned = reconcile.named(self._outlet(story), credits) or reconcile.named(
                outlet, copies.credits(words)
            )
            if (share := copies.copied(own, other, owned)) and not self._parted(number, story):
                like[story] = share
        return like

    def _family(self, number: int, like: dict[int, float]) -> list[int]:
        """Join the families of alike stories; the first published is the original of all."""
        roots = {self._one("SELECT family FROM stories WHERE n = ?", story) for story in like}
        rows = self.database.rows(
            f"SELECT n, published, size, id, family FROM stories WHERE family IN"
            f" ({marks(len(roots))}) OR n = ?",
            (*roots, number),
        )
        first = min(rows, key=lambda row: (row[1] or "9999", -row[2], row[3]))[0]
        changed = [row[0] for row in rows if row[4] != first and row[0] != number]
        for row in rows:
            original = None if row[0] == first else first
            self.database.run(
                "UPDATE stories SET family = ?, original = ?, likeness = CASE WHEN ? THEN NULL"
                " ELSE coalesce(likeness, ?) END WHERE n = ?"
                if self.database.name == "sqlite"
                else "UPDATE stories SET family = ?, original = ?, likeness = CASE WHEN ? = 1"
                " THEN NULL ELSE coalesce(likeness, ?) END WHERE n = ?",
                (first, original, int(original is None), like.get(row[0]) or max(like.values()),
                 row[0]),
            )  # fmt: skip
        return changed

    def _parted(self, one: int, two: int) -> bool:
        """Whether a person has said that two stories are no copies of each other."""
        ids = [str(self._one("SELECT id FROM stories WHERE n = ?", n)) for n in (one, two)]
        rows = self.database.rows(
            "SELECT changes FROM reviews WHERE kind = 'story' AND verdict = 'no-copy'"
            " AND undone IS NULL AND target IN (?, ?)",
            tuple(ids),
        )
        return any(json.loads(row[0]).get("of") in (*ids, None) for row in rows)

    def afresh(self, number: int) -> list[int]:
        """Find the family of a story and of its companions anew; returns all of them."""
        family = self._one("SELECT family FROM stories WHERE n = ?", number)
        rows = self.database.rows("SELECT n FROM stories WHERE family = ? ORDER BY n", (family,))
        members = sorted({number, *(int(row[0]) for row in rows)})
        for member in members:
            self.database.run(
                "UPDATE stories SET family = n, original = NULL, likeness = NULL WHERE n = ?",
                (member,),
            )
        for member in members:
            self.link(member)
        return members

    def _text(self, number: int) -> str:
        raw = self._one("SELECT text FROM stories WHERE n = ?", number)
        return zlib.decompress(bytes(raw)).decode("utf-8")

    def _outlet(self, number: int) -> str:
        sql = "SELECT o.name FROM stories s JOIN outlets o ON o.n = s.outlet WHERE s.n = ?"
        return str(self._one(sql, number) or "")

    def _published(self, number: int) -> str:
        return str(self._one("SELECT published FROM stories WHERE n = ?", number) or "")

    def _one(self, sql: str, value: Any) -> Any:
        return self.database.rows(sql, (value,))[0][0]
