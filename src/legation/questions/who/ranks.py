"""Of which service are people whose noun fits two? "Officers" are policemen or soldiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legation.questions.who.casting import Cast


SAILING = frozenset(["captain", "sailor", "seaman", "officer", "crew"])


def signed_on(cast: Cast) -> None:
    """Sailors told of beside a tanker or a trawler, and beside no warship, are civilians."""
    merchant = cast.lexicon.like.get("merchant", frozenset())
    warlike = {noun for noun, sector in cast.lexicon.roles.items() if sector == "MIL"}
    for member in cast.entries:
        if member.sector != "MIL" or member.name or member.phrase not in SAILING:
            continue
        lemmas = {x.lower() for x in cast.story.sentences[member.mentions[0][0]].lemmas}
        if lemmas & merchant and not lemmas & (warlike - SAILING - {"marine"}):
            member.sector = "CVL"


def commission(cast: Cast) -> None:
    """Are "officers" policemen or soldiers? Soldiers where the story tells of an army.

    Foreign ones ("four Russian officers") too, unless police of their state are in the story. Who
    rose against his government is a soldier although police are told of as well.
    """
    words = cast.setting.words
    army = bool(words & cast.lexicon.like.get("army", frozenset()))
    rising = bool(words & cast.lexicon.like.get("rising", frozenset()))
    police = {m.country for m in cast.entries if m.sector == "COP" and m.phrase != "officer"}
    police = set() if rising else police
    for member in cast.entries:
        if member.phrase != "officer" or member.sector != "COP":
            continue
        foreign = bool(member.country) and member.country != cast.setting.dateline
        if (army and not police) or (foreign and member.plural and member.country not in police):
            member.sector = "MIL"
    for member in cast.entries:  # "their spokesman" speaks for the soldiers that they are
        kin = member.kin
        if kin and kin.phrase == "officer" and kin.sector == "MIL" and member.sector == "COP":
            member.sector = "MIL"
