"""Mends frequent slips of the parser where a rule of the language says how the tree must be.

`mended(sentence)` gives the sentence with heads, labels and tags put right; what no rule touches
stays as parsed. Each rule is general: it looks at tags, labels and word classes, never at names.
"""

from __future__ import annotations

from dataclasses import replace

from legation.story import Sentence

SPEAKING_OF = frozenset(
    ["accuse", "suspect", "condemn", "denounce", "criticise", "criticize", "blame", "thank"]
)
PLURAL = {"troops": "troop"}  # lemmas that the dictionary leaves in the plural


class _Draft:
    """A sentence's tree while it is mended."""

    def __init__(self, sentence: Sentence) -> None:
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
        return list(self.below[word])

    def hang(self, word: int, head: int) -> None:
        """Give a word another head."""
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
        return replace(
            self.sentence,
            heads=tuple(self.heads),
            labels=tuple(self.labels),
            tags=tuple(self.tags),
            lemmas=tuple(self.lemmas),
            feats=tuple(self.feats),
        )


def mended(sentence: Sentence) -> Sentence:
    """The sentence with its tree put right."""
    draft = _Draft(sentence)
    _turned_conditions(draft)
    _early_objects(draft)
    _lone_indirect_objects(draft)
    _nouns_taken_for_verbs(draft)
    _headline_infinitives(draft)
    _hearers(draft)
    _fronted_subjects(draft)
    _crossing_subjects(draft)
    _late_subjects(draft)
    _inverted_subjects(draft)
    _split_quotations(draft)
    _said_in_a_statement(draft)
    _finite_conjuncts(draft)
    _gerunds_after_of(draft)
    return draft.done()


def _turned_conditions(draft: _Draft) -> None:
    """ "Had X attacked, Y would have stayed": the clause with "would" is the main one."""
    root = next((w for w, kind in enumerate(draft.labels) if kind == "root"), -1)
    if root < 0 or draft.sentence.words[0].lower() not in ("had", "were", "should"):
        return
    if draft.heads[0] != root or not draft.labels[0].startswith(("aux", "cop")):
        return
    for clause in draft.children(root):
        modal = any(
            draft.labels[c] == "aux" and draft.lemmas[c].lower() in ("would", "will", "could")
            for c in draft.children(clause)
        )
        if clause > root and draft.labels[clause] in ("parataxis", "ccomp", "conj") and modal:
            draft.below[root].remove(clause)
            draft.heads[clause], draft.labels[clause] = -1, "root"
            draft.heads[root], draft.labels[root] = clause, "advcl"
            draft.below[clause] = sorted([*draft.below[clause], root])
            return


def _early_objects(draft: _Draft) -> None:
    """ "accused X of arming Y": what stands before "of" is the first verb's object."""
    for word, kind in enumerate(draft.labels):
        clause = draft.heads[word]
        if kind != "obj" or clause <= word or draft.labels[clause] not in ("advcl", "xcomp"):
            continue
        marks = [w for w in draft.below[clause] if draft.labels[w] in ("mark", "case")]
        verb = draft.heads[clause]
        if verb < 0 or verb > word or not any(word < mark < clause for mark in marks):
            continue
        if not any(draft.labels[w] == "obj" for w in draft.below[verb]):
            draft.hang(word, verb)


def _lone_indirect_objects(draft: _Draft) -> None:
    """ "urged X to go": an indirect object beside an infinitive and no object is the object."""
    for word, kind in enumerate(draft.labels):
        verb = draft.heads[word]
        if kind != "iobj" or verb < 0:
            continue
        beside = {draft.labels[w] for w in draft.below[verb]}
        if "xcomp" in beside and not beside & {"obj", "ccomp"}:
            draft.labels[word] = "obj"


def _nouns_taken_for_verbs(draft: _Draft) -> None:
    """ "to host talks with X": an object in -s that has no subject, object or mark is a noun."""
    for word, kind in enumerate(draft.labels):
        if kind != "obj" or draft.tags[word] != "VERB":
            continue
        verbal = ("nsubj", "obj", "mark", "aux", "xcomp", "ccomp")
        own = [draft.labels[w] for w in draft.below[word]]
        low = draft.sentence.words[word].lower()
        if low.endswith("s") and not any(label.startswith(verbal) for label in own):
            draft.tags[word] = "NOUN"
            if draft.feats:
                draft.feats[word] = "Number=Plur"


