"""Operators that are no frames of the lexicon: "stopped bombing", "said it would go".

They are found by their lemma in operators.toml and change the act below them into another: to stop
bombing is a ceasefire, to say that one will withdraw is a concession, "would not send" a refusal.
"""

from __future__ import annotations

from dataclasses import replace

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.what.acts import Act, Scene, official, same_in
from legation.questions.what.complements import carried, clauses
from legation.questions.who import political
from legation.story import MODES, Party
from legation.words import Frame
from legation.words.operators import Content, Operator, Result
from legation.words.pattern import Pattern

MUST = frozenset(["must", "should", "ought"])
WISHING = frozenset(["insist", "suggest", "propose", "recommend"])
STANCES = frozenset(["recognise", "recognize", "accept", "acknowledge"])
"""What one does not do by saying so: "we don't recognise it"."""
SAD = frozenset(["attack", "catastrophe", "disaster", "grave", "political", "tragedy", "threat"])
"""Words of the class `bad` that also tell of grief or danger."""
SPEAKING = frozenset(["GOV", "MIL", "IGO", "PTY", "OPP", "REB", "ELI"])
"""Who refuses or threatens by saying what it will do."""
FORCES = frozenset(["COP", "JUD", "MIL", "MED"])
"""Who says of an act what it was, and does not judge it."""
DEEDS = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "REJECT", "THREATEN"])
OWN = frozenset(["RETREAT", "COERCE", "SANCTION", "MOBILIZE", "AID", "CONCEDE"])
"""What an official voice announces as its own when it names nobody who does it."""
GUILTY = frozenset(["responsible", "guilty", "culpable", "blame", "complicit"])


def lifted(scene: Scene, word: int, acts: dict[int, Act], dropped: set[int]) -> None:
    """Change the acts under the operator at `word`, in place; nothing happens when it is none."""
    tree, algebra = scene.tree, scene.words.operators
    if tree.tags[word] not in ("VERB", "AUX"):
        return
    _refused(scene, word, acts)
    _menaced(scene, word, acts)
    if tree.lemmas[word] in WISHING:
        for head in clauses(tree, word):
            _obliged(scene, word, head, acts, dropped)
    row = algebra.verbs.get(tree.lemmas[word])
    if row is None or row.name not in algebra.lifting or (row.act and not _permits(row)):
        return
    heads = [h for h in clauses(tree, word) if h not in dropped]
    if row.name == "say":
        for head in heads:
            _obliged(scene, word, head, acts, dropped)
            _blamed(scene, word, head, acts)
            _judged(scene, word, head, acts)
            _announced(scene, word, head, acts)
    for head in heads:
        act = acts.get(head)
        content = _content(scene, word, head, act)
        result = algebra.result([row.name], content)
        if result is None:
            continue
        if act is None or _permits(row):
            _made(scene, word, head, row, result, acts)
        elif row.carried:
            dropped |= carried(tree, heads, acts, act)
            acts[word] = _changed(scene, act, row, result, content, moved=word)
            return
        else:
            acts[head] = _changed(scene, act, row, result, content, governor=word)


