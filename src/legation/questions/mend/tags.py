"""Words taken for another part of speech: nouns for verbs, verbs for adjectives."""

from __future__ import annotations

from legation.questions.mend.draft import Draft

PARTICLES = frozenset(["to", "not", "n't", "n’t", "nt", "na", "ta", "'s", "’s", "'", "’", "s", "t"])


def false_particles(draft: Draft) -> None:
    """Particles are few; any other word so tagged is a finite verb or enters a clause ("from")."""
    for word, tag in enumerate(draft.tags):
        low = draft.sentence.words[word].lower()
        if tag != "PART" or low in PARTICLES:
            continue
        if draft.feats and "VerbForm" in draft.feats[word]:
            draft.tags[word] = "VERB"
            if draft.lemmas[word].lower() == low:
                draft.lemmas[word] = _stem(low)
        elif draft.labels[word] in ("mark", "case"):
            draft.tags[word] = "SCONJ" if draft.labels[word] == "mark" else "ADP"


def nouns_taken_for_verbs(draft: Draft) -> None:
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


def gerunds_with_an_article(draft: Draft) -> None:
    """ "Called off a meeting": an -ing form with an article and no clause of its own is a noun."""
    for word, tag in enumerate(draft.tags):
        low = draft.sentence.words[word].lower()
        if tag != "VERB" or not low.endswith("ing"):
            continue
        below = [draft.labels[w] for w in draft.below[word]]
        article = any(draft.labels[w] == "det" and w < word for w in draft.below[word])
        if article and not any(one.startswith(("nsubj", "obj", "aux", "mark")) for one in below):
            draft.tags[word], draft.lemmas[word] = "NOUN", low
            if draft.feats:
                draft.feats[word] = "Number=Sing"


def verbs_taken_for_adjectives(draft: Draft) -> None:
    """ "Police arrest 37 suspects": a word with a subject before and an object after is a verb."""
    for word, tag in enumerate(draft.tags):
        low = draft.sentence.words[word].lower()
        past = tag == "ADV" and low.endswith("ed")  # "denied beating him"
        if not (past or tag in ("ADJ", "NOUN")):
            continue
        if draft.labels[word] not in ("root", "ccomp", "conj"):
            continue
        below = draft.below[word]
        subject = any(draft.labels[w].startswith("nsubj") and w < word for w in below)
        after = ("obj", "xcomp", "ccomp") if past else ("obj",)
        thing = any(draft.labels[w] in after and w > word for w in below)
        if subject and thing and not any(draft.labels[w] in ("cop", "det") for w in below):
            draft.tags[word] = "VERB"
            if past and draft.lemmas[word].lower() == low:
                draft.lemmas[word] = _stem(low)
            if draft.feats:
                tense = "Past" if past else "Pres"
                draft.feats[word] = f"Mood=Ind|Tense={tense}|VerbForm=Fin"


def _stem(low: str) -> str:
    """The verb of a past form in -ed that the dictionary does not know as one."""
    return low[:-3] + "y" if low.endswith("ied") else low.removesuffix("ed")


def left_in_a_state(draft: Draft) -> None:
    """ "Left two men dead", "left one soldier wounded": what is left suffers what comes after."""
    for verb, lemma in enumerate(draft.lemmas):
        if lemma.lower() != "leave" or draft.tags[verb] != "VERB":
            continue
        for noun in draft.children(verb):
            if draft.labels[noun] != "obj":
                continue
            late = [w for w in draft.below[noun] if w > noun and draft.labels[w] == "amod"]
            for word in late:
                draft.hang(word, verb)
                draft.labels[word] = "xcomp"
        for clause in draft.children(verb):
            _small_clause(draft, verb, clause)


def _small_clause(draft: Draft, verb: int, clause: int) -> None:
    """ "Left one man killed", read as "one man killed (somebody)"."""
    if clause < verb or draft.labels[clause] not in ("ccomp", "parataxis"):
        return
    below = draft.below[clause]
    subject = next((w for w in below if draft.labels[w].startswith("nsubj") and w < clause), None)
    bare = not any(draft.labels[w] in ("obj", "aux", "aux:pass", "mark", "cop") for w in below)
    low = draft.sentence.words[clause].lower()
    if subject is None or not bare or not low.endswith(("ed", "en", "ot")):
        return
    if any(draft.sentence.words[w] in (",", ";", ":", "-") for w in range(verb, clause)):
        return
    draft.hang(subject, verb)
    draft.labels[subject], draft.labels[clause] = "obj", "xcomp"
    if draft.feats:
        draft.feats[clause] = "Tense=Past|VerbForm=Part|Voice=Pass"


def nouns_no_adverbs(draft: Draft) -> None:
    """ "Go on strike": a noun after a preposition is an oblique, not an adverb."""
    for word, kind in enumerate(draft.labels):
        if kind == "advmod" and draft.tags[word] in ("NOUN", "PROPN"):
            if any(draft.labels[child] == "case" for child in draft.below[word]):
                draft.labels[word] = "obl"
