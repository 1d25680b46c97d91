"""A location becomes stories: file, folder, address, feed, sitemap, archive, table or `-` (stdin).

What it is is recognised by its ending and its first bytes. What cannot be read at all raises
InputError (FetchError for addresses); single bad records are told to `aside` and left out. A new
format is one more file here and one line in `_content` or `_file`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from legation.errors import InputError
from legation.story import Story

if TYPE_CHECKING:
    from legation.ingest.web import Fetcher

ARCHIVES = frozenset([".warc", ".wet"])
ROWS = frozenset([".jsonl", ".ndjson", ".csv", ".tsv"])
LARGEST = 50_000_000  # bytes of one text or markup file; archives and tables are streamed, any size


def stories(
    location: str,
    published: str = "",
    title: str = "",
    outlet: str = "",
    allow_private: bool = False,
    aside: Callable[[str], None] = lambda message: None,
    mapping: Mapping[str, str] | None = None,
    known: Callable[[str], bool] = lambda address: False,
    fetcher: Fetcher | None = None,
) -> Iterator[Story]:
    """The stories at a location; given `published`, `title`, `outlet` win over what is found.

    `aside` is told, as `where: reason`, of each record that was left out; `mapping` names the
    columns of tables (field -> column); links to addresses that are `known` are not followed;
    `fetcher` is the polite visitor to use, when several locations share one.
    """
    given: dict[str, Any] = {
        name: value
        for name, value in (("published", published), ("title", title), ("outlet", outlet))
        if value
    }
    door = _Door(allow_private, aside, mapping or {}, known, fetcher)
    for story in door.found(location):
        yield replace(story, **given) if given else story


@dataclass
class _Door:
    """What every format needs to know of one call, and the way from a location to its format."""

    allow_private: bool
    aside: Callable[[str], None]
    mapping: Mapping[str, str]
    known: Callable[[str], bool]
    visitor: Fetcher | None = field(default=None)

    @property
    def fetcher(self) -> Fetcher:
        """The polite visitor of this call, made at first use."""
        if self.visitor is None:
            from legation.ingest.web import Fetcher

            self.visitor = Fetcher(self.allow_private)
        return self.visitor

    def found(self, location: str) -> Iterator[Story]:
        """The stories of one location of any kind."""
        if location.startswith(("http://", "https://")):
            yield from self._address(location)
        elif location == "-":
            yield from self._content(sys.stdin.buffer.read(LARGEST + 1), "-", "")
        else:
            yield from self._path(Path(location), location)

    def _path(self, path: Path, location: str) -> Iterator[Story]:
        try:
            if not path.is_dir():
                yield from self._file(path)
                return
        except OSError as error:
            raise InputError(f"{location}: {error.strerror or error}") from error
        except ValueError as error:
            raise InputError(f"{location!r}: {error}") from error
        from legation.ingest import folder

        for inside in folder.files(path, self.aside):
            try:
                yield from self._named(inside, path)
            except (InputError, OSError) as error:
                self.aside(str(error))

    def _named(self, inside: Path, folder: Path) -> Iterator[Story]:
        """The stories of a file in a folder; one named after its file is named from the folder."""
        for story in self._file(inside):
            own = story.id == inside.name
            yield replace(story, id=inside.relative_to(folder).as_posix()) if own else story

    def _file(self, path: Path) -> Iterator[Story]:
        """The stories of one file; large kinds are streamed."""
        import gzip

        endings = [e.lower() for e in path.suffixes[-2:]]
        packed = endings[-1:] == [".gz"]
        kind = (endings[:-1] if packed else endings)[-1:] or [""]
        if kind[0] in ARCHIVES:
            from legation.ingest import archive

            with path.open("rb") as stream:
                yield from archive.stories(stream, path.name, self.aside)
        elif kind[0] in ROWS:
            try:
                with gzip.open(path) if packed else path.open("rb") as rows:
                    yield from self._rows(rows, path.name, kind[0])
            except (EOFError, gzip.BadGzipFile) as error:
                self.aside(f"{path.name}: the file breaks off: {error}")
        elif kind[0] == ".parquet":
            from legation.ingest import table

            yield from table.parquet_stories(path, self.mapping, self.aside)
        else:
            with path.open("rb") as stream:
                raw = stream.read(LARGEST + 1)
            yield from self._content(raw, path.name, path.suffix.lower())

    def _rows(self, rows: Any, name: str, kind: str) -> Iterator[Story]:
        from legation.ingest import jsonl, table

        if kind in (".csv", ".tsv"):
            yield from table.csv_stories(rows, name, self.mapping, self.aside)
        else:
            yield from jsonl.stories(rows, name, self.aside, self.mapping)

    def _content(self, raw: bytes, name: str, suffix: str) -> Iterator[Story]:
        """The stories of a document whose bytes are all here."""
        from legation.ingest import feed, html, jsonl, links, newsml, packed, sitemap, text

        if len(raw) > LARGEST:
            raise InputError(f"{name}: larger than {LARGEST // 1_000_000} MB")
        if raw.startswith(b"\x1f\x8b"):
            raw = packed.gunzipped(raw, LARGEST, name)
        elif raw.startswith(b"PK\x03\x04"):
            raw = packed.unzipped(raw, LARGEST, name)
        head = raw[:5000].lstrip(b"\xef\xbb\xbf \t\r\n")
        own = name if name != "-" else ""
        if feed.looks_like(head):
            yield from feed.stories(feed.parse(raw, name), self.page, self.aside, self.known)
        elif sitemap.looks_like(head):
            yield from self._sitemap(raw, name)
        elif newsml.looks_like(head):
            for story in newsml.stories(raw, name, self.aside):
                yield story if story.id else replace(story, id=own)
        elif suffix in (".html", ".htm", ".xhtml") or _markup(head):
            yield replace(html.story(raw, name), id=own)
        elif suffix == ".json" or (
            not suffix and head.startswith(b"{") and b'"text"' in raw[:100_000]
        ):
            yield from jsonl.document(raw, name, self.aside, self.mapping)
        elif suffix != ".md" and links.looks_like(head.decode("utf-8", "replace")):
            found = links.addresses(text.decode(raw, name), name, self.aside)
            yield from links.stories(found, self.page, self.aside, self.known)
        else:
            yield replace(text.story(raw, name), id=own)

    def _sitemap(self, raw: bytes, name: str) -> Iterator[Story]:
        from legation.ingest import sitemap

        pages = sitemap.entries(raw, name, lambda u: self.fetcher.follow(u).raw, self.aside)
        yield from sitemap.stories(pages, self.page, self.aside, self.known)

    def _address(self, url: str) -> Iterator[Story]:
        """The stories at an address that the user named: a page, a feed, a sitemap, a text."""
        from legation.ingest import feed, sitemap

        page = self.fetcher.fetch(url)
        name = PurePosixPath(urlsplit(page.url).path).name.lower()
        kind = PurePosixPath(name.removesuffix(".gz")).suffix
        if kind in ROWS or kind in ARCHIVES:
            yield from self._fetched(page.raw, url, kind, name.endswith(".gz"))
            return
        head = page.raw[:5000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if feed.looks_like(head):
            found = feed.parse(page.raw, url, page.url)
            yield from feed.stories(found, self.page, self.aside, self.known)
        elif sitemap.looks_like(head) or url.lower().endswith(".xml.gz"):
            yield from self._sitemap(page.raw, url)
        else:
            yield page_story(page, url)

    def _fetched(self, raw: bytes, url: str, kind: str, gzipped: bool) -> Iterator[Story]:
        """The stories of a small archive or table at an address; a large one is better a file."""
        from legation.ingest import archive, packed

        if kind in ARCHIVES:
            yield from archive.stories(BytesIO(raw), url, self.aside)
            return
        packed_rows = gzipped and raw.startswith(b"\x1f\x8b")
        rows = packed.gunzipped(raw, LARGEST, url) if packed_rows else raw
        yield from self._rows(BytesIO(rows), url, kind)

    def page(self, url: str) -> Story:
        """The story of a page found by a link; obeys robots.txt."""
        return page_story(self.fetcher.follow(url), url)


def page_story(page: Any, url: str) -> Story:
    """The story of a fetched page of text or HTML; InputError when it is something else."""
    from legation.ingest import html, text
    from legation.ingest.address import canonical

    kind = page.kind.partition(";")[0].strip().lower()
    if kind in ("text/plain", "text/markdown"):
        found = text.story(page.raw, url)
    elif kind and kind not in ("text/html", "application/xhtml+xml"):
        raise InputError(f"{url}: {kind} is no page or text")
    else:
        found = html.story(page.raw, url, charset=_charset(page.kind))
    address = canonical(found.url or page.url, page.url)
    return replace(found, id=address, url=address)


def _markup(head: bytes) -> bool:
    low = head[:500].lower()
    return low.startswith((b"<!doctype html", b"<html")) or (
        low.startswith(b"<") and b"<html" in head.lower()
    )


def _charset(kind: str) -> str:
    _, _, rest = kind.lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'")