def _obliged(scene: Scene, word: int, head: int, acts: dict[int, Act], dropped: set[int]) -> None:
    """ "Said that X must withdraw", "insisted that X withdraw": who says so demands it."""
    tree, act = scene.tree, acts.get(head)
    low = {tree.low[c] for c in tree.under(head, "aux")}
    wished = tree.lemmas[word] in WISHING and clause.subjunctive(tree, head)
    if not (low & MUST or wished) or clause.negative(tree, word):
        return
    if act is None and "must" not in low and not wished:
        return
    lay = scene.words.table("whose").get("anonymous", {}).get("sectors", {})
    named = [w for w in tree.subjects(word) if lay.get(tree.lemmas[w], "GOV") == "GOV"]
    speakers = scene.parties(named)  # no analyst or witness makes demands
    others = tuple(p for p in scene.parties(tree.surface(head)) if political(p))
    if not official(speakers) or not others or _same_side(speakers, others):
        return
    known = act is not None and any(same_in(p, others) for p in act.actors)
    content = Content(lemma=tree.lemmas[head], whose="other")
    if act is not None and known:
        content = Content(act.type, act.mode or "", tree.lemmas[head], "other")
    elif tree.lemmas[head] not in scene.words.operators.contents.get("yielding", ()):
        return
    result = scene.words.operators.result({"REQUEST"}, content)
    mode = result.gives if result and result.gives not in MODES else None
    frame = Frame("request.must", "REQUEST", mode, where="lifting")
    match = Match(Pattern(frame.id, tree.lemmas[head], (), "say that _ must"), frame, head, "verb")
    if act is not None:
        dropped |= carried(tree, [head], acts, act) - {head}
    acts[head] = Act(
        scene.s, match, "REQUEST", mode, speakers, others, governor=word, settled=True,
        inner=act.match.frame.id if act else "", operator="said that it must",
    )  # fmt: skip


def _blamed(scene: Scene, word: int, head: int, acts: dict[int, Act]) -> None:
    """ "Said that X was responsible", "… was behind the blast", "… was to blame": an accusation."""
    tree = scene.tree
    behind = tree.tags[head] == "NOUN" and tree.preposition(head) == "behind"
    guilty = tree.lemmas[head] in GUILTY and (tree.tags[head] == "ADJ" or tree.infinitive(head))
    if not (behind or guilty) or clause.negative(tree, head) or clause.negative(tree, word):
        return
    speakers, accused = scene.parties(tree.subjects(word)), scene.parties(tree.surface(head))
    accused = accused or scene.parties(tree.surface(head), owned=True)
    if not official(speakers) or not accused or _same_side(speakers, accused) or word in acts:
        return
    frame = Frame("accuse.behind", "ACCUSE", "allege", where="lifting")
    match = Match(Pattern(frame.id, tree.lemmas[word], (), "say _ behind"), frame, word, "verb")
    acts[word] = Act(
        scene.s, replace(match, fixed=(head,)), "ACCUSE", "allege", speakers, accused,
        operator="said who did it",
    )  # fmt: skip


def _judged(scene: Scene, word: int, head: int, acts: dict[int, Act]) -> None:
    """ "Said the raid was unacceptable", "… a mistake": an official blames what others did."""
    tree, bad = scene.tree, scene.words.classes["bad"] - SAD
    like = {tree.lemmas[head], *(tree.lemmas[c] for c in tree.under(head, "amod"))}
    if not like & bad or not any(tree.under(head, "cop")) or word in acts:
        return
    if clause.negative(tree, head) or clause.negative(tree, word) or tree.infinitive(head):
        return
    speakers = scene.parties(tree.subjects(word))
    topics = [w for w in tree.under(head, "nsubj") if w < head]
    if not official(speakers) or any(p.sector in FORCES for p in speakers) or not topics:
        return
    topic = topics[0]
    doers = [*tree.possessors(topic), *(n for p, n in tree.obliques(topic) if p in ("by", "of"))]
    blamed = scene.parties(doers) or tuple(scene.cast.modifier(scene.s, topic))
    if not blamed and tree.tags[topic] == "PROPN":
        blamed = scene.parties([topic])
    if _same_side(speakers, blamed) or not (blamed or _deed(scene, topic)):
        return
    frame = Frame("accuse.judge", "ACCUSE", "disapprove", where="lifting")
    pattern = Pattern(frame.id, tree.lemmas[word], (), "say _ was bad")
    match = Match(pattern, frame, word, "verb", slot=(topic,), fixed=(head,))
    recipients = tuple(p for p in blamed if political(p))
    acts[word] = Act(
        scene.s, match, "ACCUSE", "disapprove", speakers, recipients, operator="said it was bad"
    )


