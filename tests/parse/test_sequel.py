"""The network that reads a plan and a later report together, on plain sentences."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from legation.errors import ModelError
from legation.parse import MODEL
from legation.parse.pieces import Pieces
from legation.parse.sequel import (
    CLASSES,
    FILE,
    LATER,
    MOST,
    PASSAGE,
    PLAN,
    SILENT,
    Sequels,
    question,
    rows,
)
from legation.story import Sequel

VISIT = ("Chad's foreign minister will visit Kigali on Friday.", "will visit Kigali", "2020-06-15")
RELEASE = ("Mali will release 360 prisoners by the end of June.", "will release", "2020-06-15")
TREATY = (
    "Norway and Iceland are to sign a treaty on herring in Oslo on 12 May.",
    "are to sign",
    "2011-05-02",
)
THREAT = ("Peru threatened to recall its ambassador from Chile.", "threatened", "2009-11-16")
TOLD = [
    (VISIT, "2020-06-20", "Chad's foreign minister arrived in Kigali on Friday.", "kept"),
    (RELEASE, "2020-06-29", "Mali freed 360 prisoners on Sunday.", "kept"),
    (TREATY, "2011-05-13", "Norway and Iceland signed a treaty on herring on Thursday.", "kept"),
    (THREAT, "2009-11-20", "Peru recalled its ambassador from Chile on Thursday.", "kept"),
    (VISIT, "2020-06-18", "Chad's foreign minister called off his visit to Kigali.", "cancelled"),
    (RELEASE, "2020-06-24", "Mali has cancelled the release of the prisoners.", "cancelled"),
    (THREAT, "2009-11-20", "Peru dropped its threat to recall the ambassador.", "cancelled"),
    (VISIT, "2020-06-22", "The minister did not go to Kigali on Friday.", "contradicted"),
    (RELEASE, "2020-07-05", "June has passed and no prisoner was released.", "contradicted"),
    (VISIT, "2020-06-17", "Chad's minister is still to visit Kigali on Friday.", "open"),
    (VISIT, "2020-06-20", "Rwanda sold ten tonnes of coffee to Japan.", "none"),
    (TREATY, "2011-05-13", "A bomb killed four people in Karachi.", "none"),
    (THREAT, "2009-11-20", "Argentina raised its wheat tax.", "none"),
]


@pytest.fixture(scope="module")
def sequels() -> Sequels:
    return Sequels(MODEL)


@pytest.mark.parametrize(("plan", "day", "later", "wanted"), TOLD, ids=[one[2] for one in TOLD])
def test_a_plain_sentence_is_heard(
    sequels: Sequels, plan: tuple[str, str, str], day: str, later: str, wanted: str
) -> None:
    (says,) = sequels.say(*plan, (later,), day)
    assert max(says._fields, key=lambda name: float(getattr(says, name))) == wanted
    assert sum(says) == pytest.approx(1, abs=0.005)


def test_an_answer_does_not_hang_on_what_was_asked_before(sequels: Sequels) -> None:
    alone = Sequels(MODEL).say(*TOLD[-1][0], (TOLD[-1][2],), TOLD[-1][1])
    for plan, day, later, _ in TOLD:
        sequels.say(*plan, (later,), day)
    sequels.say.cache_clear()
    assert sequels.say(*TOLD[-1][0], (TOLD[-1][2],), TOLD[-1][1]) == alone


def test_each_sentence_of_a_report_has_an_answer_of_its_own(sequels: Sequels) -> None:
    later = ("A bomb killed four people in Karachi.", "Mali freed 360 prisoners on Sunday.")
    bomb, freed = sequels.say(*RELEASE, later, "2020-06-29")
    assert freed.kept > bomb.kept
    assert freed.kept > 0.5


def test_who_is_meant_shows_in_what_stands_before_the_plan(sequels: Sequels) -> None:
    plan = ("He will visit Kigali on Friday.", "will visit", "2020-06-15")
    later = ("Chad's foreign minister, Ali Dagash, arrived in Kigali on Friday.",)
    (his,) = sequels.say(*plan, later, "2020-06-20", "", "Ali Dagash, Chad's minister, is well.")
    (other,) = sequels.say(*plan, later, "2020-06-20", "", "Kenya's Peter Otieno has no news.")
    assert his.kept > other.kept


def test_sentences_for_which_there_is_no_room_are_silent(sequels: Sequels) -> None:
    later = ("It rained on Kigali again. " * 60, TOLD[0][2], *["It rained."] * 20)
    says = sequels.say(*VISIT, later, "2020-06-20")
    assert (len(says), says[1], says[-1]) == (22, SILENT, SILENT)


def test_the_classes_are_the_fields_of_the_answer_in_their_order() -> None:
    assert Sequel._fields == CLASSES


def test_the_days_between_and_both_weekdays_are_told() -> None:
    words, _ = question(*VISIT, ("He went.",), "2020-06-20")
    assert " ".join(words).startswith("Monday : Chad 's foreign minister")
    assert " ".join(words).endswith("| 5 days later , Saturday : He went .")


def test_the_trigger_is_marked_where_it_stands_whole() -> None:
    plan = "Iran will meet those it will visit and will visit Oman."
    words, marks = question(plan, "will visit", "2020-06-15", ("It did.",), "2020-06-20")
    assert [(at, words[at]) for at, mark in enumerate(marks) if mark == PLAN] == [
        (7, "will"),
        (8, "visit"),
    ]
    assert [word for word, mark in zip(words, marks, strict=True) if mark == LATER] == [
        "It", "did", ".",
    ]  # fmt: skip


def test_words_of_a_trigger_that_stand_apart_are_marked_in_their_order() -> None:
    plan = "Iran will, its envoy said, call the talks off."
    words, marks = question(plan, "will call off", "2020-06-15", ("It did.",), "2020-06-20")
    assert [word for word, mark in zip(words, marks, strict=True) if mark == PLAN] == [
        "will", "call", "off",
    ]  # fmt: skip


def test_a_trigger_that_stands_nowhere_marks_nothing(sequels: Sequels) -> None:
    _, marks = question(VISIT[0], "bombed", VISIT[2], ("It did.",), "2020-06-20")
    assert PLAN not in marks
    (says,) = sequels.say(VISIT[0], "bombed", VISIT[2], ("It did.",), "2020-06-20")
    assert sum(says) > 0.99


def test_a_very_long_plan_leaves_room_for_the_later_sentence() -> None:
    words = question("word " * 900, "word", "2020-06-15", ("He went.",), "2020-06-20")
    ids, cases, marks = rows(Pieces(MODEL / "tokenizer.json"), words)
    assert len(ids) == len(cases) == len(marks) <= MOST + PASSAGE + 2
    assert marks.count(LATER) == 3


def test_a_folder_without_the_file_is_named(tmp_path: Path) -> None:
    shutil.copy(MODEL / "tokenizer.json", tmp_path)
    with pytest.raises(ModelError) as caught:
        Sequels(tmp_path)
    assert str(tmp_path / FILE) in str(caught.value)


def test_the_file_is_the_one_whose_checksum_ships() -> None:
    sums = json.loads((MODEL / "labels.json").read_text("utf-8"))["sha256"]
    assert hashlib.sha256((MODEL / FILE).read_bytes()).hexdigest() == sums[FILE]
