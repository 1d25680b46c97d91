"""What a story teaches about people and bodies, and how the lesson comes back as a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from click.testing import CliRunner

from legation import Reader
from legation.cli.reading import read
from legation.questions.who import as_tables
from legation.story import Learned, Story

TEXT = (
    "The Zintan Freedom Brigades, a Libyan militia, attacked Tripoli on Monday. "
    "Peruvian union leader Rosa Quispe condemned the raid. Quispe spoke in Lima."
)


@cache
def story() -> Story:
    return Reader().read(TEXT, published="2019-04-10", id="one")


def lesson(name: str) -> Learned:
    return next(one for one in story().learned if one.name == name)


def test_a_title_with_a_nationality_teaches_country_sector_and_role() -> None:
    found = lesson("Rosa Quispe")
    assert (found.kind, found.country, found.sector, found.role, found.day) == (
        "person", "PER", "LAB", "union leader", "2019-04-10",
    )  # fmt: skip


def test_an_apposition_teaches_what_a_body_is() -> None:
    found = lesson("Zintan Freedom Brigades")
    assert (found.kind, found.country, found.guessed) == ("group", "LBY", False)
    assert found.sector in ("REB", "PRM")


def test_each_lesson_shows_its_mentions_in_the_text() -> None:
    found = lesson("Rosa Quispe")
    assert [TEXT[span.start : span.end] for span in found.spans] == [
        "Peruvian union leader Rosa Quispe", "Quispe",
    ]  # fmt: skip


def test_the_same_full_name_has_the_same_entity_in_every_story() -> None:
    other = Reader().read(
        "Union leader Rosa Quispe of Peru spoke in Cusco.", published="2020-01-01"
    )
    assert {one.entity for one in other.learned} == {lesson("Rosa Quispe").entity}


def test_people_whom_the_tables_know_are_not_learned() -> None:
    told = Reader().read("French President Nicolas Sarkozy met Angela Merkel.", "2010-02-04")
    assert told.learned == ()


def test_a_country_that_is_only_guessed_is_left_to_the_reader() -> None:
    guessed = Learned("story:a-b", "A B", "person", "FRA", "LAB", "union leader", guessed=True)
    people, bodies = as_tables([Story("", id="x", learned=(guessed,))])
    assert people.splitlines()[1].split("\t")[:5] == ["story:a-b", "A B", "", "", ""]
    assert bodies.count("\n") == 1


def test_a_later_story_that_tells_the_country_completes_a_guess() -> None:
    guessed = Learned("story:a-b", "A B", "person", "FRA", "LAB", guessed=True)
    told = Learned("story:a-b", "A B", "person", "BEL", "LAB")
    people, _ = as_tables([Story("", learned=(guessed,)), Story("", learned=(told,))])
    assert people.splitlines()[1].split("\t")[3] == "BEL"


def test_lines_that_are_corrected_by_hand_are_read_back(tmp_path: Path) -> None:
    source = tmp_path / "story.txt"
    source.write_text(TEXT, encoding="utf-8")
    table = tmp_path / "learned.tsv"
    done = CliRunner().invoke(
        read, [str(source), "--published", "2019-04-10", "--learned", str(table)]
    )
    assert done.exit_code == 0, done.output
    lines = table.read_text(encoding="utf-8")
    assert "\tRosa Quispe\t" in lines
    table.write_text(lines.replace("\tPER\t", "\tBOL\t"), encoding="utf-8")
    bodies = tmp_path / "learned-bodies.tsv"
    reader = Reader(world=(table, bodies))
    again = reader.read(
        "Rosa Quispe condemned the raid on Iquique in Chile.", published="2019-05-01"
    )
    actors = [p for event in again.events if event.type == "ACCUSE" for p in event.actors]
    assert [(p.country, p.entity) for p in actors] == [("BOL", "story:rosa-quispe")]
