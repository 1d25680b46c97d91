"""The documents are true: every command and option is described, every link leads somewhere."""

import re
from pathlib import Path

import click
import pytest

from legation.cli import legation_command
from legation.cli.reference import reference

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)


def test_the_reference_of_the_command_line_is_that_of_the_program() -> None:
    """Make it anew with: python -m legation.cli.reference > docs/command-line.md"""
    assert (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("command", sorted(legation_command.commands))
def test_every_command_and_option_says_what_it_does(command: str) -> None:
    found = legation_command.commands[command]
    assert found.help
    silent = [
        option.opts[-1]
        for option in found.params
        if isinstance(option, click.Option) and not option.hidden and not option.help
    ]
    assert silent == []


@pytest.mark.parametrize("command", sorted(legation_command.commands))
def test_every_command_is_shown_at_work(command: str) -> None:
    pages = [page for page in PAGES if page.name != "command-line.md"]
    assert any(f"legation {command}" in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_and_named_document_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    linked = [t for t in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in t]
    for target in linked:
        assert (path.parent / target).exists(), target
    for named in re.findall(r"(?<![\w/])docs/[\w.-]+\.(?:md|json)", text):
        assert (ROOT / named).exists(), named


def test_commands_of_the_documents_exist() -> None:
    called = set(re.findall(r"^(?:\$ )?legation ([a-z-]+)", TEXT, re.M))
    assert called <= set(legation_command.commands)
