"""The daemon against a real server and a real desk: new is kept once, ill feeds are told."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.request import urlopen

import pytest

from legation import Reader, store
from legation.errors import InputError, StoreBusyError, StoreError
from legation.ingest.web import Fetcher
from legation.store import Feed, Look
from legation.watch import Daemon, Settings
from legation.watch.health import health
from tests.site import ARTICLE, BODY, Site


def feed_of(site: Site, *names: str) -> str:
    items = "".join(
        f"<item><title>{n}</title><link>{site.url}/{n}</link>"
        "<pubDate>Mon, 07 May 2018 08:00:00 GMT</pubDate></item>"
        for n in names
    )
    for name in names:
        body = BODY.replace("Monday", f"Monday in {name}")
        site.give(f"/{name}", ARTICLE.format(title=name, day="2018-05-07", body=body))
    return f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def daemon(site: Site, desk: store.Desk, reader: Reader, **changes: object) -> Daemon:
    source = Feed(site.url + "/rss", name="G", **changes)  # type: ignore[arg-type]
    settings = Settings("", (source,), allow_private=True)
    return Daemon(desk, settings, reader, Fetcher(allow_private=True, delay=0.0, patience=2.0))


def test_new_items_are_kept_once_and_an_unchanged_feed_costs_nothing(
    site: Site, tmp_path: Path, reader: Reader
) -> None:
    site.give("/rss", feed_of(site, "a", "b"), "application/rss+xml")
    with store.open(tmp_path / "desk.db") as desk:
        daemon(site, desk, reader).run(once=True)
        assert {s.story.url for s in desk.stories()} == {site.url + "/a", site.url + "/b"}
        site.visits.clear()
        site.give("/rss", feed_of(site, "a", "b", "c"), "application/rss+xml", ETag='"2"')
        daemon(site, desk, reader).run(once=True)
        assert site.paths() == ["/rss", "/c"]

        def unchanged(request: BaseHTTPRequestHandler) -> None:
            request.send_response(304 if request.headers["If-None-Match"] == '"2"' else 500)
            request.end_headers()

        site.answers["/rss"] = unchanged
        daemon(site, desk, reader).run(once=True)
        looks = desk.looks(site.url + "/rss")
        assert [(look.outcome, look.added) for look in reversed(looks)] == [
            ("good", 2),
            ("good", 1),
            ("unchanged", 0),
        ]
        assert len(list(desk.stories())) == 3


@pytest.mark.parametrize(
    "body", ["<html>no feed</html>", "<!DOCTYPE a [<!ENTITY b 'c'>]><rss>&b;</rss>", "\x00\x01"]
)
def test_a_broken_feed_is_a_noted_failure_and_the_run_goes_on(
    site: Site, tmp_path: Path, reader: Reader, body: str
) -> None:
    site.give("/rss", body, "text/xml")
    with store.open(tmp_path / "desk.db") as desk:
        one = daemon(site, desk, reader)
        for _ in range(3):
            one.look(desk.feeds()[0]) if desk.feeds() else one.run(once=True)
        feed = desk.feeds()[0]
        assert feed.failures == 3
        assert one.report()[0][1].state == "failing"


def test_a_second_daemon_on_the_same_desk_is_refused(
    site: Site, tmp_path: Path, reader: Reader
) -> None:
    with store.open(tmp_path / "desk.db") as desk:
        desk.beat("watch")
        with pytest.raises(StoreError, match="already watches"):
            daemon(site, desk, reader).run(once=True)


def test_a_daemon_that_was_killed_does_not_lock_its_successor_out(
    site: Site, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "desk.db"
    child = os.fork()
    if child == 0:  # pragma: no cover - ends by itself, without a last word
        with store.open(path) as desk:
            desk.beat("watch")
        os._exit(0)
    os.waitpid(child, 0)
    site.give("/rss", feed_of(site), "application/rss+xml")
    with store.open(path) as desk:
        assert [beat.state for beat in desk.heartbeats()] == ["running"]
        daemon(site, desk, reader).run(once=True)
        assert desk.heartbeats()[0].state == "stopped"


def test_a_busy_desk_is_waited_for(
    site: Site, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.watch.daemon.IDLE", 0.0)
    site.give("/rss", feed_of(site, "a"), "application/rss+xml")
    with store.open(tmp_path / "desk.db") as desk:
        one = daemon(site, desk, reader)
        real, calls = desk.looked, iter([True, False])

        def looked(*given: object) -> None:
            if next(calls):
                raise StoreBusyError("another process writes")
            real(*given)  # type: ignore[arg-type]
            one.stop()

        monkeypatch.setattr(desk, "looked", looked)
        one.run()
        assert [look.added for look in desk.looks(site.url + "/rss")] == [0]
        assert len(list(desk.stories())) == 1, "what the first look brought was kept"


def test_feeds_can_be_asked_after_while_a_daemon_runs(site: Site, tmp_path: Path) -> None:
    busy = site.url.removeprefix("http://")
    settings = Settings("", (Feed(site.url + "/rss"),), metrics=busy)
    with store.open(tmp_path / "desk.db") as desk:
        one = Daemon(desk, settings)
        one.keep_feeds()
        assert [state.state for _, state in one.report()] == ["new"]
        with pytest.raises(InputError, match="in use"):
            one.run(once=True)


def test_a_look_that_was_stopped_is_taken_again_in_full(
    site: Site, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legation.watch.daemon.BATCH", 1)
    site.give("/rss", feed_of(site, "a", "b"), "application/rss+xml", ETag='"1"')
    with store.open(tmp_path / "desk.db") as desk:
        one = daemon(site, desk, reader)
        monkeypatch.setattr(one.desk, "beat", lambda *_: one.stop())
        one.keep_feeds()
        assert one.look(desk.feeds()[0]).added == 1
        assert desk.feeds()[0].etag == "", "the server must not answer: not changed"
        assert daemon(site, desk, reader).look(desk.feeds()[0]).added == 1
        assert desk.feeds()[0].etag == '"1"'


def test_a_feed_that_the_file_no_longer_names_rests(
    site: Site, tmp_path: Path, reader: Reader
) -> None:
    with store.open(tmp_path / "desk.db") as desk:
        desk.keep_feed(Feed("http://old.example/rss"))
        daemon(site, desk, reader).keep_feeds()
        assert {f.url: f.active for f in desk.feeds()} == {
            "http://old.example/rss": False,
            site.url + "/rss": True,
        }


FEED = Feed("u", every=3600, low=5, high=50, added="2024-01-01T00:00:00.000Z")


@pytest.mark.parametrize(
    ("added", "looks", "state"),
    [(0, 24, "quiet"), (60, 24, "flood"), (10, 24, "good"), (0, 3, "good"), (0, 0, "new")],
)
def test_silence_counts_only_when_the_feed_was_watched_all_day(
    added: int, looks: int, state: str
) -> None:
    day = [Look("good", at=f"2024-02-01T{h:02}:00:00.000Z") for h in range(looks)]
    if day:
        day[0] = Look("good", added=added, at=day[0].at)
    assert health(FEED, day).state == state


def test_a_single_failure_is_told_without_alarm() -> None:
    shown = health(replace(FEED, failures=1, error="took too long"), [Look("failed", at="2024")])
    assert shown.state == "good"
    assert "the last look failed: took too long" in shown.reason


def test_the_command_stops_gracefully_and_serves_metrics(site: Site, tmp_path: Path) -> None:
    site.give("/rss", feed_of(site, "a"), "application/rss+xml")
    port = site.server.server_address[1] - 1 if site.server.server_address[1] > 1025 else 9464
    path = tmp_path / "desk.toml"
    path.write_text(
        f'store = "desk.db"\nmetrics = "127.0.0.1:{port}"\nallow_private = true\n'
        f'[[feed]]\nurl = "{site.url}/rss"\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "legation.cli", "watch", str(path), "--log", "json"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    try:
        assert running.stderr is not None
        told = [running.stderr.readline()]
        while '"added": 1' not in told[-1] and running.poll() is None:
            told.append(running.stderr.readline())
        text = ""
        ends = time.monotonic() + 10
        while "legation_stories_added_total" not in text and time.monotonic() < ends:
            text = urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
        assert f'legation_feed_well{{feed="{site.url}/rss"}} 1.0' in text
        assert f'legation_stories_added_total{{feed="{site.url}/rss"}} 1.0' in text
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    finally:
        running.kill()
    with store.open(tmp_path / "desk.db") as desk:
        assert [b.state for b in desk.heartbeats() if b.name == "watch"] == ["stopped"]
