"""The scorer of story groups follows its definitions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legation import groups
from legation.errors import GoldError

FAR = " Nothing else of note was said on that day in the city or anywhere near it." * 3
TEXT = "Chad met Niger." + FAR + " Mali shelled Togo." + FAR + " Benin will visit Ghana."
GROUP = {
    "id": "g",
    "articles": [{"id": name, "published": "2020-01-08", "text": TEXT} for name in "ab"],
    "happenings": [
        {"type": kind, "independent": 2, "reports": ["a", "b"],
         "mentions": [{"article": name, "trigger": trigger} for name in "ab"]}
        for kind, trigger in (("CONSULT", "met"), ("ASSAULT", "shelled"))
    ],
    "plans": [{"article": name, "trigger": "will visit", "outcome": "open", "by": None}
              for name in "ab"],
}  # fmt: skip


def told(article: str, word: str, kind: str, **more: object) -> dict[str, object]:
    at = TEXT.index(word)
    evidence = [{"start": at, "end": at + len(word), "part": "act"}]
    return {"article": article, "type": kind, "evidence": evidence, **more}


def score(happenings: tuple[str, ...], plans: list[dict[str, object]]) -> dict[str, object]:
    mentions = (("a", "met", "CONSULT"), ("b", "met", "CONSULT"),
                ("a", "shelled", "ASSAULT"), ("b", "shelled", "ASSAULT"))  # fmt: skip
    events = [told(*m, happening=h) for m, h in zip(mentions, happenings, strict=False)]
    system = {"events": events, "independent": {"h1": 2, "h2": 1}, "plans": plans}
    return groups.evaluate_groups([GROUP], [system])


def test_a_perfect_desk_is_told_as_one() -> None:
    plans = [told(name, "visit", "CONSULT", outcome="lapsed", by=None) for name in "ab"]
    scores = score(("h1", "h1", "h2", "h2"), plans)
    assert scores["happenings"]["f1"] == 1.0  # type: ignore[index]
    assert scores["plans"]["right"] == 1.0  # type: ignore[index]
    assert scores["independent"]["exact"] == 0.5  # type: ignore[index]


@pytest.mark.parametrize("gold", ["open", "lapsed"])
@pytest.mark.parametrize("read", ["open", "lapsed"])
def test_a_plan_without_news_is_right_by_either_name(gold: str, read: str) -> None:
    group = {**GROUP, "plans": [{"article": "a", "trigger": "will visit", "outcome": gold}]}
    plans = [told("a", "visit", "CONSULT", outcome=read, by=None)]
    system = {"events": [], "independent": {}, "plans": plans}
    assert groups.evaluate_groups([group], [system])["plans"]["right"] == 1.0


def test_all_in_one_costs_precision_and_a_missed_mention_recall() -> None:
    lumped = score(("h1",) * 4, [])["happenings"]
    assert (lumped["p"], lumped["r"]) == (0.5, 1.0)  # type: ignore[index]
    missed = score(("h1", "h1", "h2"), [])
    assert missed["happenings"]["p"] == 1.0  # type: ignore[index]
    assert missed["happenings"]["r"] == 0.625  # type: ignore[index]
    assert missed["plans"]["right"] == 0.0, "a plan that was never read is wrong"  # type: ignore[index]


def test_a_file_of_articles_is_no_file_of_groups(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "text": "x", "events": []}))
    assert groups.load(path) is None
    path.write_text(json.dumps({"articles": []}))
    with pytest.raises(GoldError, match="group 1 lacks id, happenings"):
        groups.load(path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"articles": [{"id": "a", "published": "2020-01-08"}]}, "article 1 lacks text"),
        ({"happenings": [{"type": "AID", "mentions": []}]}, "happening 1 lacks independent"),
        ({"plans": [{"article": "c", "trigger": "met", "outcome": "kept"}]},
         "plan 1: article names none of the group: 'c'"),
        ({"plans": [{"article": "a", "trigger": "flew", "outcome": "kept"}]},
         "plan 1: trigger is no stretch of article a: 'flew'"),
        ({"plans": [{"article": "a", "trigger": "met", "outcome": "done"}]},
         "plan 1: outcome 'done' is none of cancelled, contradicted, kept, lapsed, open"),
        ({"plans": [{"article": "a", "trigger": "met", "outcome": "kept", "by": "z"}]},
         "plan 1: by names no article of the group: 'z'"),
    ],
)  # fmt: skip
def test_gold_that_points_nowhere_is_named(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**GROUP, **change}))
    with pytest.raises(GoldError) as error:
        groups.load(path)
    assert str(error.value) == f"{path}: group g: {told}"
