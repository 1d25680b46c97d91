"""Trees put right where the language says how they must be."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from legation.questions.mend import mended
from legation.questions.tree import Tree
from legation.story import Sentence


def built(rows: list[tuple[str, str, str, str, int]]) -> Sentence:
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


def sentence(drawn: str) -> Sentence:
    """ "Mali/PROPN/nsubj/1 denied/VERB:Fin/root/-1": word, tag and form, label, head a word."""
    rows = []
    for word in drawn.split():
        text, kind, label, head = word.split("/")
        tag, _, form = kind.partition(":")
        rows.append((text, tag, f"VerbForm={form}" if form else "", label, int(head)))
    return built(rows)


def test_a_finite_verb_is_no_conjunct_of_a_gerund() -> None:
    tree = mended(
        sentence(
            "Kigali/PROPN/nsubj/1 denies/VERB:Fin/root/-1 helping/VERB:Ger/xcomp/1 "
            "and/CCONJ/cc/4 accuses/VERB:Fin/conj/2"
        )
    )
    assert tree.heads == (1, -1, 1, 4, 1)


def test_the_second_subject_belongs_to_the_verb_after_it() -> None:
    tree = mended(
        sentence(
            "Ghana/PROPN/nsubj/1 attacked/VERB:Fin/ccomp/5 Togo/PROPN/obj/1 ,/PUNCT/punct/4 "
            "media/NOUN/nsubj/1 reported/VERB:Fin/root/-1"
        )
    )
    assert tree.heads[4] == 5


def test_a_gerund_read_as_a_compound_is_the_accused_act() -> None:
    tree = Tree(
        sentence(
            "Mali/PROPN/nsubj/1 accuse/VERB:Fin/root/-1 Chad/PROPN/obj/1 of/ADP/case/5 "
            "bombing/NOUN/compound/5 villages/NOUN/obl/1"
        )
    )
    assert (tree.tags[4], tree.labels[4], tree.lemmas[4]) == ("VERB", "advcl", "bomb")
    assert tree.objects(4) == [5]
    assert tree.surface(4) == [2]


def test_what_no_rule_touches_stays() -> None:
    plain = sentence("Ghana/PROPN/nsubj/1 attacked/VERB:Fin/root/-1 Togo/PROPN/obj/1")
    assert mended(plain) == plain


def test_a_gerund_right_after_avoid_is_its_complement() -> None:
    rows = "Oman/PROPN/nsubj/1 avoid/VERB:Fin/root/-1 attacking/VERB:Part/advcl/1 Yemen/PROPN/obj/2"
    assert mended(sentence(rows)).labels[2] == "xcomp"
    assert mended(sentence(rows.replace("avoid", "fell"))).labels[2] == "advcl"


def test_a_subject_never_hangs_on_an_adverb_of_the_verb() -> None:
    rows = "Ghana/PROPN/nsubj/2 is/AUX/aux/4 yet/ADV/advmod/4 to/PART/mark/4 pay/VERB:Inf/root/-1"
    assert mended(sentence(rows)).heads[0] == 4


def test_a_particle_hangs_on_the_verb_before_it() -> None:
    rows = "Kenya/PROPN/nsubj/1 kicked/VERB:Fin/root/-1 off/ADP/compound:prt/3 talks/NOUN/obj/1"
    assert mended(sentence(rows)).heads[2] == 1


def test_particles_are_a_closed_class() -> None:
    rows = (
        "Officials/NOUN/nsubj/1 denied/PART:Fin/root/-1 having/AUX/aux/3 "
        "bombed/VERB:Part/xcomp/1 to/PART/mark/3 from/PART/mark/3"
    )
    found = mended(sentence(rows))
    assert (found.tags[1], found.lemmas[1]) == ("VERB", "deny")
    assert (found.tags[4], found.tags[5]) == ("PART", "SCONJ")


WORDS = ("said", "who", "whose", "that", "if", "the", "Nairobi", "troops", "of", "to", ",", '"')
TAGS = ("NOUN", "PROPN", "VERB", "AUX", "ADP", "ADV", "ADJ", "DET", "PUNCT", "CCONJ", "PART")
LABELS = (
    "nsubj nsubj:pass obj iobj obl nmod amod advmod compound compound:prt flat conj cc case mark "
    "det aux cop ccomp xcomp advcl advcl:relcl acl acl:relcl parataxis appos nmod:desc punct"
).split()
FEATURES = ("", "VerbForm=Fin", "VerbForm=Ger", "VerbForm=Inf", "VerbForm=Part|Tense=Past")
NAMES = ("O", "B-PER", "I-PER", "I-PER")


@some.composite
def any_tree(draw: some.DrawFn) -> Sentence:
    """A tree of up to 14 words, of whatever shape, however little sense it makes."""
    size = draw(some.integers(2, 14))
    order = draw(some.permutations(range(size)))
    heads = [-1] * size
    for at, word in enumerate(order[1:], 1):
        heads[word] = order[draw(some.integers(0, at - 1))]
    rows = []
    for word in range(size):
        label = draw(some.sampled_from(LABELS)) if heads[word] >= 0 else "root"
        kind = (some.sampled_from(WORDS), some.sampled_from(TAGS), some.sampled_from(FEATURES))
        rows.append((*(draw(one) for one in kind), label, heads[word]))
    names = draw(some.lists(some.sampled_from(NAMES), min_size=size, max_size=size))
    return replace(built(rows), names=tuple(names))


@settings(max_examples=1500, deadline=None)
@given(any_tree())
def test_whatever_is_mended_stays_a_tree(tree: Sentence) -> None:
    heads = mended(tree).heads
    assert heads.count(-1) == 1
    for word in range(len(heads)):
        steps = 0
        while heads[word] >= 0:
            word, steps = heads[word], steps + 1
            assert steps < len(heads), "a circle"


def test_due_is_said_of_the_subject_and_its_place_hangs_on_it() -> None:
    rows = (
        "Envoys/NOUN/nsubj/4 are/AUX/cop/4 due/ADJ/case/4 in/ADP/case/4 Hanoi/PROPN/root/-1 "
        "on/ADP/case/6 Friday/PROPN/nmod/4"
    )
    draft = mended(sentence(rows))
    assert draft.heads == (2, 2, -1, 4, 2, 6, 2)
    assert draft.labels == ("nsubj", "cop", "root", "case", "obl", "case", "obl")


def test_what_only_a_speaker_does_goes_on_from_the_verb_of_saying() -> None:
    tree = mended(
        sentence(
            "Ndayishimiye/PROPN/nsubj/1 say/VERB:Fin/root/-1 arrests/NOUN/nsubj/4 "
            "are/AUX:Fin/cop/4 illegal/ADJ/ccomp/1 and/CCONJ/cc/6 demand/VERB:Fin/conj/4"
        )
    )
    assert tree.heads == (1, -1, 4, 4, 1, 6, 1)


def test_of_two_objects_side_by_side_the_noun_is_the_names_title() -> None:
    one = sentence(
        "She/PRON/nsubj/1 met/VERB:Fin/root/-1 rebel/NOUN/compound/3 leader/NOUN/obj/1 "
        "Kut/PROPN/obj/1"
    )
    tree = mended(replace(one, names=("O", "O", "O", "O", "B-PER")))
    assert (tree.heads[3], tree.labels[3]) == (4, "nmod:desc")


def test_an_owner_hangs_on_what_follows() -> None:
    tree = mended(
        sentence(
            "shocked/VERB:Part/root/-1 by/ADP/case/4 Wednesday/PROPN/obl:agent/0 "
            "'s/PART/case/2 shelling/NOUN/obl/0"
        )
    )
    assert (tree.heads[2], tree.labels[2]) == (4, "nmod:poss")


def test_what_an_owner_has_is_a_noun() -> None:
    tree = mended(
        sentence(
            "silent/ADJ/root/-1 since/ADP/mark/4 Friday/PROPN/obl:unmarked/4 's/PART/case/2 "
            "shooting/VERB:Ger/advcl/0"
        )
    )
    assert (tree.tags[4], tree.labels[4]) == ("NOUN", "obl")
    assert (tree.heads[2], tree.labels[2], tree.labels[1]) == (4, "nmod:poss", "case")
