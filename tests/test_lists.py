"""Small word classes of words/en/lists.toml: every one is asked for, and its examples hold."""

from pathlib import Path

import pytest

import legation
from legation.errors import KnowledgeError
from legation.story import Party
from legation.words import listed, load
from legation.words.checks import known_lists

ROWS = load().table("lists")
YES = [tuple(pair) for row in ROWS.values() for pair in row.get("yes", ())]
NO = [tuple(pair) for row in ROWS.values() for pair in row.get("no", ())]
SOURCE = Path(legation.__file__).parent


def told(reader: legation.Reader, text: str) -> set[str]:
    """Records as "TYPE actors > recipients", by country."""

    def codes(parties: tuple[Party, ...]) -> str:
        return "+".join(sorted({p.country or "-" for p in parties}))

    found = reader.read(text, published="2019-06-05").events
    return {f"{e.type} {codes(e.actors)} > {codes(e.recipients)}" for e in found}


@pytest.mark.parametrize(("text", "record"), YES)
def test_a_word_of_the_class_gives_the_record(
    reader: legation.Reader, text: str, record: str
) -> None:
    assert record in told(reader, text)


@pytest.mark.parametrize(("text", "record"), NO)
def test_another_word_does_not(reader: legation.Reader, text: str, record: str) -> None:
    assert record not in told(reader, text)


@pytest.mark.parametrize("name", ROWS)
def test_the_rule_that_is_named_asks_for_the_class(name: str) -> None:
    assert f'listed("{name}")' in (SOURCE / ROWS[name]["asked"]).read_text(encoding="utf-8")


def test_an_unknown_class_is_told_with_the_known_ones() -> None:
    with pytest.raises(KnowledgeError, match="resuming"):
        listed("nonsense")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"means": "x", "asked": "y", "words": ["a", "a"], "no": []}, "twice"),
        ({"means": "x", "asked": "y", "words": ["a"]}, "no example"),
        ({"means": "x", "words": ["a"]}, "asked must be"),
        ({"means": "x", "asked": "y", "words": ["a"], "colour": 1}, "unknown key"),
    ],
)
def test_a_broken_class_is_refused(row: dict[str, object], reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason):
        known_lists({"x": row}, SOURCE / "words/en/lists.toml")
