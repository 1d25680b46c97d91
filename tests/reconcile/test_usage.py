"""usage.toml holds the small word classes of reconcile; a slip in it is told where it is."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

import legation
from legation.errors import KnowledgeError
from legation.reconcile.usage import FILE, USAGE, Usage, usage

ROOM = Path(legation.__file__).parent / "reconcile"
WHOLE = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(Usage)])
def test_the_file_that_is_named_asks_for_the_class(name: str) -> None:
    _, _, row = WHOLE.partition(f"\n[{name}]\n")
    asked = row.partition('asked = "')[2].partition('"')[0]
    assert f"USAGE.{name}" in (ROOM / asked).read_text(encoding="utf-8")


def test_days_and_numbers_are_in_their_order() -> None:
    assert (USAGE.weekdays[0], USAGE.weekdays[6]) == ("monday", "sunday")
    assert (USAGE.months[0], USAGE.months[11]) == ("january", "december")
    assert USAGE.numbers["nineteen"] == 19


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[deadline]\n", "[deadlines]\n", "class deadlines: nobody asks for it"),
        ('words = ["by", "before"]', "", "class deadline: words must be a list of words"),
        ('words = ["by", "before"]', 'words = ["by", "by"]', "class deadline: 'by' twice in words"),
        ('words = ["by", "before"]', 'words = ["by", 2]', "class deadline: words must be strings"),
        ('words = ["by", "before"]', "words = []", "class deadline: words must be a list of words"),
        ("today = 0", 'today = "0"', "class near: words must have a whole number each"),
        ("{ today = 0, yesterday = 1 }", '["today"]', "class near: words must be a table"),
    ],
)
def test_a_slip_is_told_with_file_line_class_and_field(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "usage.toml"
    path.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        usage(path)
    assert said in str(error.value)
    line = WHOLE[: WHOLE.index(old)].count("\n") + 1
    if new:
        assert str(error.value).startswith(f"{path}:{line}: ")


def test_a_class_that_is_missing_and_a_broken_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "usage.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="class weekdays: must be a table"):
        usage(path)
    broken = tmp_path / "broken.toml"
    broken.write_text("[near\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"broken\.toml: .*line 1"):
        usage(broken)
