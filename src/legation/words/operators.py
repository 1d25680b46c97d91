"""The algebra of operators as data: `operators.toml` read, checked and indexed by lemma.

An operator is a word that takes an act (urge, refuse, plan, stop …); a result says what the two
become together. Who uses it: questions/what/composition.py for types, questions/whether/ for
statuses. docs/operators.md shows the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.story import MODES

STATUSES = frozenset(["keep", "planned", "possible", "negated"])
SOURCES = frozenset(["object", "doer", "suffers", "actor", "around"])
KEYS = frozenset(
    ["name", "act", "frames", "verbs", "nouns", "adjectives", "status", "that", "inner"]
) | {"recipient", "own", "examples"}
SAME = "="  # the content stays what it is
PAGE_HEAD = """# Operators

An operator is a word that takes an act: *urge* somebody to release, *refuse* to meet, *plan* to
attack, *stop* bombing. The speech verb decides (docs/codebook.md): the two make one act of the
operator's type, whose mode comes from the content, or the operator only says whether the content
happened. Operators nest, from the inside out: in *denied that it had threatened to withdraw* the
withdrawal is the content of the threat, and the denial negates the threat.

This page is written from `src/legation/words/en/operators.toml` (`python -m legation.words`); a
test compares the two. `legation why` names the row that decided.

The recipient is looked for in this order: the operator's object, the doer of the content, who
suffers the content, the content's actor, the parties around its nouns.
"""


@dataclass(frozen=True, slots=True)
class Operator:
    """One row: the words, the speech act they make (`act`, "" when none) and the content's fate.

    `status` and `that` are the content's status in an infinitive or noun and in a finite clause;
    `carried` says that the speech act speaks for the content; `recipient` where its recipient is;
    `own` that its subject does an event noun that is its object.
    """

    name: str
    act: str
    frames: frozenset[str]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    status: str
    that: str
    carried: bool
    recipient: tuple[str, ...]
    own: bool
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Result:
    """What operators (by name or act) and a content class give: a mode, TYPE, TYPE/mode or "="."""

    of: frozenset[str]
    content: str
    gives: str
    whose: str = ""
    time: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in an operator's complement: an act's type and mode, or only a verb's lemma."""

    type: str = ""
    mode: str = ""
    lemma: str = ""
    whose: str = ""
    time: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Algebra:
    """The rows of a language, their results and content classes, indexed."""

    operators: tuple[Operator, ...] = ()
    results: tuple[Result, ...] = ()
    contents: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def row(self, frame: str, kind: str) -> Operator | None:
        """The row of a frame of the lexicon; by its type when no row names it."""
        named = next((row for row in self.operators if frame in row.frames), None)
        return named or next((row for row in self.operators if row.act == kind), None)

    @cached_property
    def verbs(self) -> dict[str, Operator]:
        """Rows by verb lemma."""
        return {lemma: row for row in self.operators for lemma in row.verbs}

    @cached_property
    def named(self) -> dict[str, Operator]:
        """Rows by name."""
        return {row.name: row for row in self.operators}

    @cached_property
    def lifting(self) -> frozenset[str]:
        """Names of operators that results know: they may change the act below them."""
        return frozenset(name for result in self.results for name in result.of)

    @cached_property
    def nouns(self) -> dict[str, Operator]:
        """Rows by noun lemma."""
        return {lemma: row for row in self.operators for lemma in row.nouns}

    @cached_property
    def adjectives(self) -> dict[str, Operator]:
        """Rows by adjective lemma."""
        return {lemma: row for row in self.operators for lemma in row.adjectives}

    def result(self, names: Iterable[str], content: Content) -> Result | None:
        """The first result row for an operator (its name and act) and a content; None when none."""
        wanted = set(names)
        return next((r for r in self.results if wanted & r.of and self._fits(r, content)), None)

    def _fits(self, result: Result, content: Content) -> bool:
        if result.whose and result.whose != content.whose:
            return False
        if result.time and result.time not in content.time:
            return False
        kinds = self.contents[result.content]
        full = f"{content.type}/{content.mode}"
        return bool(kinds & {content.type, full, content.lemma, "*"} - {""})


def read(table: Mapping[str, Any], path: Path, frames: Iterable[str]) -> Algebra:
    """The algebra of a parsed operators.toml.

    Raises KnowledgeError (file and line) for an unknown key, status, content, frame or operator,
    and for a word that two rows claim.
    """
    contents = {name: frozenset(kinds) for name, kinds in table.get("contents", {}).items()}
    rows = tuple(_operator(raw, path) for raw in table.get("operator", ()))
    _distinct(rows, path)
    known = set(frames)
    for row in rows:
        for frame in sorted(row.frames - known):
            raise _slip(path, frame, f"operator {row.name}: no frame is called {frame!r}")
    names = {row.name for row in rows} | set(MODES)
    results = tuple(
        _result(raw, path, n, contents, names) for n, raw in enumerate(table.get("result", ()), 1)
    )
    return Algebra(rows, results, contents)


