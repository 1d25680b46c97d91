"""Lists of addresses become stories: one address a line, or a GDELT event or mentions file.

GDELT (2.0 events have 61 tab-separated columns, 1.0 events 58, mentions 16, no header) names the
article behind each row; each article is read once, whatever number of rows it has there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from legation.errors import FetchError, InputError
from legation.ingest.address import canonical
from legation.story import Story

_WHERE = {61: 60, 58: 57, 57: 56, 16: 5}  # columns of a GDELT row -> the one with the address


def looks_like(head: str) -> bool:
    """Do the first lines show a list of addresses?"""
    lines = [line.strip() for line in head.splitlines()[:5] if line.strip()]
    return bool(lines) and all(
        line.count("	") + 1 in _WHERE
        or (line.startswith(("http://", "https://")) and " " not in line)
        for line in lines
    )


def addresses(text: str, name: str, aside: Callable[[str], None]) -> Iterator[str]:
    """Each address of the list once, in order; lines without one are told to `aside`."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        address = cells[_WHERE[len(cells)]] if len(cells) in _WHERE else line.strip()
        if not address.startswith(("http://", "https://")):
            aside(f"{name}:{number}: no web address in this line")
            continue
        address = canonical(address)
        if address not in seen:
            seen.add(address)
            yield address


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
