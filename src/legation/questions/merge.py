"""An act told twice in one story is one event with several evidence spans (codebook: An event).

Two tellings are one act when type, status, parties, date and place agree and nothing tells them
apart: other names, other victims, or, of acts that a story may tell many of (ASSAULT, COERCE …),
another word for what was done. A headline or lead retells what follows in other words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from legation.story import Event, Party

SYMMETRIC = frozenset(["CONSULT", "AGREE", "COOPERATE", "ASSAULT"])
MANY = frozenset(
    ["ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REQUEST", "MOBILIZE", "AID", "RETREAT"]
)
"""Types of which one actor may do several to one recipient in one story."""
SAYINGS = frozenset(["SUPPORT", "REJECT"])
"""Types of different doings: to praise and to sign, to deny and to boycott."""
WORDS = frozenset(["AGREE", "THREATEN", "CONCEDE"])
"""Types of words that are acts, of which one actor may say several: two promises."""
SUFFERED = frozenset(["ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT"])
"""Types that are told in the passive without a doer, or as the purpose of a move."""
PURPOSE = "a purpose"  # what questions/whether says of an infinitive of purpose
LONG = 5  # letters of a word of what is promised, and of its stem
_END, _WORD = re.compile(r"[.!?;][\"”’']*\s|\n"), re.compile(r"[^\W\d_]+")
STEM = 4  # letters that "bombed" and "bombing", "accuse" and "accusation" share
SPANS = 60  # evidence kept of an act that a long story tells over and over


def merged(events: Sequence[Event], text: str = "") -> tuple[Event, ...]:
    """The events with later tellings joined to the first; order of first telling kept.

    `text` is the story's; without it the words of two tellings are not compared.
    """
    lead = text.find("\n\n") if text else -1
    kept: list[Event] = []
    for event in events:
        for at, other in enumerate(kept):
            if same_act(other, event) and same_words(other, event, text, lead):
                if event.type in SAYINGS and len({_frame(other), _frame(event)} - {""}) > 1:
                    continue  # "signed the pact and thanked Kenya" are two
                kept[at] = joined(other, event)
                break
        else:
            kept.append(event)
    return tuple(kept)


def same_act(one: Event, two: Event) -> bool:
    """Can two tellings be one act: type, status, mode, parties, date and place agree?"""
    if one.type != two.type or not (one.status == two.status or _done(one, two)):
        return False
    if one.mode and two.mode and one.mode != two.mode:
        return False
    if not _dates(one, two) or not _places(one, two):
        return False
    if _apart(one.actors, two.actors) or _apart(one.recipients, two.recipients):
        return False
    if _inside(one, two) or _inside(two, one):
        return False
    a, r = _codes(one.actors), _codes(one.recipients)
    b, q = _codes(two.actors), _codes(two.recipients)
    if one.type in SYMMETRIC and (a | r) == (b | q):
        return True
    if a != b:  # "he was granted asylum": the other telling says by whom
        return one.type in SUFFERED and bool(r) and r == q and (_nobody(one) or _nobody(two))
    return r == q or not r or not q


def same_words(one: Event, two: Event, text: str, lead: int = -1) -> bool:
    """Do two tellings name the act alike, or is one the headline or lead of the other?

    Of promises, threats and concessions: do they say the same of what is promised?
    """
    if text and one.type in WORDS:
        said, other = _said(one, text), _said(two, text)
        return not said or not other or bool(said & other)
    if not text or one.type not in MANY:
        return True
    if _stems(one, text) & _stems(two, text):
        return True
    start = min((s.start for s in one.evidence if s.part == "act"), default=0)
    later = min((s.start for s in two.evidence if s.part == "act"), default=0)
    return start < lead < later and lead >= 0


def joined(one: Event, two: Event) -> Event:
    """One event from two tellings: what the first leaves open, the second fills."""
    dated = one.date
    if two.date and (
        dated is None or (dated.basis == "published" and two.date.basis != "published")
    ):
        dated = two.date
    evidence = one.evidence
    if len(evidence) < SPANS:
        evidence = tuple(dict.fromkeys((*one.evidence, *two.evidence)))
    told = _nobody(one) and not _nobody(two)
    return replace(
        one,
        status=two.status if _done(one, two) and two.status == "happened" else one.status,
        actors=two.actors if told else one.actors,
        mode=one.mode or two.mode,
        recipients=one.recipients or two.recipients,
        date=dated,
        place=one.place or two.place,
        confidence=max(one.confidence, two.confidence),
        evidence=evidence,
    )


def _inside(trip: Event, meeting: Event) -> bool:
    """Is one a meeting with somebody by name on the trip that the other is: "will fly to Havana for
    talks with X"? It has its own record (codebook: Visits)."""
    if trip.type != "CONSULT" or trip.mode != "visit" or meeting.mode:
        return False
    known = {p.name for p in (*trip.actors, *trip.recipients)}
    return any(p.name and p.name not in known for p in (*meeting.actors, *meeting.recipients))


def _done(one: Event, two: Event) -> bool:
    """Is one the purpose that the other fulfils: "burst in to arrest X … arrested X"?"""
    statuses = {one.status: one, two.status: two}
    if set(statuses) != {"planned", "happened"}:
        return False
    aim = statuses["planned"]
    return aim.type in SUFFERED and dict(aim.why).get("status", "").endswith(PURPOSE)


def _nobody(event: Event) -> bool:
    """Is the actor unknown?"""
    return not any(p.country or p.name for p in event.actors)


def _stems(event: Event, text: str) -> set[str]:
    return {text[s.start : s.end].lower()[:STEM] for s in event.evidence if s.part == "act"}


def _said(event: Event, text: str) -> set[str]:
    """What is promised, threatened or yielded: stems of the longer words after the act's own."""
    end = max((s.end for s in event.evidence if s.part == "act"), default=0)
    rest = _END.split(text[end:], maxsplit=1)[0]
    return {word[:LONG].lower() for word in _WORD.findall(rest) if len(word) >= LONG}


def _frame(event: Event) -> str:
    """The group of words that told it; "" when the model did, which fits any."""
    frame = dict(event.why).get("type", "").partition(" ")[0]
    return "" if frame.startswith("model:") else frame


def _apart(one: Sequence[Party], two: Sequence[Party]) -> bool:
    """Do two lists of parties name different persons or bodies?"""
    names, others = {p.name for p in one if p.name}, {p.name for p in two if p.name}
    return bool(names and others and not names & others)


def _codes(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.country or p.name or p.text.lower() for p in parties)


def _places(one: Event, two: Event) -> bool:
    """Two different named towns are two acts; a town and its country may be one."""
    if one.place is None or two.place is None or one.place.name == two.place.name:
        return True
    return one.place.country == two.place.country and not (one.place.geoname and two.place.geoname)


def _dates(one: Event, two: Event) -> bool:
    if one.date is None or two.date is None:
        return True
    if "published" in (one.date.basis, two.date.basis):
        return True
    return one.date.start <= two.date.end and two.date.start <= one.date.end
