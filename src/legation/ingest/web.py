"""Fetches pages over http(s) politely: public addresses only, bounded in size, time and redirects.

Every connection, also after a redirect, goes through one door that resolves the host once, refuses
addresses that are not of the public internet, and connects to the address it checked (so a second
DNS answer cannot lead elsewhere). Hosts are asked at most once a `delay`; what is followed from
feeds and sitemaps obeys robots.txt; what fails for a moment is tried again with growing pauses.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from legation.errors import FetchError

if TYPE_CHECKING:
    import httpx2
    from protego import Protego

LARGEST = 10_000_000  # bytes of one page, after decompression
PATIENCE = 20.0  # seconds for one page, redirects and repeated tries included
REDIRECTS = 5
DELAY = 1.0  # seconds between two requests to one host
LONGEST_DELAY = 30.0  # of a Crawl-delay or Retry-After that we honour
TRIES = 3
AGENT = "legation/0.1 (news reader for research)"
_PASSING = (429, 500, 502, 503, 504)  # answers that may be better a moment later
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")  # their expansion per chunk is bounded


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the bytes, the address they came from at last, and their declared type.

    `status` is 200, or 304 with no bytes when the page has not changed since `etag`/`modified`,
    the validators to hand back at the next visit.
    """

    raw: bytes
    url: str
    kind: str
    status: int = 200
    etag: str = ""
    modified: str = ""


def fetch(url: str, allow_private: bool = False) -> Page:
    """The page at an address that a person named; FetchError says in words why there is none."""
    return Fetcher(allow_private).fetch(url)


