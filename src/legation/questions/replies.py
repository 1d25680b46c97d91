"""To whom is an answer given? A refusal or a consent answers the last one who asked.

"The rebels asked for talks. The government refused": the recipient of the refusal is whoever made
the request, the offer or the charge that its actor had received. Runs after all acts of a story
were read; a recipient that the words name is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.questions.what import Act
from legation.story import Event, Party

Found = tuple[Act, Event]
ANSWERS = frozenset(["REJECT", "AGREE", "CONCEDE"])
ASKING = frozenset(["REQUEST", "AGREE", "ACCUSE", "THREATEN"])
REACH = 1  # sentences between what was asked and the answer


def answered(found: Sequence[Found]) -> list[Found]:
    """The acts, answers without a recipient given the one who asked."""
    done: list[Found] = []
    for act, event in found:
        if event.type in ANSWERS and not event.recipients and len(event.actors) == 1:
            asker = _asker(act, event, done)
            if asker:
                why = (*event.why, ("recipient", "whoever asked before"))
                event = replace(event, recipients=asker, why=why)
        done.append((act, event))
    return done


def _asker(act: Act, answer: Event, earlier: Sequence[Found]) -> tuple[Party, ...]:
    for other, event in reversed(earlier):
        if act.s - other.s > REACH:
            return ()
        if event.type not in ASKING or event.status == "negated":
            continue
        asked = any(_same(p, q) for p in answer.actors for q in event.recipients)
        if asked and not any(_same(p, q) for p in answer.actors for q in event.actors):
            return tuple(p for p in event.actors if p.country or p.name)
    return ()


def _same(one: Party, two: Party) -> bool:
    if one.entity and one.entity == two.entity and one.name == two.name:
        return True
    return bool(one.country) and (one.country, one.sector) == (two.country, two.sector)
