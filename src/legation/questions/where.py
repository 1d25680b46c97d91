"""Where was it? The place that the act's own clause names, or the host's seat of a visit.

Never the seat of an actor (codebook: Place). Ambiguous names go to the countries of the story
first, then to the bigger place.
"""

from __future__ import annotations

from legation.questions.tree import Tree
from legation.questions.who import Cast
from legation.story import Place, Story
from legation.world import Entry, World

LOCAL = frozenset(
    [
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "into",
        "over",
        "along",
        "on",
        "off",
        "throughout",
    ]
)
GO = frozenset(["to", "into", "in", "at", "for"])
KINDS = ("city", "region", "country")


def place_of(
    story: Story, tree: Tree, s: int, w: int, cast: Cast, world: World, mode: str | None = None
) -> Place | None:
    """The place of the act at word w of sentence s; None when the text names none."""
    wanted = LOCAL | GO if mode == "visit" else LOCAL
    near = [w, *(c for c in tree.children[w] if tree.base[c] in ("obj", "xcomp"))]
    head = tree.heads[w]
    if tree.base[w] in ("obj", "conj", "xcomp") and head >= 0:
        near.append(head)
    found: list[tuple[int, Place]] = []
    for at in near:
        for preposition, noun in tree.obliques(at):
            if preposition in wanted:
                place = _named(tree, noun, cast, world)
                if place:
                    found.append((_rank(place), place))
    return max(found, key=lambda one: one[0])[1] if found else None


def _rank(place: Place) -> int:
    return 2 if place.geoname else 1


def _named(tree: Tree, noun: int, cast: Cast, world: World) -> Place | None:
    """The place that a noun phrase names; None when it names none."""
    sentence = tree.sentence
    inside = [
        c for c in tree.subtree(noun) if tree.base[c] in ("flat", "compound", "amod") or c == noun
    ]
    first, last = min(inside), max(inside)
    for low in range(first, last + 1):
        for high in range(last, low - 1, -1):
            text = " ".join(sentence.words[low : high + 1])
            entries = [e for e in world.find(text) if e.kind in KINDS]
            if entries and sentence.words[low][:1].isupper():
                return _place(text, _likeliest(entries, cast))
    for preposition, other in tree.obliques(noun):
        if preposition in ("of", "in"):
            return _named(tree, other, cast, world)
    return None


def _likeliest(entries: list[Entry], cast: Cast) -> Entry:
    known = {member.country for member in cast.entries if member.country}
    return max(
        entries,
        key=lambda e: (e.kind == "country", e.country in known, e.capital, e.population),
    )


def _place(text: str, entry: Entry) -> Place:
    return Place(text, entry.name, entry.country, entry.lat, entry.lon, entry.geoname)
