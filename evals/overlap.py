"""Which affairs of story groups do the stories of the corpus tell too? python evals/overlap.py

The stories that teach the network of sequels are imagined from real history, and so are most
groups; their authors knew nothing of each other. Tells for each file of how many groups some story,
dated within two months, shares at least SHARED names that few stories have.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "train"))

from plans import stories  # noqa: E402

SHARED = 4  # names in common from which two tell of one affair
FEW = 60  # stories that have a name, up to which it tells affairs apart
MONTHS = 2
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


def month(day: str) -> int:
    """Months since year 0 of an ISO day."""
    return int(day[:4]) * 12 + int(day[5:7])


def main() -> None:
    """Read the corpus, count for every file of groups."""
    told = [
        (
            month(reports[0][0]),
            set(NAME.findall(" ".join(t for _, texts in reports for t in texts))),
        )
        for _, reports, _ in stories(HERE.parent / "corpus")
    ]
    counts = Counter(name for _, names in told for name in names)
    for path in sorted(HERE.glob("groups*.jsonl")):
        groups = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        shared = 0
        for group in groups:
            text = " ".join(article["text"] for article in group["articles"])
            names = {name for name in NAME.findall(text) if counts[name] < FEW}
            day = month(group["articles"][0]["published"])
            near = (len(names & other) for when, other in told if abs(when - day) <= MONTHS)
            shared += max(near, default=0) >= SHARED
        print(f"{path.name}: {shared} of {len(groups)} groups")


if __name__ == "__main__":
    main()
