"""The rules of outcomes.toml: what keeps a plan, calls it off or gives it the lie. Read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from legation.errors import KnowledgeError
from legation.reconcile.usage import USAGE, either
from legation.story import MODES, Outcome

FILE = Path(__file__).with_name("outcomes.toml")
BACK = 5  # words before a phrase among which one of "unless" takes it back
GAP = 6  # words that "..." stands for at most
UNDONE = frozenset([Outcome.CANCELLED, Outcome.CONTRADICTED])
KEYS = frozenset(["of", "words", "kept", "off", "broken", "nouns", "deeds", "examples"])
CLAUSE = re.compile(rf"[,;:\u2014]\s|\s(?=(?:{either(USAGE.clauses)}) )")
LISTS = (
    "ahead", "himself", "given", "spoke", "shuns", "moved", "since", "denied", "never", "unsure",
    "absent", "due", "quarrel", "begun", "passed", "early", "foretold", "hollow", "links",
    "promising",
)  # fmt: skip
_ASIDE = re.compile(rf"(?:{either(USAGE.conceding)})\b")
_MAY = re.compile(r"(?<=\s)May\b")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[$€£]")


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a rule names it: `mode` "" is any, "-" is none; `negated` did not happen.

    A `doubtful` one decides only where its sentence is about the plan.
    """

    type: str
    mode: str = ""
    negated: bool = False
    doubtful: bool = False

    def fits(self, kind: str, mode: str | None) -> bool:
        """Whether an event of this type and mode is such an act."""
        return kind == self.type and self.mode in ("", mode or "-")


@dataclass(frozen=True, slots=True)
class Example:
    """Two reports, `days` apart, and what the later one makes of the plan of the first."""

    plan: str
    later: str
    outcome: str
    days: int = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of plans: which acts decide it, and what it is called."""

    of: tuple[Act, ...]
    words: re.Pattern[str] | None
    kept: tuple[Act, ...]
    off: tuple[Act, ...]
    broken: tuple[Act, ...]
    nouns: re.Pattern[str] | None
    deeds: re.Pattern[str] | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that tell an outcome, unless one of some words stands just before them.

    `yes` and `no` are sentences that must and must not tell it.
    """

    outcome: str
    says: re.Pattern[str]
    unless: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """Words before an act that say that it is still to be done; see [pending] of outcomes.toml.

    `yes` and `no` are sentences, each with the words of its act, that must and must not say so.
    """

    modals: tuple[str, ...]
    be: tuple[str, ...]
    promises: tuple[str, ...]
    intents: tuple[str, ...]
    nouns: tuple[str, ...]
    light: tuple[str, ...]
    joins: tuple[str, ...]
    uttered: tuple[str, ...]
    yes: tuple[tuple[str, str], ...]
    no: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules: of planned acts, of promises and threats, and the words that decide."""

    plans: tuple[Rule, ...]
    promises: tuple[Rule, ...]
    cues: tuple[Cue, ...]
    another: frozenset[str]
    away: dict[str, re.Pattern[str]]
    pending: Pending
    ahead: re.Pattern[str]
    himself: re.Pattern[str]
    given: re.Pattern[str]
    spoke: re.Pattern[str]
    shuns: re.Pattern[str]
    moved: re.Pattern[str]
    since: re.Pattern[str]
    denied: re.Pattern[str]
    never: re.Pattern[str]
    unsure: re.Pattern[str]
    absent: re.Pattern[str]
    due: re.Pattern[str]
    quarrel: re.Pattern[str]
    begun: re.Pattern[str]
    passed: re.Pattern[str]
    early: re.Pattern[str]
    foretold: re.Pattern[str]
    hollow: re.Pattern[str]
    links: re.Pattern[str]
    promising: re.Pattern[str]

    def of(self, kind: str, mode: str | None, planned: bool, sentence: str) -> list[Rule]:
        """The rules for a plan of this type and mode whose sentence says so."""
        table = self.plans if planned else self.promises
        return [
            rule
            for rule in table
            if any(act.fits(kind, mode) for act in rule.of)
            and (rule.words is None or rule.words.search(sentence))
        ]

    def said(self, sentence: str) -> tuple[str, str]:
        """The outcome that a sentence (as `plain` gives it) tells, and its phrase; "" for none."""
        for cue in self.cues:
            for found in cue.says.finditer(sentence):
                before = sentence[: found.start()].split()[-BACK:]
                if not cue.unless.search(" ".join(before)):
                    return cue.outcome, found.group()
        return "", ""

    def told(self, sentence: str, kinds: Iterable[Rule]) -> tuple[str, str]:
        """The outcome that a sentence tells of plans of these kinds, and the words that tell it.

        "put off their strike hours after the minister had received them" tells nothing of the
        reception: a clause that has a noun for what was undone speaks of that alone.
        """
        for clause in CLAUSE.split(sentence) if _decides(sentence) else ():
            words = plain(clause)
            if _ASIDE.match(words):
                continue  # "marched, although the police had forbidden it"
            outcome, _ = self.said(words)
            if outcome:
                own = any(rule.nouns and rule.nouns.search(words) for rule in kinds)
                other = any(rule.nouns and rule.nouns.search(words) for rule in self.plans)
                return outcome, clause if own or other else sentence
        whole = _decides(sentence)
        return (whole, sentence) if not _said_aside(sentence) else ("", sentence)

    def undone(self, words: str) -> str:
        """What the words that undo name at once: "the ban" of "held back the ban so that"."""
        after = words.partition(self.said(words)[1])[2]
        found = self.links.search(after)
        return after[: found.start()] if found else after


@lru_cache(maxsize=4096)
def _said_aside(sentence: str) -> bool:
    """Do only clauses that concede or tell of other times have words that decide?"""
    told = [words for clause in CLAUSE.split(sentence) if rules().said(words := plain(clause))[0]]
    return bool(told) and all(_ASIDE.match(words) for words in told)


@lru_cache(maxsize=16384)
def plain(sentence: str) -> str:
    """A sentence as the phrases see it: its words in small letters, one space apart."""
    clean = _MAY.sub("month-of-may", sentence.replace("’", "'"))  # not "it may be put off"
    words = _WORD.findall(clean.casefold())
    return " ".join(words).replace("n't", " n't") if words else ""


@cache
def rules(path: Path = FILE) -> Rules:
    """The rules of a file; KnowledgeError names it and the entry that breaks them."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(str(error), str(path)) from error
    return Rules(
        tuple(_rule(row, f"plan {at}", path) for at, row in enumerate(said.get("plan", ()), 1)),
        tuple(
            _rule(row, f"promise {at}", path) for at, row in enumerate(said.get("promise", ()), 1)
        ),
        tuple(_cue(row, f"cue {at}", path) for at, row in enumerate(said.get("cue", ()), 1)),
        frozenset(said.get("another", {}).get("words", ())),
        {outcome: phrases(words) for outcome, words in said.get("away", {}).items()},
        _pending(said.get("pending", {}), path),
        *(phrases(said.get(name, {}).get("words", ())) for name in LISTS),
    )


