"""Old stories brought up to date: read again by a newer reading, compared, and what changed kept as
a new version. What a person has reviewed stays as the person left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from legation.store import body, clock, keys, reading, stories
from legation.store import version as versions
from legation.store.engine import Database
from legation.store.filters import Filter
from legation.store.gathering import Gatherer
from legation.store.kept import KeptEvent, KeptStory
from legation.store.writing import Writer
from legation.story import Event, Story

FIELDS = ("type", "mode", "status", "actors", "recipients", "source", "date", "place", "contexts")


def stale(database: Database, version: str, everything: bool = False) -> Iterator[KeptStory]:
    """Stories that another reading version wrote (or all), oldest first, without their events."""
    last = 0
    while True:
        other = "" if everything else " AND r.version <> ?"
        rows = database.rows(
            "SELECT s.n, s.id FROM stories s JOIN readings r ON r.n = s.reading"
            f" WHERE s.n > ?{other} ORDER BY s.n LIMIT 100",
            (last,) if everything else (last, version),
        )
        if not rows:
            return
        last = int(rows[-1][0])
        for _, id in rows:
            kept = stories.story(database, id, events=False)
            if kept is not None:
                yield kept


def reread(database: Database, batch: Sequence[tuple[KeptStory, Story]]) -> Counter[str]:
    """Compare stories with their new reading and keep what changed; returns counts.

    Counted are "same", "new", "gone" and "reviewed" events, and "changed" ones by field
    ("changed", "changed type", …).
    """
    return database.write(lambda: _reread(database, batch))


def _reread(database: Database, batch: Iterable[tuple[KeptStory, Story]]) -> Counter[str]:
    tally: Counter[str] = Counter()
    now = clock.now()
    writer, gatherer = Writer(database, now), Gatherer(database, now)
    seeds: list[int] = []
    stories: list[int] = []
    for kept, read in batch:
        seeds += _story(database, writer, gatherer, kept, read, tally)
        stories.append(kept.n)
    gatherer.again(seeds, stories)
    versions.grow(database)
    return tally


def _story(
    database: Database, writer: Writer, gatherer: Gatherer, kept: KeptStory, read: Story,
    tally: Counter[str],
) -> list[int]:  # fmt: skip
    """One story; returns events that must be gathered anew."""
    tally["stories"] += 1
    old = {event.id: event for event in reading.stream(database, Filter(story=(kept.id,)))}
    refused = _refused(database, kept.n)
    version = writer.reading(read.version)
    new = dict(zip(keys.event_ids(kept.id, read.events), read.events, strict=True))
    gone, seeds, fresh = [], [], []  # type: list[KeptEvent], list[int], list[tuple[str, Event]]
    for id, event in new.items():
        before = old.get(id)
        if id in refused or (before is not None and before.reviewed):
            tally["reviewed"] += 1
        elif before is None:
            tally["new"] += 1
            fresh.append((id, event))
        elif changed := _changed(before, event, kept.story):
            tally.update(["changed", *(f"changed {name}" for name in changed)])
            gone.append(before)
            fresh.append((id, event))
        else:
            tally["same"] += 1
    for id, event_kept in old.items():
        if id not in new:
            tally["reviewed" if event_kept.reviewed else "gone"] += 1
            if not event_kept.reviewed:
                gone.append(event_kept)
    seeds += gatherer.leave_behind([event_kept.n for event_kept in gone])
    writer.supersede([event_kept.n for event_kept in gone])
    for event_kept in gone:
        if event_kept.id not in new:
            gatherer.leave(event_kept.id)
    whole = replace(read, text=kept.story.text, published=kept.story.published)
    for id, event in fresh:
        number = writer.event(event, id, kept.n, whole, version)
        if id in old:
            gatherer.stay(number, old[id].happening)
        seeds.append(number)
    database.run(
        "UPDATE stories SET reading = ?, read_at = ? WHERE n = ?", (version, writer.now, kept.n)
    )
    writer.problems(kept.n, read.problems, kept.story.id or kept.story.url)
    return seeds


def _refused(database: Database, story: int) -> set[str]:
    """Events of a story that a person has rejected."""
    rows = database.rows(
        "SELECT r.target FROM reviews r WHERE r.kind = 'event' AND r.verdict = 'reject' AND"
        " r.undone IS NULL AND r.target IN (SELECT e.id FROM events e WHERE e.story = ?)",
        (story,),
    )
    return {row[0] for row in rows}


def _changed(before: KeptEvent, after: Event, story: Story) -> list[str]:
    """Fields that differ; evidence and confidence count too, as "evidence" and "confidence"."""
    old = before.event
    fields = [name for name in FIELDS if getattr(old, name) != getattr(after, name)]
    if not fields and body.written(old, story.text) != body.written(after, story.text):
        fields.append("evidence")
    if not fields and abs(old.confidence - after.confidence) > 0.005:
        fields.append("confidence")
    return fields