class Fetcher:
    """One polite visitor: remembers when it last asked each host, and each host's robots.txt."""

    def __init__(
        self,
        allow_private: bool = False,
        patience: float = PATIENCE,
        largest: int = LARGEST,
        delay: float = DELAY,
    ) -> None:
        """`patience` and `delay` in seconds, `largest` in bytes."""
        self.allow_private, self.patience, self.largest = allow_private, patience, largest
        self.delay = delay
        self._deadline = 0.0
        self._asked: dict[str, float] = {}
        self._robots: dict[str, Protego | None] = {}

    def fetch(self, url: str, etag: str = "", modified: str = "") -> Page:
        """The page, or one with status 304 when it is still the one of `etag`/`modified`."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url}: not an http or https address")
        started = time.monotonic()
        for attempt in range(1, TRIES + 1):
            self._wait(parts.netloc, self.delay)
            self._deadline = started + self.patience
            try:
                return self._get(url, etag, modified)
            except _Passing as trouble:
                pause = min(trouble.after or 0.5 * 2**attempt, LONGEST_DELAY)
                if attempt == TRIES or time.monotonic() + pause > self._deadline:
                    raise FetchError(f"{url}: {trouble}") from trouble
                time.sleep(pause)
        raise FetchError(f"{url}: gave up")  # not reached: the last try returns or raises

    def follow(self, url: str) -> Page:
        """The page behind a link found in a feed or sitemap; FetchError if robots.txt forbids."""
        parts = urlsplit(url)
        rules = self._rules(parts.scheme, parts.netloc)
        if rules is not None:
            if not rules.can_fetch(url, AGENT):
                raise FetchError(f"{url}: robots.txt of {parts.netloc} asks us not to read it")
            wish = rules.crawl_delay(AGENT)
            if wish:
                self._wait(parts.netloc, min(float(wish), LONGEST_DELAY))
        return self.fetch(url)

    def _wait(self, host: str, delay: float) -> None:
        ready = self._asked.get(host, float("-inf")) + delay
        time.sleep(max(0.0, ready - time.monotonic()))
        self._asked[host] = time.monotonic()

    def _rules(self, scheme: str, host: str) -> Protego | None:
        """The host's robots.txt; None when it has none or gives no answer (then all is allowed)."""
        if host not in self._robots:
            from protego import Protego

            try:
                page = self.fetch(f"{scheme}://{host}/robots.txt")
                self._robots[host] = Protego.parse(page.raw[:500_000].decode("utf-8", "replace"))
            except FetchError:
                self._robots[host] = None
        return self._robots[host]

    @cached_property
    def _client(self) -> httpx2.Client:
        import httpcore2
        import httpx2

        transport = httpx2.HTTPTransport(trust_env=False)
        transport._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(), network_backend=_door(self)
        )
        return httpx2.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            timeout=10.0,
            headers={
                "User-Agent": AGENT,
                "Accept": "text/html,application/xhtml+xml,application/rss+xml,"
                "application/atom+xml,application/feed+json,text/plain,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    def _get(self, url: str, etag: str, modified: str) -> Page:
        import httpcore2
        import httpx2

        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                return self._page(url, answer)
        except httpx2.TooManyRedirects as error:
            raise FetchError(f"{url}: more than {REDIRECTS} redirects") from error
        except (httpx2.TimeoutException, httpcore2.TimeoutException, TimeoutError) as error:
            raise FetchError(f"{url}: took too long") from error
        except (httpx2.ConnectError, httpx2.RemoteProtocolError, httpx2.ReadError) as error:
            raise _Passing(str(error) or type(error).__name__) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            raise FetchError(f"{url}: {error or type(error).__name__}") from error

    def _page(self, url: str, answer: httpx2.Response) -> Page:
        status, seen = answer.status_code, answer.headers
        if status in _PASSING:
            raise _Passing(f"the server answered {status} {answer.reason_phrase}", _seconds(seen))
        final, kind = str(answer.url), seen.get("content-type", "")
        kept = (seen.get("etag", ""), seen.get("last-modified", ""))
        if status == 304:
            return Page(b"", final, kind, status, *kept)
        if status != 200:
            raise FetchError(f"{url}: the server answered {status} {answer.reason_phrase}")
        packed = seen.get("content-encoding", "").lower()
        if packed not in _UNPACKED:
            raise FetchError(f"{url}: packed as {packed!r}, which was not asked for")
        return Page(self._body(url, answer.iter_bytes()), final, kind, status, *kept)

    def _body(self, url: str, chunks: Iterable[bytes]) -> bytes:
        kept, size = [], 0
        for chunk in chunks:
            size += len(chunk)
            if size > self.largest:
                raise FetchError(f"{url}: larger than {self.largest / 1e6:g} MB")
            if time.monotonic() > self._deadline:
                raise TimeoutError
            kept.append(chunk)
        return b"".join(kept)

    def left(self) -> float:
        """Seconds until patience ends; TimeoutError when it has."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Passing(Exception):
    """A failure that may pass: worth another try after `after` seconds (0: our own choice)."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


def _seconds(headers: Any) -> float:
    """The pause that a Retry-After header asks for; 0 when none or a date."""
    wish = headers.get("retry-after", "")
    return float(wish) if wish.isdigit() else 0.0


def _door(fetcher: Fetcher) -> Any:
    """The network behind a fetcher: connects to checked addresses, within its patience."""
    import httpcore2

    class Timed(httpcore2.NetworkStream):
        """A connection whose every wait ends when the fetcher's patience does."""

        def __init__(self, inner: httpcore2.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, _sooner(timeout, fetcher.left))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, _sooner(timeout, fetcher.left))

        def close(self) -> None:
            self._inner.close()

        def start_tls(self, *given: Any, **named: Any) -> Timed:
            return Timed(self._inner.start_tls(*given, **named))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Door(httpcore2.SyncBackend):
        """Resolves once, refuses private addresses, connects to what it checked."""

        def connect_tcp(self, host: str, port: int, *given: Any, **named: Any) -> Timed:
            address = _address(host, port, fetcher.allow_private)
            return Timed(super().connect_tcp(address, port, *given, **named))

    return Door()


def _sooner(timeout: float | None, left: Callable[[], float]) -> float:
    rest = left()
    return rest if timeout is None else min(timeout, rest)


def _address(host: str, port: int, allow_private: bool) -> str:
    """The first address of the host; FetchError when any of its addresses is not public."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(f"{host}: no such host ({error.strerror or error})") from error
    found = [str(item[4][0]) for item in answers]
    if not allow_private and not all(public(address) for address in found):
        raise FetchError(f"{host} is a private address (--allow-private reads it anyway)")
    return found[0]


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet (also inside IPv6 wrappings)."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
