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
    """Score event records against GOLD.jsonl; without --system its texts are read first.

    A file of story groups scores happenings, plans and independent reports instead.
    """
    from legation import evaluate as evaluation
    from legation import groups

    if (found := groups.load(gold)) is not None:
        _tell_groups(groups.evaluate_groups(found, desks(found, voices)), as_json)
        return

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


def desks(
    groups: list[dict[str, Any]], voices: str = "both", reader: Any = None
) -> list[dict[str, Any]]:
    """What a desk of its own makes of each group, as groups.evaluate_groups wants it."""
    import tempfile

    import legation
    from legation.story import Story

    reader = reader or legation.Reader(voices=voices)
    systems = []
    names = ("text", "id", "published", "title", "outlet", "url")
    for group in groups:
        given: list[dict[str, Any]] = [
            {name: article.get(name) or "" for name in names} for article in group["articles"]
        ]
        with (
            tempfile.TemporaryDirectory() as folder,
            legation.open(f"{folder}/desk.db") as desk,
        ):
            desk.add_all(reader.read_all([Story(**values) for values in given]))
            systems.append(_system(desk))
    return systems


def _system(desk: Any) -> dict[str, Any]:
    def told(kept: Any) -> dict[str, Any]:
        acts = [{"start": s.start, "end": s.end, "part": s.part} for s in kept.event.evidence]
        return {"article": kept.given, "type": str(kept.event.type), "evidence": acts}

    return {
        "events": [{**told(kept), "happening": kept.happening} for kept in desk.events()],
        "independent": {kept.id: kept.happening.independent for kept in desk.happenings()},
        "plans": [
            {**told(kept.event), "outcome": kept.plan.outcome, "by": kept.by and kept.by.given}
            for kept in desk.plans(undated=True)
        ],
    }


def _tell_groups(scores: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(scores, indent=1))
        return
    told, plans, alone = scores["happenings"], scores["plans"], scores["independent"]
    click.echo(f"{scores['groups']} story groups")
    click.echo(
        f"happenings  B-cubed F1 {told['f1']:.3f}  P {told['p']:.3f}  R {told['r']:.3f}"
        f"  ({told['found']} of {told['mentions']} mentions read; of those {told['of_found']:.3f})"
    )
    click.echo(
        f"plans       {plans['right']:.3f} right  ({plans['read']} of {plans['plans']} read;"
        f" of those {plans['of_read']:.3f} right)"
    )
    click.echo(f"independent {alone['exact']:.3f} exact  ({alone['happenings']} happenings read)")
    for name, number in plans["outcomes"].items():
        click.echo(f"    {name}: {number}")
