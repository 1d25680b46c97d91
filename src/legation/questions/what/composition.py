"""The algebra of operators: urge, threaten, refuse, agree, accuse … and the act they take in.

From the inside out, each operator meets the act in its complement; the row of operators.toml says
what the two become, who is the recipient, and whether the inner act keeps a record of its own
(codebook: Type, mode, contexts; Status).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from legation.questions import clause
from legation.questions.what.acts import Act, Refusal, Scene, official, same_in, unique
from legation.questions.what.arguments import implied
from legation.questions.what.complements import carried, complements, granted, inside, others
from legation.questions.what.lifting import lifted
from legation.questions.who import political
from legation.story import MODES, Party
from legation.words.operators import SAME, Content, Operator, Result

IMPLYING = frozenset(["ACCUSE", "THREATEN", "REQUEST"])
WORDS = frozenset(["AGREE", "CONCEDE", "REJECT", "THREATEN"])
SILENCE = "refusing to comment is no act"
SILENT = frozenset(
    ["comment", "elaborate", "say", "speak", "disclose", "name", "identify", "answer", "confirm"]
) | {"discuss", "give", "specify", "talk", "reply", "respond", "detail"}


def composed(scene: Scene, found: Mapping[int, Act]) -> tuple[list[Act], list[Refusal]]:
    """The acts of a sentence with operators and their complements joined; and what was refused."""
    tree, refused = scene.tree, list[Refusal]()
    acts, dropped = dict(found), set[int]()
    for word in sorted(range(len(tree)), key=lambda w: (-tree.depths[w], w)):
        act = acts.get(word)
        if act is None or not _takes_in(act):
            lifted(scene, word, acts, dropped)
            continue
        row = _row(scene, act)
        heads = complements(tree, act.match)
        occasion = granted(tree, act.match)
        if occasion is not None:
            heads = [occasion]
        joined = _joined(scene, act, row, heads, acts)
        if isinstance(joined, str) and not act.match.frame.operator:
            continue
        if isinstance(joined, str):
            refused.append(Refusal(scene.s, word, act.match.frame.id, joined))
            del acts[word]
            continue
        acts[word] = joined
        _answered(acts, heads, joined)
        if joined.type == "ACCUSE":  # of breaking a truce, of threats: words, and no second record
            dropped |= {h for h in heads if h in acts and acts[h].type in WORDS and h != word}
        if occasion is None and (row is None or row.carried):
            dropped |= carried(tree, heads, acts, joined)
        lifted(scene, word, acts, dropped)
    return [act for word, act in sorted(acts.items()) if word not in dropped], refused


def spoken_for(scene: Scene, act: Act) -> set[int]:
    """Words whose acts a speech act speaks for, so that they are none of their own."""
    row = _row(scene, act) if act.match.frame.operator else _named(scene, act)
    if row is None or not row.carried or row.act != act.type:
        return set()
    return inside(scene.tree, complements(scene.tree, act.match)) - {act.word}


def heard(scene: Scene, act: Act, acts: Mapping[int, Act]) -> tuple[Act, set[int]]:
    """A speech act that only the model saw, composed; and the words of acts that it carries."""
    tree, row = scene.tree, _named(scene, act)
    if row is None or row.act != act.type or not row.carried:
        return act, set()
    heads = complements(tree, act.match)
    core = next((acts[h] for h in heads if h in acts and h != act.word), None)
    content = described(scene, act, core, heads)
    result = scene.words.operators.result(_names(act, row), content)
    if result is None or result.gives == SAME:
        return act, set()
    made = applied(scene, replace(act, mode=None), row, core, content, result)
    return made, carried(tree, heads, acts, made) - {act.word}


def _named(scene: Scene, act: Act) -> Operator | None:
    """The operator row that an act's word itself is in."""
    algebra, lemma = scene.words.operators, scene.tree.lemmas[act.word]
    return (algebra.nouns if act.match.pos == "noun" else algebra.verbs).get(lemma)


