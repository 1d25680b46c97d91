"""Words of a person become a full-text query: all of them, "phrases", pref* and -not."""

from __future__ import annotations

import re

from legation.errors import InputError

_PIECES = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w+", re.UNICODE)


def pieces(asked: str) -> list[tuple[bool, list[str], bool]]:
    """(wanted, words in a row, whether the last is a beginning) for each piece asked for."""
    found = []
    for minus, phrase, word in _PIECES.findall(asked):
        words = _WORD.findall(phrase or word)
        if words:
            found.append((not minus, words, not phrase and word.endswith("*")))
    if not any(wanted for wanted, _, _ in found):
        raise InputError(f"nothing to search for in {asked!r}")
    return found


def sqlite(asked: str) -> str:
    """The query in FTS5's language."""
    parts = pieces(asked)
    wanted = " AND ".join(_fts5(w, prefix) for yes, w, prefix in parts if yes)
    without = " OR ".join(_fts5(w, prefix) for yes, w, prefix in parts if not yes)
    return f"({wanted}) NOT ({without})" if without else wanted


def postgresql(asked: str) -> str:
    """The query in the language of to_tsquery."""
    return " & ".join(
        ("" if yes else "!") + "(" + " <-> ".join(_lexemes(words, prefix)) + ")"
        for yes, words, prefix in pieces(asked)
    )


def snippet(text: str, asked: str, width: int = 160) -> str:
    """Text around the first word asked for."""
    wanted = [words[0] for yes, words, _ in pieces(asked) if yes]
    places = (re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in wanted)
    at = min((found.start() for found in places if found), default=0)
    start = max(0, at - width // 3)
    cut = " ".join(text[start : start + width].split())
    return ("… " if start else "") + cut + (" …" if start + width < len(text) else "")


def _fts5(words: list[str], prefix: bool) -> str:
    return '"' + " ".join(words) + '"' + ("*" if prefix else "")


def _lexemes(words: list[str], prefix: bool) -> list[str]:
    marks = [f"'{word}'" for word in words]
    return [*marks[:-1], marks[-1] + ":*"] if prefix else marks
