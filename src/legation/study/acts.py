"""The acts that a study counts: one row for each happening, with its points and its weight.

All later steps are pure functions of this frame. An act counts once however often it was reported;
a desk that was never reconciled gives its events one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import polars as pl

from legation.errors import InputError
from legation.store import Desk, HappeningFilter, between, happenings
from legation.store.pairs import FACING
from legation.study import groups, scores
from legation.study.groups import Side

Has = Callable[[str, str], bool]  # does a code count as this side on a day? (`Side.has`)
MANY = 64  # pairs of codes up to which the desk is asked for each of them

SIGN = "\x1f"  # stands in no word: the reader makes spaces of control characters

SCHEMA: dict[str, Any] = {
    "id": pl.String, "day": pl.String, "last_day": pl.String, "type": pl.String,
    "mode": pl.String, "status": pl.String, "quad": pl.Int64, "score": pl.Float64,
    "weight": pl.Float64, "direction": pl.String, "actors": pl.List(pl.String),
    "recipients": pl.List(pl.String), "actor_names": pl.List(pl.String),
    "recipient_names": pl.List(pl.String), "independent": pl.Int64, "reports": pl.Int64,
    "confidence": pl.Float64, "disputed": pl.Boolean, "place": pl.String,
    "place_country": pl.String, "lat": pl.Float64, "lon": pl.Float64, "precision": pl.String,
    "first_published": pl.String, "outlets": pl.List(pl.String),
}  # fmt: skip
"""Columns of a frame of acts.

id              happening (of an unreconciled desk: event)
day, last_day   first and last day of the act, else of publication (ISO)
score, quad     PLOVER points, -10..10, and class, 1..4
weight          confidence x (1 + log2 of independent reports): five reports weigh as 3.3 of one
direction       "out" one side to the other, "in" the other way, "both" done together; "" no sides
actors, recipients              codes, "" unknown; `actor_names`, `recipient_names` as named
independent, reports            reports that are no copies of each other; all reports
place …, lat, lon               where, degrees; None when not told
precision                       "place" (a town or region), "country" (no more is told) or "none"
"""

WEIGHED = (
    "id", "day", "type", "status", "quad", "score", "weight", "independent", "reports",
    "confidence",
)  # fmt: skip
"""Columns of `weighed`."""


def acts(
    desk: Desk,
    pair: str | tuple[Side, Side] = "",
    party: str | Side = "",
    groups: Mapping[str, str] | None = None,
    **asked: Any,
) -> pl.DataFrame:
    """The acts between two sides (either way), of one side with anybody, or all; oldest first.

    `asked` are filters of `Desk.happenings` (`since`, `until`, `type`, `status`,
    `min_confidence` …). Sides are those of `groups.side`; a state counts only on the days on
    which it belongs to its side. Raises InputError.
    """
    one, two = _sides(pair, party, groups)
    found: list[dict[str, Any]] = []
    ours, theirs = (side.holder() if side else None for side in (one, two))
    for row in _rows(desk, one, two, asked):
        direction = _direction(row, ours, theirs)
        if direction is not None:
            found.append(_act(row, direction))
    found.sort(key=lambda act: (act["day"] or "", act["id"]))
    return _frame(found)


def weighed(
    desk: Desk, pair: str | tuple[Side, Side], groups: Mapping[str, str] | None = None,
    since: str = "", until: str = "", as_of: str = "",
) -> pl.DataFrame:  # fmt: skip
    """The acts between two sides, oldest first, in the columns `WEIGHED` alone: all that their
    level, trend, turns and series need, for a tenth of the work. Raises InputError."""
    one, two = sides_of(pair, groups)
    if desk.happenings().first() is None:
        return acts(desk, (one, two), since=since, until=until, as_of=as_of).select(WEIGHED)
    rows = between.dealings(desk.database, one.codes, two.codes, since, until, as_of)
    columns = zip(between.Dealing._fields, zip(*rows, strict=True), strict=True) if rows else ()
    told = {name: pl.Series(name, column, dtype=SCHEMA.get(name, pl.String))
            for name, column in columns}  # fmt: skip
    if not told:
        return pl.DataFrame([], schema={name: SCHEMA[name] for name in WEIGHED})
    more = {number: 1 + math.log2(max(1, number)) for number in told["independent"].unique()}
    factor = pl.col("independent").replace_strict(more, return_dtype=pl.Float64)
    return (
        _meeting(pl.DataFrame(told), one, two)
        .unique("id", keep="any")
        .join(_points(), on=["type", "mode"], how="left", nulls_equal=True)
        .with_columns(weight=pl.col("confidence") * factor)
        .sort("day", "id")
        .with_columns(pl.when(pl.col("day") != "").then("day").alias("day"))
        .select(WEIGHED)
    )


def _meeting(told: pl.DataFrame, one: Side, two: Side) -> pl.DataFrame:
    """The dealings whose codes count as the two sides on their day."""
    days = [day for day in told["day"].unique() if day]
    span = (min(days), max(days)) if days else groups.ALWAYS
    there = one.counts("a", *span) & two.counts("b", *span)
    back = one.counts("b", *span) & two.counts("a", *span)
    return told.filter((pl.col("a") != pl.col("b")) & (there | back))


@cache
def _points() -> pl.DataFrame:
    """Points and class of every type and mode; mode None: none told."""
    rows = [row | {"mode": row["mode"] or None} for row in scores.rows()]
    schema = {name: SCHEMA[name] for name in ("type", "mode", "score", "quad")}
    return pl.DataFrame(rows, schema=schema)


def latest(desk: Desk, most: int = 2000, **asked: Any) -> pl.DataFrame:
    """The acts of the newest `most` events that fit, each once, newest first; `asked` are filters
    of `Desk.events`. An act that one report tells as done counts as done. Quick on a big desk, of
    which it is a sample: `independent` and `reports` are 1. Raises InputError."""
    found: dict[str, dict[str, Any]] = {}
    for row in islice(_events(desk, {"order": "newest", "copies": True, **asked}), most):
        act = row["happening"] or row["id"]
        if act not in found or row["status"] == "happened" != found[act]["status"]:
            found[act] = _act(row, "")
    return _frame(list(found.values()))


def _frame(found: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame({name: _column([act.get(name) for act in found], kind)
                         for name, kind in SCHEMA.items()})  # fmt: skip


def _column(values: list[Any], kind: Any) -> pl.Series:
    """A column; lists of words are split by polars, which takes a tenth of handing them over."""
    if kind != pl.List(pl.String) or any(SIGN in word for words in values for word in words):
        return pl.Series(values, dtype=kind)
    joined = pl.Series([SIGN.join(words) for words in values], dtype=pl.String)
    filled = pl.Series([len(words) > 0 for words in values], dtype=pl.Boolean)
    empty = pl.lit([], dtype=kind)
    return pl.select(pl.when(filled).then(joined.str.split(SIGN)).otherwise(empty)).to_series()


def weight(confidence: float, independent: int) -> float:
    """What an act weighs in a mean: surer and more often told counts more."""
    return confidence * (1 + math.log2(max(1, independent)))


def sides_of(
    pair: str | tuple[Side, Side], table: Mapping[str, str] | None = None
) -> tuple[Side, Side]:
    """The two sides of a pair as written or as given; InputError."""
    return groups.pair(pair, table) if isinstance(pair, str) else pair


def _sides(
    pair: str | tuple[Side, Side], party: str | Side, table: Mapping[str, str] | None
) -> tuple[Side | None, Side | None]:
    if pair and party:
        raise InputError("ask for a pair or for a party, not for both")
    if pair:
        return sides_of(pair, table)
    if party:
        return (groups.side(party, table) if isinstance(party, str) else party), None
    return None, None


def _rows(
    desk: Desk, one: Side | None, two: Side | None, asked: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    wanted = dict(asked)
    if one and two and len(one.codes) * len(two.codes) <= MANY:
        wanted["pair"] = (list(one.codes), list(two.codes))
    elif one and two:  # asked of the smaller side; _direction leaves out what is not between them
        wanted["party"] = list(one.codes if len(one.codes) <= len(two.codes) else two.codes)
    elif one:
        wanted["party"] = list(one.codes)
    told = False
    for row in happenings.flat(desk.database, HappeningFilter.of(**wanted)):
        told = True
        yield row
    if told:
        return
    if desk.happenings().first() is None:
        yield from _events(desk, wanted)


def _events(desk: Desk, wanted: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Events of a desk without happenings, in the shape of their rows."""
    for row in desk.events(**{"order": "oldest", "copies": False, **wanted}).rows():
        end = row["end"] or row["day"]
        yield {
            **row, "end": end, "independent": 1, "reports": 1, "disputed": False,
            "first_published": row["published"], "outlets": [row["outlet"] or ""],
        }  # fmt: skip


