"""The scores on our own gold do not fall below their floors."""

import importlib.util
import json
from pathlib import Path

import pytest

from legation import Reader

EVALS = Path(__file__).parent.parent / "evals"
spec = importlib.util.spec_from_file_location("gate", EVALS / "gate.py")
assert spec
assert spec.loader
gate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gate)
FLOORS = json.loads((EVALS / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FLOORS)
def test_no_score_is_below_its_floor(name: str, reader: Reader) -> None:
    assert gate.fallen(name, gate.measured(EVALS / name, reader), FLOORS[name]) == []


def test_floors_only_rise_for_the_same_gold() -> None:
    floor = {"sha256": "a", "act": 0.5, "dyad": 0.5, "event": 0.5, "full": 0.5}
    now = {"sha256": "a", "act": 0.7, "dyad": 0.4, "event": 0.505, "full": 0.6}
    assert gate.raised(now, floor) == {
        "sha256": "a", "act": 0.69, "dyad": 0.5, "event": 0.5, "full": 0.59,
    }  # fmt: skip
    assert gate.fallen("x", now, floor) == ["x: dyad 0.400 is below its floor 0.500"]


def test_changed_gold_asks_for_new_floors() -> None:
    floor = {"sha256": "a", **dict.fromkeys(gate.LEVELS, 0.0)}
    now = {**floor, "sha256": "b"}
    assert "has changed" in gate.fallen("x", now, floor)[0]
