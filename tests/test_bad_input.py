"""Bad input gives a clear problem or error, an exit code, bounded time and no traceback."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

BAD = {
    "empty": (b"", 3),
    "blank": (b" \n\n ", 3),
    "one-line-of-5-MB": (b"The army attacked the town and the police fled. " * 105_000, 0),
    "binary": (bytes(range(256)) * 40, 3),
    "utf-16": ("France condemned Mali on Monday after the raid.".encode("utf-16"), 0),
    "latin-1": ("France condemned São Tomé on Monday after the raid.".encode("latin-1"), 0),
    "html-without-article": (b"<html><head><title>x</title></head><body></body></html>", 3),
    "sentence-of-10000-words": (b"France " + b"and Mali " * 5000 + b"condemned Chad.", 0),
    "one-sentence-of-many-acts": (b"Kenya expelled two Somali envoys on Tuesday and " * 1300, 0),
    "control-characters": (b"France \x07condemned\x1b[31m Mali on Monday after the raid.\x00", 0),
    "right-to-left": ("\u202eFrance condemned Mali\u202c on Monday after the raid.".encode(), 0),
    "arabic": ("وزير الخارجية الفرنسي يدين الهجوم على السفارة في العاصمة أمس".encode(), 3),
    "german": (
        b"Der Minister verurteilte am Montag den Angriff auf die Botschaft in der Hauptstadt. "
        b"Die Regierung in Berlin bestellte den Botschafter ein und forderte eine Untersuchung.",
        3,
    ),
}


def spent() -> float:
    """Seconds of processor time that child processes have used, whatever else the machine does."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_clearly_and_in_time(name: str, tmp_path: Path) -> None:
    content, code = BAD[name]
    path = tmp_path / ("page.html" if name.startswith("html") else "story.txt")
    path.write_bytes(content)
    before = spent()
    done = subprocess.run(
        [sys.executable, "-m", "legation.cli", "read", str(path), "--published", "2020-01-08"],
        capture_output=True,
        timeout=120,
    )
    assert spent() - before < 25  # of processor time; 10 s by the clock on two quiet cores
    assert b"Traceback" not in done.stderr
    assert done.returncode == code, done.stderr.decode(errors="replace")
    if code:
        assert done.stderr.strip()


def test_a_bad_line_of_jsonl_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl"
    good = '{"id": "a", "published": "2020-01-08", "text": "France condemned Mali on Monday."}'
    path.write_text(f"{good}\nnot json\n{good.replace('a', 'b', 1)}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "legation.cli", "read", str(path), "--format", "jsonl"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert ":2" in done.stderr or "line 2" in done.stderr


def test_a_missing_file_is_one_line_and_code_3() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "legation.cli", "read", "no-such-file.txt"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
