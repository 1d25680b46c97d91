"""Is a party only where the act happens, or what it is about? Pure.

"An attack on a post in southern Thailand" is done to the post, "a treaty signed in Lome" by those
who sign it. A state or town after "in" stays a party only where nobody else is one.
"""

from __future__ import annotations

from dataclasses import replace

from legation.questions.tree import Tree
from legation.story import Event, Party

WHERE = frozenset(
    ["in", "near", "outside", "inside", "across", "through", "around", "at", "off", "along"]
)
TOPIC = frozenset(["on", "over", "about", "concerning", "regarding"])
MUTUAL = frozenset(["AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT"])
"""Types whose actors may be all who are named around the noun: talks, treaties, clashes."""
HOSTED = frozenset(["CONSULT"])
"""Types whose recipient is often named only as the place: "was in Minsk for talks"."""
HARM = frozenset(["ASSAULT", "COERCE"])


def unplaced(event: Event, tree: Tree) -> Event:
    """The event without the places among its parties; who is harmed in a capital is its people."""
    actors, recipients = event.actors, event.recipients
    if event.type in MUTUAL and len(actors) > 1:
        kept = tuple(p for p in actors if not (_after(p, tree) in WHERE | TOPIC and _place(p)))
        actors = kept or actors
    if event.type not in HOSTED:
        spots = [p for p in recipients if _after(p, tree) in WHERE and _place(p)]
        others = [p for p in recipients if p not in spots]
        if others:
            home = spots[0].country if spots else None  # "Kurdish camps in Iraq"
            recipients = tuple(p if p.country else replace(p, country=home) for p in others)
        elif event.type in HARM and not any(_after(p, tree) == "at" for p in recipients):
            recipients = tuple(replace(p, sector="CVL") for p in recipients)
    if (actors, recipients) == (event.actors, event.recipients):
        return event
    return replace(event, actors=actors, recipients=recipients)


def _place(party: Party) -> bool:
    """Is it a state or a town, not one of its people or bodies?"""
    return not party.name and not party.role and party.sector in ("GOV", "CVL")


def _after(party: Party, tree: Tree) -> str:
    """The preposition before the party's words in the sentence; "" for none."""
    inside = [
        w
        for w in range(len(tree))
        if party.start <= tree.sentence.starts[w] and tree.sentence.ends[w] <= party.end
    ]
    heads = [w for w in inside if tree.heads[w] not in inside and tree.tags[w] == "PROPN"]
    return tree.preposition(heads[0]) if len(heads) == 1 else ""
