"""What a bare noun takes up: "the trip was called off" is the trip that the story told before.

News names the parties of a visit, of talks or a march once; what became of them is told by the bare
noun, or by the pronoun for it. Such a word gets the parties of the nearest earlier act that it can
name. Only acts that are arranged beforehand are taken up, and only where a verb tells their fate
(words/en/fates.toml).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from legation.questions import clause
from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import Act, Scene, same_in, unique
from legation.questions.who import political
from legation.story import Party
from legation.words import Words

TAKEN_UP = "taken up from before"  # the operator of such an act, for `why`
POINTING = frozenset(["the", "this", "that", "these", "those"])
PLURAL = frozenset(["talks", "negotiations", "discussions", "consultations"])
UNDOING = frozenset(["REJECT", "CONCEDE"])  # types of "X called off the trip", "the strike"
REACH = 8  # sentences back that the act taken up may stand
Parties = tuple[Party, ...]


def taken_up(
    scene: Scene, match: Match, actors: Parties, recipients: Parties, told: Sequence[Act]
) -> tuple[Parties, Parties] | None:
    """Actors and recipients of a match whose noun takes up an earlier act; None if it does not."""
    noun = _noun(scene.tree, match)
    if match.pos == "verb" and scene.tree.passive(match.word) and _rest(scene, match.word):
        act = _before(scene, {match.frame.type}, told, ())
        return (act.actors, act.recipients) if act and not actors and not recipients else None
    if noun is None or not _pointed(scene, noun):
        return None
    kinds = _kinds(scene.words, scene.tree, noun)
    if match.pos == "verb":
        undone = match.frame.type in UNDOING
        if not undone and not scene.tree.passive(match.word):
            return None
        if not undone and _lemma(scene.tree, match.word) in _table(scene)["fate"]["undone"]:
            return None  # nobody cancels it on anybody: `resumed` tells that it was not held
        kinds = kinds if undone else kinds & _loose(scene)
    elif not _fated(scene, noun, kinds):
        return None
    known = [p for p in (*actors, *recipients) if political(p)]
    act = _before(scene, kinds, told, known)
    if act is None:
        return None
    if not known:
        return act.actors, act.recipients
    others = [p for p in (*act.actors, *act.recipients) if political(p)]
    return actors, unique([*recipients, *(p for p in others if not _shared(p, known))])


def resumed(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """The acts that bare nouns take up where no pattern stands: "the strike went ahead"."""
    tree = scene.tree
    for noun in range(len(tree)) if told else ():
        if (
            tree.tags[noun] != "NOUN"
            or noun in taken
            or not (kinds := _kinds(scene.words, tree, noun))
        ):
            continue
        known = _pointed(scene, noun) or _more(scene, noun)
        if known and _fated(scene, noun, kinds):
            yield from _again(scene, noun, kinds, told, taken)


def by_pronoun(
    scene: Scene, before: Sequence[Tree], told: Sequence[Act], taken: Container[int]
) -> Iterator[Act]:
    """The acts that a pronoun takes up: "They have agreed to hold talks. It will open on Friday".

    `before` are the trees of the sentences before. The pronoun stands for the nearest noun of its
    number that names an arranged act, in its own sentence or the one before.
    """
    tree, fate = scene.tree, _table(scene)["fate"]
    for word in range(len(tree)):
        plural = tree.low[word] in fate["they"]
        if (
            word in taken
            or tree.tags[word] != "PRON"
            or not (plural or tree.low[word] in fate["it"])
        ):
            continue
        head = tree.heads[word]
        if head < 0 or any(tree.under(head, "obj", "xcomp", "ccomp")) > (" " in _lemma(tree, head)):
            continue  # "they opened fire", "it began to rain"; "take place" has its own object
        kinds = _stood_for(scene.words, tree, range(word), plural)
        if not kinds and before:
            kinds = _stood_for(scene.words, before[-1], range(len(before[-1])), plural)
        if kinds and _fated(scene, word, kinds):
            yield from _again(scene, word, kinds, told, taken)


def _stood_for(words: Words, tree: Tree, span: range, plural: bool) -> set[str]:
    """The types of act that the last event noun of this number among the words can name."""
    for noun in reversed(span):
        many = tree.feature(noun, "Number") == "Plur" or tree.low[noun] in PLURAL
        if tree.tags[noun] == "NOUN" and many == plural and (kinds := _kinds(words, tree, noun)):
            return kinds
    return set()


def _again(
    scene: Scene, noun: int, kinds: set[str], told: Sequence[Act], taken: Container[int]
) -> Iterator[Act]:
    """The nearest act told before of one of the types, once more at a noun whose verb is free."""
    tree = scene.tree
    head = tree.heads[tree.first_of(noun)]
    act = None if head in taken else _before(scene, kinds, told, ())
    if act is None:
        return
    frame = act.match.frame
    if act.type not in kinds:  # "promised to return the island … the handover"
        frame = scene.words.frames[act.inner]
    own = tree.tags[head] == "VERB" and _lemma(tree, head) not in _table(scene)["fate"]["undone"]
    yield Act(
        scene.s, Match(act.match.pattern, frame, noun, "noun"),
        act.type if frame is act.match.frame else frame.type,
        act.mode if frame is act.match.frame else frame.mode, act.actors, act.recipients,
        head if own else None, operator=TAKEN_UP,
    )  # fmt: skip


def following(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "The other six will follow", "a second convoy is to follow": the last deed once more."""
    tree = scene.tree
    for verb in range(len(tree)) if told else ():
        if tree.lemmas[verb] != "follow" or verb in taken or any(tree.objects(verb)):
            continue
        if not (tree.infinitive(verb) or clause.future(tree, verb)):
            continue
        doers = _named(scene, tree.under(verb, "nsubj"))
        last = next((a for a in reversed(told) if a.type in _table(scene)["fate"]["again"]), None)
        if last is None or last.s < scene.s - 2 or not (_rest(scene, verb) or doers):
            continue
        match = Match(last.match.pattern, last.match.frame, verb, "verb")
        yield Act(
            scene.s, match, last.type, last.mode, doers or last.actors, last.recipients,
            operator=TAKEN_UP,
        )  # fmt: skip


