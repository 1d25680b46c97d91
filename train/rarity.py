"""Write how many reports have a word or name a state: python train/rarity.py --corpus corpus

Counted over the reports of CORPUS/stories (plans.py), by the stems that are compared and the codes
of states. Written to src/legation/reconcile/rarity.tsv, from FEWEST reports on: first the number of
all reports, then a word or code and its number a line. Run it again when the stories have grown.
"""

import argparse
from collections import Counter
from pathlib import Path

from plans import stories

from legation.reconcile.affair import FEWEST, FILE, words_of


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder with stories")
    args = parser.parse_args()
    reports, found = 0, Counter[str]()
    for _, told, _ in stories(args.corpus):
        for _, texts in told:
            reports += 1
            found.update(frozenset().union(*map(words_of, texts)))
    rows = sorted((-count, word) for word, count in found.items() if count >= FEWEST)
    FILE.write_text(
        f"reports\t{reports}\n" + "".join(f"{word}\t{-count}\n" for count, word in rows), "utf-8"
    )
    print(f"{reports} reports, {len(rows)} words and codes in {FILE}")


if __name__ == "__main__":
    main()