def _takes_in(act: Act) -> bool:
    """Does the act take another in: an operator, or a pattern with a clause ("refuse +meet")?"""
    return act.match.frame.operator or any(
        step.kind == "clause" for step in act.match.pattern.steps
    )


def _answered(acts: dict[int, Act], heads: Sequence[int], outer: Act) -> None:
    """A demand or offer that the outer act refuses or takes was made to the outer actor."""
    if outer.type not in ("REJECT", "AGREE"):
        return
    for head in heads:
        act = acts.get(head)
        if act is not None and others(act, outer) and not act.recipients:
            acts[head] = replace(act, recipients=outer.actors)


def _row(scene: Scene, act: Act) -> Operator | None:
    """The operator row of an act: by lemma when it makes the same act, or by frame."""
    algebra, lemma = scene.words.operators, scene.tree.lemmas[act.word]
    table = algebra.nouns if act.match.pos == "noun" else algebra.verbs
    own = table.get(lemma)
    if own and own.act == act.type and not act.match.fixed:
        return own
    return algebra.row(act.match.frame.id, act.type)


def _joined(
    scene: Scene, act: Act, row: Operator | None, heads: Sequence[int], acts: Mapping[int, Act]
) -> Act | str:
    """The operator act with type, mode and recipient from its complement, or why it is none."""
    tree, inner = scene.tree, [acts[h] for h in heads if h in acts and h != act.word]
    core = inner[0] if inner else None
    verbs = [h for h in heads if tree.tags[h] in ("VERB", "AUX", "ADJ")]
    silent = core is None and any(tree.lemmas[h] in SILENT for h in verbs)
    if silent and act.type == "REJECT":
        return SILENCE
    recipients = _asked(scene, act) or act.recipients
    recipients = recipients or _recipients(scene, act, row, core, heads)
    if core is None and not recipients and len(act.actors) < 2:
        if not _stands_alone(scene, act, row, heads):
            return "an operator without an act or a recipient in it"
    content = described(scene, act, core, heads)
    result = scene.words.operators.result(_names(act, row), content)
    if result and result.gives == SAME:
        return f"'{row.name if row else act.type}' leaves its content what it is ({result.where})"
    if not recipients and act.type in IMPLYING:
        recipients = implied(scene, act.type, act.actors)
    return applied(scene, replace(act, recipients=recipients), row, core, content, result)


def _asked(scene: Scene, act: Act) -> tuple[Party, ...]:
    """Whom a request is put to: its object before "for", not what is asked for."""
    if act.type != "REQUEST" or act.match.pos != "verb":
        return ()
    tree, verb = scene.tree, act.word
    people = list(tree.under(verb, "iobj"))
    if not people and any(p in ("for", "about") for p, _ in tree.obliques(verb)):
        people = [w for w in tree.objects(verb) if w > verb]
    found = scene.parties(one for w in people for one in tree.spread(w))
    return tuple(p for p in found if political(p) and not same_in(p, act.actors))


def _names(act: Act, row: Operator | None) -> set[str]:
    return {act.type, row.name} if row else {act.type}


def applied(
    scene: Scene,
    act: Act,
    row: Operator | None,
    core: Act | None,
    content: Content,
    result: Result | None,
) -> Act:
    """The act with the type and mode that a result gives it, and a word on which row did."""
    kind, mode = act.type, act.mode
    if result:
        given, _, its = result.gives.partition("/")
        if given not in MODES:
            mode = mode or given
        elif given != kind:
            again = None if its else scene.words.operators.result({given}, content)
            kind, mode = given, its or _mode(again)
        else:
            mode = mode or its or None
    recipients = act.recipients
    if kind == "THREATEN" and act.type != kind and core is not None:
        recipients = core.recipients or recipients
    said = f"{row.name} ({row.where})" if row else act.type
    inner = core.match.frame.id if core else ""
    return replace(act, type=kind, mode=mode, recipients=recipients, inner=inner, operator=said)


def _mode(result: Result | None) -> str | None:
    if result is None:
        return None
    first, _, second = result.gives.partition("/")
    return second or (None if first in MODES else first)


