"""`legation watch`: follow the feeds of a desk file, and tell how they are."""

from __future__ import annotations

import json
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from legation.cli.common import CODES

FACTS = ("feed", "feeds", "store", "seen", "added", "seconds")


@click.command(epilog=CODES)
@click.argument("desk_file", metavar="DESK.toml", type=click.Path(path_type=Path))
@click.option("--store", default="", help="Path or URL of the desk, instead of the file's own.")
@click.option("--once", is_flag=True, help="Look at every feed one time and end (for cron).")
@click.option("--status", "only_status", is_flag=True, help="Only say how each feed is.")
@click.option(
    "--smtp",
    envvar="LEGATION_SMTP",
    default="",
    metavar="URL",
    help="Mail server for alerts [LEGATION_SMTP].",
)
@click.option(
    "--log",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A log for people or for machines.",
)
def watch(desk_file: Path, store: str, once: bool, only_status: bool, form: str, smtp: str) -> None:
    """Follow feeds: visit each when it is due, read what is new, keep it, watch its health.

    The [[alert]] rules of the file are checked after each round that brought news, and every hour
    without any.
    """
    from legation import store as stores
    from legation.errors import InputError
    from legation.study import alerts
    from legation.watch import Daemon, load

    settings = load(desk_file)
    place = store or settings.store
    if not place:
        raise InputError(f'{desk_file}: say store = "desk.db" there, or --store')
    if not settings.feeds:
        raise InputError(f"{desk_file}: no [[feed]] to follow")
    _log_to_stderr(form)
    with stores.open(place) as desk:
        rules = alerts.rules(settings.alerts, str(desk_file))
        daemon = Daemon(desk, settings, after=lambda: _alerted(desk, rules, desk_file, smtp))
        if only_status:
            daemon.keep_feeds()
            sys.exit(_told(daemon))
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: daemon.stop())
        daemon.run(once)
        if once:
            sys.exit(_told(daemon))


def _alerted(desk: Any, rules: Any, desk_file: Path, smtp: str) -> None:
    """The alert rules after a round; trouble with them is logged and never ends the watch."""
    from legation.cli.studying import checked
    from legation.errors import LegationError

    try:
        if rules:
            checked(desk, rules, desk_file, smtp=smtp)
    except LegationError as error:
        logging.getLogger("legation.watch").error("alerts not checked: %s", error)


def _told(daemon: Any) -> int:
    """A line a feed on standard output; 1 when one of them is ill."""
    from legation.watch.health import ILL

    ill = False
    for feed, health in daemon.report():
        click.echo(f"{health.state:8} {feed.name or feed.url}: {health.reason}")
        ill = ill or health.state in ILL
    return int(ill)


def _log_to_stderr(form: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logger = logging.getLogger("legation")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FACTS if hasattr(record, name)}


class _Text(logging.Formatter):
    """A line for people: time, level, message, facts."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        when = self.formatTime(record, "%H:%M:%S")
        return f"{when} {record.levelname.lower()} {record.getMessage()} {facts}".rstrip()


class _Json(logging.Formatter):
    """A JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC)
        row = {"at": when.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        row |= {"message": record.getMessage(), **_facts(record)}
        return json.dumps(row, ensure_ascii=False)
