"""`legation words`: where does the act lexicon mention a word, and how much does it know?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from legation.cli.common import CODES, say

if TYPE_CHECKING:
    from legation.words.index import Entry


@click.command("words", epilog=CODES)
@click.argument("word", required=False)
@click.option("--examples", is_flag=True, help="Show the example sentences of each group too.")
@click.option("--tidy", is_flag=True, help="Sort and wrap the lists of the act lexicon in place.")
def words(word: str | None, examples: bool, tidy: bool) -> None:
    """Find WORD in the act lexicon: file, line, type and mode of every line that mentions it.

    WORD may end in "*", or be a type, a mode or the name of a group; without it, counts are shown.
    """
    from legation import words as lexicon
    from legation.words import index, layout

    if tidy:
        for path in sorted((lexicon.HERE / "en" / "what").glob("*.toml")):
            path.write_text(layout.laid_out(path.read_text(encoding="utf-8")), encoding="utf-8")
    known = lexicon.load()
    if word is None:
        for name, groups, lines in lexicon.counts(known):
            click.echo(f"{name:10} {groups:4} groups {lines:6} predicates")
        return
    shown = ""
    entries = index.find(known, word)
    for entry in entries:
        if entry.frame.id != shown:
            shown = entry.frame.id
            _group(entry, examples)
        through = f" through {entry.through}" if entry.through else ""
        click.echo(f"  {entry.where:20} {entry.pos:9} {entry.text}{through}")
    if not entries:
        say(f"{word!r} is in no group; docs/how-to-add-a-rule.md says how to add it")
        sys.exit(1)


def _group(entry: Entry, examples: bool) -> None:
    frame = entry.frame
    kind = f"{frame.type or 'no act'} {frame.mode or ''}".strip()
    click.echo(f"{kind}: {frame.id}{f' - {frame.means}' if frame.means else ''}")
    for mark, texts in (("+", frame.yes), ("-", frame.no)) if examples else ():
        for text in texts:
            click.echo(f"    {mark} {text}")
