"""What can go wrong while stories are kept: killed, no room, locked out, server gone."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import legation
from legation.errors import StoreBusyError, StoreError, StoreFullError
from legation.store import Desk, migrate, pending
from legation.store.sqlite import SQLite
from legation.story import Story
from tests.store import server
from tests.store.conftest import TEXT, story
from tests.store.test_happenings import report

KILLS = 50


def batch(size: int) -> list[Story]:
    """Stories that are reports of a few acts, so that happenings grow as they come."""
    return [
        report(n % 20, text=f"{TEXT} Number {n}. {' '.join(f'w{n}x{i}' for i in range(30))}")
        for n in range(size)
    ]


def content(desk: Desk) -> tuple[object, ...]:
    """All that counts of a desk: stories, events, happenings, search."""
    status = desk.status()
    happenings = {
        (frozenset(kept.happening.events), kept.happening.independent) for kept in desk.happenings()
    }
    return (status["stories"], status["events"], happenings, desk.found("condemned"))


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    stories, chance = batch(40), random.Random(9)
    with legation.open(tmp_path / "whole.db") as desk:
        started = time.monotonic()
        for item in stories:
            desk.add(item)
        span = (time.monotonic() - started) / 6
        expected = content(desk)
    path, kills = tmp_path / "killed.db", 0
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:  # pragma: no cover - ends by a signal
            try:
                with legation.open(path) as desk:
                    for item in stories:
                        desk.add(item)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, span))
        os.kill(child, signal.SIGKILL)
        cut = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        kills += cut
        span *= 1 if cut else 0.7  # it had ended: what was there already takes no time
        if path.exists() and sqlite3.connect(path).execute("PRAGMA user_version"):
            check = sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone()
            assert check == ("ok",)
    assert kills > KILLS // 3, "most runs were really cut short"
    with legation.open(path) as desk:
        for item in stories:
            desk.add(item)
        assert content(desk) == expected


def test_a_full_disk_keeps_what_was_added_and_says_so(tmp_path: Path) -> None:
    with legation.open(tmp_path / "desk.db") as desk:
        desk.add(story())
        base = desk.database
        assert isinstance(base, SQLite)
        pages = base.connection.execute("PRAGMA page_count").fetchone()[0]
        base.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreFullError, match="full"):
            desk.add_all(batch(200))
        assert desk.status()["stories"] == 1
        base.connection.execute("PRAGMA max_page_count = 1000000")
        desk.add_all(batch(5))
        assert desk.status()["stories"] == 6


def test_a_locked_desk_can_be_read_and_says_that_it_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with legation.open(path) as desk:
        desk.add(story())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Desk(SQLite(path, patience=0.1)) as desk:
        assert desk.status()["stories"] == 1, "readers never wait"
        with pytest.raises(StoreBusyError, match="another process"):
            desk.add(story(outlet="Other"))
        other.execute("ROLLBACK")
        assert desk.add(story(outlet="Other")).new
    other.close()


def test_a_restarted_server_loses_and_doubles_nothing(postgres: server.Server) -> None:
    stories = batch(30)
    with legation.open(postgres.url("restarted")) as desk:

        def restart() -> None:
            time.sleep(0.3)
            postgres.stop("immediate")
            postgres.start()

        trouble = threading.Thread(target=restart)
        trouble.start()
        for item in stories:
            desk.add(item)
            time.sleep(0.03)
        trouble.join()
        assert desk.status()["stories"] == 30
        assert desk.status()["events"] == 30
        assert desk.found("condemned") == 30


def test_what_is_no_desk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all, " * 400)
    with pytest.raises(StoreError, match="not a desk"):
        legation.open(tmp_path / "x.db")
    with pytest.raises(StoreError, match="no such desk"):
        legation.open(tmp_path / "y.db", create=False)
    with pytest.raises(StoreError, match="neither"):
        legation.open("mysql://somewhere/desk")


def test_a_newer_desk_is_refused_and_an_older_one_is_migrated_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    with legation.open(path) as desk:
        desk.add(story())
        desk.database.run("INSERT INTO migrations VALUES (900, 'future', '')")
    with pytest.raises(StoreError, match="newer"):
        legation.open(path)
    raw = sqlite3.connect(path)
    raw.execute("DELETE FROM migrations WHERE number = 900")
    raw.commit()
    real = sys.modules["legation.store.migrate"]
    folder = tmp_path / "migrations"
    folder.mkdir()
    shipped = Path(real.__file__ or "").parent / "migrations"
    for item in shipped.iterdir():
        (folder / item.name).write_bytes(item.read_bytes())
    (folder / "900-more.sql").write_text("ALTER TABLE outlets ADD COLUMN country {text};")
    monkeypatch.setattr(real, "files", lambda _: tmp_path)
    with pytest.raises(StoreError, match="legation migrate"):
        legation.open(path)
    base = SQLite(path)
    done, kept = migrate(base)
    assert done == ["900-more"]
    assert kept is not None
    assert kept.exists()
    assert pending(base) == []
    assert base.rows("SELECT name, country FROM outlets") == [("Sahel Wire", None)]
    assert SQLite(kept).rows("SELECT count(*) FROM stories") == [(1,)]
    base.close()


def test_a_backup_is_a_desk(tmp_path: Path) -> None:
    with legation.open(tmp_path / "desk.db") as desk:
        desk.add(story())
        desk.backup(str(tmp_path / "copy.db"))
    with legation.open(tmp_path / "copy.db") as copy:
        assert copy.status()["events"] == 2


def test_the_command_line_says_which_code_a_bad_desk_has(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all, " * 400)
    command = [sys.executable, "-m", "legation.cli", "events", "--store", str(tmp_path / "x.db")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 4
    assert "not a desk" in done.stderr
    assert "Traceback" not in done.stderr
