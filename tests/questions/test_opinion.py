"""Rules and model together: who is heard, vetoes, proposals; with opinions made by hand."""

from dataclasses import replace

import pytest

from legation import questions
from legation.parse import Parser
from legation.questions.opinion import Limits, limits
from legation.questions.relation import relation
from legation.story import Opinion, Pair, Sentence, Story
from legation.words import load
from legation.world import load as load_world

CONDEMNED = "France condemned Mali on Monday."
UNKNOWN = "France blorked Mali on Monday."


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(threads=1)


def opined(parser: Parser, text: str, at: dict[str, Opinion]) -> Story:
    """A story of one sentence on which the model thinks what we say."""
    (sentence,) = parser.parse(text)
    column = tuple(at.get(word, Opinion()) for word in sentence.words)
    sentence = replace(sentence, opinions=column)
    return Story(text, published="2020-01-08", language="en", sentences=(sentence,))


def read(story: Story, voices: str = "both") -> Story:
    return questions.events(story, load(), load_world(), voices)


def seen(kind: str, sure: float = 0.95, state: str = "happened") -> Opinion:
    """An opinion that the first word acts on the third."""
    return Opinion(
        none=1 - sure,
        acts=((kind, sure),),
        modes=(("", 0.9),),
        states=((state, 0.95),),
        actors=((0, 0.9),),
        recipients=((2, 0.9),),
    )


def test_without_opinions_only_the_rules_speak(parser: Parser) -> None:
    story = opined(parser, CONDEMNED, {})
    bare = replace(story, sentences=(replace(story.sentences[0], opinions=()),))
    assert [event.type for event in read(bare).events] == ["ACCUSE"]
    assert "voices" not in dict(read(bare).events[0].why)


def test_a_model_that_is_sure_of_no_act_vetoes(parser: Parser) -> None:
    story = opined(parser, CONDEMNED, {})
    assert read(story).events == ()
    rows = questions.explain(story, load(), load_world())
    assert any("the model sees no act here" in row.reason for row in rows)
    assert [event.type for event in read(story, "rules").events] == ["ACCUSE"]


def test_an_act_of_both_says_so(parser: Parser) -> None:
    (event,) = read(opined(parser, CONDEMNED, {"condemned": seen("ACCUSE")})).events
    assert dict(event.why)["voices"] == "rules; model (ACCUSE 0.95)"


def test_an_act_that_the_lexicon_misses_is_proposed_with_its_parties(parser: Parser) -> None:
    story = opined(parser, UNKNOWN, {"blorked": seen("SANCTION", state="planned")})
    (event,) = read(story).events
    assert (event.type, event.status) == ("SANCTION", "planned")
    assert [p.country for p in event.actors] == ["FRA"]
    assert [p.country for p in event.recipients] == ["MLI"]
    assert dict(event.why)["voices"].startswith("model (SANCTION")
    assert "the model (0.95)" in dict(event.why)["status"]
    assert read(story, "rules").events == ()


def test_the_model_names_a_source_where_the_rules_hear_none(parser: Parser) -> None:
    text = "France condemned Mali, so Chad."
    one = replace(seen("ACCUSE"), sources=((5, 0.9),))
    (event,) = read(opined(parser, text, {"condemned": one})).events
    assert [(p.country, p.manner) for p in event.source] == [("TCD", "said")]
    assert dict(event.why)["source"] == "the model (0.90)"


def test_roles_that_the_rules_leave_empty_are_filled(parser: Parser) -> None:
    text = "France signed a deal that Mali wanted."
    one = replace(seen("SUPPORT"), recipients=((5, 0.9),))
    story = opined(parser, text, {"signed": one, "deal": one})
    ruled = [event.recipients for event in read(story, "rules").events]
    both = [[p.country for p in event.recipients] for event in read(story).events]
    assert ruled == [()]
    assert both == [["MLI"]]


def test_a_noun_that_nobody_knows_is_a_party_when_the_model_is_sure(parser: Parser) -> None:
    text = "The glorks of Chad blorked Mali."
    one = replace(seen("ASSAULT"), actors=((1, 0.95),), recipients=((5, 0.9),))
    (event,) = read(opined(parser, text, {"blorked": one})).events
    assert [p.country for p in event.actors] == ["TCD"]
    assert [p.country for p in event.recipients] == ["MLI"]


