"""`legation add`, `migrate`, `reread`, `backup`: what goes into a desk and keeps it well."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from legation.cli.common import CODES, DAY, MAP, STORE, WORLD, open_desk, place, say

if TYPE_CHECKING:
    from legation.intake import Tally

PROCESSES = click.option(
    "--processes",
    type=click.IntRange(0),
    default=0,
    help="Reading processes [default: one a core].",
)


@click.command(epilog=CODES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCES…")
@STORE
@PROCESSES
@click.option("--published", type=DAY, help="Day of publication of all that has none, YYYY-MM-DD.")
@click.option("--outlet", default="", help="Who published it.")
@MAP
@click.option("--allow-private", is_flag=True, help="Also fetch private network addresses.")
@click.option("--quiet", is_flag=True, help="No progress, only the summary.")
@WORLD
def add(
    sources: tuple[str, ...],
    store: str,
    processes: int,
    published: Any,
    outlet: str,
    columns: dict[str, str],
    allow_private: bool,
    quiet: bool,
    extra: tuple[Path, ...],
) -> None:
    """Read files, folders, pages, feeds, archives or tables into a desk.

    What the desk has is left out unread, so a run that was ended goes on where it was.
    """
    from legation import intake

    found: dict[str, Any] = {
        "outlet": outlet,
        "allow_private": allow_private,
        "mapping": columns,
        "published": published.date().isoformat() if published else "",
    }
    options = intake.Options(processes, extra)
    with open_desk(store, create=True) as desk:
        say(f"desk {desk.url}")
        try:
            with _Progress(quiet) as progress:
                tally = intake.add(desk, sources, options, progress.tell, **found)
        except KeyboardInterrupt:
            say("interrupted; what was added is kept, the same command goes on from here")
            sys.exit(130)
    say(_summary(tally, desk.url))
    if not tally.seen and not tally.known:
        if not tally.aside:
            say(f"no story in {', '.join(sources)}")
        sys.exit(3)
    sys.exit(1 if tally.aside or tally.unread else 0)


@click.command(epilog=CODES)
@STORE
@click.option("--no-backup", is_flag=True, help="Don't copy an SQLite desk first.")
def migrate(store: str, no_backup: bool) -> None:
    """Bring a desk of an older Legation up to date; an SQLite file is backed up first."""
    from legation import store as stores
    from legation.store.migrate import migrate as bring_up_to_date

    base = stores.database(place(store), create=False)
    try:
        done, kept = bring_up_to_date(base, backup=not no_backup)
    finally:
        base.close()
    if kept:
        say(f"backup {kept}")
    say(f"applied {', '.join(done)}" if done else "nothing to do: the desk is up to date")


@click.command(epilog=CODES)
@STORE
@PROCESSES
@click.option("--all", "everything", is_flag=True, help="Also stories that this version has read.")
@WORLD
def reread(store: str, processes: int, everything: bool, extra: tuple[Path, ...]) -> None:
    """Read old stories again with this version and say what changed.

    Earlier versions of events are kept (--as-of shows them); what a person reviewed stays.
    """
    from legation import intake
    from legation.pipeline import Reader

    options = intake.Options(processes, extra)
    tally: Counter[str] = Counter()
    with open_desk(store) as desk:
        stale = desk.stale(Reader(world=extra).version, everything)
        for batch in _batches(stale):
            read = intake.read([[kept.story for kept in part] for part in _parts(batch)], options)
            stories = [story for part in read for story in part]
            tally += desk.reread(list(zip(batch, stories, strict=True)))
            say(f"{tally['stories']} stories")
    for name, count in sorted(tally.items()):
        click.echo(f"{name}: {count}")


@click.command(epilog=CODES)
@click.argument("target", type=click.Path(path_type=Path))
@STORE
def backup(target: Path, store: str) -> None:
    """Copy an SQLite desk to TARGET while it is in use."""
    if target.exists():
        raise click.UsageError(f"{target} is there already; choose another name")
    with open_desk(store) as desk:
        desk.backup(str(target))
    say(f"{target}: {target.stat().st_size:,} bytes")


class _Progress:
    """Stories and rate on standard error, when it is a terminal."""

    def __init__(self, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        off = quiet or not console.is_terminal
        words = TextColumn("{task.description}")
        columns = (SpinnerColumn(), words, TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=off)
        self._task = self._bar.add_task("starting")

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, tally: Tally) -> None:
        """How far it is."""
        rate = tally.added / tally.seconds if tally.seconds else 0.0
        words = f"{tally.added:,} added, {tally.events:,} events, {rate:.1f} stories/s"
        self._bar.update(self._task, description=words)


def _summary(tally: Tally, desk: str) -> str:
    rate = tally.added / tally.seconds if tally.seconds else 0.0
    lines = [
        f"{tally.added:,} stories added with {tally.events:,} events in {tally.seconds:.1f} s"
        f" ({rate:.1f}/s); {tally.known:,} were there already; {tally.aside:,}"
        f" record{'' if tally.aside == 1 else 's'} set aside"
    ]
    lines += [f"    {code}: {count:,}" for code, count in tally.problems.most_common()]
    lines += [f"    set aside: {reason}" for reason in tally.reasons]
    if tally.aside or tally.problems:
        asked = ("problems", *(["--aside"] if tally.aside else []), "--since", tally.since)
        lines.append(f"    all of them: {shlex.join(('legation', *asked, '--store', desk))}")
    return "\n".join(lines)


def _batches(kept: Iterable[Any]) -> Iterable[list[Any]]:
    supply = iter(kept)
    while batch := list(islice(supply, 96)):
        yield batch


def _parts(batch: list[Any]) -> list[list[Any]]:
    return [batch[at : at + 24] for at in range(0, len(batch), 24)]
