"""How many? Counts by any fields, and series over time, computed in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from legation.errors import InputError
from legation.store import asking
from legation.store.engine import Database
from legation.store.filters import Filter
from legation.store.reading import joins

_PLAIN = {
    "type": "e.type",
    "mode": "e.mode",
    "status": "e.status",
    "place": "e.place_country",
    "outlet": "o.name",
    "language": "s.language",
    "day": "e.day",
    "month": "substr(e.day, 1, 7)",
    "year": "substr(e.day, 1, 4)",
    "precision": "CASE WHEN e.days = 0 THEN 'none' WHEN e.days = 1 THEN 'day'"
    " WHEN e.days <= 7 THEN 'week' WHEN e.days <= 31 THEN 'month' ELSE 'longer' END",
}
_WEEK = {
    "sqlite": "date(e.day, 'weekday 0', '-6 days')",
    "postgresql": "to_char(date_trunc('week', nullif(e.day, '')::date), 'YYYY-MM-DD')",
}
_JOINED = {
    "actor": (" JOIN who ga ON ga.event = e.n AND ga.part = 'actor'", "ga.code"),
    "recipient": (" JOIN who gr ON gr.event = e.n AND gr.part = 'recipient'", "gr.code"),
    "source": (" JOIN who gs ON gs.event = e.n AND gs.part = 'source'", "gs.code"),
    "actor_sector": (" JOIN who gb ON gb.event = e.n AND gb.part = 'actor'", "gb.sector"),
    "sides": (
        " JOIN pairs gu ON gu.event = e.n AND gu.a <> gu.b AND (gu.directed = 1 OR gu.a < gu.b)",
        "CASE WHEN gu.a < gu.b THEN gu.a || '-' || gu.b ELSE gu.b || '-' || gu.a END",
    ),
    "pair": (" JOIN pairs gp ON gp.event = e.n", "gp.a || '-' || gp.b"),
}
FIELDS = (*_PLAIN, "week", *_JOINED)
PERIODS = ("day", "week", "month", "year")
_TAIL = {"month": "-01", "year": "-01-01"}  # makes a period its first day


def counts(
    database: Database, asked: Filter, by: Sequence[str], limit: int = 0
) -> list[dict[str, Any]]:
    """Rows of the fields in `by` with `events`, `stories` and `happenings`, most events first.

    An event with two actors counts for both, so sums over parties exceed the number of events.
    """
    shown, tables = zip(*(column(database, name) for name in by), strict=True) if by else ((), ())
    sql, values = _grouped(database, asked, shown, "".join(dict.fromkeys(tables)))
    sql += f" ORDER BY {len(by) + 1} DESC" + "".join(f", {i}" for i in range(1, len(by) + 1))
    if limit:
        sql += f" LIMIT {int(limit)}"
    names = (*by, "events", "stories", "happenings")
    return [dict(zip(names, row, strict=True)) for row in database.rows(sql, values)]


def series(
    database: Database, asked: Filter, by: str, split: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Counts per period (its first day) and the fields of `split`, in order of time.

    An event counts in the period of its first day; periods without events have no row.
    """
    fields = [column(database, name) for name in (_period(by), *split)]
    sql, values = _grouped(
        database, asked, [s for s, _ in fields], "".join(dict.fromkeys(t for _, t in fields)), True
    )
    sql += " ORDER BY " + ", ".join(str(i) for i in range(1, len(fields) + 1))
    names = ("period", *split, "events", "stories", "happenings")
    rows = [dict(zip(names, row, strict=True)) for row in database.rows(sql, values)]
    for row in rows:
        row["period"] += _TAIL.get(by, "")
    return rows


