"""Stories go in: each in one transaction with its events, parties, problems and search words.

Every function here runs inside `Database.write`; nothing is kept of a transaction that fails.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from legation.store import body, clock, keys
from legation.store.engine import Database, marks
from legation.store.kept import Added
from legation.store.pairs import pairs_of
from legation.story import Event, Party, Problem, Story

PARTS = ("actor", "recipient", "source")


class Writer:
    """Writes stories of one transaction; remembers numbers of outlets and parties it has seen."""

    def __init__(self, database: Database, now: str = "") -> None:
        self.database = database
        self.now = now or clock.now()
        self._outlets: dict[str, int] = {}
        self._readings: dict[str, int] = {}
        self._parties: dict[str, int] = {}

    def story(self, story: Story) -> tuple[Added, int, list[int]]:
        """Keep one story: what became of it, its number, and the numbers of its events."""
        id = keys.story_id(story)
        number = self._inserted(story, id)
        if number is None:
            found = self.database.rows("SELECT n FROM stories WHERE id = ?", (id,))
            return Added(id, False, 0), int(found[0][0]), []
        self.database.run("UPDATE stories SET family = n WHERE n = ?", (number,))
        self.search(number, story)
        self.problems(number, story.problems, story.id or story.url)
        ids = keys.event_ids(id, story.events)
        reading = self.reading(story.version)
        events = [
            self.event(event, event_id, number, story, reading)
            for event, event_id in zip(story.events, ids, strict=True)
        ]
        return Added(id, True, len(events)), number, events

    def _inserted(self, story: Story, id: str) -> int | None:
        text = _clean(story.text)
        made = self.database.rows(
            "INSERT INTO stories (id, digest, given, outlet, url, title, language, published,"
            " first_seen, read_at, reading, size, text, family)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
            " ON CONFLICT (id) DO NOTHING RETURNING n",
            (
                id, keys.text_digest(text), _clean(story.id), self.outlet(keys.outlet_of(story)),
                _clean(story.url) or None, _clean(story.title), story.language or None,
                story.published or None, self.now, self.now, self.reading(story.version),
                len(text), zlib.compress(text.encode("utf-8"), 6),
            ),
        )  # fmt: skip
        return int(made[0][0]) if made else None

    def event(
        self, event: Event, id: str, story_n: int, story: Story, reading: int, words: str = ""
    ) -> int:
        """One version of one event, with those who take part in it; `words` is its sentence."""
        day, last, days = span(event, story.published)
        if not words:
            start, end = sentence(event, story)
            words = _clean(" ".join(story.text[start:end].split()))
        number = int(
            self.database.rows(
                "INSERT INTO events (id, story, current, type, mode, status, day, last_day, days,"
                " place_country, confidence, coded, reading, reviewed, sentence, body, published,"
                " outlet) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?,"
                " (SELECT outlet FROM stories WHERE n = ?)) RETURNING n",
                (
                    id, story_n, str(event.type), event.mode, str(event.status), day, last, days,
                    event.place.country if event.place else None, event.confidence, self.now,
                    reading, words,
                    _clean(body.written(event, story.text)), story.published or None, story_n,
                ),
            )[0][0]
        )  # fmt: skip
        self.who(number, event, day, last, story_n, story.published or None)
        self.pairs(number, event, day, last, days, story.published or None)
        self.database.many(
            "INSERT INTO contexts VALUES (?, 1, ?, ?)",
            [(context, day, number) for context in dict.fromkeys(event.contexts)],
        )
        return number

    def who(
        self, number: int, event: Event, day: str, last: str, story_n: int, published: str | None
    ) -> None:
        """Those who take part in an event, as parties with what the story teaches of them."""
        rows: list[tuple[Any, ...]] = []
        kind, status = str(event.type), str(event.status)
        for part, parties in zip(
            PARTS, (event.actors, event.recipients, event.source), strict=True
        ):
            for position, party in enumerate(parties):
                found = self.party(party, published, story_n)
                code = party.country or ""
                own = (number, part, position, found, code, party.sector, 1, day, kind, status)
                rows.append((*own, last, published, self.now, None))
        holes = marks(14)
        self.database.many(f"INSERT INTO who VALUES ({holes})", rows)

    def pairs(
        self, number: int, event: Event, day: str, last: str, days: int, published: str | None
    ) -> None:
        """The directed country pairs of an event."""
        kind, status = str(event.type), str(event.status)
        rows = [
            (
                a,
                b,
                1,
                day,
                number,
                directed,
                kind,
                status,
                days,
                last,
                published,
                self.now,
                None,
                None,
            )
            for a, b, directed in pairs_of(event)
        ]
        self.database.many(f"INSERT INTO pairs VALUES ({marks(14)})", rows)

    def party(self, party: Party, day: str | None, story: int) -> int:
        """The number of a party; its days and role are noted."""
        key = _clean(keys.party_key(party))
        number = self._parties.get(key)
        if number is None or day:
            named = party.name or (None if party.country else party.text) or None
            entity = "" if party.entity.startswith("story:") else party.entity
            row = self.database.rows(
                "INSERT INTO parties (key, name, country, sector, entity, folded, first_day,"
                " last_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " first_day = CASE WHEN parties.first_day <= excluded.first_day"
                " OR excluded.first_day IS NULL THEN parties.first_day"
                " ELSE excluded.first_day END,"
                " last_day = CASE WHEN parties.last_day >= excluded.last_day"
                " OR excluded.last_day IS NULL THEN parties.last_day"
                " ELSE excluded.last_day END RETURNING n",
                (key, named and _clean(named), party.country, party.sector, _clean(entity),
                 keys.fold(_clean(named or "")), day, day),
            )  # fmt: skip
            number = self._parties[key] = int(row[0][0])
        if party.name and party.role:
            self._role(number, party, day, story)
        return number

    def _role(self, number: int, party: Party, day: str | None, story: int) -> None:
        self.database.run(
            "INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (party, role, country, sector) DO UPDATE SET"
            " first_day = CASE WHEN roles.first_day <= excluded.first_day"
            " OR excluded.first_day IS NULL THEN roles.first_day ELSE excluded.first_day END,"
            " last_day = CASE WHEN roles.last_day >= excluded.last_day"
            " OR excluded.last_day IS NULL THEN roles.last_day ELSE excluded.last_day END",
            (number, _clean(party.role), party.country or "", party.sector, day, day, story),
        )

    def outlet(self, name: str) -> int:
        """The number of an outlet, made on first sight."""
        return self._number("outlets", "name", "first_seen", _clean(name), self._outlets)

    def reading(self, version: str) -> int:
        """The number of a reading version, made on first sight."""
        return self._number("readings", "version", "first_used", version, self._readings)

    def _number(self, table: str, name: str, since: str, value: str, seen: dict[str, int]) -> int:
        if value not in seen:
            sql = f"SELECT n FROM {table} WHERE {name} = ?"
            found = self.database.rows(sql, (value,)) or self.database.rows(
                f"INSERT INTO {table} ({name}, {since}) VALUES (?, ?) RETURNING n",
                (value, self.now),
            )
            seen[value] = int(found[0][0])
        return seen[value]

    def problems(self, story: int | None, problems: Iterable[Problem], location: str) -> None:
        """Note what was odd; the same again is noted once."""
        self.database.many(
            "INSERT INTO problems (story, location, code, message, first, last, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                (story, _clean(location), p.code, _clean(p.message), p.start, p.end, self.now)
                for p in problems
            ],
        )

    def search(self, number: int, story: Story) -> None:
        """Make a story findable by its words."""
        title, text = _clean(story.title), _clean(story.text)
        if self.database.name == "sqlite":
            self.database.run(
                "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (number, title, text)
            )
        else:
            self.database.run(
                "INSERT INTO search VALUES (?, setweight(to_tsvector('english', ?), 'A')"
                " || to_tsvector('english', ?))",
                (number, title, text[:500_000]),
            )

    def supersede(self, numbers: Sequence[int]) -> None:
        """These versions of events no longer count; they stay, for `as_of`."""
        for number in numbers:
            self.database.run(
                "UPDATE events SET current = 0, superseded = ?, happening = NULL WHERE n = ?",
                (self.now, number),
            )
            self.database.run(
                "UPDATE who SET current = 0, superseded = ? WHERE event = ?", (self.now, number)
            )
            self.database.run(
                "UPDATE pairs SET current = 0, superseded = ?, happening = NULL WHERE event = ?",
                (self.now, number),
            )
            self.database.run("UPDATE contexts SET current = 0 WHERE event = ?", (number,))
            self.database.run("DELETE FROM blocks WHERE event = ?", (number,))


def span(event: Event, published: str) -> tuple[str, str, int]:
    """First day, last day and precision in days of an act; the day of publication with 0."""
    if event.date is None or not event.date.start:
        return published, published, 0
    start, end = event.date.start, event.date.end or event.date.start
    if event.date.basis == "published":
        return start, end, 0
    return start, end, max(1, clock.days(start, end))


def sentence(event: Event, story: Story) -> tuple[int, int]:
    """Start and end of the sentence (else line) in which the act stands."""
    spans = sorted(event.evidence, key=lambda one: (one.part != "act", one.start))
    if not spans:
        return 0, 0
    at = spans[0]
    for one in story.sentences:
        if one.start <= at.start < one.end:
            return one.start, one.end
    start = story.text.rfind("\n", 0, at.start) + 1
    end = story.text.find("\n", at.end)
    return start, end if end >= 0 else len(story.text)


def _clean(text: str) -> str:
    """No database takes NUL or half a surrogate."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
