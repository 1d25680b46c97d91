"""What does one later report make of a plan? Three witnesses are heard, the surest one speaks.

Its act: done as planned, or the opposite (the tables of outcomes.toml). Its words: "went ahead",
"was put off", "never came", where the sentence is about the plan. Its echo: another act told in
nearly the plan's own words shows that what was planned was done.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from legation.reconcile.match import words
from legation.reconcile.outcomes import Rule, plain, rules
from legation.reconcile.pages import names_of, towns_of
from legation.reconcile.telling import Side, Telling, stem
from legation.reconcile.topic import elsewhere, others
from legation.story import Date, Outcome

FOLLOWED = 400  # days for which a plan without a date is followed
AFTER = 30  # days after a meeting was due, from which nothing undoes it any more
SOON = 45  # days within which any fitting act of the same parties may keep a plan without a day
LATE = 7  # days by which an act may miss the days planned and still keep the plan
NEAR = 0.1  # likeness of words from which a sentence may be about the plan
ABOUT = 0.25  # … from which it is, even where the parties fit only in part
ECHO = 0.4  # … from which another act shows that the planned one was done
YIELDING = frozenset(["CONCEDE", "RETREAT"])  # acts that call off only what their own actor planned
UNDONE = frozenset([Outcome.CANCELLED, Outcome.CONTRADICTED])
ONE_SIDED = frozenset(
    ["AID", "ACCUSE", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "SANCTION"]
)  # done by the planner or not at all
HOSTILE = ONE_SIDED - {"ACCUSE", "AID"} | {"THREATEN"}
OFFICIAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "IGO", "SPY"])
UNSHOWN = frozenset(["REJECT", "THREATEN"])  # acts that show nothing done

Verdict = tuple[str, float]
NOTHING: Verdict = (Outcome.OPEN, 0.0)


def verdict(plan: Telling, one: Telling, window: Date | None) -> Verdict:
    """The outcome that a later event tells, and how surely (0: it says nothing of the plan)."""
    if one.family == plan.family or not _later(plan, one):  # a copy knows no more than its original
        return NOTHING
    alike, fit = words(plan, one), sides(plan, one)
    if fit > 0 and _same_speaker(plan, one, window):
        fit = max(fit, 0.7)  # "will complain to the Assembly", "denounced it in the Assembly"
    if fit <= 0 or (fit < 0.5 and subject(plan, one) < ABOUT and not _there(plan, one)):
        return NOTHING
    kinds = rules().of(str(plan.event.type), plan.event.mode, _planned(plan), _plain(plan.sentence))
    time = timely(one, window, plan.published)
    told = _by_words(plan, one, kinds, fit, time, alike, window)
    if time > 0 and _overcome(one):
        told = NOTHING
    act = _by_act(plan, one, kinds, fit, time, alike, window)
    if told[0] in UNDONE and act[0] == Outcome.KEPT:
        own = _deed(plan, one, kinds) and not _moved(plan, one, kinds)
        heard = [act if own else told]
    elif told[0] in UNDONE:
        undone = act[0] == Outcome.CONTRADICTED  # "the trip is off": it did not take place
        act = (Outcome.CANCELLED, act[1]) if undone else act
        heard = [told] if told[0] == Outcome.CONTRADICTED else [told, act]
    else:
        echo = _by_echo(plan, one, fit, time, alike, window)
        heard = [told, act, echo, _by_presence(plan, one, window)]
    return max(heard, key=lambda said: said[1])


def sides(plan: Telling, one: Telling) -> float:
    """How well the parties of a later act fit a plan: 1 all of them, 0 none.

    A delegation keeps what its state planned; another named person of that state is a doubt.
    """
    a, b = plan.everyone, one.everyone
    if not a.codes or not b.codes:
        return 0.7 if a.names & b.names else 0.0
    shared = a.codes & b.codes
    if not shared or _elsewhere(plan, one):
        return 0.0
    whole = a.codes <= b.codes or b.codes <= a.codes
    if len(shared) > 1:
        fit = 1.0 if whole else 0.8
    else:
        fit = 0.4 if not whole else 1.0 if a.codes == b.codes else 0.7
    if plan.actors.names & one.actors.names and not plan.actors.codes & one.actors.codes:
        return max(fit, 0.8)  # the person himself, whatever country he was given
    return fit * (0.8 if _other_person(plan.actors, one.everyone) else 1.0)


def _same_speaker(plan: Telling, one: Telling, window: Date | None) -> bool:
    """Does the same person do the same kind of thing on the days planned?"""
    same = plan.event.type == one.event.type and plan.actors.names & one.actors.names
    return bool(same) and one.days > 0 and window is not None and timely(one, window) == 1.0


def subject(plan: Telling, one: Telling) -> float:
    """Likeness of the two sentences but for the names of their parties, 0..1."""
    named = {stem(word) for word in plan.everyone.names | one.everyone.names}
    a, b = plan.stems - named, one.stems - named
    return min(1.0, len(a & b) / max(min(len(a), len(b)), 4))


def timely(one: Telling, window: Date | None, published: str = "") -> float:
    """1 within the days due, less around them or when none are known, 0 far off.

    A plan for the very day of its report may be one whose day is that of the announcement.
    """
    if window is None or not one.first:
        return 0.5
    if one.first <= window.end and window.start <= one.last:
        return 1.0
    near = _days(one.last, window.start) <= 31 and _days(window.end, one.first) <= 31
    if one.event.date and one.event.date.basis == "context" and near:
        return 0.5  # a day lent by a neighbour is a guess
    if one.first > window.end:
        late = _days(window.end, one.first)
        grace = 2 * LATE if window.end == published else max(LATE, _days(window.start, window.end))
        return 0.6 if late <= 2 else 0.5 if late <= min(grace, 31) else 0.0
    return 0.6 if _days(one.last, window.start) <= 2 else 0.0


def _by_act(
    plan: Telling, one: Telling, kinds: list[Rule], fit: float, time: float, alike: float,
    window: Date | None,
) -> Verdict:  # fmt: skip
    """The later act is the planned one, its opposite, or one that calls it off."""
    kind, mode, status = str(one.event.type), one.event.mode, str(one.event.status)
    spoken = any(rule.nouns and rule.nouns.search(_plain(one.sentence)) for rule in kinds)
    about = spoken or alike >= NEAR or bool(plan.trigger & one.trigger)
    sure = spoken or alike >= ABOUT or bool(plan.trigger & one.trigger)
    echo = min(1.0, 2 * alike)

    def named(part: str, negated: bool = False) -> bool:
        acts = [act for rule in kinds for act in getattr(rule, part) if act.negated == negated]
        return any(act.fits(kind, mode) and (sure or not act.doubtful) for act in acts)

    if status == "negated":
        about = spoken or subject(plan, one) >= ABOUT or bool(plan.trigger & one.trigger)
        about = about or (kind == str(plan.event.type) and one.days > 0 and fit * time == 1.0)
        if _other_day(one, window) or (kind != str(plan.event.type) and not _does(plan, one)):
            return NOTHING
        if named("kept", negated=True) and about and time > 0:
            return Outcome.KEPT, 0.4 * fit + 0.3 * time + 0.3 * echo
        if named("kept") and about:
            early = window is not None and (
                one.published < window.start
                or (one.published < window.end and bool(rules().ahead.search(_plain(one.sentence))))
            )  # "will not go to Oslo this month" is told in time
            score = 0.4 * fit + 0.25 * time + 0.4 * echo - (0.4 if _another(plan, one) else 0.0)
            return (Outcome.CANCELLED if early else Outcome.CONTRADICTED), score
        return NOTHING
    if status != "happened":
        return NOTHING
    if named("kept"):
        same = kind == str(plan.event.type)
        bodies = len(plan.actors.names) > 1 and not one.everyone.names
        if bodies and window and _days(window.start, window.end) > 31:
            return NOTHING  # "the leaders will meet by August", and their officials tomorrow
        if _at_home(plan, one) or _another_target(plan, one) or _anothers_word(plan, one):
            return NOTHING
        soon = window is not None or _days(plan.published, one.published) <= SOON
        whole = fit == 1.0 and soon  # months on, anything the two do would fit a plan without a day
        if not soon and not spoken and not _matter(plan) & _matter(one):
            return NOTHING
        if time <= 0 or not (about or (same and _planned(plan)) or whole):
            return NOTHING
        if (not _planned(plan) or str(plan.event.type) in ONE_SIDED) and not _does(plan, one):
            return NOTHING
        mode_fit = 0.1 if mode == plan.event.mode else 0.0
        told = 0.05 if spoken else 0.0
        away = 0.2 if _another_town(plan, one) else 0.0
        return Outcome.KEPT, 0.4 * fit + 0.3 * time + 0.3 * echo + mode_fit + told - away
    if named("broken") and fit >= 0.7 and time > 0:
        return Outcome.CONTRADICTED, 0.35 * fit + 0.2 + 0.4 * echo
    meeting = str(plan.event.type) == "CONSULT"
    if meeting and window and _days(window.end, one.published) > AFTER:
        return NOTHING
    if meeting and (elsewhere(plan, one.sentence) or _own_trip(plan, one)):
        return NOTHING
    if meeting and window and _days(window.end, one.published) > LATE:
        return NOTHING  # an ambassador recalled a fortnight after the summit
    if _at_large(plan, one) or (window and one.days and one.first > window.end):
        return NOTHING
    if kind == "REJECT" and _outsider(plan, one):
        return NOTHING
    if named("off") and about and fit >= 0.5 and (kind not in YIELDING or _does(plan, one)):
        return Outcome.CANCELLED, 0.35 * fit + 0.3 + 0.4 * echo
    return NOTHING


def _by_words(
    plan: Telling, one: Telling, kinds: list[Rule], fit: float, time: float, alike: float,
    window: Date | None,
) -> Verdict:  # fmt: skip
    """The sentence itself says what became of the visit, the talks, the threat."""
    said = _plain(one.sentence)
    spoken = any(rule.nouns and rule.nouns.search(said) for rule in kinds)
    if not spoken and alike < ABOUT:
        return NOTHING
    outcome, clause = rules().told(one.sentence, kinds)
    if clause != one.sentence:
        spoken = any(rule.nouns and rule.nouns.search(_plain(clause)) for rule in kinds)
        if outcome in UNDONE and not spoken:
            return NOTHING
    if outcome in UNDONE and (_another(plan, one) or _other_day(one, window)):
        return NOTHING
    if outcome in UNDONE and elsewhere(plan, one.sentence):
        return NOTHING
    meeting = str(plan.event.type) == "CONSULT"
    if outcome in UNDONE and meeting and window and _days(window.end, one.published) > AFTER:
        return NOTHING  # that was a later one
    if outcome in UNDONE and _other_person(plan.actors, one.everyone) and one.actors.names:
        return NOTHING
    if not outcome or fit < 0.5 or (outcome == Outcome.KEPT and time <= 0):
        return NOTHING
    score = 0.3 + 0.15 * spoken + 0.15 * fit + 0.4 * min(1.0, 2 * alike)
    return Outcome(outcome), score - (0.2 * (1 - time) if outcome == Outcome.KEPT else 0.0)


def _by_echo(
    plan: Telling, one: Telling, fit: float, time: float, alike: float, window: Date | None
) -> Verdict:
    """Another act, told in the plan's words after its time had come."""
    kind = str(one.event.type)
    if str(one.event.status) != "happened" or kind == str(plan.event.type) or kind in UNSHOWN:
        return NOTHING
    if fit <= 0 or alike < ECHO or one.published <= plan.published:
        return NOTHING
    if (window is not None and one.published < window.start) or time <= 0:
        return NOTHING
    if _another_target(plan, one):
        return NOTHING
    if rules().ahead.search(_plain(one.sentence)):
        return NOTHING
    if str(plan.event.type) in HOSTILE and kind not in HOSTILE:
        return NOTHING
    threat = str(plan.event.type) == "THREATEN"
    if (kind == "ACCUSE" and threat) or not _matter(plan) & _matter(one):
        return NOTHING  # "blamed it for the delay", "Peru thanked Chile": the names alone
    return Outcome.KEPT, 0.25 * fit + 0.2 * time + 0.7 * alike


