"""What the verb group of an act says by itself: negation, modals, hedges, arrangements."""

from __future__ import annotations

from legation.questions import clause
from legation.questions.tree import Tree
from legation.questions.whether.scale import (
    HAPPENED,
    KEEP,
    NEGATED,
    PLANNED,
    POSSIBLE,
    Scale,
    combine,
)

ARGUMENTS = ("nsubj", "obj", "obl", "iobj")


def group(
    tree: Tree, verb: int, scale: Scale, found: str, reasons: list[str], shared: int = -1
) -> str:
    """Status of an act in the verb group of `verb`, words that decided added to `reasons`.

    `shared` is a later conjunct that shares the group's auxiliaries and subject, no objects:
    "fired no shots and arrested …" does not negate the arrest.
    """
    children = [c for c in tree.children[verb] if shared < 0 or c < verb]
    found = _modal(tree, verb, scale, found, reasons, children)
    twice = shared >= 0 and found == NEGATED  # "neither thanked nor congratulated"
    for child in () if twice else _negators(tree, scale, children, shared)[:1]:
        found = combine(NEGATED, found)
        reasons.append(f"negated by '{tree.low[child]}'")
    adverbs = [c for c in children if tree.base[c] == "advmod"]
    hedge = next((c for c in adverbs if tree.low[c] in scale.set("hedges")), None)
    if hedge is not None:
        found = combine(POSSIBLE, found)
        reasons.append(f"hedged by '{tree.low[hedge]}'")
    for child in (c for c in children if tree.base[c] in ("advmod", "mark", "case", "aux")):
        # "due to V" read as one word by the parser
        ready, row = scale.adjective(tree.low[child])
        if ready and any(tree.low[c] == "to" for c in tree.under(child, "fixed")):
            found = combine(ready, found)
            reasons.append(f"'{tree.low[child]} to' ({row})")
    if any(tree.low[c] == "yet" for c in adverbs) and tree.infinitive(verb):
        reasons.append("yet to")  # "has yet to V", read as one verb group
        return combine(NEGATED, found)
    if any(tree.low[c] in scale.set("almost") for c in adverbs):
        found = combine(NEGATED, found)
        reasons.append("almost")
    if found == HAPPENED and shared < 0 and _arranged(tree, verb, scale):
        reasons.append("arranged for a day to come")
        return PLANNED
    return found


def _modal(
    tree: Tree, verb: int, scale: Scale, found: str, reasons: list[str], children: list[int]
) -> str:
    low = [tree.low[c] for c in children if tree.base[c] in ("aux", "cop")]
    if (due := _due(tree, verb, low)) is not None:
        reasons.append("'is to'" if due == PLANNED else "was to have")
        return combine(due, found)
    word = next((w for w in low if w in scale.modals), "")
    modal = scale.modals.get(word, "")
    if word in ("'d", "’d") and tree.feature(verb, "Tense") == "Past":
        return found  # "who'd taken the capital"
    if modal == "would":
        if "have" in low or "'ve" in low or "’ve" in low:
            reasons.append("would have")
            return combine(NEGATED, found)
        told = reported(tree, verb, scale) or _told_freely(tree, verb, scale)
        modal = PLANNED if told else POSSIBLE
    if not modal:
        return found
    able = word in ("can", "could", "ca") and (
        bool(_negators(tree, scale, children, -1))
        or any(tree.low[c] == "only" for c in children)  # "could only agree to meet again"
    )
    reasons.append(f"modal '{word}'")
    found = combine(KEEP if able else modal, found)
    if conditional(tree, verb):
        reasons.append("on a condition")
        found = combine(POSSIBLE, found)
    return found


def _due(tree: Tree, verb: int, low: list[str]) -> str | None:
    """What "is to V", "was to V", "was to have V-ed" say; None for any other verb group."""
    if not tree.infinitive(verb) or not {"is", "are", "am", "was", "were", "'re"} & set(low):
        return None
    return NEGATED if "have" in low and {"was", "were"} & set(low) else PLANNED


def _negators(tree: Tree, scale: Scale, children: list[int], shared: int) -> list[int]:
    """Words that negate a verb: adverbs, "no" and "nobody" in its arguments, "neither … nor"."""
    found = [
        c
        for c in children
        if tree.base[c] in ("advmod", "cc", "det")
        and (tree.low[c] in scale.set("negators") or _no_longer(tree, c))
        and not (c + 1 < len(tree) and tree.low[c + 1] in ("only", "just", "merely", "simply"))
    ]
    for child in children:
        if tree.base[child] not in (ARGUMENTS if shared < 0 else ("nsubj",)):
            continue
        determined = [
            d
            for d in tree.children[child]
            if (tree.low[d] in scale.set("determiners") or _no_more(tree, d))
            and (tree.base[d] in ("det", "advmod", "amod") or tree.labels[d] == "cc:preconj")
        ]
        if tree.low[child] in scale.set("subjects"):
            found.append(child)
        found += determined
    return found


