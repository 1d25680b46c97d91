"""`legation events`, `happenings`, `plans`, `search`, `problems`, `review`: what a desk knows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import click

from legation.cli.common import CODES, STORE, asked_desk, say

if TYPE_CHECKING:
    from legation.store import KeptEvent, KeptHappening, KeptPlan, KeptProblem, Result

F = TypeVar("F", bound=Callable[..., Any])

_SHARED = (
    ("--actor", "Who acts: CHN, CHN/MIL, country:CHN or a name; several with commas."),
    ("--recipient", "Towards whom, as --actor."),
    ("--party", "Either of them."),
    ("--pair", "Two sides in any direction: CHN-KOR."),
    ("--type", "PLOVER types."),
    ("--mode", "Modes of the type."),
    ("--status", "happened, planned, possible, negated."),
    ("--place", "Country in which it took place."),
    ("--since", "From this day on, YYYY-MM-DD."),
    ("--until", "Up to this day."),
    ("--text", 'Words of the story: all, "a phrase", begin*, -without.'),
)
_EVENTS = (
    ("--source", "On whose word, as --actor."),
    ("--outlet", "Who published it."),
    ("--context", "PLOVER contexts."),
    ("--happening", "Events of this happening."),
    ("--story", "Events of this story."),
    ("--seen-since", "Of stories that the desk first saw since then."),
    ("--as-of", "What the desk knew at the end of that day."),
)


def filters(*more: tuple[str, str]) -> Callable[[F], F]:
    """The options of `_SHARED` and some more, all of them plain words."""

    def wrapped(function: F) -> F:
        for name, words in reversed((*_SHARED, *more)):
            function = click.option(name, default="", help=words)(function)
        return function

    return wrapped


def form(*kinds: str) -> Callable[[F], F]:
    """`--format` and `--limit`."""

    def wrapped(function: F) -> F:
        choice = click.Choice(kinds)
        function = click.option(
            "--limit", type=click.IntRange(0), default=50, show_default=True, help="0: all."
        )(function)
        return click.option(
            "--format", "form", type=choice, default="table", help="What to write."
        )(function)

    return wrapped


@click.command(epilog=CODES)
@STORE
@filters(*_EVENTS)
@click.option("--min-confidence", type=float, default=0.0, help="At least so sure, 0..1.")
@click.option("--no-copies", is_flag=True, help="Without events of copied stories.")
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "recorded"]),
    default="newest",
    help="Which come first.",
)
@form("table", "jsonl", "csv")
def events(store: str, order: str, form: str, limit: int, no_copies: bool, **asked: Any) -> None:
    """Events of a desk that fit the filters."""
    with asked_desk(store) as desk:
        _write(desk.events(order, copies=not no_copies, **asked), form, limit, _event_line)


@click.command(epilog=CODES)
@STORE
@filters()
@click.option("--min-reports", type=click.IntRange(1), default=1, help="Told by so many stories.")
@click.option("--min-independent", type=click.IntRange(1), default=1, help="Not counting copies.")
@click.option("--disputed", is_flag=True, help="Only those that reports contradict.")
@click.option("--changed-since", default="", help="Of which something new was learned since then.")
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "changed"]),
    default="newest",
    help="Which come first.",
)
@form("table", "jsonl", "csv")
def happenings(store: str, order: str, form: str, limit: int, disputed: bool, **asked: Any) -> None:
    """Happenings of a desk: one row an act, however many reports tell it."""
    with asked_desk(store) as desk:
        wanted = {**asked, "disputed": True} if disputed else asked
        _write(desk.happenings(order, **wanted), form, limit, _happening_line)


@click.command(epilog=CODES)
@STORE
@filters(*_EVENTS[:3])
@click.option("--outcome", default="", help="kept, cancelled, contradicted, lapsed, open.")
@click.option("--due-since", default="", help="Due from this day on.")
@click.option("--due-until", default="", help="Due up to this day.")
@form("table", "jsonl", "csv")
def plans(store: str, form: str, limit: int, **asked: Any) -> None:
    """Planned, agreed and threatened acts, and what became of them."""
    with asked_desk(store) as desk:
        _write(desk.plans(**asked), form, limit, _plan_line)


@click.command(epilog=CODES)
@click.argument("words")
@STORE
@click.option("--limit", type=click.IntRange(1), default=20, help="Most of them [default: 20].")
def search(words: str, store: str, limit: int) -> None:
    """Stories that hold all the WORDS: "a phrase", begin*, -without."""
    with asked_desk(store) as desk:
        for hit in desk.search(words, limit):
            click.echo(
                f"{hit.published or 'undated':10} {hit.outlet or '-'}: {hit.title} [{hit.story}]"
            )
            click.echo(f"    {hit.snippet}")
        say(f"{desk.found(words):,} stories")


@click.command(epilog=CODES)
@STORE
@click.option("--aside", is_flag=True, help="Only what was set aside: no story of it was kept.")
@click.option("--code", default="", help="Codes of problems (aside, unreadable, language, …).")
@click.option("--location", default="", help="Part of a file's name or address, or of the reason.")
@click.option("--story", default="", help="Problems of this story.")
@click.option("--since", default="", help="Noted from this day or time (UTC) on.")
@click.option("--until", default="", help="Noted up to this day or time.")
@click.option(
    "--order", type=click.Choice(["newest", "oldest"]), default="newest", help="Which come first."
)
@form("table", "jsonl", "csv")
def problems(store: str, form: str, limit: int, **asked: Any) -> None:
    """What `add` and `watch` set aside, with the reasons, and what was odd in stories they kept.

    Ends with 0 whether there is any or not.
    """
    with asked_desk(store) as desk:
        nothing = "nothing that fits was set aside or odd"
        _write(desk.problems(**asked), form, limit, _problem_line, nothing)


@click.command(epilog=CODES)
@click.argument("event", required=False, default="")
@STORE
@click.option("--accept", "verdict", flag_value="accept", help="The event is right as it is.")
@click.option("--reject", "verdict", flag_value="reject", help="There is no such event.")
@click.option("--correct", default="", metavar="JSON", help='What is right: {"type": "AGREE"}.')
@click.option("--same-as", default="", metavar="EVENT", help="It is the same act as this one.")
@click.option("--not-same-as", default="", metavar="EVENT", help="It is another act than this one.")
@click.option("--undo", type=int, default=0, metavar="N", help="Take review N back.")
@click.option("--note", default="", help="Why.")
@click.option("--person", envvar="USER", default="", help="Who says so [default: you].")
@click.option("--below", type=float, default=0.5, show_default=True, help="List events less sure.")
@form("table", "jsonl", "csv")
def review(
    event: str, store: str, verdict: str | None, correct: str, same_as: str, not_same_as: str,
    undo: int, note: str, person: str, below: float, form: str, limit: int,
) -> None:  # fmt: skip
    """List events that want a person's eye, or give a verdict on EVENT.

    Listed are unreviewed events of low confidence and those of disputed happenings. A verdict is
    never overwritten by a re-reading.
    """
    with asked_desk(store) as desk:
        if undo:
            desk.undo(undo)
            say(f"review {undo} taken back")
        elif not event:
            _write(desk.events(max_confidence=below, reviewed=False), form, limit, _event_line)
            if form == "table":
                _write(desk.happenings(disputed=True), form, limit, _happening_line)
        else:
            changes: dict[str, Any] = {}
            if correct:
                verdict, changes = "correct", _json(correct)
            elif same_as or not_same_as:
                verdict = "same" if same_as else "different"
                changes = {"with": same_as or not_same_as}
            if not verdict:
                raise click.UsageError("say --accept, --reject, --correct, --same-as or --undo")
            made = desk.review("event", event, verdict, changes, person, note)
            say(f"review {made.n}: {made.verdict} {made.target}")


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise click.UsageError(f"--correct {text}: not JSON: {error}") from error
    if not isinstance(found, dict):
        raise click.UsageError(f"--correct {text}: not a JSON object")
    return found


def _write(
    result: Result[Any], form: str, limit: int, line: Callable[[Any], str], nothing: str = ""
) -> None:
    from legation import tables
    from legation.store.paging import LARGEST

    items: Iterable[Any] = islice(result, limit) if limit else result
    if 0 < limit <= LARGEST:  # no more is fetched than is shown
        items = result.page(limit).items
    if form == "table":
        count = 0
        for item in items:
            count += 1
            click.echo(line(item))
        total = result.count() if limit and count == limit else count
        say(f"{count:,} of {total:,}" if count or not nothing else nothing)
    else:
        rows = (result.row(item) for item in items)
        tables.write(rows, result.table, form, sys.stdout.buffer)


def _names(parties: Iterable[Any]) -> str:
    from legation.show import party_name

    return ", ".join(party_name(party) for party in parties)


def _event_line(kept: KeptEvent) -> str:
    event = kept.event
    act = f"{event.type}/{event.mode}" if event.mode else str(event.type)
    sides = " -> ".join(filter(None, (_names(event.actors), act, _names(event.recipients))))
    said = f" per {_names(event.source)}" if event.source else ""
    copy = " (copy)" if kept.copy_of else ""
    head = f"{kept.day or 'undated'} {sides} · {event.status}{said} · {event.confidence:.2f}"
    return f"{head} · {kept.outlet or '-'}{copy} [{kept.id}]\n    {kept.sentence}"


def _happening_line(kept: KeptHappening) -> str:
    act = kept.happening
    kind = f"{act.type}/{act.mode}" if act.mode else act.type
    sides = " -> ".join(filter(None, (_names(act.actors), kind, _names(act.recipients))))
    told = ", ".join(f"{number} {name}" for name, number in act.statuses)
    words = f"{len(act.reports)} reports, {act.independent} independent: {told}"
    mark = " DISPUTED" if act.disputed else ""
    return f"{kept.day or 'undated'} {sides} · {act.status} · {words}{mark} [{kept.id}]"


def _plan_line(kept: KeptPlan) -> str:
    due = kept.plan.due
    when = (
        "no day"
        if due is None
        else due.start
        if due.start == due.end
        else f"{due.start}..{due.end}"
    )
    by = f"{kept.by.published} {kept.by.sentence}" if kept.by else kept.plan.by_sentence
    by = f"\n    by: {by}" if by else ""
    return f"{kept.plan.outcome:12} due {when}: {_event_line(kept.event)}{by}"


def _problem_line(kept: KeptProblem) -> str:
    when = kept.at[:16].replace("T", " ")
    message = " ".join(kept.message.split())
    told = message if message.startswith(kept.location) else f"{kept.location}: {message}"
    return f"{when} {kept.code} · {told}" + (f" [{kept.story}]" if kept.story else "")
