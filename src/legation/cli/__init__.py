"""The command line: the only reader of settings and environment. Data to stdout, news to stderr.

One file a group of commands; each imports what it needs only when it runs, so `--help` is quick.

Exit codes: 0 all read; 1 some input set aside; 2 wrong usage; 3 nothing could be read; 4 the desk,
or a file to write, cannot be used (busy, full, away or of another version); 130 interrupted.
"""

from __future__ import annotations

import os
import sys

import click

import legation
from legation.cli import (
    asking,
    checking,
    desking,
    exporting,
    lexicon,
    measuring,
    reading,
    serving,
    studying,
    watching,
)
from legation.cli.common import CODES, say
from legation.errors import LegationError, StoreError

COMMANDS = (
    reading.read,
    reading.why,
    desking.add,
    watching.watch,
    asking.events,
    asking.happenings,
    asking.plans,
    asking.search,
    asking.problems,
    asking.review,
    studying.relations,
    studying.network,
    studying.calendar,
    studying.chart,
    studying.alerts,
    exporting.export,
    desking.reread,
    desking.migrate,
    desking.backup,
    measuring.evaluate,
    checking.doctor,
    serving.serve,
    serving.report,
    serving.mcp,
    serving.token,
    lexicon.words,
)


@click.group(epilog=CODES)
@click.version_option(legation.__version__, prog_name="legation")
def legation_command() -> None:
    """Read the news: who did what to whom, when, where, on whose word, and whether it happened."""


for command in COMMANDS:
    legation_command.add_command(command)


def main() -> None:
    """Run the command line; user errors end in one line and a code, never in a traceback."""
    try:
        code = legation_command.main(prog_name="legation", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        sys.exit(130)
    except LegationError as error:
        say(f"legation: {error}")
        sys.exit(4 if isinstance(error, StoreError) else 3)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        say(f"legation: {error.filename or 'output'}: {error.strerror or error}")
        sys.exit(4)
