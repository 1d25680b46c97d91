"""Who takes part in an act: the arguments of its verb, noun or adjective, and those left unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from legation.questions.match import Match
from legation.questions.tree import Tree
from legation.questions.what.acts import HARM, Scene, official, same_in, struck, unique
from legation.questions.who import political
from legation.story import Party
from legation.words import listed

SPEECH = frozenset(["ACCUSE", "SUPPORT", "REQUEST", "THREATEN", "AGREE", "CONCEDE", "REJECT"])
TALKING = frozenset(["AGREE", "CONSULT", "COOPERATE", "SUPPORT"])
"""Types whose place is no party: "agreed on a truce in Moscow"."""
BETWEEN = frozenset(["between", "among"])
TOWARDS = frozenset(["against", "on", "with", "to", "towards", "toward"])
AROUND = frozenset(["in", "at", "on", "near", "outside", "inside", "into"])
VICTIMS = frozenset(
    "child school family church mosque synagogue hotel hostage civilian woman girl market".split()
)  # "a school shooting", "child murders": they suffer it
BESIDE = frozenset(["after", "during", "for", "in", "at", "before", "following", "amid", "by"])
CAUSED = frozenset(["in", "during", "after", "by", "from", "amid"])
ERRANDS = frozenset(["for", "on", "in", "at"])
CITIZENS = frozenset(["CVL", "LAB", "MED", "EDU", "AGR", "BUS", "REL", "OPP"])
Parties = tuple[Party, ...]


def arguments(scene: Scene, match: Match) -> tuple[Parties, Parties, int | None]:
    """Actors and recipients of a match, and the support verb of an event noun."""
    if match.pos == "noun":
        return of_noun(scene, match)
    if match.pos == "adjective":
        actors = scene.parties(scene.tree.surface(match.word))
        recipients = scene.parties(match.slot, owned=match.frame.type == "CONSULT")
        suffers = match.frame.agent or any("under" in s.choices for s in match.pattern.steps)
        if match.frame.actor != "subject" or suffers:
            actors, recipients = recipients, actors
        return actors, recipients, None
    return (*of_verb(scene, match), None)


def of_verb(scene: Scene, match: Match) -> tuple[Parties, Parties]:
    """Actors and recipients of a verb, by the slots that its frame names."""
    tree, frame, verb = scene.tree, match.frame, match.word
    subjects = tree.subjects(verb)
    doer = bearers(scene, match) if match.bearer else doers(scene, subjects)
    slot = scene.parties(match.slot, owned=True, placed=frame.type not in TALKING)
    by_frame: dict[str, Parties] = {"subject": doer, "slot": slot, "none": (), "by": doer}
    if frame.actor == "speaker":
        by_frame["speaker"] = speakers(scene, verb)
        by_frame["subject"] = scene.parties(tree.surface(verb))
    actors, recipients = (
        by_frame[named] if named in by_frame else _after(scene, match, named)
        for named in (frame.actor, frame.recipient)
    )
    if not recipients and frame.operator and frame.type == "ACCUSE":  # "blamed the attack on X"
        recipients = scene.parties(n for p, n in tree.obliques(verb) if p in ("on", "to"))
    if frame.symmetric and not actors and not recipients:
        recipients = scene.parties(n for p, n in tree.obliques(verb) if p in BETWEEN)
    if not recipients and frame.type == "ASSAULT":
        places = [n for p, n in tree.obliques(verb) if p in AROUND]
        beside = [p for noun in match.bearer for p in scene.cast.modifier(scene.s, noun)]
        recipients = tuple(filter(struck, beside)) or scene.parties(places, owned=True)
    if not actors and frame.type == "ASSAULT":
        actors = tuple(p for p in strikers(scene, match) if not same_in(p, recipients))
    if frame.type == "ACCUSE" and tree.lemmas[verb] in listed("complaining"):
        recipients = _complained_of(scene, verb, actors, recipients)
    if not actors and frame.type == "MOBILIZE":  # "troops were put on alert"
        actors = scene.parties(tree.objects(verb), owned=True)
    if not actors and frame.mode == "withdraw" and frame.type == "RETREAT":
        actors = scene.parties(_forces(scene, verb), owned=True)  # "the marines will be pulled out"
    if not actors and frame.type == "AID":
        actors = givers(scene, verb)
    if not recipients and frame.mode == "visit" and tree.passive(verb) and guests(scene, match):
        recipients = scene.parties(n for p, n in tree.obliques(verb) if p in ("at", "in"))
    if not recipients and frame.recipient == "slot":
        for thing in match.fixed:
            # "exchanged prisoners", "began joint patrols": what they share is none of the sides
            named = () if frame.symmetric else scene.parties([thing])
            recipients += named or scene.around(thing, skip=actors)
            recipients += scene.parties(tree.objects(thing) if tree.tags[thing] == "VERB" else ())
    return actors, recipients


def givers(scene: Scene, verb: int) -> Parties:
    """Whose help it is that is sent, nobody saying by whom: "a Jordanian field hospital"."""
    tree, aid = scene.tree, scene.words.classes["aid"] | scene.words.classes["helper"]
    found: list[Party] = []
    for thing in tree.objects(verb) if tree.passive(verb) else ():
        inner = tree.counted(thing)
        noun = thing if inner is None else inner
        if not aid.isdisjoint(tree.terms(noun)):
            found += scene.cast.modifier(scene.s, noun)
    return unique(found)


def guests(scene: Scene, match: Match) -> Parties:
    """Those whom a host receives by themselves, and no thing of theirs: "their offer"."""
    return tuple(p for p in scene.parties(match.slot) if political(p))


def _forces(scene: Scene, verb: int) -> list[int]:
    """The troops and arms among the objects of a verb."""
    classes = scene.words.classes
    known = classes["troops"] | classes["weapons"] | classes["vessel"] | classes["plane"]
    return [w for w in scene.tree.objects(verb) if not known.isdisjoint(scene.tree.terms(w))]


def speakers(scene: Scene, verb: int) -> Parties:
    """Who tells the clause of the verb: "X has until Friday to leave, Y said"; () for nobody."""
    tree = scene.tree
    first = tree.first_of(verb)
    if tree.base[first] == "ccomp" and tree.heads[first] >= 0:
        return scene.parties(tree.subjects(tree.heads[first]))
    asides = [c for c in tree.under(first, "parataxis") if any(tree.under(c, "nsubj"))]
    return scene.parties(w for c in asides for w in tree.subjects(c))


def _complained_of(scene: Scene, verb: int, actors: Parties, told: Parties) -> Parties:
    """Whom a complaint is about, not whom it is made to: "complained to NATO that Greek jets …".

    A body of states that hears it is not blamed; a government that does is, if nobody else is.
    """
    tree, ours = scene.tree, {p.country for p in actors}
    things = [n for p, n in tree.obliques(verb) if p in ("about", "of", "over", "against")]
    things += [n for clause in tree.under(verb, "ccomp") for n in tree.surface(clause)]
    blamed = tuple(p for p in scene.parties(things, owned=True) if p.country not in ours)
    return blamed or tuple(p for p in told if p.sector != "IGO")


def strikers(scene: Scene, match: Match) -> Parties:
    """Whose attack it is in which people died: "killed in a Saudi air raid", "in strikes by X"."""
    tree, nouns = scene.tree, scene.words.patterns["noun"]
    found: list[Party] = []
    caused = [n for p, n in tree.obliques(match.word) if p in CAUSED]
    for noun in dict.fromkeys((*match.fixed, *caused)):
        rows = nouns.get(tree.lemmas[noun], ())
        if not any(scene.words.frame(row).type == "ASSAULT" for row in rows):
            continue
        found += [p for o in tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
        found += scene.cast.modifier(scene.s, noun)
        found += scene.parties(n for p, n in tree.obliques(noun) if p in ("by", "from"))
    return unique(p for p in found if p.sector != "CVL")


def doers(scene: Scene, subjects: Sequence[int]) -> Parties:
    """The parties that subjects denote, or own when the thing acts for them ("Iran's navy")."""
    carriers = scene.words.table("never").get("carriers", ())
    return unique(
        party
        for noun in subjects
        for party in scene.parties([noun], owned=scene.tree.lemmas[noun] in carriers)
    )


def _after(scene: Scene, match: Match, prepositions: str) -> Parties:
    """The parties after one of the prepositions ("from|of"), on the verb or on its objects."""
    wanted = prepositions.split("|")
    nouns: list[int] = []
    taken: list[int] = []  # "took the town of Uvira from the army": from whom, not of what
    objects = scene.tree.objects(match.word)
    for word in [match.word, *match.fixed, *match.slot, *match.bearer, *objects]:
        nouns += [n for p, n in scene.tree.obliques(word) if p in wanted]
        taken += [n for p, n in scene.tree.obliques(word) if p == "from" in wanted]
    placed = match.frame.type not in TALKING
    found = scene.parties(taken, owned=True, placed=placed)
    found = found or scene.parties(nouns, owned=True, placed=placed)
    if not found and match.frame.type == "COERCE":  # "broke into its embassy"
        found = unique(p for thing in match.fixed for p in scene.cast.modifier(scene.s, thing))
    if not found and "slot" in wanted:
        found = scene.parties(match.slot, owned=True, placed=placed)
    if not found and "object" in wanted:
        found = scene.parties([*match.slot, *match.fixed], owned=True)
    return found


def of_noun(scene: Scene, match: Match) -> tuple[Parties, Parties, int | None]:
    """Actors and recipients of an event noun, also through its support verb."""
    tree, frame, noun = scene.tree, match.frame, match.word
    actors: list[Party] = []
    entered = {n: p for p, n in tree.obliques(noun)}
    suffer = [n for n in match.slot if entered.get(n) != "by"]
    suffer = [n for n in suffer if entered.get(n) != "from" or frame.type not in SPEECH]
    recipients = list(scene.parties(suffer, owned=True))
    owners = [p for o in tree.possessors(noun) for p in scene.cast.parties(scene.s, o)]
    beside = [p for p in scene.cast.modifier(scene.s, noun) if not same_in(p, owners)]
    if frame.type == "ASSAULT" and tree.modifiers(noun) & VICTIMS:
        recipients += [p for p in beside if p.sector in ("CVL", "EDU", "REL", "BUS", "UNK")]
        beside = [p for p in beside if p not in recipients]
    befallen = [p for p in beside if struck(p)]
    recipients += [p for p in befallen if not recipients]  # "the Nairobi bombing"
    owners += [p for p in beside if p not in befallen]
    for preposition, other in tree.obliques(noun):
        if other in suffer and preposition != "of":
            continue
        parties = list(scene.parties([other]))
        if (
            preposition in BETWEEN
            or preposition == "by"
            or (preposition == "from" and frame.type in SPEECH)
        ):
            actors += parties
        elif preposition == "of":
            recipients = [r for r in recipients if r not in parties]
            (actors if frame.of == "actor" else recipients).extend(parties)
        elif preposition in ("against", "on", "with", "to") and not recipients:
            recipients += parties
    (actors if frame.possessive == "actor" else recipients).extend(owners)
    if not actors:
        inner = [n for s in match.slot for p, n in tree.obliques(s) if p == "by"]
        surface = tree.surface(noun) if any(tree.under(noun, "cop")) else []
        actors += scene.parties([*inner, *surface])  # "massacre of X by Y"; "Y is on a visit"
    first = _whole(scene, tree.first_of(noun))
    if not actors:
        actors += scene.parties(_carriers(tree, first) or _planners(scene, first))
    anchor = None
    if frame.symmetric and not actors and not recipients:
        actors = _shared(scene, noun, first)
    elif frame.type == "CONSULT" and len([*actors, *recipients]) == 1:
        actors += [p for p in _attending(scene, first) if not same_in(p, [*actors, *recipients])]
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


def _whole(scene: Scene, noun: int) -> int:
    """The "round" of "a round of mediation", which stands for it in the clause."""
    tree, head = scene.tree, scene.tree.heads[noun]
    portions = scene.words.table("whether").get("words", {}).get("portions", ())
    if head < 0 or tree.base[noun] != "nmod" or tree.preposition(noun) != "of":
        return noun
    return tree.first_of(head) if tree.lemmas[head] in portions else noun


def _carriers(tree: Tree, noun: int) -> list[int]:
    """Who is somewhere "for talks", "on a visit": the noun or subject that the phrase is about."""
    here = noun
    for _ in range(3):
        entered, head = tree.preposition(here), tree.heads[here]
        if head < 0 or tree.base[here] not in ("obl", "nmod") or entered not in ERRANDS:
            return []
        if tree.tags[head] == "VERB":
            return tree.surface(head) if entered in ("for", "on") or here != noun else []
        if tree.tags[head] == "PROPN" or (here != noun and tree.base[head] == "nsubj"):
            return [head]
        here = head
    return []


def _planners(scene: Scene, noun: int) -> list[int]:
    """Whose plan it is: "set a date for the exchange of prisoners", "votes on an embargo"."""
    tree, head = scene.tree, scene.tree.heads[noun]
    deciding = scene.words.table("whether").get("words", {}).get("deciding", ())
    if head >= 0 and tree.preposition(noun) == "on" and tree.lemmas[head] in deciding:
        return tree.surface(head) if tree.tags[head] == "VERB" else []
    if head < 0 or tree.base[noun] != "nmod" or tree.preposition(noun) not in ("for", "of"):
        return []
    row = scene.words.operators.nouns.get(tree.lemmas[head])
    return tree.owners(head) if row is not None and row.name == "plan" else []


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


def _attending(scene: Scene, noun: int) -> Parties:
    """Who takes part in talks that stand beside a clause: "agreed on X after talks with Y"."""
    tree, here = scene.tree, noun
    if tree.preposition(here) == "of" and tree.base[here] == "nmod":
        here = tree.heads[here]  # "two days of talks"
    head = tree.heads[here]
    if head < 0 or tree.tags[head] != "VERB":
        return ()
    beside = tree.base[here] == "obl" and tree.preposition(here) in BESIDE
    if beside or (here != noun and tree.base[here] == "obj"):
        return scene.parties(tree.surface(head))
    return ()


def bearers(scene: Scene, match: Match) -> Parties:
    """Who is behind a subject that only carries the act: "an Israeli missile hit"."""
    found: list[Party] = []
    for noun in match.bearer:
        beside = scene.cast.modifier(scene.s, noun)
        found += scene.parties([noun]) or [p for p in beside if not struck(p)]
        for preposition, other in scene.tree.obliques(noun):
            if preposition in ("by", "from", "of"):
                found += scene.parties([other])
    return unique(found)


def unknown(scene: Scene, match: Match) -> Party:
    """The actor of an act that names none (codebook: Actors, acts that only a state does)."""
    sector = match.frame.agent
    if match.frame.id == "accuse.charge":
        charged = scene.parties(match.slot)
        return Party("", None, charged[0].country if charged else None, sector)
    if sector:
        country = _where(scene, match.word) or scene.cast.dominant(scene.s)
        return Party("", None, country, sector)
    return Party("", None, None, "UNK")


def anybody(scene: Scene, match: Match) -> Parties:
    """Those who suffer, named by no more than "anyone", "thirty": people of the land spoken of.

    "Belarus denied that anyone had been beaten"; whoever denies or says it speaks of his own land.
    Of what only a state does it is the land where it is done, or the story's: "30 were arrested".
    """
    tree, verb, organ = scene.tree, match.word, bool(match.frame.agent)
    if match.pos != "verb" or not (organ or match.frame.type in HARM):
        return ()
    suffering = [
        w
        for w in tree.objects(verb)
        if tree.low[w] in listed("anybody") or (organ and _so_many(tree, w))
    ]
    voice = tree.heads[verb] if tree.base[verb] == "ccomp" else -1
    voices = scene.parties(tree.surface(voice)) if voice >= 0 else ()
    country = next((p.country for p in voices if p.country), None)
    if organ:
        country = _where(scene, verb) or country or scene.cast.dominant(scene.s)
    if not suffering or country is None:
        return ()
    start, end = tree.span(suffering[0])
    text = scene.cast.story.text[start:end]
    return (Party(text, None, country, "CVL", start=start, end=end),)


def host(scene: Scene, match: Match, actors: Sequence[Party]) -> Parties:
    """Where a visitor arrives who is told to arrive nowhere: in the other state of the story."""
    moving = match.pos == "verb" and match.frame.id == "consult.visit.go" and not match.slot
    if not moving or not official(actors) or not all(p.name or p.role for p in actors):
        return ()
    code = scene.cast.dominant(scene.s)
    known = code in scene.cast.setting.states and all(p.country != code for p in actors)
    return (Party("", None, code, "GOV", entity=f"country:{code}"),) if known else ()


def _so_many(tree: Tree, word: int) -> bool:
    """Is it a bare number of people: "thirty were arrested", "at least 12", "dozens"?"""
    many = tree.tags[word] == "NUM" or tree.lemmas[word] in listed("number")
    apart = any(p == "of" for p, _ in tree.obliques(word)) or any(tree.under(word, "nummod"))
    return many and not apart


def authority(scene: Scene, match: Match, anchor: int) -> Parties:
    """Whose organ does what befalls a place: "a curfew will come into force in Nairobi"."""
    country = _where(scene, match.word) or _where(scene, anchor)
    return (Party("", None, country, match.frame.agent or "MIL"),) if country else ()


def crowd(scene: Scene, match: Match) -> Parties:
    """Who protests where nobody is named: people of the land of the place ("a rally in La Paz").

    Not where the subject is no party: "oil staged a rally in London".
    """
    tree, word = scene.tree, match.word
    if tree.base[word] == "obj" or (match.pos == "verb" and not tree.passive(word)):
        return ()
    done = [tree.heads[word]] if tree.base[word] == "nsubj" else []  # "a rally is planned"
    if match.pos == "noun" and not all(tree.passive(verb) for verb in done):
        return ()  # "riots erupted" has a pattern of its own
    country = next(filter(None, (_where(scene, at) for at in (word, *done))), None)
    return (Party("", None, country, "CVL"),) if country else ()


def implied(scene: Scene, kind: str, actors: Sequence[Party]) -> Parties:
    """Recipients that go without saying.

    A protest is against the government at home, and so is what citizens threaten; who accuses,
    threatens or demands without naming anybody speaks to the other country of the story.
    """
    codes = {p.country for p in actors if p.country}
    citizens = kind == "THREATEN" and all(p.sector in CITIZENS for p in actors)
    if (kind == "PROTEST" or citizens) and len(codes) == 1:
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
