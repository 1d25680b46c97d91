"""What came up on the way in: records that were set aside, and what was odd in stories kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from legation.errors import InputError
from legation.store import clock, paging
from legation.store.engine import Database, marks
from legation.store.filters import Words, words_of
from legation.store.frames import Table
from legation.store.kept import KeptProblem, Page

ORDERS = {"newest": True, "oldest": False}  # whether downwards
TABLE: Table = (
    ("at", "text"), ("code", "text"), ("location", "text"), ("message", "text"),
    ("story", "text"), ("start", "int"), ("end", "int"),
)  # fmt: skip
"""Columns of a problem; docs/2-keep-a-desk.md says what each means."""


@dataclass(frozen=True, slots=True)
class ProblemFilter:
    """What to ask of problems; all fields have to fit.

    `code`: any of these. `location`: words (a file's name, an address or a part of it) that stand
    in the location or in the message, which names file and line. `story`: by the desk's id or the
    id it came with. `since`, `until`: when it was noted, a day or a time. `aside`: only that of
    which no story was kept.
    """

    code: Words = ()
    location: str = ""
    story: str = ""
    since: str = ""
    until: str = ""
    aside: bool = False

    @classmethod
    def of(
        cls, code: str | Iterable[str] = "", location: str = "", story: str = "", since: str = "",
        until: str = "", aside: bool = False,
    ) -> ProblemFilter:  # fmt: skip
        """A filter from loose values: codes with commas, days or times; InputError."""
        first, last = (clock.moment(told) if told else "" for told in (since, until))
        if len(since) == 10:  # a day, from its beginning
            first = since
        return cls(words_of(code), location, story, first, last, aside)


def page(
    database: Database, asked: ProblemFilter, limit: int, cursor: str = "", order: str = "newest"
) -> Page[KeptProblem]:
    """Problems in the order in which they came up, or the last first; InputError."""
    if order not in ORDERS:
        raise InputError(f"order {order!r} is none of {', '.join(ORDERS)}")
    downwards, after = ORDERS[order], paging.place_of(cursor)
    where, values = _conditions(asked)
    if after is not None:
        where, values = f"{where} AND p.n {'<' if downwards else '>'} ?", (*values, after[1])
    rows = database.rows(
        "SELECT p.n, p.code, p.message, s.id, p.location, p.first, p.last, p.at"
        f" FROM problems p LEFT JOIN stories s ON s.n = p.story WHERE {where}"
        f" ORDER BY p.n {'DESC' if downwards else 'ASC'} LIMIT ?",
        (*values, paging.checked(limit) + 1),
    )
    items = tuple(
        KeptProblem(code, message, id or "", location, first, last, at)
        for _, code, message, id, location, first, last, at in rows[:limit]
    )
    return Page(items, paging.after([("", int(row[0])) for row in rows], limit))


def stream(
    database: Database, asked: ProblemFilter, order: str = "newest"
) -> Iterator[KeptProblem]:
    """All of them."""
    return paging.all_of(lambda n, cursor: page(database, asked, n, cursor, order), 1000)


def count(database: Database, asked: ProblemFilter) -> int:
    """How many there are."""
    where, values = _conditions(asked)
    sql = f"SELECT count(*) FROM problems p LEFT JOIN stories s ON s.n = p.story WHERE {where}"
    return int(database.rows(sql, values)[0][0])


def row(kept: KeptProblem) -> dict[str, Any]:
    """One problem as a flat row of `TABLE`."""
    return {
        "at": kept.at, "code": kept.code, "location": kept.location or None,
        "message": kept.message, "story": kept.story or None,
        "start": None if kept.start < 0 else kept.start, "end": None if kept.end < 0 else kept.end,
    }  # fmt: skip


def _conditions(asked: ProblemFilter) -> tuple[str, tuple[Any, ...]]:
    where: list[str] = ["1 = 1"]
    values: list[Any] = []
    for sql, given in (
        (f"p.code IN ({marks(len(asked.code))})", asked.code),
        (
            "p.story IN (SELECT n FROM stories WHERE id = ? UNION"
            " SELECT n FROM stories WHERE given = ?)",
            (asked.story, asked.story) if asked.story else (),
        ),
        ("p.at >= ?", (asked.since,) if asked.since else ()),
        ("p.at <= ?", (asked.until,) if asked.until else ()),
    ):
        if given:
            where.append(sql)
            values += given
    if asked.location:  # LIKE minds capitals in one of the databases only, and has signs of its own
        found = "(replace(p.location, ?, '') <> p.location OR replace(p.message, ?, '')"
        where.append(f"{found} <> p.message)")
        values += [asked.location, asked.location]
    if asked.aside:
        where.append("p.story IS NULL")
    return " AND ".join(where), tuple(values)