def described(scene: Scene, act: Act, core: Act | None, heads: Sequence[int]) -> Content:
    """What stands in an operator's complement, as the result rows ask for it."""
    tree = scene.tree
    yielding = scene.words.operators.contents.get("yielding", frozenset())
    ranked = sorted(heads, key=lambda h: tree.tags[h] not in ("VERB", "AUX"))  # not whom one asks
    lemmas = [tree.lemmas[h] for h in ranked]
    lemma = next((name for name in lemmas if name in yielding), lemmas[0] if lemmas else "")
    if any(clause.negative(tree, h) for h in heads):
        lemma = "refrain"
    whose = _whose(act, core)
    if core is None:
        kind, mode = _kind_of(scene, [*act.match.fixed, *heads])
        return Content(kind, mode, lemma, whose)
    return Content(core.type, core.mode or "", lemma, whose)


def _kind_of(scene: Scene, heads: Iterable[int]) -> tuple[str, str]:
    """Type and mode of an event noun that made no act for want of parties: "ruled out talks"."""
    tree, nouns = scene.tree, scene.words.patterns["noun"]
    for head in heads:
        if tree.tags[head] == "NOUN":
            for pattern in nouns.get(tree.lemmas[head], ()):
                frame = scene.words.frame(pattern)
                plain = not any(step.kind in ("word", "class") for step in pattern.steps)
                if plain and not frame.operator:
                    return frame.type, frame.mode or ""
    return "", ""


def _whose(act: Act, core: Act | None) -> str:
    """Whose act the content is: the speaker's (or its own forces'), the addressee's, another's."""
    if core is None:
        return ""
    if act.match.slot and _own(act.recipients, core.actors):
        return "self" if _own(act.actors, act.recipients) else "object"
    if _own(act.actors, core.actors) or not any(p.text for p in core.actors):
        return "self"
    return "other"


def _own(some: Iterable[Party], others: Sequence[Party]) -> bool:
    """Are they the same party, or do both speak and act for one country?"""
    for party in some:
        if same_in(party, others):
            return True
        if party.country and any(
            party.country == other.country and official([party]) and official([other])
            for other in others
        ):
            return True
    return False


def _stands_alone(scene: Scene, act: Act, row: Operator | None, heads: Sequence[int]) -> bool:
    """Is a speech act told although nothing codable stands in it: "the junta promised elections"?

    Whoever speaks for a state, a body or an armed group is heard when something is promised or
    demanded, or when the word is a refusal; a warning needs somebody warned, an order
    something to do ("ordered new buses").
    """
    if row is not None and row.name == "warn":
        return False
    if row is not None and row.name == "order" and act.match.pos == "verb":
        return official(act.actors) and any(scene.tree.tags[h] == "VERB" for h in heads)
    if act.match.pos == "noun" or not heads:
        return official(act.actors) and act.type in ("REJECT", "REQUEST", "AGREE", "THREATEN")
    return official(act.actors) or (
        act.type in ("REQUEST", "REJECT") and any(p.country and p.text for p in act.actors)
    )


def _recipients(
    scene: Scene, act: Act, row: Operator | None, core: Act | None, heads: Sequence[int]
) -> tuple[Party, ...]:
    """Whom a speech act without an object is addressed to, by the row's list of places."""
    tree = scene.tree
    for place in row.recipient if row else ("doer", "suffers", "actor", "around"):
        found: Iterable[Party] = ()
        if place == "doer":
            verbs = [h for h in heads if tree.tags[h] in ("VERB", "AUX", "ADJ")]
            found = scene.parties(w for h in verbs for w in tree.surface(h))
        elif place == "suffers" and core is not None:
            found = core.recipients
        elif place == "actor" and core is not None:
            found = [p for p in core.actors if p.text]
        elif place == "around":
            nouns = [h for h in heads if tree.tags[h] in ("NOUN", "PROPN")]
            found = [p for n in nouns for p in scene.around(n, skip=act.actors)]
        kept = unique(p for p in found if not same_in(p, act.actors))
        if kept:
            return kept
    return ()
