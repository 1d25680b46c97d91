"""Whose are "the police", "the president", "three villagers"? Countries that no phrase tells.

Runs after every phrase was read, so that later sentences help: a person who holds the title in one
of the story's countries, kin, the place of the act, the others in the sentence, the story at large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from legation.questions.who import tree
from legation.questions.who.members import Member
from legation.questions.who.ranks import commission, signed_on
from legation.questions.who.setting import FADE, REACH
from legation.questions.who.short import SUBJECTS
from legation.story import Sentence
from legation.words import listed

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast

HEADING = frozenset(["chair", "head", "lead", "run", "command", "represent", "govern", "direct"])
ENVOYS = frozenset(["ambassador", "envoy", "diplomat", "consul", "attache", "d'affaires"])
OF = frozenset(["of", "in", "at", "near"])
INTERNAL = frozenset(["REB", "OPP", "PTY", "LAB", "PRM", "UAF"])
AT = frozenset(["in", "at", "near", "outside", "inside", "into", "around", "across", "through"])
JUSTICE = frozenset(["COP", "JUD"])
STATE_FORCES = frozenset(["COP", "MIL", "GOV", "JUD"])
ARMED = frozenset(["REB", "UAF", "PRM", "CRM"])
ON = frozenset(["on", "against", "at"])
SUFFERING = ("obj", "iobj", "nsubj:pass")
NATIONAL = frozenset(["GOV", "LEG", "PTY", "OPP", "MIL", "JUD", "SPY"])
GROUNDED = ("role", "organ", "person", "body", "place", "people")


def ground(cast: Cast) -> None:
    """Give every member without a country the one that its surroundings suggest."""
    commission(cast)
    signed_on(cast)
    for member in sorted(cast.entries, key=lambda m: m.mentions[0]):
        _led(cast, member)
    for member in sorted(cast.entries, key=lambda m: m.mentions[0]):
        if member.country is None and _needs(cast, member):
            member.country, member.guessed = _country(cast, member) or _company(cast), True
    for member in cast.entries:
        if member.sector == "GOV" and member.kind != "state" and _union(cast, member.country):
            member.sector = "IGO"  # a vice-president of the European Union


def _union(cast: Cast, code: str | None) -> bool:
    """Is it the code of a body of several states?"""
    if not code or code in cast.setting.states:
        return False
    return any(e.kind == "organisation" and e.sector == "IGO" for e in cast.world.find(code))


def _company(cast: Cast) -> str | None:
    """The one country that the people and bodies of a story without states are of."""
    if cast.setting.weights:
        return None
    found = {m.country for m in cast.entries if m.country and not m.guessed}
    found &= cast.setting.states
    return found.pop() if len(found) == 1 else None


def _led(cast: Cast, member: Member) -> None:
    """A person takes after the body of "who chairs the committee", "who leads the rebels"."""
    if member.kind != "person" or (member.country and member.sector != "UNK"):
        return
    for s, w in member.mentions:
        sentence = cast.story.sentences[s]
        for child in tree.children(sentence, w):
            if not tree.label(sentence, child).startswith("acl:relcl"):
                continue
            if sentence.lemmas[child].lower() not in HEADING:
                continue
            for thing in tree.children(sentence, child):
                owner = cast.member(s, thing) if tree.base(sentence, thing) == "obj" else None
                if owner and owner is not member:
                    member.country = member.country or owner.country
                    member.kin = member.kin or owner
                    member.sector = owner.sector if member.sector == "UNK" else member.sector


def _needs(cast: Cast, member: Member) -> bool:
    if member.kind == "place" and cast.lexicon.is_wide(member.phrase):
        return False
    if member.abroad:
        return False
    known = member.entity and not member.entity.startswith("story:")
    rootless = member.phrase in cast.lexicon.like.get("rootless", ()) and not member.name
    rootless = rootless and (member.kin is None or member.kin.kind == "person")
    return member.kind in GROUNDED and not known and not rootless


def _country(cast: Cast, member: Member) -> str | None:
    kin = member.kin
    if kin is not None and kin is not member:
        if kin.country is None and kin.kin is None and _needs(cast, kin):
            kin.country, kin.guessed = _country(cast, kin), True
        if kin.country:
            return kin.country
    if code := _office(cast, member):
        return code
    s, w = member.mentions[0]
    if code := _listed(cast, s, w) or _own(cast, s, w) or _beside(cast, member, s, w):
        return code
    if member.kind == "body" and not member.phrase:
        return cast.setting.dominant(s)
    sentence = cast.story.sentences[s]
    definite = sentence.words[tree.core(sentence, w)[0]].lower() in ("the", "this", "that")
    if not (definite and member.sector in NATIONAL and member.kind != "person"):
        if code := _place(cast, s, w):
            return code
    others = [
        cast.of[s, k]
        for k in sorted(cast.at.get(s, ()))
        if tree.label(sentence, k) in SUBJECTS and k != w
    ]
    if code := _blamed(cast, s, w):
        return code
    if code := _addressee(cast, member, s, w):
        return code
    lands = [
        m.country
        for m in others
        if m is not member and m.country in cast.setting.weights and m.sector != "IGO"
    ]
    if member.phrase.rpartition(" ")[2] in ENVOYS and lands and w > 0:
        if tree.base(sentence, w) in ("obj", "nsubj"):
            return cast.setting.dominant(s, lands)  # an envoy summoned or expelled is another's
    if code := _reported(cast, member, s, w) or _against(cast, member, s, w):
        return code
    home = [m.country for m in others if m.sector in ("COP", "JUD", "OPP", "PTY") and m.country]
    bare = member.kind == "organ" and not member.plural and not lands
    facing = _faced(cast, s, w) if member.kind in ("person", "role") or bare else set()
    lands = [code for code in lands if code not in facing]
    if facing and not lands:
        code = cast.setting.dominant(s, facing)
        return code or cast.setting.dominant(s)
    if member.sector in ("MIL", "COP") and member.plural and not cast.setting.named[s]:
        return cast.setting.dominant(-1)  # bare "soldiers" where no state is named nearby
    if member.sector in ("CVL", "CRM", "REF", "LAB", "AGR", "EDU", "MED", "REL", "BUS"):
        return home[-1] if home else cast.setting.dominant(s)
    doer = _doer(cast, s, w)
    if doer and doer is not member and doer.country in lands:
        return doer.country
    if lands:
        return lands[-1]
    if code := _place(cast, s, w, same_verb=True):
        return code
    return _salient(cast, s, w) if member.kind == "organ" else cast.setting.dominant(s)


def _listed(cast: Cast, s: int, w: int) -> str | None:
    """Where all of a list are from: "guerrillas and officials from Ivory Coast"."""
    sentence = cast.story.sentences[s]
    first = sentence.heads[w] if tree.base(sentence, w) == "conj" else w
    row = tree.conjuncts(sentence, first)
    for one in row if len(row) > 1 else ():
        for child in tree.children(sentence, one):
            if child > max(row) and tree.preposition(sentence, child) == "from":
                origin = cast.of.get((s, child))
                if origin and origin.kind in ("state", "place") and origin.country:
                    return origin.country
    return None


def _own(cast: Cast, s: int, w: int) -> str | None:
    """The country of the subject whose own the object is: "sent an envoy", "lost two soldiers"."""
    sentence = cast.story.sentences[s]
    verb = tree.governor(sentence, w)
    if verb < 0 or tree.base(sentence, w) != "obj":
        return None
    if sentence.lemmas[verb].lower() not in cast.lexicon.like.get("own", ()):
        return None
    doers, _ = _sides(cast, s, verb)
    return _known(doers, (*GROUNDED, "state"))


def _against(cast: Cast, member: Member, s: int, w: int) -> str | None:
    """Who fights rebels or tries a citizen is of their state, and the other way round.

    "Rebels attacked a police post", "a court sentenced the Kenyan editor": without any other hint
    violence and justice stay at home.
    """
    sentence = cast.story.sentences[s]
    verb = tree.governor(sentence, w)
    if verb < 0 or sentence.tags[verb] != "VERB":
        return None
    doers, others = _sides(cast, s, verb)
    top = w
    while sentence.heads[top] != verb and sentence.heads[top] >= 0:
        top = sentence.heads[top]
    suffering = tree.label(sentence, top) in SUFFERING or tree.preposition(sentence, top) in ON
    if member.sector in JUSTICE and any(one is member for one in doers):
        return _known(others, ("person", "people", "role", "body"))
    if suffering and member.sector in STATE_FORCES:
        return _known([m for m in doers if m.sector in ARMED], GROUNDED)
    return None


def _reported(cast: Cast, member: Member, s: int, w: int) -> str | None:
    """Soldiers and police who suffer in what a state's organ or force tells are its own.

    "Angola's defence ministry said the smugglers had fired on a patrol, wounding two conscripts."
    """
    sentence = cast.story.sentences[s]
    direct = tree.label(sentence, w) in SUFFERING or tree.preposition(sentence, w) in ON
    if not direct or member.sector not in ("MIL", "COP"):
        return None
    here = tree.governor(sentence, w)
    while here >= 0 and tree.base(sentence, here) != "ccomp":
        here = sentence.heads[here]
    if here < 0 or sentence.lemmas[sentence.heads[here]].lower() not in listed("voicing"):
        return None
    tellers = _sides(cast, s, sentence.heads[here])[0]
    return _known([m for m in tellers if m.sector in STATE_FORCES], ("organ", "role", "body"))


def _known(members: list[Member], kinds: tuple[str, ...]) -> str | None:
    """The first country that is told of one of the members, or found for a name."""
    fit = [m for m in members if m.kind in kinds and (m.name or not m.guessed)]
    return next((m.country for m in fit if m.country), None)


def _sides(cast: Cast, s: int, verb: int) -> tuple[list[Member], list[Member]]:
    """The members that do what a verb says, and those that it is done to."""
    sentence = cast.story.sentences[s]
    passive = any(
        tree.label(sentence, c) in ("nsubj:pass", "aux:pass") for c in tree.children(sentence, verb)
    )
    doers: list[Member] = []
    others: list[Member] = []
    for child in tree.children(sentence, verb):
        label = tree.label(sentence, child)
        found = [m for c in tree.conjuncts(sentence, child) if (m := cast.member(s, c))]
        agent = label == "obl:agent" or (passive and tree.preposition(sentence, child) == "by")
        if label == "nsubj" or agent:
            doers += found
        elif label in SUFFERING or tree.preposition(sentence, child) in ON:
            others += found
    return doers, others


def _doer(cast: Cast, s: int, w: int) -> Member | None:
    """The deep subject of the verb that word w depends on: whom somebody urged, or who acts."""
    sentence = cast.story.sentences[s]
    verb = tree.governor(sentence, w)
    for _ in range(3):
        if verb < 0:
            return None
        doers, _ = _sides(cast, s, verb)
        if doers:
            return doers[0]
        upper = sentence.heads[verb]
        if tree.base(sentence, verb) not in ("xcomp", "conj", "advcl") or upper < 0:
            return None
        if tree.base(sentence, verb) == "xcomp" and (urged := _sides(cast, s, upper)[1]):
            return urged[0]
        verb = upper
    return None


def _faced(cast: Cast, s: int, w: int) -> set[str]:
    """The states that the subject w acts on: who visits Myanmar is hardly from there."""
    sentence = cast.story.sentences[s]
    if tree.label(sentence, w) not in SUBJECTS:
        return set()
    verb = tree.governor(sentence, w)
    found: set[str] = set()
    for child in tree.children(sentence, verb) if verb >= 0 else ():
        direct = tree.base(sentence, child) == "obj"
        towards = tree.preposition(sentence, child) in ("to", "with", "against")
        member = cast.of.get((s, child))
        foreign = member and member.phrase.rpartition(" ")[2] in ENVOYS and not member.guessed
        told = member and (member.kind == "state" or foreign)
        if child > w and (direct or towards) and member and told:
            found |= {member.country} if member.country else set()
    return found


def _blamed(cast: Cast, s: int, w: int) -> str | None:
    """Whose banker is "condemned Minsk for jailing the banker": of whoever jails."""
    sentence = cast.story.sentences[s]
    verb = tree.governor(sentence, w)
    if verb < 0 or tree.base(sentence, w) != "obj" or tree.base(sentence, verb) != "advcl":
        return None
    if any(tree.base(sentence, c) == "nsubj" for c in tree.children(sentence, verb)):
        return None
    for child in tree.children(sentence, sentence.heads[verb]):
        member = cast.of.get((s, child))
        if tree.base(sentence, child) == "obj" and member and member.kind == "state":
            return member.country
    return None


def _addressee(cast: Cast, member: Member, s: int, w: int) -> str | None:
    """Whom a foreign state urges, warns or thanks is not at its home: "urged politicians"."""
    sentence = cast.story.sentences[s]
    if tree.base(sentence, w) not in ("obj", "iobj", "obl"):
        return None
    verb = tree.governor(sentence, w)
    if verb < 0 or sentence.lemmas[verb].lower() not in cast.lexicon.like.get("outward", ()):
        return None
    for child in tree.children(sentence, verb):
        if tree.base(sentence, child) == "nsubj":
            speaker = cast.of.get((s, child)) or cast.member(s, child)
            if speaker is None or speaker is member or not speaker.country:
                return None
            foreign = speaker.kind == "state" or speaker.country != cast.setting.dominant(-1)
            if not foreign or speaker.guessed:
                return None
            return cast.setting.dominant(s, [speaker.country])
    return None


def _office(cast: Cast, member: Member) -> str | None:
    """The country of the story in which this named person holds the title on the day."""
    if not member.name or not member.phrase:
        return None
    for code in cast.setting.ranked(member.mentions[0][0]):
        holder = cast.names.holder(member.phrase, code)
        if holder and set(holder.name.split()) & set(member.name.split()):
            member.name, member.entity = holder.name, holder.entity
            return code
    return None


def _place(cast: Cast, s: int, w: int, same_verb: bool = False) -> str | None:
    """The country of a place that the sentence of word w names as where it happened."""
    sentence = cast.story.sentences[s]
    own = _verbs(sentence, w)
    moved = tree.label(sentence, w) not in SUBJECTS  # who goes to a place is seldom from there
    found: list[tuple[int, str]] = []
    for k in range(len(sentence)):
        if k == w or tree.base(sentence, k) not in ("obl", "nmod"):
            continue
        entered = tree.preposition(sentence, k)
        if entered not in AT and not (entered == "to" and moved):
            continue
        member = cast.of.get((s, k)) or _within(cast, s, k)
        if member and member.kind in ("state", "place") and member.country and not member.guessed:
            near = bool(set(_verbs(sentence, k)) & set(own))
            if near or not same_verb:
                found.append((0 if near else 1, member.country))
    return min(found)[1] if found else None


def _within(cast: Cast, s: int, k: int) -> Member | None:
    """The place inside a phrase: "in the streets of Bucha"."""
    sentence = cast.story.sentences[s]
    for child in tree.children(sentence, k):
        if tree.base(sentence, child) == "nmod" and tree.preposition(sentence, child) in OF:
            return cast.of.get((s, child))
    return None


def _beside(cast: Cast, member: Member, s: int, w: int) -> str | None:
    """Rebels, parties and unions named together with a state's own are of that state."""
    sentence = cast.story.sentences[s]
    if member.sector not in INTERNAL or member.kind == "state":
        return None
    first = sentence.heads[w] if tree.base(sentence, w) == "conj" else w
    for one in tree.conjuncts(sentence, first):
        other = cast.of.get((s, one))
        if other and other is not member and other.country in cast.setting.weights:
            if other.sector in ("GOV", "MIL") or other.sector in INTERNAL:
                return other.country
    return None


def _verbs(sentence: Sentence, w: int) -> list[int]:
    """The nearest verbs above a word."""
    found: list[int] = []
    here = sentence.heads[w]
    while here >= 0 and len(found) < 1:
        if sentence.tags[here] in ("VERB", "AUX"):
            found.append(here)
        here = sentence.heads[here]
    return found


def _salient(cast: Cast, s: int, w: int) -> str | None:
    """The state most present before an institution: "Ecuador accused …", the presidency said."""
    scores = cast.setting.scores(s)
    for (at, word), member in cast.near(s, w, REACH):
        if member.country not in scores or member.guessed:
            continue
        label = tree.label(cast.story.sentences[at], word)
        weight = 1.0 if label in SUBJECTS else 0.6
        scores[member.country] += 0.5 * weight * FADE ** (s - at)
    return max(scores, key=lambda code: scores[code]) if scores else None
