"""How friendly is an act? PLOVER's cooperation-conflict scores and quads, from scores.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from legation.errors import KnowledgeError
from legation.story import MODES, Type

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
"""PLOVER's four classes of acts."""


def score(type: str, mode: str | None = None) -> float:
    """Points of an act in -10..+10: of its mode if that has any, else of its type."""
    entry = _table()[type]
    return float(entry.get("modes", {}).get(mode, entry["score"]))


def quad(type: str) -> int:
    """The class of a type, a key of `QUADS`."""
    return int(_table()[type]["quad"])


def rows() -> list[dict[str, Any]]:
    """One row for each type without a mode (mode "") and each mode: type, mode, score, quad."""
    found = []
    for name in Type:
        for mode in ("", *MODES[name]):
            points = score(name, mode or None)
            found.append({"type": str(name), "mode": mode, "score": points, "quad": quad(name)})
    return found


@cache
def _table() -> dict[str, dict[str, Any]]:
    """scores.toml, checked; KnowledgeError says which entry is wrong."""
    path = files("legation.study").joinpath("scores.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if missing := {str(t) for t in Type} ^ table.keys():
        raise KnowledgeError(f"types missing or unknown: {sorted(missing)}", "scores.toml")
    for name, entry in table.items():
        modes = entry.get("modes", {})
        if set(modes) != set(MODES[name]):
            raise KnowledgeError(
                f"{name}: modes {sorted(set(modes) ^ set(MODES[name]))}", "scores.toml"
            )
        if entry.get("quad") not in QUADS:
            raise KnowledgeError(f"{name}: quad is none of 1, 2, 3, 4", "scores.toml")
        if not all(-10 <= points <= 10 for points in (entry["score"], *modes.values())):
            raise KnowledgeError(f"{name}: a score lies outside -10..10", "scores.toml")
    return table
