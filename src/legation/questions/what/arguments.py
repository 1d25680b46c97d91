"""Who takes part in an act: the arguments of its verb, noun or adjective, and those left unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from legation.questions.match import Match
from legation.questions.what.acts import Scene, official, same_in, unique
from legation.story import Party

STATE_ACTS = frozenset(["arrest", "convict", "deport", "curfew", "martial-law"])
BETWEEN = frozenset(["between", "among"])
TOWARDS = frozenset(["against", "on", "with", "to", "towards", "toward"])
AROUND = frozenset(["in", "at", "on", "near", "outside", "inside", "into"])
Parties = tuple[Party, ...]


def arguments(scene: Scene, match: Match) -> tuple[Parties, Parties, int | None]:
    """Actors and recipients of a match, and the support verb of an event noun."""
    if match.pos == "noun":
        return of_noun(scene, match)
    if match.pos == "adjective":
        actors = scene.parties(scene.tree.surface(match.word))
        recipients = scene.parties(match.slot)
        if match.frame.actor != "subject":
            actors, recipients = recipients, actors
        return actors, recipients, None
    return (*of_verb(scene, match), None)


def of_verb(scene: Scene, match: Match) -> tuple[Parties, Parties]:
    """Actors and recipients of a verb, by the slots that its frame names."""
    tree, frame, verb = scene.tree, match.frame, match.word
    subjects = tree.subjects(verb)
    doer = bearers(scene, match) if match.bearer else scene.parties(subjects, owned=True)
    slot = scene.parties(match.slot, owned=True)
    by_frame: dict[str, Parties] = {"subject": doer, "slot": slot, "none": (), "by": doer}
    actors = by_frame.get(frame.actor, doer)
    if frame.recipient in by_frame:
        recipients = by_frame[frame.recipient]
    else:
        wanted = frame.recipient.split("|")
        nouns = [n for p, n in tree.obliques(verb) if p in wanted]
        for thing in [*match.fixed, *match.slot, *tree.objects(verb)]:
            nouns += [n for p, n in tree.obliques(thing) if p in wanted]
        recipients = scene.parties(nouns, owned=True)
    if frame.symmetric and not actors and not recipients:
        recipients = scene.parties(n for p, n in tree.obliques(verb) if p in BETWEEN)
    if not recipients and frame.type == "ASSAULT":
        places = [n for p, n in tree.obliques(verb) if p in AROUND]
        recipients = scene.parties(places, owned=True)
    if not recipients and frame.recipient == "slot":
        for thing in match.fixed:
            recipients += scene.around(thing, skip=actors)
            recipients += scene.parties(tree.objects(thing) if tree.tags[thing] == "VERB" else ())
    return actors, recipients


def of_noun(scene: Scene, match: Match) -> tuple[Parties, Parties, int | None]:
    """Actors and recipients of an event noun, also through its support verb."""
    tree, frame, noun = scene.tree, match.frame, match.word
    actors: list[Party] = []
    recipients = list(scene.parties(match.slot, owned=True))
    owners = [p for o in tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
    owners += [p for p in scene.cast.modifier(scene.s, noun) if not same_in(p, owners)]
    for preposition, other in tree.obliques(noun):
        if other in match.slot and preposition != "of":
            continue
        parties = list(scene.parties([other]))
        if preposition in BETWEEN or preposition == "by":
            actors += parties
        elif preposition == "of":
            recipients = [r for r in recipients if r not in parties]
            (actors if frame.of == "actor" else recipients).extend(parties)
        elif preposition in ("against", "on", "with", "to") and not recipients:
            recipients += parties
    (actors if frame.possessive == "actor" else recipients).extend(owners)
    anchor = None
    first = tree.first_of(noun)
    if frame.symmetric and not actors and not recipients:
        actors = _shared(scene, noun, first)
    head, kind = tree.heads[first], tree.base[first]
    if head >= 0 and tree.tags[head] == "VERB":
        lemma = tree.lemmas[head]
        if kind == "obj" or (kind == "nsubj" and tree.passive(head)):
            row = scene.words.operators.verbs.get(lemma)
            if lemma in scene.support.get("do", ()) or (row and row.own):
                anchor = head
                actors = actors or list(scene.parties(tree.subjects(head), owned=True))
            elif lemma in scene.support.get("undergo", ()):
                anchor = head
                recipients = recipients or list(scene.parties(tree.subjects(head)))
        elif kind == "nsubj" and lemma in scene.support.get("occur", ()):
            anchor = head
        elif kind == "obl" and tree.preposition(first) == "at" and frame.operator:
            asked = scene.parties(tree.surface(head) or tree.objects(head), owned=True)
            recipients = recipients or [p for p in asked if not same_in(p, actors)]
        elif kind == "obl" and lemma in ("come", "be") and tree.preposition(first) == "under":
            anchor = head
            recipients = recipients or list(scene.parties(tree.surface(head)))
    if anchor is not None and not recipients and kind == "obj":
        # "is weighing sanctions against X": the parser may hang "against X" on the verb
        others = [n for p, n in tree.obliques(anchor) if p in TOWARDS and n > noun]
        recipients = [p for p in scene.parties(others) if not same_in(p, actors)]
    return tuple(actors), tuple(recipients), anchor


def _shared(scene: Scene, noun: int, first: int) -> list[Party]:
    """Parties of a mutual act that hang on its verb: "no talks were held between X and Y".

    "without agreement" is the failure of the clause's subject: "talks between X and Y ended …".
    """
    tree, head = scene.tree, scene.tree.heads[first]
    if head < 0:
        return []
    if tree.base[first] in ("obj", "nsubj"):
        return list(scene.parties(n for p, n in tree.obliques(head) if p in BETWEEN))
    if tree.base[first] == "obl" and tree.preposition(first) == "without":
        return list(scene.parties(tree.surface(head), owned=True))
    return []


def bearers(scene: Scene, match: Match) -> Parties:
    """Who is behind a subject that only carries the act: "an Israeli missile hit"."""
    found: list[Party] = []
    for noun in match.bearer:
        found += scene.cast.modifier(scene.s, noun)
        for preposition, other in scene.tree.obliques(noun):
            if preposition in ("by", "from", "of"):
                found += scene.parties([other])
    return unique(found)


def unknown(scene: Scene, match: Match) -> Party:
    """The actor of an act that names none (codebook: Actors, acts that only a state does)."""
    mode = match.frame.mode or ""
    if match.frame.id == "accuse.charge":
        charged = scene.parties(match.slot)
        return Party("", None, charged[0].country if charged else None, "JUD")
    if mode in STATE_ACTS:
        sector = {"arrest": "COP", "convict": "JUD"}.get(mode, "GOV")
        country = _where(scene, match.word) or scene.cast.dominant(scene.s)
        return Party("", None, country, sector)
    return Party("", None, None, "UNK")


def implied(scene: Scene, kind: str, actors: Sequence[Party]) -> Parties:
    """Recipients that go without saying.

    A protest is against the government at home; who accuses, threatens or demands without
    naming anybody speaks to the other country of the story.
    """
    codes = {p.country for p in actors if p.country}
    if kind == "PROTEST" and len(codes) == 1:
        return (Party("", None, codes.pop(), "GOV"),)
    if codes and (kind in ("ACCUSE", "THREATEN") or (kind == "REQUEST" and official(actors))):
        about = scene.cast.dominant(scene.s, codes)
        if about:
            return (Party("", None, about, "GOV"),)
    return ()


def _where(scene: Scene, word: int) -> str | None:
    for preposition, noun in scene.tree.obliques(word):
        if preposition in ("in", "at", "near", "outside", "from"):
            party = scene.cast.party(scene.s, noun)
            if party and party.country:
                return party.country
    return None
