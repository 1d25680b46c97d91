"""Who did it, to whom? The cast of a story is built first; events then ask it for their parties.

`cast(story, words, world)` reads every noun phrase once, links short forms and pronouns to the
member they stand for, and answers `party`, `parties` and `modifier` (codebook: Actors).
"""

from __future__ import annotations

from typing import Any

from legation.questions.who.casting import Cast
from legation.questions.who.learned import as_tables, lessons
from legation.questions.who.lexicon import Lexicon
from legation.story import Party, Story

APOLITICAL = frozenset(
    ["UNK", "CVL", "BUS", "MED", "JRN", "EDU", "AGR", "LAB", "REL", "CRM", "SOC", "ELI", "NGO"]
)

__all__ = ["Cast", "as_tables", "cast", "lessons", "political"]


def cast(story: Story, words: Any, world: Any) -> Cast:
    """Build the cast of a parsed story; pure: `words` and `world` are only read."""
    return Cast(story, Lexicon(words.table("who"), world.titles), world)


def political(party: Party) -> bool:
    """Can the party make an act politically relevant: a known country or body, or a public role?"""
    return bool(party.country) or party.sector not in APOLITICAL
