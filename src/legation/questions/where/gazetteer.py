"""Which place does a noun phrase name? The gazetteer, weighed by what the story is about."""

from __future__ import annotations

from collections.abc import Collection
from math import log10

from legation.questions.tree import Tree
from legation.questions.who import Cast
from legation.story import Place
from legation.world import Entry, World

ABROAD = frozenset(["embassy", "consulate", "mission", "legation", "compound"])
KINDS = ("city", "region", "country")
# Weights found on own sentences: a country of the story outweighs a town ten times the size.
KNOWN, KNOWN_TOWN, CAPITAL = 2.5, 0.7, 1.0
LARGE = 5.0  # log10 of the people of a town that a story of its country names without saying more
BASE = {"country": 6.5, "region": 5.0, "city": 0.0}


def named(
    tree: Tree, noun: int, cast: Cast, world: World, lying: Collection[str], s: int
) -> Place | None:
    """The place that a noun phrase names, itself or by "the town of …"; None when it names none."""
    found = _own(tree, noun, cast, world, s)
    if found or tree.lemmas[noun].lower() not in lying:
        return found
    for child in tree.children[noun]:
        if tree.base[child] in ("nmod", "appos", "obl") and child > noun:
            preposition = tree.preposition(child)
            if tree.base[child] == "appos" or preposition in (
                "of",
                "in",
                "at",
                "near",
                "on",
                "outside",
            ):
                inner = named(tree, child, cast, world, lying, s) or _of_town(
                    tree, child, cast, world, s
                )
                if inner:
                    return inner
    for child in tree.children[noun]:
        if tree.labels[child] == "nmod:poss" or (
            tree.base[child] in ("compound", "amod", "nmod") and child < noun
        ):
            inner = _own(tree, child, cast, world, s, adjective=True)
            foreign = inner and inner.precision == "country" and tree.lemmas[noun] in ABROAD
            if inner and not foreign:
                return inner
    return None


def _of_town(tree: Tree, noun: int, cast: Cast, world: World, s: int) -> Place | None:
    """ "The offices of a Kathmandu weekly": where the town's own is."""
    for child in tree.under(noun, "compound"):
        found = _own(tree, child, cast, world, s, adjective=True)
        if found and found.precision == "city":
            return found
    return None


def _own(
    tree: Tree, noun: int, cast: Cast, world: World, s: int, adjective: bool = False
) -> Place | None:
    sentence = tree.sentence
    if _person(tree, noun, world):
        return None
    inside = (
        [noun]
        + [
            c
            for c in tree.subtree(noun)
            if (
                tree.base[c] in ("flat", "compound", "amod", "punct", "goeswith", "nmod", "case")
                or (sentence.words[c] == "The" and c > 0)  # "in The Hague"
            )
            and sentence.words[c][:1].isupper()
            and abs(c - noun) < 5
        ]
    )
    first, last = min(inside), max(inside)
    spans = [(i, j) for i in range(first, noun + 1) for j in range(noun, last + 1)]
    for i, j in sorted(spans, key=lambda span: span[0] - span[1]):
        text = _text(tree, i, j)
        if not text[:1].isupper():
            continue
        entries = [e for e in world.find(text) if e.kind in KINDS]
        if adjective and not entries:
            entries = [e for e in world.find(text) if e.kind == "demonym"]
        if entries:
            entry = likeliest(entries, known(cast), _hint(tree, noun, world))
            return placed(text, entry, world)
    return None if adjective else _unknown(tree, noun, cast, world, s)


def _unknown(tree: Tree, noun: int, cast: Cast, world: World, s: int) -> Place | None:
    """A place too small for the gazetteer lies in the country of its words or of the story."""
    sentence = tree.sentence
    tagged = bool(sentence.names) and sentence.names[noun].endswith("LOC")
    if not sentence.words[noun][:1].isupper() or not (tagged or _hint(tree, noun, world)):
        return None
    if sentence.words[noun][1:].isdigit():
        return None  # a road: "the A15"
    first = noun
    while (
        first > 0 and tree.base[first - 1] in ("compound", "flat") and tree.heads[first - 1] == noun
    ):
        first -= 1
    if world.find(_text(tree, first, noun)) or world.find(sentence.words[noun]):
        return None  # a person, a people or a body, whatever the tagger says
    code = _hint(tree, noun, world) or cast.dominant(s)
    name = _text(tree, first, noun)
    return Place(name, name, code, precision="point") if code else None


def _hint(tree: Tree, noun: int, world: World) -> str:
    """The country that the words around a name tell: "the Belarusian town of Grodno"."""
    head = tree.heads[noun]
    around = [
        c
        for c in tree.children[noun]
        if tree.base[c] in ("appos", "nmod", "flat", "dep", "list") and c > noun
    ]
    before = [c for c in tree.children[noun] if tree.base[c] in ("amod", "compound") and c < noun]
    if head >= 0 and tree.base[noun] in ("nmod", "appos", "flat"):
        before += [
            c
            for c in tree.children[head]
            if c < head and tree.base[c] in ("amod", "compound", "nmod")
        ]
    for c in (*around, *before):
        for entry in world.find(tree.sentence.words[c]):
            if entry.kind in ("country", "demonym", "region") and entry.country:
                return entry.country
    return ""


def likeliest(entries: list[Entry], told: Collection[str | None], hint: str) -> Entry:
    """The meaning that fits the story: its countries, the size of the place, what is said of it."""

    def weight(entry: Entry) -> float:
        size = log10(max(entry.population, 1)) + BASE.get(entry.kind, 0.0)
        size += CAPITAL * entry.capital + 10 * (bool(hint) and entry.country == hint)
        if entry.country in told:
            size += KNOWN if size >= LARGE else KNOWN_TOWN
        return size

    return max(entries, key=weight)


def known(cast: Cast) -> frozenset[str | None]:
    """The countries that the story is about."""
    return frozenset(member.country for member in cast.entries if member.country)


def _person(tree: Tree, noun: int, world: World) -> bool:
    """Is the word (part of) a person's name: "George Bush"? A lone town may be tagged so too."""
    names = tree.sentence.names
    if not names or not names[noun].endswith("PER"):
        return False
    more = any(
        0 <= k < len(names) and names[k].endswith("PER") and tree.sentence.words[k][:1].isupper()
        for k in (noun - 1, noun + 1)
    )
    entries = world.find(tree.sentence.words[noun])
    return more or not entries or any(e.kind == "person" for e in entries)


def _text(tree: Tree, i: int, j: int) -> str:
    sentence = tree.sentence
    text = sentence.words[i]
    for k in range(i + 1, j + 1):
        text += (" " if sentence.starts[k] > sentence.ends[k - 1] else "") + sentence.words[k]
    return text


def placed(text: str, entry: Entry, world: World, precision: str = "") -> Place:
    """The place of an entry, with its first-level region and as exact as the entry's kind."""
    kind = entry.kind if entry.kind in ("city", "region") else "country"
    region = entry.name if kind == "region" else world.region(entry) if kind == "city" else ""
    return Place(
        text, entry.name, entry.country, entry.lat, entry.lon, entry.geoname, region,
        precision or kind,
    )  # fmt: skip
