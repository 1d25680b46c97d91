"""One run over good and bad sources: the good is kept, the bad set aside with reason and count."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import legation
from legation import Reader, intake
from legation.ingest.web import Fetcher
from tests.ingest.test_formats import PAGE, pages, warc
from tests.site import Site, bomb, drip

TEXT = "France's foreign minister condemned Mali's attack on the camp on Monday."
ENTITIES = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><rss><channel>&d;</channel></rss>'


def endless(request: BaseHTTPRequestHandler) -> None:
    """Ten gigabytes, or as much of them as anybody takes."""
    request.send_response(200)
    request.send_header("Content-Length", "10000000000")
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b"x" * 1_000_000)


def round_and_round(site: Site) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", site.url + "/round")
        request.end_headers()

    return answer


def sources(site: Site, folder: Path) -> list[str]:
    """A good file between bad feeds, pages and an archive that is cut in its fifth page."""
    (folder / "good.txt").write_text(TEXT)
    raw = warc(*pages(6), packed=False)
    each = len(raw) // 6
    (folder / "cut.warc").write_bytes(raw[: each * 4 + each // 2])
    site.give("/entities", ENTITIES, "application/rss+xml")
    site.give("/bomb", bomb(100), "text/html", Content_Encoding="gzip")
    site.answers["/endless"] = endless
    site.answers["/round"] = round_and_round(site)
    return [
        *(site.url + path for path in ("/entities", "/bomb", "/endless", "/round", "/missing")),
        str(folder / "good.txt"),
        str(folder / "cut.warc"),
    ]


def test_good_is_kept_and_bad_is_counted_with_its_reason(site: Site, tmp_path: Path) -> None:
    given = sources(site, tmp_path)
    store = tmp_path / "desk.db"
    command = [sys.executable, "-m", "legation.cli", "add", *given, "--store", str(store)]
    command += ["--allow-private", "--processes", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "2 stories added" in done.stderr, "the pages of the archive have one text"
    assert "6 records set aside" in done.stderr
    assert "Traceback" not in done.stderr
    with legation.open(store) as desk:
        told = " ".join(problem.message for problem in desk.problems())
    for reason in ("XML entities", "larger than", "redirects", "404", "breaks off"):
        assert reason in told
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1
    assert "0 stories added" in again.stderr
    assert "5 were there already" in again.stderr


def test_nothing_but_bad_sources_ends_with_3(site: Site, tmp_path: Path) -> None:
    site.give("/entities", ENTITIES, "application/rss+xml")
    command = [sys.executable, "-m", "legation.cli", "add", site.url + "/entities"]
    command += ["--allow-private", "--store", str(tmp_path / "desk.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "1 record set aside" in done.stderr


def test_feeds_that_hang_or_drip_are_left_in_time(
    site: Site, tmp_path: Path, reader: Reader
) -> None:
    site.answers["/drip"] = drip(20)
    site.give("/page", PAGE)
    given = [site.url + "/drip", site.url + "/page"]
    polite = Fetcher(allow_private=True, patience=1.0, delay=0.0)
    with legation.open(tmp_path / "desk.db") as desk:
        tally = intake.add(desk, given, intake.Options(1), fetcher=polite)
        assert (tally.added, tally.aside) == (1, 1)
        assert "took too long" in tally.reasons[0]
