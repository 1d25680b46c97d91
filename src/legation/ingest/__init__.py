"""A location becomes stories: file, folder, address, feed, sitemap, archive, table or `-` (stdin).

What it is is recognised by its first bytes and its ending, wherever it stands and however it is
packed. What cannot be read at all raises InputError (FetchError for addresses); single bad records
are told to `aside` and left out. A new format is one more file here and one line in `_open` (what
is streamed) or `_document`.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BufferedReader, BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from legation.errors import InputError
from legation.story import Story

if TYPE_CHECKING:
    from legation.ingest.web import Fetcher, Page

LARGEST = 50_000_000  # bytes of one text or markup file; archives and tables are streamed, any size
HEAD = 65_536  # bytes by which a document is recognised
TABLES = frozenset([".csv", ".tsv"])
LINES = frozenset([".jsonl", ".ndjson"])
PAGES = frozenset([".html", ".htm", ".xhtml"])


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
        if location.lower().startswith(("http://", "https://")):
            yield from self._address(location)
        elif location == "-":
            yield from self._stream(sys.stdin.buffer, "-", "")
        elif "://" in location:
            raise InputError(f"{location}: only http:// and https:// addresses are fetched")
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
        """The stories of one file; of a large Parquet table without loading it."""
        if path.suffix.lower() == ".parquet":
            from legation.ingest import table

            yield from table.parquet_stories(path, path.name, self.mapping, self.aside)
            return
        with path.open("rb") as stream:
            yield from self._stream(stream, path.name, path.name)

    def _address(self, url: str) -> Iterator[Story]:
        """What stands at an address that the user named: a page, or anything else we know."""
        page = self.fetcher.fetch(url)
        yield from self._stream(BytesIO(page.raw), url, urlsplit(page.url).path, page)

    def _stream(
        self, source: IO[bytes], name: str, file: str, page: Page | None = None
    ) -> Iterator[Story]:
        """The stories of a document, archive or table.

        `file` tells by its ending what it may be, `page` as what it was fetched.
        """
        from legation.ingest import archive, packed

        head = source.read(HEAD)
        stream: BufferedReader[Any] = BufferedReader(packed.Piped(head, source), HEAD)
        try:
            if packed.opening(head).startswith(b"WARC/"):
                yield from archive.stories(stream, name, self.aside)
            elif head.startswith(packed.GZIP):
                inner = gzip.GzipFile(fileobj=stream)
                bare = PurePosixPath(file)
                yield from self._stream(inner, name, bare.stem, page)  # type: ignore[arg-type]
            elif head.startswith(packed.ZIP):
                whole = (
                    source if _on_disk(source) else BytesIO(packed.bounded(stream, LARGEST, name))
                )
                only, called = packed.only_file(whole, name)
                yield from self._stream(only, name, called, page)
            else:
                yield from self._open(stream, head, name, PurePosixPath(file).suffix.lower(), page)
        except packed.BROKEN as error:
            self.aside(f"{name}: breaks off: {error}")

    def _open(
        self, stream: BufferedReader[Any], head: bytes, name: str, ending: str, page: Page | None
    ) -> Iterator[Story]:
        """The stories of what is not packed: rows are streamed, documents taken whole."""
        from legation.ingest import feed, jsonl, links, packed, table, text

        if head.startswith(b"PAR1"):
            raw = packed.bounded(stream, LARGEST, name)
            yield from table.parquet_stories(raw, name, self.mapping, self.aside)
        elif ending == ".urls" or links.looks_like(
            head
        ):  # GDELT's end with .CSV, but have no header
            found = links.addresses(text.lines(stream, name, self.aside), name, self.aside)
            yield from links.stories(found, self.page, self.aside, self.known)
        elif ending in TABLES or table.looks_like(head, self.mapping):
            yield from table.csv_stories(stream, name, self.mapping, self.aside)
        elif ending in LINES or (jsonl.lines_like(head) and not feed.looks_like(head)):
            lines = packed.lines(stream, name, self.aside)
            yield from jsonl.stories(lines, name, self.aside, self.mapping)
        else:
            raw = packed.bounded(stream, LARGEST, name)
            yield from self._document(raw, name, ending, page)

    def _document(self, raw: bytes, name: str, ending: str, page: Page | None) -> Iterator[Story]:
        """The stories of a document whose bytes are all here."""
        from legation.ingest import feed, html, jsonl, newsml, sitemap, text

        head = raw[:5000].lstrip(b"\xef\xbb\xbf \t\r\n")
        own = name if name != "-" else ""
        if feed.looks_like(head):
            found = feed.parse(raw, name, page.url if page else "")
            yield from feed.stories(found, self.page, self.aside, self.known)
        elif sitemap.looks_like(head):
            yield from self._sitemap(raw, name)
        elif newsml.looks_like(head):
            for story in newsml.stories(raw, name, self.aside):
                yield story if story.id else replace(story, id=own)
        elif ending == ".json" or jsonl.looks_like(head):
            yield from jsonl.document(raw, name, self.aside, self.mapping)
        elif page:
            yield page_story(page, name)
        elif ending in PAGES or _markup(head):
            yield replace(html.story(raw, name), id=own)
        else:
            yield replace(text.story(raw, name), id=own)

    def _sitemap(self, raw: bytes, name: str) -> Iterator[Story]:
        from legation.ingest import sitemap

        pages = sitemap.entries(raw, name, lambda u: self.fetcher.follow(u).raw, self.aside)
        yield from sitemap.stories(pages, self.page, self.aside, self.known)

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


def _on_disk(stream: IO[bytes]) -> bool:
    """A file in which we may go back and forth, whatever its size."""
    return isinstance(stream, BufferedReader) and stream.seekable()


def _markup(head: bytes) -> bool:
    low = head[:500].lower()
    return low.startswith((b"<!doctype html", b"<html")) or (
        low.startswith(b"<") and b"<html" in head.lower()
    )


def _charset(kind: str) -> str:
    _, _, rest = kind.lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'")
