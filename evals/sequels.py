"""How often is the network of sequels right? python evals/sequels.py [CORPUS]

Asks the shipped network about every plan of the corpus that was held out from training
(train/plans.py), and tells for each form the later sentences, the share that is right, and of each
class the share found and the share of its answers that is right.
"""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "train"))

from plans import Block, Later, read  # noqa: E402

from legation.parse import MODEL  # noqa: E402
from legation.parse.sequel import CLASSES, Sequels  # noqa: E402

FORMS = ("rivals", "several", "story", "plain", "direct")


def score(network: Sequels, asked: list[tuple[Block, Later]]) -> Counter[tuple[str, str]]:
    """How often each class got each answer."""
    table: Counter[tuple[str, str]] = Counter()
    for block, one in asked:
        says = network.say(
            block.text, block.trigger, block.made, one.texts, one.day, one.above, block.before
        )
        for kind, shares in zip(one.kinds, says, strict=True):
            table[kind, max(CLASSES, key=shares._asdict().__getitem__)] += 1
    return table


def tell(name: str, table: Counter[tuple[str, str]]) -> None:
    """Print a row."""
    print(f"{name}: {table.total():,} sentences, {_share(table, lambda g, a: True)} right")
    for kind in CLASSES:
        found = _share(table, lambda gold, _, kind=kind: gold == kind)
        right = _share(table, lambda _, answer, kind=kind: answer == kind)
        print(f"    {kind}: {found} found, {right} of such answers right")


def _share(table: Counter[tuple[str, str]], among: Callable[[str, str], bool]) -> str:
    all_of = sum(n for pair, n in table.items() if among(*pair))
    right = sum(n for pair, n in table.items() if among(*pair) and pair[0] == pair[1])
    return f"{right / all_of:.3f}" if all_of else "-"


def main() -> None:
    """Read the corpus, ask, tell."""
    blocks = list(read(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"))
    taught = {one.texts for block in blocks if not block.held_out for one in block.later}
    network = Sequels(MODEL)
    for form in FORMS:
        held = [block for block in blocks if block.held_out and block.form == form]
        asked = [(block, one) for block in held for one in block.later]
        tell(f"{form} ({len(held)} plans)", score(network, asked))
        if form == "several":
            unseen = [(block, one) for block, one in asked if one.texts not in taught]
            tell("several, sentences that no training block has", score(network, unseen))


if __name__ == "__main__":
    main()
