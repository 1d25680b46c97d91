"""Words that a great many stories hold are asked of the stories that a page meets on its way.

To set apart all stories that hold a word costs the same for each of them (`legs.searched` in an
IN), however few are looked at then; to ask the full-text index about one story costs as much as to
set some hundred apart. So the first events of the way are taken without the words, and some of
their stories are asked: where many hold the words the page is filled so, else the other way.
"""

from __future__ import annotations

from collections.abc import Callable

from legation.store import legs
from legation.store.engine import Database, chunks, marks
from legation.store.paging import Place

MOST = 256  # events of a way whose stories are asked
TRIED = 12  # of them, before it is decided
# On a desk of 279,000 stories a page of 50 costs the same both ways where 0.38 of them hold the
# words: 0.25 microseconds a story set apart, 0.2 milliseconds a story asked (SQLite).
SHARE = 0.4

Walk = Callable[[int], list[Place]]  # the first so many events, of words that are not asked


def first(database: Database, text: str, limit: int, walk: Walk) -> list[Place] | None:
    """The first events of a way whose stories hold the words; None: to be found otherwise."""
    if not text or 2 * limit > MOST or legs.few(database, text):
        return None
    places, found = walk(MOST), []  # type: list[Place], list[Place]
    if not places:
        return []
    for part in (places[:TRIED], *chunks(places[TRIED:], limit)):
        fit = _holding(database, text, [number for _, number in part])
        found += [place for place in part if place[1] in fit]
        if len(found) >= limit:
            return found[:limit]
        if part[0] == places[0] and len(found) < SHARE * len(part):
            return None
    return found if len(places) < MOST else None


def _holding(database: Database, text: str, events: list[int]) -> set[int]:
    """Those of the events whose stories hold the words, each story looked up by its number."""
    numbers = f"SELECT n, story FROM events WHERE n IN ({marks(len(events))})"
    told = database.rows(numbers, tuple(events))
    stories = sorted({story for _, story in told})
    sql, words = legs.searched(database, text)
    key = "rowid" if database.name == "sqlite" else "story"
    each = ", ".join(["(?)"] * len(stories))
    found = database.rows(
        f"SELECT v.column1 FROM (VALUES {each}) v WHERE EXISTS ({sql} AND {key} = v.column1)",
        (*stories, *words),
    )
    holding = {story for (story,) in found}
    return {number for number, story in told if story in holding}
