"""Words and classes for people: what a type means, which colour and shape it has."""

from __future__ import annotations

QUADS = {
    "verbal-cooperation": "AGREE CONSULT SUPPORT CONCEDE",
    "material-cooperation": "COOPERATE AID RETREAT",
    "verbal-conflict": "REQUEST ACCUSE REJECT THREATEN",
    "material-conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
"""The four quadrants of PLOVER 2.0, from talk to deed."""

QUAD = {name: quad for quad, names in QUADS.items() for name in names.split()}

MEANING = {
    "AGREE": "agree or plan to do something together",
    "CONSULT": "meet, visit, phone, negotiate",
    "SUPPORT": "praise, endorse, apologise, open relations",
    "CONCEDE": "give in: offer, ease, forgo",
    "COOPERATE": "work together: trade, share, exercise",
    "AID": "give money, goods, troops or shelter",
    "RETREAT": "withdraw, release, cease fire, resign",
    "REQUEST": "demand or ask",
    "ACCUSE": "criticise, accuse, investigate",
    "REJECT": "refuse, veto, deny a demand",
    "THREATEN": "threaten or warn",
    "PROTEST": "demonstrate, strike, riot",
    "SANCTION": "punish: sanctions, expulsion, convictions",
    "MOBILIZE": "ready or move forces",
    "COERCE": "arrest, seize, restrict, censor",
    "ASSAULT": "attack, kill, abduct, destroy",
}
STATUS = {
    "happened": "it took place",
    "planned": "announced, agreed or under way to be",
    "possible": "may be: hoped, feared, threatened, conditional",
    "negated": "it did not take place, or is denied",
}
OUTCOME = {
    "kept": "done as announced",
    "cancelled": "called off",
    "contradicted": "the opposite was done",
    "lapsed": "its day passed without a word",
    "open": "still to come",
}
SECTOR = {
    "GOV": "government", "MIL": "military", "PTY": "party", "LEG": "parliament", "JUD": "courts",
    "OPP": "opposition", "REB": "rebels", "CVL": "civilians", "JRN": "journalists",
    "MED": "media", "BUS": "business", "EDU": "education", "NGO": "NGO",
    "IGO": "international body", "SPY": "intelligence", "COP": "police", "CRM": "crime",
    "REL": "religion", "ELI": "elites", "UAF": "armed group", "UNK": "", "PRM": "government",
    "LAB": "labour", "AGR": "farmers", "REF": "refugees", "SOC": "social group", "PRE": "president",
}  # fmt: skip
PARTS = {
    "act": "the act", "actor": "who did it", "recipient": "to whom", "source": "on whose word",
    "date": "when", "place": "where",
}  # fmt: skip


def count(number: int, one: str, many: str = "") -> str:
    """ "1 report", "3 reports", "1,204 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
