"""On whose word? The chain of voices, nearest to the fact first (codebook: Source)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from legation.questions.tree import Tree
from legation.questions.who import Cast
from legation.questions.whose.asides import aside, speaker
from legation.questions.whose.quotes import REACH, labelled, quoted
from legation.questions.whose.speakers import Speakers
from legation.story import Party, Story

MENTAL = frozenset(
    [
        "expect",
        "hope",
        "fear",
        "believe",
        "think",
        "suspect",
        "anticipate",
        "predict",
        "agree",
        "promise",
        "pledge",
        "vow",
        "begin",
        "continue",
        "learn",
        "doubt",
    ]
)
QUOTING = frozenset(["quote", "cite"])
BACKGROUND = frozenset(["after", "although", "though"])
OBJECTED = frozenset(["accuse", "blame", "suspect", "expect"])


class Voices:
    """The speakers of one story: who said what stands at a word."""

    def __init__(
        self, story: Story, trees: Sequence[Tree], cast: Cast, table: Mapping[str, Any]
    ) -> None:
        """Keep the story and index the cue table."""
        self.story, self.trees, self.cast = story, trees, cast
        speech = table.get("speech", {})
        self.verbs = frozenset(speech.get("verbs", ()))
        self.denials = frozenset(speech.get("denials", ()))
        self.hearers = frozenset(speech.get("hearers", ()))
        self.prepositions = frozenset(table.get("phrases", {}).get("prepositions", ()))
        self.views = frozenset(table.get("phrases", {}).get("nouns", ()))
        self.speakers = Speakers(story, trees, cast, table)
        self.manners = self.speakers.manners
        self.quoted = quoted(story)

    def chain(self, s: int, w: int) -> tuple[tuple[Party, ...], str]:
        """The voices for the act at word w of sentence s, and the words that decided."""
        tree = self.trees[s]
        links: list[Party] = []
        reasons: list[str] = []
        here, seen = w, set[int]()
        for _ in range(16):
            links += self._beside(s, here, seen, reasons)
            head, kind = tree.heads[here], tree.base[here]
            if head < 0:
                break
            if self._background(tree, here) and not self._inside(s, w):
                break
            if self._speaks(tree, here, head, kind):
                seen.add(head)
                links += self._voices(s, head)
                reasons.append(f"'{tree.low[head]}'")
            elif (
                kind == "acl"
                and tree.labels[here] != "acl:relcl"
                and tree.lemmas[head]
                in (
                    "report",
                    "claim",
                    "allegation",
                    "statement",
                    "accusation",
                )
            ):
                links += [
                    replace(p, manner="report")
                    for o in tree.owners(head)
                    for p in self.speakers.party(s, o)
                ]
            here = head
        if not links:
            label = labelled(tree, self.story.text, w)
            links = self.speakers.party(s, label) if label is not None else []
            if label is not None and tree.tags[label] == "PROPN":
                links = [link for link in links if link.name]  # "Paris: …" tells where
            links = [replace(link, manner=link.manner or "said") for link in links]
            reasons += ["a headline's label"] if links else []
        if not links and self._inside(s, w):
            links = self._speaker(s)
            if links:
                reasons.append("a quotation goes on")
        unique: dict[tuple[str, int], Party] = {}
        for link in links:
            unique.setdefault((link.text, link.start), link)
        return tuple(unique.values()), ", ".join(reasons) or "the outlet's own voice"

    def _background(self, tree: Tree, here: int) -> bool:
        """Does the outlet add the clause itself, inside what somebody said?

        "said that the envoys who had called for his release …": a relative clause, or one with
        "after" or "although", tells what is taken for known.
        """
        if tree.labels[here] == "acl:relcl":
            return True
        marks = {tree.low[c] for c in tree.under(here, "mark")}
        return tree.base[here] == "advcl" and bool(marks & BACKGROUND)

    def _speaks(self, tree: Tree, here: int, head: int, kind: str) -> bool:
        lemma = tree.lemmas[head]
        if kind == "ccomp" and here < head and any(tree.under(head, "nsubj")):
            return lemma in self.verbs or any(tree.words[w] == "," for w in range(here, head))
        if lemma not in self.verbs:
            return False
        if kind == "ccomp":
            own = tree.infinitive(here) and tree.surface(here) == tree.surface(head)
            return not (lemma in MENTAL and own)
        if kind == "xcomp":
            if lemma in self.denials:
                return True
            if tree.passive(head):
                return bool(tree.agents(head))
            return lemma in OBJECTED and any(tree.under(head, "obj", "iobj"))
        if kind == "advcl" and lemma in QUOTING and tree.preposition(here) == "as":
            return True
        if kind in ("advcl", "obl"):
            return lemma in ("accuse", "blame") and tree.preposition(here) in ("of", "for")
        if kind == "obj":
            return lemma in self.denials and tree.tags[here] in ("NOUN", "PROPN")
        return False

    def _beside(self, s: int, here: int, seen: set[int], reasons: list[str]) -> list[Party]:
        """ "…, officials said" and "according to officials" that hang on a word on the way up."""
        tree = self.trees[s]
        found: list[Party] = []
        for child in tree.children[here]:
            kind = tree.base[child]
            if child not in seen and aside(tree, child, self.verbs):
                seen.add(child)
                found += self._voices(s, child)
                reasons.append(f"'{tree.low[child]}'")
            elif kind in ("obl", "nmod", "advcl") and tree.preposition(child) in self.prepositions:
                for one in tree.spread(child):
                    found += self.speakers.party(s, one)
                reasons.append(f"'{tree.preposition(child)}'")
            elif kind == "advcl" and tree.low[child] == "according":
                for _, one in tree.obliques(child):
                    found += self.speakers.party(s, one)
                reasons.append("'according to'")
            elif kind in ("obl", "nmod") and self._in_the_view_of(tree, child):
                found += [p for o in tree.owners(child) for p in self.speakers.party(s, o)]
                reasons.append(f"'{tree.preposition(child)} the {tree.low[child]} of'")
            elif kind == "advcl" and tree.lemmas[child] in self.verbs:
                marks = {tree.low[c] for c in tree.under(child, "mark")}
                if "as" in marks and any(tree.under(child, "nsubj")):
                    found += self._voices(s, child)
                    reasons.append(f"'as … {tree.low[child]}'")
        return found

    def _voices(self, s: int, verb: int) -> list[Party]:
        """Subject of a speech verb, and the outlet it spoke to or was quoted by."""
        tree = self.trees[s]
        manner = self._manner(tree, verb)
        found = []
        subjects = tree.subjects(verb)
        if not subjects and not tree.passive(verb):
            named = speaker(tree, verb)
            subjects = tree.spread(named) if named is not None else []
        for subject in subjects:
            speaks = tree.tags[subject] in ("NOUN", "PROPN")
            for party in self.speakers.party(s, subject, speaks):
                own = self.manners.get(tree.lemmas[subject], "")
                found.append(replace(party, manner=party.manner or own or manner))
            for clause in tree.under(subject, "acl"):
                if tree.lemmas[clause] in QUOTING:
                    found = self._cited(s, clause, found)
        for clause in tree.under(verb, "advcl"):
            if tree.lemmas[clause] in QUOTING and tree.gerund(clause):
                found = self._cited(s, clause, found)
        hearers = [n for p, n in tree.obliques(verb) if p == "to"]
        if tree.lemmas[verb] in self.hearers:
            hearers += [*tree.objects(verb), *tree.indirect(verb)]
        if found:
            for hearer in hearers:
                heard = self.cast.party(s, hearer)
                if heard and heard.sector == "JRN":
                    found.append(replace(heard, manner="report"))
        return found

    def _cited(self, s: int, clause: int, found: list[Party]) -> list[Party]:
        """ "X, quoted by Y" puts Y after X; "Y, citing X" puts X before Y."""
        tree = self.trees[s]
        if tree.passive(clause):
            by = [
                replace(p, manner="quoted")
                for a in tree.agents(clause)
                for p in self.speakers.party(s, a)
            ]
            return [*found, *by]
        named = [p for o in tree.objects(clause) for p in self.speakers.party(s, o, speaks=True)]
        return [*(replace(p, manner=p.manner or "said") for p in named), *found]

    def _manner(self, tree: Tree, verb: int) -> str:
        if tree.lemmas[verb] in ("tweet", "post"):
            return "post"
        for _, noun in tree.obliques(verb):
            if tree.lemmas[noun] in self.manners:
                return self.manners[tree.lemmas[noun]]
        return "said"

    def _in_the_view_of(self, tree: Tree, noun: int) -> bool:
        return tree.preposition(noun) in ("in", "by", "on") and tree.lemmas[noun] in self.views

    def _inside(self, s: int, w: int) -> bool:
        start = self.trees[s].span(w)[0]
        return any(a <= start < b for a, b in self.quoted)

    def _speaker(self, s: int) -> list[Party]:
        """Who says a sentence that is only a quotation: the speaker of its neighbours."""
        for other in (s + step for step in REACH):
            if not 0 <= other < len(self.trees):
                continue
            tree = self.trees[other]
            for verb in range(len(tree)):
                said = tree.lemmas[verb] in ("say", "tell", "add", "write", "declare", "warn")
                if said and tree.tags[verb] == "VERB" and tree.surface(verb):
                    voices = self._voices(other, verb)
                    if voices:
                        return voices[:1]
        return []
