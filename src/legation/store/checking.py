"""Is a desk in good order? What `legation doctor` asks of it."""

from __future__ import annotations

from legation.store.engine import Database

WHO = ("current", "day", "type", "status", "last_day", "published", "coded", "superseded")
PAIR = (*WHO, "days", "happening")
TOLD = (
    "day", "id", "type", "mode", "status", "last_day", "reports", "independent", "confidence",
    "last_published", "changed",
)  # fmt: skip
"""Columns that an index holds beside a row, so that a walk need not fetch it."""


def _differ(copy: str, row: str, names: tuple[str, ...]) -> str:
    return " OR ".join(
        f"{copy}.{name} <> {row}.{name} OR ({copy}.{name} IS NULL) <> ({row}.{name} IS NULL)"
        for name in names
    )


CHECKS = (
    ("events that stand in no happening",
     "SELECT count(*) FROM events WHERE current = 1 AND happening IS NULL"),
    ("events that count twice",
     "SELECT count(*) FROM (SELECT id FROM events WHERE current = 1 GROUP BY id"
     " HAVING count(*) > 1) x"),
    ("happenings whose number of events is wrong",
     "SELECT count(*) FROM happenings h WHERE h.events <> (SELECT count(*) FROM events e"
     " WHERE e.happening = h.n AND e.current = 1)"),
    ("stories without a family",
     "SELECT count(*) FROM stories s WHERE NOT EXISTS (SELECT 1 FROM stories f"
     " WHERE f.n = s.family)"),
    ("copies of a story in another family",
     "SELECT count(*) FROM stories s JOIN stories o ON o.n = s.original"
     " WHERE o.family <> s.family"),
    ("events of no party",
     "SELECT count(*) FROM events e WHERE e.current = 1 AND NOT EXISTS"
     " (SELECT 1 FROM who w WHERE w.event = e.n)"),
    ("parties that differ from their events",
     f"SELECT count(*) FROM who w JOIN events e ON e.n = w.event WHERE {_differ('w', 'e', WHO)}"),
    ("pairs that differ from their events",
     "SELECT count(*) FROM pairs w JOIN events e ON e.n = w.event"
     f" WHERE {_differ('w', 'e', PAIR)}"),
    ("pairs that differ from their happenings",
     "SELECT count(*) FROM happening_pairs w JOIN happenings h ON h.n = w.happening"
     f" WHERE h.events = 0 OR {_differ('w', 'h', TOLD)}"),
    ("plans whose event counts no more",
     "SELECT count(*) FROM plans p WHERE NOT EXISTS (SELECT 1 FROM events e"
     " WHERE e.id = p.event AND e.current = 1)"),
)  # fmt: skip


def check(database: Database) -> list[str]:
    """What is wrong with a desk, in words; nothing when it is well."""
    wrong = []
    for words, sql in CHECKS:
        count = int(database.rows(sql)[0][0])
        if count:
            wrong.append(f"{count} {words}")
    stories = database.rows("SELECT count(*) FROM stories")[0][0]
    if database.name == "sqlite":
        found = database.rows("SELECT count(*) FROM search_docsize")[0][0]
        state = database.rows("PRAGMA quick_check")[0][0]
        if state != "ok":
            wrong.append(f"the file is damaged: {state}")
    else:
        found = database.rows("SELECT count(*) FROM search")[0][0]
    if stories != found:
        wrong.append(f"{stories} stories, but {found} in the search index")
    return wrong
