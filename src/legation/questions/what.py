"""What was done? Candidate acts at words, their participants, and the algebra of operators.

A word that a pattern of the lexicon matches becomes an `Act` when its participants pass the frame's
needs. An operator (urge, threaten, refuse, agree, accuse …) takes the act in its complement: the
speech act carries it, its mode comes from it, and the inner act gets no record of its own
(codebook: Type, mode, contexts; Status).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legation.questions.match import Match, matches
from legation.questions.tree import Tree
from legation.questions.who import Cast, political
from legation.story import Party
from legation.words import Words

STATE_ACTS = frozenset(["arrest", "convict", "deport", "curfew", "martial-law"])
MATERIAL = frozenset(["ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE"])
HOSTILE = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE"])
OFFICIAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "IGO", "REB", "PTY", "OPP", "SPY"])
YIELDING = frozenset(
    ["stop", "halt", "end", "cease", "lift", "release", "free", "withdraw", "drop"]
)
BETWEEN = frozenset(["between", "among"])
OWNED = frozenset(
    ["by", "of", "from", "between", "among", "against", "in", "on", "towards", "with"]
)
AROUND = frozenset(["in", "at", "on", "near", "outside", "inside", "into"])
SILENT = frozenset(
    [
        "comment",
        "elaborate",
        "say",
        "speak",
        "disclose",
        "name",
        "identify",
        "answer",
        "confirm",
        "discuss",
        "give",
        "specify",
        "talk",
    ]
)


@dataclass(frozen=True, slots=True)
class Act:
    """One candidate event of sentence `s` at word `match.word`; `anchor` is its support verb."""

    s: int
    match: Match
    type: str
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    anchor: int | None = None
    inner: str = ""

    @property
    def word(self) -> int:
        """Number of the trigger word in its sentence."""
        return self.match.word


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pattern that stood at a word but gave no act, and why (for `explain`)."""

    s: int
    word: int
    frame: str
    reason: str