def _by_presence(plan: Telling, one: Telling, window: Date | None) -> Verdict:
    """Whoever acts in the country on the days of his visit is there."""
    if str(plan.event.type) != "CONSULT" or window is None or not one.days:
        return NOTHING
    present = str(one.event.status) == "happened" and plan.actors.names & one.actors.names
    met = timely(one, window) > 0.5  # "in Baku from Wednesday": also the days after
    return (Outcome.KEPT, 0.6) if present and met and _there(plan, one) else NOTHING


def _other_day(one: Telling, window: Date | None) -> bool:
    """Did not happen, on a day that is none of those planned: that was another one."""
    undone = str(one.event.status) == "negated" and one.days == 1
    return undone and window is not None and timely(one, window) < 1


def _overcome(one: Telling) -> bool:
    """Had what was done been put off before: "a visit which had been postponed from the eighth"?"""
    if str(one.event.status) != "happened" or str(one.event.type) in ("REJECT", "CONCEDE"):
        return False
    said = _plain(one.sentence)
    outcome, phrase = rules().said(said)
    return outcome == Outcome.CANCELLED and bool(re.search(rf"\bhad (\w+ )?been {phrase}", said))


def _matter(one: Telling) -> frozenset[str]:
    """The content words of a sentence but for its parties: what is done, to what."""
    parties = (*one.event.actors, *one.event.recipients)
    return one.stems - {stem(word) for party in parties for word in party.text.split()}