@lru_cache(maxsize=16384)
def _decides(sentence: str) -> str:
    """The outcome that a sentence's words tell, whatever they are about; "" for most."""
    return rules().said(plain(sentence))[0]


def phrases(listed: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these phrases in a plain sentence."""
    either = "|".join(_phrase(one) for one in sorted(listed))
    return re.compile(rf"(?<!\S)(?:{either})(?!\S)" if either else r"(?!)")


def _phrase(one: str) -> str:
    built = ""
    for word in one.casefold().replace("n't", " n't").split():
        if word == "<end>":  # of the clause
            built += "$"
            continue
        if word == "...":
            built += rf"(?: \S+){{0,{GAP}}}"
            continue
        built += (" " if built else "") + re.escape(word).replace(r"\*", r"\S*")
    return built


def _rule(row: dict[str, Any], name: str, path: Path) -> Rule:
    if unknown := row.keys() - KEYS:
        raise KnowledgeError(
            f"{name}: unknown {sorted(unknown)}; known are {sorted(KEYS)}", str(path)
        )
    told = tuple(Example(**example) for example in row.get("examples", ()))
    for example in told:
        if example.outcome not in [str(item) for item in Outcome]:
            raise KnowledgeError(f"{name}: no outcome {example.outcome!r}", str(path))
    acts = {
        key: tuple(_act(one, name, path) for one in row.get(key, ()))
        for key in ("of", "kept", "off", "broken")
    }
    return Rule(
        acts["of"], phrases(row["words"]) if "words" in row else None, acts["kept"], acts["off"],
        acts["broken"], phrases(row["nouns"]) if row.get("nouns") else None,
        phrases(row["deeds"]) if row.get("deeds") else None, told,
    )  # fmt: skip


def _pending(row: dict[str, Any], path: Path) -> Pending:
    known = [field.name for field in fields(Pending)]
    for key in (*row, *known) if row else ():
        if key not in known or not isinstance(row.get(key), list):
            raise KnowledgeError(
                f"pending: {key} must be a list; lists are {', '.join(known)}", str(path)
            )
    return Pending(*(tuple(row.get(key, ())) for key in known))


def _act(one: str, name: str, path: Path) -> Act:
    named, _, status = one.partition(" ")
    kind, _, mode = named.removesuffix("?").partition("/")
    if kind not in MODES or (mode and mode != "-" and mode not in MODES[kind]):
        raise KnowledgeError(f"{name}: {one!r} is no type/mode of the codebook", str(path))
    if status not in ("", "negated"):
        raise KnowledgeError(f"{name}: {one!r}: after the act only 'negated' may stand", str(path))
    return Act(kind, mode, status == "negated", named.endswith("?"))


def _cue(row: dict[str, Any], name: str, path: Path) -> Cue:
    if row.get("outcome") not in [str(item) for item in Outcome]:
        raise KnowledgeError(f"{name}: no outcome {row.get('outcome')!r}", str(path))
    return Cue(
        row["outcome"],
        phrases(row["says"]),
        phrases(row["unless"]),
        tuple(row["yes"]),
        tuple(row["no"]),
    )
