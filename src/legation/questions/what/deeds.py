"""One deed, one act: "killed and wounded", "shelled a camp, killing nine", "killed in a raid by X".

What an attack does to people is told beside it in a verb of harm of its own; both are one ASSAULT
(codebook: An event). The higher of the two in the tree carries the act; the attack gives doer and
means, the harm gives those who suffered. Runs when all acts of a sentence are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, unique
from legation.story import Party

HARM = frozenset(["kill", "wound", "injure", "hurt", "maim", "slay", "die", "claim", "leave"])
CAUSE = frozenset(
    ["in", "by", "during", "after", "from", "amid", "when", "with", "following", "as"]
)
CLAUSE = frozenset(["advcl", "conj", "acl", "parataxis", "xcomp", "dep", "ccomp"])
VOICED = frozenset(["ACCUSE", "PROTEST", "SUPPORT"])
BROAD = frozenset([None, "targeted"])  # modes that say less than the means of the attack


def joined(scene: Scene, acts: Sequence[Act]) -> list[Act]:
    """The acts of a sentence with every harm told beside its attack made one with it."""
    tree, kept = scene.tree, list(acts)
    for act in sorted(acts, key=lambda a: -tree.depths[a.word]):
        if act not in kept or not _harm(tree, act):
            continue
        others = [o for o in kept if o is not act and o.type == "ASSAULT"]
        deed = next((o for o in others if not _harm(tree, o) and _told_with(tree, act, o)), None)
        deed = deed or next((o for o in others if _harm(tree, o) and _beside(tree, act, o)), None)
        if deed is not None and not _rivals(act, deed):
            both = _one(tree, act, deed)
            kept = [o for o in kept if o is not act and o is not deed]
            kept.append(both)
    kept = [act for act in kept if not _purpose(tree, act, kept)]
    return sorted(kept, key=lambda a: a.word)


def _purpose(tree: Tree, act: Act, acts: Sequence[Act]) -> bool:
    """Is it only what another act of its kind is for: "summoned the envoy to voice concern"?"""
    if act.type not in VOICED or tree.base[act.word] != "advcl" or not tree.infinitive(act.word):
        return False
    head = tree.heads[act.word]
    return any(o.type == act.type and head in _words(o) for o in acts if o is not act)


def _harm(tree: Tree, act: Act) -> bool:
    """Is it told by what people suffered, not by what was done?"""
    return (
        act.type == "ASSAULT"
        and tree.lemmas[act.word] in HARM
        and tree.tags[act.word] in ("VERB", "ADJ")
    )


def _words(act: Act) -> set[int]:
    """The words that an act stands on."""
    anchor = {act.anchor} if act.anchor is not None else set()
    return {act.word, *act.match.fixed, *act.match.bearer} | anchor


def _told_with(tree: Tree, harm: Act, deed: Act) -> bool:
    """Does the tree hang the harm on the attack, or the attack on the harm?"""
    deeds, chain = _words(deed), _chain(tree, harm.word)
    for verb in chain:
        if tree.heads[verb] in deeds and tree.base[verb] in CLAUSE:
            return tree.gerund(verb) or tree.labels[verb] == "acl:relcl" or _same_doer(harm, deed)
        if any(noun in deeds for entered, noun in tree.obliques(verb) if entered in CAUSE):
            return True
        if any(w in deeds for w in tree.surface(verb)) and not tree.passive(verb):
            return True
        for clause in tree.under(verb, "advcl"):
            if clause in deeds and not tree.infinitive(clause):
                return True
    return False


def _chain(tree: Tree, word: int) -> list[int]:
    """The verb of harm and those coordinated with it: "are killed and two others injured in …"."""
    first = tree.first_of(word)
    every = [first, *tree.under(first, "conj")]
    same = [w for w in every if tree.lemmas[w] in HARM]
    return [word, *(w for w in same if w != word)] if word in same else [word]


def _beside(tree: Tree, harm: Act, other: Act) -> bool:
    """Are two harms told in one breath: "killed two and wounded nine"?"""
    return other.word in _chain(tree, harm.word)


def _same_doer(harm: Act, deed: Act) -> bool:
    """Do both name one doer, or one of them none?"""
    return not (_known(harm.actors) and _known(deed.actors)) or _codes(harm.actors) == _codes(
        deed.actors
    )


def _rivals(harm: Act, deed: Act) -> bool:
    """Do both name a doer, and different ones: "X shelled Y; Z killed two"?"""
    return not _same_doer(harm, deed)


def _one(tree: Tree, harm: Act, deed: Act) -> Act:
    upper, lower = sorted((deed, harm), key=lambda act: tree.depths[act.word])
    suffered = upper.recipients if _known(upper.recipients) else lower.recipients
    actors = deed.actors if _known(deed.actors) else harm.actors
    if not _known(actors):
        actors = unique(p for p in (*deed.actors, *harm.actors) if p.text) or deed.actors
    if _known(lower.recipients) and _codes(suffered) <= _codes(actors):
        suffered = lower.recipients  # "struck boats, killing eight people" of nobody's land
    match = replace(upper.match, fixed=(*upper.match.fixed, *sorted(_words(lower))))
    means = [act.mode for act in (deed, harm) if act.mode not in BROAD]
    mode = means[0] if means else upper.mode or lower.mode
    return replace(upper, match=match, mode=mode, actors=actors, recipients=suffered)


def _known(parties: Iterable[Party]) -> bool:
    return any(p.country or p.name for p in parties)


def _codes(parties: Iterable[Party]) -> set[str]:
    return {p.country or p.name or p.text for p in parties}
