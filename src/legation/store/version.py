"""How far a desk has come: a number that grows with each transaction that changes what it says.

Answers that were made at one number are right as long as it stays (the web's ETags rest on it), so
whatever adds, reviews or reads again counts up in its own transaction.
"""

from __future__ import annotations

from legation.store.engine import Database


def number(database: Database) -> int:
    """The number now: one look at a table of one row."""
    return int(database.rows("SELECT n FROM version")[0][0])


def grow(database: Database) -> None:
    """Count up, inside the transaction that changes something."""
    database.run("UPDATE version SET n = n + 1")
