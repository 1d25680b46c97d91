"""`Reader.relate`: what one given party does to another, in plain cases of each quad class."""

import pytest

from legation import Reader
from legation.errors import InputError
from legation.story import Type


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans(text: str, actor: str, recipient: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, second = text.index(actor), text.index(recipient)
    return (first, first + len(actor)), (second, second + len(recipient))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "kind"),
    [
        ("Zambia's minister met Malawi's envoy in Lusaka.", "Zambia", "Malawi", "CONSULT"),
        ("Norway sent tents and blankets to Nepal.", "Norway", "Nepal", "AID"),
        ("Estonia condemned Belarus over the flight.", "Estonia", "Belarus", "ACCUSE"),
        ("Chilean police arrested two Peruvian smugglers.", "Chilean", "Peruvian", "COERCE"),
        ("Eritrean troops shelled an Ethiopian village.", "Eritrean troops", "an Eth", "ASSAULT"),
        ("Kenya expelled two Somali diplomats.", "Kenya", "two Somali diplomats", "SANCTION"),
    ],
)
def test_plain_acts_between_two_parties(
    reader: Reader, text: str, actor: str, recipient: str, kind: str
) -> None:
    found = reader.relate(text, *spans(text, actor, recipient))
    assert found.type == kind
    assert {name for name, _ in found.types} == set(map(str, Type))
    assert sum(sure for _, sure in found.types) == pytest.approx(1, abs=0.01)
    assert sum(sure for _, sure in found.states) == pytest.approx(1, abs=0.01)
    assert found.why


def test_a_planned_visit_is_agree_after_plover_s_reduction(reader: Reader) -> None:
    text = "Togo's president will visit Benin next week."
    found = reader.relate(text, *spans(text, "Togo's president", "Benin"))
    assert found.type == "CONSULT"
    assert found.states[0][0] == "planned"
    assert found.plover[0][0] == "AGREE"


@pytest.mark.parametrize("span", [(5, 5), (-1, 3), (0, 999), (5, 6)])
def test_a_span_without_words_is_an_error(reader: Reader, span: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="no word of the text"):
        reader.relate("Kenya  met Chad.", span, (11, 15))


def test_without_a_recipient_it_is_asked_what_the_actor_does(reader: Reader) -> None:
    text = "Soldiers shot at crowds while Ghana's president resigned."
    first = text.index("Ghana")
    found = reader.relate(text, (first, first + len("Ghana's president")), None)
    assert found.type == "RETREAT"
