"""A deed that is named as known: "Tuesday's raid", "the attack on the camp", "the march of 9 May".

Later reports name an act by a noun whose parties the reader knows. Such a noun is the act once
more, though none or only one of its parties stands by it: it is pointed at, and has a day of its
own or those who suffered it.
"""

from __future__ import annotations

from legation.questions.match import Match
from legation.questions.what.acts import Scene
from legation.questions.what.fates import fates

DEEDS = frozenset(["ASSAULT", "PROTEST"])
"""Types whose nouns name one deed; others ("talks", "aid") say what goes on."""
OWNER = 4  # words before a noun in which its day may stand: "Tuesday's twin bomb attack"
AFTER = 4  # words after it: "on the 9th of May"


def recalled(scene: Scene, match: Match) -> bool:
    """Does a noun name a deed as known, by its day or by who suffered it?"""
    tree, noun = scene.tree, match.word
    organ = match.frame.type == "COERCE" and match.frame.agent  # "Tuesday's arrests"
    if match.pos != "noun" or not (match.frame.type in DEEDS or organ):
        return False
    if day(scene, noun):
        return True
    pointed = any(tree.low[child] in fates(scene)["pointing"] for child in tree.under(noun, "det"))
    suffered = [n for p, n in tree.obliques(noun) if p in ("on", "against", "at") and n > noun]
    return pointed and bool(suffered) and match.frame.type == "ASSAULT"


def day(scene: Scene, noun: int) -> bool:
    """Has a noun a day of its own: "Tuesday's raid", "the raid of 9 May", "the raid last week"?

    By the words about it, for the parser often hangs a day on the verb.
    """
    tree, table = scene.tree, scene.words.table("when")
    names = {*table["weekdays"], *table["months"], *fates(scene)["spans"]}
    owners = [w for w in range(max(0, noun - OWNER), noun) if tree.low[w + 1] in ("'s", "\u2019s")]
    if any(tree.low[w] in names for w in [*owners, noun - 1] if w >= 0):
        return True
    after = tree.low[noun + 1 : noun + 1 + AFTER]
    while after and (after[0] in fates(scene)["leads"] or after[0].isdigit()):
        after = after[1:]
    return len(after) < AFTER and bool(after) and after[0] in names
