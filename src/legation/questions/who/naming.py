"""What does a noun phrase say by itself about who is meant? Names, titles, nationalities."""

from __future__ import annotations

from typing import Any

from legation.questions.who import tree
from legation.questions.who.names import Names, proper
from legation.questions.who.persons import Role, known, named_body, unknown
from legation.questions.who.reading import Reading, owned
from legation.story import Sentence

NATIONAL = frozenset(["force", "forces", "coalition", "bomber"])
"""What is an army's when a nationality stands before it: "Russian bombers"."""
MISSIONS = frozenset(["embassy", "consulate", "high commission"])
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


def read(names: Names, sentence: Sentence, w: int) -> Reading | None:
    """The phrase headed by w, read without its context; None when it can't be a party."""
    found = _read(names, sentence, w)
    if found is not None:
        first, _ = tree.core(sentence, w)
        around = [word.lower() for word in sentence.words[first:w]]
        found.count = next((COUNTS[word] for word in around if word in COUNTS), 0)
        found.plural = found.plural or (found.count > 1 and found.kind in ("role", "people"))
    return found


def _read(names: Names, sentence: Sentence, w: int) -> Reading | None:
    lexicon = names.lexicon
    if not sentence.words[w][:1].isalpha() or sentence.tags[w] not in tree.NOMINAL:
        return None
    first, last = tree.core(sentence, w)
    inner = _past_possessor(names, sentence, w, first)
    if inner > first and proper(sentence, w):
        low_end, high_end, spanning = names.longest_at(sentence, first, last, w)
        inner = low_end if spanning and low_end < inner <= high_end else inner
    i, j, entries = names.longest_at(sentence, inner, last, last if proper(sentence, last) else w)
    if longer := _with_of(names, sentence, w, inner):
        return known(names, sentence, longer, None, (first, first - 1), False, "")
    role = names.role_at(sentence, inner, last)
    low = [word.lower() for word in sentence.words[first : last + 1]]
    former = any(_former(names, x, last > w) for x in low)
    plural = "Number=Plur" in (sentence.feats[w] if sentence.feats else "")
    gender = _gender(names, low)
    if entries and (role is None or not (i <= role[0] and role[1] <= j and role[1] < last)):
        entry = names.choose(entries, sentence, i, j)
        if entry.kind == "demonym" and role is None:
            one = low[0] in ("a", "an", "another", "one") and j == last
            people = plural or one or (low[0] == "the" and i > first) or _many(names, sentence, w)
            state = names.within(sentence, first, j) or entry  # "Kosovo Albanians"
            return Reading("people", None, state.country, "CVL", plural=not one) if people else None
        if (
            _alone(names, sentence, first, i, j, role)
            and entry.kind != "demonym"
            and not (role and role[1] == last and j < last)
        ):
            return known(names, sentence, entry, role, (first, i - 1), former, gender)
    name_from = (role[1] + 1) if role and role[1] < last else None
    if name_from is None and role is None and proper(sentence, last):
        name_from = inner
        while name_from < last and not proper(sentence, name_from):
            name_from += 1
    if name_from is not None and all(
        proper(sentence, k)
        or lexicon.is_like("particle", sentence.words[k].lower())
        or sentence.words[k] in ("-", ".", "'", "’")
        for k in range(name_from, last + 1)
    ):
        return unknown(names, sentence, role, inner, name_from, last, former, gender)
    if role is None or role[1] != last:
        return None
    return _role(names, sentence, inner, role, (plural, former, gender), low[0])


