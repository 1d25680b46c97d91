"""`legation export`: a desk's events, happenings, plans or stories as files for other programs."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from legation.cli.asking import _EVENTS, filters
from legation.cli.common import CODES, STORE, open_desk, say

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
    kind = form or ENDINGS.get(Path(target).suffix.lower(), chosen.form)
    loss = exports.Loss()
    with open_desk(store) as desk, ExitStack() as stack:
        out = sys.stdout.buffer
        if target != "-":
            out = stack.enter_context(Path(target).open("wb"))
        if what == "events":
            result = desk.events("recorded", copies=not no_copies, **asked)
            table = chosen.table
            rows = exports.rows(chosen, result, loss)
            if kind != "jsonl":
                rows = (exports.flat(row, table) for row in rows)
            tables.write(rows, table, kind, out, chosen.header, chosen.delimiter)
        else:
            if profile != "own":
                raise click.UsageError(f"--profile {profile} is for events")
            given = {name: value for name, value in asked.items() if value}
            other: Any = getattr(desk, what)(**given)
            loss.rows = tables.write(other.rows(), other.table, kind, out)
    for line in loss.report():
        say(line)