def _another(plan: Telling, one: Telling) -> bool:
    """Is the later report about a second one: "the second meeting never took place"?"""
    told = set(_plain(one.sentence).split()) & rules().another
    return bool(told - set(_plain(plan.sentence).split()))


def _deed(plan: Telling, one: Telling, kinds: list[Rule]) -> bool:
    """The planned act is told by a verb of its own: "signed the pact that had been put off".

    Not by a noun, as plans are ("dropped its plan for sanctions"), nor by the words that undo it
    ("put its drill on hold").
    """
    if one.event.type != plan.event.type:
        return False
    _, phrase = rules().said(_plain(one.sentence))
    if one.trigger & {stem(word) for word in phrase.split()}:
        return False
    trigger = [word for word in _plain(one.sentence).split() if stem(word) in one.trigger]
    nouns = [rule.nouns for rule in kinds if rule.nouns]
    return any(not any(noun.search(word) for noun in nouns) for word in trigger)


def _planned(plan: Telling) -> bool:
    return str(plan.event.status) == "planned"


def _does(plan: Telling, one: Telling) -> bool:
    """Whoever promised or threatened does it, or nobody is named for it."""
    a, b = plan.actors, one.actors
    return not a.codes or not b.codes or bool(a.codes & b.codes)


def _elsewhere(plan: Telling, one: Telling) -> bool:
    """A visit with hosts of other countries than those of the visit or talks planned."""
    if str(plan.event.type) != "CONSULT" or one.event.mode != "visit":
        return False
    a, b = _hosts(plan), _hosts(one)
    if plan.event.mode != "visit":  # the talks of two, and one of them goes to a third
        rest = plan.everyone.codes - one.actors.codes
        return bool(rest and b and not rest & one.everyone.codes and not b & (a | rest))
    if plan.actors.names & one.actors.names:
        return bool(a and b and not a & b)  # whatever country the visitor was given
    a, b = plan.recipients.codes, one.recipients.codes
    return bool(a and b and not a & one.everyone.codes and not b & plan.everyone.codes)


