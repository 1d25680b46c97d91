"""When the language model is asked about a plan, and what its answer weighs beside the rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from legation import reconcile
from legation.reconcile.affair import likeness
from legation.reconcile.judged import ASKED, CLOSE, CLOSER, LOOSE, judged
from legation.reconcile.pages import Page, page
from legation.reconcile.plans import CLEAR, due
from legation.story import Party, Plan, Sequel
from tests.reconcile.test_reconcile import SONG, day, tell

PLAN = tell(
    "p", "Chinese envoy Song Tao will visit Pyongyang on Friday.", "2017-11-20", "will visit",
    actors=(SONG,), status="planned", date=day("2017-11-24"),
)  # fmt: skip
WREATH = "Song Tao laid a wreath in Pyongyang."  # the rules: kept, not for sure
SPOKE = "Song Tao spoke of coal and of Pyongyang."  # the rules: nothing; only its parties bind it
KNEW = "Few in Pyongyang knew of the visit."  # the rules: nothing; its matter binds it
OFF = "Song Tao's trip to Pyongyang is off."  # the rules: cancelled, for sure
NOTHING = Sequel(1.0, 0.0, 0.0, 0.0, 0.0)
KEPT = Sequel(0.05, 0.0, 0.95, 0.0, 0.0)
CANCELLED = Sequel(0.05, 0.0, 0.0, 0.95, 0.0)
CONTRADICTED = Sequel(0.05, 0.0, 0.0, 0.0, 0.95)


Asked = tuple[str, str, str, tuple[str, ...], str, str, str]


@dataclass
class Heard:
    """A stand-in for the model: one answer for every sentence that has a word, else silence."""

    answer: Sequel
    word: str = ""
    asked: list[Asked] = field(default_factory=list)

    def __call__(
        self, plan: str, trigger: str, made: str, later: tuple[str, ...], told: str, above: str,
        before: str,
    ) -> list[Sequel]:  # fmt: skip
        self.asked.append((plan, trigger, made, later, told, above, before))
        return [self.answer if self.word in sentence else NOTHING for sentence in later]


def report(
    text: str, published: str = "2017-11-25", name: str = "x", family: str = "", title: str = ""
) -> Page:
    return page(f"s-{name}", family or f"s-{name}", published, text, title)


def followed(ask: Heard | None, *pages: Page) -> Plan:
    return reconcile.follow(PLAN, [], "2017-11-30", pages, ask, OWN)


OWN = page("s-p", "s-p", PLAN.published, f"Snow lay in Beijing. {PLAN.sentence} It was cold.")


def test_the_plan_and_what_is_told_later_are_given_as_they_stand() -> None:
    heard = Heard(NOTHING)
    followed(heard, report(f"It rained. {SPOKE}", title="Envoy in the north"))
    assert heard.asked == [
        (
            PLAN.sentence, "will visit", "2017-11-20", ("It rained.", SPOKE), "2017-11-25",
            "Envoy in the north", "Snow lay in Beijing.",
        )
    ]  # fmt: skip


def test_of_a_long_report_the_sentence_that_binds_most_is_given_with_its_neighbours() -> None:
    heard = Heard(NOTHING)
    around = ["Snow lay.", "Dogs barked.", SPOKE, "They ate.", "They sang.", "They slept."]
    followed(heard, report(" ".join(["It rained.", *around, "Day broke."])))
    assert [list(asked[3]) for asked in heard.asked] == [around]


UNDONE = "He has called off the trip."


@pytest.mark.parametrize(
    ("after", "answer", "outcome"),
    [
        (UNDONE, CANCELLED, "cancelled"),
        (UNDONE, KEPT, "lapsed"),  # what is told with the plan keeps none
        ("He has packed for the trip.", CANCELLED, "lapsed"),  # the model is not asked
    ],
)
def test_the_report_of_a_plan_may_call_it_off(after: str, answer: Sequel, outcome: str) -> None:
    own = page("s-p", "s-p", PLAN.published, f"Snow lay in Beijing. {PLAN.sentence} {after}")
    heard = Heard(answer, "trip")
    told = reconcile.follow(PLAN, [], "2017-11-30", (), heard, own)
    assert told.outcome == outcome
    assert [asked[3] for asked in heard.asked] == [(PLAN.sentence, UNDONE)] * (after == UNDONE)


def test_of_a_report_without_a_day_the_model_is_not_asked() -> None:
    own = page("s-p", "s-p", "", f"{PLAN.sentence} {UNDONE}")
    heard = Heard(CANCELLED, "trip")
    plan = replace(PLAN, published="")
    told = reconcile.follow(plan, [], "2017-11-30", (), heard, own)
    assert (told.outcome in ("open", "lapsed"), heard.asked) == (True, [])


def test_any_sentence_of_a_report_may_tell_the_end() -> None:
    told = followed(Heard(KEPT, "ate"), report(f"{SPOKE} He ate with the generals."))
    assert (told.outcome, told.by_sentence) == ("kept", "He ate with the generals.")


def test_no_more_than_the_likeliest_reports_are_asked_about() -> None:
    heard = Heard(NOTHING)
    texts = [f"Song Tao spoke of coal in Pyongyang to {n} reporters." for n in range(20, 29)]
    followed(heard, *(report(text, name=text[-14:-12]) for text in texts), report("It rained."))
    assert len(heard.asked) == ASKED == 2


def test_a_report_is_asked_about_once() -> None:
    heard = Heard(NOTHING)
    followed(heard, report(f"{SPOKE} Song Tao spoke of Pyongyang again."))
    assert len(heard.asked) == 1


def test_a_second_report_is_asked_about_only_if_it_is_closer() -> None:
    goods = "Rice, sugar, coal, tin and corn cost more in Peru, Chile, Mexico, Ghana and Kenya."
    prices = f"{goods[:-1]}, Bolivia, Ecuador and Nigeria."
    far = report(f"Chinese envoys sold cars in Pyongyang. {prices}", name="far")
    assert CLOSE.soon <= likeness(PLAN, OWN, far) < CLOSER.soon
    alone, both = Heard(NOTHING), Heard(NOTHING)
    followed(alone, far)
    followed(both, far, report(SPOKE))
    assert [len(heard.asked) for heard in (alone, both)] == [1, 1]


def test_a_report_that_tells_of_another_trip_alone_is_not_asked_about() -> None:
    heard = Heard(KEPT)
    followed(heard, report("Song Tao's trip to Laos is off."))
    assert heard.asked == []


def test_the_questions_do_not_hang_on_the_order_of_reports() -> None:
    pages = [report(SPOKE, f"2017-11-{d}", str(d)) for d in range(22, 29)]
    one, two = Heard(NOTHING), Heard(NOTHING)
    followed(one, *pages)
    followed(two, *reversed(pages))
    assert one.asked == two.asked


def test_copies_of_the_plan_and_earlier_reports_are_not_asked_about() -> None:
    heard = Heard(KEPT)
    copy = report(SPOKE, name="copy", family=PLAN.family)
    followed(heard, copy, report(SPOKE, "2017-11-19", "before"))
    assert heard.asked == []


def test_contradicted_before_the_day_planned_is_cancelled() -> None:
    early = followed(Heard(CONTRADICTED), report(SPOKE, "2017-11-22"))
    late = followed(Heard(CONTRADICTED), report(SPOKE, "2017-11-25"))
    assert (early.outcome, late.outcome) == ("cancelled", "contradicted")


@pytest.mark.parametrize(
    ("told", "shares"), [("2017-11-22", []), ("2017-11-23", []), ("2017-11-24", [0.95])]
)
def test_kept_before_the_day_planned_is_not_heard(told: str, shares: list[float]) -> None:
    found = list(judged(PLAN, [report(KNEW, told)], due(PLAN), Heard(KEPT)))
    assert [one.share for one in found if one.outcome == "kept"] == shares


def test_a_plan_without_a_day_can_be_kept_on_any() -> None:
    found = list(judged(PLAN, [report(KNEW, "2017-11-21")], None, Heard(KEPT)))
    assert max(one.share for one in found if one.outcome == "kept") == KEPT.kept


def test_the_model_decides_where_the_rules_say_nothing_and_shows_the_sentence() -> None:
    told = followed(Heard(KEPT), report(KNEW))
    assert (told.outcome, told.by_event, told.by_story, told.by_sentence, told.score) == (
        "kept", "", "s-x", KNEW, 0.95,
    )  # fmt: skip


def test_a_faint_answer_decides_nothing() -> None:
    faint = Sequel(0.4, 0.3, 0.2, 0.1, 0.0)
    assert followed(Heard(faint), report(SPOKE)) == followed(None, report(SPOKE))


def test_the_model_outvotes_rules_that_are_not_sure() -> None:
    assert followed(None, report(WREATH)).outcome == "kept"
    told = followed(Heard(CANCELLED, "Few"), report(f"{WREATH} {KNEW}"))
    assert (told.outcome, told.by_sentence) == ("cancelled", KNEW)


def test_a_rule_that_is_sure_is_outvoted_by_no_half_sure_model() -> None:
    assert followed(None, report(OFF)).score >= CLEAR
    half = Sequel(0.5, 0.0, 0.5, 0.0, 0.0)
    assert followed(Heard(half), report(OFF)) == followed(None, report(OFF))


def test_a_doubtful_answer_does_not_outvote_the_rules() -> None:
    doubtful = Sequel(0.3, 0.0, 0.1, 0.6, 0.0)
    assert followed(Heard(doubtful), report(WREATH)) == followed(None, report(WREATH))


def test_an_answer_that_agrees_leaves_what_the_rules_told() -> None:
    assert followed(Heard(KEPT), report(WREATH)) == followed(None, report(WREATH))


def test_without_the_model_the_rules_alone_decide() -> None:
    assert followed(None, report(WREATH)).outcome == "kept"
    assert followed(None, report(SPOKE)).outcome == "lapsed"


def test_a_sentence_that_the_rules_go_by_does_not_stand_where_the_model_hears_nothing() -> None:
    told = followed(None, report(WREATH))
    assert (told.outcome, told.by_event) == ("kept", "")
    assert followed(Heard(NOTHING), report(WREATH)).outcome == "lapsed"
    faint = Sequel(0.7, 0.0, 0.3, 0.0, 0.0)
    assert followed(Heard(faint), report(WREATH)) == told


def test_an_act_that_the_rules_go_by_stands_though_the_model_hears_nothing() -> None:
    came = "Song Tao visited Pyongyang on Friday."
    visit = tell("v", came, "2017-11-25", "visited", actors=(SONG,), date=day("2017-11-24"))
    pages = [report(came, name="v")]
    told = reconcile.follow(PLAN, [visit], "2017-11-30", pages, None, OWN)
    assert (told.outcome, told.by_event) == ("kept", "v")
    assert reconcile.follow(PLAN, [visit], "2017-11-30", pages, Heard(NOTHING), OWN) == told


def test_a_report_of_another_affair_is_not_asked_about() -> None:
    heard = Heard(KEPT)
    corn = "A Chinese farm sold corn to Peru, Chile, Mexico and Ghana, where prices rose."
    told = followed(heard, report(f"{corn} Nigeria and Kenya bought sugar and rice."))
    assert (told.outcome, heard.asked) == ("lapsed", [])


def test_talks_that_are_suspended_long_after_they_were_due_are_not_called_off() -> None:
    broken = "Song Tao suspended his visit to Pyongyang."
    soon, late = (
        list(judged(PLAN, [report(broken, told)], due(PLAN), Heard(CANCELLED)))
        for told in ("2017-11-26", "2017-12-09")
    )
    assert max(one.share for one in soon if one.outcome == "cancelled") == CANCELLED.cancelled
    assert not [one for one in late if one.outcome == "cancelled"]


def test_where_the_rules_are_sure_that_a_plan_was_kept_the_model_is_not_asked() -> None:
    met = "Song Tao met officials in Pyongyang on Friday."
    visit = tell("v", met, "2017-11-25", "met", actors=(SONG,), date=day("2017-11-24"))
    heard = Heard(CANCELLED)
    told = reconcile.follow(PLAN, [visit], "2017-11-30", [report(met, name="v")], heard, OWN)
    assert (told.outcome, told.score >= CLEAR, heard.asked) == ("kept", True, [])


def test_kept_counts_less_of_a_sentence_that_only_the_parties_bind() -> None:
    said = "Guyana agreed with Suriname on Friday to resume the ferry."
    two = (Party("Guyana", None, "GUY", "GOV"), Party("Suriname", None, "SUR", "GOV"))
    plan = tell(
        "p", said, "2019-03-01", "agreed", type="AGREE", mode=None, actors=two, recipients=(),
        place=None,
    )  # fmt: skip
    thanks, ferry = (
        page("s-x", "s-x", "2019-03-12", text)
        for text in ("Suriname thanked Guyana for medicine.", "The ferry of Guyana sailed again.")
    )
    loose, bound = (
        max(one.share for one in judged(plan, [later], None, Heard(KEPT)) if one.outcome == "kept")
        for later in (thanks, ferry)
    )
    assert bound == KEPT.kept > loose
    assert loose == pytest.approx(LOOSE * KEPT.kept)
