"""Scores have floors that only rise, pinned to the gold that they were measured on.

    python evals/gate.py            # measure, compare with floors.json, exit 1 if one fell
    python evals/gate.py --raise    # write what was measured where it is higher (or the gold new)

floors.json: for each gold file its SHA-256 and the least F1 of each level, a hundredth below what
was measured, since another processor's rounding can turn a close call. Story groups have three
scores instead: happenings (B-cubed F1), plans (outcomes right) and independent (counts exact).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from legation import Reader, evaluate, groups, records
from legation.cli.measuring import desks
from legation.story import Story

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
LEVELS = ("act", "dyad", "event", "full")
GROUPS = ("happenings", "plans", "independent")
SLACK = 0.01
FEW = 0.05  # slack for groups, of which one plan of 23 is 0.04


def measured(path: Path, reader: Reader) -> dict[str, Any]:
    """SHA-256 and F1 by level of one gold file, read by this reader."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if (told := groups.load(path)) is not None:
        found = groups.evaluate_groups(told, desks(told, reader=reader))
        parts = zip(GROUPS, ("f1", "right", "exact"), strict=True)
        return {"sha256": digest, **{name: found[name][key] for name, key in parts}}
    articles = evaluate.gold(str(path))
    stories = (
        Story(a["text"], id=a["id"], published=a["published"], title=a.get("title") or "")
        for a in articles
    )
    read = [r for story in reader.read_all(stories) for r in records.event_records(story)]
    scores = evaluate.evaluate(articles, read).scores["levels"]
    return {"sha256": digest, **{level: scores[level]["f1"] for level in LEVELS}}


def levels(now: dict[str, Any]) -> list[str]:
    """The names of the scores of a measurement."""
    return [name for name in (*LEVELS, *GROUPS) if name in now]


def fallen(name: str, now: dict[str, Any], floor: dict[str, Any]) -> list[str]:
    """What is below its floor, in words; a changed gold file needs new floors."""
    if now["sha256"] != floor.get("sha256"):
        return [f"{name}: the gold has changed; run python evals/gate.py --raise"]
    return [
        f"{name}: {level} {now[level]:.3f} is below its floor {floor[level]:.3f}"
        for level in levels(now)
        if now[level] < floor[level]
    ]


def raised(now: dict[str, Any], floor: dict[str, Any]) -> dict[str, Any]:
    """The floors after a measurement: never lower for the same gold."""
    same = now["sha256"] == floor.get("sha256")
    low = {n: round(now[n] - (FEW if n in GROUPS else SLACK), 3) for n in levels(now)}
    kept = {level: max(low[level], floor[level]) if same else low[level] for level in levels(now)}
    return {"sha256": now["sha256"], **kept}


def main() -> int:
    """Measure every gold file named in floors.json."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--raise", dest="higher", action="store_true", help="write new floors")
    higher = parser.parse_args().higher
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    reader, bad = Reader(), []
    for name, floor in floors.items():
        now = measured(HERE / name, reader)
        print(name, " ".join(f"{level} {now[level]:.3f}" for level in levels(now)))
        bad += fallen(name, now, floor)
        floors[name] = raised(now, floor)
    if higher:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
        return 0
    print("\n".join(bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