def joining(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "Envoys of Malaysia will also take part": in the gathering told last, with its parties."""
    tree, fate = scene.tree, _table(scene)["fate"]
    for verb in range(len(tree)) if told else ():
        if tree.tags[verb] != "VERB" or verb in taken or _lemma(tree, verb) not in fate["join"]:
            continue
        others = [n for n in tree.objects(verb) if tree.low[n] != "part"]
        if others or any(entered in ("in", "at") for entered, _ in tree.obliques(verb)):
            continue
        doers = tuple(p for p in scene.parties(tree.subjects(verb)) if political(p))
        last = next((a for a in reversed(told) if a.type in fate["gathering"]), None)
        if not doers or last is None or last.s < scene.s - 2:
            continue
        parties = unique([*doers, *last.actors, *last.recipients])
        match = Match(last.match.pattern, last.match.frame, verb, "verb")
        yield Act(scene.s, match, last.type, last.mode, parties, (), operator=TAKEN_UP)


def repeated(scene: Scene, told: Sequence[Act], taken: Container[int]) -> Iterator[Act]:
    """ "He wants to go again in May": the trip of the same traveller that was told before."""
    tree, fate = scene.tree, _table(scene)["fate"]
    for verb in range(len(tree)) if told else ():
        if tree.tags[verb] != "VERB" or verb in taken or tree.lemmas[verb] not in fate["travel"]:
            continue
        again = any(tree.low[c] in fate["anew"] for c in tree.children[verb])
        if not again or any(tree.objects(verb)):
            continue
        doers = scene.parties(tree.subjects(verb))
        for act in reversed(told):
            if act.s < scene.s - REACH:
                break
            if (act.type, act.mode) == ("CONSULT", "visit") and any(
                same_in(p, act.actors) for p in doers
            ):
                match = Match(act.match.pattern, act.match.frame, verb, "verb")
                yield Act(
                    scene.s, match, act.type, act.mode, doers, act.recipients, operator=TAKEN_UP
                )
                break


def _named(scene: Scene, nouns: Iterable[int]) -> Parties:
    """The parties whose own the things are: "a Canadian ship", "Oman's envoy"."""
    found: list[Party] = []
    for noun in nouns:
        found += [p for o in scene.tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
        found += scene.cast.modifier(scene.s, noun)
    return unique(p for p in found if political(p))


def disposed(scene: Scene, match: Match) -> tuple[Parties, Parties]:
    """Whose arrangement it is that was put off, nobody saying by whom: "X's visit to Y was …"."""
    if not scene.tree.passive(match.word) or match.frame.type not in UNDOING:
        return (), ()
    actors: list[Party] = []
    others: list[Party] = []
    for noun in match.fixed:
        if not _kinds(scene.words, scene.tree, noun):
            continue
        owners = [p for o in scene.tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
        actors += owners or scene.cast.modifier(scene.s, noun)
        for entered, other in scene.tree.obliques(noun):
            if entered in ("by", "of", "between", "among"):
                actors += scene.parties([other])
            elif entered in ("to", "with", "in"):
                others += scene.parties([other])
    kept = unique(actors)
    return kept, unique(p for p in others if kept and not same_in(p, kept))


def _before(
    scene: Scene, kinds: Container[str], told: Sequence[Act], known: Sequence[Party]
) -> Act | None:
    """The nearest earlier act of one of the types that has all the known parties."""
    for act in reversed(told):
        if act.s < scene.s - REACH:
            return None
        if act.operator == TAKEN_UP or act.type not in kinds:
            inner = act.inner.partition(".")[0].upper()  # "agreed to hold talks"
            if inner not in kinds:
                continue
        others = [p for p in (*act.actors, *act.recipients) if political(p)]
        if others and all(_shared(p, others) for p in known):
            return act
    return None


def _noun(tree: Tree, match: Match) -> int | None:
    """The event noun of a match: its own word, or the object that its verb used up."""
    if match.pos == "noun":
        return match.word
    if match.pos != "verb":
        return None
    return next((w for w in match.fixed if tree.tags[w] == "NOUN"), None)


def _pointed(scene: Scene, noun: int) -> bool:
    """Does the noun point back, and name no party by itself?"""
    tree = scene.tree
    if any(scene.cast.parties(scene.s, n) for _, n in tree.obliques(noun)):
        return False
    dets = {tree.low[c] for c in tree.under(noun, "det")}
    owned = any(tree.tags[c] == "PRON" for c in tree.under(noun, "nmod", "det"))
    bare = tree.low[noun] in PLURAL and not dets and not any(tree.under(noun, "amod"))
    return bool(dets & POINTING) or owned or bare


def _more(scene: Scene, noun: int) -> bool:
    """Is it one more of what was told, and of nobody else: "a second drill", "another round"?"""
    tree, fate = scene.tree, _table(scene)["fate"]
    near = {tree.low[c] for c in tree.under(noun, "amod", "det", "nummod")}
    others = [*(n for _, n in tree.obliques(noun)), *tree.possessors(noun)]
    named = [*scene.parties(others), *scene.cast.modifier(scene.s, noun)]
    return not near.isdisjoint((*fate["rest"], *fate["new"])) and not named


def _rest(scene: Scene, verb: int) -> bool:
    """Is the subject the rest of what was told: "the other six", "a second convoy"?"""
    tree, more = scene.tree, set(_table(scene)["fate"]["rest"])
    for noun in (n for n in tree.under(verb, "nsubj")):
        near = {tree.low[c] for c in tree.under(noun, "amod", "det", "nummod", "advmod")}
        counted = bool([*tree.under(noun, "nummod")]) and tree.lemmas[verb] == "follow"
        if tree.lemmas[noun] in more or near & more or counted:
            return True
    return False


def _fated(scene: Scene, noun: int, kinds: set[str]) -> bool:
    """Is the noun the subject of a verb that tells what became of it?"""
    tree = scene.tree
    first = tree.first_of(noun)
    head = tree.heads[first]
    if head >= 0 and tree.base[first] == "obl" and tree.preposition(first) == "with":
        return _lemma(tree, head) in scene.words.classes["proceed"]  # "go ahead with his trip"
    if head < 0 or tree.base[first] != "nsubj":
        return False
    fate = _table(scene)["fate"]
    if tree.tags[head] != "VERB":
        told = tree.low[head] in (*fate["off"], *fate["on"]) and any(tree.under(head, "cop"))
        return told or (tree.tags[head] == "ADJ" and tree.lemmas[head] in fate["set"])
    lemma = _lemma(tree, head)
    if lemma in fate["sure"]:
        return lemma != "hold" or tree.passive(head)
    if lemma in fate["undone"] or lemma in fate["set"]:
        return tree.passive(head)
    return lemma in fate["told"] and bool(kinds & _loose(scene))


def _lemma(tree: Tree, verb: int) -> str:
    """The verb with its particle or fixed noun: "call off", "go ahead", "take part"."""
    lemma = tree.lemmas[verb]
    for child in tree.children[verb]:
        low = tree.low[child]
        if (low in ("off", "back") and lemma in ("call", "put", "push")) or (
            (lemma, low) in (("take", "place"), ("take", "part")) or low == "ahead"
        ):
            return f"{lemma} {low}"
    return lemma


def _kinds(words: Words, tree: Tree, noun: int) -> set[str]:
    """The types of the acts that the noun can take up."""
    lemma = tree.lemmas[noun]
    return {kind for kind, nouns in words.table("fates")["nouns"].items() if lemma in nouns}


def _loose(scene: Scene) -> set[str]:
    return set(_table(scene)["fate"]["loose"])


def _table(scene: Scene) -> Mapping[str, Any]:
    return scene.words.table("fates")


def _shared(party: Party, others: Iterable[Party]) -> bool:
    listed = list(others)
    return same_in(party, listed) or any(
        bool(party.country) and party.country == other.country for other in listed
    )