def _role(
    names: Names,
    sentence: Sentence,
    inner: int,
    role: Role,
    seen: tuple[bool, bool, str],
    opening: str,
) -> Reading | None:
    """A common noun for somebody: "Turkish police", "the foreign minister", "rebels"."""
    lexicon = names.lexicon
    last, phrase = role[1], role[2]
    plural, former, gender = seen
    owners = names.owners(sentence, inner, role[0] - 1)
    if role[0] > inner and not owners:
        body = named_body(names, sentence, inner, role, former, gender)
        if body:
            return body
    if phrase in lexicon.like.get("definite", ()) and opening != "the":
        return None
    if phrase in MISSIONS and plural and opening == sentence.words[last].lower():
        return None  # "agreed to reopen embassies"
    sector = lexicon.sector(phrase) or "UNK"
    result = Reading("role", None, None, sector, tree.surface(sentence, role[0], last), phrase)
    result.plural, result.former, result.gender = plural, former, gender
    if phrase in lexicon.bodies:
        result.kind = "organ"
    if phrase == "deputy" and (plural or opening in ("a", "one", "another")):
        result.sector = "LEG"  # deputies sit in a parliament; "his deputy" stands in for a chief
    if former and sector in ("GOV", "LEG", "MIL") and not (plural and sector == "MIL"):
        result.sector = "ELI"
    low = [sentence.words[k].lower() for k in range(inner, role[0])]
    result.abroad = any(lexicon.is_like("abroad", word) for word in low) and not any(
        owner.country for owner in owners
    )
    before = names.role_at(sentence, inner, role[0] - 1) if role[0] > inner else None
    named = any(o.kind in ("organisation", "group", "seat") for o in owners)  # "EU envoys"
    if (
        before
        and not named
        and lexicon.is_like("principal", phrase)
        and sector in ("GOV", "UNK", "MIL", "UAF")
    ):
        inside = lexicon.sector(before[2])
        result.sector = inside if inside and inside not in ("UNK", "CVL") else sector
    # "more than twenty governments", "fourteen capitals": of no one state
    many = plural and phrase in lexicon.sets.get("states", ()) and not owners
    result.abroad = result.abroad or many
    result.country = lexicon.home.get(phrase)
    result = owned(names, result, owners)
    row = lexicon.regional.get(" ".join(low)) or lexicon.regional.get(low[-1] if low else "")
    if row and result.country is None and phrase in row["nouns"]:
        result.country, result.abroad = row["code"], False
        result.sector = "MIL" if sector == "MIL" else "IGO"
    stateless = lexicon.like.get("stateless", frozenset())
    apart = stateless & {*sentence.words[inner : role[0]]}
    if result.sector == "MIL" and (apart or names.within(sentence, inner, role[0] - 1)):
        result.sector = "REB"
    elif any(o.kind == "demonym" for o in owners) and phrase in NATIONAL:
        result.sector = "MIL"
    return result


def _with_of(names: Names, sentence: Sentence, w: int, inner: int) -> Any:
    """A body whose name runs past an "of": "the International Court of Justice"."""
    _, end = tree.extent(sentence, w)
    if end <= w or not (sentence.words[w][:1].isupper() and sentence.words[end][:1].isupper()):
        return None
    for start in range(inner, w + 1):
        entries = [
            e
            for e in names.match(sentence, start, end)
            if e.kind in ("organisation", "group", "seat", "country")
        ]
        if entries:
            return names.choose(tuple(entries), sentence, start, end)
    return None


def _past_possessor(names: Names, sentence: Sentence, w: int, first: int) -> int:
    """The first word after "Japan's", within the phrase of w; "People's Army" is one name."""
    poss = [
        c
        for c in tree.children(sentence, w)
        if tree.label(sentence, c) == "nmod:poss" and not in_name(names, sentence, c, w)
    ]
    poss = [p for one in poss for p in tree.conjuncts(sentence, one)]  # "Oslo's and Bonn's men"
    inner = max([tree.core(sentence, p)[1] + 1 for p in poss if p < w], default=first)
    if inner <= w and inner < len(sentence) and sentence.words[inner] in ("'s", "'", "’s", "’"):
        inner += 1
    return min(inner, w)


def in_name(names: Names, sentence: Sentence, possessor: int, w: int) -> bool:
    """Is "People's", "Workers'" or "Lord's" part of the name of a body?"""
    word = sentence.words[possessor]
    if not (word[:1].isupper() and sentence.words[w][:1].isupper() and possessor > 0):
        return False
    return word.lower() in names.lexicon.like.get("naming", ())


def _alone(names: Names, sentence: Sentence, first: int, i: int, j: int, role: Role | None) -> bool:
    """Is the known name whole, not part of an unknown one ("Paris Hilton", "Jordan Smith")?"""
    last = tree.core(sentence, j)[1] if j < len(sentence) else j
    if j < last and j + 1 < len(sentence) and proper(sentence, j + 1):
        return False
    if i <= first or not proper(sentence, i - 1) or (role is not None and role[1] == i - 1):
        return True
    if sentence.tags[i - 1] == "DET" or sentence.names[i : i + 1] == ("B-PER",):
        return True
    return bool(names.match(sentence, i - 1, i - 1))


def _former(names: Names, word: str, named: bool) -> bool:
    stem = word.split("-")[0]
    return names.lexicon.is_like("former", stem) and (stem != "late" or named)


def _many(names: Names, sentence: Sentence, w: int) -> bool:
    """Is a demonym a noun for its people although not marked plural: "42 Chinese"?"""
    return sentence.tags[w] in ("NOUN", "PROPN") and any(
        tree.label(sentence, c) == "nummod" for c in tree.children(sentence, w)
    )


def _gender(names: Names, low: list[str]) -> str:
    for kind in ("female", "male"):
        if any(names.lexicon.is_like(kind, word) for word in low):
            return kind[0]
    return ""
