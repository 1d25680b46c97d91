"""The plans of corpus/sequels and corpus/stories with what later sentences say of them.

Both notations are told in corpus/README.md; needs nothing beyond the package.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from legation.parse.sequel import CLASSES

PLAIN = frozenset(
    "wire agencies relief mediators walkouts bases benches tariffs envoys ceasefires europe2 africa2"
    " mideast2 asia2 americas2 visits2 prisoners2 troops2 marches2 sanctions2 threats2 visits3 truces3"
    " streets3 tariffs3 troops3 relief3 threats3 treaties3 africa3 americas3 asia3 europe3 mideast3"
    " passing3".split()
)
"""Files of stories in plain prose: corpus/README.md."""
DIRECT = frozenset(
    "visits4 talks4 forces4 captives4 squares4 measures4 southern4 northern4".split()
)
"""Files of stories that tell what became of a plan as directly as agencies do."""

FAR = 0.25  # likeness (reconcile/affair.py) from which two reports may be of one affair

Report = tuple[str, list[str]]  # its day; its headline and sentences
Told = tuple[int, int, str, dict[str, str]]
"""A plan: its report and sentence (from 1), its words, and classes by place ("3.2")."""


class Later(NamedTuple):
    """A later report: its day, its sentences, what each says of the plan, and its headline."""

    day: str
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    above: str = ""

    @property
    def kind(self) -> str:
        """What the whole report says: the last end that a sentence tells, else that it is open."""
        told = [kind for kind in self.kinds if kind != "none"]
        return ([kind for kind in told if kind != "open"] or told or ["none"])[-1]


def single(kind: str, day: str, text: str) -> Later:
    """A report of one sentence."""
    return Later(day, (text,), (kind,))


@dataclass(frozen=True)
class Block:
    """A plan, its trigger and day, and later reports: of a story whole ones, else single sentences.

    `before` is what stands before the plan in its own report.
    """

    made: str
    text: str
    trigger: str
    form: str  # "rivals", "several" (plans of a group); "story", "plain" or "direct" by its prose
    later: tuple[Later, ...]
    group: str  # by which it is held out: all plans of a story together
    before: str = ""

    @property
    def whole(self) -> bool:
        """Are its later reports whole ones?"""
        return self.form in ("story", "plain", "direct")

    @property
    def held_out(self) -> bool:
        """Is it of the tenth that is only measured?"""
        return held_out(self.group)


def read(corpus: Path) -> Iterator[Block]:
    """The plans of all files of a corpus; the two forms are told in corpus/README.md."""
    for path in sorted((corpus / "sequels").glob("*.txt")):
        for number, block in enumerate(path.read_text("utf-8").strip().split("\n\n"), 1):
            head, plan, *lines = block.split("\n")
            later = tuple(single(*line.strip().split(" ", 2)) for line in lines)
            if not plan.startswith("  plan ") or any(one.kind not in CLASSES for one in later):
                raise SystemExit(f"{path}: block {number} is not as corpus/README.md says")
            made, text = head.split(" ", 1)
            form = "several" if path.name.startswith("several") else "rivals"
            yield Block(made, text, plan.removeprefix("  plan "), form, later, text)
    for name, reports, plans in stories(corpus):
        file = name.rpartition("-")[0]
        form = "plain" if file in PLAIN else "direct" if file in DIRECT else "story"
        yield from _blocks(form, reports, plans)


def stories(corpus: Path) -> Iterator[tuple[str, list[Report], list[Told]]]:
    """Every story of a corpus: its name (file and number), its reports, its plans."""
    for path in sorted((corpus / "stories").glob("*.txt")):
        for number, story in enumerate(path.read_text("utf-8").strip().split("\n\n"), 1):
            try:
                yield (f"{path.stem}-{number}", *_story(story.split("\n")))
            except (ValueError, IndexError) as error:
                raise SystemExit(
                    f"{path}: story {number} is not as corpus/README.md says"
                ) from error


def held_out(group: str) -> bool:
    """Is what is called so (of stories the first sentence) of the tenth that is only measured?"""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 10 == 0


def _story(lines: list[str]) -> tuple[list[Report], list[Told]]:
    reports: list[Report] = []
    plans: list[Told] = []
    for line in lines:
        if line.startswith("# "):
            day, headline = line[2:].split(" | ", 1)
            reports.append((day, [headline]))
        elif line.startswith("plan "):
            _, at, trigger = line.split(" ", 2)
            report, sentence = map(int, at.split("."))
            if trigger not in reports[report - 1][1][sentence]:
                raise ValueError(trigger)
            plans.append((report, sentence, trigger, {}))
        elif line.startswith("  "):
            kind, *places = line.split()
            plans[-1][3].update(dict.fromkeys(places, kind))
        else:
            reports[-1][1].append(line)
    return reports, plans


def _blocks(form: str, reports: list[Report], plans: list[Told]) -> Iterator[Block]:
    """The plans of a story, each with all later reports.

    Where the story says of one of its plans what became of it in the report that tells it, that of
    every plan is read on from the plan's own sentence.
    """
    soon = any(place.startswith(f"{report}.") for report, _, _, told in plans for place in told)
    for report, sentence, trigger, told in plans:
        made, own = reports[report - 1]
        later = tuple(
            Later(
                day, tuple(texts[first:]),
                tuple(told.get(f"{r}.{s}", "none") for s in range(first, len(texts))), texts[0],
            )
            for r, (day, texts) in enumerate(reports, 1)
            if r > report or (soon and r == report)
            for first in [sentence if r == report else 1]
        )  # fmt: skip
        yield Block(
            made, own[sentence], trigger, form, later, reports[0][1][1], own[sentence - 1]
        )  # fmt: skip