@pytest.mark.parametrize(
    ("who", "told"), [("the first Ghanaian minister", []), ("the Ghanaian minister", ["CONSULT"])]
)
def test_whom_a_visit_only_ranks_is_not_to_make_it(
    parser: Parser, who: str, told: list[str]
) -> None:
    text = f"Ama Boateng is {who} to visit Togo in May."
    story = read(opined(parser, text, {"visit": replace(seen("CONSULT"), recipients=())}))
    assert [event.type for event in story.events] == told


def test_an_unsure_model_proposes_nothing(parser: Parser) -> None:
    assert read(opined(parser, UNKNOWN, {"blorked": seen("SANCTION", 0.4)})).events == ()


TO_COME = [  # text, the word where the model speaks, its type; what is told
    ("The dockers will blork on Friday.", "blork", "PROTEST", "PROTEST"),
    ("They will be home by May.", "home", "RETREAT", "RETREAT"),
    ("The first session is on August 20.", "session", "CONSULT", "CONSULT"),
    ("The king of Spain will blork in May.", "Spain", "CONSULT", ""),  # a name is no act
]


@pytest.mark.parametrize(("text", "word", "kind", "told"), TO_COME)
def test_what_is_to_come_is_told_whoever_does_it(
    parser: Parser, text: str, word: str, kind: str, told: str
) -> None:
    for state, wanted in (("planned", told), ("happened", "")):
        one = replace(seen(kind, 0.4, state), actors=(), recipients=())
        story = read(opined(parser, text, {word: one}))
        assert " ".join(event.type for event in story.events) == wanted


def test_who_strikes_in_a_state_is_not_the_state(parser: Parser) -> None:
    one = replace(seen("PROTEST", state="planned"), actors=((1, 0.9),), recipients=())
    (event,) = read(opined(parser, "The glorks in Spain will blork.", {"blork": one})).events
    assert [(p.text, p.country, p.sector) for p in event.actors] == [("The glorks", "ESP", "CVL")]


def test_a_verb_of_other_people_beside_an_act_is_another_act(parser: Parser) -> None:
    text = "France will meet Mali in May, and Chad is to join them."
    one = replace(seen("CONSULT", state="planned"), recipients=())
    join = replace(one, actors=((8, 0.9),))
    story = read(opined(parser, text, {"meet": one, "join": join}))
    assert [[p.country for p in e.actors][:1] for e in story.events] == [["FRA"], ["TCD"]]


@pytest.mark.parametrize(("sure", "status"), [(0.95, "planned"), (0.5, "happened")])
def test_a_noun_beneath_a_verb_to_come_is_planned_if_the_model_says_so(
    parser: Parser, sure: float, status: str
) -> None:
    text = "The Malian opposition will end its walk with a rally."
    one = replace(seen("PROTEST"), states=(("planned", sure),), recipients=())
    (event,) = read(opined(parser, text, {"rally": one})).events
    assert (event.type, event.status) == ("PROTEST", status)


def test_the_model_alone_leaves_the_rules_out(parser: Parser) -> None:
    story = opined(parser, CONDEMNED, {"condemned": seen("REJECT")})
    assert [event.type for event in read(story, "model").events] == ["REJECT"]


def test_limits_come_from_the_table() -> None:
    assert limits({}) == Limits(types={})
    told = limits({"limits": {"veto": 0.5}, "propose": {"AID": 0.9}})
    assert (told.veto, told.of("AID"), told.of("AGREE")) == (0.5, 0.9, Limits().propose)


def test_a_relation_mixes_the_voices(parser: Parser) -> None:
    story = opined(parser, CONDEMNED, {"condemned": seen("ACCUSE")})
    model = Pair((("REJECT", 0.6), ("ACCUSE", 0.4)), (("happened", 1.0),))
    found = relation(read(story), (0, 6), (17, 21), model, {}, {})
    assert found.type == "ACCUSE"
    assert sum(sure for _, sure in found.types) == pytest.approx(1, abs=0.01)
    assert [who for who, _ in found.why] == ["model", "words", "rules"]
    alone = relation(replace(story, sentences=()), (0, 6), (17, 21), model, {}, {})
    assert alone.type == "REJECT"


def test_opinions_are_no_part_of_what_a_sentence_is(parser: Parser) -> None:
    sentence: Sentence = opined(parser, CONDEMNED, {}).sentences[0]
    assert replace(sentence, opinions=()) == sentence
