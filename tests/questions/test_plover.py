"""PLOVER's filing of acts of ours: reductions of status and the conventions of plover.toml."""

import pytest

from legation.questions.plover import filed, reduced
from legation.story import MODES
from legation.words import load

MOVES = load().table("plover")


@pytest.mark.parametrize(
    ("kind", "status", "root"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("RETREAT", "planned", "AGREE"),
        ("SANCTION", "possible", "THREATEN"),
        ("AGREE", "negated", "REJECT"),
        ("ASSAULT", "happened", "ASSAULT"),
        ("ACCUSE", "planned", "ACCUSE"),
        ("PROTEST", "planned", "THREATEN"),
    ],
)
def test_what_has_not_happened_is_reduced(kind: str, status: str, root: str) -> None:
    assert reduced(kind, status) == root


@pytest.mark.parametrize(
    ("kind", "mode", "words", "status", "root"),
    [
        ("SANCTION", "convict", (), "happened", "ACCUSE"),
        ("SANCTION", "expel", ("expel", "envoy"), "happened", "SANCTION"),
        ("MOBILIZE", "troops", ("send", "peacekeeper"), "happened", "AID"),
        ("MOBILIZE", "troops", ("send", "tank"), "happened", "MOBILIZE"),
        ("AGREE", None, ("reach", "accord"), "happened", "SUPPORT"),
        ("AGREE", None, ("reach", "accord"), "planned", "AGREE"),
        ("COERCE", "seize", ("capture", "hill"), "happened", "ASSAULT"),
        ("COERCE", "arrest", ("arrest", "smuggler"), "happened", "COERCE"),
        ("COERCE", "restrict", ("lay", "siege", "to"), "happened", "ASSAULT"),
        ("COERCE", "restrict", ("declare", "state", "of", "siege"), "happened", "COERCE"),
        ("CONCEDE", None, ("will", "free", "prisoner"), "happened", "AGREE"),
        ("CONCEDE", None, ("apologise", "for"), "happened", "CONCEDE"),
    ],
)
def test_conventions(kind: str, mode: str, words: tuple[str, ...], status: str, root: str) -> None:
    assert filed(kind, mode, words, MOVES, status) == root


def test_every_line_names_types_and_modes_that_exist() -> None:
    for move in MOVES["move"]:
        assert move["to"] in MODES
        assert move["note"]
        for kind in move["types"]:
            name, _, mode = kind.partition("/")
            assert not mode or mode in MODES[name]
