"""Clauses hung where they belong: conditions, infinitives, gerunds, conjuncts."""

from __future__ import annotations

from legation.questions.mend.draft import Draft
from legation.words import listed

HEARING = frozenset(["tell", "show", "give", "send", "offer", "grant", "hand"])
"""Verbs whose lone object after them is the one who hears or gets, not what is done."""

# verbs whose -ing clause is their complement and no circumstance
WITH_GERUND = frozenset(
    "admit avoid begin cease consider continue delay deny discontinue enjoy escape finish forgo"
    " keep mind miss postpone practise practice propose quit recommend reconsider regret resist"
    " resume risk shun start stop suggest suspend".split()
)


def gerund_complements(draft: Draft) -> None:
    """ "avoided attacking X": the -ing clause right after such a verb is its complement."""
    for word, kind in enumerate(draft.labels):
        verb = draft.heads[word]
        if kind != "advcl" or verb < 0 or draft.tags[word] != "VERB" or word != verb + 1:
            continue
        own = {draft.labels[child] for child in draft.below[word]}
        ing = draft.sentence.words[word].lower().endswith("ing")
        if ing and draft.lemmas[verb].lower() in WITH_GERUND and not own & {"mark", "nsubj"}:
            draft.labels[word] = "xcomp"


def gerunds_of_adjectives(draft: Draft) -> None:
    """ "Came close to attacking X": "to" with an -ing form tells what it is close to."""
    words = draft.sentence.words
    for word, kind in enumerate(draft.labels):
        verb, near = draft.heads[word], word - 2
        if kind != "advcl" or near < 0 or words[word - 1].lower() != "to":
            continue
        if not words[word].lower().endswith("ing") or draft.heads[near] != verb:
            continue
        if draft.tags[near] in ("ADJ", "ADV") and draft.labels[near] in ("xcomp", "advmod"):
            draft.hang(word, near)
            draft.tags[near], draft.labels[near] = "ADV", "advmod"


def bare_participles(draft: Draft) -> None:
    """ "Left three soldiers wounded": without "who" or a subject it is no relative clause."""
    for word, kind in enumerate(draft.labels):
        if kind != "acl:relcl" or not draft.feats or "VerbForm=Part" not in draft.feats[word]:
            continue
        own = {draft.labels[child].partition(":")[0] for child in draft.below[word]}
        if not own & {"nsubj", "aux", "cop", "mark", "expl", "obj"}:
            draft.labels[word] = "acl"


def subjects_of_adverbs(draft: Draft) -> None:
    """ "X is yet to go": a subject hung on an adverb is that of the verb."""
    for word, kind in enumerate(draft.labels):
        adverb = draft.heads[word]
        if not kind.startswith("nsubj") or adverb < 0 or draft.tags[adverb] != "ADV":
            continue
        verb = draft.heads[adverb]
        if draft.labels[adverb] == "advmod" and verb >= 0 and draft.tags[verb] == "VERB":
            draft.hang(word, verb)


def stray_particles(draft: Draft) -> None:
    """ "kicked off the talks": a particle hangs on the verb before it, not on the noun after."""
    for word, kind in enumerate(draft.labels):
        head = draft.heads[word]
        if kind == "compound:prt" and head > word and draft.tags[head] in ("NOUN", "PROPN"):
            if word and draft.tags[word - 1] == "VERB":
                draft.hang(word, word - 1)


def turned_conditions(draft: Draft) -> None:
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


def early_objects(draft: Draft) -> None:
    """ "accused X of arming Y": what stands before "of" is the first verb's object."""
    for word, kind in enumerate(draft.labels):
        clause = draft.heads[word]
        if clause <= word or draft.labels[clause] not in ("advcl", "xcomp", "ccomp"):
            continue
        verb = draft.heads[clause]
        if verb < 0 or verb > word or draft.tags[word] == "VERB":
            continue
        speaking = draft.lemmas[verb].lower() in listed("judging")
        if kind != "obj" and not (kind.startswith("nsubj") and speaking):
            continue
        marks = [w for w in draft.below[clause] if draft.labels[w] in ("mark", "case")]
        entered = {draft.sentence.words[w].lower() for w in marks if word < w < clause}
        if not entered or (kind != "obj" and not entered & {"of", "for"}):
            continue
        if not any(draft.labels[w] == "obj" for w in draft.below[verb]):
            draft.hang(word, verb)
            draft.labels[word] = "obj"
            if kind != "obj":
                draft.labels[clause] = "advcl"


def lone_indirect_objects(draft: Draft) -> None:
    """ "urged X to go", "accused X of V-ing", "charged X": a lone indirect object is the object."""
    for word, kind in enumerate(draft.labels):
        verb = draft.heads[word]
        if kind != "iobj" or verb < 0:
            continue
        beside = {draft.labels[w] for w in draft.below[verb]}
        told = [w for w in draft.below[verb] if draft.labels[w] == "ccomp"]
        of = [w for w in told if _entered(draft, w, ("of", "for"))]
        if "obj" in beside or (told and not of) or (draft.lemmas[verb].lower() in HEARING):
            continue
        draft.labels[word] = "obj"
        for clause in of:
            draft.labels[clause] = "advcl"


