"""Lists of addresses become stories: one address a line, or a GDELT event or mentions file.

GDELT (2.0 events have 61 tab-separated columns, 1.0 events 58, mentions 16, no header) names the
article behind each row; each article is read once, whatever number of rows it has there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from legation.errors import FetchError, InputError
from legation.ingest.address import canonical
from legation.story import Story

_WHERE = {61: 60, 58: 57, 57: 56, 16: 5}  # columns of a GDELT row -> the one with the address


def looks_like(head: bytes) -> bool:
    """Do the first lines show a list of addresses?"""
    shown = head.decode("utf-8-sig", "replace").split("\n")
    lines = list(islice((line for line in shown if _told(line)), 5))
    return (
        bool(lines)
        and _is_address(_cell(lines[0]))
        and all("\t" in line or _is_address(line.strip()) for line in lines)
    )


def addresses(
    lines: Iterable[tuple[int, str]], name: str, aside: Callable[[str], None]
) -> Iterator[str]:
    """Each address of the list once, in order; lines without one are told to `aside`."""
    seen: set[str] = set()
    for number, line in lines:
        if not _told(line):
            continue
        address = _cell(line)
        if not _is_address(address):
            aside(f"{name}:{number}: no web address in this line")
            continue
        address = canonical(address)
        if address not in seen:
            seen.add(address)
            yield address


def _told(line: str) -> bool:
    """A line that is neither blank nor a comment."""
    return bool(line.strip()) and not line.startswith("#")


def _cell(line: str) -> str:
    """The address of a GDELT row, or the whole line."""
    cells = line.rstrip("\r\n").split("\t")
    return cells[_WHERE[len(cells)]] if len(cells) in _WHERE else line.strip()


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and " " not in text


def stories(
    found: Iterator[str],
    read: Callable[[str], Story],
    aside: Callable[[str], None],
    known: Callable[[str], bool] = lambda address: False,
) -> Iterator[Story]:
    """The stories of the pages at the addresses."""
    for address in found:
        if known(address):
            continue
        try:
            yield read(address)
        except (FetchError, InputError) as error:
            aside(str(error))