def _operator(raw: Mapping[str, Any], path: Path) -> Operator:
    name = str(raw.get("name", ""))
    if not name:
        raise KnowledgeError("an [[operator]] without a name", str(path))
    for key in raw.keys() - KEYS:
        raise _slip(path, name, f"operator {name}: unknown key {key!r}")
    status = str(raw.get("status", "keep"))
    that = str(raw.get("that", status))
    for word in {status, that} - STATUSES:
        raise _slip(path, name, f"operator {name}: unknown status {word!r}")
    for word in set(raw.get("recipient", ())) - SOURCES:
        raise _slip(path, name, f"operator {name}: unknown recipient {word!r}")
    if raw.get("act", "") not in {"", *MODES}:
        raise _slip(path, name, f"operator {name}: no type is called {raw['act']!r}")
    return Operator(
        name=name,
        act=str(raw.get("act", "")),
        frames=frozenset(raw.get("frames", ())),
        verbs=tuple(raw.get("verbs", ())),
        nouns=tuple(raw.get("nouns", ())),
        adjectives=tuple(raw.get("adjectives", ())),
        status=status,
        that=that,
        carried=raw.get("inner") == "carried",
        recipient=tuple(raw.get("recipient", ())),
        own=bool(raw.get("own")),
        examples=tuple((text, tuple(events)) for text, events in raw.get("examples", ())),
        where=f"{path.name}:{_line(path, name)}",
    )


def _result(
    raw: Mapping[str, Any],
    path: Path,
    number: int,
    contents: Mapping[str, frozenset[str]],
    names: set[str],
) -> Result:
    where = f"result {number}"
    if raw.get("content") not in contents:
        raise _slip(path, "[result]", f"{where}: unknown content {raw.get('content')!r}")
    for name in set(raw.get("of", ())) - names:
        raise _slip(path, "[result]", f"{where}: unknown operator or type {name!r}")
    gives = str(raw.get("gives", ""))
    kind, _, mode = gives.partition("/")
    modes = {mode for rows in MODES.values() for mode in rows}
    if kind != SAME and kind not in MODES and kind not in modes:
        raise _slip(path, "[result]", f"{where}: {gives!r} is no mode, type or TYPE/mode")
    if mode and mode not in MODES.get(kind, ()):
        raise _slip(path, "[result]", f"{where}: {kind} has no mode {mode!r}")
    return Result(
        frozenset(raw["of"]),
        raw["content"],
        gives,
        str(raw.get("whose", "")),
        str(raw.get("time", "")),
        where,
    )


def _distinct(rows: Iterable[Operator], path: Path) -> None:
    owner: dict[tuple[str, str], str] = {}
    for row in rows:
        for kind, lemmas in (("verb", row.verbs), ("noun", row.nouns), ("adj", row.adjectives)):
            for lemma in lemmas:
                other = owner.setdefault((kind, lemma), row.name)
                if other != row.name:
                    raise _slip(
                        path, row.name, f"{kind} {lemma!r} is in {other!r} and {row.name!r}"
                    )


def _slip(path: Path, needle: str, message: str) -> KnowledgeError:
    return KnowledgeError(message, str(path), _line(path, needle))


def _line(path: Path, needle: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if f'"{needle}"' in line), 0)


def page(algebra: Algebra) -> str:
    """docs/operators.md: every row with its words, what it does, and its sentences."""
    lines = [PAGE_HEAD, "## What an operator does to the act in it", "", *_table(algebra)]
    lines += ["", "## What the two become", "", *_result_table(algebra), "", "## Contents", ""]
    lines += [f"- **{name}**: {', '.join(sorted(kinds))}" for name, kinds in _shown(algebra)]
    lines += ["", "## Sentences", "", "Each is a test (tests/questions/test_operators.py).", ""]
    for row in algebra.operators:
        lines += [f"### {row.name}", ""]
        lines += [f"- {text} → {'; '.join(f'`{e}`' for e in ev)}" for text, ev in row.examples]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def _shown(algebra: Algebra) -> list[tuple[str, frozenset[str]]]:
    return sorted(algebra.contents.items())


def _table(algebra: Algebra) -> list[str]:
    rows = [
        "| operator | words | its own act | content becomes | in a that-clause | record of it"
        " | recipient |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in algebra.operators:
        words = ", ".join(_words(row)) or "(the verb's own negated future)"
        record = "no" if row.carried else "yes"
        where = ", ".join(row.recipient) or "-"
        rows.append(
            f"| {row.name} | {words} | {row.act or '-'} | {row.status} | {row.that} | {record}"
            f" | {where} |"
        )
    return rows


def _words(row: Operator) -> list[str]:
    plain = [verb.replace("_", " … ") for verb in row.verbs]
    return [*plain, *(f"{n} (n.)" for n in row.nouns), *(f"{a} (a.)" for a in row.adjectives)]


def _result_table(algebra: Algebra) -> list[str]:
    rows = ["| operator or act | content | whose, when | gives |", "|---|---|---|---|"]
    for result in algebra.results:
        more = ", ".join(word for word in (result.whose, result.time) if word) or "-"
        gives = "the content alone" if result.gives == SAME else result.gives
        rows.append(f"| {', '.join(sorted(result.of))} | {result.content} | {more} | {gives} |")
    return rows
