"""The shipped model reads plain news sentences as a reader would."""

import subprocess
import sys

import pytest

from legation.errors import ModelError
from legation.parse import MODEL, Parser, check
from legation.story import Sentence


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(threads=1)


def one(parser: Parser, text: str) -> Sentence:
    (sentence,) = parser.parse(text)
    return sentence


def word_with(sentence: Sentence, label: str) -> str:
    return sentence.words[sentence.labels.index(label)]


def test_the_model_files_are_whole() -> None:
    check(MODEL)
    assert (MODEL / "model.onnx").stat().st_size < 28_500_000


def test_subject_and_object_of_a_plain_sentence(parser: Parser) -> None:
    sentence = one(parser, "Russian forces attacked the city of Kharkiv on Monday.")
    assert word_with(sentence, "root") == "attacked"
    assert word_with(sentence, "nsubj") == "forces"
    assert word_with(sentence, "obj") == "city"
    verb = sentence.words.index("attacked")
    assert sentence.lemmas[verb] == "attack"
    assert sentence.tags[verb] == "VERB"
    assert "Tense=Past" in sentence.feats[verb].split("|")
    assert sentence.heads[verb] == -1


def test_a_passive_has_a_passive_subject_and_an_agent(parser: Parser) -> None:
    sentence = one(parser, "The minister was arrested by police in Ankara.")
    assert word_with(sentence, "nsubj:pass") == "minister"
    assert word_with(sentence, "obl:agent") == "police"
    assert sentence.lemmas[sentence.words.index("was")] == "be"


def test_a_denial_hangs_on_its_verb(parser: Parser) -> None:
    sentence = one(parser, "China did not sign the treaty.")
    assert sentence.heads[sentence.words.index("not")] == sentence.words.index("sign")


def test_names_have_types(parser: Parser) -> None:
    sentence = one(parser, "Angela Merkel met Israeli officials from the World Bank in Berlin.")
    names = dict(zip(sentence.words, sentence.names, strict=True))
    assert names["Angela"] == "B-PER"
    assert names["Merkel"] == "I-PER"
    assert names["Israeli"] == "B-NORP"
    assert names["Bank"] == "I-ORG"
    assert names["Berlin"] == "B-LOC"
    assert names["met"] == "O"


def test_offsets_point_into_the_text(parser: Parser) -> None:
    text = "  Headline here\n\n“We won’t go,” he said.  "
    for sentence in parser.parse(text):
        places = zip(sentence.starts, sentence.ends, strict=True)
        assert tuple(text[start:end] for start, end in places) == sentence.words
        assert (sentence.start, sentence.end) == (sentence.starts[0], sentence.ends[-1])


def test_every_sentence_is_one_tree_of_equal_columns(parser: Parser) -> None:
    text = "Buy now!!! \n\n ) ( a a a a 1 2 3 -- ... \n\n中文 text. " + "and so on, " * 300
    for sentence in parser.parse(text):
        size = len(sentence.words)
        columns = (sentence.lemmas, sentence.tags, sentence.feats, sentence.heads)
        assert all(len(column) == size for column in (*columns, sentence.labels, sentence.names))
        assert sentence.heads.count(-1) == 1
        assert sentence.labels[sentence.heads.index(-1)] == "root"
        assert sentence.labels.count("root") == 1


def test_a_sentence_beyond_the_encoder_is_cut(parser: Parser) -> None:
    text = "antidisestablishmentarianism " * 390
    sentences = parser.parse(text)
    assert sum(map(len, sentences)) == 390
    assert len(sentences) > 1


def test_many_texts_keep_their_order(parser: Parser) -> None:
    texts = ["Troops left. Talks began.", "", "Iran refused."]
    found = parser.parse_many(texts)
    assert [len(sentences) for sentences in found] == [2, 0, 1]
    assert found == parser.parse_many(texts)


def test_a_missing_model_is_a_model_error(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError):
        Parser(tmp_path)


def test_import_loads_no_model() -> None:
    code = "import sys, legation.parse; assert 'onnxruntime' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
