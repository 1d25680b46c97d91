"""The command line: the only reader of settings and environment. Data to stdout, news to stderr.

Exit codes: 0 all read; 1 some input set aside; 2 wrong usage; 3 nothing could be read.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import legation
from legation.errors import LegationError

if TYPE_CHECKING:
    from legation.story import Story

CODES = "Exit codes: 0 ok, 1 some input set aside, 2 wrong usage, 3 nothing could be read."
DAY = click.DateTime(["%Y-%m-%d"])
WORLD = click.option(
    "--world",
    "extra",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own table of the world (TSV); may be repeated.",
)


@click.group(epilog=CODES)
@click.version_option(legation.__version__, prog_name="legation")
def legation_command() -> None:
    """Read the news: who did what to whom, when, where, on whose word, and whether it happened."""


@legation_command.command(epilog=CODES)
@click.argument("location", metavar="FILE|URL|-")
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
@WORLD
def read(
    location: str,
    published: Any,
    title: str,
    outlet: str,
    form: str,
    explain: bool,
    allow_private: bool,
    extra: tuple[Path, ...],
) -> None:
    """Read a text, Markdown, HTML or JSONL file, a web page, or standard input."""
    from legation import Reader, ingest, show

    aside: list[str] = []

    def set_aside(message: str) -> None:
        aside.append(message)
        _say(message)

    day = published.date().isoformat() if published else ""
    found = ingest.stories(location, day, title, outlet, allow_private, set_aside)
    if form == "csv":
        click.echo(show.csv_header(), nl=False)
    count = unread = 0
    for story in Reader(world=extra).read_all(found):
        count += 1
        lost = _report(story)
        unread += lost
        if not lost or form in ("json", "jsonl"):
            _write(story, form, explain)
    if aside:
        _say(f"{len(aside)} line{'s' if len(aside) > 1 else ''} set aside")
    sys.exit(3 if count == unread else 1 if aside or unread else 0)


@legation_command.command(epilog=CODES)
@click.argument("sentence")
@click.option("--published", type=DAY, help="Day of publication, YYYY-MM-DD.")
@WORLD
def why(sentence: str, published: Any, extra: tuple[Path, ...]) -> None:
    """Say which rules passed or failed for a sentence, coded or not."""
    from legation import Reader, questions

    reader = Reader(world=extra)
    day = published.date().isoformat() if published else ""
    story = reader.read(sentence, published=day)
    _report(story)
    for item in questions.explain(story, reader.words, reader.world):
        click.echo(f"{item.text}: {item.verdict} - {item.reason}")
        for detail in item.details:
            click.echo(f"    {detail}")
    if not story.sentences:
        sys.exit(3)


@legation_command.command(epilog=CODES)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False))
@click.option("--system", type=click.Path(exists=True, dir_okay=False), help="Event records.")
@click.option("--details", type=click.IntRange(0), default=0, help="Show N missed and N spurious.")
@click.option("--json", "as_json", is_flag=True, help="Write the scores as JSON.")
@click.option(
    "--voices",
    type=click.Choice(["rules", "model", "both"]),
    default="both",
    show_default=True,
    help="Who is heard on what was done.",
)
def evaluate(gold: str, system: str | None, details: int, as_json: bool, voices: str) -> None:
    """Score event records against GOLD.jsonl; without --system its texts are read first."""
    from legation import evaluate as evaluation

    articles = evaluation.gold(gold)
    records = evaluation.system(system) if system else _read_gold(articles, voices)
    result = evaluation.evaluate(articles, records)
    if as_json:
        click.echo(json.dumps(result.scores, indent=1))
        return
    click.echo(f"{result.scores['articles']} articles")
    for name, row in result.scores["levels"].items():
        low, high = result.scores.get("intervals", {}).get(name, (0.0, 0.0))
        click.echo(
            f"{name:6} F1 {row['f1']:.3f} [{low:.3f}-{high:.3f}]"
            f"  P {row['p']:.3f}  R {row['r']:.3f}  "
            f"({row['hits']} of {row['system']} written, {row['gold']} gold)"
        )
    fields = result.scores["fields"].items()
    click.echo("of the acts found: " + "  ".join(f"{name} {value:.3f}" for name, value in fields))
    for title, rows in (("missed", result.missed), ("spurious", result.spurious)):
        for article, event in rows[:details]:
            what = event.get("trigger") or event.get("evidence")
            click.echo(f"{title} {article} {event.get('type')} {event.get('status')} {what!r}")


@legation_command.command(epilog=CODES)
def doctor() -> None:
    """Check versions, the model file, and that a sentence can be read."""
    import hashlib
    import importlib.metadata as installed
    import platform

    click.echo(f"legation {legation.__version__}, Python {platform.python_version()}")
    for name in ("onnxruntime", "numpy", "tokenizers", "trafilatura", "pycld2"):
        click.echo(f"{name} {installed.version(name)}")
    model = Path(legation.__file__).parent / "parse" / "model" / "model.onnx"
    if not model.exists():
        raise LegationError(f"no model file at {model}")
    click.echo(f"model sha256 {hashlib.sha256(model.read_bytes()).hexdigest()}")
    story = legation.Reader().read(
        "France condemned the attack on Mali on Monday.", published="2020-01-08"
    )
    click.echo(f"self test: {len(story.events)} event(s) from one sentence")
    if not story.events:
        raise LegationError("self test failed: no event read")


def _read_gold(articles: list[dict[str, Any]], voices: str) -> list[dict[str, Any]]:
    from legation import Reader, records
    from legation.story import Story

    names = ("text", "id", "published", "title", "outlet")
    kept: list[dict[str, Any]] = [{n: a.get(n) or "" for n in names} for a in articles]
    stories = (Story(**values) for values in kept)
    read_stories = Reader(voices=voices).read_all(stories)
    return [record for story in read_stories for record in records.event_records(story)]


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


def _report(story: Story) -> bool:
    """Tell the problems of a story; True when it could not be read at all."""
    for problem in story.problems:
        _say(f"{story.id + ': ' if story.id else ''}{problem.code}: {problem.message}")
    return bool({"empty", "language", "crash"} & {problem.code for problem in story.problems})


def _say(message: str) -> None:
    click.echo(message, err=True)


def main() -> None:
    """Run the command line; user errors end in one line and code 3, never in a traceback."""
    try:
        legation_command.main(prog_name="legation")
    except LegationError as error:
        _say(f"legation: {error}")
        sys.exit(3)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
