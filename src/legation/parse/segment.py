"""Where does each sentence begin and end? Splits raw news text and gives its words' offsets.

A blank line always ends a sentence, a single line break when the line is complete or looks like a
heading or list item. Within a block a sentence ends at . ! ? and closing marks after it, not at an
abbreviation, not before a lower-case word, and not inside `"Why?" he asked`. A dateline is a
sentence of its own: left in place it takes the root of the story's first sentence.
Linear in the text.
"""

import re
from collections.abc import Iterator
from typing import Final

from legation.parse.tokenise import TITLES, Span, tokenise

MAX_WORDS: Final = 200  # longer ones are no sentences: tables, lists, text without full stops
PART_WORDS: Final = 100  # of their parts: what is asked of a tree grows with its square
MAX_CLOSERS: Final = 10  # closing marks after a stop; bounds the time on runs of marks
HEADING: Final = 70  # characters; a shorter line before a capital is a heading, not a wrapped line

_BREAK: Final = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
_LIST_ITEM: Final = re.compile(r"\s*(?:[-*•·▪–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_DATELINE: Final = re.compile(
    r"\s*[A-Z]{2}[A-Z.,'’/ -]{0,40}[A-Z]"
    r"(?:[^()\n]{0,40}\([A-Z][\w .]{1,20}\)\s*(?:-|–|—|--)"
    r"|\s(?:—|–|--)"
    r"|(?:,\s[A-Z][\w.,’' ]{2,40})?\s-)\s+(?=[\"“‘']?[A-Z0-9])"
)
_STOPS: Final = re.compile(r"[.!?…]+$")
_CLOSERS: Final = frozenset("\"”’')]»")
_OPENERS: Final = frozenset("\"“‘'([«")
_SAID: Final = "said says asked asks told tells added wrote tweeted shouted replied declared cried"
_STARTERS: Final = (
    "the a an he she it they we i you this that these those there his her its their our in on at "
    "but and however meanwhile as after before when while since if for from to by with what who "
    "why how although according despite some many all no not"
)
_VERBS_OF_SAYING: Final = frozenset(_SAID.split())
_FIRST_WORDS: Final = frozenset(_STARTERS.split())


def segment(text: str) -> list[list[Span]]:
    """The sentences of a text in order, each a non-empty list of word spans (start, end)."""
    return [
        piece
        for start, end in _blocks(text)
        for part in _past_dateline(text, start, end)
        for sentence in _sentences(text, tokenise(text, *part))
        for piece in _bounded(sentence)
    ]


def _blocks(text: str) -> Iterator[Span]:
    """Stretches of text that no sentence crosses."""
    begin, pending = 0, False
    lines = list(_lines(text))
    for number, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        if not line:
            if pending:
                yield begin, start
            pending = False
            continue
        if not pending:
            begin, pending = start, True
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if _ends_block(line, following):
            yield begin, end
            pending = False
    if pending:
        yield begin, len(text)


def _past_dateline(text: str, start: int, end: int) -> Iterator[Span]:
    """The block, with a dateline such as "BEIJING, Nov 20 (Agency) -" as a part of its own."""
    found = _DATELINE.match(text, start, end)
    if found:
        yield start, found.end()
        start = found.end()
    yield start, end


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for found in _BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _ends_block(line: str, following: str) -> bool:
    """Does a single line break after `line` end a sentence?"""
    after = following.lstrip()
    if not after or _LIST_ITEM.match(following):
        return True
    if line.rstrip("\"”’')]»")[-1:] in tuple(".!?…") and not after[0].islower():
        return line.rsplit(None, 1)[-1].rstrip(".").lower() not in TITLES
    return len(line) < HEADING and not after[0].islower() and line[-1] not in ",;-–—&"


def _sentences(text: str, spans: list[Span]) -> Iterator[list[Span]]:
    """Cut the words of a block after each sentence end."""
    first, at = 0, 0
    while at < len(spans):
        past = _end_at(text, spans, at)
        if past:
            yield spans[first:past]
            first = past
        at = max(past, at + 1)
    if first < len(spans):
        yield spans[first:]


def _end_at(text: str, spans: list[Span], at: int) -> int:
    """The index past the sentence that ends with word `at` and its closers; 0 if none ends."""
    word = text[slice(*spans[at])]
    if not _STOPS.search(word):
        return 0
    past = at + 1
    while past < min(len(spans), at + MAX_CLOSERS) and _closes(text, spans, past):
        past += 1
    if past == len(spans):
        return past
    return past if _begins(text, spans, past, word, closed=past > at + 1) else 0


def _closes(text: str, spans: list[Span], at: int) -> bool:
    """Is word `at` a closing mark, or a stray stop, glued to the word before it?"""
    word = text[slice(*spans[at])]
    glued = spans[at][0] == spans[at - 1][1]
    return glued and (word in _CLOSERS or word == "''" or bool(re.fullmatch(r"[.!?…]+", word)))


def _begins(text: str, spans: list[Span], at: int, stop: str, closed: bool) -> bool:
    """May a sentence begin at word `at`, after the word `stop`?"""
    glued = spans[at][0] == spans[at - 1][1]
    ahead = [text[slice(*span)] for span in spans[at : at + 5]]
    opened = ahead[0] in _OPENERS
    word = next((item for item in ahead if item not in _OPENERS), ahead[0])
    if word[0].islower() or (glued and not opened) or not (word[0].isalnum() or opened):
        return stop in ("!", "?") and not closed and not glued and not word[0].islower()
    if closed and stop[-1] in "!?":
        return not any(item in _VERBS_OF_SAYING for item in ahead)
    return len(stop.rstrip(".!?…")) == 0 or opened or _ends_abbreviated(stop, word)


def _ends_abbreviated(stop: str, word: str) -> bool:
    """Does an abbreviation such as "U.S." also end its sentence, before `word`?"""
    bare = stop.rstrip(".").lower()
    if bare in TITLES or len(bare) == 1 or bare == "no":
        return False
    return word.lower() in _FIRST_WORDS and word[0].isupper()


def _bounded(sentence: list[Span]) -> Iterator[list[Span]]:
    """Cut what is longer than a sentence into parts, each at the last space that fits."""
    if len(sentence) <= MAX_WORDS:
        yield sentence
        return
    first = 0
    while len(sentence) - first > PART_WORDS:
        last = first + PART_WORDS
        at = last
        while at > first + PART_WORDS // 2 and sentence[at][0] == sentence[at - 1][1]:
            at -= 1
        at = at if at > first + PART_WORDS // 2 else last
        yield sentence[first:at]
        first = at
    yield sentence[first:]
