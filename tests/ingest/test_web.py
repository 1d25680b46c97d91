"""The fetcher: polite to hosts, closed to private networks, bounded in size and time."""

import time
from http.server import BaseHTTPRequestHandler

import pytest

from legation.errors import FetchError
from legation.ingest.web import Fetcher, fetch, public
from tests.site import Site, bomb, drip


def visitor(**options: float) -> Fetcher:
    return Fetcher(allow_private=True, **{"delay": 0.0, **options})  # type: ignore[arg-type]


def test_a_page_comes_with_its_address_type_and_validators(site: Site) -> None:
    site.give("/a", "hello", ETag='"1"', Last_Modified="Tue, 21 Nov 2017 09:00:00 GMT")
    page = visitor().fetch(site.url + "/a")
    assert (page.raw, page.url, page.status, page.etag) == (b"hello", site.url + "/a", 200, '"1"')
    assert page.modified.startswith("Tue, 21 Nov")


def test_validators_are_handed_back_and_304_brings_no_bytes(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(304 if request.headers["If-None-Match"] == '"1"' else 500)
        request.end_headers()

    site.answers["/a"] = answer
    page = visitor().fetch(site.url + "/a", etag='"1"', modified="x")
    assert (page.status, page.raw) == (304, b"")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "2130706433"],
)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(FetchError, match=r"private address|no such host"):
        fetch(f"http://{address}/")


@pytest.mark.parametrize(
    "address", ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "100.64.0.1", "0.0.0.0"]
)
def test_wrapped_and_shared_addresses_are_not_public(address: str) -> None:
    assert not public(address)


def test_a_redirect_into_a_private_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from legation.ingest import web

    site.answers["/out"] = redirect("http://169.254.169.254/latest/meta-data")
    real = web.public
    monkeypatch.setattr(web, "public", lambda a: a == "127.0.0.1" or real(a))
    with pytest.raises(FetchError, match="private address"):
        Fetcher(delay=0.0).fetch(site.url + "/out")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x"])
def test_a_redirect_to_another_protocol_is_refused(site: Site, target: str) -> None:
    site.answers["/out"] = redirect(target)
    with pytest.raises(FetchError):
        visitor().fetch(site.url + "/out")


def test_redirects_without_end_are_cut(site: Site) -> None:
    site.answers["/loop"] = redirect("/loop")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        visitor().fetch(site.url + "/loop")


def test_a_page_larger_than_the_limit_is_dropped(site: Site) -> None:
    site.give("/big", b"x" * 300_000)
    with pytest.raises(FetchError, match="larger than"):
        visitor(largest=100_000).fetch(site.url + "/big")


def test_a_decompression_bomb_is_dropped(site: Site) -> None:
    site.give("/bomb", bomb(60), Content_Encoding="gzip")
    with pytest.raises(FetchError, match="larger than"):
        visitor().fetch(site.url + "/bomb")


def test_an_unasked_packing_is_refused(site: Site) -> None:
    site.give("/br", b"x", Content_Encoding="br")
    with pytest.raises(FetchError, match="packed as 'br'"):
        visitor().fetch(site.url + "/br")


@pytest.mark.parametrize("path", ["/drip", "/hang"])
def test_a_page_that_never_ends_or_never_starts_takes_no_longer_than_patience(
    site: Site, path: str
) -> None:
    site.answers["/drip"] = drip(8)
    site.answers["/hang"] = lambda request: time.sleep(8)
    started = time.monotonic()
    with pytest.raises(FetchError, match="took too long"):
        visitor(patience=1.0).fetch(site.url + path)
    assert time.monotonic() - started < 4


def test_what_fails_for_a_moment_is_tried_again(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        first = len(site.visits) == 1
        request.send_response(503 if first else 200)
        request.send_header("Content-Length", "2")
        request.end_headers()
        request.wfile.write(b"ok")

    site.answers["/a"] = answer
    assert visitor().fetch(site.url + "/a").raw == b"ok"
    assert len(site.visits) == 2


def test_a_missing_page_is_not_tried_again(site: Site) -> None:
    with pytest.raises(FetchError, match="404"):
        visitor().fetch(site.url + "/none")
    assert len(site.visits) == 1


def test_followed_links_obey_robots_and_named_pages_do_not_need_to(site: Site) -> None:
    site.give("/robots.txt", "User-agent: *\nDisallow: /closed", "text/plain")
    site.give("/closed/a", "x")
    site.give("/open", "y")
    one = visitor()
    with pytest.raises(FetchError, match=r"robots\.txt"):
        one.follow(site.url + "/closed/a")
    assert one.follow(site.url + "/open").raw == b"y"
    assert one.fetch(site.url + "/closed/a").raw == b"x"
    assert [path for path, _ in site.visits].count("/robots.txt") == 1


def test_one_host_is_asked_at_most_once_a_delay(site: Site) -> None:
    site.give("/a", "x")
    one = visitor(delay=0.3)
    started = time.monotonic()
    for _ in range(3):
        one.fetch(site.url + "/a")
    assert time.monotonic() - started >= 0.6


def redirect(target: str):  # type: ignore[no-untyped-def]
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer
