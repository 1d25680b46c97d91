"""What the daemon did, as Prometheus metrics; nothing is counted when nobody asks."""

from __future__ import annotations

from typing import Any

from legation.errors import InputError


class Metrics:
    """Counters of looks and stories, and the time of each feed's last good look."""

    def __init__(self, address: str = "") -> None:
        """Serve at `address` ("host:port"); "" counts nothing. InputError when it can't be had."""
        self._on = bool(address)
        if not self._on:
            return
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
            start_http_server,
        )

        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise InputError(f"metrics = {address!r} is not host:port")
        registry = CollectorRegistry()
        self._looks = Counter(
            "legation_looks", "Looks at feeds", ["feed", "outcome"], registry=registry
        )
        self._added = Counter("legation_stories_added", "New stories", ["feed"], registry=registry)
        self._good = Gauge(
            "legation_last_good_look_seconds", "Time of it, Unix", ["feed"], registry=registry
        )
        self._well = Gauge(
            "legation_feed_well", "1; 0 while it is failing, quiet or flood", ["feed"],
            registry=registry,
        )  # fmt: skip
        self._took = Histogram("legation_look_seconds", "Seconds a look took", registry=registry)
        try:
            self._server: Any = start_http_server(int(port), host or "127.0.0.1", registry)[0]
        except OSError as error:
            raise InputError(f"metrics at {address}: {error.strerror or error}") from error

    def looked(self, feed: str, outcome: str, added: int, took: float, at: float) -> None:
        """Count one look: `took` seconds, ended `at` (Unix time)."""
        if not self._on:
            return
        self._looks.labels(feed, outcome).inc()
        self._added.labels(feed).inc(added)
        self._took.observe(took)
        if outcome != "failed":
            self._good.labels(feed).set(at)

    def judged(self, feed: str, well: bool) -> None:
        """Tell a feed's health."""
        if self._on:
            self._well.labels(feed).set(well)

    def close(self) -> None:
        """Stop serving."""
        if self._on:
            self._server.shutdown()
            self._server.server_close()
