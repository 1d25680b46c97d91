"""Where a story quotes, and who goes on speaking in a sentence that is only a quotation."""

from __future__ import annotations

import re

from legation.questions.tree import Tree
from legation.story import Story

OPEN, CLOSE = '“"«„', '”"»'
REACH = (-1, 1, -2, -3)  # neighbours asked for the speaker, nearest first
_COLON = re.compile(r"^[^:.;?!]{2,60}:\s")
_DASH = re.compile(r"\s(?:[-–—:])\s[^-–—:.;?!]{2,40}$")
_LATE = re.compile(r":\s[^:.;?!]{2,40}$")


def quoted(story: Story) -> list[tuple[int, int]]:
    """Spans of the text inside quotation marks; a quotation ends with its paragraph."""
    spans: list[tuple[int, int]] = []
    opened = -1
    for at, char in enumerate(story.text):
        if char == "\n":
            if opened >= 0:
                spans.append((opened, at))
            opened = -1
        elif opened < 0 and char in OPEN:
            opened = at
        elif opened >= 0 and char in CLOSE:
            spans.append((opened, at))
            opened = -1
    return spans


def labelled(tree: Tree, text: str, word: int) -> int | None:
    """The voice of a headline: "Doctors: forty killed", "Raid killed forty: doctors"; None if none.

    `text` is the story's; the answer is the word that heads the label.
    """
    first, last = tree.sentence.start, tree.sentence.end
    line = text[first:last]
    before, after = _COLON.match(line), _LATE.search(line) or _DASH.search(line)
    start = tree.span(word)[0] - first
    if before and start >= before.end():
        return _heads(tree, 0, first + before.end() - 1)
    if after and start < after.start():
        return _heads(tree, first + after.start() + 1, last)
    return None


def _heads(tree: Tree, first: int, last: int) -> int | None:
    """The noun that heads a stretch of text without a verb (character offsets)."""
    inside = [w for w in range(len(tree)) if first <= tree.span(w)[0] and tree.span(w)[1] <= last]
    if any(tree.tags[w] in ("VERB", "AUX") for w in inside):
        return None
    nouns = [
        w
        for w in inside
        if tree.tags[w] in ("NOUN", "PROPN")
        and (tree.heads[w] not in inside or tree.tags[tree.heads[w]] == "PUNCT")
    ]
    return nouns[-1] if nouns else None