class Finder:
    """Finds the acts of one story; `refusals` collects what was turned down."""

    def __init__(
        self, trees: Sequence[Tree], cast: Cast, words: Words, support: Mapping[str, frozenset[str]]
    ) -> None:
        """Keep the tables; nothing is read yet."""
        self.trees, self.cast, self.words, self.support = trees, cast, words, support
        self.refusals: list[Refusal] = []

    def acts(self, s: int) -> list[Act]:
        """The acts of sentence s, operators composed, inner acts that they carry dropped."""
        tree = self.trees[s]
        found: dict[int, Act] = {}
        for word in range(len(tree)):
            for match in matches(tree, word, self.words):
                act = self._act(s, match)
                if isinstance(act, Act):
                    found[word] = act
                    break
                self.refusals.append(Refusal(s, word, match.frame.id, act))
        self._drop_fixed(found, tree)
        return self._composed(s, found)

    def _drop_fixed(self, found: dict[int, Act], tree: Tree) -> None:
        """Nouns that a verb's pattern used up are not acts of their own."""
        for word in list(found):
            act = found.get(word)
            if act and act.match.pos == "verb":
                for fixed in act.match.fixed:
                    other = found.get(fixed)
                    if other and not act.match.frame.operator:
                        del found[fixed]

    # participants

    def _act(self, s: int, match: Match) -> Act | str:
        tree, frame = self.trees[s], match.frame
        anchor = None
        if match.pos == "noun":
            actors, recipients, anchor = self._of_noun(s, match)
        elif match.pos == "adjective":
            actors = self._parties(s, tree.surface(match.word))
            recipients = self._parties(s, match.slot)
            if frame.actor != "subject":
                actors, recipients = self._parties(s, match.slot), actors
        else:
            actors, recipients = self._of_verb(s, match)
        if frame.symmetric:
            if "recipient" in frame.needs and not any(political(p) for p in recipients):
                if len(actors) < 2:
                    return "needs a political recipient"
            actors, recipients = _unique([*actors, *recipients]), ()
        recipients = tuple(r for r in _unique(recipients) if not _same_in(r, actors))
        actors = _unique(actors)
        reason = self._unfit(s, match, actors, recipients)
        if reason:
            return reason
        if not recipients:
            recipients = self._implied(s, frame.type, actors)
        if not actors:
            actors = (self._unknown(s, match),)
        return Act(s, match, frame.type, frame.mode, actors, recipients, anchor)

    def _of_verb(self, s: int, match: Match) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        tree, frame, verb = self.trees[s], match.frame, match.word
        subjects = tree.subjects(verb)
        doer = self._bearers(s, match) if match.bearer else self._parties(s, subjects, owned=True)
        slot = self._parties(s, match.slot, owned=True)
        by_frame = {"subject": doer, "slot": slot, "none": (), "by": doer}
        actors = by_frame.get(frame.actor, doer)
        if frame.recipient in by_frame:
            recipients = by_frame[frame.recipient]
        else:
            wanted = frame.recipient.split("|")
            nouns = [n for p, n in tree.obliques(verb) if p in wanted]
            for thing in [*match.fixed, *match.slot, *tree.objects(verb)]:
                nouns += [n for p, n in tree.obliques(thing) if p in wanted]
            recipients = self._parties(s, nouns, owned=True)
        if not recipients and frame.type == "ASSAULT":
            places = [n for p, n in tree.obliques(verb) if p in AROUND]
            recipients = self._parties(s, places, owned=True)
        if not recipients and frame.recipient == "slot":
            for thing in match.fixed:
                recipients += self._around(s, thing, skip=actors)
        return actors, recipients

    def _of_noun(
        self, s: int, match: Match
    ) -> tuple[tuple[Party, ...], tuple[Party, ...], int | None]:
        tree, frame, noun = self.trees[s], match.frame, match.word
        actors: list[Party] = []
        recipients = list(self._parties(s, match.slot, owned=True))
        owners = [p for o in tree.possessors(noun) for p in self.cast.parties(s, o)]
        owners += [p for p in self.cast.modifier(s, noun) if not _same_in(p, owners)]
        for preposition, other in tree.obliques(noun):
            if other in match.slot and preposition != "of":
                continue
            parties = list(self._parties(s, [other]))
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
        head, kind = tree.heads[first], tree.base[first]
        if head >= 0 and tree.tags[head] == "VERB":
            lemma = tree.lemmas[head]
            if kind == "obj" or (kind == "nsubj" and tree.passive(head)):
                if lemma in self.support.get("do", ()):
                    anchor = head
                    actors = actors or list(self._parties(s, tree.subjects(head), owned=True))
                elif lemma in self.support.get("undergo", ()):
                    anchor = head
                    recipients = recipients or list(self._parties(s, tree.subjects(head)))
            elif kind == "nsubj" and lemma in self.support.get("occur", ()):
                anchor = head
            elif kind == "obl" and lemma in ("come", "be") and tree.preposition(first) == "under":
                anchor = head
                recipients = recipients or list(self._parties(s, tree.surface(head)))
        return tuple(actors), tuple(recipients), anchor

    def _bearers(self, s: int, match: Match) -> tuple[Party, ...]:
        """Who is behind a subject that only carries the act: "an Israeli missile hit"."""
        found: list[Party] = []
        for noun in match.bearer:
            found += self.cast.modifier(s, noun)
            for preposition, other in self.trees[s].obliques(noun):
                if preposition in ("by", "from", "of"):
                    found += self._parties(s, [other])
        return tuple(found)

    def _parties(self, s: int, nouns: Iterable[int], owned: bool = False) -> tuple[Party, ...]:
        """The parties that nouns denote; with `owned` also those that things belong to."""
        found: list[Party] = []
        for noun in nouns:
            parties = self.cast.parties(s, noun)
            if not parties and owned:
                parties = self._around(s, noun)
            found += parties
        return _unique(found)

    def _around(self, s: int, noun: int, skip: Sequence[Party] = ()) -> tuple[Party, ...]:
        """Parties named around a thing: "Iran's decision", "the ports of Eritrea"."""
        found = [p for p in self.cast.modifier(s, noun) if political(p)]
        for preposition, other in self.trees[s].obliques(noun):
            if preposition in OWNED:
                found += [p for p in self.cast.parties(s, other) if political(p)]
        return tuple(p for p in _unique(found) if not _same_in(p, skip))

    def _unfit(
        self, s: int, match: Match, actors: Sequence[Party], recipients: Sequence[Party]
    ) -> str:
        """Why the participants don't make this an event; "" when they do."""
        frame, tree = match.frame, self.trees[s]
        everybody = [*actors, *recipients]
        if self._elsewhere(s, match):
            return "sport, show business or a figure of speech"
        if not any(political(p) for p in everybody):
            return "no political party takes part"
        for slot, parties in (("actor", actors), ("recipient", recipients)):
            if frame.symmetric and slot == "recipient":
                continue
            unnamed = match.pos == "verb" and tree.passive(match.word) and not actors
            if slot == "actor" and unnamed and frame.type in MATERIAL:
                continue
            if slot in frame.needs and not any(political(p) for p in parties):
                return f"needs a political {slot}"
        if match.pos == "noun" and len({(p.country, p.name, p.text) for p in everybody}) < 2:
            return "an event noun without two parties of its own"
        if not actors:
            if frame.type not in MATERIAL and not frame.symmetric:
                return "nobody does it"
            doers = tree.subjects(match.word) if match.pos == "verb" else ()
            if doers and not match.bearer:
                return "the subject is no party"
        return ""

    def _elsewhere(self, s: int, match: Match) -> bool:
        """Does the sentence tell of sport or shows, or has violence no real object?"""
        tree, table = self.trees[s], self.words.table("never")
        if match.frame.type == "ASSAULT" and match.pos == "verb":
            things = {tree.lemmas[o] for o in tree.objects(match.word)}
            if things & set(table.get("figures", ())):
                return True
        cues = {*table.get("sport", ()), *table.get("shows", ())}
        nouns = {tree.lemmas[w] for w in range(len(tree)) if tree.tags[w] in ("NOUN", "PROPN")}
        return match.frame.type in table.get("types", ()) and bool(nouns & cues)

    def _unknown(self, s: int, match: Match) -> Party:
        """The actor of an act that names none (codebook: Actors, acts that only a state does)."""
        mode = match.frame.mode or ""
        if mode in STATE_ACTS:
            sector = {"arrest": "COP", "convict": "JUD"}.get(mode, "GOV")
            places = [p for p in self.cast.entries if p.country]
            country = self._where(s, match.word) or (places[0].country if places else None)
            return Party("", None, country, sector)
        return Party("", None, None, "UNK")

    def _implied(self, s: int, kind: str, actors: Sequence[Party]) -> tuple[Party, ...]:
        """Recipients that go without saying.

        A protest is against the government at home; who accuses, threatens or demands without
        naming anybody speaks to the other country of the story.
        """
        codes = {p.country for p in actors if p.country}
        if kind == "PROTEST" and len(codes) == 1:
            return (Party("", None, codes.pop(), "GOV"),)
        if codes and (kind in ("ACCUSE", "THREATEN") or (kind == "REQUEST" and _official(actors))):
            about = self.cast.dominant(s, codes)
            if about:
                return (Party("", None, about, "GOV"),)
        return ()

    def _where(self, s: int, word: int) -> str | None:
        for preposition, noun in self.trees[s].obliques(word):
            if preposition in ("in", "at", "near", "outside", "from"):
                party = self.cast.party(s, noun)
                if party and party.country:
                    return party.country
        return None

    # operators

    def _composed(self, s: int, found: dict[int, Act]) -> list[Act]:
        tree = self.trees[s]
        dropped: set[int] = set()
        result: dict[int, Act] = {}
        for word, act in sorted(found.items()):
            if not act.match.frame.operator:
                result[word] = act
                continue
            heads = self.complements(tree, act.match)
            inner = [found[h] for h in heads if h in found and h != word]
            composed = self._with_inner(s, act, inner, heads)
            if isinstance(composed, str):
                self.refusals.append(Refusal(s, word, act.match.frame.id, composed))
                continue
            result[word] = composed
            if act.match.frame.inner == "drop":
                dropped |= self._carried(tree, heads, found)
        return [act for word, act in sorted(result.items()) if word not in dropped]

    def complements(self, tree: Tree, match: Match) -> list[int]:
        """Heads of what an operator takes: clauses, gerunds, event nouns, and their conjuncts."""
        word = match.word
        found: list[int] = []
        for child in tree.children[word]:
            kind = tree.base[child]
            if kind in ("xcomp", "ccomp", "obj") or (kind == "nsubj" and tree.passive(word)):
                found.append(child)
            elif kind in ("advcl", "acl"):
                if tree.infinitive(child) or tree.preposition(child) in (
                    "of",
                    "for",
                    "from",
                    "over",
                ):
                    found.append(child)
            elif kind in ("obl", "nmod") and tree.preposition(child) in (
                "for",
                "of",
                "over",
                "with",
                "against",
                "to",
                "from",
                "on",
            ):
                found.append(child)
        if match.pos == "noun" or match.fixed:
            for noun in match.fixed:
                found += list(tree.under(noun, "acl"))
                found += [n for p, n in tree.obliques(noun) if p in ("for", "of", "to")]
        for thing in list(tree.under(word, "obj")):
            found += [c for c in tree.under(thing, "acl") if tree.infinitive(c)]
        return [one for head in found for one in tree.spread(head)]

    def _carried(self, tree: Tree, heads: Sequence[int], found: Mapping[int, Act]) -> set[int]:
        """Words of the acts inside a complement: the speech act speaks for all of them."""
        carried, todo = set(heads), list(heads)
        while todo:
            here = todo.pop()
            for child in tree.children[here]:
                clausal = tree.base[child] in ("xcomp", "ccomp", "conj", "obj")
                purpose = tree.base[child] == "advcl" and tree.infinitive(child)
                noun = tree.base[child] in ("nmod", "obl") and child in found
                if (clausal or purpose or noun) and child not in carried:
                    carried.add(child)
                    todo.append(child)
        return carried

    def _with_inner(
        self, s: int, act: Act, inner: Sequence[Act], heads: Sequence[int]
    ) -> Act | str:
        tree, frame = self.trees[s], act.match.frame
        core = inner[0] if inner else None
        if core is None and any(tree.lemmas[h] in SILENT for h in heads if tree.tags[h] == "VERB"):
            return "refusing to comment is no act"
        recipients = act.recipients
        if not recipients and frame.type in ("REQUEST", "THREATEN", "REJECT", "ACCUSE"):
            recipients = self._addressed(s, act, core, heads)
        if not recipients and core is not None and frame.type in ("AGREE", "CONCEDE"):
            recipients = tuple(r for r in core.recipients if not _same_in(r, act.actors))
        if core is None and not recipients and len(act.actors) < 2:
            if not any(tree.tags[h] == "VERB" for h in heads) or not _official(act.actors):
                return "an operator without an act or a recipient in it"
        mode = act.mode or compose(frame.type, core, tree, heads)
        kind = frame.type
        if kind == "AGREE" and core is not None and core.type in HOSTILE:
            if act.recipients or core.recipients:
                kind, mode = "THREATEN", compose("THREATEN", core, tree, heads)
                recipients = core.recipients
        name = core.match.frame.id if core else ""
        return replace(act, type=kind, mode=mode, recipients=recipients, inner=name)

    def _addressed(
        self, s: int, act: Act, core: Act | None, heads: Sequence[int]
    ) -> tuple[Party, ...]:
        """Whom a speech act without an object is addressed to: who would have to act, or suffer."""
        tree = self.trees[s]
        verbs = [h for h in heads if tree.tags[h] in ("VERB", "AUX", "ADJ")]
        if act.type in ("REQUEST", "ACCUSE"):
            doers = [w for h in verbs for w in tree.surface(h)]
            parties = [p for p in self._parties(s, doers) if not _same_in(p, act.actors)]
            if parties:
                return tuple(parties)
        if core is not None:
            others = [p for p in (*core.recipients, *core.actors) if not _same_in(p, act.actors)]
            if others:
                return _unique([p for p in others if p.text])
        nouns = [h for h in heads if tree.tags[h] in ("NOUN", "PROPN")]
        around = [p for n in nouns for p in self._around(s, n, skip=act.actors)]
        return _unique(around)


