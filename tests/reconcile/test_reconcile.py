"""Copies, happenings and plans: what is one, what stays apart, whatever the order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation import reconcile
from legation.reconcile import Telling, copies
from legation.story import Date, Event, Party, Place

CHN = Party("China", None, "CHN", "GOV")
SONG = Party("Song Tao", "Song Tao", "CHN", "PTY", "envoy")
WANG = Party("Wang Yi", "Wang Yi", "CHN", "GOV", "foreign minister")
PRK = Party("North Korea", None, "PRK", "GOV")
KOR = Party("South Korea", None, "KOR", "GOV")
GUNMEN = Party("gunmen", None, None, "UAF")
VISIT = "A Chinese envoy visited Pyongyang for talks with officials of the ruling party"


def tell(
    id: str, sentence: str = VISIT, published: str = "2017-11-20", trigger: str = "",
    **changes: object,
) -> Telling:  # fmt: skip
    """One report of a visit of a Chinese envoy to North Korea."""
    base = Event(
        id=id, type="CONSULT", mode="visit", actors=(CHN,), recipients=(PRK,), status="happened",
        date=Date("2017-11-17", "2017-11-20", "from Friday", "text"), place=None, source=(),
        confidence=0.8, evidence=(),
    )  # fmt: skip
    event = replace(base, **changes)  # type: ignore[arg-type]
    days = 0
    if event.date and event.date.basis == "text":
        days = (int(event.date.end[-2:]) - int(event.date.start[-2:])) + 1
    return reconcile.telling(event, f"s-{id}", f"s-{id}", "", published, days, sentence, trigger)


def day(value: str) -> Date:
    return Date(value, value, value, "text")


def test_a_state_and_its_envoy_are_compatible() -> None:
    one = tell("a", actors=(SONG,))
    assert reconcile.match(one, tell("b")) >= reconcile.SAME


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "ACCUSE", "mode": None},
        {"recipients": (KOR,)},
        {"actors": (KOR,)},
        {"date": day("2017-12-05")},
        {"status": "planned"},
        {"actors": (PRK,), "recipients": (CHN,), "type": "REQUEST", "mode": None},
    ],
)
def test_what_differs_in_what_matters_stays_apart(changes: dict[str, object]) -> None:
    assert reconcile.match(tell("a"), tell("b", **changes)) == 0


def test_two_ministers_of_one_state_need_more_than_a_common_day() -> None:
    one = tell("a", "Song Tao arrived in the capital", actors=(SONG,))
    two = tell("b", "Wang Yi met officials over dinner", actors=(WANG,))
    assert reconcile.match(one, two) < reconcile.SAME


def test_what_a_report_leaves_to_the_reader_excludes_nothing() -> None:
    host = Party("", None, "KOR", "GOV")
    assert reconcile.match(tell("a"), tell("b", recipients=(host,))) >= reconcile.SAME
    assert reconcile.match(tell("a"), tell("b", recipients=(KOR,))) == 0


def test_an_office_is_no_other_name() -> None:
    quarrel = {"type": "REQUEST", "mode": None, "date": day("2017-11-17")}
    envoy = tell("a", "Song Tao asked Pyongyang to stop", actors=(SONG,), **quarrel)
    head = Party("the foreign minister", "Wang Yi", "CHN", "GOV", "foreign minister")
    office = tell("b", "The foreign minister asked the North to stop", actors=(head,), **quarrel)
    other = tell("b", "Wang Yi asked the North to stop", actors=(WANG,), **quarrel)
    assert reconcile.match(envoy, office) > reconcile.match(envoy, other)


def test_a_visit_expected_is_no_report_of_the_visit() -> None:
    made = tell("a", date=day("2017-11-20"))
    expected = tell("b", published="2017-11-16", status="possible", date=day("2017-11-20"))
    doubtful = tell("b", published="2017-11-20", status="possible", date=day("2017-11-20"))
    assert reconcile.match(made, expected) == 0
    assert reconcile.match(made, doubtful) >= reconcile.SAME


def test_a_later_report_looks_back_on_an_act_without_its_day() -> None:
    toured = {"type": "CONSULT", "date": None}
    made = tell("a", "A Chinese envoy toured the north of Korea", "2017-11-20")
    later = "Traders on the frontier were pleased that the envoy {} their harbours and farms"
    had = tell("b", later.format("had toured"), "2017-11-30", trigger="toured", **toured)
    will = tell("b", later.format("toured"), "2017-11-30", trigger="toured", **toured)
    assert reconcile.match(made, had) >= reconcile.SAME > reconcile.match(made, will)
    assert reconcile.match(had, made) == reconcile.match(made, had)


def test_two_undated_reports_match_alike_whichever_comes_first() -> None:
    one = tell("z", published="2017-11-20", date=None)
    two = tell("a", published="2017-12-05", date=None)
    assert reconcile.match(one, two) == reconcile.match(two, one) >= reconcile.SAME


def test_an_arrest_and_a_coup_of_one_day_are_two_acts() -> None:
    toppled = {"type": "COERCE", "date": day("2017-11-17"), "recipients": (PRK,)}
    one = tell("a", "Soldiers toppled Korea's leader", mode="seize", trigger="toppled", **toppled)
    two = tell(
        "b", "Soldiers arrested Korea's leader", mode="arrest", trigger="arrested", **toppled
    )
    assert reconcile.match(one, two) < reconcile.SAME


def test_bombs_in_two_countries_are_two() -> None:
    mali = Place("Gao", "Gao", "MLI", 16.3, 0.0, 1)
    niger = Place("Diffa", "Diffa", "NER", 13.3, 12.6, 2)
    bomb = "A bomb killed seven soldiers near the market"
    kind = {"type": "ASSAULT", "mode": "explosives", "actors": (GUNMEN,), "recipients": ()}
    assert (
        reconcile.match(tell("a", bomb, place=mali, **kind), tell("b", bomb, place=niger, **kind))
        == 0
    )
    assert (
        reconcile.match(tell("a", bomb, place=mali, **kind), tell("b", bomb, **kind))
        >= reconcile.SAME
    )


def test_a_growing_toll_is_one_attack() -> None:
    kind = {"type": "ASSAULT", "mode": None, "actors": (GUNMEN,), "date": day("2021-12-03"),
            "recipients": (Party("villagers", None, "MLI", "CVL"),)}  # fmt: skip
    one = tell("a", "Gunmen killed at least 12 people on a bus in Mali", "2021-12-04", **kind)
    two = tell("b", "The army said that gunmen slaughtered 31 on the bus", "2021-12-06", **kind)
    assert reconcile.match(one, two) >= reconcile.SAME


def test_a_denial_joins_the_act_and_both_are_kept() -> None:
    told = [tell("a"), tell("b"), tell("c", status="negated")]
    (cluster,) = reconcile.clusters(told)
    made = reconcile.summary("h", told)
    assert cluster == ("a", "b", "c")
    assert made.statuses == (("happened", 2), ("negated", 1))
    assert (made.status, made.disputed) == ("happened", True)


def test_a_vague_date_ties_no_two_acts_together() -> None:
    first = tell("a", date=day("2017-11-03"), published="2017-11-04")
    second = tell("b", date=day("2017-11-24"), published="2017-11-25")
    month = tell("c", date=Date("2017-11-01", "2017-11-30", "in November", "text"))
    groups = reconcile.clusters([first, second, month])
    assert len(groups) == 2
    assert {"a", "b"} & set(groups[0]) != {"a", "b"}


def test_a_person_joins_and_parts() -> None:
    one, two, three = tell("a"), tell("b"), tell("c", recipients=(KOR,))
    parted = reconcile.clusters([one, two], different=[frozenset("ab")])
    assert parted == [("a",), ("b",)]
    assert reconcile.clusters([one, three], same=[frozenset("ac")]) == [("a", "c")]


_EVENTS = st.lists(
    st.builds(
        dict,
        actors=st.sampled_from([(CHN,), (SONG,), (WANG,), (PRK,)]),
        recipients=st.sampled_from([(PRK,), (KOR,), ()]),
        status=st.sampled_from(["happened", "negated", "planned"]),
        date=st.sampled_from(
            [day("2017-11-17"), day("2017-11-18"), day("2017-11-20"), None,
             Date("2017-11-01", "2017-11-30", "", "text")]
        ),
        sentence=st.sampled_from([VISIT, "Song Tao left Pyongyang", "Officials held talks"]),
    ),
    min_size=2,
    max_size=9,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(_EVENTS, st.randoms())
def test_the_order_of_arrival_does_not_matter(
    chosen: list[dict[str, object]], chance: object
) -> None:
    told = [tell(f"e{n}", **one) for n, one in enumerate(chosen)]  # type: ignore[arg-type]
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile.clusters(told) == reconcile.clusters(shuffled)


def test_a_happening_keeps_its_id_when_it_grows_merges_and_splits() -> None:
    before = {"a": "h1", "b": "h1", "c": "h2"}
    age = {"h1": 1, "h2": 2}
    (grown,) = reconcile.identities([("a", "b", "x")], before, age)
    assert (grown.id, grown.absorbed) == ("h1", ())
    (merged,) = reconcile.identities([("a", "b", "c")], before, age)
    assert (merged.id, merged.absorbed) == ("h1", ("h2",))
    kept, new = reconcile.identities([("a",), ("b",)], before, age)
    assert (kept.id, new.id, new.split_from) == ("h1", "", "h1")


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ({"status": "happened", "date": day("2017-12-14")}, "kept"),
        ({"status": "happened", "date": day("2017-11-21")}, "open"),
        ({"status": "negated", "date": day("2017-12-14")}, "contradicted"),
        ({"type": "REJECT", "mode": "meet", "date": day("2017-12-01")}, "cancelled"),
        (
            {"type": "REJECT", "mode": "meet", "date": day("2017-12-01"), "recipients": (KOR,)},
            "open",
        ),
    ],
)
def test_plans_are_followed(later: dict[str, object], outcome: str) -> None:
    plan = tell("p", status="planned", date=day("2017-12-14"), published="2017-11-21")
    after = tell("q", published="2017-12-15", **later)  # type: ignore[arg-type]
    found = reconcile.follow(plan, [after], "2017-12-15")
    assert found.outcome == outcome
    assert found.by_event == ("" if outcome == "open" else "q")


def test_a_plan_whose_day_passed_in_silence_has_lapsed() -> None:
    plan = tell("p", status="planned", date=day("2017-12-14"), published="2017-11-21")
    assert reconcile.follow(plan, [], "2017-12-15").outcome == "open"
    assert reconcile.follow(plan, [], "2017-12-20").outcome == "lapsed"


STORY = " ".join(f"w{n} of the {n * 7 % 31} story told by x{n * 13 % 97}" for n in range(60))


@pytest.mark.parametrize(
    "copy",
    [STORY, STORY[: len(STORY) // 3], STORY[len(STORY) // 2 :] + STORY[: len(STORY) // 2],
     "By our reporter. " + STORY.replace("w7 ", "v7 "), STORY.upper()],
)  # fmt: skip
def test_copies_meet_and_are_told(copy: str) -> None:
    one, two = copies.report("a", "2020-01-01", STORY), copies.report("b", "2020-01-02", copy)
    assert copies.marks(copies.runs(STORY)) & copies.marks(copies.runs(copy))
    assert copies.copied(one, two) >= copies.ALIKE


def test_other_texts_and_late_ones_are_no_copies() -> None:
    one = copies.report("a", "2020-01-01", STORY)
    other = " ".join(f"y{n} in another {n * 5 % 17} report by z{n * 3 % 71}" for n in range(60))
    assert copies.copied(one, copies.report("b", "2020-01-02", other)) == 0
    assert copies.copied(one, copies.report("b", "2020-06-02", STORY)) == 0


def test_a_family_is_named_after_what_came_first() -> None:
    stories = {"a": ("2020-01-02", 9), "b": ("2020-01-01", 5), "c": ("2020-01-01", 7), "d": ("", 9)}
    assert copies.families(stories, [("a", "b"), ("b", "c")]) == {
        "a": "c", "b": "c", "c": "c", "d": "d"
    }  # fmt: skip


def test_a_copy_of_the_report_of_a_plan_does_not_decide_it() -> None:
    plan = tell("p", status="planned", date=day("2017-12-14"), published="2017-11-21")
    off = tell("q", type="REJECT", mode="meet", date=day("2017-12-01"), published="2017-12-02")
    assert reconcile.follow(plan, [off], "").outcome == "cancelled"
    assert reconcile.follow(plan, [replace(off, family=plan.family)], "").outcome == "open"


def _quoting(id: str, outlet: str, *names: str) -> Telling:
    source = tuple(Party(name, name, None, "JRN") for name in names)
    return replace(tell(id, source=source), outlet=outlet)


def test_who_only_quotes_another_outlet_is_no_independent_report() -> None:
    wire = _quoting("a", "Reuters")
    paper = _quoting("b", "The Herald", "Reuters")
    own = _quoting("c", "CNN", "CNN")
    assert reconcile.summary("h", [wire, paper]).independent == 1
    assert reconcile.summary("h", [wire, paper, own]).independent == 2
    assert reconcile.summary("h", [wire, own]).independent == 2


def test_two_that_quote_the_same_outlet_have_one_voice() -> None:
    told = [_quoting("a", "The Herald", "CNN"), _quoting("b", "Le Jour", "CNN"), _quoting("c", "X")]
    assert reconcile.summary("h", told[:2]).independent == 1
    assert reconcile.summary("h", told).independent == 2
    assert reconcile.summary("h", told[:1]).independent == 1


def test_who_credits_another_teller_in_words_repeats_it() -> None:
    first = replace(tell("a"), outlet="The Yonsei Daily")
    told = replace(tell("b", VISIT + ", the Yonsei Daily reported."), outlet="Le Jour")
    seen = replace(tell("b", VISIT + ", told the Yonsei Daily's owner."), outlet="Le Jour")
    assert reconcile.summary("h", [first, told]).independent == 1
    assert reconcile.summary("h", [first, seen]).independent == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PARIS (Reuters) - France said no.", ["Reuters"]),
        ("France said no.\n\nMali said yes. (AFP)", ["AFP"]),
        ("France said no.\n\nMali said yes. \u2014 Potomac Wire.", ["Potomac Wire"]),
        ("France (pop. 67m) said no. It was well-known.\nMali said yes.", []),
    ],
)
def test_a_credit_line_names_an_outlet(text: str, names: list[str]) -> None:
    assert copies.credits(text) == names


def test_a_rewritten_text_of_a_credited_outlet_is_a_copy() -> None:
    words = [f"w{n}" for n in range(120)]
    wire = copies.report("a", "2020-01-01", " ".join(words))
    paper = copies.report("b", "2020-01-02", " ".join([*words[:40], *(f"x{n}" for n in range(80))]))
    assert copies.copied(wire, paper) == 0
    assert copies.copied(wire, paper, owned=True) >= copies.OWNED
    assert reconcile.named("The Sahel Wire", ["Sahel Wire"])
    assert not reconcile.named("", ["Sahel Wire"])


def test_a_dated_act_and_a_later_mention_of_it_without_a_day_reach_each_other() -> None:
    act = tell("a", date=day("2017-11-20"))
    mention = tell("b", published="2017-12-28", date=None)
    before = tell("c", published="2017-09-01", date=None)
    assert reconcile.in_reach(act, mention)
    assert reconcile.in_reach(mention, act)
    first, last = reconcile.stands(mention)
    assert first <= "2017-11-20" <= last  # so it is met there, whichever came first
    assert not reconcile.in_reach(act, tell("d", published="2018-03-01", date=None))
    assert not reconcile.in_reach(act, tell("e", date=day("2017-11-24")))
    assert reconcile.in_reach(act, before) == reconcile.in_reach(before, act)
