"""The two pages of this room tell every command, option, kind of rule and chart."""

from pathlib import Path

import click
import pytest

from legation.cli import studying
from legation.store import Desk
from legation.study import groups
from legation.study.alerts import KINDS

DOCS = Path(__file__).parent.parent.parent / "docs"
LOOK = (DOCS / "4-look-at-relations.md").read_text("utf-8")
WATCH = (DOCS / "5-alerts-and-calendar.md").read_text("utf-8")
COMMANDS = [
    (studying.relations, LOOK), (studying.network, LOOK), (studying.chart, LOOK),
    (studying.calendar, WATCH), (studying.alerts, WATCH),
]  # fmt: skip


@pytest.mark.parametrize(("command", "page"), COMMANDS, ids=[str(c.name) for c, _ in COMMANDS])
def test_every_option_is_documented(command: click.Command, page: str) -> None:
    assert f"legation {command.name}" in page
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[0] in page, f"{command.name} {option.opts[0]}"
        elif isinstance(option.type, click.Choice):
            assert not [word for word in option.type.choices if f"`{word}`" not in page]


def test_every_kind_of_rule_is_documented() -> None:
    assert not [kind for kind in KINDS if f"| `{kind}` |" not in WATCH]


def test_groups_that_the_page_names_are_there() -> None:
    for name in ("EU", "NATO", "BRICS", "P5", "ASEAN", "G7", "G20", "AU", "ECOWAS", "ARAB-LEAGUE"):
        assert name in groups.names()
        assert name in LOOK


def test_the_python_of_the_page_runs(
    demo: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = LOOK.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    exec(code.replace('"desk.db"', repr(demo.url.removeprefix("sqlite:///"))), {})
    assert (tmp_path / "guy-sur.pdf").read_bytes().startswith(b"%PDF")
    assert "level" in capsys.readouterr().out
