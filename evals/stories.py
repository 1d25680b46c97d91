"""Held-out stories of the corpus as story groups: python evals/stories.py OUT.jsonl [CORPUS]

Writes the stories of CORPUS/stories that were held out from training (train/plans.py), with their
plans and no happenings; `legation evaluate OUT.jsonl` then tells how many of their plans are read
and right. An outcome is the last end that a sentence tells, else "open". The ends are told more
obliquely than in the news, and a third of the plans are no acts of the codebook: such a figure
compares two versions of the program, and says nothing of real reports.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "train"))

from plans import Report, Told, held_out, stories  # noqa: E402


def group(name: str, reports: list[Report], plans: list[Told]) -> dict[str, Any]:
    """A story as a group: docs/2-keep-a-desk.md tells its form."""
    articles = [
        {"id": f"{name}-{at}", "published": day, "outlet": f"outlet {at}", "title": texts[0],
         "text": " ".join(texts[1:])}
        for at, (day, texts) in enumerate(reports, 1)
    ]  # fmt: skip
    told = [
        {"article": f"{name}-{report}", "trigger": trigger, **end(name, places)}
        for report, _, trigger, places in plans
    ]
    return {"id": name, "articles": articles, "happenings": [], "plans": told}


def end(name: str, places: dict[str, str]) -> dict[str, str | None]:
    """The outcome of a plan and the article that tells it: the last end among classes by place."""
    order = sorted(places, key=lambda place: [int(part) for part in place.split(".")])
    ends = [place for place in order if places[place] not in ("open", "none")]
    if not ends:
        return {"outcome": "open", "by": None}
    return {"outcome": places[ends[-1]], "by": f"{name}-{ends[-1].partition('.')[0]}"}


def main() -> None:
    """Read the corpus, write the groups."""
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "corpus"
    kept = [one for one in stories(corpus) if held_out(one[1][0][1][1])]
    lines = [json.dumps(group(*one), ensure_ascii=False) for one in kept]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept)} stories, {sum(len(one[2]) for one in kept):,} plans")


if __name__ == "__main__":
    main()
