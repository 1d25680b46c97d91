"""Is a desk in good order? What `legation doctor` asks of it."""

from __future__ import annotations

from legation.store.engine import Database

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
