"""Sentences and words are found where UD English puts them, with exact offsets."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.parse.segment import MAX_WORDS, PART_WORDS, segment


def words(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in sentence] for sentence in segment(text)]


def sentences(text: str) -> list[str]:
    return [text[sentence[0][0] : sentence[-1][1]] for sentence in segment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They didn't meet.", "They did n't meet ."),
        ("Putin’s aides can't go.", "Putin ’s aides ca n't go ."),
        ("They cannot.", "They can not ."),
        ("al-Qaeda fighters", "al - Qaeda fighters"),
        ("an anti-government march", "an anti-government march"),
        ("It paid $1.5bn.", "It paid $ 1.5 bn ."),
        ("about 20% of 1,200 men", "about 20 % of 1,200 men"),
        ("at 10:30 a.m. sharp", "at 10:30 a.m. sharp"),
        ("the U.S.-led talks", "the U.S. - led talks"),
        ("the U.N.'s envoy", "the U.N. 's envoy"),
        ("on the 21st, in the 1990s", "on the 21st , in the 1990s"),
        ("see https://example.org/a-b?c=1.", "see https://example.org/a-b?c=1 ."),
        ("write to press.office@example.org.", "write to press.office@example.org ."),
        ("well... perhaps", "well ... perhaps"),
        ("10-15 soldiers", "10 - 15 soldiers"),
        ("(“Yes”)", "( “ Yes ” )"),
        ("the states' rights", "the states ' rights"),
    ],
)
def test_words_are_cut_as_the_treebanks_do(text: str, expected: str) -> None:
    assert [word for sentence in words(text) for word in sentence] == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "Gen. J. K. Smith met Lt. Col. Jones in St. Petersburg.",
        "The U.N. Security Council and U.S. President Joe Biden met on Jan. 5.",
        "NATO — the alliance of 32 — said on Monday it would act.",
        "“Why?” Putin asked reporters.",
        '"Stop!" he cried.',
        "Growth was 3.5 percent, i.e. below the forecast.",
        "It is ranked No. 5 in Asia.",
        "They paid ... and left.",
        "Police said the man,\nwho was armed, fled.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("BEIJING, Nov 20 (Agency) - China said on Monday it would act.", 2),
        ("WASHINGTON (AP) — The president left.", 2),
        ("NEW DELHI -- India said no.", 2),
        ("“We will fight.” He paid.", 2),
        ('He said "no." They left.', 2),
        ("They live in the U.S. The law is new.", 2),
        ("Who won? Nobody did! Really.", 3),
        ("He said no. They left at 10 a.m. The rest stayed.", 3),
        ("Leaders meet in Helsinki\n\nThe leaders met on Monday.", 2),
        ("Leaders meet in Helsinki\nThe leaders met on Monday.", 2),
        ("- first demand\n- second demand", 2),
        ("He left.\nShe stayed.", 2),
    ],
)
def test_sentences_end_where_they_should(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u200b \t"])
def test_blank_text_is_harmless(text: str) -> None:
    assert len(segment(text)) <= 1


@given(st.text(alphabet=st.sampled_from("aB. \n'\"“”’$-1!?…,:/@#éÜ中()")) | st.text())
@settings(max_examples=300, deadline=None)
def test_every_visible_character_is_in_exactly_one_word(text: str) -> None:
    spans = [span for sentence in segment(text) for span in sentence]
    assert all(segment(text))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert covered == "".join(text.split())


def test_endless_lines_are_cut_and_take_linear_time() -> None:
    started = time.monotonic()
    for text in ("a.b-c'd@" * 250_000, "word, " * 300_000, "a" * 2_000_000):
        assert max(map(len, segment(text))) <= PART_WORDS
    assert time.monotonic() - started < 60


def test_a_long_sentence_stays_whole_and_what_is_too_long_for_one_is_cut() -> None:
    assert [len(part) for part in segment("Chad " * MAX_WORDS)] == [MAX_WORDS]
    assert {len(part) for part in segment("Chad " * (3 * MAX_WORDS))} == {PART_WORDS}
