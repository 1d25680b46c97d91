"""Trees put right where the language says how they must be."""

from legation.questions.mend import mended
from legation.questions.tree import Tree
from legation.story import Sentence


def sentence(rows: list[tuple[str, str, str, str, int]]) -> Sentence:
    """(word, tag, features, label, head) a word -> a Sentence; lemmas are lower-case words."""
    words = tuple(row[0] for row in rows)
    starts = tuple(sum(len(w) + 1 for w in words[:i]) for i in range(len(words)))
    ends = tuple(start + len(word) for start, word in zip(starts, words, strict=True))
    return Sentence(
        start=0,
        end=ends[-1],
        words=words,
        starts=starts,
        ends=ends,
        lemmas=tuple(word.lower() for word in words),
        tags=tuple(row[1] for row in rows),
        feats=tuple(row[2] for row in rows),
        heads=tuple(row[4] for row in rows),
        labels=tuple(row[3] for row in rows),
        names=("O",) * len(rows),
    )


def test_a_finite_verb_is_no_conjunct_of_a_gerund() -> None:
    tree = mended(
        sentence(
            [
                ("Kigali", "PROPN", "", "nsubj", 1),
                ("denies", "VERB", "VerbForm=Fin", "root", -1),
                ("helping", "VERB", "VerbForm=Ger", "xcomp", 1),
                ("and", "CCONJ", "", "cc", 4),
                ("accuses", "VERB", "VerbForm=Fin", "conj", 2),
            ]
        )
    )
    assert tree.heads == (1, -1, 1, 4, 1)


def test_the_second_subject_belongs_to_the_verb_after_it() -> None:
    tree = mended(
        sentence(
            [
                ("Ghana", "PROPN", "", "nsubj", 1),
                ("attacked", "VERB", "VerbForm=Fin", "ccomp", 5),
                ("Togo", "PROPN", "", "obj", 1),
                (",", "PUNCT", "", "punct", 4),
                ("media", "NOUN", "", "nsubj", 1),
                ("reported", "VERB", "VerbForm=Fin", "root", -1),
            ]
        )
    )
    assert tree.heads[4] == 5


def test_a_gerund_read_as_a_compound_is_the_accused_act() -> None:
    tree = Tree(
        sentence(
            [
                ("Mali", "PROPN", "", "nsubj", 1),
                ("accuse", "VERB", "VerbForm=Fin", "root", -1),
                ("Chad", "PROPN", "", "obj", 1),
                ("of", "ADP", "", "case", 5),
                ("bombing", "NOUN", "", "compound", 5),
                ("villages", "NOUN", "", "obl", 1),
            ]
        )
    )
    assert (tree.tags[4], tree.labels[4], tree.lemmas[4]) == ("VERB", "advcl", "bomb")
    assert tree.objects(4) == [5]
    assert tree.surface(4) == [2]


def test_what_no_rule_touches_stays() -> None:
    plain = sentence(
        [
            ("Ghana", "PROPN", "", "nsubj", 1),
            ("attacked", "VERB", "VerbForm=Fin", "root", -1),
            ("Togo", "PROPN", "", "obj", 1),
        ]
    )
    assert mended(plain) == plain
