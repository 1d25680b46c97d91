"""What governs an act's clause says of it: operators, conditions, purposes, nouns with clauses."""

from __future__ import annotations

from legation.questions import clause
from legation.questions.tree import Tree
from legation.questions.whether.group import group
from legation.questions.whether.scale import (
    HAPPENED,
    KEEP,
    NEGATED,
    PLANNED,
    POSSIBLE,
    Scale,
    combine,
)

Step = tuple[str, bool]  # status so far, and whether the climb goes on
FACTIVE = frozenset(
    ["accuse", "blame", "thank", "condemn", "charge", "criticise", "criticize", "praise"]
)


def governed(
    tree: Tree, here: int, head: int, kind: str, scale: Scale, found: str, reasons: list[str]
) -> Step:
    """The status of the clause `here` under its governor `head`, and whether the climb goes on."""
    marks = {tree.low[c] for c in tree.under(here, "mark", "case", "advmod") if c < here}
    conditions = marks & scale.set("conditionals")
    if conditions and kind in ("advcl", "ccomp", "csubj"):
        return _condition(tree, here, head, scale, found, reasons, min(conditions)), False
    if kind == "acl":
        return _on_noun(tree, here, head, scale, found, reasons)
    if kind == "advcl" and not (tree.tags[head] == "ADJ" and _to(tree, here, head)):
        return _adverbial(tree, here, head, scale, found, reasons, marks)
    if kind == "csubj":
        return group(tree, head, scale, found, reasons), False
    return _complement(tree, here, head, kind, scale, found, reasons)


def _complement(
    tree: Tree, here: int, head: int, kind: str, scale: Scale, found: str, reasons: list[str]
) -> Step:
    lemma, infinitive = tree.lemmas[head], tree.infinitive(here)
    row = ""
    if tree.tags[head] in ("ADJ", "NOUN", "ADV"):
        effect, row = scale.noun(lemma) if tree.tags[head] == "NOUN" else scale.adjective(lemma)
        effect = effect or (POSSIBLE if infinitive or kind == "advcl" else KEEP)
    elif infinitive and lemma == "be":
        effect = PLANNED
    elif infinitive and lemma == "have":
        yet = "yet" in {tree.low[c] for c in tree.children[head]}
        effect = NEGATED if yet else POSSIBLE
    elif infinitive and lemma == "go" and tree.low[head] == "going":
        effect = PLANNED
    elif lemma == "deny" and _negative(tree, head, scale):
        return "", False
    else:
        effect, row = _operator(tree, here, head, kind, scale)
    if effect != KEEP:
        reasons.append(f"under '{lemma}'" + (f" ({row})" if row and row != lemma else ""))
    found = combine(effect, found)
    if kind == "ccomp" and effect == KEEP and not infinitive:
        return found, False
    return group(tree, head, scale, found, reasons), True


def _operator(tree: Tree, here: int, head: int, kind: str, scale: Scale) -> tuple[str, str]:
    """Status that the row of a governing verb gives, and the row's name."""
    lemma, infinitive = tree.lemmas[head], tree.infinitive(here)
    finite = kind == "ccomp" and not infinitive and not tree.gerund(here)
    entered = tree.preposition(here)
    if infinitive and tree.passive(head) and not tree.agents(head):
        entered = "to"
    if lemma == "fail" and tree.base[head] == "conj":
        if scale.verb(tree.lemmas[tree.heads[head]])[1] == "try":
            return KEEP, "try"  # "tried but failed to kill": the attempt is the act
    effect, row = scale.verb(lemma, entered, finite)
    if finite and effect == PLANNED:
        effect = KEEP
    return effect or (POSSIBLE if infinitive else KEEP), row


def _condition(
    tree: Tree, here: int, head: int, scale: Scale, found: str, reasons: list[str], mark: str
) -> str:
    """An act in an if-clause: possible, or unreal under "would have"."""
    reasons.append(f"under '{mark}'")
    past = tree.feature(here, "Tense") == "Past"
    low = {tree.low[c] for c in tree.under(here, "aux")}
    main = {tree.low[c] for c in tree.under(head, "aux")}
    if mark in ("until", "once") and past and not clause.future(tree, head):
        return found
    if mark == "if" and "had" in low and "have" in main:
        reasons.append("against the fact")
        return combine(NEGATED, found)
    return combine(POSSIBLE, found)


def _to(tree: Tree, here: int, head: int) -> bool:
    """Is "here" the complement of an adjective: "due to visit", "likely to attend"?"""
    return tree.infinitive(here) or any(
        tree.low[c] == "to" and head < c < here for c in tree.children[head]
    )


def _negative(tree: Tree, verb: int, scale: Scale) -> bool:
    return any(tree.low[c] in scale.set("negators") for c in tree.children[verb])


