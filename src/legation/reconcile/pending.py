"""Is a concession that a sentence tells still to be made, or has it been made?

"Iran will free forty men, the ministry said" and "the rebels declared a truce" are CONCEDE, as "the
king pardoned them" and "the union lifted its ban" are; only the first two announce something. What
the words before the act say decides: a modal, a form of "be" with "to" or "-ing", a verb of promise
with an infinitive or a noun. Their lists stand in outcomes.toml under [pending], with examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from legation.reconcile.outcomes import phrases, plain, rules
from legation.reconcile.telling import stem

NEAR = 4  # words between a verb of promise and the act promised, at most


@dataclass(frozen=True, slots=True)
class _Cues:
    """Patterns of what stands before an act, up to it: see [pending]; the last two of its words."""

    ahead: re.Pattern[str]
    going_on: re.Pattern[str]
    promised: re.Pattern[str]
    joined: re.Pattern[str]
    named: re.Pattern[str]
    promise: re.Pattern[str]
    uttered: re.Pattern[str]


@lru_cache(maxsize=4096)
def pending(sentence: str, trigger: frozenset[str]) -> bool:
    """Does the sentence tell an act, by the stems of its words, as one that is still to be done?"""
    words, cues = plain(sentence).replace("-", " ").split(), _cues()
    told = [
        (" ".join(words[:at]), word) for at, word in enumerate(words) if stem(word) in trigger
    ]  # fmt: skip
    if any(_coming(before, word, cues) for before, word in told):
        return True
    if not told or any(cues.uttered.search(word) for _, word in told):
        return False
    before, word = told[0]  # the later ones are what it is done to
    if word.endswith("ing") and cues.going_on.search(before):
        return True
    if not word.endswith("ed") and cues.promised.search(before):
        return True
    return any(cues.promise.search(w) and not cues.named.search(b) for b, w in told)


def _coming(before: str, word: str, cues: _Cues) -> bool:
    """Does what stands before a verb say that it is to come, or is it joined to one that is?

    Of joined verbs one in -ed is of the past: "who will fly home, and pardoned them".
    """
    if cues.ahead.search(before):
        return True
    if word.endswith("ed") or not cues.joined.search(before):
        return False
    words = before.split()
    return any(cues.ahead.search(" ".join(words[:at])) for at in range(1, len(words)))


@cache
def _cues() -> _Cues:
    said = rules().pending
    light, modal, be, joins, promise, to = (
        phrases(words).pattern
        for words in (
            said.light, said.modals, said.be, said.joins, said.promises,
            (*said.promises, *said.intents),
        )
    )  # fmt: skip
    near, thin = rf"(?: \S+){{0,{NEAR}}}?", rf"(?: {light})*$"
    return _Cues(
        re.compile(rf"(?:{modal}|(?:{be}|{to}{near}) to){thin}"),
        re.compile(rf"{be}{thin}"),
        re.compile(rf"{promise}{near}$"),
        re.compile(rf"{joins}{thin}"),
        re.compile(rf"{phrases(said.nouns).pattern}$"),
        phrases(said.promises),
        phrases(said.uttered),
    )
