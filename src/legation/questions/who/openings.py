"""Where is a paragraph set? "NAIROBI, Kenya -", "Togo: sanctions go.", "In Arequipa, …".

A date line is no party. What opens a paragraph of a round-up settles whose "the police" are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from legation.story import Story

MARKS = (" - ", " — ", " – ", " -- ", " (Reuters)", " (AP)", " (AFP)")
HEAD = 80  # characters that a date line may take up
LONGEST = 4  # words of the name of a place


def paragraphs(story: Story) -> list[int]:
    """For every sentence the number of the first sentence of its paragraph."""
    found: list[int] = []
    for s, sentence in enumerate(story.sentences):
        gap = story.text[story.sentences[s - 1].end : sentence.start] if s else "\n\n"
        label = s > 0 and story.text[: story.sentences[s - 1].end].rstrip()[-1:] in "-–—"
        found.append(s if gap.count("\n") > 1 and not label else found[-1])
    return found


def datelines(story: Story) -> Iterator[int]:
    """The sentences that are nothing but a date line."""
    for s, sentence in enumerate(story.sentences):
        text = story.text[sentence.start : sentence.end].rstrip()
        if len(text) < HEAD and text[-1:] in ("-", "–", "—") and text[:2].isupper():
            yield s


def opening(story: Story, s: int, world: Any) -> tuple[str | None, float]:
    """Country that the paragraph beginning at sentence s is set in, and how sure that is (0..2)."""
    sentence = story.sentences[s]
    text = story.text[sentence.start : sentence.end] + " "
    for mark in MARKS:
        before, found, _ = text.partition(mark)
        place = before.split(",")[0].split("/")[0].split("(")[0].strip()
        if found and len(before) < HEAD and place.isupper() and len(place) > 2:
            for name in (before.split(",")[-1].strip(), place, place.title()):
                if code := _country(world, name):
                    return code, 2.0
    before, colon, _ = text.partition(":")
    if colon and before.count(" ") < 3 and before[:1].isupper():
        if code := _country(world, before.strip()):
            return code, 2.0
    words = sentence.words
    if len(words) > 2 and words[0] in ("In", "At", "Across", "Near"):
        for size in range(LONGEST, 0, -1):
            if words[1 + size : 2 + size] in ((",",), ()):
                if code := _country(world, " ".join(words[1 : 1 + size])):
                    return code, 1.0
    return None, 0.0


def _country(world: Any, name: str) -> str | None:
    """Country of the biggest place of this name; None when it is none."""
    entries = world.find(name) or world.find(name.title())
    places = [e for e in entries if e.kind in ("city", "country", "region") and e.country]
    if not places:
        return None
    best = max(places, key=lambda e: (e.kind == "country", e.capital, e.population))
    return str(best.country)
