"""The tables of outcomes.toml keep their own promises: every example has its outcome."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import legation
from legation.errors import KnowledgeError
from legation.reconcile.outcomes import Cue, Example, plain, rules
from legation.story import Story

RULES = rules()
EXAMPLES = [one for rule in (*RULES.plans, *RULES.promises) for one in rule.examples]
YES = [(cue, text) for cue in RULES.cues for text in cue.yes]
NO = [(cue, text) for cue in RULES.cues for text in cue.no]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.later[:60]}")
def test_a_later_report_decides_a_plan_as_the_example_says(
    example: Example, reader: legation.Reader, tmp_path: Path
) -> None:
    later = (date(2020, 6, 15) + timedelta(days=example.days)).isoformat()
    told = [
        Story(example.plan, id="plan", published="2020-06-15", outlet="One", language="en"),
        Story(example.later, id="later", published=later, outlet="Two", language="en"),
    ]
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all(told))
        plans = [kept.plan for kept in desk.plans(undated=True) if kept.event.given == "plan"]
    outcomes = [str(plan.outcome) for plan in plans]
    assert example.outcome in outcomes, outcomes


@pytest.mark.parametrize(("cue", "text"), YES, ids=[text for _, text in YES])
def test_words_tell_an_outcome(cue: Cue, text: str) -> None:
    assert RULES.said(plain(text))[0] == cue.outcome


@pytest.mark.parametrize(("cue", "text"), NO, ids=[text for _, text in NO])
def test_other_words_do_not(cue: Cue, text: str) -> None:
    assert RULES.said(plain(text))[0] != cue.outcome


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ('[[plan]]\nof = ["VISIT"]\n', "plan 1: 'VISIT' is no type/mode"),
        ('[[plan]]\nof = ["AID"]\nkeeps = ["AID"]\n', "plan 1: unknown ['keeps']"),
        ('[[promise]]\nof = ["AGREE maybe"]\n', "only 'negated' may stand"),
        ('[[cue]]\noutcome = "done"\n', "cue 1: no outcome 'done'"),
        ("[[plan]\n", "Expected"),
    ],
)
def test_a_slip_is_told_with_file_and_entry(slip: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.toml"
    path.write_text(slip, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        rules(path)
    assert said in str(error.value)
    assert str(path) in str(error.value)
