"""Sentences become events: what, who, whether, whose, when, where. Pure; no input or output.

`events` is the loop over the six questions; `explain` tells for every sentence what was coded, what
was turned down, and by which rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from legation.questions import (
    affairs,
    blame,
    clause,
    confidence,
    contexts,
    denials,
    merge,
    opinion,
    placed,
    replies,
    seats,
    sectors,
    unsaid,
    what,
    when,
    where,
    whether,
    whose,
)
from legation.questions.tree import Tree
from legation.questions.who import Cast, cast, lessons, political
from legation.story import Date, Event, Party, Span, Story
from legation.words import Words
from legation.world import World

OWN = ("his ", "her ", "its ", "their ")
MODAL = frozenset(["may", "might", "could", "can", "must", "should"])
PRONOUNS = frozenset(["", "it", "he", "she", "they", "we", "i", "who", "which"])
SPEECH = frozenset(["AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"])

__all__ = ["Explanation", "events", "explain", "political"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of one sentence or word: `verdict` "coded" or "not coded", and why."""

    text: str
    verdict: str
    reason: str
    details: tuple[str, ...] = ()


def events(story: Story, words: Words, world: World, voices: str = "both") -> Story:
    """The story with its events, told-twice acts joined, in order of first telling.

    `voices` says who is heard on what was done: "rules", "model" or "both" (questions/opinion/).
    """
    trees = [Tree(sentence) for sentence in story.sentences]
    members = cast(_mended(story, trees), words, world)
    told = [event for _, event in _asked(story, trees, members, words, world, voices)[0]]
    joined = merge.merged(told, story.text)
    named = tuple(_named(event, story) for event in joined)
    return replace(story, events=named, learned=lessons(members))


def explain(
    story: Story, words: Words, world: World, voices: str = "both"
) -> tuple[Explanation, ...]:
    """Every act found and every pattern turned down, sentence by sentence."""
    trees = [Tree(sentence) for sentence in story.sentences]
    everybody = cast(_mended(story, trees), words, world)
    found, refusals, members = _asked(story, trees, everybody, words, world, voices)
    rows: list[Explanation] = []
    for s, sentence in enumerate(story.sentences):
        coded = [(act, event) for act, event in found if act.s == s]
        parties = members.get(s, ())
        for act, event in coded:
            details = [f"{field}: {reason}" for field, reason in event.why]
            others = [r for r in refusals if r.s == s and r.word == act.word]
            details += [f"also tried {r.frame}: {r.reason}" for r in others]
            title = f"{sentence.words[act.word]} -> {event.type}" + (
                f" {event.mode}" if event.mode else ""
            )
            rows.append(Explanation(title, "coded", event.status, tuple(details)))
        words_coded = {act.word for act, _ in coded}
        for refusal in refusals:
            if refusal.s == s and refusal.word not in words_coded:
                text = sentence.words[refusal.word]
                rows.append(Explanation(text, "not coded", f"{refusal.frame}: {refusal.reason}"))
        if not any(r.s == s for r in refusals) and not coded:
            text = story.text[sentence.start : sentence.end]
            rows.append(Explanation(text, "not coded", "no pattern of the lexicon stands here"))
        rows.append(Explanation("parties", "seen", "; ".join(parties) or "none", ()))
    return tuple(rows)


def _mended(story: Story, trees: Sequence[Tree]) -> Story:
    """The story with its trees put right, as the cast reads them."""
    return replace(story, sentences=tuple(tree.sentence for tree in trees))


