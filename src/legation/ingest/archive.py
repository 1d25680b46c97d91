"""A web archive (WARC, WET; plain or gzip) becomes stories, one record at a time.

Only successful HTML pages and the plain texts of WET files are news; images, robots files and
redirects are passed over. An archive that is cut off gives what it held up to there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from legation.errors import InputError
from legation.ingest import html
from legation.ingest.address import canonical
from legation.ingest.days import iso_day
from legation.ingest.text import decode
from legation.story import Story

LARGEST = 10_000_000  # bytes of one record's payload


def stories(stream: IO[bytes], name: str, aside: Callable[[str], None]) -> Iterator[Story]:
    """The stories of an archive, in its order; `aside` is told why a record was left out."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
            number += 1
            where = (
                f"{name}: record {number} ({record.headers.get('WARC-Target-URI', 'no address')})"
            )
            try:
                story = _story(record, where)
            except InputError as error:
                aside(str(error))
                continue
            if story is not None:
                yield story
    except (OSError, EOFError, ValueError) as error:
        aside(f"{name}: the archive breaks off after record {number}: {error}")


def _story(record: Any, where: str) -> Story | None:
    """The story of one record, None when it is no page; InputError when it is a broken one."""
    url = canonical(record.headers.get("WARC-Target-URI", "").strip("<>"))
    fetched = iso_day(record.headers.get("WARC-Date", ""))
    if record.headers.get("WARC-Type") == "conversion":
        return _dated(_plain(_payload(record, where), where), url, fetched)
    answer = record.http_headers
    if answer is None and "Content-Length" not in record.headers:
        raise EOFError("the last record is not whole")
    if answer is None or answer.status_code != 200:
        return None
    kind, _, rest = (answer.get("Content-Type") or "").lower().partition(";")
    if kind.strip() not in ("text/html", "application/xhtml+xml"):
        return None
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'")
    found = html.story(_unpacked(_payload(record, where), answer, where), where, charset)
    return _dated(found, url, fetched)


def _payload(record: Any, where: str) -> bytes:
    raw: bytes = record.reader.read(LARGEST + 1)
    if len(raw) < min(record.content_length, LARGEST) or "Content-Length" not in record.headers:
        raise EOFError("the last record is not whole")
    if len(raw) > LARGEST:
        raise InputError(f"{where}: larger than {LARGEST // 1_000_000} MB")
    return raw


def _unpacked(raw: bytes, answer: Any, where: str) -> bytes:
    """The payload without chunking and gzip, which some archives keep as they came."""
    if "chunked" in (answer.get("Transfer-Encoding") or "").lower():
        raw = _unchunked(raw)
    if "gzip" in (answer.get("Content-Encoding") or "").lower() and raw.startswith(b"\x1f\x8b"):
        from legation.ingest.packed import gunzipped

        raw = gunzipped(raw, LARGEST, where)
    return raw


def _unchunked(raw: bytes) -> bytes:
    kept: list[bytes] = []
    rest = raw
    while rest:
        size, mark, after = rest.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            return raw if not kept else b"".join(kept)
        if not length or not mark:
            break
        kept.append(after[:length])
        rest = after[length + 2 :]
    return b"".join(kept)


def _plain(raw: bytes, where: str) -> Story:
    """A WET record: its first line is the page's title."""
    title, _, body = decode(raw, where).strip().partition("\n")
    if not body.strip():
        raise InputError(f"{where}: no text in this record")
    return Story(text=body.strip(), title=title.strip())


def _dated(story: Story, url: str, fetched: str) -> Story:
    """The story with its address; the day of the visit is an upper bound, said as a problem."""
    story = replace(story, id=url, url=url)
    if story.published or not fetched:
        return story
    return replace(story, published=fetched).with_problem(
        "date-of-archive", f"the page gives no date; {fetched}, when it was archived, stands in"
    )
