"""The face of the store: one desk, all that can be put into it and asked of it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from legation.errors import InputError
from legation.store import (
    keys,
    stories,
    version,
)
from legation.store.desk_reviews import Reviews
from legation.store.desk_stories import Stories
from legation.store.desk_upkeep import Upkeep
from legation.store.engine import Database
from legation.store.gathering import Gatherer
from legation.store.kept import (
    Added,
)
from legation.store.writing import Writer
from legation.story import Problem, Story


@contextmanager
def _unswept() -> Iterator[None]:
    """No search for cyclic garbage meanwhile: it walks the tables of the world, and finds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Desk(Reviews, Stories, Upkeep):
    """Stories, events, happenings and plans of one database. Safe to use from several threads.

    Filters are those of `Filter` (events) and `HappeningFilter`, given by name:
    `desk.events(actor="CHN", recipient="PRK", since="2017-11-01")`. What can be asked stands in
    `desk_acts`, `desk_stories`, `desk_reviews` and `desk_upkeep`.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def url(self) -> str:
        """Where the desk is, without a password."""
        return self.database.url

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # Putting in

    def add(self, story: Story) -> Added:
        """Keep a story as read; the same story again changes nothing. InputError if unread."""
        return self.add_all((story,))[0]

    def add_all(self, batch: Iterable[Story]) -> list[Added]:
        """Keep some stories in one transaction: after a crash all of them are there, or none."""
        wanted = list(batch)
        for story in wanted:
            if not story.version:
                raise InputError("this story was never read: give it to Reader.read_story first")
        with _unswept():
            return self.database.write(lambda: self._added(wanted))

    def _added(self, batch: Sequence[Story]) -> list[Added]:
        writer = Writer(self.database)
        results = [writer.story(story) for story in batch]
        new = [number for added, number, _ in results if added.new]
        if new:
            Gatherer(self.database, writer.now).gather(new)
            version.grow(self.database)
        return [added for added, _, _ in results]

    def version(self) -> int:
        """A number that grows with everything that changes what the desk says."""
        return version.number(self.database)

    def known(self, batch: Iterable[Story]) -> set[str]:
        """Ids (`story_id`) of those of the stories, read or not, that the desk has."""
        return stories.known(self.database, [keys.story_id(story) for story in batch])

    def has_address(self, url: str) -> bool:
        """Whether the desk has a story of this web address."""
        return stories.has_address(self.database, url)

    @staticmethod
    def story_id(story: Story) -> str:
        """The id that a story has or would have on every desk."""
        return keys.story_id(story)

    def aside(self, location: str, message: str, code: str = "aside") -> None:
        """Note that nothing came of a location, or of one line of it, and why."""
        writer = Writer(self.database)
        problem = (Problem(code, message),)
        self.database.write(lambda: writer.problems(None, problem, location))
