"""A desk that an older package made is, once brought up to date, as if it had been made today."""

from __future__ import annotations

import importlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

import legation
from legation import store as stores
from legation.errors import StoreError
from legation.store import Desk
from legation.store.engine import Database
from tests.store.conftest import VISIT, event, story

migrate = importlib.import_module("legation.store.migrate")  # the name is a function's too
OLD = 2  # the schema before the columns and indices for speed
TABLES = (
    "outlets", "readings", "stories", "marks", "problems", "happenings", "events", "parties",
    "roles", "who", "pairs", "blocks", "happening_pairs", "happening_who", "members", "history",
    "plans", "plan_history", "reviews",
)  # fmt: skip
NEW = (*TABLES, "contexts")


def filled(desk: Desk) -> None:
    """Two outlets, a copy, a plan, contexts, a correction, so that old versions are there too."""
    desk.add_all(
        [story(), story(outlet="Radio Horizon"), story(text="Nothing.", events=(), published="")]
    )
    desk.add(story(text=story().text + " More.", events=(event(contexts=("military",)), VISIT)))
    corrected = desk.events(type="ACCUSE").first()
    assert corrected is not None
    desk.review("event", corrected.id, "correct", {"status": "negated"})


def columns_of(table: str) -> list[str]:
    """The columns of a table as migration 001 made it, in order."""
    script = files("legation.store").joinpath("migrations/001-desk.sql").read_text("utf-8")
    body = re.search(rf"CREATE TABLE {table} \(.*?\n(.*?)\n\)", script, re.S)
    assert body is not None
    return re.findall(r"^    ([a-z_]+) \{", body[1], re.M)


def rows(desk: Desk, table: str, names: str = "*") -> list[tuple[object, ...]]:
    """All rows of a table, in one order."""
    found = [tuple(row) for row in desk.database.rows(f"SELECT {names} FROM {table}")]
    plain = [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in found]
    return sorted(plain, key=repr)


def test_an_old_desk_brought_up_to_date_is_like_a_new_one(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = migrate.known()
    with legation.open(tmp_path / "new.db") as new:
        filled(new)
        old = stores.database(url)
        monkeypatch.setattr(migrate, "known", lambda: known[:OLD])
        migrate.migrate(old)
        for table in TABLES:
            names = columns_of(table)
            listed = ", ".join(names)
            holes = ", ".join("?" * len(names))
            values = rows(new, table, listed)
            for name in {"original", "merged_into"} & set(names):  # those that others point at
                values.sort(key=lambda row: row[names.index(name)] is not None)
            old.many(f"INSERT INTO {table} ({listed}) VALUES ({holes})", values)
        old.close()
        monkeypatch.undo()
        with pytest.raises(StoreError, match="legation migrate"):
            legation.open(url)
        base = stores.database(url)
        done, kept = migrate.migrate(base)
        assert done == [name for number, name in known if number > OLD]
        assert (kept is not None) == (base.name == "sqlite"), "a file is backed up first"
        base.close()
        with legation.open(url) as desk:
            for table in NEW:
                same = ", ".join(_names(new, table))
                assert rows(desk, table, same) == rows(new, table, same), table
            assert desk.version() == 1
            assert [e.id for e in desk.events(context="military")] == [
                e.id for e in new.events(context="military")
            ]


def _names(desk: Desk, table: str) -> list[str]:
    return [row[1] for row in desk.database.rows(f"PRAGMA table_info({table})")]


def test_acts_without_a_day_stand_under_all_they_may_be_of(url: str) -> None:
    with legation.open(url) as desk:
        filled(desk)
        undated = event(date=None), event(date=None, type="CONSULT", status="planned")
        desk.add(story(text="Some day.", events=undated, published="2020-03-02"))
        wide = rows(desk, "blocks")
        acts = "substr(key, 1, 4) <> 'act|' AND substr(key, 1, 5) NOT IN ('plan|', 'hear|')"
        within = "event IN (SELECT n FROM events WHERE days = 0)"
        desk.database.run(
            f"UPDATE blocks SET first = '2020-02-28', last = '2020-03-02' WHERE {within} AND {acts}"
        )
        assert rows(desk, "blocks") != wide
        desk.database.run("DELETE FROM migrations WHERE number > 6")
    base = stores.database(url)
    migrate.migrate(base)
    base.close()
    with legation.open(url) as desk:
        assert rows(desk, "blocks") == wide


def test_a_desk_whose_making_was_cut_short_is_made_anew(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = migrate._apply

    def cut(database: Database, number: int, stem: str) -> None:
        if number > 1:
            raise KeyboardInterrupt
        real(database, number, stem)

    monkeypatch.setattr(migrate, "_apply", cut)
    with pytest.raises(KeyboardInterrupt):
        legation.open(url)
    monkeypatch.setattr(migrate, "_apply", real)
    with legation.open(url) as desk:
        assert desk.add(story()).new