def _announced(scene: Scene, word: int, head: int, acts: dict[int, Act]) -> None:
    """ "Forty men will be freed, Eritrea said": who announces what nobody else is said to do."""
    tree, act = scene.tree, acts.get(head)
    if act is None or act.type not in OWN or any(p.text for p in act.actors):
        return
    if not tree.passive(head) or not (clause.future(tree, head) or tree.infinitive(head)):
        return
    speakers = scene.parties(tree.subjects(word))
    homes = {p.country for p in speakers}
    suffer = [p for o in tree.objects(head) for p in scene.cast.modifier(scene.s, o)]
    if not official(speakers) or any(p.country in homes for p in suffer):
        return  # "the Israeli hostages will be freed, Israel said"
    acts[head] = replace(
        act,
        actors=speakers,
        recipients=tuple(p for p in act.recipients if not same_in(p, speakers)),
    )


def _deed(scene: Scene, noun: int) -> bool:
    """Does the noun name what somebody did to others?"""
    patterns = scene.words.patterns["noun"].get(scene.tree.lemmas[noun], ())
    return any(scene.words.frame(p).type in DEEDS for p in patterns) or (
        scene.tree.lemmas[noun] in scene.words.classes["act_of"]
    )


def _permits(row: Operator) -> bool:
    """Is it an operator whose own subject and object take part: "let the inspectors enter"?"""
    return row.recipient == ("object",)


def _refused(scene: Scene, word: int, acts: dict[int, Act]) -> None:
    """ "We will not sit down with X", "would not leave": a refusal in the act's own verb group."""
    tree, act = scene.tree, acts.get(word)
    row, will = scene.words.operators.named.get("will not"), clause.future(tree, word)
    stance = tree.lemmas[word] in STANCES and tree.feature(word, "Tense") != "Past"
    stance = stance and any(tree.low[c] in ("do", "does") for c in tree.under(word, "aux"))
    if row is None or not (will or stance) or not clause.negative(tree, word) or tree.passive(word):
        return
    if act is not None and act.type == "REJECT":  # "will not veto": nothing is refused
        return
    act = act or _unmet(scene, word)
    if act is None or act.match.pos != "verb" or not any(political(p) for p in act.actors):
        return
    if not (_speaks_itself(scene, word, act) or not _told(scene, word)):
        return
    content = Content(act.type, act.mode or "", tree.lemmas[word])
    result = scene.words.operators.result([row.name], content)
    if result:
        changed = _changed(scene, act, row, result, content)
        acts[word] = replace(changed, settled=True)


def _menaced(scene: Scene, word: int, acts: dict[int, Act]) -> None:
    """ "Moscow will answer in kind", "will skip the summit": done by saying what one will do."""
    tree, act = scene.tree, acts.get(word)
    if act is None or not clause.future(tree, word):
        return
    if act.type not in ("THREATEN", "REJECT") or not any(p.sector in SPEAKING for p in act.actors):
        return
    if not (_speaks_itself(scene, word, act) or not _told(scene, word)):
        return
    plain = not clause.negative(tree, word) and act.match.pos == "verb"
    if plain and tree.lemmas[word] not in scene.words.operators.named["threaten"].verbs:
        acts[word] = replace(act, settled=True)


def _unmet(scene: Scene, word: int) -> Act | None:
    """What "will not" refuses where the lexicon has no act: "will not accept the result"."""
    tree = scene.tree
    if tree.lemmas[word] not in scene.words.operators.contents.get("compliance", ()):
        return None
    actors = scene.parties(tree.surface(word), owned=True)
    if not official(actors):
        return None
    others = [*tree.objects(word), *(n for _, n in tree.obliques(word))]
    recipients = tuple(p for p in scene.parties(others, owned=True) if not same_in(p, actors))
    frame = Frame("reject.will-not", "REJECT", None, where="lifting")
    pattern = Pattern(frame.id, tree.lemmas[word], (), f"will not {tree.lemmas[word]}")
    match = Match(pattern, frame, word, "verb")
    return Act(scene.s, match, "REJECT", None, actors, recipients)


def _told(scene: Scene, word: int) -> bool:
    tree = scene.tree
    return tree.base[tree.first_of(word)] in ("ccomp", "parataxis", "advcl") or clause.conditioned(
        tree, word
    )


