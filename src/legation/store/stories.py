"""Stories come out: one with its events, lists by day, and those that hold some words."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from legation.store import asking, clock, legs, paging, problems, reading, search
from legation.store.engine import Database, Row, chunks, marks
from legation.store.filters import Filter
from legation.store.frames import Table
from legation.store.kept import Hit, KeptStory, Page
from legation.story import Problem, Story

MANY = 20_000  # stories that are ranked at most
COLUMNS = (
    "s.n, s.id, s.digest, s.given, o.name, s.url, s.title, s.language, s.published, s.first_seen,"
    " s.read_at, r.version, s.text, c.id, s.likeness, f.id"
)
JOINS = (
    " FROM stories s JOIN outlets o ON o.n = s.outlet JOIN readings r ON r.n = s.reading"
    " LEFT JOIN stories c ON c.n = s.original JOIN stories f ON f.n = s.family"
)
TABLE: Table = (
    ("id", "text"), ("given", "text"), ("outlet", "text"), ("url", "text"), ("title", "text"),
    ("language", "text"), ("published", "text"), ("characters", "int"), ("copy_of", "text"),
    ("likeness", "real"), ("family", "text"), ("first_seen", "text"), ("read_at", "text"),
    ("version", "text"), ("digest", "text"),
)  # fmt: skip
"""Columns of a story; docs/2-keep-a-desk.md says what each means."""


def day(alias: str) -> str:
    """The day of publication of a story, '' when unknown, as the indices of lists have it."""
    return f"coalesce({alias}.published, '')"


DAY = day("s")


def story(database: Database, id: str, events: bool = True, as_of: str = "") -> KeptStory | None:
    """A story by the desk's id (or the id it came with) with its events and problems."""
    where, order = "s.id = ? OR s.given = ?", " ORDER BY s.n LIMIT 1"
    rows = database.rows(f"SELECT {COLUMNS}{JOINS} WHERE {where}{order}", (id, id))
    if not rows:
        return None
    kept = _story(rows[0])
    found = problems.stream(database, problems.ProblemFilter(story=kept.id), "oldest")
    told = tuple(Problem(p.code, p.message, p.start, p.end) for p in found)
    read = replace(kept.story, problems=told)
    if events:
        asked = asking.known(database, Filter(story=(kept.id,), as_of=as_of))
        numbered = list(reading.stream(database, asked, "recorded"))
        read = replace(read, events=tuple(item.event for item in numbered))
    return replace(kept, story=read)


def page(
    database: Database, limit: int, cursor: str = "", since: str = "", until: str = "",
    outlet: tuple[str, ...] = (), **asked: Any,
) -> Page[KeptStory]:  # fmt: skip
    """Stories by day of publication, newest first; without events. `asked`: see `conditions`."""
    where, values = conditions(since, until, **asked)
    after = paging.place_of(cursor)
    if after is not None:
        where += f" AND ({DAY}, s.n) < (?, ?)"
        values += list(after)
    streams = [
        [
            (str(day), int(number))
            for day, number in database.rows(
                f"SELECT {DAY}, s.n FROM stories s WHERE {own} AND {where}"
                f" ORDER BY {DAY} DESC, s.n DESC LIMIT ?",
                (*given, *values, paging.checked(limit) + 1),
            )
        ]
        for own, given in _legs(database, outlet)
    ]
    places = paging.merged(streams, limit + 1, downwards=True)
    return Page(by_number(database, [n for _, n in places[:limit]]), paging.after(places, limit))


def by_number(database: Database, numbers: list[int]) -> tuple[KeptStory, ...]:
    """Stories by their row numbers, in that order."""
    found: dict[int, KeptStory] = {}
    for part in chunks(numbers):
        sql = f"SELECT {COLUMNS}{JOINS} WHERE s.n IN ({marks(len(part))})"
        found |= {int(row[0]): _story(row) for row in database.rows(sql, tuple(part))}
    return tuple(found[number] for number in numbers if number in found)


def _legs(database: Database, outlet: tuple[str, ...]) -> list[tuple[str, tuple[Any, ...]]]:
    """A range of an index for each outlet, or the one of all stories."""
    if not outlet:
        return [("1 = 1", ())]
    return [("s.outlet = ?", (n,)) for n in legs.outlet_numbers(database, outlet)]


def has_address(database: Database, url: str) -> bool:
    """Whether a story of this web address is kept."""
    return bool(url) and bool(database.rows("SELECT 1 FROM stories WHERE url = ? LIMIT 1", (url,)))


def stream(database: Database, **asked: Any) -> Iterator[KeptStory]:
    """All of them."""
    return paging.all_of(lambda n, cursor: page(database, n, cursor, **asked), 500)


def count(database: Database, outlet: tuple[str, ...] = (), **asked: Any) -> int:
    """How many there are."""
    where, values = conditions(**asked)
    if outlet:
        where += f" AND s.outlet IN (SELECT n FROM outlets WHERE name IN ({marks(len(outlet))}))"
        values += outlet
    return int(database.rows(f"SELECT count(*) FROM stories s WHERE {where}", tuple(values))[0][0])


