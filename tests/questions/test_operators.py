"""The algebra of operators keeps its promises: each row's sentences give the events it says."""

from pathlib import Path

import pytest

import legation
from legation.errors import KnowledgeError
from legation.story import Event, Party
from legation.words import load
from legation.words.operators import Content, Operator, page, read

PAGE = Path(__file__).parent.parent.parent / "docs" / "operators.md"
ALGEBRA = load().operators
CASES = [(row, text, events) for row in ALGEBRA.operators for text, events in row.examples]


def shown(parties: tuple[Party, ...]) -> str:
    return ",".join(sorted(p.country or "?" for p in parties)) or "."


def in_words(event: Event, pattern: str) -> str:
    """An event as an example writes it; "?" in the pattern stands for any party."""
    actors, kind, recipients, _ = pattern.split()
    return " ".join(
        [
            "?" if actors == "?" else shown(event.actors),
            f"{event.type}/{event.mode}" if event.mode and "/" in kind else str(event.type),
            "?" if recipients == "?" else shown(event.recipients),
            str(event.status),
        ]
    )


@pytest.mark.parametrize(("row", "text", "events"), CASES, ids=[text for _, text, _ in CASES])
def test_a_sentence_gives_the_events_of_its_row(
    rules: legation.Reader, row: Operator, text: str, events: tuple[str, ...]
) -> None:
    found = rules.read(text, published="2020-06-15").events
    plain = [f"{shown(e.actors)} {e.type}/{e.mode} {shown(e.recipients)} {e.status}" for e in found]
    assert len(found) == len(events), plain
    for pattern in events:
        assert any(in_words(event, pattern) == pattern for event in found), (pattern, plain)


def test_every_row_has_a_sentence() -> None:
    assert [row.name for row in ALGEBRA.operators if not row.examples] == []


def test_every_operator_frame_of_the_lexicon_has_a_row() -> None:
    frames = [frame for frame in load().frames.values() if frame.operator]
    assert [frame.id for frame in frames if not ALGEBRA.row(frame.id, frame.type)] == []


def test_the_page_shows_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(ALGEBRA)


def test_operators_compose_from_the_inside_out() -> None:
    to_meet = ALGEBRA.result(["refuse", "REJECT"], Content("CONSULT"))
    to_withdraw = ALGEBRA.result(["refuse", "REJECT"], Content("REQUEST", "yield"))
    assert to_meet is not None
    assert to_meet.gives == "meet"
    assert to_withdraw is not None
    assert to_withdraw.gives == "yield"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"operator": [{"name": "x", "colour": "red"}]}, "unknown key 'colour'"),
        ({"operator": [{"name": "x", "status": "maybe"}]}, "unknown status 'maybe'"),
        ({"operator": [{"name": "x", "act": "TALK"}]}, "no type is called 'TALK'"),
        ({"operator": [{"name": "x", "frames": ["a.b"]}]}, "no frame is called 'a.b'"),
        (
            {"operator": [{"name": "x", "verbs": ["go"]}, {"name": "y", "verbs": ["go"]}]},
            "verb 'go' is in 'x' and 'y'",
        ),
        ({"result": [{"of": ["x"], "content": "thing", "gives": "meet"}]}, "unknown content"),
    ],
)
def test_a_slip_in_the_table_is_named(
    tmp_path: Path, table: dict[str, list[object]], message: str
) -> None:
    path = tmp_path / "operators.toml"
    path.write_text('name = "x"\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read(table, path, [])
