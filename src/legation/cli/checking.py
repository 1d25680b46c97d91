"""`legation doctor`: is everything here and does it work?"""

from __future__ import annotations

from pathlib import Path

import click

import legation
from legation.cli.common import CODES, STORE, open_desk, place
from legation.errors import LegationError, StoreError


@click.command(epilog=CODES)
@STORE
def doctor(store: str) -> None:
    """Check versions, model, tables and their day, that a sentence is read, and the desk."""
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
    reader = legation.Reader()
    counts = reader.world.counts
    frames = len(reader.words.frames)
    click.echo(f"lexicon {frames} groups of acts")
    click.echo("world " + ", ".join(f"{counts[table]} {table}" for table in sorted(counts)))
    click.echo(f"office holders complete to {reader.world.complete_to}, as far as they go")
    story = reader.read("France condemned the attack on Mali on Monday.", published="2020-01-08")
    click.echo(f"self test: {len(story.events)} event(s) from one sentence")
    if not story.events:
        raise LegationError("self test failed: no event read")
    _desk(store)


def _desk(store: str) -> None:
    """What is in the desk, and whether it is in good order."""
    where = place(store)
    if not store and not Path(where).exists():
        click.echo(f"no desk at {where} yet")
        return
    with open_desk(store) as desk:
        status = desk.status()
        counts = ", ".join(
            f"{status[name]:,} {name}" for name in ("stories", "copies", "events", "happenings")
        )
        click.echo(f"desk {desk.url}: {counts}")
        for version, number in status["versions"].items():
            click.echo(f"    {number:,} stories read by {version}")
        wrong = desk.check()
    for words in wrong:
        click.echo(f"    wrong: {words}")
    if wrong:
        raise StoreError("the desk is not in good order; restore a backup, or report this")
    click.echo("desk in good order")
