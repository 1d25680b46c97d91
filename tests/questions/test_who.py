"""Who is meant: names, titles, short forms and pronouns, on hand-made trees and a small world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from legation import words
from legation.questions import who
from legation.story import Sentence, Story


@dataclass(frozen=True)
class Entry:
    name: str
    kind: str
    country: str | None
    sector: str = "GOV"
    office: str = ""
    since: str = ""
    until: str = ""
    entity: str = ""
    capital: bool = False


class World:
    """A world of a dozen facts with the face of legation.world.World."""

    titles: dict[str, tuple[str, str]] = {}  # noqa: RUF012

    longest = 4

    def __init__(self) -> None:
        xi = Entry("Xi Jinping", "person", "CHN", office="head-of-state", since="2013-03-14")
        putin = Entry("Vladimir Putin", "person", "RUS", since="2012-05-07", entity="person:putin")
        sarkozy = Entry("Nicolas Sarkozy", "person", "FRA", since="2007-05-16", until="2012-05-15")
        self.table = {
            "China": [Entry("China", "country", "CHN")],
            "Chinese": [Entry("China", "demonym", "CHN")],
            "Turkey": [Entry("Turkey", "country", "TUR")],
            "Turkish": [Entry("Turkey", "demonym", "TUR")],
            "French": [Entry("France", "demonym", "FRA")],
            "France": [Entry("France", "country", "FRA")],
            "Kenya": [Entry("Kenya", "country", "KEN")],
            "Russia": [Entry("Russia", "country", "RUS")],
            "Russian": [Entry("Russia", "demonym", "RUS")],
            "Iran": [Entry("Iran", "country", "IRN")],
            "Jordan": [Entry("Jordan", "country", "JOR")],
            "Nairobi": [Entry("Nairobi", "city", "KEN", "CVL", capital=True)],
            "Beijing": [Entry("Beijing", "city", "CHN", "CVL", capital=True)],
            "UN": [Entry("United Nations", "organisation", "UNO", "IGO", entity="org:un")],
            "European Union": [Entry("European Union", "organisation", "EUU", "IGO")],
            "Houthi": [Entry("Houthis", "group", "YEM", "REB", entity="org:houthis")],
            "Xi Jinping": [xi],
            "Vladimir Putin": [putin],
            "Putin": [putin],
            "Nicolas Sarkozy": [sarkozy],
        }
        self.offices = {("head-of-state", "FRA"): sarkozy}

    def find(self, surface: str) -> tuple[Entry, ...]:
        return tuple(self.table.get(surface, ()))

    def country(self, code: str) -> Any:
        return None

    def holder(self, office: str, country: str, on: str) -> Entry | None:
        found = self.offices.get((office, country))
        return found if found and found.since <= on <= (found.until or "9999") else None


def story(*trees: str, published: str = "2011-03-20") -> Story:
    """A story from trees: one word a token, `form/TAG/head/label[/NAME]`, heads from 1."""
    text, sentences = "", []
    for tree in trees:
        rows = [token.split("/") for token in tree.split()]
        starts, ends, opening = [], [], len(text)
        for row in rows:
            glued = not text or row[0] in (",", ".", "'s")
            text += ("" if glued else " ") + row[0]
            starts.append(len(text) - len(row[0]))
            ends.append(len(text))
        sentences.append(
            Sentence(
                opening,
                len(text),
                tuple(row[0] for row in rows),
                tuple(starts),
                tuple(ends),
                tuple({"countries": "country"}.get(row[0].lower(), row[0].lower()) for row in rows),
                tuple(row[1] for row in rows),
                tuple(
                    "Number=Plur" if row[1] == "NOUN" and row[0][-1] == "s" else "_" for row in rows
                ),
                tuple(int(row[2]) - 1 for row in rows),
                tuple(row[3] for row in rows),
                tuple(row[4] if len(row) > 4 else "O" for row in rows),
            )
        )
    return Story(text, published=published, sentences=tuple(sentences))


def cast(*trees: str, published: str = "2011-03-20") -> who.Cast:
    return who.cast(story(*trees, published=published), words.load("en"), World())


@pytest.mark.parametrize(
    ("tree", "w", "country", "sector", "name"),
    [
        ("China/PROPN/2/nsubj spoke/VERB/0/root", 0, "CHN", "GOV", None),
        ("Beijing/PROPN/2/nsubj spoke/VERB/0/root", 0, "CHN", "GOV", None),
        ("Turkish/ADJ/2/amod police/NOUN/3/nsubj spoke/VERB/0/root", 1, "TUR", "COP", None),
        (
            "The/DET/3/det UN/PROPN/3/compound envoy/NOUN/4/nsubj spoke/VERB/0/root",
            2,
            "UNO",
            "IGO",
            None,
        ),
        (
            "Houthi/PROPN/2/compound rebels/NOUN/3/nsubj spoke/VERB/0/root",
            1,
            "YEM",
            "REB",
            "Houthis",
        ),
        ("Gunmen/NOUN/2/nsubj spoke/VERB/0/root", 0, None, "UAF", None),
        (
            "Police/NOUN/4/nsubj in/ADP/3/case Nairobi/PROPN/1/nmod spoke/VERB/0/root",
            0,
            "KEN",
            "COP",
            None,
        ),
        (
            "The/DET/3/det French/ADJ/3/amod president/NOUN/4/nsubj spoke/VERB/0/root",
            2,
            "FRA",
            "GOV",
            "Nicolas Sarkozy",
        ),
        (
            "Russian/ADJ/3/amod President/PROPN/3/compound Vladimir/PROPN/5/nsubj/B-PER"
            " Putin/PROPN/3/flat/I-PER spoke/VERB/0/root",
            2,
            "RUS",
            "GOV",
            "Vladimir Putin",
        ),
        (
            "Chinese/ADJ/3/amod foreign/ADJ/3/amod minister/NOUN/6/nsubj Wang/PROPN/3/flat/B-PER"
            " Yi/PROPN/4/flat/I-PER spoke/VERB/0/root",
            2,
            "CHN",
            "GOV",
            "Wang Yi",
        ),
        (
            "Iran/PROPN/4/nmod:poss 's/PART/1/case foreign/ADJ/4/amod ministry/NOUN/5/nsubj"
            " spoke/VERB/0/root",
            3,
            "IRN",
            "GOV",
            None,
        ),
        (
            "The/DET/2/det president/NOUN/5/nsubj of/ADP/4/case Kenya/PROPN/2/nmod"
            " spoke/VERB/0/root",
            1,
            "KEN",
            "GOV",
            None,
        ),
        (  # no trade union's
            "European/ADJ/3/amod Union/PROPN/3/compound leaders/NOUN/4/nsubj spoke/VERB/0/root",
            2,
            "EUU",
            "IGO",
            None,
        ),
    ],
)
def test_a_phrase_says_who_is_meant(
    tree: str, w: int, country: str | None, sector: str, name: str | None
) -> None:
    party = cast(tree).party(0, w)
    assert party is not None
    assert (party.country, party.sector, party.name) == (country, sector, name)


def test_a_given_name_that_is_a_country_stays_a_person() -> None:
    found = cast("Michael/PROPN/3/nsubj/B-PER Jordan/PROPN/1/flat/I-PER spoke/VERB/0/root").party(
        0, 0
    )
    assert found is not None
    assert (found.name, found.country) == ("Michael Jordan", None)


def test_a_former_leader_is_eli() -> None:
    found = cast(
        "Former/ADJ/4/amod French/ADJ/4/amod president/NOUN/4/compound Nicolas/PROPN/6/nsubj/B-PER"
        " Sarkozy/PROPN/4/flat/I-PER spoke/VERB/0/root",
        published="2017-01-01",
    ).party(0, 3)
    assert found is not None
    assert (found.sector, found.country) == ("ELI", "FRA")


def test_short_forms_and_pronouns_find_the_person() -> None:
    made = cast(
        "Chinese/ADJ/2/amod envoy/NOUN/5/nsubj Song/PROPN/2/flat/B-PER Tao/PROPN/3/flat/I-PER"
        " arrived/VERB/0/root",
        "Song/PROPN/2/nsubj/B-PER spoke/VERB/0/root",
        "He/PRON/2/nsubj left/VERB/0/root",
        "The/DET/2/det envoy/NOUN/3/nsubj left/VERB/0/root",
    )
    found = [made.party(1, 0), made.party(2, 0), made.party(3, 1)]
    assert [p and (p.name, p.country) for p in found] == [("Song Tao", "CHN")] * 3


def test_both_countries_are_the_two_just_named() -> None:
    made = cast(
        "China/PROPN/4/nsubj and/CCONJ/3/cc Russia/PROPN/1/conj spoke/VERB/0/root",
        "Both/DET/2/det countries/NOUN/3/nsubj agreed/VERB/0/root",
    )
    assert {p.country for p in made.parties(1, 1)} == {"CHN", "RUS"}
    assert made.parties(0, 3) == ()


def test_they_after_a_coordination_are_all_of_it() -> None:
    made = cast(
        "China/PROPN/4/nsubj and/CCONJ/3/cc Russia/PROPN/1/conj spoke/VERB/0/root",
        "They/PRON/2/nsubj agreed/VERB/0/root",
    )
    assert {p.country for p in made.parties(1, 0)} == {"CHN", "RUS"}


def test_modifiers_name_the_parties_of_an_event_noun() -> None:
    made = cast("The/DET/3/det China-Russia/PROPN/3/compound talks/NOUN/4/nsubj ended/VERB/0/root")
    assert [p.country for p in made.modifier(0, 2)] == ["CHN", "RUS"]


def test_a_relative_pronoun_is_its_antecedent() -> None:
    made = cast(
        "Gunmen/NOUN/5/nsubj who/PRON/3/nsubj fled/VERB/1/acl:relcl home/ADV/3/advmod"
        " spoke/VERB/0/root"
    )
    found = made.party(0, 1)
    assert found is not None
    assert found.sector == "UAF"


def test_things_are_no_parties() -> None:
    made = cast("The/DET/3/det Chinese/ADJ/3/amod restaurant/NOUN/4/nsubj closed/VERB/0/root")
    assert made.party(0, 2) is None


def test_offsets_give_the_phrase_as_written() -> None:
    made = cast("The/DET/3/det French/ADJ/3/amod president/NOUN/4/nsubj spoke/VERB/0/root")
    found = made.party(0, 2)
    assert found is not None
    assert made.story.text[found.start : found.end] == found.text == "The French president"


def test_an_apposition_explains_an_earlier_name() -> None:
    made = cast(
        "Song/PROPN/8/nsubj/B-PER Tao/PROPN/1/flat/I-PER ,/PUNCT/6/punct a/DET/6/det"
        " Chinese/ADJ/6/amod envoy/NOUN/1/appos ,/PUNCT/6/punct left/VERB/0/root"
    )
    found = made.party(0, 0)
    assert found is not None
    assert (found.name, found.country, found.sector) == ("Song Tao", "CHN", "GOV")


def test_coordinated_nationalities_are_several_parties() -> None:
    made = cast(
        "Turkish/ADJ/4/amod and/CCONJ/3/cc Russian/ADJ/1/conj forces/NOUN/5/nsubj spoke/VERB/0/root"
    )
    assert [(p.country, p.sector) for p in made.parties(0, 3)] == [("TUR", "MIL"), ("RUS", "MIL")]


def test_ministers_of_two_countries_are_two_parties() -> None:
    made = cast(
        "The/DET/2/det presidents/NOUN/7/nsubj of/ADP/4/case France/PROPN/2/nmod and/CCONJ/6/cc"
        " Russia/PROPN/4/conj met/VERB/0/root"
    )
    found = [(p.country, p.name) for p in made.parties(0, 1)]
    assert found == [("FRA", "Nicolas Sarkozy"), ("RUS", None)]


def test_one_persons_name_explains_no_other_name() -> None:
    made = cast(
        "Obi/PROPN/2/nsubj/B-PER spoke/VERB/0/root ./PUNCT/2/punct",
        "A/DET/2/det spokesman/NOUN/8/nsubj for/ADP/4/case Obi/PROPN/2/nmod/B-PER ,/PUNCT/6/punct"
        " Yunusa/PROPN/4/appos/B-PER Tanko/PROPN/6/flat/I-PER left/VERB/0/root",
    )
    found = made.party(1, 1)
    assert found is not None
    assert found.name == "Yunusa Tanko"
    first = made.party(0, 0)
    assert first is not None
    assert first.name == "Obi"
