"""Every endpoint of the API, every page and every option of its commands stands in the docs."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from fastapi.testclient import TestClient
from starlette.routing import Route

from legation.cli import legation_command

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_every_endpoint_is_described(client: TestClient) -> None:
    told = (DOCS / "api.md").read_text(encoding="utf-8")
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        assert f"`{path}`" in told, path
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                name = parameter["name"]
                assert f"`{name}`" in told, f"{method} {path}: {name}"


def test_every_page_is_described(client: TestClient) -> None:
    told = (DOCS / "web.md").read_text(encoding="utf-8")
    pages = {
        route.path.partition("{")[0].rstrip("/.") or "/"
        for route in client.app.routes  # type: ignore[attr-defined]
        if isinstance(route, Route) and not route.path.startswith(("/api/", "/static"))
    }
    for path in pages:
        assert f"`{path}" in told, path


@pytest.mark.parametrize("name", ["serve", "report", "mcp", "token"])
def test_every_option_is_described(name: str) -> None:
    told = (DOCS / "web.md").read_text(encoding="utf-8")
    command = legation_command.commands[name]
    assert f"legation {name}" in told
    parts = command.commands.values() if isinstance(command, click.Group) else (command,)
    for part in parts:
        for parameter in part.params:
            if isinstance(parameter, click.Option):
                assert any(f"`{word}" in told for word in parameter.opts), parameter.opts
