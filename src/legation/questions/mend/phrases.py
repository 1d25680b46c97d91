"""What hangs together: the words of a person's name, a relative clause and its noun."""

from __future__ import annotations

from legation.questions.mend.draft import Draft

ARGUMENTS = frozenset(["nmod", "nmod:poss", "obl", "nsubj", "obj"])
RELATIVE = frozenset(["who", "whom", "whose", "which"])


def names_of_people(draft: Draft) -> None:
    """The words of one person's name are one phrase: "saw Bashar al-Assad", "met Kim Jong-un"."""
    names = draft.sentence.names
    for first, name in enumerate(names):
        if name != "B-PER":
            continue
        last = first
        while last + 1 < len(names) and names[last + 1] == "I-PER":
            last += 1
        span = range(first, last + 1)
        outer = [w for w in span if draft.heads[w] not in span]
        if len(outer) < 2 or any(draft.labels[w] in ("conj", "root") for w in outer[1:]):
            continue
        for word in outer[1:]:
            if draft.over(word, outer[0]) or draft.tags[word] == "VERB":
                continue
            draft.hang(word, outer[0])
            draft.labels[word] = "flat"


def glued_names(draft: Draft) -> None:
    """ "Guinea-Bissau's minister": two names glued by a hyphen that do the same are one name."""
    sentence = draft.sentence
    for mark in range(1, len(sentence) - 1):
        first, second = mark - 1, mark + 1
        glued = sentence.ends[first] + 1 == sentence.starts[second]
        if sentence.words[mark] != "-" or not glued:
            continue
        if draft.tags[first] == draft.tags[second] == "PROPN" and draft.heads[first] >= 0:
            alike = draft.heads[first] == draft.heads[second]
            if alike and draft.labels[first] == draft.labels[second] in ARGUMENTS:
                draft.hang(second, first)
                draft.labels[second] = "flat"


def titles_of_people(draft: Draft) -> None:
    """ "Met rebel leader Obadiah Kut": a verb has one object, and the noun is the name's title."""
    for name, tag in enumerate(draft.sentence.names):
        title = name - 1
        if tag != "B-PER" or title < 0 or draft.tags[title] != "NOUN":
            continue
        if draft.labels[title] == draft.labels[name] == "obj" and draft.heads[title] >= 0:
            if draft.heads[title] == draft.heads[name]:
                draft.hang(title, name)
                draft.labels[title] = "nmod:desc"


def owners(draft: Draft) -> None:
    """ "Shocked by Wednesday's shelling", "since Friday's raid": an owner hangs on its noun."""
    words = draft.sentence.words
    for mark, kind in enumerate(draft.labels):
        owner, noun = draft.heads[mark], mark + 1
        if kind != "case" or draft.tags[mark] != "PART" or owner != mark - 1:
            continue
        if draft.tags[owner] not in ("NOUN", "PROPN") or draft.labels[owner] == "nmod:poss":
            continue
        while noun < len(words) and draft.tags[noun] in ("ADJ", "NUM"):
            noun += 1
        if noun == len(words) or draft.over(owner, noun):
            continue
        gerund = draft.tags[noun] == "VERB" and words[noun].lower().endswith("ing")
        if gerund:
            draft.tags[noun], draft.lemmas[noun] = "NOUN", words[noun].lower()
            draft.labels[noun] = "obl" if draft.labels[noun] == "advcl" else draft.labels[noun]
        if not gerund and draft.tags[noun] not in ("NOUN", "PROPN"):
            continue
        for word in draft.children(owner):  # "by" of "by Wednesday's shelling"
            if draft.labels[word] == "case" and word < owner:
                draft.hang(word, noun)
        draft.hang(owner, noun)
        draft.labels[owner] = "nmod:poss"
        for word in draft.children(noun):
            if gerund and draft.labels[word] == "mark":
                draft.labels[word] = "case"


def far_relatives(draft: Draft) -> None:
    """ "X flew to Doha, whose emir …": a relative clause hangs on the noun just before it."""
    words = draft.sentence.words
    for clause, kind in enumerate(draft.labels):
        noun, own = draft.heads[clause], draft.below[clause]
        if not kind.startswith(("acl:relcl", "advcl")) or noun < 0 or not own:
            continue
        inside = _phrase(draft, clause)
        opening = next((w for w in inside if words[w].lower() in RELATIVE), -1)
        before = opening - 1
        while before >= 0 and draft.tags[before] == "PUNCT":
            before -= 1
        if opening < 0 or before <= noun or draft.tags[before] not in ("NOUN", "PROPN"):
            continue
        if kind.startswith("advcl") and words[opening].lower() != "whose":
            continue
        nearer = before
        while draft.labels[nearer].partition(":")[0] in ("flat", "compound", "nmod", "conj"):
            upper = draft.heads[nearer]
            if upper < 0 or upper == noun or draft.tags[upper] not in ("NOUN", "PROPN"):
                break
            nearer = upper
        crossing = any(draft.tags[w] == "VERB" for w in range(noun, before))
        if crossing and nearer not in inside and nearer != noun:
            draft.hang(clause, nearer)
            draft.labels[clause] = "acl:relcl"


def _phrase(draft: Draft, word: int) -> list[int]:
    """A word and everything below it, in order."""
    found, todo = [], [word]
    while todo:
        here = todo.pop()
        found.append(here)
        todo.extend(draft.below[here])
    return sorted(found)


def prepositional_complements(draft: Draft) -> None:
    """ "Called in Peru's envoy": a complement with a preposition is an oblique, if no object is."""
    for word, kind in enumerate(draft.labels):
        head = draft.heads[word]
        if kind != "xcomp" or draft.tags[word] not in ("NOUN", "PROPN") or head < 0:
            continue
        below = {draft.labels[c] for c in draft.below[word]}
        beside = {draft.labels[c] for c in draft.below[head]}
        if "case" in below and draft.tags[head] == "VERB" and not beside & {"obj", "cop"}:
            draft.labels[word] = "obl"