def _hosts(one: Telling) -> frozenset[str]:
    place = one.event.place
    return one.recipients.codes | ({place.country} if place and place.country else frozenset())


def _outsider(plan: Telling, one: Telling) -> bool:
    """Does a union or a party reject what states have planned? That calls nothing off."""
    planners = {party.sector for party in plan.event.actors}
    who = {party.sector for party in one.event.actors}
    return bool(planners & OFFICIAL) and bool(who) and not who & (OFFICIAL | {"UNK"} | planners)


def _there(plan: Telling, one: Telling) -> bool:
    """The later act takes place where the plan was to."""
    a, b = plan.event.place, one.event.place
    if b is None or not b.country:
        return False
    hosts = plan.recipients.codes | ({a.country} if a and a.country else set())
    return b.country in hosts - plan.actors.codes


def _moved(plan: Telling, one: Telling, kinds: list[Rule]) -> bool:
    """Met elsewhere, while a clause undoes it: "the talks in Rome have been put off"?"""
    place, (_, clause) = plan.event.place, rules().told(one.sentence, kinds)
    if _another_town(plan, one):
        return True
    named = place and place.name and set(names_of(place.name)) <= set(names_of(clause))
    return bool(named and clause != one.sentence and towns_of(one.sentence) - towns_of(clause))


