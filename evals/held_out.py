"""Write the held-out tenth of the corpus as gold: python evals/held_out.py OUT.jsonl [FOLDER…].

The second opinion is never trained on these passages (train/passages.py chooses them by a hash of
their text); those that a passage of the other nine tenths nearly repeats are left out here.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "train"))

import passages  # noqa: E402


def gold(folders: list[Path]) -> list[dict[str, Any]]:
    """The held-out passages in the form of `legation evaluate`."""
    everything = passages.read(folders)
    _, dev = passages.held_out(everything)
    chosen = {one["text"] for one in dev}
    others = [one for one in everything if one["text"] not in chosen]
    return [_article(passage) for passage in passages.without_alike(dev, others)]


def _article(passage: dict[str, Any]) -> dict[str, Any]:
    events = [
        event | {"trigger": event["trigger"]["text"], "place": _place(event["place"])}
        for event in passage["events"]
    ]
    return passage | {"events": events, "outlet": ""}


def _place(place: dict[str, Any] | None) -> dict[str, Any] | None:
    return {"name": place["text"], "country": place["country"]} if place else None


if __name__ == "__main__":
    folders = [Path(name) for name in sys.argv[2:]] or [ROOT / "corpus" / "en"]
    rows = gold(folders)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(rows), "passages,", sum(len(row["events"]) for row in rows), "events")
