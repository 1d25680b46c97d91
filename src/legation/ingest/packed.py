"""Unpacks gzip and zip files without letting a small file become an endless one."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import IO

from legation.errors import InputError


def gunzipped(raw: bytes, largest: int, name: str) -> bytes:
    """The bytes of a gzip file; InputError when broken or when they are more than `largest`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
            return bounded(stream, largest, name)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: broken gzip data: {error}") from error


def unzipped(raw: bytes, largest: int, name: str) -> bytes:
    """The bytes of the only file in a zip; InputError when there is another number of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = [item for item in archive.infolist() if not item.is_dir()]
            if len(inside) != 1:
                raise InputError(
                    f"{name}: {len(inside)} files in this zip, expected one; unpack it"
                )
            with archive.open(inside[0]) as stream:
                return bounded(stream, largest, name)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError) as error:
        raise InputError(f"{name}: broken zip file: {error}") from error


def bounded(stream: IO[bytes] | gzip.GzipFile, largest: int, name: str) -> bytes:
    """All bytes of a stream; InputError when they are more than `largest`."""
    raw = stream.read(largest + 1)
    if len(raw) > largest:
        raise InputError(f"{name}: larger than {largest // 1_000_000} MB when unpacked")
    return raw