def tally(database: Database, asked: Filter, by: str, split: str) -> list[tuple[str, str, int]]:
    """(period, value of `split`, events), in order of time: what a chart of bars needs.

    `split` is "type" or "status". A side's or pair's events are counted from its index alone.
    """
    period = column(database, _period(by))[0].replace("e.day", "x.day")
    bare = replace(asked, since="")  # an event counts in the period of its first day
    found = asking.question(database, bare)
    parts: list[str] = []  # what an index of a leg holds is not looked up in events
    values: list[Any] = []
    for leg in found.legs:
        shown, tables, where, given = asking.within(leg, found, bare, f"e.day, e.{split}")
        parts.append(
            f"SELECT {leg.event} AS n, {shown.replace(f'.{split}', f'.{split} AS kind')}"
            f" FROM {tables} WHERE {where} AND {leg.day} >= ?"
        )
        values += [*given, asked.since or "0"]  # "0": unknown days are ''
    every, number = f"({' UNION ALL '.join(parts)})", "count(DISTINCT x.n)"
    if by == "week":  # by day first: to make a week of each event's day is slow
        daily = f"SELECT x.day, x.kind, {number} AS number FROM {every} x GROUP BY x.day, x.kind"
        every, number = f"({daily})", "sum(x.number)"
    rows = database.rows(
        f"SELECT {period}, x.kind, {number} FROM {every} x GROUP BY 1, 2 ORDER BY 1, 2",
        tuple(values),
    )
    return [(p + _TAIL.get(by, ""), str(kind), int(number)) for p, kind, number in rows]


def covered(database: Database, by: str, since: str, until: str) -> set[str]:
    """The periods in which any story was published."""
    period = column(database, _period(by))[0].replace("e.day", "x.published")
    rows = database.rows(
        f"SELECT DISTINCT {period} FROM (SELECT DISTINCT s.published FROM stories s"
        " WHERE s.published >= ? AND s.published <= ?) x",
        (since or "0", until or "9999"),
    )
    return {p + _TAIL.get(by, "") for (p,) in rows}


def coverage(
    database: Database, by: str, since: str = "", until: str = "", outlet: str = ""
) -> list[dict[str, Any]]:
    """Stories per period and outlet: where there are none, silence means nothing."""
    period = column(database, _period(by))[0].replace("e.day", "x.published")
    where, values = ["s.published IS NOT NULL"], []
    for sql, value in (
        ("s.published >= ?", since), ("s.published <= ?", until),
        ("s.outlet = (SELECT n FROM outlets WHERE name = ?)", outlet),
    ):  # fmt: skip
        if value:
            where.append(sql)
            values.append(value)
    found = database.rows(  # by day in the order of the index first: that leaves little to sort
        f"SELECT {period}, o.name, sum(x.told), sum(x.own) FROM (SELECT s.published, s.outlet,"
        " count(*) AS told, sum(CASE WHEN s.original IS NULL THEN 1 ELSE 0 END) AS own"
        f" FROM stories s WHERE {' AND '.join(where)} GROUP BY s.published, s.outlet) x"
        " JOIN outlets o ON o.n = x.outlet GROUP BY 1, 2 ORDER BY 1, 2",
        tuple(values),
    )
    return [
        {"period": p + _TAIL.get(by, ""), "outlet": name, "stories": int(n), "originals": int(own)}
        for p, name, n, own in found
    ]


def _period(by: str) -> str:
    """A period's name; InputError on another."""
    if by not in PERIODS:
        raise InputError(f"period {by!r} is none of {', '.join(PERIODS)}")
    return by


def column(database: Database, name: str) -> tuple[str, str]:
    """The SQL of a field of FIELDS and the joins it needs; InputError on another name."""
    if name == "week":
        return _WEEK[database.name], ""
    if name in _PLAIN:
        return _PLAIN[name], ""
    if name in _JOINED:
        tables, joined = _JOINED[name]
        return joined, tables
    raise InputError(f"cannot count by {name!r}; there are {', '.join(FIELDS)}")


def _grouped(
    database: Database, asked: Filter, shown: Sequence[str], tables: str, dated: bool = False
) -> tuple[str, tuple[Any, ...]]:
    where, values = asking.condition(database, asked)
    if dated:
        where += " AND e.day <> ''"
        if asked.since:
            where, values = where + " AND e.day >= ?", (*values, asked.since)
    columns = "".join(f"{one}, " for one in shown)
    sql = (
        f"SELECT {columns}count(DISTINCT e.n), count(DISTINCT e.story), count(DISTINCT e.happening)"
        f" FROM events e{joins(where + columns)}{tables} WHERE {where}"
    )
    if shown:
        sql += " GROUP BY " + ", ".join(str(i) for i in range(1, len(shown) + 1))
    return sql, values
