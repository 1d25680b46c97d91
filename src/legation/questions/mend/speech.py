"""Who speaks and what is said: subjects, hearers and quotations hung where they belong."""

from __future__ import annotations

from legation.questions.mend.draft import Draft
from legation.words import listed


def hearers(draft: Draft) -> None:
    """ "…, an official told Reuters": the name after "told" is whom it was told, no clause."""
    for verb, tag in enumerate(draft.tags):
        name = verb + 1
        if tag != "VERB" or draft.lemmas[verb].lower() != "tell" or name >= len(draft.tags):
            continue
        head = draft.heads[name]
        if draft.tags[name] != "PROPN" or head in (verb, -1) or draft.heads[verb] == name:
            continue
        if draft.labels[name] not in ("parataxis", "appos", "conj", "dep", "ccomp", "obj"):
            continue
        for word in draft.children(name):
            if word < verb:
                draft.hang(word, verb)
        draft.hang(name, verb)
        draft.labels[name] = "obj"


def speakers_conjuncts(draft: Draft) -> None:
    """ "Told reporters that the arrests were a mistake and demanded …": things demand nothing.

    A verb of speech without a subject of its own goes on from the outer verb of saying when the
    clause between them only says what some thing is.
    """
    for word, kind in enumerate(draft.labels):
        clause = draft.heads[word]
        if kind != "conj" or clause < 0 or not _speaks(draft.lemmas[word].lower()):
            continue
        outer, own = draft.heads[clause], draft.children(clause)
        if draft.labels[clause] != "ccomp" or not 0 <= outer < clause or not draft.finite(word):
            continue
        if draft.lemmas[outer].lower() not in listed("saying") or _has_subject(draft, word):
            continue
        subjects = [w for w in own if draft.labels[w] == "nsubj"]
        is_said = any(draft.labels[w] == "cop" for w in own)
        if is_said and subjects and draft.tags[subjects[0]] == "NOUN":
            if not any(draft.labels[w] == "mark" for w in draft.children(word)):
                draft.hang(word, outer)


def _speaks(lemma: str) -> bool:
    """Is it a verb of what only somebody can do who speaks?"""
    return lemma in listed("saying") or lemma in listed("speaking")


def fronted_subjects(draft: Draft) -> None:
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


def late_subjects(draft: Draft) -> None:
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


def inverted_subjects(draft: Draft) -> None:
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


def _adjacent(draft: Draft, verb: int, noun: int) -> bool:
    """Does nothing but the noun's own words stand between a verb and the noun?"""
    return all(draft.heads[w] == noun for w in range(verb + 1, noun))


def _clauses_around(draft: Draft, verb: int) -> list[int]:
    """Verbs of the clauses that hang on a verb or that it hangs on, from left to right."""
    kinds = ("advcl", "parataxis", "ccomp")
    found = [w for w in draft.below[verb] if draft.labels[w] in kinds and draft.tags[w] == "VERB"]
    if draft.labels[verb] == "ccomp" and draft.heads[verb] > verb:
        found.append(draft.heads[verb])
    return sorted(found)


def _has_subject(draft: Draft, verb: int) -> bool:
    return any(draft.labels[w].startswith(("nsubj", "csubj", "expl")) for w in draft.below[verb])


def split_quotations(draft: Draft) -> None:
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


def said_in_a_statement(draft: Draft) -> None:
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
