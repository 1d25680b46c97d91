"""From locations to a desk: found, those already kept left out, read by several processes, kept.

Stories are kept in the order in which they are found, a batch a transaction, so a run that is
killed at any moment has kept whole batches, and the next one goes on where it ended: what is kept
is known by its content and never read again.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from legation import ingest
from legation.errors import InputError, LegationError
from legation.pipeline import Reader
from legation.store import Desk, clock
from legation.story import Sentence, Story

BATCH = 24  # stories of one piece of work and of one transaction
REASONS = 5  # of what was set aside that a run tells
UNREAD = frozenset({"empty", "language", "crash"})  # problems of a story that gave no reading


@dataclass
class Tally:
    """What became of a run so far; `problems` counts the codes of problems of new stories.

    `reasons` are the first few of what was set aside; the desk keeps all of them, noted at or after
    `since`.
    """

    seen: int = 0
    known: int = 0
    added: int = 0
    unread: int = 0
    events: int = 0
    aside: int = 0
    seconds: float = 0.0
    since: str = field(default_factory=clock.now)
    problems: Counter[str] = field(default_factory=Counter)
    reasons: list[str] = field(default_factory=list)

    def left_out(self, location: str, message: str) -> None:
        """Count a record or location that was set aside."""
        self.aside += 1
        if len(self.reasons) < REASONS:
            told = message if location in message else f"{location}: {message}"
            self.reasons.append(told)


@dataclass(frozen=True)
class Options:
    """How to read: number of processes (0: one a core), extra world tables, who is heard."""

    processes: int = 0
    world: tuple[Path, ...] = ()
    voices: str = "both"


def add(
    desk: Desk,
    locations: Iterable[str],
    options: Options = Options(),
    tell: Callable[[Tally], None] = lambda tally: None,
    **found: Any,
) -> Tally:
    """Add all stories of some locations to a desk; `tell` hears how far it is after each batch.

    `found` are options of `ingest.stories` (outlet, mapping, …); `published` is the day of stories
    that have none. A location that gives no story at all is noted as a problem of the desk, and the
    run goes on.
    """
    tally, started = Tally(), time.monotonic()
    batches = _batches(_fresh(desk, _stories(desk, locations, tally, found), tally))
    for batch in read(batches, options):
        for story, kept in zip(batch, desk.add_all(batch), strict=True):
            if not kept.new:
                tally.known += 1
                continue
            codes = {problem.code for problem in story.problems}
            tally.added += 1
            tally.events += kept.events
            tally.problems.update(codes)
            tally.unread += bool(UNREAD & codes)
        tally.seconds = time.monotonic() - started
        tell(tally)
    tally.seconds = time.monotonic() - started
    tell(tally)
    return tally


def read(batches: Iterable[list[Story]], options: Options) -> Iterator[list[Story]]:
    """Batches of stories, read, in the same order; by several processes when there are several."""
    count = options.processes or cores()
    if count == 1:
        reader = Reader(world=options.world, voices=options.voices)
        for batch in batches:
            yield list(reader.read_all(batch))
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[list[Story]]] = deque()
    supply = iter(batches)
    first = list(islice(supply, 2))
    if len(first) < 2:  # too little to start processes for
        yield from read(first, replace(options, processes=1))
        return
    with ProcessPoolExecutor(count, context, _begin, (options,)) as pool:
        try:
            for batch in (*first, *supply):
                waiting.append(pool.submit(_read, batch))
                if len(waiting) > 2 * count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise LegationError(
                "a reading process was ended from outside (out of memory?); what was kept is safe,"
                " run the same again, perhaps with --processes 1"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_reader: Reader | None = None


def _begin(options: Options) -> None:
    global _reader
    from legation.parse import Parser

    _reader = Reader(Parser(threads=1), options.world, options.voices)


def _read(batch: list[Story]) -> list[Story]:
    assert _reader is not None
    return [_lean(story) for story in _reader.read_all(batch)]


def _lean(story: Story) -> Story:
    """Only the bounds of sentences: all else of them is costly to send and is not kept."""
    bounds = tuple(Sentence(s.start, s.end, (), (), ()) for s in story.sentences)
    return replace(story, sentences=bounds)


def _stories(
    desk: Desk, locations: Iterable[str], tally: Tally, found: dict[str, Any]
) -> Iterator[Story]:
    published = found.pop("published", "")
    for location in locations:

        def aside(message: str, location: str = location) -> None:
            tally.left_out(location, message)
            desk.aside(location, message)

        def known(address: str) -> bool:
            there = desk.has_address(address)
            tally.known += there
            return there

        try:
            for story in ingest.stories(location, aside=aside, known=known, **found):
                if _dated(story):
                    tally.seen += 1
                    yield story if story.published else replace(story, published=published)
                else:
                    aside(f"{story.id or story.url}: published {story.published!r} is no date")
        except InputError as error:
            tally.left_out(location, str(error))
            desk.aside(location, str(error), "unreadable")


def _dated(story: Story) -> bool:
    try:
        return not story.published or bool(date.fromisoformat(story.published[:10]))
    except ValueError:
        return False


def _fresh(desk: Desk, stories: Iterable[Story], tally: Tally) -> Iterator[Story]:
    """Those that the desk has not, each once, asked for in batches."""
    seen: set[str] = set()
    for batch in _batches(stories, 200):
        known = desk.known(batch)
        for story in batch:
            id = desk.story_id(story)
            if id in known or id in seen:
                tally.known += 1
            else:
                seen.add(id)
                yield story


def _batches(stories: Iterable[Story], size: int = BATCH) -> Iterator[list[Story]]:
    supply = iter(stories)
    while batch := list(islice(supply, size)):
        yield batch
