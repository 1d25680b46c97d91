"""Which member does a short form stand for? Pronouns, "the country", "we" in a quotation.

Salience decides: nearness, subject before object, no co-argument of the same verb, agreement in
number and gender where either is known. `sets` answers for forms that stand for several.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from legation.questions.who import tree
from legation.questions.who.members import Member
from legation.story import Sentence
from legation.words import listed

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast

PERSONAL = {"he": "m", "him": "m", "his": "m", "himself": "m"} | dict.fromkeys(
    ("she", "her", "hers", "herself"), "f"
)
NEUTRAL = frozenset(["it", "its", "itself"])
MANY = frozenset(["they", "them", "their", "theirs", "themselves"])
SPEAKER = frozenset(["i", "me", "my", "mine", "myself"])
SPEAKERS = frozenset(["we", "us", "our", "ours", "ourselves"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
SPOKEN = (
    3.0  # "police said they had …", "the mission said it was": who speaks goes on about himself
)
PARALLEL = 1.2  # "arrested three men … they were released": sufferers go on suffering
REACH = 3  # sentences back that a pronoun may look
OPENING, CLOSING = frozenset('"“``«'), frozenset("\"”''»")


def resumed(cast: Cast, s: int, w: int, low: str) -> Member | None:
    """ "The country", "the kingdom": the state mentioned last."""
    if low not in cast.lexicon.like.get("country", ()):
        return None
    beside = [m.country for m in companions(cast, s, w)]  # "Beijing fired over the island"
    states = [m for m in before(cast, s, w) if m.kind == "state"]
    return next((m for m in states if m.country not in beside), next(iter(states), None))


def pronoun(cast: Cast, s: int, w: int, low: str) -> Member | None:
    """The member that a pronoun stands for; None when it stands for no party."""
    sentence = cast.story.sentences[s]
    if tree.base(sentence, w) == "expl":
        return None
    if low in RELATIVE:
        here = w
        clauses = ("acl", "advcl") if low == "whose" else ("acl", "advcl:relcl")
        while here >= 0 and not tree.label(sentence, here).startswith(clauses):
            here = sentence.heads[here]
        if here < 0:
            return None
        head = sentence.heads[here]
        if sentence.tags[head] in ("VERB", "AUX"):  # hung on the verb: the noun just before it
            return next((m for (at, _), m in reversed(cast.near(s, w, 0)) if at == s), None)
        return cast.member(s, head)
    if low in PERSONAL and (first := _conjoined(cast, s, w)):
        return first
    if low in PERSONAL:
        return candidate(cast, s, w, PERSONAL[low], ("person", "role"), many=False)
    if low in NEUTRAL and _an_act(sentence, w):
        return None
    if low in NEUTRAL:
        return candidate(cast, s, w, "", ("state", "body", "organ"), many=False)
    if low in MANY:
        plural = candidate(cast, s, w, "", ("role", "people", "body", "organ"), many=True)
        return plural or candidate(cast, s, w, "", ("body", "organ", "state"), many=False)
    if low in SPEAKER | SPEAKERS:
        return speaker(cast, s, w) or candidate(cast, s, w, "", ("person", "role"), many=False)
    return None


def _conjoined(cast: Cast, s: int, w: int) -> Member | None:
    """ "The leader and his sons": the possessor is the one named before."""
    sentence = cast.story.sentences[s]
    head = sentence.heads[w]
    if not _possessive(sentence, w) or head < 0 or tree.base(sentence, head) != "conj":
        return None
    member = cast.of.get((s, sentence.heads[head]))
    return member if member and member.kind in ("person", "role") and not member.plural else None


def _an_act(sentence: Sentence, w: int) -> bool:
    """Is "it" the object of a judgement ("criticised it as dangerous"), so an act, no party?"""
    verb = sentence.heads[w]
    if tree.base(sentence, w) != "obj" or verb < 0:
        return False
    for child in tree.children(sentence, verb):
        if child > w and any(
            sentence.words[c].lower() == "as" and tree.base(sentence, c) in ("case", "mark")
            for c in tree.children(sentence, child)
        ):
            return True
    return False


def candidate(
    cast: Cast, s: int, w: int, gender: str, kinds: tuple[str, ...], many: bool
) -> Member | None:
    """The most salient member before word w that fits."""
    sentence = cast.story.sentences[s]
    possessive = _possessive(sentence, w)
    barred = [] if possessive else list(companions(cast, s, w))
    lands = {m.country for m in barred if m.kind in ("state", "organ") and m.country}
    lands |= _foreign(cast, s, w) if "state" in kinds else set()
    away = _abroad(cast, s, w) if gender and not possessive else set()
    suffering = _suffers(sentence, w)
    saying = _saying(sentence, w)
    best: tuple[float, Member] | None = None
    mentions = cast.near(s, w, REACH)
    if gender and s:  # "He had met …" goes on with whom "he" was in the last sentence
        mentions = sorted([*mentions, *_resumptions(cast, s - 1)], key=lambda one: one[0])
    for (at, word), member in mentions:
        if member.kind not in kinds and not ("state" in kinds and _collective(cast, member)):
            continue
        spoke = at == s and word == saying
        plural = member.plural or (many and (member.kind == "body" or spoke))
        if plural != many or (gender and member.gender and member.gender != gender):
            continue
        if any(member is other for other in barred):
            continue
        if member.kind == "state" and member.country in lands:
            continue
        if member.country in away and member.kind in ("person", "role"):
            continue
        if member.sector == "JRN" and "state" in kinds and not possessive:
            continue
        score = salience(cast, s, at, word) - (2.5 if many and not member.plural else 0.0)
        score += (0.8 if member.name else 0.0) * (member.kind == "person")
        if suffering and _suffers(cast.story.sentences[at], word):
            score += PARALLEL
        if spoke:
            score += SPOKEN
        if best is None or score >= best[0]:
            best = (score, member)
    if best and gender and not best[1].gender:
        best[1].gender = gender
    return best[1] if best else None


def _resumptions(cast: Cast, s: int) -> list[tuple[tuple[int, int], Member]]:
    """The pronouns for one person that are subjects in sentence s, and whom they stand for."""
    sentence = cast.story.sentences[s]
    found = []
    for w, word in enumerate(sentence.words):
        if word.lower() in PERSONAL and tree.label(sentence, w) in SUBJECTS:
            if (s, w) not in cast.resumed:
                cast.resumed[s, w] = cast.member(s, w)
            if member := cast.resumed[s, w]:
                found.append(((s, w), member))
    return found


def _collective(cast: Cast, member: Member) -> bool:
    """Is it one thing of many people, that "it" may stand for: a mission, a militia?"""
    return (
        member.kind == "role"
        and not member.name
        and cast.lexicon.is_like("collective", member.phrase)
    )


def salience(cast: Cast, s: int, at: int, word: int) -> float:
    """How present a mention is to a reader of sentence s (weights swept on Wikinews chains)."""
    sentence = cast.story.sentences[at]
    label = tree.label(sentence, word)
    score = -2.0 * (s - at) + word / 1000 - 0.6 * _depth(sentence, word)
    if label in SUBJECTS:
        score += 1.5
    elif label in ("nmod:poss", "nmod", "compound"):
        score -= 1.0
    elif label.startswith("obl") and tree.preposition(sentence, word) not in ("by", "with", "to"):
        score -= 0.7
    return score


def _foreign(cast: Cast, s: int, w: int) -> set[str]:
    """Countries whose adjective stands before what the pronoun acts on: "it expelled two Omani
    envoys" is not said of Oman, which would expel its own."""
    sentence, verb = cast.story.sentences[s], cast.story.sentences[s].heads[w]
    if tree.label(sentence, w) != "nsubj" or verb < 0:
        return set()
    return {
        party.country
        for thing in tree.children(sentence, verb)
        if tree.base(sentence, thing) == "obj"
        for child in tree.children(sentence, thing)
        if tree.base(sentence, child) == "amod" and sentence.words[child][:1].isupper()
        for party in cast.modifier(s, thing)
        if party.country
    }


