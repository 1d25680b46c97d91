"""Large, packed and piped input, without letting a small file become an endless one."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, AnyStr

from legation.errors import InputError

LONGEST = 10_000_000  # bytes (or characters) of one line of a table
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"  # how packed files begin
BROKEN = (gzip.BadGzipFile, zipfile.BadZipFile, EOFError, zlib.error)  # what cut-off files raise


def gunzipped(raw: bytes, largest: int, name: str) -> bytes:
    """The bytes of a gzip file; InputError when broken or when they are more than `largest`."""
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
        return bounded(stream, largest, name)


def opening(head: bytes) -> bytes:
    """The first bytes of a document, unpacked if they are those of a gzip file."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


def only_file(stream: IO[bytes], name: str) -> tuple[IO[bytes], str]:
    """The only file in a zip, unpacked as it is read, and its name; InputError otherwise."""
    try:
        archive = zipfile.ZipFile(stream)
        files = [item for item in archive.infolist() if not item.is_dir()]
        if len(files) != 1:
            raise InputError(f"{name}: {len(files)} files in this zip, expected one; unpack it")
        return archive.open(files[0]), files[0].filename
    except (*BROKEN, OSError, RuntimeError, NotImplementedError) as error:
        raise InputError(f"{name}: not a zip file that can be read: {error}") from error


def bounded(stream: IO[bytes] | gzip.GzipFile, largest: int, name: str) -> bytes:
    """All bytes of a stream; InputError when broken or when they are more than `largest`."""
    try:
        raw = stream.read(largest + 1)
    except (*BROKEN, OSError) as error:
        raise InputError(f"{name}: cannot be read to its end: {error}") from error
    if len(raw) > largest:
        raise InputError(f"{name}: larger than {largest // 1_000_000} MB")
    return raw


def lines(
    stream: IO[AnyStr], name: str, aside: Callable[[str], None]
) -> Iterator[tuple[int, AnyStr]]:
    """The numbered lines of a stream; one longer than `LONGEST` is told to `aside`, never held."""
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        if len(line) < LONGEST:
            yield number, line
            continue
        while len(line) == LONGEST:
            line = stream.readline(LONGEST)
        aside(f"{name}:{number}: a line of more than {LONGEST // 1_000_000} MB")


class Piped(io.RawIOBase):
    """A stream that cannot go back, such as a pipe, from which some bytes were read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        """`head` is given out again before `rest`."""
        self._head, self._rest, self._at = io.BytesIO(head), rest, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes; 0 at the end."""
        found = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def tell(self) -> int:
        """How many bytes were given out."""
        return self._at
