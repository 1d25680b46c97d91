"""Why a pattern that stands in the tree is no event: the needs of its frame, the wrong world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Scene
from legation.questions.what.recalled import recalled
from legation.questions.who import political
from legation.story import Party

SUFFERED = frozenset(
    ["ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE", "ACCUSE", "REQUEST", "THREATEN"]
)  # told in the passive without a doer: "three aides were charged"
MATERIAL = frozenset(["ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE"])
NOUNS = frozenset(["NOUN", "PROPN"])
PRIVATE = frozenset(["BUS", "CVL", "JRN", "EDU", "MED", "AGR", "LAB", "REL", "SOC", "NGO"])
CLERICAL = "VAT"  # the state whose clergy are its officials
HARMLESS = frozenset(["UNK", "CVL", "BUS", "EDU", "MED", "LAB"])
SPORTING = 4  # words of sport that make a story one of sport; a loud one counts twice
MUTUAL = frozenset(["SUPPORT", "SANCTION"])  # "X and Y restored relations": both do it
JUDGING = frozenset(["ACCUSE", "SUPPORT"])
PRIVATE_TOO = frozenset(["ASSAULT", "PROTEST"])  # also between civilians


def unfit(scene: Scene, match: Match, actors: Sequence[Party], recipients: Sequence[Party]) -> str:
    """Why the participants don't make this an event; "" when they do."""
    frame, tree = match.frame, scene.tree
    everybody = [*actors, *recipients]
    if elsewhere(scene, match):
        return "sport, show business or a figure of speech"
    known = recalled(scene, match)
    if frame.known and not known:
        return "an event noun that is not named as known"
    judging = bool(actors) and _judges(scene, match)
    if not (known or judging) and not any(political(p) for p in everybody):
        return "no political party takes part"
    if (
        not (frame.private or judging or (frame.type == "THREATEN" and frame.operator))
        and frame.type not in PRIVATE_TOO
        and actors
        and all(p.sector in PRIVATE and p.country != CLERICAL for p in everybody)
    ):
        return "no state, public body or armed group takes part"
    for slot, parties in (("actor", actors), ("recipient", recipients)):
        if frame.symmetric and slot == "recipient":
            continue
        unnamed = match.pos == "verb" and tree.passive(match.word) and not actors
        if slot == "actor" and unnamed and (frame.agent or frame.type in SUFFERED):
            continue
        if slot == "actor" and judging:
            continue
        if slot == "recipient" and frame.type in MUTUAL and _two_states(actors):
            continue
        if slot in frame.needs and not any(political(p) for p in parties):
            return f"needs a political {slot}"
    speech = frame.operator and any(political(p) for p in actors)
    crowd = frame.type == "PROTEST" and bool(actors) and not actors[0].text  # "a rally in La Paz"
    single = match.pos == "noun" and not (frame.alone or speech or crowd)
    assembled = frame.symmetric and all(p.sector == "IGO" for p in everybody)
    if (
        single
        and not (known or assembled)
        and len({(p.country, p.name, p.text) for p in everybody}) < 2
    ):
        return "an event noun without two parties of its own"
    if frame.type == "ASSAULT" and not match.bearer:
        if all(p.sector in HARMLESS for p in actors) and mishap(scene):
            return "an accident or disaster"
    if not actors:
        suffered = frame.agent or (tree.passive(match.word) and frame.type in SUFFERED)
        if not (frame.type in MATERIAL or frame.symmetric or suffered or known):
            return "nobody does it"
        doers = tree.subjects(match.word) if match.pos == "verb" else ()
        if doers and not match.bearer:
            return "the subject is no party"
    return ""


def _judges(scene: Scene, match: Match) -> bool:
    """Does it judge an act told elsewhere: "rights groups criticised the delay"?

    Whose it is and if it is a public affair shows when all acts are known (unsaid.py, affairs.py).
    """
    judged = scene.cast.lexicon.judged
    things = (*match.slot, *match.fixed, *scene.tree.objects(match.word))
    return match.frame.type in JUDGING and any(scene.tree.lemmas[w] in judged for w in things)


def _two_states(actors: Sequence[Party]) -> bool:
    """Are there two countries among the actors, each by its own words?"""
    return len({p.country for p in actors if p.country and p.text}) > 1


def mishap(scene: Scene) -> bool:
    """Does the sentence tell of an accident or disaster, and of no weapon or attacker?"""
    tree, table = scene.tree, scene.words.table("never")
    verbs = {tree.lemmas[w] for w in range(len(tree)) if tree.tags[w] == "VERB"}
    told = _told(tree, scene, "accident") or bool(verbs & set(table.get("mishaps", ())))
    if not told and not any(_burns(tree, w) for w in range(len(tree))):
        return False
    return not _told(tree, scene, "armed")


def _burns(tree: Tree, word: int) -> bool:
    """ "In a fire at a warehouse", not "in artillery fire", "under fire"."""
    if tree.lemmas[word] != "fire" or tree.tags[word] != "NOUN":
        return False
    return any(tree.low[c] == "a" for c in tree.under(word, "det")) and tree.base[word] != "obj"


def _told(tree: Tree, scene: Scene, name: str) -> bool:
    """Does the sentence have a noun of a list of never.toml?"""
    cues = set(scene.words.table("never").get(name, ()))
    return any(tree.lemmas[w] in cues for w in range(len(tree)) if tree.tags[w] in NOUNS)


def sporting(trees: Sequence[Tree], table: Mapping[str, Sequence[str]]) -> bool:
    """Does a whole story tell of sport or shows: many of their words, and no office or army?"""
    nouns = {tree.lemmas[w] for tree in trees for w in range(len(tree)) if tree.tags[w] in NOUNS}
    loud = nouns & {*table.get("sport", ()), *table.get("shows", ())}
    quiet = nouns & set(table.get("leisure", ()))
    grave = nouns & set(table.get("grave", ()))
    return 2 * len(loud) + len(quiet) >= SPORTING and 2 * len(grave) < len(loud) + len(quiet)


def elsewhere(scene: Scene, match: Match) -> bool:
    """Does the sentence tell of sport or shows, or has violence no real object?"""
    tree, table = scene.tree, scene.words.table("never")
    if match.frame.type == "ASSAULT" and match.pos == "verb":
        things = {tree.lemmas[o] for o in tree.objects(match.word)}
        if things & set(table.get("figures", ())):
            return True
    nouns = {tree.lemmas[w] for w in range(len(tree)) if tree.tags[w] in ("NOUN", "PROPN")}
    if any(_told(tree, scene, name) for name in match.frame.unless):
        return True
    if match.frame.type not in table.get("types", ()):
        return False
    loud = nouns & {*table.get("sport", ()), *table.get("shows", ())}
    return bool(loud) or len(nouns & set(table.get("leisure", ()))) > 1
