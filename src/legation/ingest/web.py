"""Fetches one page over http(s): only public addresses, few redirects, bounded size and time.

The address is resolved once, checked, and connected to as checked (so a second DNS answer cannot
lead elsewhere); every redirect goes through the same door.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from legation.errors import FetchError

LARGEST = 10_000_000  # bytes of one page
PATIENCE = 20.0  # seconds for everything, redirects included
REDIRECTS = 5
AGENT = "legation/0.1 (news reader for research)"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the bytes, the address they came from at last, and their declared type."""

    raw: bytes
    url: str
    kind: str


def fetch(url: str, allow_private: bool = False) -> Page:
    """The page at the address; FetchError says in words why there is none."""
    deadline = time.monotonic() + PATIENCE
    for _ in range(REDIRECTS + 1):
        try:
            page, onward = _get(url, allow_private, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "took too long" if isinstance(error, TimeoutError) else str(error)
            raise FetchError(f"{url}: {reason or type(error).__name__}") from error
        if page is not None:
            return page
        url = urljoin(url, onward)
    raise FetchError(f"{url}: more than {REDIRECTS} redirects")


def _get(url: str, allow_private: bool, deadline: float) -> tuple[Page | None, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: not an http or https address")
    connection = _connect(url, parts.scheme, parts.hostname, parts.port, allow_private, deadline)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": AGENT, "Accept": "text/html,text/plain,*/*;q=0.5"}
        connection.request("GET", _ascii(target), headers=headers)
        answer = connection.getresponse()
        onward = answer.getheader("Location", "")
        if answer.status in (301, 302, 303, 307, 308) and onward:
            return None, onward
        if answer.status != 200:
            raise FetchError(f"{url}: the server answered {answer.status} {answer.reason}")
        raw = _body(answer, connection, url, deadline)
        return Page(raw, url, answer.getheader("Content-Type", "") or ""), ""
    finally:
        connection.close()


def _connect(
    url: str, scheme: str, host: str, port: int | None, allow_private: bool, deadline: float
) -> http.client.HTTPConnection:
    address = _address(url, host, port or (443 if scheme == "https" else 80), allow_private)
    wire = socket.create_connection(address, timeout=_left(deadline))
    if scheme == "https":
        wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
    connection = http.client.HTTPConnection(host, port or (443 if scheme == "https" else 80))
    if scheme == "https":
        connection.default_port = 443
    connection.sock = wire
    return connection


def _address(url: str, host: str, port: int, allow_private: bool) -> tuple[str, int]:
    """The first address of the host; FetchError when any of its addresses is not public."""
    found = [str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not allow_private and not all(public(address) for address in found):
        raise FetchError(f"{url}: {host} is a private address (--allow-private reads it anyway)")
    return found[0], port


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


def _body(
    answer: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    url: str,
    deadline: float,
) -> bytes:
    chunks, size = [], 0
    while chunk := answer.read1(65_536):
        size += len(chunk)
        if size > LARGEST:
            raise FetchError(f"{url}: larger than {LARGEST // 1_000_000} MB")
        chunks.append(chunk)
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
    return b"".join(chunks)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ascii(target: str) -> str:
    from urllib.parse import quote

    return quote(target, safe="/?&=%:;,+@!$'()*~#[]-._")
