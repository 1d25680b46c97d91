"""In which capacity does a state, a people or a town take part in an act? Pure.

"Russia shelled Kherson" is Russia's army and the town's people, "Basra received the envoy" the
town's government, "the French sent planes" France's. The rules were read off counts of
sectors by kind of name and type of act over the corpus.
"""

from __future__ import annotations

from dataclasses import replace

from legation.questions.tree import Tree
from legation.questions.what import Act
from legation.story import Event, Party
from legation.world import Entry, World

FIGHTING = frozenset(["ASSAULT"])
STATELY = frozenset(["targeted", "abduct", "torture", "drone", "unconventional"])
"""Modes of ASSAULT that a government does rather than its army."""
SUFFERED = frozenset(["ASSAULT", "AID", "COERCE", "RETREAT", "MOBILIZE", "PROTEST", "CONCEDE"])
"""Types in which a town or a people is those who live there, when it is the recipient."""
COMPASS = frozenset(["North", "South", "East", "West", "mainland"])
CIVIL = frozenset(["CVL", "OPP", "LAB", "EDU", "JRN", "AGR"])
POLICING = frozenset(
    [
        *(("ASSAULT", mode) for mode in ("crowd-control", "beat", "firearms")),
        *(("COERCE", mode) for mode in ("arrest", "restrict", None)),
    ]
)
"""Types and modes that show security forces at police work."""
DRILLS = frozenset(["exercise", "drill", "manoeuvre", "maneuver", "wargame", "patrol", "sortie"])
STRIKING = frozenset(["EDU", "CVL", "MED"])
LABOUR = frozenset(["teacher", "lecturer", "driver", "nurse", "porter", "clerk", "cleaner"])


def fitted(act: Act, event: Event, tree: Tree, world: World) -> Event:
    """The event with the sectors of its states, peoples and towns as fits the act."""
    words = (act.word, *act.match.fixed, *act.match.slot)
    drill = event.type == "COOPERATE" and any(tree.lemmas[w] in DRILLS for w in words)
    actors = tuple(_acting(p, event, drill, world) for p in event.actors)
    recipients = tuple(_receiving(p, event, world) for p in event.recipients)
    if (actors, recipients) == (event.actors, event.recipients):
        return event
    return replace(event, actors=actors, recipients=recipients)


def _acting(party: Party, event: Event, drill: bool, world: World) -> Party:
    """An actor: the state that shells is its army, the town that speaks its government."""
    if event.type == "PROTEST":
        last = party.text.lower().rpartition(" ")[2].removesuffix("s")
        striking = event.mode == "strike" and party.sector in STRIKING and last in LABOUR
        return replace(party, sector="LAB") if striking else party
    kinds = _kinds(party, world)
    force = (event.type in FIGHTING and event.mode not in STATELY) or drill
    force = force or (event.type, event.mode) == ("RETREAT", "withdraw")
    if party.sector == "GOV" and "country" in kinds and (force or event.type == "MOBILIZE"):
        return replace(party, sector="MIL")
    if party.sector == "GOV" and event.type in FIGHTING and _commands(party) and force:
        return replace(party, sector="MIL")
    if party.sector == "MIL" and _guarding(party) and _against_crowd(event):
        return replace(party, sector="COP")
    if "demonym" in kinds and party.sector in ("CVL", "GOV"):
        armed = force or event.type == "MOBILIZE" or event.mode == "seize"
        return replace(party, sector="MIL" if armed else "GOV")
    if "city" in kinds and party.sector == "CVL" and event.type != "ASSAULT":
        return replace(party, sector="GOV")
    return party


def _receiving(party: Party, event: Event, world: World) -> Party:
    """A recipient: a town that is shelled or fed is its people, one that is visited its rulers.

    What the Chinese are blamed for is their government's to answer.
    """
    if event.type == "ACCUSE" and party.sector == "MIL" and "demonym" in _kinds(party, world):
        return replace(party, sector="GOV")
    if party.sector != "CVL" or event.type in SUFFERED:
        return party
    return replace(party, sector="GOV") if _kinds(party, world) & {"city", "demonym"} else party


def _commands(party: Party) -> bool:
    """Is it the ministry that has armed forces? Its denial of a shelling is theirs."""
    return party.role.lower().endswith(("defence ministry", "defense ministry"))


def _guarding(party: Party) -> bool:
    return "security force" in f"{party.role} {party.text}".lower()


def _against_crowd(event: Event) -> bool:
    """Do forces act against people at home, as police do: tear gas, arrests?"""
    home = {p.country for p in event.actors}
    people = all(p.sector in CIVIL and p.country in home for p in event.recipients)
    return people and (event.type, event.mode) in POLICING


def _kinds(party: Party, world: World) -> frozenset[str]:
    """What the text of a nameless party names: "country", "demonym", "city"; empty: neither."""
    if party.name or not party.text or party.role:
        return frozenset()
    low = party.text.removeprefix("the ").removeprefix("The ")
    if low in COMPASS and party.entity.startswith("country:"):
        return frozenset({"country"})  # "the North" beside Seoul
    kinds = {entry.kind for entry in _entries(low, party, world)}
    if kinds & {"country", "seat"} or not kinds:
        return frozenset(kinds & {"country"})
    if "demonym" in kinds and low == party.text and party.sector != "GOV":
        return frozenset()  # "Lithuanians" are people, "the Lithuanians" may be their rulers
    return frozenset({"city" if kind == "region" else kind for kind in kinds})


def _entries(name: str, party: Party, world: World) -> list[Entry]:
    return [e for e in world.find(name) if e.country == party.country and not e.capital]
