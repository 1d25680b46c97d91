"""Which events? One set of filters for the command line, Python, the API and the pages."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from legation.errors import InputError
from legation.story import MODES, Status, Type

Words = tuple[str, ...]
ORDERS = ("newest", "oldest", "recorded", "changed")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to ask a desk for. Words of one field are alternatives; fields all have to fit.

    `actor`, `recipient`, `party` (either), `source`: a country or body code ("CHN"), code and
    sector ("CHN/MIL"), an entity ("country:CHN") or a name ("Song Tao"). `pair` two such sides of
    codes, in any direction. `since`, `until`: the act's span touches these days. `seen_since`,
    `seen_until`: when the desk first saw the story. `precision`: dates no vaguer than so many days.
    `text`: words of the story. `as_of`: what the desk knew at the end of that day; before it read
    anything (an archive that was loaded later): what had been published by then.
    """

    actor: Words = ()
    recipient: Words = ()
    party: Words = ()
    source: Words = ()
    pair: tuple[Words, Words] | tuple[()] = ()
    type: Words = ()
    mode: Words = ()
    status: Words = ()
    context: Words = ()
    outlet: Words = ()
    place: Words = ()
    story: Words = ()
    happening: Words = ()
    event: Words = ()
    since: str = ""
    until: str = ""
    published_since: str = ""
    published_until: str = ""
    seen_since: str = ""
    seen_until: str = ""
    min_confidence: float = 0.0
    max_confidence: float = 1.0
    precision: int = 0
    reviewed: bool | None = None
    copies: bool = True
    text: str = ""
    as_of: str = ""

    @classmethod
    def of(cls, **asked: Any) -> Filter:
        """A filter from loose values: strings with commas, lists, `pair="CHN-KOR"`; InputError."""
        names = {item.name: item for item in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in asked.items():
            if name not in names:
                raise InputError(f"no filter {name!r}; there are {', '.join(names)}")
            if value is None or value == "" or value == ():
                continue
            if name == "pair":
                values[name] = _pair(value)
            elif str(names[name].type) == "Words":
                values[name] = words_of(value)
            else:
                values[name] = value
        return cls(**values)._checked()

    def _checked(self) -> Filter:
        _among("type", self.type, [str(item) for item in Type])
        _among("status", self.status, [str(item) for item in Status])
        _among("mode", self.mode, sorted({m for modes in MODES.values() for m in modes}))
        for name in ("since", "until", "published_since", "published_until"):
            day_of(name, getattr(self, name))
        return self


def words_of(value: Any) -> Words:
    """The alternatives of a filter: of "CHN,RUS" or a list."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _pair(value: Any) -> tuple[Words, Words]:
    sides = value.split("-") if isinstance(value, str) else list(value)
    if len(sides) != 2 or not all(sides):
        raise InputError(f"pair {value!r} is not two sides like CHN-KOR")
    one, two = (tuple(side.split("+")) if isinstance(side, str) else tuple(side) for side in sides)
    return one, two


def _among(name: str, values: Words, allowed: list[str]) -> None:
    for value in values:
        if value not in allowed:
            raise InputError(f"{name} {value!r} is none of {', '.join(allowed)}")


def day_of(name: str, value: str) -> None:
    """InputError when the day of a filter is none; "" is."""
    if value:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{name} {value!r} is not a date like 2017-11-21") from error
