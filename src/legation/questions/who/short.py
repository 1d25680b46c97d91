"""Which member does a short form stand for? Pronouns, "the country", "both leaders", "they".

Salience decides: nearness, subject before object, no co-argument of the same verb, agreement in
number and gender where either is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.questions.who import tree
from legation.questions.who.members import Member

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast

PERSONAL = {"he": "m", "him": "m", "his": "m", "himself": "m"} | dict.fromkeys(
    ("she", "her", "hers", "herself"), "f"
)
NEUTRAL = frozenset(["it", "its", "itself"])
MANY = frozenset(["they", "them", "their", "theirs", "themselves"])
SPEAKER = frozenset(["i", "me", "my", "we", "us", "our", "ours", "myself", "ourselves"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")


def resumed(cast: Cast, s: int, w: int, low: str) -> Member | None:
    """ "The country", "the kingdom": the state mentioned last."""
    if low not in cast.lexicon.like.get("country", ()):
        return None
    return next((m for m in before(cast, s, w) if m.kind == "state"), None)


def pronoun(cast: Cast, s: int, w: int, low: str) -> Member | None:
    sentence = cast.story.sentences[s]
    if tree.base(sentence, w) == "expl":
        return None
    if low in RELATIVE:
        here = w
        while here >= 0 and not tree.label(sentence, here).startswith(("acl", "advcl:relcl")):
            here = sentence.heads[here]
        return cast.member(s, sentence.heads[here]) if here >= 0 else None
    if low in PERSONAL:
        return candidate(cast, s, w, PERSONAL[low], ("person", "role"), many=False)
    if low in NEUTRAL:
        return candidate(cast, s, w, "", ("state", "body", "organ"), many=False)
    if low in MANY:
        plural = candidate(cast, s, w, "", ("role", "people", "body", "organ"), many=True)
        return plural or candidate(cast, s, w, "", ("body", "organ", "state"), many=False)
    if low in SPEAKER:
        return candidate(cast, s, w, "", ("person", "role"), many=False)
    return None


def candidate(
    cast: Cast, s: int, w: int, gender: str, kinds: tuple[str, ...], many: bool
) -> Member | None:
    sentence = cast.story.sentences[s]
    own = tree.governor(sentence, w)
    possessive = tree.label(sentence, w) == "nmod:poss"
    best: tuple[float, Member] | None = None
    for (at, word), member in cast.of.items():
        if at > s or at < s - 3 or (at == s and word >= w) or member.kind not in kinds:
            continue
        plural = member.plural or (many and member.kind == "body")
        if plural != many or (gender and member.gender and member.gender != gender):
            continue
        other = cast.story.sentences[at]
        if at == s and not possessive and tree.governor(other, word) == own:
            continue
        label = tree.label(other, word)
        score = -2.0 * (s - at) + (1.5 if label in SUBJECTS else 0.0) + word / 1000
        score += (0.8 if member.name else 0.0) * (member.kind == "person")
        score -= 1.0 if label == "nmod:poss" or label == "nmod" else 0.0
        if best is None or score >= best[0]:
            best = (score, member)
    if best and gender and not best[1].gender:
        best[1].gender = gender
    return best[1] if best else None


def before(cast: Cast, s: int, w: int) -> list[Member]:
    """Members mentioned up to word w, latest first, no one twice."""
    seen = sorted((at for at in cast.of if at < (s, w) and at[0] >= s - 2), reverse=True)
    return list({id(cast.of[at]): cast.of[at] for at in seen}.values())


def several(cast: Cast, s: int, w: int) -> list[Member]:
    """The members of a set: "the two sides", "both leaders", "they" after "X and Y"."""
    sentence = cast.story.sentences[s]
    low, lemma = sentence.words[w].lower(), sentence.lemmas[w].lower()
    first, _ = tree.core(sentence, w)
    around = {word.lower() for word in sentence.words[first:w]}
    if low in MANY:
        group = coordinated(cast, s, w)
        return group if cast.member(s, w) is None or len(group) > 1 else []
    if not around & {"two", "both", "three"} and low not in ("both", "neighbours", "neighbors"):
        return []
    wanted = 3 if "three" in around else 2
    if lemma in cast.lexicon.sets.get("people", ()):
        kinds = ("person", "role")
    elif lemma in cast.lexicon.sets.get("states", ()) or low == "both" or lemma == "government":
        kinds = ("state", "body")
    else:
        return []
    owners = cast.names.owners(sentence, first, w - 1)
    if owners and lemma not in ("country", "side"):
        return []
    found = [m for m in before(cast, s, w) if m.kind in kinds and not m.plural]
    distinct = list({(m.country, m.name): m for m in found}.values())[:wanted]
    if len(distinct) < wanted and "state" in kinds:
        known = {m.country for m in distinct}
        for m in before(cast, s, w):
            if m.country and m.country not in known and len(distinct) < wanted:
                known.add(m.country)
                distinct.append(
                    Member("state", None, m.country, "GOV", entity=f"country:{m.country}")
                )
    if len(distinct) < wanted:
        distinct = []
        known = set()
        for _ in range(wanted):
            code = cast.dominant(s, known)
            if code is None:
                return []
            known.add(code)
            distinct.insert(0, Member("state", None, code, "GOV", entity=f"country:{code}"))
    return distinct[::-1]


def coordinated(cast: Cast, s: int, w: int) -> list[Member]:
    """The nearest coordination of parties before word w, same or previous sentence."""
    for at, word in sorted((x for x in cast.of if s - 1 <= x[0] and x < (s, w)), reverse=True):
        sentence = cast.story.sentences[at]
        group = tree.conjuncts(sentence, word)
        members = [cast.of[at, g] for g in group if (at, g) in cast.of and (at, g) < (s, w)]
        if len(members) > 1:
            return members
    return []
