"""`legation read` and `legation why`: one text, its events, and the reasons for them."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from legation.cli.common import CODES, DAY, MAP, WORLD, report, say

if TYPE_CHECKING:
    from legation.story import Story


@click.command(epilog=CODES)
@click.argument("location", metavar="LOCATION")
@click.option("--published", type=DAY, help="Day of publication, YYYY-MM-DD.")
@click.option("--title", default="", help="Headline.")
@click.option("--outlet", default="", help="Who published it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv", "annotated"]),
    default="table",
    help="What to write.",
)
@click.option("--explain", is_flag=True, help="Say why each field is what it is (table).")
@click.option("--allow-private", is_flag=True, help="Also fetch private network addresses.")
@click.option(
    "--learned",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write the people learned to FILE, the bodies beside it; for --world.",
)
@MAP
@WORLD
def read(
    location: str,
    published: Any,
    title: str,
    outlet: str,
    form: str,
    explain: bool,
    allow_private: bool,
    learned: Path | None,
    columns: dict[str, str],
    extra: tuple[Path, ...],
) -> None:
    """Read a file, folder, web page, feed, archive, table or standard input."""
    from legation import Reader, ingest, show

    aside: list[str] = []

    def set_aside(message: str) -> None:
        aside.append(message)
        say(message)

    day = published.date().isoformat() if published else ""
    found = ingest.stories(location, day, title, outlet, allow_private, set_aside, columns)
    if form == "csv":
        click.echo(show.csv_header(), nl=False)
    count = unread = 0
    lessons: list[Story] = []
    for story in Reader(world=extra).read_all(found):
        count += 1
        lost = report(story)
        unread += lost
        if learned and story.learned:
            lessons.append(replace(story, text="", sentences=(), events=()))
        if not lost or form in ("json", "jsonl"):
            _write(story, form, explain)
    if learned:
        _teach(learned, lessons)
    if aside:
        say(f"{len(aside)} record{'s' if len(aside) > 1 else ''} set aside")
    sys.exit(3 if count == unread else 1 if aside or unread else 0)


@click.command(epilog=CODES)
@click.argument("sentence")
@click.option("--published", type=DAY, help="Day of publication, YYYY-MM-DD.")
@WORLD
def why(sentence: str, published: Any, extra: tuple[Path, ...]) -> None:
    """Say which rules passed or failed for a sentence, coded or not."""
    from legation import Reader, questions

    reader = Reader(world=extra)
    day = published.date().isoformat() if published else ""
    story = reader.read(sentence, published=day)
    report(story)
    for item in questions.explain(story, reader.words, reader.world):
        click.echo(f"{item.text}: {item.verdict} - {item.reason}")
        for detail in item.details:
            click.echo(f"    {detail}")
    if not story.sentences:
        sys.exit(3)


def _teach(path: Path, stories: list[Story]) -> None:
    """Write what was learned as two tables of the world: people to `path`, bodies beside it."""
    from legation.questions.who import as_tables

    people, bodies = as_tables(stories)
    beside = path.with_name(f"{path.stem}-bodies{path.suffix}")
    path.write_text(people, encoding="utf-8")
    beside.write_text(bodies, encoding="utf-8")
    count = people.count("\n") + bodies.count("\n") - 2
    say(f"{count} learned: {path} and {beside}; correct them and give them to --world")


def _write(story: Story, form: str, explain: bool) -> None:
    from legation import records, show

    if form == "json":
        click.echo(json.dumps(records.story_to_json(story), ensure_ascii=False, indent=1))
    elif form == "jsonl":
        for record in records.event_records(story):
            click.echo(json.dumps(record, ensure_ascii=False))
    elif form == "csv":
        click.echo(show.csv_rows(story), nl=False)
    else:
        from rich.console import Console

        console = Console(highlight=False)
        colour = console.is_terminal and "NO_COLOR" not in os.environ
        text = show.annotated(story, colour) if form == "annotated" else None
        console.print(text or show.events_text(story, explain), soft_wrap=not console.is_terminal)