def _on_noun(
    tree: Tree, here: int, noun: int, scale: Scale, found: str, reasons: list[str]
) -> Step:
    """Under a noun: "a plan to V", "hopes of V-ing"; relative clauses stand for themselves."""
    own = not tree.infinitive(here) or any(
        tree.low[c] in ("is", "are", "was", "were") for c in tree.under(here, "aux", "cop")
    )
    if tree.labels[here] == "acl:relcl" and own:  # "who is to V" needs no noun's word
        return found, False
    lemma = tree.lemmas[noun]
    effect, row = scale.noun(lemma)
    complement = tree.infinitive(here) or tree.preposition(here) in ("of", "for", "on", "to")
    if clause.finite(tree, here) and not complement:
        finite = scale.nouns[lemma].that if lemma in scale.nouns else KEEP
        if finite in (POSSIBLE, NEGATED):
            reasons.append(f"under '{lemma}' ({row})")
        return _disbelieved(tree, noun, scale, combine(finite, found), reasons), False
    if not complement:
        return found, False
    if tree.tags[noun] == "PROPN" and tree.infinitive(here) and tree.heads[noun] < 0:
        reasons.append("a headline's infinitive")
        return combine(PLANNED, found), False
    effect = effect or (POSSIBLE if tree.infinitive(here) else KEEP)
    if effect != KEEP:
        reasons.append(f"under '{lemma}'" + (f" ({row})" if row and row != lemma else ""))
    found = combine(effect, found)
    if any(tree.low[c] in scale.set("determiners") for c in tree.under(noun, "det")):
        reasons.append("under 'no'")
        return NEGATED, False
    giver = tree.heads[noun]
    if giver >= 0 and row == "plan" and _given_up(tree, noun, giver, scale):
        reasons.append(f"'{tree.lemmas[giver]}' the {lemma}")
        return combine(NEGATED, HAPPENED), False
    if giver >= 0 and tree.base[noun] == "obj" and clause.negative(tree, giver):
        reasons.append(f"no '{tree.lemmas[noun]}' given")  # "never gave the order to V"
        return combine(NEGATED, HAPPENED), False
    return found, False


def _given_up(tree: Tree, plan: int, verb: int, scale: Scale) -> bool:
    """ "Shelved plans to V", "called off the plan", "a plan that was dropped"."""
    if tree.tags[verb] != "VERB" or tree.base[plan] not in ("obj", "nsubj"):
        return False
    if tree.base[plan] == "nsubj" and not tree.passive(verb):
        return False
    lemma = tree.lemmas[verb]
    known = scale.set("plan_undone") | scale.set("noun_negated")
    pairs = {f"{lemma} {particle}" for particle in tree.particles(verb)}
    return lemma in known or bool(pairs & scale.set("noun_undone"))


def _disbelieved(tree: Tree, noun: int, scale: Scale, found: str, reasons: list[str]) -> str:
    """ "dismissed reports that …", "there is no evidence that …": what the noun tells is denied."""
    if any(tree.low[c] in scale.set("determiners") for c in tree.under(noun, "det")):
        reasons.append(f"no {tree.lemmas[noun]}")
        return combine(NEGATED, found)
    head = tree.heads[noun]
    if head >= 0 and tree.base[noun] in ("obj", "nsubj") and tree.tags[head] == "VERB":
        effect, row = scale.verb(tree.lemmas[head], finite=True)
        if effect == NEGATED:
            reasons.append(f"under '{tree.lemmas[head]}' ({row})")
            return combine(NEGATED, found)
    return found


def _adverbial(
    tree: Tree,
    here: int,
    head: int,
    scale: Scale,
    found: str,
    reasons: list[str],
    marks: set[str],
) -> Step:
    entered, lemma = tree.preposition(here), tree.lemmas[head]
    if tree.tags[head] == "ADV" and lemma in scale.set("close") and tree.heads[head] >= 0:
        reasons.append(f"'{lemma} {entered}'")
        return group(tree, tree.heads[head], scale, combine(NEGATED, found), reasons), True
    if entered in scale.set("without") or (
        entered in ("of", "to", "from") and tree.particles(head) & scale.set("close")
    ):
        reasons.append(f"after '{entered}'")
        return combine(NEGATED, found), False
    condition = clause.inverted(tree, here)
    if condition:
        reasons.append(f"a condition with '{condition}'")
        return combine(NEGATED if condition == "had" else POSSIBLE, found), False
    if tree.infinitive(here):
        return _purpose(tree, here, head, scale, found, reasons)
    if lemma in FACTIVE:
        return found, False
    effect, row = scale.verb(lemma, entered)
    if entered in ("of", "for") and effect in (POSSIBLE, NEGATED):
        reasons.append(f"'{lemma} {entered}' ({row})")
        return group(tree, head, scale, combine(effect, found), reasons), True
    if entered in ("from", "against") and (
        effect == NEGATED or f"{lemma}_{entered}" in scale.verbs or (entered == "against" and row)
    ):
        reasons.append(f"'{lemma} {entered}' ({row})")
        return group(tree, head, scale, combine(NEGATED, found), reasons), True
    if marks & scale.set("when") and _present(tree, here) and found == HAPPENED:
        reasons.append(f"'{min(marks & scale.set('when'))}' it comes")
        return PLANNED, False
    if tree.feature(here, "VerbForm") == "Fin" or any(tree.under(here, "nsubj")):
        return found, False
    return group(tree, head, scale, found, reasons), tree.gerund(here)


def _purpose(
    tree: Tree, here: int, head: int, scale: Scale, found: str, reasons: list[str]
) -> Step:
    """An infinitive of purpose is planned, unless the doing of it is the deed itself."""
    lemma = tree.lemmas[head]
    if tree.lemmas[here] in scale.set("expressive") or scale.verb(lemma)[0] == KEEP:
        return group(tree, head, scale, found, reasons), True
    reasons.append("a purpose")
    return combine(PLANNED, found), False


def _present(tree: Tree, verb: int) -> bool:
    """Is the clause in the simple present: "when the ministers meet"?"""
    if any(tree.base[c] == "aux" for c in tree.children[verb]):
        return False
    return tree.feature(verb, "Tense") == "Pres" and tree.feature(verb, "VerbForm") == "Fin"