def row(kept: KeptStory) -> dict[str, Any]:
    """One story as a flat row of `TABLE`, without its text."""
    story_ = kept.story
    return {
        "id": kept.id, "given": story_.id or None, "outlet": story_.outlet or None,
        "url": story_.url or None, "title": story_.title or None,
        "language": story_.language or None, "published": story_.published or None,
        "characters": len(story_.text), "copy_of": kept.copy_of or None,
        "likeness": kept.likeness or None, "family": kept.family, "first_seen": kept.first_seen,
        "read_at": kept.read_at, "version": story_.version, "digest": kept.digest,
    }  # fmt: skip


def conditions(
    since: str = "", until: str = "", seen_since: str = "", copies: bool = True,
    copied: bool = False, family: str = "", as_of: str = "",
) -> tuple[str, list[Any]]:  # fmt: skip
    """The filters of stories as SQL; days as the index of lists has them. Not `copies`: only
    originals; `copied`: only copies."""
    where: list[str] = ["1 = 1"]
    values: list[Any] = []
    for sql, value in (
        (f"{DAY} >= ?", since), (f"{DAY} <= ? AND {DAY} <> ''", until),
        ("s.first_seen >= ?", seen_since),
        ("s.family = (SELECT f.family FROM stories f WHERE f.id = ?)", family),
        ("s.first_seen <= ?", clock.moment(as_of) if as_of else ""),
    ):  # fmt: skip
        if value:
            where.append(sql)
            values.append(value)
    if not copies:
        where.append("s.original IS NULL")
    if copied:
        where.append("s.original IS NOT NULL")
    return " AND ".join(where), values


def by_id(database: Database, ids: Iterable[str]) -> dict[str, KeptStory]:
    """Several stories by their ids, without events."""
    numbers: list[int] = []
    for part in chunks(list(dict.fromkeys(ids))):
        sql = f"SELECT n FROM stories WHERE id IN ({marks(len(part))})"
        numbers += [int(row[0]) for row in database.rows(sql, tuple(part))]
    return {kept.id: kept for kept in by_number(database, numbers)}


def known(database: Database, ids: list[str]) -> set[str]:
    """Which of these stories the desk has."""
    found: set[str] = set()
    for part in chunks(ids):
        sql = f"SELECT id FROM stories WHERE id IN ({marks(len(part))})"
        found |= {row[0] for row in database.rows(sql, tuple(part))}
    return found


def find(database: Database, asked: str, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Stories that hold the words, best first: all words, "phrases", begin*, -without.

    Words of more than `MANY` stories tell nothing about which is best: the newest come first.
    """
    query, order, values = _ranked(database, asked)
    found = f"{query} ORDER BY {order} LIMIT ? OFFSET ?"
    rows = database.rows(
        "SELECT s.id, s.title, o.name, s.published, s.url, s.text, q.score"
        f" FROM ({found}) q JOIN stories s ON s.n = q.story JOIN outlets o ON o.n = s.outlet"
        " ORDER BY q.score DESC, s.n DESC",
        (*values, limit, offset),
    )
    return [
        Hit(
            id, title, outlet, published or "", url or "", search.snippet(_text(text), asked), score
        )
        for id, title, outlet, published, url, text, score in rows
    ]


def _ranked(database: Database, asked: str) -> tuple[str, str, tuple[Any, ...]]:
    """A query of `story` and `score` of all that hold the words, and its order."""
    every, values = legs.searched(database, asked)
    known = database.rows(f"SELECT count(*) FROM ({every} LIMIT ?) x", (*values, MANY + 1))
    best = "score DESC, story DESC"
    if known[0][0] > MANY:
        number = every.partition(" FROM ")[0]
        return every.replace(number, f"{number} AS story, 0.0 AS score", 1), "1 DESC", values
    if database.name == "sqlite":
        ranked = "SELECT rowid AS story, -bm25(search, 4.0, 1.0) AS score"
        return f"{ranked} FROM search WHERE search MATCH ?", best, values
    ranked = "SELECT story, ts_rank_cd(words, q) AS score"
    tables = "search, to_tsquery('english', ?) q"
    return f"{ranked} FROM {tables} WHERE words @@ q", best, values


def found(database: Database, asked: str) -> int:
    """How many stories hold the words."""
    if database.name == "sqlite":
        sql, query = "SELECT count(*) FROM search WHERE search MATCH ?", search.sqlite(asked)
    else:
        sql = "SELECT count(*) FROM search WHERE words @@ to_tsquery('english', ?)"
        query = search.postgresql(asked)
    return int(database.rows(sql, (query,))[0][0])


def _story(row: Row) -> KeptStory:
    (n, id, digest, given, outlet, url, title, language, published, seen, read_at, version, text,
     copied, likeness, family) = row  # fmt: skip
    story_ = Story(
        text=_text(text), id=given, published=published or "", title=title, outlet=outlet,
        url=url or "", language=language or "", version=version,
    )  # fmt: skip
    return KeptStory(
        id, story_, digest, seen, read_at, copied or "", float(likeness or 0.0), family, int(n)
    )


def _text(raw: Any) -> str:
    return zlib.decompress(bytes(raw)).decode("utf-8")
