"""How sure the model must be before it is believed: probabilities of words/en/opinion.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legation.story import Opinion


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure the model must be; probabilities, read from words/en/opinion.toml."""

    veto: float = 0.98
    rename: float = 2.0
    propose: float = 0.7
    ahead: float = 0.8
    foreseen: float = 2.0
    typed: float = 0.3
    leading: float = 0.3
    types: Mapping[str, float] | None = None
    role: float = 0.3
    second: float = 0.5
    state: float = 0.6
    lonely: float = 2.0
    expected: float = 0.6
    source: float = 0.7
    mode: float = 0.7
    unseen: float = 0.2
    violent: float = 0.05
    doubt: float = 0.3
    alone: float = 0.2
    coming: float = 0.1
    certain: float = 0.85
    private: float = 0.93
    beside: float = 0.2

    def of(self, kind: str) -> float:
        """The probability from which an act of this type is proposed."""
        return (self.types or {}).get(kind, self.propose)


def limits(table: Mapping[str, Any]) -> Limits:
    """The limits of a parsed opinion.toml; the defaults for what it leaves out."""
    told = dict(table.get("limits", {}))
    return Limits(**told, types=table.get("propose", {}))


def chance(one: Opinion, kind: str) -> float:
    """The probability of an act of this type at the word."""
    return dict(one.acts).get(kind, 0.0)


def foreseen(one: Opinion, limit: Limits) -> bool:
    """Is the model sure that an act is told at the word, of its type, and as one that is to come?

    Such an act is told whoever its parties are. News of no politics has many words of which the
    model thinks half of this, but of no type more than of others.
    """
    planned = dict(one.states).get("planned", 0.0)
    typed = bool(one.acts) and one.acts[0][1] >= limit.typed
    return typed and (1 - one.none) * planned >= limit.foreseen
