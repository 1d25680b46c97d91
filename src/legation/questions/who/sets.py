"""Which members does one phrase stand for together? "The two sides", "both leaders", "they".

A coordination just named comes first; else the members most present in the story's last sentences,
without those that act beside the phrase ("Qatar brought the two sides together").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.questions.who import tree
from legation.questions.who.members import Member
from legation.questions.who.setting import EVERYWHERE, FADE, PLACING, REACH
from legation.questions.who.short import MANY, SUBJECTS, companions, salience
from legation.story import Sentence
from legation.words import listed

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast

NUMBERS = {"both": 2, "two": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
PAIRS = frozenset([*NUMBERS, "neither", "either"])
BARE = frozenset(["neighbour", "neighbor", "side", "rival", "enemy", "foe", "adversary"])
STATES_ONLY = frozenset(
    [
        "government",
        "country",
        "state",
        "nation",
        "capital",
        "kingdom",
        "republic",
        "neighbour",
        "neighbor",
    ]
)
FAR = 30  # sentences back that count for the story's main parties
VENUE = 0.4  # "in Luanda": weight of a state as the place where something is
OFFICIAL = 0.7  # weight of an official for his state
LEADING = frozenset(["head-of-state", "head-of-government"])


def several(cast: Cast, s: int, w: int) -> list[Member]:
    """The members of a set, in order of mention; empty when the phrase stands for no set."""
    sentence = cast.story.sentences[s]
    low, lemma = sentence.words[w].lower(), sentence.lemmas[w].lower()
    if low in MANY:
        return _they(cast, s, w)
    first, _ = tree.core(sentence, w)
    around = [word.lower() for word in sentence.words[first : w + 1]]
    number = next((NUMBERS[word] for word in around if word in NUMBERS), 0)
    if low in PAIRS and sentence.tags[w] in ("PRON", "DET", "NOUN", "NUM"):
        if any(_part_of(sentence, c) for c in tree.children(sentence, w)):
            return []
        if sentence.tags[w] == "NUM" and tree.base(sentence, w) == "obj" and len(around) < 2:
            return []  # "killed five": so many people, nobody named before
        return coordinated(cast, s, w)[1] or _present(cast, s, w, number or 2, people=True)
    sets = cast.lexicon.sets
    states = lemma in sets.get("states", ()) or lemma == "government"
    people = lemma in sets.get("people", ())
    organs = bool(number) and cast.lexicon.bodies.get(lemma, "GOV") != "GOV"
    bare = lemma in BARE and "Plur" in sentence.feats[w] and around[0] in ("the", "former", "these")
    if not (number and (states or people or organs)) and not bare:
        return []
    if len(around) > 2 and cast.names.owners(sentence, first, w - 1):
        return []
    if any(tree.base(sentence, c) == "nmod" for c in tree.children(sentence, w)):
        return []
    if people:
        return _people(cast, s, w, lemma, number)
    states_only = lemma in STATES_ONLY
    found = _present(cast, s, w, number or 2, people=False, bodies=not states_only)
    if organs:
        sector = cast.lexicon.bodies[lemma]
        return [Member("organ", None, m.country, sector, phrase=lemma) for m in found if m.country]
    return found


def _part_of(sentence: Sentence, w: int) -> bool:
    """ "Two of its staff" are a part of what follows, not two that were named before."""
    return tree.base(sentence, w) == "nmod" and sentence.words[w].lower() not in MANY


def heads_of(cast: Cast, s: int, w: int) -> list[Member]:
    """The two states of "their presidents", "their armies", named before in whatever way."""
    return _present(cast, s, w, 2, people=False, bodies=False)


def _they(cast: Cast, s: int, w: int) -> list[Member]:
    """A coordination that "they" resumes, unless some plural is more present."""
    where, group = coordinated(cast, s, w)
    one = cast.member(s, w)
    if len(group) > 1 and one is not None and one.plural and not any(one is m for m in group):
        last = max((at for at, m in cast.near(s, w, REACH) if m is one), default=where)
        return group if salience(cast, s, *where) >= salience(cast, s, *last) else []
    return group if one is None or len(group) > 1 else []


def coordinated(cast: Cast, s: int, w: int) -> tuple[tuple[int, int], list[Member]]:
    """The nearest coordination or set of parties before word w, and where its first word is.

    Those beside a pronoun are others than it, but what is "theirs" may be the subject's own:
    "Oman and Iran announced a meeting of their ministers".
    """
    theirs = tree.label(cast.story.sentences[s], w) == "nmod:poss"
    barred = [] if theirs else [id(m) for m in companions(cast, s, w)]
    for (at, word), _ in reversed(cast.near(s, w, 1)):
        sentence = cast.story.sentences[at]
        group = tree.conjuncts(sentence, word)
        members = [cast.of[at, g] for g in group if (at, g) in cast.of and (at, g) < (s, w)]
        members = list({id(m): m for m in members}.values())
        members = members if len(members) > 1 else cast.groups.get((at, word), [])
        if len(members) > 1 and not any(id(m) in barred for m in members):
            return (at, min(group)), members
    return (s, w), []


def _people(cast: Cast, s: int, w: int, lemma: str, number: int) -> list[Member]:
    """ "Both leaders", "the two foreign ministers": people of different countries."""
    sentence = cast.story.sentences[s]
    first, _ = tree.core(sentence, w)
    role = cast.names.role_at(sentence, first, w)
    phrase = role[2] if role else lemma
    barred = [id(m) for m in companions(cast, s, w)]
    found: list[tuple[float, Member]] = []
    for (at, word), member in cast.near(s, w, REACH):
        if member.kind not in ("person", "role"):
            continue
        if member.plural or id(member) in barred or not _serves(cast, member, phrase):
            continue
        found.append((salience(cast, s, at, word) - (0.0 if member.name else 1.0), member))
    picked: list[Member] = []
    for _, member in sorted(found, key=lambda one: -one[0]):
        apart = all(member is not m and member.country != m.country for m in picked)
        if len(picked) < number and apart:
            picked.append(member)
    if len(picked) == number:
        return picked[::-1]
    if cast.lexicon.sector(phrase) != "GOV":
        return []
    states = _present(cast, s, w, number, people=False)
    return [
        Member("role", None, m.country, "GOV", phrase=phrase)
        for m in states
        if m.country and len(states) == number
    ]


def _serves(cast: Cast, member: Member, phrase: str) -> bool:
    """Can the member be one of "both ministers", "both leaders"?"""
    noun, theirs = phrase.rpartition(" ")[2], member.phrase.rpartition(" ")[2]
    if noun in ("man", "woman", "politician", "official", "diplomat"):
        return member.kind == "person" or noun == theirs
    if noun == "leader":
        office = cast.lexicon.offices.get(member.phrase, "")
        return (
            office in LEADING
            or theirs in ("leader", "ruler")
            or (member.entity.startswith("person:") and not member.phrase)
        )
    return noun == theirs


def _later(cast: Cast, s: int, w: int) -> list[Member]:
    """States that the verb of w takes after it: "the four states cut links with Doha"."""
    sentence = cast.story.sentences[s]
    verb = tree.governor(sentence, w)
    found: list[Member] = []
    todo = [c for c in tree.children(sentence, verb) if c > w] if verb >= 0 else []
    for child in todo:
        if tree.base(sentence, child) not in ("obj", "obl", "nmod"):
            continue
        placed = tree.preposition(sentence, child) in ("in", "at", "near")
        member = None if placed else cast.member(s, child)
        if member and member.kind == "state":
            found.append(member)
        elif member is None:
            todo += [c for c in tree.children(sentence, child) if tree.base(sentence, c) == "nmod"]
    return found


def _between(sentence: Sentence, w: int) -> bool:
    """Does the subject w stand between the sides: "Barbados hosted the ceremony"?"""
    verb = sentence.heads[w]
    if verb < 0 or tree.label(sentence, w) not in SUBJECTS:
        return False
    return sentence.lemmas[verb] in listed("mediating")


def _present(
    cast: Cast, s: int, w: int, number: int, people: bool, bodies: bool = True
) -> list[Member]:
    """The states and bodies (with `people`, persons too) most present before word w.

    Without `bodies` only states count, and their officials for them.
    """
    barred = [*companions(cast, s, w), *_later(cast, s, w)]
    away = {m.country for m in barred if m.country} | {m.name for m in barred if m.name}
    kinds = ("state", "body", "organ") + (("person", "role") if people else ())
    sides: set[str | None] = set()  # states that are more than the place or the host
    scores: dict[tuple[str | None, str | None], float] = {}
    which: dict[tuple[str | None, str | None], Member] = {}
    for (at, word), member in cast.near(s, w, FAR):
        speaks = not people and member.kind in ("person", "role") and member.sector == "GOV"
        if (member.kind not in kinds and not speaks) or member.sector in ("JRN", "CVL"):
            continue
        if member.guessed or (member.plural and member.kind == "role"):
            continue
        named = member.kind == "body" or (people and member.kind == "person")
        key = (member.country, member.name if named and member.sector != "GOV" else None)
        if not bodies and (key[1] or member.country not in cast.setting.states):
            continue
        weight = EVERYWHERE + (FADE ** (s - at) if at >= s - REACH else 0.0)
        weight *= OFFICIAL if speaks else 1.0
        sentence = cast.story.sentences[at]
        first = sentence.heads[word] if tree.base(sentence, word) == "conj" else word
        weight *= 1.5 if tree.label(sentence, first) in SUBJECTS else 1.0
        if tree.preposition(sentence, word) in PLACING or _between(sentence, first):
            weight *= VENUE
        else:
            sides.add(member.country)
        scores[key] = scores.get(key, 0.0) + weight
        if not speaks:
            which.setdefault(key, member)
    for code in cast.setting.ranked(s):
        key = (code, None)
        here = [
            FADE ** (s - at) * cast.setting.named[at].get(code, 0.0)
            for at in range(max(0, s - REACH), s + 1)
        ]
        share = 1.0 if code in sides else VENUE
        scores[key] = scores.get(key, 0.0) + share * (0.5 * sum(here) + EVERYWHERE)
    ranked = sorted(scores, key=lambda key: -scores[key])
    picked = [k for k in ranked if k[0] not in away and k[1] not in away - {None}][:number]
    if len(picked) < number and not (len(picked) == 1 and number == 2 and len(away) == 1):
        return []  # "Moscow cut links between the two armies": the other one's
    return [
        which[key]
        if key in which and key[1] is not None
        else Member("state", None, key[0], "GOV", entity=f"country:{key[0]}")
        for key in picked
    ]
