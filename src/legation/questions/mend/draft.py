"""A sentence's tree while it is mended."""

from __future__ import annotations

from dataclasses import replace

from legation.story import Sentence

PLURAL = {"troops": "troop"}  # lemmas that the dictionary leaves in the plural


class Draft:
    """Heads, labels, tags, lemmas and features as lists, and the children of every word."""

    def __init__(self, sentence: Sentence) -> None:
        """Copy the columns of a sentence."""
        self.sentence = sentence
        self.heads = list(sentence.heads)
        self.labels = list(sentence.labels)
        self.tags = list(sentence.tags)
        self.lemmas = [PLURAL.get(lemma, lemma) for lemma in sentence.lemmas]
        self.feats = list(sentence.feats)
        self.below: list[list[int]] = [[] for _ in sentence.words]
        for word, head in enumerate(self.heads):
            if head >= 0:
                self.below[head].append(word)

    def children(self, word: int) -> list[int]:
        """The children of a word, as a list that stays as it is when words are hung elsewhere."""
        return list(self.below[word])

    def over(self, word: int, other: int) -> bool:
        """Does a word stand over another one, or is it that one?"""
        while other >= 0 and other != word:
            other = self.heads[other]
        return other == word

    def hang(self, word: int, head: int) -> None:
        """Give a word another head; under itself it cannot hang, and stays where it is."""
        if self.over(word, head):
            return
        self.below[self.heads[word]].remove(word)
        self.below[head] = sorted([*self.below[head], word])
        self.heads[word] = head

    def finite(self, word: int) -> bool:
        """Does a verb stand in a finite form, by itself or by an auxiliary?"""
        if not self.feats:
            return False
        if "VerbForm=Fin" in self.feats[word]:
            return True
        return any(
            self.labels[c].startswith("aux") and "VerbForm=Fin" in self.feats[c]
            for c in self.children(word)
        )

    def done(self) -> Sentence:
        """The sentence with what was mended."""
        return replace(
            self.sentence,
            heads=tuple(self.heads),
            labels=tuple(self.labels),
            tags=tuple(self.tags),
            lemmas=tuple(self.lemmas),
            feats=tuple(self.feats),
        )