def _asked(
    story: Story, trees: Sequence[Tree], members: Cast, words: Words, world: World, voices: str
) -> tuple[list[tuple[what.Act, Event]], list[what.Refusal], dict[int, tuple[str, ...]]]:
    scale = whether.Scale(
        words.table("whether"), words.table("support"), words.operators, words.table("fates")
    )
    finder = what.Finder(trees, members, words, scale.support)
    heard = whose.Voices(story, trees, members, words.table("whose"))
    dates = when.Dates(story, trees, words)
    limit = opinion.limits(words.table("opinion"))
    found: list[tuple[what.Act, Event]] = []
    sport = what.sporting(trees, words.table("never"))
    closed = {what.FIGURE, what.SILENCE} | what.no_acts(words)
    for s in range(len(trees) if not sport else 0):
        acts = finder.acts(s)
        figures = {r.word for r in finder.refusals if r.s == s and r.reason in closed}
        acts, vetoed = opinion.weighed(finder.scene(s), acts, limit, voices, figures)
        finder.refusals += vetoed
        finder.told += acts
        acts = blame.settled(trees[s], acts)
        for act in what.joined(finder.scene(s), acts):
            event = _event(story, act, trees, members, scale, heard, dates, words, world, limit)
            if event is None:
                finder.refusals.append(
                    what.Refusal(s, act.word, act.match.frame.id, "neither confirmed nor denied")
                )
            elif denials.is_denial(act) and event.status != "negated":
                copies = denials.denied(act, event, trees[s], found)
                charges = denials.others(event) or denials.owners(act, event, trees[s], members)
                charges = charges or denials.accuser(event, [e for _, e in found])
                charges = charges or denials.presumed(act, event, trees[s], found)
                found += copies
                if charges:
                    found.append((act, replace(event, recipients=charges)))
                else:
                    finder.refusals.append(
                        what.Refusal(s, act.word, act.match.frame.id, "nobody accuses")
                    )
            else:
                found.append((act, event))
                found += [
                    (act, replace(event, type=kind, mode=mode))
                    for kind, mode in act.match.frame.also
                ]
    found = replies.answered(unsaid.resolved(found, trees, members))
    found = [(act, placed.unplaced(e, trees[act.s])) for act, e in found]
    found = seats.seated(found, trees)
    found = [(act, sectors.fitted(act, e, trees[act.s], world)) for act, e in found]
    for act, event in found:
        if reason := _dropped(act, event, limit):
            finder.refusals.append(what.Refusal(act.s, act.word, act.match.frame.id, reason))
    found = [(act, event) for act, event in found if not _dropped(act, event, limit)]
    found = contexts.about(found, trees, words.table("contexts"))
    seen: dict[int, tuple[str, ...]] = {}
    for m in members.entries:
        line = f"{m.name or m.role or '-'} [{m.country or '?'} {m.sector}]"
        for s in {at for at, _ in m.mentions}:
            seen[s] = (*seen.get(s, ()), line)
    return found, finder.refusals, seen


def _dropped(act: what.Act, event: Event, limit: opinion.Limits) -> str:
    """Why a finished event is not told after all; "" when it is."""
    if affairs.private(act, event, limit):
        return "no state, public body or armed group takes part"
    if opinion.doubted(act, event.status, event.confidence, limit):
        return "only rules or model see it, and too little else speaks for it"
    return ""


def _event(
    story: Story,
    act: what.Act,
    trees: Sequence[Tree],
    members: Cast,
    scale: whether.Scale,
    voices: whose.Voices,
    dates: when.Dates,
    words: Words,
    world: World,
    limit: opinion.Limits,
) -> Event | None:
    tree, frame = trees[act.s], act.match.frame
    status, heard = whether.status(tree, act.asked, scale, act.anchor, act.settled)
    if not status:
        return None
    status, heard = opinion.state(status, heard, act, _beneath(tree, act.word), limit.state)
    source, voiced = voices.chain(act.s, act.asked)
    scene = what.Scene(act.s, tree, members, words, scale.support)
    source, voiced = opinion.sourced(scene, act, source, voiced, limit.source)
    if act.type in SPEECH and status == "happened":
        source = tuple(link for link in source if not _speaks(link, act.actors))
    tense = "future" if status in ("planned", "possible") and _ahead(tree, act) else "past"
    if status == "negated" and clause.future(tree, act.word):
        tense = "future"  # "will not strike on Monday"
    date = dates.of(act.s, act.word, tense)
    back = status in ("planned", "possible") and tense == "past"
    if back and date:  # "called a march for Saturday"
        date = dates.coming(act.s, act.word, date)
    if act.anchor is not None and (date is None or date.basis == "published"):
        date = dates.of(act.s, act.anchor, tense)
    if act.type == "ASSAULT" and (date is None or date.basis == "published"):
        named = (dates.of(act.s, word, tense) for word in (*act.match.fixed, *act.match.bearer))
        date = next((d for d in named if d and d.basis != "published"), date)  # "Friday's raid"
    announced = act.type in SPEECH and act.governor not in (None, act.word)
    if announced and status == "happened":  # "said on Monday it would free 40 on Friday"
        told = dates.of(act.s, act.asked, "past")
        date = told or date
    ahead = (
        status == "happened"
        and not announced
        and date
        and story.published
        and date.start > story.published
    )
    if ahead and _ahead(tree, act):
        status, heard = "planned", "its date lies ahead"
    elif ahead and act.type in SPEECH and act.operator:  # "have threatened to march next week"
        date = Date(story.published, story.published, "", "published")
    place = where.place_of(
        story, tree, act.s, act.word, members, world, words, act.type, act.mode, act.actors
    )
    if place is None and (other := dates.scene(act.s, act.word)):
        t, v = other  # "during the visit": where the visit went
        place = where.place_of(
            story, trees[t], t, v, members, world, words, "CONSULT", "visit", act.actors
        )
    evidence = _evidence(tree, act)
    why = [("type", f"{frame.id} by '{act.match.pattern.key}' ({frame.where})")]
    why += [("voices", opinion.told(act))] if act.opinion else []
    if act.operator:
        why.append(("operator", act.operator + (f" x {act.inner}" if act.inner else "")))
    why += [("status", heard), ("source", voiced)]
    why.append(("date", date.basis if date else "none"))
    event = Event(
        "", act.type, act.mode, act.actors, act.recipients, status, date, place, source,
        0.5, evidence, (), tuple(why),
    )  # fmt: skip
    found = confidence.features(act, event, tree.sentence)
    weights = words.table("confidence").get("weights", {})
    return replace(event, confidence=confidence.probability(found, weights))