def _entered(draft: Draft, clause: int, words: tuple[str, ...]) -> bool:
    """Does a clause begin with one of the words?"""
    marks = [w for w in draft.below[clause] if draft.labels[w] in ("mark", "case")]
    return any(draft.sentence.words[w].lower() in words for w in marks if w < clause)


def headline_infinitives(draft: Draft) -> None:
    """ "Ghana to host talks": the infinitive of a headline says what its name will do."""
    for word, kind in enumerate(draft.labels):
        noun = draft.heads[word]
        if kind not in ("xcomp", "advcl") or noun < 0 or draft.labels[noun] != "root":
            continue
        to = any(draft.sentence.words[w].lower() == "to" for w in draft.below[word])
        if to and noun < word and draft.tags[noun] in ("PROPN", "NOUN"):
            if not any(draft.labels[w] in ("cop", "nsubj") for w in draft.below[noun]):
                draft.labels[word] = "acl"


def crossing_subjects(draft: Draft) -> None:
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


def finite_conjuncts(draft: Draft) -> None:
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


def found_guilty(draft: Draft) -> None:
    """ "Found a former doctor guilty of …": the adjective after the object is what was found."""
    for word, label in enumerate(draft.labels):
        noun = draft.heads[word]
        if label != "amod" or draft.tags[word] != "ADJ" or not 0 <= noun < word:
            continue
        verb = draft.heads[noun]
        if draft.labels[noun] == "obj" and 0 <= verb < noun:
            if draft.lemmas[verb].lower() in listed("finding"):
                draft.hang(word, verb)
                draft.labels[word] = "xcomp"


def blamed_on(draft: Draft) -> None:
    """ "Blamed the attack on the Shabab": on whom belongs to the verb, not to the attack."""
    for word, label in enumerate(draft.labels):
        noun = draft.heads[word]
        if label != "nmod" or noun < 0 or draft.labels[noun] != "obj":
            continue
        verb = draft.heads[noun]
        if verb < 0 or draft.lemmas[verb].lower() != "blame" or word < noun:
            continue
        entered = [w for w in (noun, verb) for c in draft.children(w) if _on(draft, c)]
        if _on(draft, word) and len(entered) == 1:
            draft.hang(word, verb)
            draft.labels[word] = "obl"


def _on(draft: Draft, word: int) -> bool:
    """Does "on" stand before the noun?"""
    cases = [c for c in draft.children(word) if draft.labels[c] == "case"]
    return any(draft.lemmas[c].lower() == "on" for c in cases)


def gerunds_after_of(draft: Draft) -> None:
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
        if entered not in ("of", "for") or draft.lemmas[verb].lower() not in listed("judging"):
            continue
        _turn(draft, word, noun, verb)


def _turn(draft: Draft, gerund: int, noun: int, verb: int) -> None:
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


def due_somewhere(draft: Draft) -> None:
    """ "Is due in the port": "due" is what is said, no preposition of the place."""
    for word, kind in enumerate(draft.labels):
        place = draft.heads[word]
        if kind not in ("case", "advmod") or draft.sentence.words[word].lower() != "due":
            continue
        own = draft.children(place) if place > word else []
        if not any(draft.labels[c] == "cop" and c < word for c in own):
            continue
        if not any(draft.labels[c] == "case" and word < c < place for c in own):
            continue
        if draft.heads[place] >= 0:
            draft.below[draft.heads[place]].remove(place)
            draft.below[draft.heads[place]] = sorted([*draft.below[draft.heads[place]], word])
        draft.below[place].remove(word)
        draft.heads[word], draft.labels[word] = draft.heads[place], draft.labels[place]
        draft.tags[word] = "ADJ"
        draft.heads[place], draft.labels[place] = word, "obl"
        draft.below[word] = sorted([*draft.below[word], place])
        for child in own:
            day = draft.labels[child] in ("nmod", "obl", "obl:unmarked") and any(
                draft.sentence.words[c].lower() in ("on", "by", "from", "until")
                for c in draft.children(child)
            )
            if child < word or draft.labels[child] == "punct" or (child > place and day):
                draft.hang(child, word)
                draft.labels[child] = "obl" if day else draft.labels[child]


def near_conjuncts(draft: Draft) -> None:
    """ "X cut ties after Y broke in and arrested Z": without a comma the nearer verb goes on."""
    for word, kind in enumerate(draft.labels):
        first, own = draft.heads[word], draft.below[word]
        if kind != "conj" or not 0 <= first < word or not _past(draft, first):
            continue
        before = [c for c in own if c < word and draft.labels[c] != "advmod"]
        if not _past(draft, word, bare=True) or [draft.labels[c] for c in before] != ["cc"]:
            continue
        if draft.tags[before[0] - 1] == "PUNCT":
            continue
        for clause in reversed(draft.below[first]):
            subject = any(draft.labels[c].startswith("nsubj") for c in draft.below[clause])
            if first < clause < word and draft.labels[clause] == "advcl" and subject:
                if _past(draft, clause):
                    draft.hang(word, clause)
                break


def _past(draft: Draft, verb: int, bare: bool = False) -> bool:
    """Is it a verb in the past tense? With `bare` its form may be taken for a participle, if it has
    an object."""
    if draft.tags[verb] != "VERB" or not draft.feats or "Tense=Past" not in draft.feats[verb]:
        return False
    objects = any(draft.labels[c] == "obj" for c in draft.below[verb])
    return "VerbForm=Fin" in draft.feats[verb] or (bare and objects)
