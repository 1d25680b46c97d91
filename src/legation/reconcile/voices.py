"""How many independent voices tell a happening? Who copies or only quotes another adds none.

Copies of one text are one family (copies.py). A report whose event stands on another outlet's word
("told CNN", "Reuters reported") repeats that outlet: it counts only if the outlet's own report is
not there, and several that repeat the same one count once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from legation.reconcile.telling import Telling
from legation.reconcile.usage import USAGE, either

_SAID = f"(?:{either(USAGE.credited)})"
_BY = either(USAGE.crediting)
_IDLE = frozenset(USAGE.outlets)


def independent(told: Iterable[Telling]) -> int:
    """Number of independent reports among these tellings of one act."""
    families: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        families[one.family].append(one)
    own = {family: {outlet(one.outlet) for one in group} for family, group in families.items()}
    names: set[frozenset[str]] = set().union(*own.values()) - {frozenset()}
    tellers = {one.outlet for group in families.values() for one in group} - {""}
    alone, quoted = 0, set()
    for family, members in families.items():
        credits = {name for one in members for name in quotes(one, tellers)} - own[family]
        if not credits:
            alone += 1
            continue
        quoted.add(min(names & credits or credits, key=sorted))
    return max(1, alone + len(quoted - names))


def quotes(one: Telling, others: Iterable[str] = ()) -> set[frozenset[str]]:
    """Outlets on whose word a report has its event.

    They are media among its sources; of the `others`, who tell the act too, also those that its
    sentence credits in words ("the Jakarta Lantern reported").
    """
    found = {outlet(link.name or "") for link in one.event.source if link.sector == "JRN"}
    found |= {outlet(other) for other in others if _credited(other, one.sentence)}
    return found - {frozenset(), outlet(one.outlet)}


def _credited(name: str, sentence: str) -> bool:
    """Does the sentence rest on an outlet's word: "X reported", "told X", "according to X"?"""
    bare = re.sub(r"^the ", "", name.strip(), flags=re.IGNORECASE)
    if not bare or bare.casefold() not in sentence.casefold():
        return False
    x = rf"(?:the )?{re.escape(bare)}"
    said = rf"{x},? (?:has |had )?{_SAID}|(?:{_BY}) {x}(?!\w|['\u2019]s)"
    return bool(re.search(said, sentence, re.IGNORECASE))


def named(name: str, credits: Iterable[str]) -> bool:
    """Whether an outlet is among the names of credit lines."""
    return bool(outlet(name)) and any(outlet(credit) == outlet(name) for credit in credits)


def outlet(name: str) -> frozenset[str]:
    """An outlet's name as it is compared: its words, but for "the", "news", "agency" …"""
    words = frozenset(re.findall(r"[^\W_]+", name.casefold()))
    return words - _IDLE or words
