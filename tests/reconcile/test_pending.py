"""A concession is a plan only while it is announced: examples of [pending], and whole desks."""

from __future__ import annotations

from pathlib import Path

import pytest

import legation
from legation.errors import KnowledgeError
from legation.reconcile.outcomes import rules
from legation.reconcile.pending import pending
from legation.reconcile.telling import stem
from legation.story import Story


def stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


@pytest.mark.parametrize(("sentence", "act"), rules().pending.yes)
def test_what_is_announced_is_still_to_be_done(sentence: str, act: str) -> None:
    assert pending(sentence, stems(act))


@pytest.mark.parametrize(("sentence", "act"), rules().pending.no)
def test_what_has_been_done_is_not(sentence: str, act: str) -> None:
    assert not pending(sentence, stems(act))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Zambia's president will pardon forty prisoners, his office said on Monday.", True),
        ("Zambian rebels declared a ceasefire on Monday.", True),
        ("Zambia said on Monday that it would lift its ban on Malawian maize.", True),
        ("Zambia's president pardoned forty prisoners on Monday.", False),
        ("Zambia lifted its ban on Malawian maize on Monday.", False),
        ("Zambia's president apologised to Malawi on Monday.", False),
        ("Zambian teachers called off their strike on Monday.", False),
    ],
)
def test_a_desk_follows_only_concessions_that_are_announced(
    text: str, kept: bool, reader: legation.Reader, tmp_path: Path
) -> None:
    story = Story(text, id="one", published="2020-06-15", language="en")
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all([story]))
        assert "CONCEDE" in {str(one.event.type) for one in desk.events()}
        plans = [one for one in desk.plans(undated=True) if str(one.event.event.type) == "CONCEDE"]
    assert bool(plans) == kept


@pytest.mark.parametrize(
    ("text", "followed"),
    [
        ("Kenya's nurses will strike on Thursday if no offer is made, they said.", True),
        ("Kenya's nurses said that they would strike on Thursday unless they were paid.", True),
        ("Kenya's nurses would strike on Thursday if no offer was made, analysts said.", False),
        ("Kenya's nurses could strike on Thursday if no offer is made, they said.", False),
        ("Kenya's nurses may strike on Thursday, they said.", False),
    ],
)
def test_what_will_be_done_on_a_condition_is_followed_as_a_plan(
    text: str, followed: bool, reader: legation.Reader, tmp_path: Path
) -> None:
    told = Story(text, id="one", published="2020-06-15", language="en")
    later = "Kenya's nurses went on strike on Thursday over pay."
    done = Story(later, id="two", published="2020-06-19", language="en")
    with legation.open(str(tmp_path / "desk.db")) as desk:
        desk.add_all(reader.read_all([told, done]))
        plans = [(str(p.event.event.status), str(p.plan.outcome)) for p in desk.plans()]
    assert plans == ([("possible", "kept")] if followed else [])


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ('[pending]\nmodals = ["will"]\n', "must be a list; lists are modals"),
        ("[pending]\ntenses = []\n", "must be a list; lists are modals"),
    ],
)
def test_a_slip_is_told(slip: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.toml"
    path.write_text(slip, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        rules(path)
