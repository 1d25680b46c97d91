"""The commands of a desk, from one end to the other, on real text and the shipped model."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import legation

TEXTS = (
    ("France's foreign minister condemned Mali's attack on the camp on Monday.", "2020-01-08"),
    ("The president of Chad will visit Niger on Friday, his spokesman said.", "2020-01-08"),
    ("Kenya and Uganda signed an accord in Nairobi on Tuesday.", "2020-01-09"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    lines = [
        json.dumps({"id": f"t{n}", "text": text, "published": day, "outlet": f"Outlet {n}"})
        for n, (text, day) in enumerate(TEXTS)
    ]
    (folder / "news.jsonl").write_text("\n".join([*lines, "not json"]) + "\n")
    return folder


def run(desk: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "legation.cli", *words, "--store", str(desk / "desk.db")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done


def test_a_desk_from_one_end_to_the_other(desk: Path) -> None:
    news = str(desk / "news.jsonl")
    first = run(desk, "add", news, "--processes", "2", code=1)
    assert "3 stories added" in first.stderr
    assert "1 record set aside" in first.stderr
    assert "    set aside: " in first.stderr
    again = run(desk, "add", news, "--processes", "1", code=1)
    assert "0 stories added" in again.stderr
    assert "3 were there already" in again.stderr

    found = run(desk, "events", "--actor", "FRA", "--format", "jsonl").stdout
    event = json.loads(found.splitlines()[0])
    assert (event["type"], event["given"]) == ("ACCUSE", "t0")
    assert "FRA" in run(desk, "events", "--pair", "FRA-MLI").stdout
    assert "happened" in run(desk, "happenings", "--party", "FRA").stdout
    assert "planned" in run(desk, "plans").stdout
    assert "Outlet 2" in run(desk, "search", "nairobi").stdout
    assert "rows written" in run(desk, "export", "-", "--profile", "gdelt").stderr

    run(desk, "review", event["id"], "--correct", '{"status": "negated"}')
    wrong = run(desk, "review", event["id"], "--correct", '{"status": "maybe"}', code=2)
    assert "no status 'maybe'; there are happened" in wrong.stderr
    assert "no review 99" in run(desk, "review", "--undo", "99", code=2).stderr
    done = run(desk, "reread", "--all").stdout
    assert "reviewed: 1" in done
    assert "changed" not in done, "the same version reads the same"
    assert "negated" in run(desk, "events", "--actor", "FRA").stdout

    run(desk, "backup", str(desk / "copy.db"))
    assert (desk / "copy.db").stat().st_size > 0
    assert "up to date" in run(desk, "migrate").stderr


def test_the_summary_of_add_names_the_command_that_lists_what_was_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "my news"
    folder.mkdir()
    text, day = TEXTS[2]
    good = json.dumps({"id": "good", "text": text, "published": day})
    french = "Le ministre des affaires étrangères de la France a condamné lundi cette attaque."
    other = json.dumps({"id": "autre", "text": french, "published": day})
    (folder / "a.jsonl").write_text("\n".join([good, other, *["no json"] * 7]) + "\n")
    assert "7 records set aside" in run(folder, "add", str(folder / "a.jsonl"), code=1).stderr
    (folder / "b.jsonl").write_text("neither\n")
    told = run(folder, "add", str(folder / "b.jsonl"), code=3).stderr
    named = shlex.split(told.rpartition("all of them: ")[2])
    assert named[:2] == ["legation", "problems"]
    command = [sys.executable, "-m", "legation.cli", *named[1:]]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), "those of that run alone"
    assert "b.jsonl:1: not JSON" in done.stdout
    assert "1 of 1" in done.stderr

    every = run(folder, "problems", "--limit", "4")
    assert (every.stdout.count("\n"), "4 of 9" in every.stderr) == (4, True)
    assert run(folder, "problems", "--aside", "--limit", "0").stdout.count("\n") == 8
    line = run(folder, "problems", "--code", "language").stdout
    assert "language · autre: only English is read" in line
    rows = run(folder, "problems", "--location", "a.jsonl", "--format", "jsonl").stdout
    first = json.loads(rows.splitlines()[0])
    assert (first["code"], first["story"], rows.count("\n")) == ("aside", None, 7)
    none = run(folder, "problems", "--code", "crash")
    assert (none.stdout, none.stderr) == ("", "nothing that fits was set aside or odd\n")
    assert "no day or time" in run(folder, "problems", "--since", "soon", code=2).stderr


def test_wrong_use_is_told_in_one_line(desk: Path) -> None:
    with legation.open(desk / "desk.db"):
        pass
    assert "none of" in run(desk, "events", "--type", "DANCE", code=2).stderr
    missing = [sys.executable, "-m", "legation.cli", "events", "--store", str(desk / "no.db")]
    done = subprocess.run(missing, capture_output=True, text=True)
    assert done.returncode == 4
    assert done.stderr.strip().count("\n") == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("export", "{}/no/such/folder.csv"), 4, "No such file"),
        (("export", "/dev/full"), 4, "No space left"),
        (("export", "{}/x.xlsx"), 2, "end it with .csv"),
        (("export", "{}/x.csv", "--type", "DANCE"), 2, "none of"),
        (("export", "{}/x.csv", "--what", "stories", "--actor", "FRA"), 2, "no actor"),
        (("export", "{}/x.csv", "--what", "happenings", "--outlet", "A"), 2, "no outlet"),
        (("backup", "{}/no/such/copy.db"), 4, "copy.db"),
        (("plans", "--due-since", "soon"), 2, "not a date"),
        (("search", ""), 2, "nothing to search for"),
        (("add", "x.csv", "--map", "body=text"), 2, "FIELD=COLUMN"),
    ],
)
def test_a_slip_is_told_in_words_and_leaves_no_file(
    desk: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    with legation.open(desk / "desk.db"):
        pass
    before = sorted(desk.iterdir())
    done = run(desk, *(word.format(desk) for word in words), code=code)
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(desk.iterdir()) == before


def test_an_export_that_fails_leaves_the_older_one(desk: Path) -> None:
    run(desk, "export", str(desk / "all.tsv"))
    assert "id\tstory\t" in (desk / "all.tsv").read_text()
    run(desk, "export", str(desk / "all.tsv"), "--since", "never", code=2)
    assert "id\tstory\t" in (desk / "all.tsv").read_text()
