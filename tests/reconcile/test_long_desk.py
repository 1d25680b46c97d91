"""A desk of many reports about the same two states: what else they do decides no plan of theirs."""

import pytest

import legation
from legation.errors import KnowledgeError
from legation.reconcile.kin import sets, shared
from legation.reconcile.telling import content
from legation.story import Outcome, Story

DAYS = (
    ("2019-03-06", "Guyana accused Suriname on Tuesday of spying."),
    ("2019-03-12", "Suriname arrested three Guyanese smugglers on Monday."),
    ("2019-03-19", "Suriname thanked Guyana on Monday for a gift of medicine."),
    ("2019-03-27", "Suriname urged Guyana on Tuesday to count its votes again."),
    ("2019-04-03", "Guyana's health minister visited Suriname on Monday."),
    ("2019-04-10", "Suriname lifted its tax on Guyanese sugar on Tuesday, as it had promised."),
    ("2019-04-11", "Guyana and Suriname signed a treaty on river patrols on Wednesday."),
    ("2019-04-17", "Suriname fined five Guyanese miners on Tuesday."),
    ("2019-04-24", "Guyana and Suriname opened a school in Nickerie on Tuesday."),
)


def outcomes(reader: legation.Reader, tmp_path, plan: str, *more: tuple[str, str]) -> list[str]:
    """The outcomes of the plans of the first report, on a desk that these other reports fill."""
    told = [("2019-03-01", plan), *DAYS, *more]
    stories = [
        Story(text, id=str(at), published=day, outlet=f"Paper {at}")
        for at, (day, text) in enumerate(told)
    ]
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all(stories))
        return [str(k.plan.outcome) for k in desk.plans(undated=True) if k.event.given == "0"]


@pytest.mark.parametrize(
    ("plan", "day", "end", "outcome"),
    [
        (
            "Guyana and Suriname agreed on Friday to resume the ferry.",
            "2019-05-20", "The ferry between Guyana and Suriname resumed on Sunday.", Outcome.KEPT,
        ),
        (
            "Guyana will withdraw its soldiers from Suriname.",
            "2019-05-20", "Guyana withdrew its last troops from Suriname on Sunday.", Outcome.KEPT,
        ),
        (
            "Suriname threatened on Friday to expel Guyana's ambassador.",
            "2019-05-20", "Suriname expelled the Guyanese ambassador on Sunday.", Outcome.KEPT,
        ),
    ],
)  # fmt: skip
def test_only_what_shares_its_matter_decides_a_plan(
    rules: legation.Reader, tmp_path, plan: str, day: str, end: str, outcome: str
) -> None:
    (tmp_path / "without").mkdir()
    assert outcomes(rules, tmp_path / "without", plan) == [Outcome.OPEN]
    assert outcomes(rules, tmp_path, plan, (day, end)) == [outcome]


def test_words_of_one_matter_are_shared() -> None:
    plan = content("will drill together and free the captives")
    told = content("the manoeuvres were dropped, but the prisoners are home")
    assert shared(plan, told) == {"drill", "captiv"}
    assert not shared(plan, content("the treaty was signed in the capital"))


def test_a_word_stands_in_one_set_only(tmp_path) -> None:
    path = tmp_path / "kin.toml"
    path.write_text('sets = [["ship", "vessel"], ["boat", "ships"]]\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"kin.toml: set 2: 'ships' stands in another set"):
        sets(path)
