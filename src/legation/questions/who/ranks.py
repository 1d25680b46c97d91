"""Of which service are people whose noun fits two? "Officers" are policemen or soldiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast


def commission(cast: Cast) -> None:
    """Are "officers" policemen or soldiers? Soldiers where the story tells of an army.

    Foreign ones ("four Russian officers") too, unless police of their state are in the story.
    """
    words = cast.setting.words
    army = bool(words & cast.lexicon.like.get("army", frozenset()))
    police = {m.country for m in cast.entries if m.sector == "COP" and m.phrase != "officer"}
    for member in cast.entries:
        if member.phrase != "officer" or member.sector != "COP":
            continue
        foreign = bool(member.country) and member.country != cast.setting.dateline
        if (army and not police) or (foreign and member.plural and member.country not in police):
            member.sector = "MIL"