def _at_large(plan: Telling, one: Telling) -> bool:
    """Of a plan at home: do others of the same state act, neither its planners nor their sector?"""
    if len(plan.everyone.codes | one.everyone.codes) > 1 or not one.actors.codes:
        return False
    known = plan.actors.names & one.actors.names or plan.actors.sectors & one.actors.sectors
    return not known


def _another_target(plan: Telling, one: Telling) -> bool:
    """Was it done to others than was threatened: to Japan, not to Guam; to a lorry, not to him?"""
    if str(plan.event.type) not in HOSTILE:
        return False
    a, b = plan.recipients, one.recipients
    told = b.codes or _hosts(one) - one.actors.codes
    if a.codes and told and not a.codes & told:
        return True
    return bool(a.names) and str(one.event.type) == "ASSAULT" and not a.names & b.names


def _anothers_word(plan: Telling, one: Telling) -> bool:
    """Does another person do what somebody without office promised of himself?"""
    private = bool(plan.actors.names) and not plan.actors.sectors & {"GOV", "MIL", "IGO", "LEG"}
    return private and _other_person(plan.actors, one.everyone)


def _at_home(plan: Telling, one: Telling) -> bool:
    """Was the visitor in his own country, while he was due in another?"""
    place, hosts = one.event.place, others(plan)
    return bool(
        str(plan.event.type) == "CONSULT" and hosts and place and place.country
        and place.country in plan.actors.codes and not one.everyone.codes & hosts
    )  # fmt: skip


def _another_town(plan: Telling, one: Telling) -> bool:
    a, b = plan.event.place, one.event.place
    return bool(a and b and a.geoname and b.geoname and a.geoname != b.geoname)


def _own_trip(plan: Telling, one: Telling) -> bool:
    """Another person of the planner's country calls off what is his own."""
    return bool(plan.actors.codes & one.actors.codes) and _other_person(plan.actors, one.actors)


def _other_person(planned: Side, told: Side) -> bool:
    return bool(planned.names and told.names and not planned.names & told.names)


def _later(plan: Telling, one: Telling) -> bool:
    """Published after the plan, or the same day; and no act that was over before it was made."""
    if not plan.published or not one.published or one.published < plan.published:
        return False
    guessed = one.event.date is not None and one.event.date.basis == "context"
    over = one.days > 0 and one.last < plan.published and not guessed
    return not over and _days(plan.published, one.published) <= FOLLOWED


@lru_cache(maxsize=8192)
def _plain(sentence: str) -> str:
    return plain(sentence)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
