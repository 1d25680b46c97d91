"""Numbered migrations bring a desk to the schema of this package, one transaction each.

A new desk has them all in one: killed while it is made, it is still none.

`NNN-name.sql` holds the words both databases share, `NNN-name.sqlite.sql` and
`NNN-name.postgresql.sql` what one of them needs besides. A migration only adds or moves; on SQLite
a backup is made before an existing desk is changed.
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import Path

from legation.errors import StoreError
from legation.store import clock
from legation.store.dialect import filled, statements
from legation.store.engine import Database
from legation.store.sqlite import SQLite

TABLE = "CREATE TABLE IF NOT EXISTS migrations (number {int} PRIMARY KEY, name {text}, at {text})"


def known() -> list[tuple[int, str]]:
    """Number and name of every migration of this package, in order."""
    names = (item.name for item in files("legation.store").joinpath("migrations").iterdir())
    stems = sorted(name[:-4] for name in names if name.endswith(".sql") and name.count(".") == 1)
    return [(int(stem[:3]), stem) for stem in stems]


def version(database: Database) -> int:
    """The last migration that a desk has had; 0 for an empty database."""
    if database.name == "sqlite":
        found = database.rows("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'")
        if not found[0][0]:
            return 0
    elif not database.rows("SELECT to_regclass('migrations')")[0][0]:
        return 0
    return int(database.rows("SELECT coalesce(max(number), 0) FROM migrations")[0][0])


def pending(database: Database) -> list[tuple[int, str]]:
    """Migrations that a desk still needs; StoreError when the desk is newer than this package."""
    have, ours = version(database), known()
    if have > ours[-1][0]:
        raise StoreError(
            f"{database.url}: made by a newer Legation (schema {have}, ours is {ours[-1][0]});"
            " upgrade the package"
        )
    return [item for item in ours if item[0] > have]


def migrate(database: Database, backup: bool = True) -> tuple[list[str], Path | None]:
    """Apply what is pending; returns the names applied and the backup that was made first."""
    todo = pending(database)
    if not todo:
        return [], None
    kept: Path | None = None
    if backup and isinstance(database, SQLite) and version(database):
        stamp = clock.now().replace(":", "").replace(".", "")
        kept = database.path.with_name(f"{database.path.name}.before-{todo[0][0]:03d}-{stamp}")
        database.backup(kept)
    if version(database):
        for number, stem in todo:
            database.write(partial(_apply, database, number, stem))
    else:
        database.write(partial(_make, database, todo))
    if database.name == "sqlite":
        database.run("PRAGMA optimize")
    return [stem for _, stem in todo], kept


def _make(database: Database, todo: list[tuple[int, str]]) -> None:
    for number, stem in todo:
        _apply(database, number, stem)


def _apply(database: Database, number: int, stem: str) -> None:
    if version(database) >= number:  # another process was faster
        return
    folder = files("legation.store").joinpath("migrations")
    database.run(filled(TABLE, database.words))
    for name in (f"{stem}.sql", f"{stem}.{database.name}.sql"):
        path = folder.joinpath(name)
        if path.is_file():
            for statement in statements(filled(path.read_text("utf-8"), database.words)):
                database.run(statement)
    database.run("INSERT INTO migrations VALUES (?, ?, ?)", (number, stem, clock.now()))
