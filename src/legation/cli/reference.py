"""The command line as a document: `python -m legation.cli.reference > docs/command-line.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from legation.cli import legation_command
from legation.cli.common import CODES

HEAD = f"""# The command line

Made by `python -m legation.cli.reference`; `legation COMMAND --help` says the same. Data goes to
standard output, news about the run to standard error.

{CODES}
"""


def reference() -> str:
    """The whole reference as Markdown, commands in alphabetical order."""
    commands = sorted(legation_command.commands.items())
    parts = [HEAD, *("\n".join(_command(name, command)) for name, command in commands)]
    return "\n".join(parts).rstrip() + "\n"


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"legation {name}")
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"## legation {name}\n"
    yield f"`legation {name} {pieces}`\n"
    yield " ".join((command.help or "").replace("\b", "").split()) + "\n"
    rows = [
        (", ".join((*p.opts, *p.secondary_opts)), p)
        for p in command.params
        if isinstance(p, click.Option) and not p.hidden
    ]
    if not rows:
        return
    yield "| option | meaning |"
    yield "|---|---|"
    for spelling, option in rows:
        yield f"| `{spelling}` | {_meaning(option)} |"
    yield ""


def _meaning(option: click.Option) -> str:
    said = " ".join((option.help or "").split())
    if isinstance(option.type, click.Choice):
        said += f" One of {', '.join(str(c) for c in option.type.choices)}."
    return said.replace("|", "\\|").strip()


if __name__ == "__main__":
    print(reference(), end="")