def _speaks_itself(scene: Scene, word: int, act: Act) -> bool:
    """Does the actor say it, or somebody who speaks for the same country?"""
    tree = scene.tree
    first = tree.first_of(word)
    head = tree.heads[first]
    if any(tree.low[w] in ("we", "i") for w in tree.surface(word)):
        return True
    if tree.base[first] == "ccomp" and head >= 0:
        return _same_side(scene.parties(tree.subjects(head)), act.actors)
    asides = [c for c in tree.under(first, "parataxis") if any(tree.under(c, "nsubj"))]
    return any(_same_side(scene.parties(tree.subjects(c)), act.actors) for c in asides)


def _same_side(speakers: tuple[Party, ...], actors: tuple[Party, ...]) -> bool:
    return any(
        same_in(speaker, actors)
        or (
            speaker.country
            and any(speaker.country == a.country and official([a]) for a in actors)
            and official([speaker])
        )
        for speaker in speakers
    )


def _content(scene: Scene, word: int, head: int, act: Act | None) -> Content:
    tree = scene.tree
    time = set()
    if clause.future(tree, head) and not clause.negative(tree, head):
        time = {"future", "condition"} if clause.conditioned(tree, head) else {"future"}
    lemma = tree.lemmas[head]
    if act is None:
        return Content(lemma=lemma, time=frozenset(time))
    if act.type in ("SANCTION", "REJECT", "THREATEN"):
        lemma = ""  # "will withdraw from the talks" yields nothing
    same = _same_side(scene.parties(tree.subjects(word)), act.actors)
    return Content(act.type, act.mode or "", lemma, "self" if same else "other", frozenset(time))


def _changed(
    scene: Scene,
    act: Act,
    row: Operator,
    result: Result,
    content: Content,
    moved: int | None = None,
    governor: int | None = None,
) -> Act:
    """The act with the result's type and mode; `moved` to the operator or asked from `governor`."""
    kind, _, mode = result.gives.partition("/")
    if kind not in MODES:
        kind, mode = act.type, kind
    if not mode:
        again = scene.words.operators.result({kind}, content)
        given = again.gives if again else ""
        first, _, second = given.partition("/")
        mode = second or ("" if first in MODES else first)
    recipients = act.recipients or tuple(p for p in act.actors[1:] if p.text)
    actors = act.actors if act.recipients or len(act.actors) < 2 else act.actors[:1]
    if not act.match.frame.symmetric:
        actors, recipients = act.actors, act.recipients
    match = act.match
    if moved is not None:
        match = replace(match, word=moved, pos="verb", fixed=(act.word, *match.fixed))
    return replace(
        act,
        match=match,
        type=kind,
        mode=mode or None,
        actors=actors,
        recipients=recipients,
        governor=governor,
        inner=act.match.frame.id,
        operator=f"{row.name} ({row.where}, {result.where})",
    )


def _made(
    scene: Scene, word: int, head: int, row: Operator, result: Result, acts: dict[int, Act]
) -> None:
    """An act where none stood below: "let the inspectors enter the camp"."""
    tree = scene.tree
    kind, _, mode = result.gives.partition("/")
    actors = scene.parties(tree.subjects(word), owned=True)
    recipients = scene.parties(tree.objects(word) or tree.surface(head))
    recipients = tuple(p for p in recipients if not same_in(p, actors))
    if not official(actors) or not any(political(p) for p in recipients) or word in acts:
        return
    name = f"{kind.lower()}.{row.name}"
    frame = Frame(name, kind, mode or None, where=row.where)
    pattern = Pattern(name, tree.lemmas[word], (), f"{tree.lemmas[word]} _ {tree.lemmas[head]}")
    match = Match(pattern, frame, word, "verb", fixed=(head,))
    acts.pop(head, None)
    acts[word] = Act(
        scene.s, match, kind, mode or None, actors, recipients, operator=f"{row.name} ({row.where})"
    )