def _abroad(cast: Cast, s: int, w: int) -> set[str]:
    """Countries that "he" is told to visit, which are not his own: "put off his visit to Oslo"."""
    sentence, verb = cast.story.sentences[s], cast.story.sentences[s].heads[w]
    if tree.label(sentence, w) not in SUBJECTS or verb < 0:
        return set()
    trips = [
        c
        for c in (verb, *tree.children(sentence, verb))
        if sentence.lemmas[c].lower() in listed("trip")
    ]
    goals = [g for trip in trips for g in tree.children(sentence, trip) if g > w]
    found = (cast.of.get((s, g)) for g in goals if tree.preposition(sentence, g) in ("to", ""))
    return {m.country for m in found if m and m.kind == "state" and m.country}


def _saying(sentence: Sentence, w: int) -> int:
    """The subject of the verb of saying whose content has word w as its subject, else -1."""
    verb = sentence.heads[w]
    if tree.label(sentence, w) not in SUBJECTS or verb < 0 or tree.base(sentence, verb) != "ccomp":
        return -1
    outer = sentence.heads[verb]
    if sentence.lemmas[outer].lower() not in listed("voicing"):
        return -1
    while outer >= 0:
        subjects = [c for c in tree.children(sentence, outer) if tree.base(sentence, c) == "nsubj"]
        if subjects:
            return subjects[0] if subjects[0] < w else -1
        # "called for a truce and said it was ready": the subject of the first verb
        outer = sentence.heads[outer] if tree.base(sentence, outer) == "conj" else -1
    return -1


