"""Whom is meant when nobody is named? Answers that only the story's earlier acts can give.

"Brazil condemned the raid" is about whoever raided, "Delhi hailed the gesture" about whoever made
it: the recipient of a judgement on an act is the actor of that act. Runs after all acts of a story
were read; what a sentence itself says is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.questions import blame
from legation.questions.opponents import Opponents
from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.questions.who import Cast
from legation.story import Event, Party
from legation.words import listed

Found = tuple[Act, Event]
JUDGING = frozenset(["ACCUSE", "SUPPORT"])
HOSTILE = ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "PROTEST")
KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "violence": (("ASSAULT", "MOBILIZE"), ("COERCE",)),
    "arrest": (("COERCE/arrest", "ASSAULT/abduct"), ("COERCE", "SANCTION/convict")),
    "verdict": (("SANCTION/convict",), ("COERCE/arrest", "ACCUSE/allege"), ("SANCTION", "COERCE")),
    "sanction": (("SANCTION", "COERCE", "REJECT"),),
    "words": (("ACCUSE", "THREATEN", "REJECT", "REQUEST"),),
    "act": (HOSTILE,),
    "talks": (("CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT"),),
}
"""Types or TYPE/modes of the acts that a noun judged may name (words/en/who.toml, [judged]); those
of the first row before those of the second."""
FAR = frozenset(["violence", "arrest", "verdict", "sanction"])
"""Kinds of deeds that are judged however long ago they were told."""
FREEING = frozenset(
    ["pardon", "free", "release", "amnesty", "acquit", "swap", "exchange", "liberate"]
)
GIVING = frozenset(["AID", "AGREE"])
LONE = frozenset(["withdraw", "ceasefire", "disarm", "resign"])
"""Modes of RETREAT that have no recipient: one's own troops, arms or office."""
DOMESTIC = frozenset(["restrict", "withhold", "censor"])
OWED = frozenset(["SANCTION", "REJECT", "THREATEN", "AGREE"])
SERVANTS = frozenset(["MIL", "COP", "JUD", "SPY"])
COUPS = frozenset(["coup", "mutiny", "putsch", "takeover", "rebellion", "uprising"])
"""What soldiers do on their own account."""
BONDS = frozenset(["tie", "relation", "relationship", "link"])
"""What two states cut with each other."""
OFFERING = frozenset(["offer", "promise", "pledge"])
MUTUAL = frozenset(["each", "one"])
ADDRESSED = frozenset(["ACCUSE", "THREATEN", "REQUEST", "SANCTION"])
"""Types whose recipient, when nobody is named, is the actor's opponent in the story."""
REACH = 4  # sentences back that an act judged as "the move" or "it" may stand


def resolved(found: Sequence[Found], trees: Sequence[Tree], cast: Cast) -> list[Found]:
    """The acts with recipients that earlier acts supply, and none where an act is mutual."""
    done: list[Found] = []
    opponents = Opponents(found)
    for at, (act, event) in enumerate(found):
        tree = trees[act.s]
        if event.type in ADDRESSED and event.recipients and not _said(event.recipients):
            here = cast.setting.named[act.s]  # "threatened to tax Japanese cars": they are it
            near = any(p.country in here for p in event.recipients)
            other = None if near else opponents.of(event, act.s)
            event = replace(event, recipients=(other,)) if other else event
        if event.type == "ACCUSE" and not event.recipients and _governs(event):
            other = opponents.of(event, act.s)  # "Somalia protested"
            event = replace(event, recipients=(other,)) if other else event
        if keeper := _keeper(tree, act, event, cast):
            event = replace(event, actors=tuple(replace(p, country=keeper) for p in event.actors))
        if not event.recipients and (given := _given(tree, act, cast)):
            event = replace(event, recipients=given)
        if (_mutual(tree, act.word) and len(event.actors) > 1) or (
            event.type == "RETREAT" and event.mode in LONE
        ):
            event = replace(event, recipients=())
        elif event.type == "COERCE" and event.mode in DOMESTIC and not event.recipients:
            event = replace(event, recipients=_people_of(event))
        elif event.mode == "visit" and act.match.fixed and not event.recipients:
            # "would go ahead with his trip": whose host is the other state of the story
            event = replace(event, recipients=_other(event, act.s, cast))
        elif (
            event.type in GIVING
            and not event.recipients
            and (aid := _helped(tree, act, event, done))
        ):
            event = replace(event, recipients=aid)
        elif event.type in OWED and not event.recipients and _owes(tree, act, event):
            other = opponents.of(event, act.s, REACH)
            if event.type == "AGREE" and other and other.country in _homes(event):
                other = None  # elections are promised to nobody in particular
            told: tuple[Party, ...] = (other,) if other else ()
            parted = len(_homes(event)) > 1 and {tree.lemmas[w] for w in act.match.fixed} & BONDS
            if not told and event.type == "SANCTION" and _governs(event) and not parted:
                told = _other(event, act.s, cast)
            event = replace(event, recipients=told)
        elif event.type in JUDGING and not _said(event.recipients):
            nouns = [tree.lemmas[w] for w in (*act.match.slot, *tree.objects(act.word))]
            kind = next((k for n in nouns if (k := cast.lexicon.judged.get(n))), "")
            others = [*done, *_after(found, at)]
            about = _judged(tree, act, event, others, kind, set(nouns), trees)
            if event.type == "ACCUSE" and _governs(event) and not COUPS & set(nouns):
                about = tuple(dict.fromkeys(map(_answering, about)))
            event = (
                replace(event, recipients=about) if about else blame.spared(tree, act, event, found)
            )
        elif event.type == "ACCUSE":
            event = blame.spared(tree, act, event, found)
        done.append((act, event))
    return done


