"""What is the dictionary form of a word? A rule "casing + edit" chosen by the model is applied.

The edit works on the lower-cased form: strip k characters from its end and append a string, or
take a whole lemma. A rule is written "L2y": casing L, strip 2, append "y"; or "K=be": the lemma
itself. Casings, tried in this order when rules are learned: L lower, K lemma written like the
form, T first letter upper, U all upper, S the edit is spelled with its own case.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from legation.parse.forms import plain

_CACHE: Final = 50_000
_VOWELS: Final = re.compile("[aeiouy]+")


def rule_of(form: str, lemma: str) -> str:
    """The rule that turns a form into its lemma: rule_of("cities", "city") == "L3y"."""
    if lemma == form and lemma != lemma.lower():
        return "K"
    low, target = form.lower(), lemma.lower()
    shared = _shared(low, target)
    edit = f"{len(low) - shared}{target[shared:]}" if shared else f"={target}"
    for casing in "LTU":
        if apply(casing + edit, form) == lemma:
            return casing + edit
    return f"S={lemma}"


def apply(rule: str, form: str) -> str:
    """The lemma that a rule gives for a form: apply("L3y", "cities") == "city"."""
    casing, edit = rule[0], rule[1:]
    if casing == "K":
        return form
    if casing == "S":
        return edit[1:]
    lemma = _edited(form.lower(), edit)
    if casing == "T":
        return lemma[:1].upper() + lemma[1:]
    return lemma.upper() if casing == "U" else lemma


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _edited(low: str, edit: str) -> str:
    if edit.startswith("="):
        return edit[1:]
    digits = len(edit) - len(edit.lstrip("0123456789"))
    cut = int(edit[:digits] or 0)
    return low[: max(len(low) - cut, 0)] + edit[digits:]


def candidates(form: str, tag: str) -> list[str]:
    """Lemmas that regular English inflection allows, likeliest first: "denied" -> "deny"…"""
    low = form.lower()
    found: list[str] = []
    if tag == "VERB":
        for ending in ("ing", "ed"):
            if low.endswith(ending) and len(low) > len(ending) + 1:
                stem = low[: -len(ending)]
                if ending == "ed" and stem.endswith("i"):
                    found.append(stem[:-1] + "y")
                if ending == "ing" and stem.endswith("y"):
                    found.append(stem[:-1] + "ie")
                if stem.endswith("ll") and len(_VOWELS.findall(stem)) > 1:
                    found.append(stem[:-1])  # "pencilled", "signalled"
                found += [stem, stem + "e"]
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    found.append(stem[:-1])
    if tag in ("VERB", "NOUN") and low.endswith("s") and not low.endswith("ss"):
        if low.endswith("ies"):
            found.append(low[:-3] + "y")
        found.append(low[:-1])
        if low.endswith("es"):
            found.append(low[:-2])
        if low.endswith("ves"):
            found += [low[:-3] + "f", low[:-3] + "fe"]
    if tag == "NOUN" and low.endswith("men"):
        found.append(low[:-3] + "man")
    if tag == "ADJ":
        for ending in ("est", "er"):
            if low.endswith(ending):
                stem = low[: -len(ending)]
                found += [stem, stem + "e"]
                if stem.endswith("i"):
                    found.append(stem[:-1] + "y")
                if len(stem) > 2 and stem[-1] == stem[-2]:
                    found.append(stem[:-1])
    return [one for one in found if not _cut_short(one)] + [low]


def _cut_short(stem: str) -> bool:
    """Does no English verb end so: "rumbl", "reviv", whose silent e is missing; "pencille"?"""
    return stem.endswith(("v", "lle")) or (
        len(stem) > 2 and stem[-1] == "l" and stem[-2] in "bcdfgkpstz"
    )


def inflected(low: str, tag: str) -> bool:
    """Can the form be no dictionary form: a verb in -ed, "capsized"?"""
    return tag == "VERB" and low.endswith("ed") and not low.endswith("eed") and len(low) > 4


class Lemmas:
    """A dictionary of lemmas: irregular forms first, then regular inflections of known lemmas."""

    def __init__(self, path: Path) -> None:
        """Read the table (tag, lemma, irregular forms)."""
        self._known: set[tuple[str, str]] = set()
        self._irregular: dict[tuple[str, str], str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            tag, lemma, forms = line.split("\t")
            self._known.add((tag, lemma))
            for form in forms.split("|") if forms else ():
                self._irregular[tag, form] = lemma
        self.by_rule = lru_cache(_CACHE)(self._by_rule)

    def _by_rule(self, rule: str, word: str, tag: str) -> str:
        """The lemma of a word of a text, for which the model chose a rule; remembered."""
        form = plain(word)
        return self.of(form, tag, apply(rule, form) or word)

    def of(self, form: str, tag: str, guess: str) -> str:
        """The lemma of a word; `guess`, the model's, when the dictionary has none."""
        if tag not in ("VERB", "NOUN", "ADJ"):
            return guess
        low = form.lower()
        irregular = self._irregular.get((tag, low))
        if irregular:
            return irregular
        possible = candidates(low, tag)
        known = [lemma for lemma in possible if (tag, lemma) in self._known]
        if known:
            return guess if guess.lower() in known else known[0]
        if possible[0] + "l" == guess.lower():
            return possible[0]  # "pencilled"
        if guess.lower() in possible and (guess.lower() != low or not inflected(low, tag)):
            return guess
        return possible[0] if possible else guess
