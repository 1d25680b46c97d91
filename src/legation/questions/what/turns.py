"""The same words are another act by who does them to whom: soldiers "land", a crowd "burns".

The rows are data (words/en/turns.toml); the first that fits changes the act or turns it down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.questions import clause
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
        turn = replace(act, type=kind, mode=mode or None, operator=f"turn: {row['why']}")
        return turn if kind == act.type else replace(turn, recipients=_heard(scene, act))
    return act


def _heard(scene: Scene, act: Act) -> tuple[Party, ...]:
    """The recipients of what became another act: not who was only implied, but who is told it.

    "Ghana protested to Togo" is no protest against its own government.
    """
    named = tuple(p for p in act.recipients if p.text)
    told = [n for entered, n in scene.tree.obliques(act.word) if entered in ("to", "with")]
    return named or scene.parties(told)


def no_acts(words: Words) -> frozenset[str]:
    """The reasons that rows give for what is no act at all, whatever the model says."""
    return frozenset(
        str(row["why"])
        for row in words.table("turns").get("turn", ())
        if not row["gives"] and not row.get("open")
    )


def _fits(scene: Scene, act: Act, row: Mapping[str, Any]) -> bool:
    tree, word = scene.tree, act.word
    if not {act.type, f"{act.type}/{act.mode}"} & set(row["of"]):
        return False
    if "frames" in row and act.match.frame.id not in row["frames"]:
        return False
    if "verbs" in row and tree.lemmas[word] not in row["verbs"]:
        return False
    subjects = tree.surface(word) if act.match.pos != "noun" else ()
    if "subjects" in row and not any(_named(scene, w, row["subjects"]) for w in subjects):
        return False
    if row.get("ahead") and not (clause.future(tree, word) or tree.infinitive(word)):
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
    if row.get("joint") and len({p.country for p in act.actors if p.country}) < 2:
        return False
    if row.get("nobody") and _somebody(scene, act):
        return False
    return not row.get("home") or _at_home(act)


def _named(scene: Scene, word: int, names: Sequence[str]) -> bool:
    """Is the noun one of the names, or of a class "@troops" among them?"""
    terms, classes = scene.tree.terms(word), scene.words.classes
    return any(
        not terms.isdisjoint(classes[name[1:]])
        if name[0] == "@"
        else name == scene.tree.lemmas[word]
        for name in names
    )


def _somebody(scene: Scene, act: Act) -> bool:
    """Is an actor a person by name or office, or do envoys act?"""
    classes, tree = scene.words.classes, scene.tree
    people = classes["delegation"] | classes["gathered"] | classes["official"]
    subjects = tree.surface(act.word)
    if any(tree.lemmas[w] in people for w in subjects):
        return True
    named = any(tree.tags[w] in ("PROPN", "PRON") for w in subjects)
    return named and any(p.role or (p.name and p.sector != "IGO") for p in act.actors)


def _all(parties: Sequence[Party], sectors: Sequence[str]) -> bool:
    return bool(parties) and all(p.sector in sectors for p in parties)


def _all_persons(parties: Sequence[Party]) -> bool:
    """Are they persons by name or office, and no states or bodies?"""
    return bool(parties) and all(p.role or (p.name and p.sector != "IGO") for p in parties)


def _at_home(act: Act) -> bool:
    """Does nobody abroad suffer it, or share in it?"""
    ours = {p.country for p in act.actors if p.country}
    if act.match.frame.symmetric and len(ours) > 1:
        return False
    theirs = {p.country for p in act.recipients if p.country}
    return theirs <= ours