def _direction(row: Mapping[str, Any], one: Has | None, two: Has | None) -> str | None:
    """Which way an act goes between the sides; None when it is not between them on its day."""
    day = row["day"] or ""
    if one is None:
        return ""
    actors, recipients = row["actor_countries"], row["recipient_countries"]
    if two is None:
        own = any(one(code, day) for code in actors)
        met = any(one(code, day) for code in recipients)
        together = len(set(actors)) > 1 and not row["recipients"]
        return "both" if own and (met or together) else "out" if own else "in" if met else None
    out = _between(actors, recipients, one, two, day)
    back = _between(actors, recipients, two, one, day)
    faced = not recipients and row["type"] in FACING and _between(actors, actors, one, two, day)
    if faced or (out and back):
        return "both"
    return "out" if out else "in" if back else None


def _between(a: Sequence[str], b: Sequence[str], one: Has, two: Has, day: str) -> bool:
    left = [code for code in a if code and one(code, day)]
    if not left:
        return False
    right = [code for code in b if code and two(code, day)]
    return bool(right) and len({*left, *right}) > 1


def _act(row: Mapping[str, Any], direction: str) -> dict[str, Any]:
    kind, mode = str(row["type"]), row["mode"]
    same = {name: row[name] for name in SCHEMA if name in row}
    return same | {
        "type": kind, "last_day": row["end"] or row["day"], "quad": scores.quad(kind),
        "score": scores.score(kind, mode), "direction": direction,
        "precision": "none" if row["lat"] is None else "place" if row["geoname"] else "country",
        "weight": weight(row["confidence"], row["independent"]),
        "actors": row["actor_countries"], "recipients": row["recipient_countries"],
        "actor_names": row["actors"], "recipient_names": row["recipients"],
    }  # fmt: skip