def _suffers(sentence: Sentence, w: int) -> bool:
    """Is word w what an act is done to: object, or subject of a passive?"""
    return tree.label(sentence, w) in ("obj", "iobj", "nsubj:pass")


def _depth(sentence: Sentence, w: int) -> int:
    """How many subordinate clauses a word stands in."""
    found, here = 0, w
    while here >= 0 and found < 3:
        found += tree.base(sentence, here) in ("acl", "advcl", "csubj")
        here = sentence.heads[here]
    return found


def companions(cast: Cast, s: int, w: int) -> Iterator[Member]:
    """Members that are arguments of the same verb as word w, so can't be the same party."""
    sentence = cast.story.sentences[s]
    own = tree.governor(sentence, w)
    while own >= 0 and sentence.tags[own] in ("NOUN", "PROPN") and sentence.heads[own] >= 0:
        if any(tree.base(sentence, c) == "cop" for c in tree.children(sentence, own)):
            break
        if tree.base(sentence, own) in ("ccomp", "advcl", "acl", "parataxis"):
            break  # "X said it was ready": X is no companion of "it"
        own = tree.governor(sentence, own)  # "brokered talks between the two sides"
    if own < 0:
        return
    heads = {own}
    for child in tree.children(sentence, own):
        base = tree.base(sentence, child)
        if base in ("nsubj", "obj", "iobj", "obl") and child != w:
            for one in tree.conjuncts(sentence, child):
                member = cast.of.get((s, one))
                if member is None and sentence.tags[one] == "PRON" and one < w:
                    member = cast.member(s, one)
                if member and one < w:
                    yield member
    controlled = tree.base(sentence, own) in ("xcomp", "conj") and not any(
        tree.base(sentence, c) == "nsubj" for c in tree.children(sentence, own)
    )
    if controlled and sentence.heads[own] not in heads:
        for child in tree.children(sentence, sentence.heads[own]):
            if tree.base(sentence, child) == "nsubj" and child != w:
                member = cast.of.get((s, child))
                if member:
                    yield member


def _possessive(sentence: Sentence, w: int) -> bool:
    return tree.label(sentence, w) == "nmod:poss"


def speaker(cast: Cast, s: int, w: int) -> Member | None:
    """Who says "we" or "I": the subject of the verb of saying around the quotation."""
    sentence = cast.story.sentences[s]
    here = w
    while here >= 0:
        verb = sentence.heads[here]
        label = tree.base(sentence, here)
        outside = verb if label in ("ccomp", "parataxis", "dep", "advcl") else -1
        if outside >= 0 and sentence.lemmas[outside].lower() in listed("voicing"):
            found = subject(cast, s, outside)
            if found:
                return found
        here = verb
    for at in (s, s + 1, s - 1):
        if 0 <= at < len(cast.story.sentences):
            other = cast.story.sentences[at]
            for verb in range(len(other)):
                if other.lemmas[verb].lower() in listed("voicing") and other.tags[verb] == "VERB":
                    found = subject(cast, at, verb)
                    if found and (at != s or not _quoted(sentence, verb)):
                        return found
    return None


def subject(cast: Cast, s: int, verb: int) -> Member | None:
    """The member that is the subject of a verb."""
    sentence = cast.story.sentences[s]
    for child in tree.children(sentence, verb):
        if tree.base(sentence, child) == "nsubj":
            low = sentence.words[child].lower()
            if low not in SPEAKER | SPEAKERS:
                return cast.member(s, child)
    return None


def _quoted(sentence: Sentence, w: int) -> bool:
    """Does word w stand inside quotation marks?"""
    inside = False
    for word in sentence.words[:w]:
        if word in OPENING and not inside:
            inside = True
        elif word in CLOSING:
            inside = False
    return inside


def before(cast: Cast, s: int, w: int) -> list[Member]:
    """Members mentioned up to word w, latest first, no one twice."""
    return list({id(m): m for _, m in reversed(cast.near(s, w, 2))}.values())