def _headline_infinitives(draft: _Draft) -> None:
    """ "Ghana to host talks": the infinitive of a headline says what its name will do."""
    for word, kind in enumerate(draft.labels):
        noun = draft.heads[word]
        if kind not in ("xcomp", "advcl") or noun < 0 or draft.labels[noun] != "root":
            continue
        to = any(draft.sentence.words[w].lower() == "to" for w in draft.below[word])
        if to and noun < word and draft.tags[noun] in ("PROPN", "NOUN"):
            if not any(draft.labels[w] in ("cop", "nsubj") for w in draft.below[noun]):
                draft.labels[word] = "acl"


def _hearers(draft: _Draft) -> None:
    """ "…, an official told Reuters": the name after "told" is whom it was told, no clause."""
    for verb, tag in enumerate(draft.tags):
        name = verb + 1
        if tag != "VERB" or draft.lemmas[verb].lower() != "tell" or name >= len(draft.tags):
            continue
        head = draft.heads[name]
        if draft.tags[name] != "PROPN" or head in (verb, -1) or draft.heads[verb] == name:
            continue
        if draft.labels[name] not in ("parataxis", "appos", "conj", "dep", "ccomp"):
            continue
        for word in draft.children(name):
            if word < verb:
                draft.hang(word, verb)
        draft.hang(name, verb)
        draft.labels[name] = "obj"


def _fronted_subjects(draft: _Draft) -> None:
    """In "X will go, Y said" both subjects hang on "said": the first is the fronted clause's."""
    for clause, kind in enumerate(draft.labels):
        verb = draft.heads[clause]
        if kind != "ccomp" or verb < clause:
            continue
        own = draft.children(clause)
        if any(draft.labels[w].startswith(("nsubj", "csubj", "expl")) for w in own):
            continue
        subjects = [w for w in draft.children(verb) if draft.labels[w].startswith("nsubj")]
        before = [w for w in subjects if w < clause]
        if before and any(w > clause for w in subjects):
            draft.hang(before[-1], clause)


def _crossing_subjects(draft: _Draft) -> None:
    """ "Were X to attack, Y would …": a subject inside a clause's span is that clause's."""
    for clause, kind in enumerate(draft.labels):
        verb = draft.heads[clause]
        own = draft.below[clause]
        if kind != "advcl" or verb < clause or not own:
            continue
        if any(draft.labels[w].startswith("nsubj") for w in own):
            continue
        for word in draft.children(verb):
            if draft.labels[word].startswith("nsubj") and own[0] < word < clause:
                draft.hang(word, clause)


def _late_subjects(draft: _Draft) -> None:
    """ "X shelled Y, state media reported": the second subject is that of the verb after it."""
    for verb, tag in enumerate(draft.tags):
        if tag != "VERB":
            continue
        subjects = [w for w in draft.below[verb] if draft.labels[w].startswith("nsubj")]
        late = [w for w in subjects if w > verb]
        if not late or len(subjects) < 2:
            continue
        speech = next((v for v in _clauses_around(draft, verb) if v > late[-1]), None)
        if speech is not None and not _has_subject(draft, speech):
            draft.hang(late[-1], speech)


def _inverted_subjects(draft: _Draft) -> None:
    """ "X shelled Y, said a soldier": the second object is the subject of the verb before it."""
    for verb, tag in enumerate(draft.tags):
        if tag != "VERB":
            continue
        things = [w for w in draft.below[verb] if draft.labels[w] == "obj"]
        if len(things) < 2:
            continue
        between = [v for v in _clauses_around(draft, verb) if verb < v < things[-1]]
        if between and _adjacent(draft, between[-1], things[-1]):
            if not _has_subject(draft, between[-1]):
                draft.hang(things[-1], between[-1])
                draft.labels[things[-1]] = "nsubj"


def _adjacent(draft: _Draft, verb: int, noun: int) -> bool:
    """Does nothing but the noun's own words stand between a verb and the noun?"""
    return all(draft.heads[w] == noun for w in range(verb + 1, noun))


def _clauses_around(draft: _Draft, verb: int) -> list[int]:
    """Verbs of the clauses that hang on a verb or that it hangs on, from left to right."""
    kinds = ("advcl", "parataxis", "ccomp")
    found = [w for w in draft.below[verb] if draft.labels[w] in kinds and draft.tags[w] == "VERB"]
    if draft.labels[verb] == "ccomp" and draft.heads[verb] > verb:
        found.append(draft.heads[verb])
    return sorted(found)


