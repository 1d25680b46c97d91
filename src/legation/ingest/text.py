"""Plain text and Markdown become a story; bytes in any usual encoding become text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from typing import Any

from legation.errors import InputError
from legation.ingest import packed
from legation.story import Story

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFF = 65_536  # bytes that are looked at when the encoding is guessed


def decode(raw: bytes, name: str) -> str:
    """Text of the bytes: by byte-order mark, as UTF-8, else by guessing; InputError on binary."""
    code = _marked(raw)
    try:
        text = raw.decode(code or "utf-8")
    except UnicodeDecodeError as error:
        if code:
            raise InputError(f"{name}: broken {code} text: {error.reason}") from error
        text = raw.decode(_guessed(raw, name), errors="replace")
    if _binary(text):
        raise InputError(f"{name}: binary data, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding(head: bytes, name: str) -> str:
    """The encoding that the first bytes of a long text show; InputError on binary data."""
    code = _marked(head)
    if code:
        return code
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # may end in the middle of a letter
    except UnicodeDecodeError:
        return _guessed(head, name)
    return "utf-8"


def lines(
    stream: io.BufferedReader[Any], name: str, aside: Callable[[str], None]
) -> Iterator[tuple[int, str]]:
    """The numbered lines of a long text, their ends kept; never more than one in memory."""
    code = encoding(stream.peek(_SNIFF), name)
    yield from packed.lines(
        io.TextIOWrapper(stream, code, errors="legation-stray", newline=""), name, aside
    )


def story(raw: bytes, name: str) -> Story:
    """One story from a text file; an opening Markdown heading becomes its title."""
    text = decode(raw, name)
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("# ") and rest.strip():
        return Story(text=rest.strip("\n"), title=first[2:].strip())
    return Story(text=text)


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Single bytes in a text of another encoding are mostly of Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("legation-stray", _stray)


def _marked(raw: bytes) -> str:
    """The encoding that a byte-order mark names, "" without one."""
    return next((code for mark, code in _MARKS if raw.startswith(mark)), "")


def _guessed(raw: bytes, name: str) -> str:
    head = raw[:_SNIFF]
    if _binary(head.decode("latin-1")):
        raise InputError(f"{name}: binary data, not text")
    from charset_normalizer import from_bytes

    if not any(0x80 <= byte < 0xA0 and byte not in _CP1252 for byte in head):
        share = sum(byte >= 0x80 for byte in head) / max(len(head), 1)
        if share < 0.02:  # English with a few curly quotes: what old newsroom systems write
            return "cp1252"
    best = from_bytes(head).best()
    if best is None:
        raise InputError(f"{name}: neither UTF-8 nor any known encoding")
    return best.encoding


_CP1252 = frozenset(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _binary(text: str) -> bool:
    """More than one character in fifty of the beginning is a control character no text has."""
    head = text[:_SNIFF]
    odd = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in head)
    return odd > max(len(head) // 50, 8)