def _no_more(tree: Tree, word: int) -> bool:
    """ "pardon no more rioters": "no" hangs on "more"."""
    return tree.low[word] in ("more", "fewer") and any(
        tree.low[c] == "no" for c in tree.children[word]
    )


def _no_longer(tree: Tree, word: int) -> bool:
    """Is it the "longer" of "no longer", or the "more" of "no more"?"""
    return tree.low[word] in ("longer", "more") and word > 0 and tree.low[word - 1] == "no"


def reported(tree: Tree, verb: int, scale: Scale) -> bool:
    """Is "would" the past of "will": inside what somebody said?"""
    here = tree.first_of(verb)
    if any(tree.base[child] == "parataxis" for child in tree.children[here]):
        return True
    head = tree.heads[here]
    if tree.base[here] not in ("ccomp", "acl", "parataxis") or head < 0:
        return False
    effect, _ = scale.verb(tree.lemmas[head], finite=True)
    return effect in ("", KEEP, PLANNED) or tree.tags[head] == "NOUN"


def _told_freely(tree: Tree, verb: int, scale: Scale) -> bool:
    """Does news go on with what somebody said: "He would meet the dissidents in May"?

    In a main clause, of a person or whoever has a name, without a condition; "would like" is none.
    """
    subjects = list(tree.under(verb, "nsubj"))
    somebody = any(tree.tags[c] == "PROPN" or tree.low[c] in scale.set("persons") for c in subjects)
    polite = tree.lemmas[verb] in scale.set("polite") or any(
        tree.low[c] in scale.set("wishing") for c in tree.children[verb]
    )
    free = tree.base[verb] == "root" and not any(
        tree.base[c] == "advcl" for c in tree.children[verb]
    )
    return free and somebody and not polite


def conditional(tree: Tree, verb: int) -> bool:
    """Does the verb hang on an if-clause of its own?"""
    if any(clause.inverted(tree, condition) for condition in tree.under(verb, "advcl")):
        return True
    return any(
        tree.low[mark] in ("if", "unless", "provided")
        for condition in tree.under(verb, "advcl")
        for mark in tree.under(condition, "mark")
    )


def shares(tree: Tree, verb: int, head: int) -> bool:
    """Does a coordinated verb share the auxiliaries of the first one: "will go and meet"?"""
    if any(tree.base[c] in ("nsubj", "aux", "cop") for c in tree.children[verb]):
        return False
    return tree.feature(verb, "VerbForm") == tree.feature(head, "VerbForm")


def _arranged(tree: Tree, verb: int, scale: Scale) -> bool:
    """A day to come: "is sending a team on Friday", "has called a strike for Monday"."""
    if tree.lemmas[verb] in scale.set("convened") and any(
        tree.base[c] in ("obl", "nmod")
        and tree.preposition(c) in ("for", "from")
        and _ahead(tree, c, scale)
        for child in (verb, *tree.under(verb, "obj"))
        for c in tree.children[child]
    ):
        return True
    auxiliaries = [c for c in tree.children[verb] if tree.base[c] == "aux"]
    now = any(tree.low[c] in ("is", "are", "am", "'s", "'re") for c in auxiliaries)
    progressive = now and tree.low[verb].endswith("ing")
    simple = not auxiliaries and _present(tree, verb)
    if simple and tree.lemmas[verb] not in scale.set("arranged"):
        return _scheduled(tree, verb, scale)
    if not (progressive or simple):
        return False
    if progressive and tree.lemmas[verb] in scale.set("dispatching"):
        if any(tree.lemmas[c] in scale.set("errands") for c in tree.under(verb, "obj")):
            return True  # "is sending an envoy": he has not come yet
    return any(
        tree.base[child] in ("obl", "advmod", "nmod", "obj") and _ahead(tree, child, scale)
        for child in tree.children[verb]
    )


def _scheduled(tree: Tree, verb: int, scale: Scale) -> bool:
    """ "Cuba frees forty men on Monday": any deed told in the present of a day, in no headline.

    Words that take in another act (urge, deny, expect) are spoken now.
    """
    if tree.lemmas[verb] in scale.verbs or tree.words[-1] not in (".", '"', "”", "'", "’"):
        return False
    days = [c for c in tree.children[verb] if tree.base[c] in ("obl", "advmod")]
    return any(_ahead(tree, c, scale) for c in days)


def _present(tree: Tree, verb: int) -> bool:
    """The simple present; "sets" and "puts" show it by their ending."""
    if tree.low[verb] == f"{tree.lemmas[verb]}s":
        return True
    return tree.feature(verb, "Tense") == "Pres" and tree.feature(verb, "VerbForm") == "Fin"


def _ahead(tree: Tree, top: int, scale: Scale) -> bool:
    return any(tree.low[word] in scale.set("ahead") for word in tree.subtree(top))
