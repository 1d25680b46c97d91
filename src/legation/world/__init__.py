"""What is true of the world, as data: states, places, seats, bodies, groups, office holders.

Tables are tab-separated with a header and a `source` column that says where each fact comes from;
aliases stand in one column, "|" between them. Files beside this one are written by hand, those in
`compiled/` by train/compile_world.py. `load()` reads them once per process. Users add their own
files of the same form or in TOML (`load((path,))`); docs/world.md describes the columns.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from legation.world.atlas import World, fitting
from legation.world.entry import Country, Entry
from legation.world.filling import check_bodies, enter, fill
from legation.world.own import SORTED
from legation.world.own import tables as own_tables
from legation.world.tables import HEADERS

HERE = Path(__file__).parent
# 36,000 rows of which a story needs thirty: parsed when asked for
LAZY = ("cities", "organisations", "holders")

__all__ = ["Country", "Entry", "World", "fill", "fitting", "load"]


@cache
def load(extra: tuple[Path, ...] = ()) -> World:
    """Read the shipped tables and the user's own. Raises KnowledgeError (file, line)."""
    world = World()
    meta = tomllib.loads((HERE / "meta.toml").read_text(encoding="utf-8"))
    world.complete_to = meta.get("complete_to", "")
    for table in HEADERS:
        for path in (HERE / f"{table}.tsv", HERE / "compiled" / f"{table}.tsv"):
            if path.exists():
                if table in LAZY:
                    world.put_off(table, path)
                else:
                    fill(world, table, path)
    own = [(path, own_tables(path)) for path in extra]
    for table in SORTED:
        for path, found in own:
            enter(world, table, found.get(table, ()), path)
    for path, found in own:
        check_bodies(world, found.get("holders", ()), path)
    return world
