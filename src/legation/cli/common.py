"""What every group of commands shares: options that are spelled the same, and how news is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from legation.store import Desk
    from legation.story import Story

CODES = (
    "Exit codes: 0 ok, 1 some input set aside, 2 wrong usage, 3 nothing could be read,"
    " 4 the desk, or a file to write, cannot be used (busy, full, away or of another version),"
    " 130 interrupted."
)
DAY = click.DateTime(["%Y-%m-%d"])
WORLD = click.option(
    "--world",
    "extra",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own facts of the world (TSV or TOML); may be repeated.",
)


class _Columns(click.ParamType[dict[str, str]]):
    """Which column holds what, as {"text": "body"}."""

    name = "mapping"

    def convert(self, value: Any, param: click.Parameter | None, context: Any) -> dict[str, str]:
        """The mapping that "text=body,published=date" says."""
        from legation.errors import InputError
        from legation.ingest.columns import mapping_of

        try:
            return value if isinstance(value, dict) else mapping_of(value)
        except InputError as error:
            self.fail(str(error).removeprefix("--map: "), param, context)


MAP = click.option(
    "--map",
    "columns",
    default="",
    type=_Columns(),
    metavar="FIELD=COLUMN,…",
    help="Which columns of a table hold what, e.g. text=body,published=date.",
)
STORE = click.option(
    "--store",
    envvar="LEGATION_STORE",
    default="",
    metavar="PATH|URL",
    help="The desk: file or postgresql:// [default: LEGATION_STORE, else in your data folder].",
)


def report(story: Story) -> bool:
    """Tell the problems of a story; True when it could not be read at all."""
    from legation.intake import UNREAD

    for problem in story.problems:
        say(f"{story.id + ': ' if story.id else ''}{problem.code}: {problem.message}")
    return bool(UNREAD & {problem.code for problem in story.problems})


def say(message: str) -> None:
    """News to the person at the terminal, never into the data."""
    click.echo(message, err=True)


def open_desk(store: str, create: bool = False) -> Desk:
    """The desk that was asked for, or the user's own; StoreError."""
    import legation

    return legation.open(place(store), create)


@contextmanager
def asked_desk(store: str) -> Iterator[Desk]:
    """The desk, for a question: what it does not understand of the question is wrong usage."""
    from legation.errors import InputError

    with open_desk(store) as desk:
        try:
            yield desk
        except InputError as error:
            raise click.UsageError(str(error)) from error


@contextmanager
def written(target: str) -> Iterator[IO[bytes]]:
    """A file to write, `-` for standard output; one that is there stays until the new is whole."""
    from legation.errors import StoreError

    if target == "-":
        yield sys.stdout.buffer
        return
    path = Path(target)
    plain = path.is_file() or not path.exists()
    part = path.with_name(f".{path.name}.part") if plain else path
    try:
        with part.open("wb") as out:
            yield out
        if plain:
            part.replace(path)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from error
    finally:
        if plain:
            part.unlink(missing_ok=True)


def place(store: str) -> str:
    """Where the desk is: as asked for, or in the user's data folder."""
    if store:
        return store
    from platformdirs import user_data_path

    return str(user_data_path("legation") / "desk.db")
