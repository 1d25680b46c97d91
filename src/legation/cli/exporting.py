"""`legation export`: a desk's events, happenings, plans or stories as files for other programs."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import click

from legation.cli.asking import _EVENTS, filters
from legation.cli.common import CODES, STORE, asked_desk, say, written

ENDINGS = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"
}  # fmt: skip
WHAT = ("events", "happenings", "plans", "stories")


@click.command(epilog=CODES)
@click.argument("target", metavar="FILE|-")
@STORE
@click.option(
    "--what", type=click.Choice(WHAT), default="events", help="A row for each [default: events]."
)
@click.option(
    "--profile",
    type=click.Choice(["own", "plover", "icews", "gdelt", "acled"]),
    default="own",
    show_default=True,
    help="Columns of which data set (events only).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default=None,
    help="How to write the rows [default: by the ending of the file, else the profile's].",
)
@filters(*_EVENTS)
@click.option("--min-confidence", type=float, default=0.0, help="At least so sure, 0..1.")
@click.option("--no-copies", is_flag=True, help="Without events of copied stories.")
def export(
    target: str, store: str, what: str, profile: str, form: str | None, no_copies: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """Write what fits the filters to FILE (or - for standard output) and say what was lost.

    The format is that of the file's ending, else that of the profile.
    """
    from legation import exports, tables

    chosen = exports.PROFILES[profile]
    if what != "events" and profile != "own":
        raise click.UsageError(f"--profile {profile} is for events")
    ending = Path(target).suffix.lower()
    if not form and ending not in ("", *ENDINGS):
        raise click.UsageError(f"{target}: say --format, or end it with {', '.join(ENDINGS)}")
    kind = form or ENDINGS.get(ending, chosen.form)
    mark = "\t" if ending == ".tsv" else chosen.delimiter
    loss = exports.Loss()
    with asked_desk(store) as desk:
        if what == "events":
            table = chosen.table
            found = desk.events("recorded", copies=not no_copies, **asked)
            rows = exports.rows(chosen, found, loss)
            if kind != "jsonl":
                rows = (exports.flat(row, table) for row in rows)
        else:
            other = _others(desk, what, {**asked, **({"copies": False} if no_copies else {})})
            table, rows = other.table, other.rows()
        with written(target) as out:
            count = tables.write(rows, table, kind, out, chosen.header, mark)
    loss.rows = loss.rows or count
    for line in loss.report():
        say(line)


def _others(desk: Any, what: str, asked: dict[str, Any]) -> Any:
    """Happenings, plans or stories that fit; wrong usage when they have no such filter."""
    given = {name: value for name, value in asked.items() if value or value is False}
    if what == "stories":
        known = inspect.signature(desk.stories).parameters
        if wrong := [name for name in given if name not in known]:
            raise click.UsageError(f"stories have no {', '.join(wrong)} to filter by")
    return getattr(desk, what)(**given)