def _keeper(tree: Tree, act: Act, event: Event, cast: Cast) -> str | None:
    """Who held those whom he frees: "Mali pardoned forty Togolese who had been jailed"."""
    if event.type not in ("COERCE", "SANCTION") or _said(event.actors):
        return None
    noun = tree.heads[act.word]
    if not tree.labels[act.word].startswith("acl:relcl") or noun < 0:
        return None
    freed = tree.heads[noun]
    if freed < 0 or tree.base[noun] != "obj" or tree.lemmas[freed] not in FREEING:
        return None
    codes = {p.country for w in tree.surface(freed) for p in cast.parties(act.s, w)}
    return codes.pop() if len(codes) == 1 else None


def _given(tree: Tree, act: Act, cast: Cast) -> tuple[Party, ...]:
    """The indirect object: "promised her $50 million"."""
    found: list[Party] = []
    for child in tree.children[act.word]:
        if tree.base[child] == "iobj":
            found += cast.parties(act.s, child)
    return tuple(found)


def _answering(party: Party) -> Party:
    """Who answers to other states for what police or soldiers did: their government."""
    if party.sector not in SERVANTS or not party.country:
        return party
    return Party("", None, party.country, "GOV", entity=f"country:{party.country}")


def _owes(tree: Tree, act: Act, event: Event) -> bool:
    """Is a recipient due? Of what is agreed only to what is offered or promised."""
    return event.type != "AGREE" or tree.lemmas[act.word] in OFFERING


def _helped(tree: Tree, act: Act, event: Event, done: Sequence[Found]) -> tuple[Party, ...]:
    """Whom others helped just before: "Israel sent doctors to Freetown, and Ghana gave tents"."""
    if event.type != "AID" and tree.lemmas[act.word] not in OFFERING:
        return ()
    for other, told in reversed(done):
        if act.s - other.s <= 1 and told.type == "AID" and told.recipients:
            same = _homes(event) & {p.country for p in told.recipients}
            return () if same else told.recipients
    return ()


def _people_of(event: Event) -> tuple[Party, ...]:
    """The people at home, whom a curfew, a ban or a cut line hits."""
    codes = {p.country for p in event.actors if p.country}
    return (Party("", None, codes.pop(), "CVL"),) if len(codes) == 1 else ()


def _homes(event: Event) -> set[str | None]:
    return {p.country for p in event.actors}


def _governs(event: Event) -> bool:
    """Does a government or a body of states act?"""
    return any(p.sector in ("GOV", "IGO") for p in event.actors)


def _other(event: Event, s: int, cast: Cast) -> tuple[Party, ...]:
    """The other state of the story: that of a recalled envoy, of ties cut, of a visit's host."""
    codes = {p.country for p in event.actors if p.country}
    code = cast.dominant(s, codes) if codes else None
    return (Party("", None, code, "GOV", entity=f"country:{code}"),) if code else ()


def _said(parties: Sequence[Party]) -> bool:
    return any(p.text for p in parties)


def _sides(told: Event, judges: set[str | None]) -> tuple[Party, ...]:
    """Both sides of talks or an accord, for one who is neither of them."""
    sides = {(p.country, p.sector): p for p in (*told.actors, *told.recipients) if p.country}
    return () if judges & {where for where, _ in sides} else tuple(sides.values())


def _mutual(tree: Tree, word: int) -> bool:
    """ "Accused each other", "fired at one another"."""
    for child in (*tree.children[word], *(n for _, n in tree.obliques(word))):
        if tree.low[child] == "other" and child > 0 and tree.low[child - 1] in MUTUAL:
            return True
        if tree.low[child] in MUTUAL and child + 1 < len(tree):
            if tree.low[child + 1] in ("other", "another"):
                return True
    return False


def _after(found: Sequence[Found], at: int) -> list[Found]:
    """The acts of the same sentence that are told after the judgement."""
    s = found[at][0].s
    return [one for one in found[at + 1 :] if one[0].s == s]


def _judged(
    tree: Tree,
    act: Act,
    event: Event,
    others: Sequence[Found],
    kind: str,
    nouns: set[str],
    trees: Sequence[Tree],
) -> tuple[Party, ...]:
    """The actors of the act that a judgement is about; empty when no act fits."""
    lemma = tree.lemmas[act.word]
    if event.type == "SUPPORT" and lemma not in listed("praising"):
        return ()
    judges = {p.country for p in event.actors}
    reach = len(trees) if kind in FAR else REACH
    near = [
        (other, told)
        for other, told in reversed(others)
        if act.s - reach <= other.s <= act.s
        and told.status != "negated"
        and any(p.country for p in told.actors)
        and not judges & {p.country for p in told.actors}
    ]
    for other, told in near:
        if trees[other.s].lemmas[other.word] in nouns and kind != "talks":
            return told.actors
    wanted = KINDS.get(kind, ())
    if kind == "talks":
        held = [told for _, told in near if told.type in wanted[0]]
        held = [told for told in held if told.type != "SUPPORT" or not told.recipients]
        return next((sides for told in held if len(sides := _sides(told, judges)) > 1), ())
    if event.type == "SUPPORT" and kind in ("", "act"):
        return near[0][1].actors if near else ()
    for row in wanted:
        for _, told in near:
            if told.type in row or f"{told.type}/{told.mode}" in row:
                return told.actors
    return ()
