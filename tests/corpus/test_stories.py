"""The small stories of corpus/stories: every plan and label stands where corpus/README.md says."""

import re
from pathlib import Path

import pytest

from tests.corpus.days import is_day

FILES = sorted((Path(__file__).parents[2] / "corpus" / "stories").glob("*.txt"))
CLASSES = ("kept", "cancelled", "contradicted", "open")


def stories(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def slips(text: str) -> list[str]:
    """What is wrong with a story."""
    found: list[str] = []
    days: list[str] = []
    reports: list[list[str]] = []
    plan, labelled, plans = (0, 0), set[str](), 0
    for line in text.split("\n"):
        if head := re.fullmatch(r"# (\S+) \| (\S.*)", line):
            found += [] if is_day(head[1]) else [f"'{head[1]}' is no date"]
            found += ["a report after the plans"] if plans else []
            found += ["days out of order"] if days and head[1] < days[-1] else []
            days.append(head[1])
            reports.append([])
        elif told := re.fullmatch(r"plan (\d+)\.(\d+) (\S.*)", line):
            plan, labelled, plans = (int(told[1]), int(told[2])), set(), plans + 1
            if told[3] not in _sentence(reports, told[1], told[2]):
                found.append(f"'{told[3]}' does not stand in {told[1]}.{told[2]}")
        elif label := re.fullmatch(r"  (\w+)((?: \d+\.\d+)+)", line):
            found += [] if label[1] in CLASSES and plans else [f"'{line}'"]
            for place in label[2].split():
                report, _, sentence = place.partition(".")
                if place in labelled:
                    found.append(f"{place} twice under one plan")
                if (int(report), int(sentence)) < plan or not _sentence(reports, report, sentence):
                    found.append(f"{place} is no later sentence")
                labelled.add(place)
        elif not reports or plans or line != line.strip() or not line:
            found.append(f"'{line}' is out of place")
        else:
            reports[-1].append(line)
    found += [] if plans else ["no plan"]
    return found


def _sentence(reports: list[list[str]], report: str, sentence: str) -> str:
    try:
        return reports[int(report) - 1][int(sentence) - 1] if int(sentence) else ""
    except IndexError:
        return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_story_is_well_formed(path: Path) -> None:
    told = [f"story {n}: {slip}" for n, one in enumerate(stories(path), 1) for slip in slips(one)]
    assert told == []


def test_no_story_stands_twice() -> None:
    heads = [one.split("\n")[1] for path in FILES for one in stories(path)]
    assert len(set(heads)) == len(heads) > 1000


GOOD = """# 2010-02-01 | Chad
Chad will pay.
# 2010-02-03 | Paid
It paid.
plan 1.1 will pay
  kept 2.1"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2010-02-01", "2010-02-31", "'2010-02-31' is no date"),
        ("2010-02-03", "2010-01-03", "days out of order"),
        ("1.1 will pay", "1.1 would pay", "'would pay' does not stand in 1.1"),
        (
            "plan 1.1 will pay\n  kept 2.1",
            "plan 2.1 It paid\n  kept 1.1",
            "1.1 is no later sentence",
        ),
        ("kept 2.1", "kept 2.2", "2.2 is no later sentence"),
        ("kept 2.1", "kept 2.1 2.1", "2.1 twice under one plan"),
        ("kept 2.1", "done 2.1", "'  done 2.1'"),
        ("plan 1.1 will pay\n  kept 2.1", "It was glad.", "no plan"),
    ],
)
def test_a_slip_is_found(old: str, new: str, told: str) -> None:
    assert slips(GOOD) == []
    assert told in slips(GOOD.replace(old, new))
