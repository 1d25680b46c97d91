"""Where does a noun phrase begin and end, and what hangs on its head? Pure tree walking."""

from __future__ import annotations

from functools import lru_cache

from legation.story import Sentence

TIGHT = frozenset(
    (
        *("det", "det:predet", "amod", "compound", "flat", "nummod", "goeswith", "fixed"),
        *("nmod:desc", "nmod:poss", "nmod:unmarked"),
    )
)
NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X"])


def children(sentence: Sentence, w: int) -> list[int]:
    """Words whose head is w, in order."""
    return list(_index(sentence)[w]) if sentence.heads else []


@lru_cache(maxsize=256)
def _index(sentence: Sentence) -> tuple[tuple[int, ...], ...]:
    """The children of every word of a sentence."""
    found: list[list[int]] = [[] for _ in sentence.heads]
    for word, head in enumerate(sentence.heads):
        if head >= 0:
            found[head].append(word)
    return tuple(tuple(row) for row in found)


def label(sentence: Sentence, w: int) -> str:
    """The relation of w to its head."""
    return sentence.labels[w] if w < len(sentence.labels) else "dep"


def base(sentence: Sentence, w: int) -> str:
    """The relation without its subtype."""
    return label(sentence, w).partition(":")[0]


@lru_cache(maxsize=2048)  # asked again and again of the same words of a story
def core(sentence: Sentence, w: int) -> tuple[int, int]:
    """First and last word (inclusive) of the tight phrase around w: titles, names, adjectives.

    Loose parts (relative clauses, appositions after a comma, prepositional phrases) stay outside.
    """
    inside = {w}
    frontier = [w]
    while frontier:
        here = frontier.pop()
        for child in children(sentence, here):
            kind = label(sentence, child)
            tight = kind in TIGHT or kind.partition(":")[0] in ("flat", "compound", "amod")
            if kind == "case" and here != w and child > here:
                tight = True  # the 's of a possessor
            if kind == "appos" and here == w and child == w + 1:
                tight = True  # "foreign minister Wang Yi"
            if kind.startswith("obl") and _dashed(sentence, child):
                tight = True  # "a New York-based group"
            if kind in ("punct", "conj", "cc", "case") and here != w:
                tight = tight or child < w  # "Turkish and Azerbaijani forces"
            if kind == "cc" and here == w and child + 1 < w:
                tight = base(sentence, child + 1) in ("compound", "amod", "nmod")
            if tight and child not in inside:
                inside.add(child)
                frontier.append(child)
    first = last = w
    while first - 1 in inside or _joined(sentence, first - 1, inside):
        first -= 1
    while last + 1 in inside or _joined(sentence, last + 1, inside):
        last += 1
    return first, last


def _dashed(sentence: Sentence, w: int) -> bool:
    """Is the word glued to the next by a hyphen?"""
    if w + 2 >= len(sentence) or sentence.words[w + 1] not in ("-", "–", "‐"):
        return False
    return sentence.starts[w + 1] == sentence.ends[w]


def _joined(sentence: Sentence, w: int, inside: set[int]) -> bool:
    """Is word w a hyphen, glued on both sides, inside the phrase: "al-Mismari", "Saudi-led"?"""
    if not 0 < w < len(sentence) - 1 or sentence.words[w] not in ("-", "–", "‐"):
        return False
    glued = (
        sentence.starts[w] == sentence.ends[w - 1] and sentence.ends[w] == sentence.starts[w + 1]
    )
    return glued and w - 1 in inside and w + 1 in inside


def extent(sentence: Sentence, w: int) -> tuple[int, int]:
    """First and last word of the phrase as quoted: the core and the "of …" that follows it."""
    first, last = core(sentence, w)
    for child in children(sentence, w):
        if base(sentence, child) == "nmod" and child > last:
            low, high = core(sentence, child)
            cases = [c for c in children(sentence, child) if label(sentence, c) == "case"]
            of = any(sentence.words[c].lower() == "of" for c in cases)
            if of and min(low, *cases) == last + 1:
                last = high
    return first, last


def surface(sentence: Sentence, i: int, j: int) -> str:
    """Words i..j as written, one blank where the text has any."""
    text = sentence.words[i]
    for k in range(i + 1, j + 1):
        text += (" " if sentence.starts[k] > sentence.ends[k - 1] else "") + sentence.words[k]
    return text


def preposition(sentence: Sentence, w: int) -> str:
    """The lower-case preposition in front of w; "" when none."""
    for child in children(sentence, w):
        if label(sentence, child) == "case" and child < w:
            return sentence.words[child].lower()
    return ""


def governor(sentence: Sentence, w: int) -> int:
    """The predicate that a noun depends on, seen through coordination; -1 for the root."""
    here = w
    while (
        base(sentence, here) in ("conj", "appos", "flat", "compound") and sentence.heads[here] >= 0
    ):
        here = sentence.heads[here]
    return sentence.heads[here]


def _listed(sentence: Sentence, w: int, child: int) -> bool:
    """Is an "apposition" really the next item of a list: "the United States, Germany and …"?"""
    if base(sentence, child) != "appos" or {sentence.tags[w], sentence.tags[child]} != {"PROPN"}:
        return False
    return any(
        base(sentence, c) == "conj" and sentence.tags[c] == "PROPN" and c > child
        for c in (*children(sentence, child), *children(sentence, w))
    )


def conjuncts(sentence: Sentence, w: int) -> tuple[int, ...]:
    """w and the words coordinated with it ("France and Germany"), w first."""
    found = [w]
    for one in found:
        below = children(sentence, one)
        found += [c for c in below if base(sentence, c) == "conj"]
        found += [c for c in below if _listed(sentence, one, c)]
    return tuple(sorted(set(found), key=found.index))
