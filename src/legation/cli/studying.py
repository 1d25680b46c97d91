"""`legation relations`, `network`, `calendar`, `chart`, `alerts`: a desk counted and drawn."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from legation.cli.common import CODES, STORE, asked_desk, open_desk, say

if TYPE_CHECKING:
    import polars as pl

    from legation.store import Desk

F = TypeVar("F", bound=Callable[..., Any])
_FILTERS = (
    ("--actor", "Who acts: CHN, CHN/MIL or a name; several with commas."),
    ("--recipient", "Towards whom, as --actor."),
    ("--type", "PLOVER types."),
    ("--status", "happened, planned, possible, negated."),
    ("--since", "From this day on, YYYY-MM-DD."),
    ("--until", "Up to this day."),
    ("--as-of", "What was known at the end of that day."),
)
BY = click.option(
    "--by", type=click.Choice(["day", "week", "month", "year"]), default="week", show_default=True,
    help="Length of a period.",
)  # fmt: skip
LISTS = click.option(
    "--group", "lists", multiple=True, metavar="NAME=CODES",
    help='A list of your own, e.g. front="POL LTU LVA"; may be repeated.',
)  # fmt: skip


def filters(function: F) -> F:
    """The options of `_FILTERS`."""
    for name, words in reversed(_FILTERS):
        function = click.option(name, default="", help=words)(function)
    return function


def form(*kinds: str) -> Callable[[F], F]:
    """`--format`."""
    choice = click.Choice(kinds)
    return click.option("--format", "form", type=choice, default="table", help="What to write.")


@click.command(epilog=CODES)
@click.argument("pair", required=False, default="")
@STORE
@BY
@filters
@LISTS
@form("table", "jsonl", "csv")
def relations(
    pair: str, store: str, by: str, lists: tuple[str, ...], form: str, **asked: str
) -> None:
    """How two sides stand over time; without PAIR, all pairs, busiest first.

    PAIR is CHN-KOR, or EU-HUN:USA where a side is a group, a sum or a difference.
    """
    from legation.study import networks, relation
    from legation.study.acts import acts
    from legation.study.turning import turning_points

    since, until = asked["since"], _end(asked)
    with asked_desk(store) as desk:
        if not pair:
            _tell(networks.pairs(acts(desk, **_said(asked))), form)
            return
        wanted = _said({**asked, "since": ""})  # earlier acts count in the level
        found = acts(desk, pair, groups=_lists(lists), **wanted)
        weeks = relation.series(found, by, since, until, desk.coverage(by, since, until))
        if form == "table":
            _tell_state(relation.state(found, until))
            for turn in turning_points(found).iter_rows(named=True):
                if turn["day"] >= since:
                    click.echo(
                        f"turn {turn['direction']} between {turn['before_day']} and {turn['day']}:"
                        f" {turn['before']:+.1f} to {turn['after']:+.1f}"
                    )
        _tell(weeks, form)


@click.command(epilog=CODES)
@STORE
@filters
@click.option("--least", type=click.IntRange(1), default=1, help="Acts that a tie needs.")
@click.option("--edges", is_flag=True, help="The ties instead of the parties.")
@form("table", "jsonl", "csv")
def network(store: str, least: int, edges: bool, form: str, **asked: str) -> None:
    """Who deals with whom: parties with centrality and community, or their ties."""
    from legation.study import networks
    from legation.study.acts import acts

    with asked_desk(store) as desk:
        nodes, ties = networks.network(acts(desk, **_said(asked)), least)
        _tell(ties if edges else nodes, form)


@click.command(epilog=CODES)
@STORE
@filters
@click.option("--outcome", default="", help="kept, cancelled, contradicted, lapsed, open.")
@click.option("--undated", is_flag=True, help="Also plans for which no day was told.")
@form("table", "json", "jsonl", "csv", "ics", "rss")
def calendar(
    store: str, outcome: str, undated: bool, form: str, since: str, until: str, **asked: str
) -> None:
    """What is planned from --since to --until, by whom, on whose word, kept or not."""
    from legation.study import calendar as plans

    with asked_desk(store) as desk:
        wanted = _said({**asked, "outcome": outcome})
        rows = plans.entries(desk, since, until, undated=undated, **wanted)
    if form in ("ics", "rss"):
        text = plans.ics(rows) if form == "ics" else plans.rss(rows)
        sys.stdout.buffer.write(text.encode("utf-8"))
    elif form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "table":
        for row in rows:
            span = row["day"] or "no day"
            if row["last_day"] and row["last_day"] != row["day"]:
                span += f"..{row['last_day']}"
            said = f" (says {', '.join(row['sources'])})" if row["sources"] else ""
            click.echo(f"{span:22} {plans.title(row)}{said}")
            click.echo(f"    {row['words']}")
        say(f"{len(rows):,} plans")
    else:
        import polars as pl

        _tell(pl.DataFrame(rows, infer_schema_length=None), form)


@click.command(epilog=CODES)
@click.argument(
    "kind",
    type=click.Choice(
        ["timeline", "matrix", "network", "map", "relations", "calendar", "ridgeline", "agreement"]
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@STORE
@click.option("--pair", default="", help="Two sides: CHN-KOR or EU-HUN:USA.")
@click.option("--party", default="", help="One side with anybody.")
@BY
@filters
@LISTS
@click.option("--title", default="", help="Headline of the chart.")
@click.option("--dark", is_flag=True, help="For a dark ground.")
def chart(
    kind: str, file: Path, store: str, pair: str, party: str, by: str, lists: tuple[str, ...],
    title: str, dark: bool, **asked: str,
) -> None:  # fmt: skip
    """Draw a chart into FILE (.svg, .png, .pdf, .html, or .json: the Vega-Lite itself)."""
    from legation.study import charts
    from legation.study.acts import acts

    if kind == "timeline" and not pair:
        raise click.UsageError("a timeline needs --pair")
    with asked_desk(store) as desk:
        wanted = _said({**asked, "since": "" if kind == "timeline" else asked["since"]})
        found = acts(desk, pair, party, groups=_lists(lists), **wanted)
        name = title or _title(kind, pair or party)
        spec = _drawn(desk, kind, found, by, asked, name, dark)
    charts.written(spec, file, name)
    say(f"{file}: {kind} of {found.height:,} acts")


@click.command(epilog=CODES)
@click.argument("desk_file", metavar="DESK.toml", type=click.Path(path_type=Path))
@STORE
@click.option(
    "--until",
    default="",
    help="Check as of this day [default: today; for --replay not after the newest story].",
)
@click.option("--replay", is_flag=True, help="Send nothing: how often in the last year, on what?")
@click.option(
    "--smtp",
    envvar="LEGATION_SMTP",
    default="",
    metavar="URL",
    help="Mail server, smtp://user:password@host:587?from=you@example.org [LEGATION_SMTP].",
)
@form("table", "jsonl")
def alerts(desk_file: Path, store: str, until: str, replay: bool, smtp: str, form: str) -> None:
    """Check the [[alert]] rules of a desk file now and deliver what is new."""
    from legation.errors import InputError
    from legation.study import alerts as watching
    from legation.watch import load

    settings = load(desk_file)
    rules = watching.rules(settings.alerts, str(desk_file))
    if not rules:
        raise InputError(f"{desk_file}: no [[alert]] in it")
    with open_desk(store or settings.store) as desk:
        if replay:
            for rule in rules:
                newest = min(_today(), desk.span()[1] or _today())  # an old desk has its own year
                _tell_replay(watching.replay(desk, rule, until or newest), form)
        else:
            sys.exit(checked(desk, rules, desk_file, until, smtp, form))


def checked(
    desk: Desk, rules: Iterable[Any], desk_file: Path, until: str = "", smtp: str = "",
    form: str = "table",
) -> int:  # fmt: skip
    """Check and deliver; 1 when a target is away (it is tried again next time)."""
    from legation.study import alerts as watching
    from legation.study.alerts.delivery import deliverer, record

    def tell(alert: Any, target: str) -> None:
        if target == "stdout" and form == "jsonl":
            click.echo(json.dumps(record(alert), ensure_ascii=False))
        else:
            send(alert, target)

    send = deliverer(desk, desk_file.parent, smtp, click.echo)
    done = watching.run(desk, rules, until or _today(), tell)
    for name in done.blind:
        say(f"{name}: not judged, too few stories came in (no coverage)")
    for target, reason in done.failed:
        say(f"{target.partition(':')[0]}: not delivered, will be tried again: {reason}")
    say(f"{len(done.new)} new alerts")
    return int(bool(done.failed))


def _drawn(
    desk: Desk, kind: str, found: pl.DataFrame, by: str, asked: Mapping[str, str], title: str,
    dark: bool,
) -> dict[str, Any]:  # fmt: skip
    from legation.study import calendar as plans
    from legation.study import charts, media, networks, relation
    from legation.study.turning import turning_points

    since, until = asked["since"], _end(asked)
    if kind == "timeline":
        told = desk.coverage(by, since, until)
        weeks = relation.series(found, by, since, until, told)
        return charts.timeline(weeks, found, turning_points(found), title, by, dark)
    if kind == "matrix":
        return charts.matrix(networks.pairs(found), title, dark)
    if kind == "network":
        return charts.network(*networks.network(found), title, dark)
    if kind in ("map", "relations"):
        ties = networks.pairs(found, directed=False) if kind == "relations" else None
        under = charts.ground
        return charts.world(
            found, under.cities(), under.seats(), ties, title, dark, land=under.outlines()
        )
    if kind == "calendar":
        due = plans.entries(desk, since, asked["until"], **_said({"as_of": asked["as_of"]}))
        return charts.calendar(found, due, title, desk.coverage("day", since, until), dark)
    if kind == "ridgeline":
        by = "month" if by == "week" else by
        return charts.ridgeline(found, by, since, until, title, dark)
    events = desk.events(**_said(dict(asked))).to_polars()
    return charts.agreement(media.agreement(events), title, dark)


def _tell(frame: pl.DataFrame, form: str) -> None:
    """A frame on standard output; as a table without the columns that say nothing."""
    import polars as pl

    from legation import tables

    if form == "table":
        with pl.Config(
            tbl_rows=-1, tbl_cols=-1, tbl_hide_column_data_types=True,
            tbl_hide_dataframe_shape=True, tbl_formatting="NOTHING", float_precision=2,
            fmt_str_lengths=40, tbl_width_chars=200,
        ):  # fmt: skip
            click.echo(str(frame))
        say(f"{frame.height:,} rows")
        return
    kinds = {pl.Int64: "int", pl.Float64: "real", pl.Boolean: "bool"}
    columns = tuple(
        (name, "texts" if isinstance(kind, pl.List) else next(
            (word for plain, word in kinds.items() if kind == plain), "text"))
        for name, kind in frame.schema.items()
    )  # fmt: skip
    tables.write(frame.iter_rows(named=True), columns, form, sys.stdout.buffer)


def _tell_state(now: Mapping[str, Any]) -> None:
    if now["level"] is None:
        click.echo("no acts that happened")
        return
    click.echo(
        f"{now['on']}: {now['word']}, level {now['level']:+.1f}"
        f" ({now['low']:+.1f} to {now['high']:+.1f}), {now['trend']};"
        f" {now['acts']} acts in 90 days, last {now['last']}"
    )


def _tell_replay(found: Any, form: str) -> None:
    if form == "jsonl":
        for alert in found.alerts:
            row = {"rule": alert.rule, "day": alert.day, "title": alert.title, "words": alert.words}
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    number = len(found.alerts)
    times = f"{number} time{'' if number == 1 else 's'}"
    click.echo(f"{found.rule}: would have fired {times} from {found.since} to {found.until}")
    for alert in found.alerts:
        click.echo(f"    {alert.day} {alert.title}")
        click.echo(f"        {alert.words}")


def _end(asked: Mapping[str, str]) -> str:
    """The last day asked for: of the acts, or of what was known."""
    return min(filter(None, (asked["until"], asked["as_of"])), default="")


def _said(asked: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}


def _lists(told: Iterable[str]) -> dict[str, str]:
    found = {}
    for item in told:
        name, sign, codes = item.partition("=")
        if not sign or not codes.strip():
            raise click.UsageError(f"--group {item}: write NAME=CODES, e.g. front=POL,LTU")
        found[name] = codes
    return found


def _title(kind: str, whom: str) -> str:
    names = {
        "timeline": "How they stand", "matrix": "Who does what to whom",
        "network": "Who deals with whom", "map": "Where it happened",
        "relations": "Who deals with whom", "calendar": "Acts and plans",
        "ridgeline": "Acts by type", "agreement": "Do outlets tell the same?",
    }  # fmt: skip
    return f"{names[kind]}: {whom}" if whom else names[kind]


def _today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()
