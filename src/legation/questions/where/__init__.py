"""Where was it? The place that the act's own clause names, its object, or the host of a visit.

Never the seat of an actor (codebook: Place). Ambiguous names go to the countries of the story
first, then to the bigger place. The word lists are words/<language>/where.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from legation.questions import clause
from legation.questions.tree import Tree
from legation.questions.where.gazetteer import known, likeliest, named, placed
from legation.questions.who import Cast
from legation.story import Party, Place, Story
from legation.words import Words
from legation.world import World

DATELINE = re.compile(
    r"([A-Z][A-Z'’.\- ]{2,40})(?:/[A-Z]+)?(?:, [^.;:]{2,40})?(?: \([^)]*\))? ?(?:-|–|—|--|:) "
)

__all__ = ["place_of"]


class _Lists:
    """The word lists of one language as sets."""

    def __init__(self, words: Words) -> None:
        table = words.table("where")
        self.of = {name: frozenset(rows) for name, rows in table.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.of.get(name, frozenset())


def place_of(
    story: Story,
    tree: Tree,
    s: int,
    w: int,
    cast: Cast,
    world: World,
    words: Words,
    kind: str = "",
    mode: str | None = None,
    actors: Sequence[Party] = (),
) -> Place | None:
    """The place of the act of type `kind` at word w of sentence s; None when none is named."""
    lists = _Lists(words)
    if mode == "phone":
        return None
    search = _Search(story, tree, s, cast, world, lists, kind, mode, actors)
    return search.of(w)


class _Search:
    """One question, asked of the act's own words, then of what shares its place."""

    def __init__(
        self, story: Story, tree: Tree, s: int, cast: Cast, world: World, lists: _Lists, kind: str,
        mode: str | None, actors: Sequence[Party],
    ) -> None:  # fmt: skip
        self.story, self.tree, self.s, self.cast, self.world = story, tree, s, cast, world
        self.lists, self.kind, self.mode = lists, kind, mode
        self.homes = {party.country for party in actors}
        self.speech = kind in lists["speech"]

    def of(self, w: int) -> Place | None:
        """The place of the act at word w."""
        head = self.tree.heads[w]
        if {self.tree.lemmas[x].lower() for x in (w, head) if x >= 0} & self.lists["treating"]:
            self.speech = False  # done at a table, not said from a seat
        own = self._around(w)
        if own:
            return own
        kind = self.tree.base[w]
        near = kind in ("obj", "xcomp", "nsubj", "obl", "nmod") and not self.speech
        opened = kind == "nsubj" and self.tree.tags[w] == "NOUN" and self._turns(head)
        if head >= 0 and (near or opened):
            lent = self._around(head, lent=True)
            if lent:
                return lent
        first = self._first(w)
        if first != w and self.kind in self.lists["sharing"]:
            self.speech = False  # what was done first was no speech, or is asked for its adjuncts
            return self._around(first, lent=True)
        if first != w:
            return self._opening(first)
        if self._there(w):
            return self._told_before(w)
        if self.kind in ("ASSAULT", "COERCE", "PROTEST"):
            return self._meanwhile(self._first(w)) or self._meanwhile(w)
        return None

    def _meanwhile(self, verb: int) -> Place | None:
        """ "Beat them when they marched through Grodno": the place of what was done then."""
        tree = self.tree
        for verb_ in (verb, *tree.under(verb, "conj")):
            for c in tree.under(verb_, "advcl"):
                if any(
                    tree.low[m] in ("when", "as", "while") for m in tree.under(c, "mark", "advmod")
                ):
                    if found := self._obliques(c):
                        return found
        return None

    def _first(self, w: int) -> int:
        """The first of the deeds told in a row with w, w itself when there is none."""
        tree, head = self.tree, self.tree.heads[w]
        if head >= 0 and tree.base[w] == "parataxis" and clause.listed(tree, w):
            return head
        return tree.first_of(w)

    def _turns(self, head: int) -> bool:
        """ "The trial opened in Dhaka"."""
        return head >= 0 and self.tree.lemmas[head] in self.lists["opening"]

    def _opening(self, verb: int) -> Place | None:
        """ "In Kampala, he thanked the judges and urged …": what opens a sentence places it all."""
        for preposition, noun in self.tree.obliques(verb):
            if preposition in ("in", "at") and noun < verb and self.tree.root == verb:
                return self._named(noun)
        return None

    def _around(self, w: int, lent: bool = False) -> Place | None:
        steps = (self._object, self._obliques, self._hosts, self._inside)
        for step in steps:
            found = step(w)
            if found:
                return found
        return None

    def _seat(self, place: Place) -> bool:
        """Only where the speaker sits: "in London, the prime minister thanked her allies"."""
        if not self.speech or place.country not in self.homes:
            return False
        return any(e.capital for e in self.world.find(place.name) if e.kind == "city")

    def _object(self, w: int) -> Place | None:
        """ "shelled Kisangani", "the siege of Sarajevo", "visited Grozny"."""
        tree = self.tree
        striking = tree.lemmas[w].lower() in self.lists["striking"]
        closing = tree.lemmas[w].lower() in self.lists["closing"]
        if not (striking or closing or self.mode in ("visit", "seize")) or self.speech:
            return None
        things = [
            *tree.objects(w),
            *(n for p, n in tree.obliques(w) if p in ("of", "to") and tree.tags[w] == "NOUN"),
        ]
        for thing in things:
            if closing and tree.lemmas[thing].lower() not in self.lists["lying"]:
                continue
            found = self._named(thing) or self._urban(thing)
            if found:
                others = [self._named(c) for c in tree.under(thing, "conj")]
                wide = any(other and other.country != found.country for other in others)
                return None if wide and self.mode == "visit" else found
        return None

    def _obliques(self, w: int) -> Place | None:
        """Adjuncts of the act itself, the nearest first."""
        tree = self.tree
        wanted = self.lists["local"]
        carried = self.kind != "AID" or tree.lemmas[w].lower() in self.lists["carrying"]
        if self.mode == "visit" or (self.kind in self.lists["moving"] and carried):
            wanted = wanted | self.lists["reaching"]
        if self.kind == "SANCTION" or self.speech:
            wanted = wanted - self.lists["aiming"]
        near = [w, *(c for c in tree.children[w] if self._telling(c) or self._doing(c))]
        if tree.tags[w] in ("VERB", "AUX") and not self.speech:
            near += [c for c in tree.children[w] if tree.base[c] in ("obj", "obl")]
        left = self.kind == "ASSAULT" or (self.kind == "RETREAT" and self.mode == "withdraw")
        return self._nearest(near, wanted) or (
            self._nearest(near, self.lists["leaving"]) if left else None
        )

    def _nearest(self, near: Sequence[int], wanted: frozenset[str]) -> Place | None:
        """The place after one of these prepositions, one of the gazetteer first."""
        tree = self.tree
        best: Place | None = None
        for at in near:
            for preposition, noun in tree.obliques(at):
                if preposition in wanted and tree.lemmas[noun].lower() not in self.lists["never"]:
                    found = self._named(noun) or self._urban(noun)
                    if found and (best is None or (found.geoname and not best.geoname)):
                        best = found
            if best:
                return best
        return None

    def _doing(self, c: int) -> bool:
        """ "Began to shell": the place of the deed, but not of what one only speaks of."""
        return self.tree.base[c] == "xcomp" and not self.speech

    def _telling(self, c: int) -> bool:
        """ "who, speaking in Amman, urged …": where the words were said."""
        return self.tree.base[c] in ("advcl", "acl") and self.tree.lemmas[c] in ("speak", "talk")

    def _hosts(self, w: int) -> Place | None:
        """ "Oslo hosted a delegation": the subject is the place when it is one."""
        tree = self.tree
        if self.kind != "CONSULT" or tree.lemmas[w].lower() not in self.lists["hosting"]:
            return None
        return next((p for p in map(self._named, tree.subjects(w)) if p), None)

    def _inside(self, w: int) -> Place | None:
        """What is said of the parties: "villagers in eastern Chad stoned a car"."""
        tree = self.tree
        court = self.mode == "convict"
        if self.kind not in ("ASSAULT", "COERCE", "PROTEST") and not self.speech and not court:
            return None
        sides = [*tree.children[w]]
        for side in sides:
            if tree.base[side] not in ("nsubj", "obj"):
                continue
            if self.speech and tree.base[side] == "obj" and self.cast.member(self.s, side) is None:
                continue
            within = [noun for preposition, noun in tree.obliques(side) if preposition == "of"]
            for preposition, noun in chain.from_iterable(map(tree.obliques, (side, *within))):
                if preposition in ("in", "at", "near", "outside", "around"):
                    found = self._named(noun)
                    if found and not (
                        self.speech and tree.base[side] == "nsubj" and self._seat(found)
                    ):
                        return found
        return None

    def _named(self, noun: int) -> Place | None:
        if self.tree.lemmas[noun].lower() == "capital":
            return named(
                self.tree, noun, self.cast, self.world, self.lists["lying"], self.s
            ) or self._capital(noun)
        return named(self.tree, noun, self.cast, self.world, self.lists["lying"], self.s)

    def _capital(self, noun: int) -> Place | None:
        """ "the capital": that of the country named before it, or of the story."""
        code = self.cast.dominant(self.s)
        country = self.world.country(code)
        entries = (
            [e for e in self.world.find(country.capital) if e.country == code and e.kind == "city"]
            if country
            else []
        )
        if not entries:
            return None
        entry = max(entries, key=lambda e: e.population)
        return placed(self.tree.sentence.words[noun], entry, self.world)

    def _urban(self, noun: int) -> Place | None:
        """A building or square of the city of the date line."""
        tree = self.tree
        if tree.lemmas[noun].lower() not in self.lists["urban"]:
            return None
        bare = not any(tree.under(noun, "det", "nmod", "amod", "compound", "nummod"))
        if bare and tree.low[noun] == tree.lemmas[noun] and tree.preposition(noun):
            return None  # "ten years in prison", "in court"
        match = DATELINE.match(self.story.text.lstrip())
        if not match:
            return None
        city = match[1].strip().title()
        entries = [e for e in self.world.find(city) if e.kind == "city"]
        if not entries:
            return None
        entry = likeliest(entries, known(self.cast), "")
        return placed(tree.sentence.words[noun], entry, self.world, "point")

    def _there(self, w: int) -> bool:
        tree = self.tree
        return any(tree.low[c] == "there" and tree.base[c] == "advmod" for c in tree.children[w])

    def _told_before(self, w: int) -> Place | None:
        """ "there": the last place named before it in the sentence."""
        tree = self.tree
        for at in range(w - 1, -1, -1):
            if tree.base[at] in ("obl", "nmod", "nsubj", "obj"):
                found = self._named(at)
                if found:
                    return found
        return None
