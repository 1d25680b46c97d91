"""Which countries and people is the story about? Read from the bare words, before any phrase is.

The setting settles what a phrase alone can't: which Georgia, which San Jose, whether "Morales" is
a town or the president named two lines above, and whose police "the police" are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from legation.questions.who import tree
from legation.questions.who.lexicon import Lexicon
from legation.questions.who.openings import datelines, opening, paragraphs
from legation.story import Sentence, Story
from legation.words import listed

REACH = 4  # sentences back that still lend their country
FADE = 0.6  # weight of a country named one sentence earlier (swept 0.4-0.8 on the development gold)
ADJECTIVE = 0.5  # only by an adjective, or by a leader
HINT = 0.3  # a town, a region or a body of a state
LOCAL = 0.25  # "in Brussels": where something is said is seldom who is spoken of
EVERYWHERE = 0.2  # weight of each mention anywhere in the story
LONGEST = 4  # words of a name of a state
LEADERS = frozenset(["head-of-state", "head-of-government", "foreign-minister", "defence-minister"])


PLACING = frozenset(["in", "at", "from", "near", "outside"])
BESIDE = 0.6  # factor for what stands in a relative or adverbial clause


def presence(sentence: Sentence, first: int, last: int) -> float:
    """How much a mention of a state, words first..last, makes the story one about that state.

    An actor weighs 1; a mere venue or the nationality of a visitor little.
    """
    if not sentence.heads:
        return 1.0
    w = next((k for k in range(first, last + 1) if not first <= sentence.heads[k] <= last), last)
    label = sentence.labels[w]
    base = label.partition(":")[0]
    if first and sentence.words[first - 1].lower() in PLACING:
        return LOCAL if base == "obl" else ADJECTIVE
    if sentence.tags[w] == "ADJ" and base in ("root", "conj", "ccomp"):
        weight = HINT  # "one of the captives is Canadian"
    elif base in ("nsubj", "root"):
        weight = 1.0
    elif label == "nmod:poss":
        weight = 0.9
    elif base in ("amod", "compound", "nmod"):
        head = sentence.heads[w]
        subject = head >= 0 and sentence.labels[head].startswith("nsubj")
        weight = 0.6 if subject and base != "amod" else 0.4 if base == "amod" else ADJECTIVE
    else:
        weight = 0.8
    here, inside = w, 1.0
    while here >= 0:
        if sentence.labels[here].partition(":")[0] in ("acl", "advcl"):
            inside = BESIDE
        here = sentence.heads[here]
    return weight * inside


TOWN = 50_000  # inhabitants of a town


def borrowed(entry: Any) -> bool:
    """Is it a small town of a state that has namesakes of places everywhere ("Agua Caliente")?"""
    return entry.kind == "city" and entry.population < TOWN and entry.country in listed("borrowed")


class Setting:
    """Countries by weight, full names of people, and the country of the date line."""

    def __init__(self, story: Story, lexicon: Lexicon, world: Any) -> None:
        """Count the names in every sentence once."""
        self.story, self.lexicon, self.world = story, lexicon, world
        self.states = frozenset(getattr(world, "countries", ()))
        self.words = frozenset(w.lower() for one in story.sentences for w in one.words)
        self.skipped = frozenset(datelines(story))
        self._paragraphs = paragraphs(story)
        self._openings = {
            s: opening(story, s, world) for s in set(self._paragraphs) if story.sentences
        }
        self.dateline = self._openings[0][0] if 0 in self._openings else None
        self._briefs = len({code for code, sure in self._openings.values() if sure > 1.0}) > 1
        self.namesakes = self._namesakes()
        self._eras = [e for e in lexicon.eras if story.published and story.published <= e["until"]]
        self.people = frozenset(self._people())
        self.named = [self._weighed(sentence) for sentence in story.sentences]
        found: Counter[str] = Counter()
        for here in self.named:
            found.update(here.keys())
        found.update(self._titled())
        self.told = frozenset(found)
        if self.dateline:
            found[self.dateline] += 2
        self.weights = found
        self.near = frozenset(found)

    def section(self, s: int) -> int:
        """The first sentence of the round-up's item that sentence s is in; 0 in other stories."""
        return self._paragraphs[s] if self._briefs and s < len(self._paragraphs) else 0

    def dated(self, code: str | None, name: str) -> str | None:
        """The code that the state so named had on the story's day: SUN, YUG, CSK, DDR."""
        for era in self._eras:
            if code == era["was"] and (not era.get("names") or name in era["names"]):
                return str(era["code"])
        return code

    def today(self, code: str | None) -> str | None:
        """The code under which the tables know a state that is no more."""
        return next((str(era["was"]) for era in self._eras if era["code"] == code), code)

    def dominant(self, s: int = -1, without: Iterable[str | None] = ()) -> str | None:
        """The country that the story names most, near sentence s above all; None when none."""
        ranked = self.ranked(s, without)
        return ranked[0] if ranked else None

    def ranked(self, s: int = -1, without: Iterable[str | None] = ()) -> list[str]:
        """Countries of the story, most named first, those near sentence s above all."""
        found = self.scores(s)
        for known in without:
            found.pop(known or "", None)
        return sorted(found, key=lambda code: (-found[code], code))

    def scores(self, s: int = -1) -> dict[str, float]:
        """How much each country is spoken of around sentence s and in the story at large."""
        found = {code: EVERYWHERE * count for code, count in self.weights.items()}
        first = max(0, s - REACH)
        if 0 <= s < len(self._paragraphs):
            code, sure = self._openings[self._paragraphs[s]]
            if code and (self._briefs or self._paragraphs[s]):
                found[code] = found.get(code, 0.0) + sure
            first = max(first, self._paragraphs[s]) if self._briefs else first
        for at in range(first, min(s + 1, len(self.named))):
            for code, weight in self.named[at].items():
                found[code] = found.get(code, 0.0) + weight * FADE ** (s - at)
        return found

    def _titled(self) -> set[str]:
        """States named in a headline that is not part of the text."""
        title = self.story.title
        if not title or title in self.story.text:
            return set()
        words = [word.strip(".,:;!?\"'()").removesuffix("'s") for word in title.split()]
        found: set[str] = set()
        for at, word in enumerate(words):
            for size in (2, 1):
                surface = " ".join(words[at : at + size])
                if word[:1].isupper():
                    found |= self._codes(surface, person=False, size=size)
        return found

    def _namesakes(self) -> dict[str, str]:
        """What an ambiguous name of a state means here: "Georgia" next to Atlanta is in the US."""
        found = {}
        for name, row in self.lexicon.namesakes.items():
            if name not in self.story.text:
                continue
            hits = {
                code: sum(cue in self.story.text for cue in cues)
                for code, cues in row.items()
                if code != "default"
            }
            best = max(hits, key=lambda code: hits[code], default="")
            if best and hits[best]:
                found[name] = best
            elif "default" in row:
                found[name] = row["default"][0]
        return found

    def _people(self) -> Iterator[tuple[str, ...]]:
        """Names of people of two words and more, as the tagger of names or a title shows them."""
        for sentence in self.story.sentences:
            names = sentence.names or ("O",) * len(sentence)
            at = 0
            while at < len(names):
                end = at + 1
                if names[at].endswith("PER"):
                    while end < len(names) and names[end] == "I-PER":
                        end += 1
                    words = tuple(w for w in sentence.words[at:end] if w[:1].isalpha())
                    if len(words) > 1:
                        yield words
                at = end

    def short_of(self, word: str) -> bool:
        """Is the word the surname, or another single part, of somebody named in full?"""
        return any(word in name[1:] or (word == name[0] and len(name) > 1) for name in self.people)

    def _weighed(self, sentence: Sentence) -> dict[str, float]:
        """The states of a sentence: a name counts 1, only an adjective or a leader ADJECTIVE."""
        found: dict[str, float] = {}
        for code, weight in self._states(sentence):
            found[code] = max(found.get(code, 0.0), weight)
        return found

    def _states(self, sentence: Sentence) -> Iterator[tuple[str, float]]:
        """Codes of the states that a sentence names: names, adjectives, capitals, leaders."""
        names = sentence.names or ("O",) * len(sentence)
        at = 0
        while at < len(sentence):
            step = 1
            if sentence.words[at][:1].isupper():
                for size in range(min(LONGEST, len(sentence) - at), 0, -1):
                    if not sentence.words[at + size - 1][:1].isalnum():
                        continue  # "Peru's" is no town called so
                    surface = tree.surface(sentence, at, at + size - 1)
                    person = names[at].endswith("PER")
                    codes = {
                        self.dated(code, surface) or code
                        for code in self._codes(surface, person, size)
                    }
                    if not codes and not person and names[at][:1] == "B":
                        hinted = self._hinted(surface)
                        yield from ((code, HINT) for code in hinted)
                        if hinted:
                            step = size
                            break
                    if codes:
                        weight = presence(sentence, at, at + size - 1)
                        weight = min(weight, ADJECTIVE) if person else weight
                        yield from ((code, weight) for code in codes)
                        step = size
                        break
            at += step

    def _codes(self, surface: str, person: bool, size: int) -> set[str]:
        if surface in self.namesakes and not person:
            return {self.namesakes[surface]}
        entries = self.world.find(surface)
        if person:
            day = self.story.published
            return {
                e.country
                for e in entries
                if e.kind == "person"
                and e.country
                and e.office in LEADERS
                and size > 1
                and (not e.until or not day or e.until >= day)
            }
        if any(e.kind == "seat" for e in entries):
            return {e.country for e in entries if e.kind == "seat" and e.country}
        named = {e.country for e in entries if e.kind in ("country", "demonym") and e.country}
        return named or {e.country for e in entries if e.capital and e.country}

    def _hinted(self, surface: str) -> set[str]:
        """The one state that a town, a region or a body of this name can belong to."""
        entries = self.world.find(surface)
        kinds = ("city", "region", "organisation", "group")
        words = surface.lower().split()
        if all(word in self.lexicon.like.get("generic", ()) for word in words):
            return set()  # many states have a National Liberation Army
        fit = [e for e in entries if e.kind in kinds and e.sector != "JRN"]
        if all(borrowed(e) for e in fit):
            return set()
        found = {e.country for e in fit}
        return {code for code in found if code in self.states} if len(found) == 1 else set()