def _beneath(tree: Tree, word: int) -> bool:
    """Does a word hang on a verb in the future: "will end his walk with a rally"?"""
    while (word := tree.heads[word]) >= 0:
        if tree.tags[word] == "VERB" or clause.future(tree, word):
            return bool(clause.future(tree, word))
    return False


def _ahead(tree: Tree, act: what.Act) -> bool:
    verb = act.anchor if act.anchor is not None else act.word
    past = tree.feature(verb, "Tense") == "Past"  # also of "held" in "will be held"
    if past and tree.feature(verb, "VerbForm") == "Part":  # "is due", "scheduled for 4 May"
        helpers = list(tree.under(verb, "aux", "cop"))
        past = any(tree.feature(c, "Tense") == "Past" or tree.lemmas[c] == "have" for c in helpers)
    modal = any(tree.low[c] in MODAL for c in tree.under(verb, "aux"))
    perfect = any(tree.lemmas[c] == "have" for c in tree.under(verb, "aux"))
    ahead = bool(clause.future(tree, verb)) or (modal and not perfect)
    return not past or tree.infinitive(verb) or ahead


def _speaks(link: Party, actors: Sequence[Party]) -> bool:
    """Is the voice the actor itself, who is not repeated as source (codebook: Source)?

    A spokesman or another name for the same government is a voice of its own: "Brazil has agreed,
    Brasilia said".
    """
    for actor in actors:
        same = bool(link.entity) and link.entity == actor.entity
        same = same or (link.country, link.sector, link.name) == (
            actor.country,
            actor.sector,
            actor.name,
        )
        if link.text.lower().startswith(OWN):
            continue
        if same and (link.text.lower() == actor.text.lower() or _pronoun(actor) or link.name):
            return True
    return False


def _pronoun(party: Party) -> bool:
    return party.text.lower() in PRONOUNS


def _evidence(tree: Tree, act: what.Act) -> tuple[Span, ...]:
    spans = [Span(*tree.span(act.word), "act")]
    spans += [Span(*tree.span(word), "act") for word in (*act.match.fixed, *act.match.bearer)]
    for part, parties in (("actor", act.actors), ("recipient", act.recipients)):
        spans += [Span(p.start, p.end, part) for p in parties if p.start >= 0]
    return tuple(dict.fromkeys(spans))


def _named(event: Event, story: Story) -> Event:
    """The event with its id: the same text and version give the same ids."""
    text = "|".join(
        [story.version, story.id, story.text[:200], event.type, event.status]
        + [f"{span.start}-{span.end}" for span in event.evidence]
    )
    return replace(event, id=hashlib.sha256(text.encode()).hexdigest()[:16])
