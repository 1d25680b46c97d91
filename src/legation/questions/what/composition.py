"""The algebra of operators: urge, threaten, refuse, agree, accuse … and the act they take in.

The speech act carries the inner act and its mode comes from it; the inner act gets no record of its
own unless the frame keeps it (codebook: Type, mode, contexts; Status).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Refusal, Scene, official, same_in, unique
from legation.story import Party

HOSTILE = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE"])
YIELDING = frozenset(
    ["stop", "halt", "end", "cease", "lift", "release", "free", "withdraw", "drop"]
)
SILENT = frozenset(
    [
        "comment",
        "elaborate",
        "say",
        "speak",
        "disclose",
        "name",
        "identify",
        "answer",
        "confirm",
        "discuss",
        "give",
        "specify",
        "talk",
    ]
)


def composed(scene: Scene, found: Mapping[int, Act]) -> tuple[list[Act], list[Refusal]]:
    """The acts of a sentence with operators and their complements joined; and what was refused."""
    tree = scene.tree
    dropped: set[int] = set()
    refused: list[Refusal] = []
    result: dict[int, Act] = {}
    for word, act in sorted(found.items()):
        if not act.match.frame.operator:
            result[word] = act
            continue
        heads = complements(tree, act.match)
        inner = [found[h] for h in heads if h in found and h != word]
        joined = with_inner(scene, act, inner, heads)
        if isinstance(joined, str):
            refused.append(Refusal(scene.s, word, act.match.frame.id, joined))
            continue
        result[word] = joined
        if act.match.frame.inner == "drop":
            dropped |= carried(tree, heads, found)
    return [act for word, act in sorted(result.items()) if word not in dropped], refused


def complements(tree: Tree, match: Match) -> list[int]:
    """Heads of what an operator takes: clauses, gerunds, event nouns, and their conjuncts."""
    word = match.word
    found: list[int] = []
    for child in tree.children[word]:
        kind = tree.base[child]
        if kind in ("xcomp", "ccomp", "obj") or (kind == "nsubj" and tree.passive(word)):
            found.append(child)
        elif kind in ("advcl", "acl"):
            if tree.infinitive(child) or tree.preposition(child) in (
                "of",
                "for",
                "from",
                "over",
            ):
                found.append(child)
        elif kind in ("obl", "nmod") and tree.preposition(child) in (
            "for",
            "of",
            "over",
            "with",
            "against",
            "to",
            "from",
            "on",
        ):
            found.append(child)
    if match.pos == "noun" or match.fixed:
        for noun in match.fixed:
            found += list(tree.under(noun, "acl"))
            found += [n for p, n in tree.obliques(noun) if p in ("for", "of", "to")]
    for thing in list(tree.under(word, "obj")):
        found += [c for c in tree.under(thing, "acl") if tree.infinitive(c)]
    return [one for head in found for one in tree.spread(head)]


def carried(tree: Tree, heads: Sequence[int], found: Mapping[int, Act]) -> set[int]:
    """Words of the acts inside a complement: the speech act speaks for all of them."""
    words, todo = set(heads), list(heads)
    while todo:
        here = todo.pop()
        for child in tree.children[here]:
            clausal = tree.base[child] in ("xcomp", "ccomp", "conj", "obj")
            purpose = tree.base[child] == "advcl" and tree.infinitive(child)
            noun = tree.base[child] in ("nmod", "obl") and child in found
            if (clausal or purpose or noun) and child not in words:
                words.add(child)
                todo.append(child)
    return words


def with_inner(scene: Scene, act: Act, inner: Sequence[Act], heads: Sequence[int]) -> Act | str:
    """The operator act with mode and recipient from its complement, or why it is none."""
    tree, frame = scene.tree, act.match.frame
    core = inner[0] if inner else None
    if core is None and any(tree.lemmas[h] in SILENT for h in heads if tree.tags[h] == "VERB"):
        return "refusing to comment is no act"
    recipients = act.recipients
    if not recipients and frame.type in ("REQUEST", "THREATEN", "REJECT", "ACCUSE"):
        recipients = _addressed(scene, act, core, heads)
    if not recipients and core is not None and frame.type in ("AGREE", "CONCEDE"):
        recipients = tuple(r for r in core.recipients if not same_in(r, act.actors))
    if core is None and not recipients and len(act.actors) < 2:
        if not any(tree.tags[h] == "VERB" for h in heads) or not official(act.actors):
            return "an operator without an act or a recipient in it"
    mode = act.mode or compose(frame.type, core, tree, heads)
    kind = frame.type
    if kind == "AGREE" and core is not None and core.type in HOSTILE:
        if act.recipients or core.recipients:
            kind, mode = "THREATEN", compose("THREATEN", core, tree, heads)
            recipients = core.recipients
    name = core.match.frame.id if core else ""
    return replace(act, type=kind, mode=mode, recipients=recipients, inner=name)


def _addressed(scene: Scene, act: Act, core: Act | None, heads: Sequence[int]) -> tuple[Party, ...]:
    """Whom a speech act without an object is addressed to: who would have to act, or suffer."""
    tree = scene.tree
    verbs = [h for h in heads if tree.tags[h] in ("VERB", "AUX", "ADJ")]
    if act.type in ("REQUEST", "ACCUSE"):
        doers = [w for h in verbs for w in tree.surface(h)]
        parties = [p for p in scene.parties(doers) if not same_in(p, act.actors)]
        if parties:
            return tuple(parties)
    if core is not None:
        others = [p for p in (*core.recipients, *core.actors) if not same_in(p, act.actors)]
        if others:
            return unique([p for p in others if p.text])
    nouns = [h for h in heads if tree.tags[h] in ("NOUN", "PROPN")]
    around = [p for n in nouns for p in scene.around(n, skip=act.actors)]
    return unique(around)


def compose(kind: str, inner: Act | None, tree: Tree, heads: Sequence[int]) -> str | None:
    """The mode of an operator act from the act in its complement (PLOVER 2.0, modes)."""
    stopping = any(tree.lemmas[h] in YIELDING for h in heads)
    stopping = stopping or any(tree.low[c] == "not" for h in heads for c in tree.under(h, "advmod"))
    if kind in ("REQUEST", "REJECT"):
        if inner is None:
            return "yield" if stopping else "change" if kind == "REQUEST" else None
        if inner.type == "CONSULT":
            return "meet"
        if inner.type in ("AID", "COOPERATE"):
            return "assist"
        if inner.type in ("RETREAT", "CONCEDE") or stopping:
            return "yield"
        return "change"
    if kind == "THREATEN" and inner is not None:
        if inner.type == "ASSAULT":
            return "violence"
        if inner.type == "COERCE":
            return {"arrest": "arrest", "deport": "expel", "seize": "territory"}.get(
                inner.mode or "", "restrict"
            )
        if inner.type == "SANCTION":
            return "expel" if inner.mode == "expel" else "relations"
        if inner.type == "MOBILIZE":
            return "violence"
    return None
