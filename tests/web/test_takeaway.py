"""What leaves the server: dossiers that stand alone, and citations for language models."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner

from legation.cli import legation_command
from legation.errors import InputError
from legation.store import Desk
from legation.web.dossier import dossier


def test_a_dossier_has_quotes_sources_plans_and_method(desk: Desk) -> None:
    page = dossier(desk, pair="FRA-MLI")
    assert "France and Mali" in page
    assert ">condemned</mark>" in page
    assert "https://sahel.example/a" in page
    assert "How this was made" in page
    assert "<svg" in page


def test_a_dossier_needs_nothing_else(desk: Desk) -> None:
    page = dossier(desk, actor="FRA")
    assert "<script" not in page
    assert "<link" not in page
    assert not re.search(r"\b(src|srcset)=", page)
    assert "url(" not in page


def test_a_dossier_on_silence_says_so(desk: Desk) -> None:
    assert "not proof that nothing happened" in dossier(desk, pair="CHN-KOR")


@pytest.mark.parametrize("given", [{}, {"pair": "FRA-MLI", "actor": "FRA"}])
def test_a_dossier_is_on_a_pair_or_an_actor(desk: Desk, given: dict[str, str]) -> None:
    with pytest.raises(InputError, match="--pair"):
        dossier(desk, **given)


def test_the_command_writes_a_dossier(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    given = ["report", "--store", desk.url, "--pair", "FRA-MLI", "--out", str(out)]
    done = CliRunner().invoke(legation_command, given)
    assert done.exit_code == 0, done.output
    assert "France and Mali" in out.read_text(encoding="utf-8")


def test_the_command_keeps_tokens(tmp_path: Path) -> None:
    file = str(tmp_path / "tokens.json")
    run = CliRunner().invoke
    made = run(legation_command, ["token", "new", "ada", "--scope", "review", "--tokens", file])
    assert made.output.startswith("legation_")
    assert "ada\treview" in run(legation_command, ["token", "list", "--tokens", file]).output
    assert run(legation_command, ["token", "withdraw", "ada", "--tokens", file]).exit_code == 0
    assert run(legation_command, ["token", "list", "--tokens", file]).output == ""


def called(desk: Desk, name: str, **given: Any) -> Any:
    pytest.importorskip("mcp", reason="mcp (extra mcp) is missing")
    from legation.web.assistant import server

    async def ask() -> Any:
        return await server(desk).call_tool(name, given)

    return anyio.run(ask).structured_content


def test_an_assistant_gets_quote_address_and_id(desk: Desk) -> None:
    told = called(desk, "search_events", actor="FRA", status="happened")
    event = told["events"][0]
    assert event["quote"].startswith("France condemned the raid on Mali.")
    assert event["url"] == "https://sahel.example/a"
    assert desk.event(event["id"]) is not None


@pytest.mark.parametrize(
    ("name", "given", "key"),
    [("relation", {"pair": "FRA-MLI"}, "series"), ("calendar", {}, "plans"),
     ("search_stories", {"words": "raid"}, "stories"), ("coverage", {}, "coverage")],
)  # fmt: skip
def test_an_assistant_can_ask(desk: Desk, name: str, given: dict[str, str], key: str) -> None:
    told = called(desk, name, **given)
    assert told[key]


def test_an_assistant_hears_how_a_relation_stands_with_quotes(desk: Desk) -> None:
    told = called(desk, "relation", pair="FRA-MLI")
    assert told["state"]["word"]
    assert {"period", "state", "level"} <= told["series"][0].keys()
    disputed = next(one for one in told["happenings"] if one["disputed"])
    assert disputed["report"]["status"] != disputed["other_account"]["status"]
    assert disputed["report"]["quote"].startswith("France condemned")
    assert called(desk, "relation", pair="EU-MLI")["happenings"], "groups are sides too"


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("get_event", {"id": "x"}, "search_events gives ids"),
        ("get_story", {"id": "x"}, "search_stories gives ids"),
        ("relation", {"pair": "Mali"}, "is one side"),
        ("search_events", {"type": "WAR"}, "is none of AGREE"),
        ("search_events", {"since": "last week"}, "is not a date like"),
        ("calendar", {"outcome": "done"}, "is none of kept"),
        ("search_stories", {"words": " "}, "nothing to search for"),
    ],
)
def test_an_assistant_is_told_what_was_wrong(
    desk: Desk, name: str, given: dict[str, str], said: str
) -> None:
    pytest.importorskip("mcp", reason="mcp (extra mcp) is missing")
    from mcp.server.mcpserver.exceptions import ToolError

    with pytest.raises(ToolError, match=said):
        called(desk, name, **given)


def test_an_assistant_follows_ids(desk: Desk) -> None:
    event = called(desk, "search_events")["events"][0]
    assert called(desk, "get_event", id=event["id"])["sentence"] == event["quote"]
    assert called(desk, "get_happening", id=event["happening"])["reports"]
    assert event["quote"] in called(desk, "get_story", id=event["story"])["text"]


def test_a_client_speaks_to_the_command_over_standard_streams(desk: Desk) -> None:
    pytest.importorskip("mcp", reason="mcp (extra mcp) is missing")
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    given = ["-m", "legation.cli", "mcp", desk.url.removeprefix("sqlite:///")]
    command = StdioServerParameters(command=sys.executable, args=given, env=dict(os.environ))

    async def ask() -> tuple[set[str], Any]:
        async with stdio_client(command) as (one, two), ClientSession(one, two) as session:
            await session.initialize()
            names = {tool.name for tool in (await session.list_tools()).tools}
            return names, await session.call_tool("search_events", {"actor": "FRA"})

    names, told = anyio.run(ask)
    assert {"search_events", "get_event", "relation", "calendar", "coverage"} <= names
    assert "https://sahel.example/a" in told.content[0].text


def test_a_dossier_of_a_pair_tells_its_state_and_draws_it(desk: Desk) -> None:
    page = dossier(desk, pair="FRA-MLI")
    assert "the relation was <strong>" in page
    assert page.count('<svg aria-hidden="true" xmlns') == 2  # level, and acts by type
    assert "<figcaption>A ridge" in page
    assert "the relation was" not in dossier(desk, actor="FRA")