def _has_subject(draft: _Draft, verb: int) -> bool:
    return any(draft.labels[w].startswith(("nsubj", "csubj", "expl")) for w in draft.below[verb])


def _split_quotations(draft: _Draft) -> None:
    """ "X's army," Y said, "has attacked Z": the noun before is the subject of the clause after."""
    for verb, tag in enumerate(draft.tags):
        if tag != "VERB":
            continue
        parts = [w for w in draft.below[verb] if draft.labels[w] == "ccomp"]
        nouns = [w for w in parts if w < verb and draft.tags[w] in ("NOUN", "PROPN", "PRON")]
        clauses = [w for w in parts if w > verb and draft.tags[w] == "VERB"]
        if len(nouns) == 1 and clauses and not _has_subject(draft, clauses[0]):
            if not any(draft.labels[w] in ("cop", "aux") for w in draft.below[nouns[0]]):
                draft.hang(nouns[0], clauses[0])
                draft.labels[nouns[0]] = "nsubj"


def _said_in_a_statement(draft: _Draft) -> None:
    """ "said in a statement that …": the that-clause is what was said, not the noun's."""
    for clause, kind in enumerate(draft.labels):
        noun = draft.heads[clause]
        if kind != "acl" or noun < 0 or draft.labels[noun] != "obl":
            continue
        words = draft.sentence.words
        marks = {words[w].lower() for w in draft.below[clause] if draft.labels[w] == "mark"}
        cases = {words[w].lower() for w in draft.below[noun] if draft.labels[w] == "case"}
        verb = draft.heads[noun]
        if "that" in marks and cases & {"in", "on"} and verb >= 0 and draft.tags[verb] == "VERB":
            draft.hang(clause, verb)
            draft.labels[clause] = "ccomp"


def _finite_conjuncts(draft: _Draft) -> None:
    """A finite verb is no conjunct of a gerund or infinitive: "denies V-ing and accuses"."""
    for word, kind in enumerate(draft.labels):
        first = draft.heads[word]
        if kind != "conj" or first < 0 or draft.tags[word] != "VERB" or not draft.finite(word):
            continue
        if any(draft.labels[c].startswith(("nsubj", "mark")) for c in draft.children(word)):
            continue
        upper = draft.heads[first]
        if draft.labels[first] not in ("xcomp", "advcl", "acl") or upper < 0:
            continue
        if draft.finite(first) or draft.tags[first] != "VERB":
            continue
        if draft.tags[upper] == "VERB" and draft.finite(upper):
            draft.hang(word, upper)


def _gerunds_after_of(draft: _Draft) -> None:
    """ "accused X of bombing villages": the -ing word is the clause's verb, not a compound."""
    for word, kind in enumerate(draft.labels):
        noun = draft.heads[word]
        if kind not in ("compound", "amod") or noun != word + 1 or word == 0:
            continue
        low = draft.sentence.words[word].lower()
        verb = draft.heads[noun]
        if verb >= 0 and draft.labels[verb] == "obj" and draft.labels[noun] == "nmod":
            verb = draft.heads[verb]  # "of …" hung on the accused
        if not low.endswith("ing") or verb < 0 or draft.labels[noun] not in ("obl", "nmod"):
            continue
        entered = draft.sentence.words[word - 1].lower()
        if entered not in ("of", "for") or draft.lemmas[verb].lower() not in SPEAKING_OF:
            continue
        _turn(draft, word, noun, verb)


def _turn(draft: _Draft, gerund: int, noun: int, verb: int) -> None:
    for child in draft.children(noun):
        if child < gerund and draft.labels[child] in ("case", "mark"):
            draft.hang(child, gerund)
            draft.labels[child] = "mark"
    draft.hang(gerund, verb)
    draft.hang(noun, gerund)
    draft.labels[gerund], draft.labels[noun] = "advcl", "obj"
    draft.tags[gerund] = "VERB"
    draft.lemmas[gerund] = _stem(draft.sentence.words[gerund].lower(), draft.lemmas[gerund])
    if draft.feats:
        draft.feats[gerund] = "VerbForm=Ger"


def _stem(low: str, lemma: str) -> str:
    """The verb of an -ing form that was read as a noun: "bombing" -> "bomb"."""
    if lemma.lower() != low:
        return lemma
    stem = low.removesuffix("ing")
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        return stem[:-1]
    if stem.endswith(("at", "iz", "is", "uc", "id", "ov", "ag", "uck", "as", "ad", "ut", "id")):
        return stem + "e"
    return stem
