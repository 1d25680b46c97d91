"""A user's own facts: an actor, a body, an office and its holder in TSV or TOML, used at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from legation import world
from legation.errors import KnowledgeError

EXAMPLE = Path(__file__).parents[2] / "examples" / "world" / "lake-union.toml"
BODIES = "entity\tname\taliases\tkind\tcountry\tsector\tnear\tsince\tuntil\tsource"
HOLDERS = "entity\tname\taliases\tcountry\tbody\toffice\tsector\tsince\tuntil\tsource"
OFFICES = "office\tname\taliases\tsector\tsource"
BODY = "org:lake-union\tLake Union\t\torganisation\t\tIGO\t\t\t\tme"


def read(folder: Path, text: str, published: str, *own: Path) -> subprocess.CompletedProcess[str]:
    """The command `legation read` on a text file, with own tables."""
    story = folder / "story.txt"
    story.write_text(text, encoding="utf-8")
    options = [part for path in own for part in ("--world", str(path))]
    command = ["read", str(story), "--published", published, "--format", "jsonl", *options]
    return subprocess.run(
        [sys.executable, "-m", "legation.cli", *command], capture_output=True, text=True
    )


def actors(done: subprocess.CompletedProcess[str]) -> list[tuple[str | None, str | None, str]]:
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return [(p["name"], p["country"], p["sector"]) for e in events for p in e["actors"]]


def test_an_office_of_an_own_body_is_its_holder_on_the_day(tmp_path: Path) -> None:
    text = (
        "The secretary-general of the Lake Union condemned Uganda's president.\n\n"
        "In Goma the Lake Union's high mediator thanked Rwanda."
    )
    spring = actors(read(tmp_path, text, "2026-03-03", EXAMPLE))
    assert ("Asha Example", None, "IGO") in spring
    assert ("Lin Instance", None, "IGO") in spring
    autumn = actors(read(tmp_path, text, "2026-09-15", EXAMPLE))
    assert ("Oto Sample", None, "IGO") in autumn
    assert "Asha Example" not in [name for name, _, _ in autumn]


def test_three_tables_in_any_order_say_the_same(tmp_path: Path) -> None:
    body, held, office = (tmp_path / f"{name}.tsv" for name in ("body", "held", "office"))
    body.write_text(f"{BODIES}\n{BODY}\n", encoding="utf-8")
    held.write_text(
        f"{HOLDERS}\nperson:ana-own\tAna Own\t\t\torg:lake-union\twarden\tIGO\t\t\tme\n",
        encoding="utf-8",
    )
    office.write_text(f"{OFFICES}\nwarden\tlake warden\t\tIGO\tme\n", encoding="utf-8")
    here = world.load((held, office, body))
    holder = here.holder("warden", "org:lake-union", "2026-03-03")
    assert holder is not None
    assert holder.name == "Ana Own"
    assert here.titles == {"lake warden": ("warden", "IGO")}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[holders]]\nentity = "person:x"\nname = "X Y"\nofice = "head"\n', 4, "field 'ofice'"),
        ('\n\n[[rulers]]\nname = "X Y"\n', 3, "[[rulers]] is no table"),
        ('[[organisations]]\nname = "X\n', 2, "no TOML"),
        ('[organisations]\nname = "X"\n', 1, "two brackets"),
        ('[[organisations]]\nentity = "Lake Union"\nname = "X"\nkind = "group"\n', 1, "entity"),
        (
            '# note\n[[holders]]\nentity = "person:x"\nname = "X Y"\nbody = "org:no-such-body"\n'
            'office = "head"\nsector = "IGO"\n',
            2,
            "body 'org:no-such-body'",
        ),
        (
            '[[cities]]\nname = "Xville"\ncountry = "FRA"\nlat = "north"\n',
            1,
            "lat 'north' is no number",
        ),
        (
            '[[holders]]\nentity = "person:x"\nname = "X"\ncountry = "FRA"\noffice = "warden"\n'
            'sector = "GOV"\n',
            1,
            "office 'warden'",
        ),
        ('[[organisations]]\nentity = "org:x"\nname = {a = 1}\n', 3, "field 'name' must be"),
    ],
)
def test_a_slip_is_told_with_file_line_and_field(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        world.load((path,))
    assert f"{path}:{line}: " in str(caught.value)
    assert says in str(caught.value)


def test_the_command_tells_a_slip_and_reads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(f"{BODIES}\n{BODY.replace('IGO', 'IGOR')}\n", encoding="utf-8")
    done = read(tmp_path, "Kenya thanked Uganda.", "2026-03-03", path)
    assert done.returncode != 0
    assert f"{path}:2: " in done.stderr
    assert "sector 'IGOR'" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
