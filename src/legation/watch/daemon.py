"""The loop that follows feeds: what is due is looked at, what is new is read and kept.

A look is: fetch with the validators of the last one, tell items that the desk has from new ones,
read the new ones, keep them in batches, note the look. A killed look has kept whole batches and
will be taken again; the same story twice is one story.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice

from legation import ingest
from legation.errors import LegationError, StoreBusyError, StoreError
from legation.ingest import feed as feeds
from legation.ingest.web import Fetcher
from legation.pipeline import Reader
from legation.store import Desk, Feed, Heartbeat, Look
from legation.story import Story
from legation.watch.health import ILL, Health, health
from legation.watch.metrics import Metrics
from legation.watch.settings import Settings

BATCH = 8  # stories read and kept together
CHECK = 3600.0  # seconds after which `after` runs without news: plans lapse, silence grows
IDLE = 5.0  # seconds between two glances at the clock
PULSE = 120.0  # seconds without a sign of life after which a daemon counts as gone

log = logging.getLogger("legation.watch")


class Daemon:
    """Follows the feeds of a desk file until `stop` is called."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        reader: Reader | None = None,
        fetcher: Fetcher | None = None,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """`after` runs after each round that brought new stories, when a look at the clock is due
        (`CHECK`) and at the end of a run of one round (alerts)."""
        self.desk, self.settings, self.after = desk, settings, after
        self._reader = reader
        self.fetcher = fetcher or Fetcher(settings.allow_private)
        self.metrics = Metrics()
        self._stopped = threading.Event()
        self._state: dict[str, str] = {}
        self._checked = 0.0

    @cached_property
    def reader(self) -> Reader:
        """The model and rules, loaded when the first story comes."""
        return self._reader or Reader()

    def stop(self) -> None:
        """Finish the batch in hand, then end."""
        self._stopped.set()

    def run(self, once: bool = False) -> None:
        """Look at what is due, again and again; `once` looks at every feed one time and ends."""
        self._alone()
        self.metrics = Metrics(self.settings.metrics)
        self.keep_feeds()
        log.info("watching", extra={"feeds": len(self.settings.feeds), "store": self.desk.url})
        try:
            while not self._stopped.is_set():
                try:
                    self._round("9999" if once else _stamp(), once)
                except StoreBusyError as error:  # what was not noted is looked at again
                    if once:
                        raise
                    log.warning("waiting for the desk: %s", error)
                if once:
                    return
                self._stopped.wait(IDLE)
        finally:
            self.metrics.close()
            with suppress(StoreError):
                self.desk.beat("watch", "stopped")
            log.info("stopped")

    def report(self) -> list[tuple[Feed, Health]]:
        """Every active feed with its health."""
        since = _stamp(-86_400)
        active = [feed for feed in self.desk.feeds() if feed.active]
        return [(feed, health(feed, self.desk.looks(feed.url, since))) for feed in active]

    def _alone(self) -> None:
        """Two daemons on one desk would ask every feed twice: the second is refused."""
        alive = _stamp(-PULSE)
        for beat in self.desk.heartbeats():
            running = beat.name == "watch" and beat.state == "running" and beat.at > alive
            if running and not _gone(beat):
                raise StoreError(
                    f"{self.desk.url}: process {beat.process} on {beat.host} already watches this"
                    f" desk (last sign of life {beat.at})"
                )
        self.desk.beat("watch")

    def keep_feeds(self) -> None:
        """Note the feeds of the desk file; it is the list, a feed that it no longer names rests."""
        wanted = {feed.url for feed in self.settings.feeds}
        for feed in self.settings.feeds:
            self.desk.keep_feed(feed)
        for feed in self.desk.feeds():
            if feed.active and feed.url not in wanted:
                self.desk.keep_feed(replace(feed, active=False))

    def _round(self, now: str, check: bool = False) -> None:
        added = 0
        for feed in self.desk.feeds(due=now):
            if self._stopped.is_set():
                break
            self.desk.beat("watch")
            added += self.look(feed).added
        self.desk.beat("watch")
        passed = time.monotonic() - self._checked
        if added or check or not self._checked or passed >= CHECK:
            self._checked = time.monotonic()
            self.after()

    def look(self, feed: Feed) -> Look:
        """One look at a feed, noted in the desk; a failure is part of the note, never raised."""
        started = time.monotonic()
        etag, modified = feed.etag, feed.modified
        seen = added = 0
        try:
            page = self.fetcher.fetch(feed.url, feed.etag, feed.modified)
            if page.status == 304:
                outcome, message = "unchanged", ""
            else:
                found = feeds.parse(page.raw, feed.url, page.url)
                seen, added = len(found.items), self._take_in(feed, found)
                outcome, message = "good", ""
                if not self._stopped.is_set():  # else some items may be left for the next look
                    etag, modified = page.etag, page.modified
        except StoreError:
            raise
        except LegationError as error:
            outcome, message = "failed", str(error)
        took = time.monotonic() - started
        look = Look(outcome, seen, added, round(took, 3), message)
        self.desk.looked(feed.url, look, etag, modified)
        self.metrics.looked(feed.name or feed.url, outcome, added, took, time.time())
        self._tell(feed, look)
        return look

    def _take_in(self, feed: Feed, found: feeds.Feed) -> int:
        """Read and keep the items that the desk does not have; how many were new."""
        new = feeds.stories(
            found,
            lambda url: ingest.page_story(self.fetcher.follow(url), url),
            lambda message: self.desk.aside(feed.url, message),
            self.desk.has_address,
        )
        if feed.outlet:
            new = (replace(story, outlet=feed.outlet) for story in new)
        added = 0
        for batch in _batches(new):
            fresh = self.desk.known(batch)
            stories = [s for s in batch if self.desk.story_id(s) not in fresh]
            kept = self.desk.add_all(list(self.reader.read_all(stories)))
            added += sum(one.new for one in kept)
            self.desk.beat("watch")
            if self._stopped.is_set():
                break
        return added

    def _tell(self, feed: Feed, look: Look) -> None:
        """The look in the log, and the feed's health when it changed."""
        now = next((f for f in self.desk.feeds() if f.url == feed.url), feed)
        state = health(now, self.desk.looks(feed.url, _stamp(-86_400)))
        self.metrics.judged(feed.name or feed.url, state.state not in ILL)
        facts = {"feed": feed.url, "seen": look.seen, "added": look.added, "seconds": look.seconds}
        if look.outcome == "failed":
            log.warning("look failed: %s", look.message, extra=facts)
        else:
            log.info(look.outcome, extra=facts)
        if self._state.get(feed.url, "good") != state.state and state.state != "new":
            level = logging.INFO if state.state == "good" else logging.WARNING
            log.log(level, "feed is %s: %s", state.state, state.reason, extra=facts)
        self._state[feed.url] = state.state


def _gone(beat: Heartbeat) -> bool:
    """Its process ran on this machine and runs no more (it was killed)."""
    if beat.host != socket.gethostname() or beat.process == os.getpid():
        return False
    try:
        os.kill(beat.process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _stamp(shift: float = 0.0) -> str:
    """Now, `shift` seconds on, as the store writes times."""
    when = datetime.now(UTC) + timedelta(seconds=shift)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z"


def _batches(stories: Iterable[Story]) -> Iterator[list[Story]]:
    supply = iter(stories)
    while batch := list(islice(supply, BATCH)):
        yield batch
