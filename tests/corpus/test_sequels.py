"""The plans and later sentences of corpus/sequels: every block is as corpus/README.md says."""

from pathlib import Path

import pytest

from legation.parse.sequel import CLASSES
from tests.corpus.days import is_day

FILES = sorted((Path(__file__).parents[2] / "corpus" / "sequels").glob("*.txt"))


def blocks(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def slips(block: str) -> list[str]:
    """What is wrong with a block."""
    head, plan, *later = (block + "\n").splitlines()
    made, _, text = head.partition(" ")
    found = [] if is_day(made) else [f"'{made}' is no date"]
    trigger = plan.removeprefix("  plan ")
    if trigger == plan or not trigger or trigger not in text:
        found.append(f"trigger '{trigger}' stands nowhere")
    if not later:
        found.append("no later sentence")
    for line in later:
        kind, told, said = [*line.removeprefix("  ").split(" ", 2), "", ""][:3]
        if not line.startswith("  ") or kind not in CLASSES or not said.strip():
            found.append(f"not a class, day and sentence: '{line}'")
        elif not is_day(told) or told < made:
            found.append(f"'{told}' is no day from the plan's on")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_block_is_well_formed(path: Path) -> None:
    told = [f"block {n}: {slip}" for n, one in enumerate(blocks(path), 1) for slip in slips(one)]
    assert told == []


def test_no_plan_stands_twice() -> None:
    heads = ["\n".join(one.split("\n")[:2]) for path in FILES for one in blocks(path)]
    assert len(set(heads)) == len(heads) > 6000


GOOD = "2010-02-01 Chad will pay.\n  plan will pay\n  kept 2010-02-03 Chad paid."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2010-02-01 ", "2010-02-31 ", "'2010-02-31' is no date"),
        ("plan will pay", "plan would pay", "trigger 'would pay' stands nowhere"),
        ("  kept", "  done", "not a class, day and sentence"),
        ("  kept", " kept", "not a class, day and sentence"),
        ("2010-02-03", "2010-01-31", "'2010-01-31' is no day from the plan's on"),
        ("2010-02-03", "2010-2-3", "'2010-2-3' is no day from the plan's on"),
        ("\n  kept 2010-02-03 Chad paid.", "", "no later sentence"),
    ],
)
def test_a_slip_is_seen(old: str, new: str, told: str) -> None:
    assert slips(GOOD) == []
    assert any(told in slip for slip in slips(GOOD.replace(old, new)))
