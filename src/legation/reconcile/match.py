"""Do two events of different stories tell the same act? A score in 0..1, 0 for "certainly not".

What matters tells them apart at once: type, parties that exclude each other, days that do not meet,
other countries of the place. What remains is weighed: parties, days, place, numbers and words.
The weights are round numbers, checked on story groups (docs/2-keep-a-desk.md), not fitted.
"""

from __future__ import annotations

from datetime import date

from legation.reconcile.telling import BACK, FACING, OFTEN, VAGUE, Side, Telling, bare

SAME = 0.6  # from here on two events are told of one act
RECALLED = 0.2  # … if it is told in the past perfect
CLEAR = 0.45  # similarity of words from which a report may look back on an undated act
DEEDS = frozenset(["ASSAULT", "CONSULT", "MOBILIZE", "PROTEST"])  # "opened fire …, killing 12"
SPOKEN = frozenset(["REJECT", "REQUEST", "AGREE", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"])
"""Acts of speech: a date in their sentence may be that of what is spoken of."""
STATE = frozenset(["GOV", "MIL", "COP", "SPY", "JUD", "LEG"])
KINDS = frozenset(["COERCE", "SANCTION"])
"""Types whose modes are different acts: to arrest and to overthrow."""
DISPUTED = {
    ("planned", "planned"): 0.9,  # one of them as what is only possible
    ("happened", "negated"): 0.95,
    ("happened", "possible"): 0.9,
    ("negated", "possible"): 0.9,
    ("planned", "possible"): 0.9,
}
"""How sure two acts of different status can be one; of others it is certain that they are not."""
PERSONAL = frozenset(["CONSULT", "ACCUSE", "REQUEST", "SUPPORT", "REJECT", "AGREE", "CONCEDE"])


def match(one: Telling, two: Telling) -> float:
    """How sure it is that both tell one act; symmetric."""
    a, b = one.event, two.event
    if a.type != b.type:
        return 0.0
    if one.story == two.story:
        return _retold(one, two)
    status = _status(one, two)
    if not status:
        return 0.0
    if one.family == two.family and one.trigger & two.trigger and words(one, two) >= 0.6:
        return status  # the same sentence of a copy
    parties, place = _parties(one, two), _place(one, two)
    if parties <= 0 or place < 0:
        return 0.0
    alike = words(one, two)
    days = _days(one, two, alike)
    if days <= 0:
        return 0.0
    shared = one.numbers & two.numbers
    if alike + (0.1 if shared else 0.0) < _needed(one, two) or _another_word(one, two, alike):
        return 0.0
    extra = (0.05 if shared else 0.0) + (0.05 if _same_day(one, two) else 0.0)
    score = 0.48 * parties + 0.2 * days + 0.3 * min(1.0, 2 * alike) + place + extra
    return round(max(0.0, min(1.0, score + _mode(one, two) - (1 - status))), 4)


def _mode(one: Telling, two: Telling) -> float:
    """A malus for another way of doing it, larger where the mode says what was done."""
    a, b = one.event, two.event
    if not a.mode or not b.mode or a.mode == b.mode:
        return 0.0
    return -0.12 if str(a.type) not in KINDS or one.trigger & two.trigger else -0.5


def _needed(one: Telling, two: Telling) -> float:
    """How alike the words must be at least: the less days and parties say, the more."""
    if (one.back or two.back) and str(one.event.type) not in OFTEN:
        return 0.12
    dated = 0 < one.days <= VAGUE and 0 < two.days <= VAGUE
    abroad = (
        len(one.everyone.codes | two.everyone.codes) > 1 or one.everyone.names & two.everyone.names
    )
    if dated:
        return 0.0 if abroad else 0.12
    return 0.12 if abroad else 0.3


def _retold(one: Telling, two: Telling) -> float:
    """Two acts of one story are different acts, but for one deed of one sentence told in parts."""
    told_once = str(one.event.type) in DEEDS and one.stems == two.stems
    apart = not one.first or not two.first or _gap(one, two) > 0
    if str(one.event.type) == "CONSULT" and one.event.mode != two.event.mode:
        return 0.0  # a trip and a meeting on it
    if not told_once or one.event.status != two.event.status or apart:
        return 0.0
    return 0.7 if _parties(one, two) >= 0.5 else 0.0


def _another_word(one: Telling, two: Telling, alike: float) -> bool:
    """Days apart and in other words: a rebuke and a summons, a ruling and an arrest, are two acts.

    A denial disputes a report of the same days only.
    """
    if not one.first or not two.first or _gap(one, two) == 0 or alike >= CLEAR:
        return False
    if {str(one.event.status), str(two.event.status)} == {"happened", "negated"}:
        return True
    if str(one.event.type) in SPOKEN:
        undone = (
            str(one.event.type) == "REJECT"
            and one.event.mode
            and (one.event.mode == two.event.mode)
        )  # "cancelled the summit", "called off the visit"
        return not one.trigger & two.trigger and not undone
    courts = ["JUD" in one.actors.sectors, "JUD" in two.actors.sectors]
    return any(courts) and not all(courts) and bool(one.actors.sectors and two.actors.sectors)


def _same_day(one: Telling, two: Telling) -> bool:
    return one.days == two.days == 1 and one.first == two.first


def words(one: Telling, two: Telling) -> float:
    """Similarity of the two sentences: shared content words over the shorter one's, 0..1."""
    shorter = min(len(one.stems), len(two.stems))
    if not shorter:
        return 0.0
    shared = len(one.stems & two.stems) / max(shorter, 4)
    return min(1.0, shared + (0.1 if one.trigger & two.trigger else 0.0))


def _status(one: Telling, two: Telling) -> float:
    """1 for equal; less where reports may dispute; 0 for a plan and a fact: those are linked."""
    if one.event.status == two.event.status:
        return 1.0
    first, second = sorted((_sure(one, two), _sure(two, one)))
    return DISPUTED.get((first, second), 0.0)


def _sure(one: Telling, other: Telling) -> str:
    """Its status; what is only possible and lies ahead of the report is expected: a plan."""
    status = str(one.event.status)
    ahead = one.days and one.last > one.published
    ahead = ahead or (other.days and other.first > one.published)
    return "planned" if status == "possible" and one.published and ahead else status


def _parties(one: Telling, two: Telling) -> float:
    if bare(one) or bare(two):
        return 0.6
    if str(one.event.type) in FACING and not (one.recipients.size and two.recipients.size):
        return _together(one.everyone, two.everyone)
    if _at_home(one, two) and _camps(one.actors, two.actors):
        return 0.3  # soldiers killed rebels, rebels killed soldiers
    actors = _side(one.actors, two.actors, str(one.event.type))
    recipients = _side(one.recipients, two.recipients, "")
    if actors <= 0 or recipients <= 0:
        return 0.0
    return 0.55 * actors + 0.45 * recipients


def _at_home(one: Telling, two: Telling) -> bool:
    """Is it violence among the people of one land, of which both say who did it?"""
    return str(one.event.type) in OFTEN and len(one.everyone.codes | two.everyone.codes) == 1


def _camps(one: Side, two: Side) -> bool:
    """Do the doers stand in different camps: a state's forces, or others?"""
    camps = [{"state" if s in STATE else "other" for s in side.sectors} for side in (one, two)]
    return all(camps) and not camps[0] & camps[1]


def _together(one: Side, two: Side) -> float:
    """Parties of acts done together: all of the shorter list stand in the longer one."""
    if not one.codes or not two.codes:
        return 0.5 if not (one.names and two.names) or one.names & two.names else 0.0
    share = len(one.codes & two.codes) / min(len(one.codes), len(two.codes))
    if share < 0.5:
        return 0.0
    only = min(len(one.codes), len(two.codes)) == 1  # "held talks with China": half is unsaid
    return share * (0.8 if only and one.codes != two.codes else 1.0)


def _side(one: Side, two: Side, kind: str) -> float:
    """1 for shared parties, about half where one report leaves them open, 0 where they differ."""
    if not one.size or not two.size:
        return 0.75 if one.size == two.size else 0.6
    if one.codes and two.codes and not one.codes & two.codes and _one_name(one, two):
        return 0.7  # one person, of another country by mistake
    others = one.names and two.names and not one.names & two.names
    if others and not one.codes & two.codes:
        return 0.0
    if others and one.written and two.written and kind in PERSONAL:
        return 0.35  # two persons of one government: two acts, unless all else is the same
    if one.codes and two.codes:
        if one.codes & two.codes:
            return 1.0
        return 0.0 if one.said and two.said else 0.4  # nobody says that it is another
    if one.names & two.names:
        return 1.0
    return 0.65 if one.sectors & two.sectors else 0.5


def _one_name(one: Side, two: Side) -> bool:
    """Does the report with fewer names have but names of the other: "Kadhimi"?"""
    fewer, more = sorted((one.written, two.written), key=len)
    return bool(fewer) and fewer <= more


def _days(one: Telling, two: Telling, alike: float) -> float:
    """1 where the days meet; less for vague or untold ones; 0 where they exclude each other."""
    if not one.first or not two.first:
        return 0.4
    gap = _gap(one, two)
    if one.days and two.days:
        if gap == 0:
            return 1.0 if max(one.days, two.days) <= VAGUE else 0.6
        if gap == 1 and max(one.days, two.days) <= 2:
            return 0.4
        about = str(one.event.type) in SPOKEN and max(one.days, two.days) > 2
        if about and gap <= BACK and alike >= CLEAR:
            return 0.3
        if not _lent(one, two):
            return 0.0
        return 0.5 if gap <= 2 else 0.3 if gap <= BACK and alike >= CLEAR else 0.0
    if gap == 0:
        return 0.7
    later = two if one.last < two.first else one
    if later.days == 0 and gap <= BACK and alike >= (RECALLED if later.back else CLEAR):
        return 0.4
    return 0.25 if gap <= 2 else 0.0


def _lent(one: Telling, two: Telling) -> bool:
    """Has the later one but the day of a neighbour: "called off the visit, citing X's arrest"?"""
    later = two if one.last < two.first else one
    return bool(later.event.date and later.event.date.basis == "context")


def _gap(one: Telling, two: Telling) -> int:
    """Days between two spans; 0 when they touch."""
    if one.first <= two.last and two.first <= one.last:
        return 0
    earlier, later = (one, two) if one.last < two.first else (two, one)
    return (date.fromisoformat(later.first) - date.fromisoformat(earlier.last)).days


def _place(one: Telling, two: Telling) -> float:
    """A bonus for the same place, a malus for another town, -1 for another country."""
    a, b = one.event.place, two.event.place
    if a is None or b is None:
        return 0.0
    if a.country and b.country and a.country != b.country:
        return -1.0
    if a.name == b.name:
        return 0.06
    towns = a.lat is not None and b.lat is not None and a.geoname and b.geoname
    return -0.15 if towns and a.geoname != b.geoname else 0.0
