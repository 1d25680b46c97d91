"""How does a word look to the encoder? Its plain spelling, and the class of its letter case.

The encoder is uncased; what upper case says about a word enters as one of eight classes, added to
the embedding of each of its pieces. Training and run time share this file.
"""

from typing import Final

CASE_SPECIAL: Final = 0
CASE_LOWER: Final = 1
CASE_TITLE: Final = 2
CASE_UPPER: Final = 3
CASE_MIXED: Final = 4
CASE_MARK: Final = 5
CASE_DIGITS: Final = 6
CASE_INITIAL: Final = 7
CASE_CLASSES: Final = 8

_PLAIN: Final = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "`": "'",
        "–": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "―": "—",
        "…": "...",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def plain(word: str) -> str:
    """The word with one shape for each quote, dash and ellipsis: “don’t” reads as "don't"."""
    word = word.translate(_PLAIN)
    return '"' if word == "''" else word


def case_of(word: str) -> int:
    """The case class of a word, one of the CASE_ constants: "Paris" is CASE_TITLE."""
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return CASE_DIGITS if any(char.isdigit() for char in word) else CASE_MARK
    if all(not char.isupper() for char in letters):
        return CASE_LOWER
    if all(char.isupper() for char in letters):
        return CASE_INITIAL if len(letters) == 1 else CASE_UPPER
    if letters[0].isupper() and not any(char.isupper() for char in letters[1:]):
        return CASE_TITLE
    return CASE_MIXED
