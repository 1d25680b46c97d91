"""Headlines, whose verbs look like nouns, give the acts that they tell."""

from __future__ import annotations

import pytest

from legation.pipeline import Reader

READER = Reader()


@pytest.mark.parametrize(
    ("headline", "act"),
    [
        ("Army shells rebel base", "ASSAULT"),
        ("Turkey jails ex-general", "SANCTION"),
        ("Israel raids camp; Jordan protests", "COERCE"),
        ("Kenyan police denied abducting the students.", "ASSAULT"),
        ("Peace talks deadlock", ""),
        ("Sudan arms trade", ""),
    ],
)
def test_a_verb_in_a_line_of_nouns_is_read(headline: str, act: str) -> None:
    types = {event.type for event in READER.read(headline, published="2020-06-15").events}
    assert types == ({act} if act else set()) or act in types
