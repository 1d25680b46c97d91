"""What is given is recognised by itself, wherever it stands, however it is packed or named."""

import gzip
import io
import json
import os
import threading
import types
import zipfile
from pathlib import Path

import polars
import pytest

from legation.ingest import packed
from tests.ingest.test_formats import PAGE, ROW, pages, read, warc, write
from tests.site import Site

LINE = json.dumps({"articleBody": ROW["text"], "datePublished": "2018-05-07T09:00:00Z"}) + "\n"
TABLE = f"Body;Date\n{ROW['text']};2018-05-07\n"


def parquet() -> bytes:
    raw = io.BytesIO()
    polars.DataFrame([ROW]).write_parquet(raw)
    return raw.getvalue()


def zipped(content: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", content)
    return raw.getvalue()


FORMS = {
    "lines": LINE.encode() * 2,
    "list": f"[{LINE}, {LINE}]".encode(),
    "table": (TABLE + TABLE.splitlines()[1]).encode(),
    "parquet": parquet(),
    "archive": warc(*pages(2), packed=False),
    "archive.gz": warc(*pages(2)),
    "page": PAGE.encode(),
    "lines.gz": gzip.compress(LINE.encode()),
    "table.zip": zipped(TABLE.encode()),
    "lines.gz.zip": zipped(gzip.compress(LINE.encode())),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_pipe_an_address_and_a_name_that_says_nothing_give_the_same(
    form: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = FORMS[form]
    site.give("/download", content, "application/octet-stream" if form != "page" else "text/html")
    named = read(write(tmp_path / "download", content))
    out, into = os.pipe()

    def fill() -> None:
        with os.fdopen(into, "wb") as pipe:
            pipe.write(content)

    threading.Thread(target=fill).start()
    with os.fdopen(out, "rb") as pipe:
        monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=pipe))
        assert [s.text for s in read("-")[0]] == [s.text for s in named[0]]
    assert [s.text for s in read(site.url + "/download")[0]] == [s.text for s in named[0]]
    assert named[0]
    assert {s.published for s in named[0]} == {"2018-05-07"}
    assert not named[1]


def test_gdelt_files_have_no_header_whatever_their_name_says(site: Site, tmp_path: Path) -> None:
    site.give("/1", PAGE)
    row = "\t".join(["x"] * 60 + [f"{site.url}/1"]) + "\n"
    site.give("/20180507.export.CSV.zip", zipped(row.encode()), "application/zip")
    (here,), _ = read(write(tmp_path / "20180507.export.CSV", row * 2))
    (there,), _ = read(site.url + "/20180507.export.CSV.zip")
    assert here.url == there.url == site.url + "/1"


def test_a_list_may_have_comments_and_bad_lines(site: Site, tmp_path: Path) -> None:
    site.give("/1", PAGE)
    (story,), _ = read(write(tmp_path / "a.txt", f"# mine\n{site.url}/1\n"))
    (same,), aside = read(write(tmp_path / "a.urls", f"what\n{site.url}/1\n"))
    assert story.url == same.url
    assert aside == ["a.urls:1: no web address in this line"]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_any_encoding(code: str, tmp_path: Path) -> None:
    rows = "headline\tdate\tbody\r\nA\t2018-05-07\tCôte d’Ivoire condemned São Tomé.\r\n"
    (story,), aside = read(write(tmp_path / "a.csv", rows.encode(code)))
    assert (story.text, aside) == ("Côte d’Ivoire condemned São Tomé.", [])


def test_a_stray_byte_late_in_a_table_is_read_as_windows_text(tmp_path: Path) -> None:
    rows = b"date,body\n" + b"2018-05-07,Nothing.\n" * 5_000 + b"2018-05-07,S\xe3o Tom\xe9.\n"
    assert read(write(tmp_path / "a.csv", rows))[0][-1].text == "São Tomé."


def test_a_line_without_end_is_set_aside_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "LONGEST", 1_000)
    raw = gzip.compress(b"".join([LINE.encode(), b" " * 5_000_000 + b"\n", LINE.encode()]))
    stories, aside = read(write(tmp_path / "a.jsonl.gz", raw))
    assert [s.id for s in stories] == ["a.jsonl.gz:1", "a.jsonl.gz:3"]
    assert len(aside) == 1
    assert aside[0].startswith("a.jsonl.gz:2: a line of more than")


def test_an_item_without_a_link_is_not_sought_at_the_feed(site: Site) -> None:
    item = "<item><title>A</title><description>Chad left.</description></item>"
    site.give("/rss", f"<rss><channel><title>G</title>{item}</channel></rss>", "text/xml")
    (story,), _ = read(site.url + "/rss")
    assert (story.text, story.url) == ("Chad left.", "")
    assert site.paths() == ["/rss"]


def test_other_protocols_are_refused_in_words() -> None:
    with pytest.raises(Exception, match="only http"):
        read("ftp://example.org/a")
