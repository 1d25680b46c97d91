"""Name tags are decided for a story as a whole: a word in doubt follows its other places."""

import numpy as np
import pytest

from legation.parse.names import Names

CLASSES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
CLEAR, DOUBT = 8.0, 0.5


def scores(*rows: dict[str, float]) -> np.ndarray:
    return np.array([[row.get(name, 0.0) for name in CLASSES] for row in rows], np.float32)


def test_a_word_in_doubt_follows_what_it_is_elsewhere_in_the_story() -> None:
    names = Names(CLASSES)
    doubtful = (["Jordan", "waits"], scores({"B-LOC": DOUBT}, {"O": CLEAR}))
    clear = (["Mr", "Jordan", "left"], scores({"O": CLEAR}, {"B-PER": CLEAR}, {"O": CLEAR}))
    assert names.decide([doubtful[0]], [doubtful[1]]) == [("B-LOC", "O")]
    together = names.decide([doubtful[0], clear[0]], [doubtful[1], clear[1]])
    assert together == [("B-PER", "O"), ("O", "B-PER", "O")]


@pytest.mark.parametrize("word", ["may", "X"])
def test_small_words_and_letters_stay_to_themselves(word: str) -> None:
    found = Names(CLASSES).decide(
        [[word], [word]], [scores({"O": DOUBT}), scores({"B-PER": CLEAR})]
    )
    assert found == [("O",), ("B-PER",)]


def test_one_sure_place_does_not_overrule_another() -> None:
    found = Names(CLASSES).decide(
        [["Paris"], ["Paris"]], [scores({"B-PER": CLEAR}), scores({"B-LOC": CLEAR})]
    )
    assert found == [("B-PER",), ("B-LOC",)]


def test_padding_after_a_short_sentence_changes_nothing() -> None:
    learned = np.zeros((6, 5))
    learned[3, 0] = learned[1, 1] = 9.0  # after a place, outside; after a person, another
    names = Names(CLASSES, learned.tolist())
    short = (["Rio"], scores({"B-LOC": 1.0, "B-PER": 1.5}))
    long = (["it", "was", "so"], scores({"O": CLEAR}, {"O": CLEAR}, {"O": CLEAR}))
    assert names.decide([short[0], long[0]], [short[1], long[1]])[0] == ("B-PER",)


def test_no_sentences_have_no_names() -> None:
    assert Names(CLASSES).decide([], []) == []
