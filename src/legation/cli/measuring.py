"""`legation evaluate`: how good is the reading?"""

from __future__ import annotations

import json
from typing import Any

import click

from legation.cli.common import CODES


@click.command(epilog=CODES)
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


def _read_gold(articles: list[dict[str, Any]], voices: str) -> list[dict[str, Any]]:
    from legation import Reader, records
    from legation.story import Story

    names = ("text", "id", "published", "title", "outlet")
    kept: list[dict[str, Any]] = [{n: a.get(n) or "" for n in names} for a in articles]
    stories = (Story(**values) for values in kept)
    read_stories = Reader(voices=voices).read_all(stories)
    return [record for story in read_stories for record in records.event_records(story)]
