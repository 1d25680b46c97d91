"""A folder becomes the stories of its files, in the order of their names, subfolders included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

READ = frozenset(
    [
        *(".txt", ".md", ".markdown", ".text", ".html", ".htm", ".xhtml", ".urls"),
        *(".xml", ".rss", ".atom", ".nitf", ".json", ".jsonl", ".ndjson"),
        *(".csv", ".tsv", ".parquet", ".warc", ".wet", ".gz", ".zip"),
    ]
)


def files(folder: Path, aside: Callable[[str], None]) -> Iterator[Path]:
    """The files that may hold news; others are counted and told to `aside` at the end."""
    others: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") for part in inside) or not path.is_file():
            continue
        if path.suffix.lower() in READ:
            yield path
        else:
            others[path.suffix.lower() or "no ending"] += 1
    if others:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        aside(f"{folder}: left alone, no format of ours: {kinds}")
