"""Who reports what, who reports first, who denies? Outlets compared on the acts they share.

Pure on a frame of events (`desk.events(…).to_polars()`). "First" is the first that the desk saw
among the outlets it follows, by day of publication; a copy never counts as a report of its own.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import polars as pl

PROFILE: dict[str, Any] = {
    "outlet": pl.String, "reports": pl.Int64, "copies": pl.Int64, "acts": pl.Int64,
    "alone": pl.Int64, "shared": pl.Int64, "first": pl.Int64, "lag": pl.Float64,
    "denies": pl.Int64, "hedges": pl.Int64, "attributed": pl.Float64,
}  # fmt: skip
"""Columns of `profile`.

reports, copies   stories of its own with events, and copies of others'
acts              happenings that it tells in its own stories; `alone` told by no other outlet
shared, first     told by several; of them those that it told before all others
lag               mean days behind the first report, over `shared`
denies            acts it tells as not done that others tell as done; `hedges` as possible
attributed        share of its events that are told on somebody's word
"""
AGREEMENT: dict[str, Any] = {
    "a": pl.String, "b": pl.String, "shared": pl.Int64, "same": pl.Int64, "share": pl.Float64,
}  # fmt: skip
"""Columns of `agreement`: two outlets (both ways), acts that both tell, of them alike."""


def profile(events: pl.DataFrame) -> pl.DataFrame:
    """Every outlet, busiest first; see `PROFILE`."""
    known = events.filter(pl.col("outlet").is_not_null())
    own = known.filter(pl.col("copy_of").is_null())
    told = _told(own)
    first = {act: min(day for _, day, _ in rows) for act, rows in told.items()}
    rows: list[dict[str, Any]] = []
    for outlet in known["outlet"].unique().sort().to_list():
        mine = own.filter(pl.col("outlet") == outlet)
        acts = {
            act: rows for act, rows in told.items() if any(name == outlet for name, _, _ in rows)
        }
        shared = {act for act, rows in acts.items() if len({name for name, _, _ in rows}) > 1}
        days = {a: min(d for name, d, _ in acts[a] if name == outlet) for a in shared}
        ahead = [a for a in shared if days[a] < min(d for n, d, _ in acts[a] if n != outlet)]
        lags = [_days(first[a], days[a]) for a in shared if days[a] and first[a]]
        states = {a: _states(acts[a], outlet) for a in shared}
        copied = known.filter((pl.col("outlet") == outlet) & pl.col("copy_of").is_not_null())
        rows.append({
            "outlet": outlet, "reports": mine["story"].n_unique(),
            "copies": copied["story"].n_unique(), "acts": len(acts),
            "alone": len(acts) - len(shared), "shared": len(shared), "first": len(ahead),
            "lag": sum(lags) / len(lags) if lags else None,
            "denies": sum(1 for m, o in states.values() if "negated" in m and "happened" in o),
            "hedges": sum(1 for m, o in states.values() if "possible" in m and "happened" in o),
            "attributed": mine.filter(pl.col("sources").list.len() > 0).height / mine.height
            if mine.height else None,
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["reports"], row["outlet"]))
    return pl.DataFrame(rows, schema=PROFILE)


def agreement(events: pl.DataFrame) -> pl.DataFrame:
    """How often two outlets give an act that both tell the same status; see `AGREEMENT`."""
    own = events.filter(pl.col("outlet").is_not_null() & pl.col("copy_of").is_null())
    counts: dict[tuple[str, str], list[int]] = {}
    for rows in _told(own).values():
        states: dict[str, set[str]] = {}
        for outlet, _, status in rows:
            states.setdefault(outlet, set()).add(status)
        for a, b in combinations(sorted(states), 2):
            found = counts.setdefault((a, b), [0, 0])
            found[0] += 1
            found[1] += bool(states[a] & states[b])
    rows_: list[dict[str, Any]] = []
    for (a, b), (shared, same) in sorted(counts.items()):
        for one, two in ((a, b), (b, a)):
            rows_.append(
                {"a": one, "b": two, "shared": shared, "same": same, "share": same / shared}
            )
    return pl.DataFrame(rows_, schema=AGREEMENT)


def disputes(events: pl.DataFrame) -> pl.DataFrame:
    """Acts that some tell as done and some as not done.

    Columns: happening, day, type, claimed (outlets), claimed_by (on whose word), denied (outlets),
    denied_by.
    """
    own = events.filter(pl.col("happening").is_not_null() & pl.col("copy_of").is_null())
    rows: list[dict[str, Any]] = []
    for (act,), part in own.group_by("happening", maintain_order=True):
        yes = part.filter(pl.col("status") == "happened")
        no = part.filter(pl.col("status") == "negated")
        if yes.height and no.height:
            rows.append({
                "happening": act, "day": part["day"].min(), "type": yes["type"][0],
                "claimed": _names(yes["outlet"]), "claimed_by": _flat(yes["sources"]),
                "denied": _names(no["outlet"]), "denied_by": _flat(no["sources"]),
            })  # fmt: skip
    schema: dict[str, Any] = {
        "happening": pl.String, "day": pl.String, "type": pl.String,
        "claimed": pl.List(pl.String), "claimed_by": pl.List(pl.String),
        "denied": pl.List(pl.String), "denied_by": pl.List(pl.String),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema).sort("day", "happening")


def _told(events: pl.DataFrame) -> dict[str, list[tuple[str, str, str]]]:
    """(outlet, day of publication, status) of the reports of each happening."""
    told: dict[str, list[tuple[str, str, str]]] = {}
    columns = events.filter(pl.col("happening").is_not_null()).select(
        "happening", "outlet", "published", "status"
    )
    for act, outlet, published, status in columns.iter_rows():
        told.setdefault(act, []).append((outlet, published or "", status))
    return told


def _states(rows: list[tuple[str, str, str]], outlet: str) -> tuple[set[str], set[str]]:
    mine = {status for name, _, status in rows if name == outlet}
    return mine, {status for name, _, status in rows if name != outlet}


def _days(one: str, two: str) -> int:
    from legation.study.periods import apart

    return apart(one, two)


def _names(column: pl.Series) -> list[str]:
    return sorted({name for name in column.to_list() if name})


def _flat(column: pl.Series) -> list[str]:
    return sorted({name for names in column.to_list() for name in names or ()})
