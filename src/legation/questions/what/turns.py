"""The same words are another act by who does them to whom: soldiers "land", a crowd "burns".

The rows are data (words/en/turns.toml); the first that fits changes the act or turns it down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.questions.what.acts import Act, Scene
from legation.story import Party
from legation.words import Words


def turned(scene: Scene, act: Act) -> Act | str:
    """The act as its parties make it, or why it is none."""
    for row in scene.words.table("turns").get("turn", ()):
        if not _fits(scene, act, row):
            continue
        if not row["gives"]:
            return str(row["why"])
        kind, _, mode = str(row["gives"]).partition("/")
        return replace(act, type=kind, mode=mode or None, operator=f"turn: {row['why']}")
    return act


def no_acts(words: Words) -> frozenset[str]:
    """The reasons that rows give for what is no act at all."""
    return frozenset(
        str(row["why"]) for row in words.table("turns").get("turn", ()) if not row["gives"]
    )


def _fits(scene: Scene, act: Act, row: Mapping[str, Any]) -> bool:
    tree, word = scene.tree, act.word
    if not {act.type, f"{act.type}/{act.mode}"} & set(row["of"]):
        return False
    if "frames" in row and act.match.frame.id not in row["frames"]:
        return False
    if "verbs" in row and tree.lemmas[word] not in row["verbs"]:
        return False
    subjects = tree.surface(word) if act.match.pos == "verb" else ()
    if "subjects" in row and not any(tree.lemmas[w] in row["subjects"] for w in subjects):
        return False
    things = {tree.lemmas[w] for w in (*act.match.fixed, *tree.objects(word))}
    if "objects" in row and not things & set(row["objects"]):
        return False
    if "doers" in row and not _all(act.actors, row["doers"]):
        return False
    if "among" in row and not any(p.sector in row["among"] for p in act.actors):
        return False
    if "suffer" in row and not _all(act.recipients, row["suffer"]):
        return False
    if row.get("lone") and (any(p.text for p in act.recipients) or act.match.fixed):
        return False
    if row.get("persons") and (act.match.fixed or not _all_persons(act.recipients)):
        return False
    if row.get("person") and not any(p.name or p.role for p in act.actors):
        return False
    return not row.get("home") or _at_home(act)


def _all(parties: Sequence[Party], sectors: Sequence[str]) -> bool:
    return bool(parties) and all(p.sector in sectors for p in parties)


def _all_persons(parties: Sequence[Party]) -> bool:
    """Are they persons by name or office, and no states or bodies?"""
    return bool(parties) and all(p.role or (p.name and p.sector != "IGO") for p in parties)


def _at_home(act: Act) -> bool:
    """Does nobody abroad suffer it?"""
    ours = {p.country for p in act.actors if p.country}
    theirs = {p.country for p in act.recipients if p.country}
    return theirs <= ours
