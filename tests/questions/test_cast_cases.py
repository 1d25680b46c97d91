"""Who is meant, case by case: cast_cases.tsv, all regions, 1990-2026, and names that trap.

Columns: a text, a phrase in it (its last occurrence), the day of publication, the country ("-" for
none, several joined by "+", "none" where the phrase is no party at all), sector and name; "*"
leaves a column open. 95 of 100 must be right; the wrong ones are listed.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from legation import parse, words, world
from legation.questions.who import Cast, cast
from legation.story import Party, Story

TABLE = Path(__file__).parent / "cast_cases.tsv"
FLOOR = 0.95
AT_LEAST = 500


@dataclass(frozen=True)
class Case:
    text: str
    phrase: str
    published: str
    country: str
    sector: str
    name: str


def cases() -> list[Case]:
    with TABLE.open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [Case(*row) for row in rows]


def meant(made: Cast, case: Case) -> tuple[Party, ...]:
    """The parties of the phrase: those of its word that hangs on a word outside it."""
    start = case.text.rindex(case.phrase)
    end = start + len(case.phrase)
    for s, sentence in enumerate(made.story.sentences):
        inside = [w for w in range(len(sentence)) if start <= sentence.starts[w] < end]
        for w in inside:
            if sentence.heads[w] not in inside and (found := made.parties(s, w)):
                return found
    return ()


def plain(name: str) -> str:
    """A name without accents, and without the choice between two spellings of "al"."""
    letters = unicodedata.normalize("NFKD", name.replace("ö", "oe").replace("ü", "ue"))
    kept = "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i")
    return kept.replace("el-", "al-").removeprefix("King ")


def wrong(case: Case, found: tuple[Party, ...]) -> str:
    """What is wrong about an answer; "" when nothing is."""
    told = "none" if not found else "+".join(sorted(p.country or "-" for p in found))
    if case.country != "*" and told != case.country:
        return f"country {told}, not {case.country}"
    if case.sector != "*" and {p.sector for p in found} != {case.sector}:
        return f"sector {sorted(p.sector for p in found)}, not {case.sector}"
    if case.name != "*" and [plain(p.name or "") for p in found] != [plain(case.name)]:
        return f"name {[p.name for p in found]}, not {case.name}"
    return ""


def test_who_is_meant_in_nineteen_of_twenty_cases() -> None:
    table = cases()
    assert len(table) >= AT_LEAST
    assert {case.published[:4] for case in table} >= {"1990", "2000", "2010", "2020"}
    trees = parse.Parser().parse_many([case.text for case in table])
    lexicon, tables = words.load(), world.load()
    failed = []
    for case, sentences in zip(table, trees, strict=True):
        story = replace(Story(case.text, published=case.published), sentences=tuple(sentences))
        problem = wrong(case, meant(cast(story, lexicon, tables), case))
        if problem:
            failed.append(f"{case.published} {case.text!r} {case.phrase!r}: {problem}")
    right = 1 - len(failed) / len(table)
    listing = "\n".join(failed)
    print(f"{right:.1%} of {len(table)} right; wrong:\n{listing}")
    assert right >= FLOOR, listing
