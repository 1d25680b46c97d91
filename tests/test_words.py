"""The lexicon keeps its own promises: every `yes` is coded so with its parties, no `no` is."""

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

import legation
from legation.cli import legation_command
from legation.errors import KnowledgeError
from legation.story import Event, Story
from legation.words import HERE, Frame, load, predicates
from legation.words.index import find
from legation.words.layout import laid_out
from legation.words.marks import Example, example
from legation.words.pattern import Pattern, variants

FRAMES = sorted(load().frames.values(), key=lambda frame: frame.id)
YES = [(frame, marked) for frame in FRAMES for marked in frame.yes]
NO = [(frame, text) for frame in FRAMES for text in frame.no]
FILES = sorted((HERE / "en" / "what").glob("*.toml"))


@pytest.fixture(scope="module")
def stories(rules: legation.Reader) -> dict[str, Story]:
    """All example sentences, read in one go."""
    texts = [example(marked).text for _, marked in YES] + [text for _, text in NO]
    unread = (Story(text, published="2020-06-15", language="en") for text in dict.fromkeys(texts))
    return {story.text: story for story in rules.read_all(unread)}


def rule(event: Event) -> str:
    """The frame that made an event."""
    return dict(event.why)["type"].partition(" ")[0]


def told(event: Event, wanted: Example) -> str:
    """What is wrong with the parties of an event; "" when every marked party is there."""
    for name, spans in (("actor", wanted.actors), ("recipient", wanted.recipients)):
        parties = event.actors if name == "actor" else event.recipients
        for start, end in spans:
            if not any(p.text and p.start < end and p.end > start for p in parties):
                return f"{wanted.text[start:end]!r} is no {name}: {[p.text for p in parties]}"
    return ""


@pytest.mark.parametrize(("frame", "marked"), YES, ids=[text[:60] for _, text in YES])
def test_a_yes_sentence_gives_type_mode_and_parties(
    stories: dict[str, Story], frame: Frame, marked: str
) -> None:
    wanted = example(marked)
    found = stories[wanted.text].events
    if frame.operator:
        fitting = [e for e in found if e.type == frame.type]
    else:
        fitting = [
            e for e in found if (e.type, e.mode, rule(e)) == (frame.type, frame.mode, frame.id)
        ]
    seen = [(e.type, e.mode, rule(e)) for e in found]
    assert fitting, f"{frame.where} {frame.type} {frame.mode} expected, found {seen}"
    problems = [told(event, wanted) for event in fitting]
    assert "" in problems, f"{frame.where}: {problems}"
    for kind, mode in frame.also:
        assert (kind, mode) in {(e.type, e.mode) for e in found}


@pytest.mark.parametrize(("frame", "text"), NO, ids=[text[:60] for _, text in NO])
def test_a_no_sentence_does_not_give_the_frame(
    stories: dict[str, Story], frame: Frame, text: str
) -> None:
    assert frame.id not in {rule(event) for event in stories[text].events}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_lists_are_sorted_and_wrapped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == laid_out(text), f"run: legation words --tidy {path.name}"


def test_every_type_and_mode_has_a_group_and_the_lexicon_its_size() -> None:
    words = load()
    have = {(frame.type, frame.mode) for frame in FRAMES}
    have |= {(kind, mode) for frame in FRAMES for kind, mode in frame.also}
    operators = {frame.type for frame in FRAMES if frame.operator}
    for kind, modes in legation.story.MODES.items():
        for mode in modes:
            assert (kind, mode) in have or kind in operators, (kind, mode)
        assert kind in {frame.type for frame in FRAMES}
    assert all(name in words.frames for frame in FRAMES for name in frame.before)
    assert sum(1 for _ in predicates(words)) >= 2500


def overlap(one: Pattern, other: Pattern) -> bool:
    """Could both stand at the same words with the same weight?"""
    if one.weight != other.weight or len(one.steps) != len(other.steps):
        return False
    return all(
        a.kind == b.kind and (a.choices == b.choices or a.choices & b.choices)
        for a, b in zip(one.steps, other.steps, strict=True)
    )


def test_no_two_groups_claim_the_same_words() -> None:
    words, clashes = load(), []
    for pos, heads in words.patterns.items():
        for rows in heads.values():
            for one, other in combinations(rows, 2):
                first, second = words.frames[one.frame], words.frames[other.frame]
                if not first.type or not second.type or second.id in first.before:
                    continue
                if first.id != second.id and first.id not in second.before and overlap(one, other):
                    clashes.append(
                        f"{pos} {one.key} ({first.where}) = {other.key} ({second.where})"
                    )
    assert not clashes, "\n".join(clashes)


def test_a_conflict_is_told_with_file_and_line() -> None:
    with pytest.raises(ValueError, match="unknown class"):
        list(variants("attack @nowhere", "f", "verb", {}, {}))
    with pytest.raises(ValueError, match="unknown condition"):
        list(variants("hold {sometimes}", "f", "verb", {}, {}))
    assert issubclass(KnowledgeError, Exception)


def test_verb_classes_conditions_and_two_word_terms_are_spelled_out() -> None:
    classes = {"halt": frozenset(["stop", "call off"]), "gas": frozenset(["tear gas"])}
    rows = list(variants("@halt @gas {active} (at)", "f", "verb", classes, {}))
    assert [(p.head, p.key, p.tail) for p in rows] == [
        ("call", "call off @gas {active}", False),
        ("stop", "stop @gas {active}", False),
        ("call", "call off @gas {active} at", True),
        ("stop", "stop @gas {active} at", True),
    ]
    assert rows[1].steps[0].choices == {"tear gas"}


def test_marks_set_off_the_parties() -> None:
    found = example("[Iraq] invaded <Kuwait>.")
    assert found == Example("Iraq invaded Kuwait.", ((0, 4),), ((13, 19),))
    for broken in ("[Iraq", "Iraq]", "[Iraq>"):
        with pytest.raises(ValueError, match=r"close|closed"):
            example(broken)


def test_examples_are_spread_over_the_groups() -> None:
    without = [frame.id for frame in FRAMES if frame.type and not frame.yes]
    assert not without
    kinds = defaultdict(int)
    for frame, _ in YES:
        kinds[frame.type] += 1
    assert min(kinds.values()) >= 4


def test_the_index_finds_a_word_in_lines_and_through_classes() -> None:
    words = load()
    rows = {(entry.frame.id, entry.text) for entry in find(words, "curfew")}
    assert ("coerce.curfew", "@impose @curfew (on|in)") in rows
    assert all(entry.frame.type == "CONCEDE" for entry in find(words, "concede"))
    assert {entry.frame.id for entry in find(words, "bombard*")} >= {"assault.heavy"}
    assert not find(words, "xylophone")
    for entry in find(words, "truce"):
        name, _, line = entry.where.partition(":")
        text = (HERE / "en" / "what" / name).read_text(encoding="utf-8").splitlines()
        assert f'"{entry.text}"' in text[int(line) - 1]


def test_the_words_command_tells_where_a_word_stands() -> None:
    done = CliRunner().invoke(legation_command, ["words", "recall", "--examples"])
    assert done.exit_code == 0
    assert "SANCTION withdraw" in done.output
    assert "sanction.toml:" in done.output
    assert CliRunner().invoke(legation_command, ["words", "xylophone"]).exit_code == 1
    assert "predicates" in CliRunner().invoke(legation_command, ["words"]).output
