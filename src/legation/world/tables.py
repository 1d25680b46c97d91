"""Reading the tables of the world: strict about every cell, with file and line in each error."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from legation.errors import KnowledgeError

HEADERS = {
    "countries": "code name official aliases demonyms capital lat lon source",
    "nations": "name aliases country kind source",
    "cities": "name aliases country region lat lon geoname population capital source",
    "regions": "name aliases country code geoname source",
    "organisations": "entity name aliases kind country sector near since until source",
    "seats": "name aliases country sector source",
    "holders": "entity name aliases country body office sector since until source",
    "offices": "office name aliases sector source",
}
SECTORS = frozenset(
    "GOV MIL PTY LEG JUD OPP REB PRM PRE CVL JRN MED BUS EDU NGO IGO SPY COP CRM REL ELI UAF UNK"
    " LAB SOC AGR".split()
)
OFFICES = frozenset(
    "head-of-state head-of-government foreign-minister defence-minister interior-minister"
    " finance-minister vice-president deputy-head-of-government spiritual-leader crown-prince"
    " speaker spokesperson envoy ambassador-un army-chief spy-chief central-banker prosecutor"
    " security-adviser head leader deputy-leader commander opposition-leader regional-leader"
    " politician".split()
)
Row = dict[str, str]


def table_of(path: Path) -> str:
    """Which table a user's file is, by its header. Raises KnowledgeError when it is none."""
    with path.open(encoding="utf-8") as stream:
        header = stream.readline().rstrip("\r\n").replace("\t", " ")
    for table, columns in HEADERS.items():
        if header == columns:
            return table
    known = "; ".join(f"{table}: {columns}" for table, columns in HEADERS.items())
    message = f"the header is that of no world table. Known headers, tabs between words: {known}"
    raise KnowledgeError(message, str(path), 1)


def rows(table: str, path: Path) -> Iterator[tuple[int, Row]]:
    """Line number and cells of each row; blank lines and lines that start with # are skipped."""
    columns = HEADERS[table].split()
    with path.open(encoding="utf-8") as stream:
        header = stream.readline().rstrip("\r\n").split("\t")
        if header != columns:
            raise KnowledgeError(f"the header must be {' '.join(columns)}", str(path), 1)
        for number, line in enumerate(stream, 2):
            if line.isspace() or line.startswith("#"):
                continue
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != len(columns):
                message = f"{len(cells)} columns, the table has {len(columns)} (tabs between them)"
                raise KnowledgeError(message, str(path), number)
            yield number, dict(zip(columns, cells, strict=True))


def split(cell: str) -> list[str]:
    """The parts of a cell that "|" separates."""
    return [part for part in cell.split("|") if part]


def number(row: Row, field: str) -> float | None:
    """The number in a cell; None when it is empty. Raises ValueError."""
    try:
        return float(row[field]) if row[field] else None
    except ValueError:
        raise ValueError(f"{field} {row[field]!r} is no number") from None


def dates(row: Row) -> tuple[str, str]:
    """The days of `since` and `until`, "" for open. Raises ValueError when they are no days."""
    since, until = row["since"], row["until"]
    for field, value in (("since", since), ("until", until)):
        if value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            message = f"{field} {value!r} is no day; write YYYY-MM-DD, or nothing when open"
            raise ValueError(message)
        try:
            date.fromisoformat(value or "1990-01-01")
        except ValueError as error:
            raise ValueError(f"{field} {value!r}: {error}") from None
    if since and until and since > until:
        raise ValueError(f"since {since} is after until {until}")
    return since, until


def sector(cell: str) -> str:
    """A sector of the codebook. Raises ValueError."""
    if cell not in SECTORS:
        raise ValueError(f"sector {cell!r} is none of {' '.join(sorted(SECTORS))}")
    return cell


def office(cell: str, known: Collection[str] = OFFICES) -> str:
    """A key of an office. Raises ValueError."""
    if cell not in known:
        raise ValueError(f"office {cell!r} is none of {' '.join(sorted(known))}")
    return cell