def compose(kind: str, inner: Act | None, tree: Tree, heads: Sequence[int]) -> str | None:
    """The mode of an operator act from the act in its complement (PLOVER 2.0, modes)."""
    stopping = any(tree.lemmas[h] in YIELDING for h in heads)
    stopping = stopping or any(tree.low[c] == "not" for h in heads for c in tree.under(h, "advmod"))
    if kind in ("REQUEST", "REJECT"):
        if inner is None:
            return "yield" if stopping else "change" if kind == "REQUEST" else None
        if inner.type == "CONSULT":
            return "meet"
        if inner.type in ("AID", "COOPERATE"):
            return "assist"
        if inner.type in ("RETREAT", "CONCEDE") or stopping:
            return "yield"
        return "change"
    if kind == "THREATEN" and inner is not None:
        if inner.type == "ASSAULT":
            return "violence"
        if inner.type == "COERCE":
            return {"arrest": "arrest", "deport": "expel", "seize": "territory"}.get(
                inner.mode or "", "restrict"
            )
        if inner.type == "SANCTION":
            return "expel" if inner.mode == "expel" else "relations"
        if inner.type == "MOBILIZE":
            return "violence"
    return None


def _official(actors: Iterable[Party]) -> bool:
    """Does somebody act who speaks for a state, a body or an armed group?"""
    return any(p.sector in OFFICIAL and (p.country or p.name) for p in actors)


def _unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    kept: list[Party] = []
    for party in parties:
        if not _same_in(party, kept):
            kept.append(party)
    return tuple(kept)


def _same_in(party: Party, others: Iterable[Party]) -> bool:
    """Is the party already among others: same entity, or same country, name and sector?"""
    for other in others:
        if party.entity and party.entity == other.entity and party.sector == other.sector:
            return True
        if (party.country, party.name, party.sector, party.text.lower()) == (
            other.country,
            other.name,
            other.sector,
            other.text.lower(),
        ):
            return True
    return False
