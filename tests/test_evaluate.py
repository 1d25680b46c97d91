"""The evaluator follows its definitions, and agrees with the reference scorer where that is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from legation import evaluate

TEXT = "France condemned the raid. " + "Nothing else was said. " * 12 + "Chad met Mali."
FRA, MLI, TCD = ({"country": code, "sector": "GOV"} for code in ("FRA", "MLI", "TCD"))
ARTICLE = {
    "id": "a",
    "published": "2020-01-08",
    "text": TEXT,
    "events": [
        {"type": "ACCUSE", "mode": "disapprove", "actors": [FRA], "recipients": [MLI],
         "status": "happened", "date": None, "source": [], "trigger": "condemned"},
        {"type": "CONSULT", "mode": None, "actors": [TCD, MLI], "recipients": [],
         "status": "happened", "date": None, "source": [], "trigger": "met"},
    ],
    "borderline": [{"type": "ASSAULT", "trigger": "raid"}],
}  # fmt: skip


def record(trigger: str, **changes: object) -> dict[str, object]:
    at = TEXT.find(trigger)
    base = {"mode": None, "actors": [], "recipients": [], "status": "happened", "date": None}
    evidence = [{"start": at, "end": at + len(trigger), "part": "act"}]
    return {**base, "source": [], "evidence": evidence, "document": {"id": "a"}, **changes}


RECORDS = [
    record("condemned", type="ACCUSE", mode="disapprove", actors=[FRA], recipients=[MLI]),
    record("met", type="CONSULT", actors=[TCD], recipients=[MLI], status="planned"),
    record("raid", type="ASSAULT"),
    record("met", type="AID"),
]


def test_a_frozen_case_has_its_known_scores() -> None:
    levels = evaluate.evaluate([ARTICLE], RECORDS).scores["levels"]
    assert [levels[name]["hits"] for name in ("act", "dyad", "event", "full")] == [2, 2, 1, 1]
    assert levels["act"]["system"] == 3, "the borderline raid counts neither way"
    assert levels["act"]["f1"] == 0.8


def test_the_reference_scorer_gives_the_same_numbers(tmp_path: Path) -> None:
    shared = Path(os.environ.get("LEGATION_SHARED") or Path(__file__).parents[2] / "shared")
    scorer = shared / "eval" / "score.py"
    if not scorer.exists():
        pytest.skip("the reference scorer is not here")
    paths = [tmp_path / "gold.jsonl", tmp_path / "system.jsonl"]
    for path, rows in zip(paths, ([ARTICLE], RECORDS), strict=True):
        path.write_text("\n".join(json.dumps(row) for row in rows))
    run = [sys.executable, str(scorer), *map(str, paths), "--json"]
    answer = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert json.loads(answer) == evaluate.evaluate([ARTICLE], RECORDS, intervals=False).scores
