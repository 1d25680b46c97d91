"""`legation serve`, `token`: the desk in a browser and for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from legation.cli.common import CODES, DAY, STORE, asked_desk, open_desk, place, say

TOKENS = click.option(
    "--tokens",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="File of tokens; by default in the user's data folder.",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(epilog=CODES)
@click.argument("desk", metavar="[DESK]", default="")
@STORE
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8787,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 for any [default: 8787].",
)
@click.option("--allow-host", multiple=True, help="Another name that browsers may call it by.")
@click.option("--public", is_flag=True, help="Let everybody read, also from other machines.")
@click.option("--trusted", is_flag=True, help="Let everybody who reaches it write and review.")
@click.option("--rate", default=600, show_default=True, help="API requests a minute; 0: any.")
@click.option(
    "--workers",
    default=0,
    type=click.IntRange(0, 64),
    help="Processes that answer [default: one a core, at most 4].",
)
@TOKENS
def serve(
    desk: str,
    store: str,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    public: bool,
    trusted: bool,
    rate: int,
    workers: int,
    tokens: Path | None,
) -> None:
    """Show a desk in the browser and answer programs, until interrupted.

    DESK is a path or a postgresql:// URL, as --store. On this machine everybody may read; from
    others a token is needed (legation token) unless --public. Writing needs one, or --trusted.
    """
    import os

    from legation.intake import cores

    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a worker a core: small frames, no waiting
    from legation.web import Settings
    from legation.web import workers as serving
    from legation.web.settings import LOOPBACK as NAMES

    local = host in LOOPBACK
    if trusted and not local:
        raise click.UsageError("--trusted would let everybody on the network write: use a token")
    settings = Settings(
        hosts=(*NAMES, host, *allow_host),
        public=public or local,
        trusted=trusted,
        tokens=tokens or token_file(),
        rate=rate,
    )
    with open_desk(desk or store) as opened:
        say(f"{opened.url} at http://{host}:{port}/ - end with Ctrl-C")
    url = place(desk or store)
    serving.serve(url, settings, host, port, workers or min(cores(), serving.MOST))


@click.command(epilog=CODES)
@STORE
@click.option("--pair", default="", metavar="CHN-KOR", help="Two sides.")
@click.option("--actor", default="", metavar="CHN", help="One side, instead of a pair.")
@click.option("--since", type=DAY, help="First day.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def report(store: str, pair: str, actor: str, since: Any, until: Any, out: Path | None) -> None:
    """Write a dossier of a pair or actor as one HTML file that can be printed or sent."""
    from legation.web.dossier import dossier

    first, last = (day.date().isoformat() if day else "" for day in (since, until))
    with asked_desk(store) as desk:
        made = dossier(desk, pair, actor, first, last)
    if out is None:
        click.echo(made)
    else:
        out.write_text(made, encoding="utf-8")
        say(f"{out}: {len(made):,} characters")


@click.command(epilog=CODES)
@click.argument("desk", metavar="[DESK]", default="")
@STORE
def mcp(desk: str, store: str) -> None:
    """Answer an assistant about a desk over standard input and output (MCP; extra `mcp`)."""
    from legation.web.assistant import server

    with open_desk(desk or store) as opened:
        server(opened).run()


@click.group(epilog=CODES)
def token() -> None:
    """Make, list and withdraw tokens for a served desk."""


@token.command()
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(["read", "write", "review"]),
    default=("read",), show_default=True, help="What it allows; may be repeated.",
)  # fmt: skip
@TOKENS
def new(name: str, scopes: tuple[str, ...], tokens: Path | None) -> None:
    """Make a token and show it this one time; only its hash is kept."""
    from legation.web import tokens as kept

    click.echo(kept.new(tokens or token_file(), name, scopes))
    say("keep it safe: it cannot be shown again")


@token.command("list")
@TOKENS
def list_tokens(tokens: Path | None) -> None:
    """The names and scopes of all tokens."""
    from legation.web import tokens as kept

    for one in kept.all_tokens(tokens or token_file()):
        click.echo(f"{one.name}\t{','.join(one.scopes)}\t{one.made}")


@token.command()
@click.argument("name")
@TOKENS
def withdraw(name: str, tokens: Path | None) -> None:
    """Let a token work no more."""
    from legation.web import tokens as kept

    kept.withdraw(tokens or token_file(), name)


def token_file() -> Path:
    """Where tokens are kept when nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("legation") / "tokens.json"
