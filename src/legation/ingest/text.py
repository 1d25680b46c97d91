"""Plain text and Markdown become a story; bytes in any usual encoding become text."""

from __future__ import annotations

import codecs

from legation.errors import InputError
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
    text = _marked(raw, name)
    if text is None:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = _guessed(raw, name)
    if _binary(text):
        raise InputError(f"{name}: binary data, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def story(raw: bytes, name: str) -> Story:
    """One story from a text file; an opening Markdown heading becomes its title."""
    text = decode(raw, name)
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("# ") and rest.strip():
        return Story(text=rest.strip("\n"), title=first[2:].strip())
    return Story(text=text)


def _marked(raw: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(f"{name}: broken {encoding} text: {error.reason}") from error
    return None


def _guessed(raw: bytes, name: str) -> str:
    if _binary(raw[:_SNIFF].decode("latin-1")):
        raise InputError(f"{name}: binary data, not text")
    from charset_normalizer import from_bytes

    head = raw[:_SNIFF]
    if not any(0x80 <= byte < 0xA0 and byte not in _CP1252 for byte in head):
        share = sum(byte >= 0x80 for byte in head) / max(len(head), 1)
        if share < 0.02:  # English with a few curly quotes: what old newsroom systems write
            return raw.decode("cp1252", errors="replace")
    best = from_bytes(head).best()
    if best is None:
        raise InputError(f"{name}: neither UTF-8 nor any known encoding")
    return raw.decode(best.encoding, errors="replace")


_CP1252 = frozenset(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _binary(text: str) -> bool:
    """More than one character in fifty of the beginning is a control character no text has."""
    head = text[:_SNIFF]
    odd = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in head)
    return odd > max(len(head) // 50, 8)
