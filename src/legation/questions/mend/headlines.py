"""Headlines without a verb, as the parser sees them: "Army shells rebel base".

Headlines leave out articles, and many of their verbs in -s are plural nouns elsewhere. A line of
nouns has a verb in it where one of these words stands between a doer and a thing.
"""

from __future__ import annotations

from legation.questions.mend.draft import Draft

VERBS = frozenset(
    """
    abducts arms arrests attacks axes backs bans bars batters blasts blocks bombs boycotts buries
    captures censures charges claims condemns courts curbs cuts demands deports detains downs
    exiles expels fines fires frees grills guns guards halts hails hits honours hosts jails joins
    kidnaps kills leaves levels levies lifts loots lures mourns moves murders names nets nods
    ousts pardons picks plans pledges praises probes pulls punishes quits quizzes raids rallies
    rams razes rebukes recalls rejects releases rescues returns routs sacks scraps seals seizes
    sends sets shells shoots shuns shuts signs slams slaps slashes snubs spurns stabs stones
    storms strafes strips sues summons swaps tests threatens tortures traps tries urges vetoes
    visits votes vows warns welcomes widens wins woos wounds
    """.split()
)
"""Third persons of what headlines tell that are nouns, or taken for nouns, as well."""
NAMES = ("NOUN", "PROPN", "ADJ", "NUM", "PRON")


def verbless_headlines(draft: Draft) -> None:
    """Where a line has no verb, the first of these words between two noun phrases is it."""
    if any(tag in ("VERB", "AUX", "DET") for tag in draft.tags):
        return
    words = draft.sentence.words
    for word in range(1, len(words) - 1):
        if draft.tags[word] not in ("NOUN", "PROPN") or words[word].lower() not in VERBS:
            continue
        doer, things = word - 1, _things(draft, word)
        if draft.tags[doer] not in ("NOUN", "PROPN") or not things:
            continue
        _put_right(draft, word, doer, things)
        return


def _things(draft: Draft, word: int) -> list[int]:
    """The words of the noun phrase after a verb."""
    last = word
    while last + 1 < len(draft.tags) and draft.tags[last + 1] in NAMES:
        last += 1
    return list(range(word + 1, last + 1))


def _put_right(draft: Draft, verb: int, doer: int, things: list[int]) -> None:
    thing = things[-1]
    root = next(w for w, head in enumerate(draft.heads) if head < 0)
    heads = list(draft.heads)
    inside = {*range(verb + 1), *things}
    for word, head in enumerate(heads):
        if word < doer:
            heads[word] = head if head in range(doer + 1) else doer
        elif word in things[:-1]:
            heads[word] = thing
        elif word not in inside and (head in (verb, doer) or head < 0):
            heads[word] = verb
    heads[verb], heads[doer], heads[thing] = -1, verb, verb
    draft.heads = heads
    draft.below = [[] for _ in heads]
    for word, head in enumerate(heads):
        if head >= 0:
            draft.below[head].append(word)
    for word in [*range(doer), *things[:-1]]:
        if draft.labels[word] in ("root", "nsubj", "obj", "parataxis"):
            draft.labels[word] = "compound"
    if root not in inside:
        draft.labels[root] = "parataxis"
    draft.labels[verb], draft.labels[doer], draft.labels[thing] = "root", "nsubj", "obj"
    draft.tags[verb] = "VERB"
    if draft.tags[thing] == "ADJ":
        draft.tags[thing] = "NOUN"
    if draft.feats:
        draft.feats[verb] = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
