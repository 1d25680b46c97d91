"""How does PLOVER file an act of our codebook? Plans, refusals and some conventions. Pure.

PLOVER has no status: a planned visit is AGREE, a threatened attack THREATEN, and what was refused
or did not come about is REJECT (codebook: Type). Some acts it files elsewhere; words/en/plover.toml
lists them with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

HOSTILE = frozenset(["SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"])
FRIENDLY = frozenset(["CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"])


def reduced(kind: str, status: str) -> str:
    """The type after PLOVER's reduction of what has not happened."""
    if status == "planned" and kind in FRIENDLY:
        return "AGREE"
    if status in ("planned", "possible") and kind in HOSTILE:
        return "THREATEN"
    if status == "negated" and kind in FRIENDLY | {"AGREE"}:
        return "REJECT"
    return kind


def filed(
    kind: str, mode: str | None, words: Collection[str], table: Mapping[str, Any], status: str = ""
) -> str:
    """Where PLOVER files a type of ours; `words` are the lemmas at and around the act's words."""
    for move in table.get("move", ()):
        kinds: Sequence[str] = move["types"]
        if kind not in kinds and f"{kind}/{mode}" not in kinds:
            continue
        if status and status not in move.get("status", (status,)):
            continue
        if _said(move.get("but", ()), words):
            continue
        if "words" not in move or _said(move["words"], words):
            return str(move["to"])
    return kind


def by_text(
    roots: Mapping[str, float], words: Collection[str], table: Mapping[str, Any]
) -> dict[str, float]:
    """Chances of types as filed, moved by what the words of the whole text tell."""
    found = dict(roots)
    for move in table.get("whole", ()):
        if _said(move["words"], words):
            kinds: Sequence[str] = move["types"]
            taken = sum(found.pop(kind, 0.0) for kind in kinds)
            found[str(move["to"])] = found.get(str(move["to"]), 0.0) + taken
    return found


def _said(wanted: Sequence[str], words: Collection[str]) -> bool:
    return any(
        word == one or (one.endswith("*") and word.startswith(one[:-1]))
        for one in wanted
        for word in words
    )
