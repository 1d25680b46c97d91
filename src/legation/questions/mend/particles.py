"""Particles and what they are taken for: "hand over 30 men", "set free 40 men", "down tools"."""

from __future__ import annotations

from legation.questions.mend.draft import Draft
from legation.words import listed

NAMES = ("NOUN", "PROPN")


def due_to_land(draft: Draft) -> None:
    """ "Is due to land in Beira": a bare noun that is a verb as well, said of a subject, is one."""
    words = draft.sentence.words
    for word in range(2, len(words) - 1):
        if draft.tags[word] != "NOUN" or words[word - 1].lower() != "to":
            continue
        due, own = word - 2, draft.children(word)
        if (
            words[due].lower() != "due"
            or due not in own
            or words[word].lower() not in listed("due_to")
        ):
            continue
        copula = next((c for c in own if draft.labels[c] == "cop" and c < due), None)
        if copula is None or not any(draft.labels[c].startswith("nsubj") for c in own):
            continue
        draft.labels[copula] = "aux"
        draft.hang(word - 1, word)
        draft.labels[word - 1] = "mark"
        for child in own:
            if draft.labels[child].startswith("nmod"):
                draft.labels[child] = draft.labels[child].replace("nmod", "obl")
        _verb(draft, word)


def set_free(draft: Draft) -> None:
    """ "Set free 40 men": the state in which they are left is the verb's, and not the men's."""
    for verb, lemma in enumerate(draft.lemmas):
        state = verb + 1
        if lemma.lower() != "set" or draft.tags[verb] != "VERB" or state >= len(draft.tags):
            continue
        thing = draft.heads[state]
        if draft.sentence.words[state].lower() not in listed("left_in"):
            continue
        if draft.labels[state] == "amod" and thing > state:
            draft.hang(state, verb)
            draft.labels[state] = "xcomp"
            if draft.heads[thing] == verb and draft.labels[thing] in ("xcomp", "ccomp", "dep"):
                draft.labels[thing] = "obj"


def handed_over(draft: Draft) -> None:
    """ "Hand over thirty men": after such a verb "over" is its particle, no "more than"."""
    words = draft.sentence.words
    for word in range(1, len(words)):
        verb, head = word - 1, draft.heads[word]
        if words[word].lower() != "over" or draft.tags[verb] != "VERB" or head <= word:
            continue
        if draft.tags[head] == "NUM" and draft.lemmas[verb].lower() in listed("handing"):
            draft.hang(word, verb)
            draft.tags[word], draft.labels[word] = "ADP", "compound:prt"


def down_tools(draft: Draft) -> None:
    """ "Will down tools": between "will" and a noun "down" is the verb."""
    words = draft.sentence.words
    for word in range(1, len(words) - 1):
        thing = word + 1
        if words[word].lower() != "down" or draft.tags[word] not in ("ADV", "ADP"):
            continue
        if draft.tags[word - 1] not in ("AUX", "PART") or draft.tags[thing] not in NAMES:
            continue
        if draft.heads[word] == draft.heads[word - 1] == thing:
            _turn(draft, word, thing)
        elif draft.heads[word - 1] == draft.heads[thing] == word:
            draft.labels[thing] = "obj"
            _verb(draft, word)


def _turn(draft: Draft, verb: int, thing: int) -> None:
    """The noun's place in the tree, and what hangs on it but its own words, is the verb's."""
    head, label = draft.heads[thing], draft.labels[thing]
    draft.below[thing].remove(verb)
    if head >= 0:
        draft.below[head] = sorted([*(w for w in draft.below[head] if w != thing), verb])
    draft.heads[verb], draft.labels[verb] = head, label
    draft.heads[thing], draft.labels[thing] = verb, "obj"
    draft.below[verb] = sorted([*draft.below[verb], thing])
    for word in draft.children(thing):
        if draft.labels[word] not in ("amod", "det", "nummod", "compound", "nmod:poss"):
            draft.hang(word, verb)
    _verb(draft, verb)


def _verb(draft: Draft, word: int) -> None:
    draft.tags[word], draft.lemmas[word] = "VERB", draft.sentence.words[word].lower()
    if draft.feats:
        draft.feats[word] = "VerbForm=Inf"
