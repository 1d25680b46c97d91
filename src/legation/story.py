"""The record that travels: a story comes in, six questions are asked, the answers are kept here.

All are frozen; an empty tuple, never None, means "none". Offsets count characters of `Story.text`,
end exclusive, so that `text[start:end]` is exactly the string meant. The JSON form
(`records.story_to_json`, `records.story_from_json`) round-trips exactly; its schema is
docs/story.schema.json.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

FORMAT = 1  # of the JSON form; raised when a field changes meaning


class Type(StrEnum):
    """The sixteen PLOVER 2.0 event types (codebook: Type, mode, contexts)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign", "return"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}
"""The modes of each type, PLOVER 2.0 manual; `return` comes from its codebook table."""


CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
"""The contexts of PLOVER 2.0: what an event is about; several may go together."""


class Status(StrEnum):
    """Did it happen? (codebook: Status)."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


SECTORS = [
    "GOV",
    "MIL",
    "PTY",
    "LEG",
    "JUD",
    "OPP",
    "REB",
    "CVL",
    "JRN",
    "MED",
    "BUS",
    "EDU",
    "NGO",
    "IGO",
    "SPY",
    "COP",
    "CRM",
    "REL",
    "ELI",
    "UAF",
    "UNK",
    "PRM",
    "LAB",
    "AGR",
    "REF",
    "SOC",
    "PRE",
]
"""PLOVER actor sectors; meanings in docs/codebook.md."""

MANNERS = ("said", "statement", "briefing", "quoted", "report", "document", "post")
"""How a source gave its word (codebook: Source)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of the story's text; `part` says what they are evidence of.

    `part` is "act" for trigger words, "actor", "recipient", "source", "date" or "place".
    """

    start: int
    end: int
    part: str = "act"


Chances = tuple[tuple[str, float], ...]
"""Names with their probabilities, likeliest first."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the language model thinks of one word as the trigger of an act.

    `none` is the probability that no act is told here. `acts` are types (they and `none` sum to
    about 1), `modes` modes of the likeliest type ("" for no mode), `states` statuses; `actors`,
    `recipients` and `sources` are numbers of words of the sentence with the probability that the
    word has that role. All but `none` are empty where the model is sure that there is no act.
    """

    none: float = 1.0
    acts: Chances = ()
    modes: Chances = ()
    states: Chances = ()
    actors: tuple[tuple[int, float], ...] = ()
    recipients: tuple[tuple[int, float], ...] = ()
    sources: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """What the model thinks of a marked pair: types, statuses, and types as PLOVER files them.

    `plover` is empty when the model has no such head.
    """

    types: Chances
    states: Chances
    plover: Chances = ()


class Sequel(NamedTuple):
    """What the model thinks that a later sentence says of a plan: shares that sum to 1.

    `none`: nothing of it; `open`: that it is still to come; the others as in `Outcome`.
    """

    none: float
    open: float
    kept: float
    cancelled: float
    contradicted: float


@dataclass(frozen=True, slots=True)
class Relation:
    """What the model and the rules think that one party does to another in a text.

    `types` are probabilities over all types, `states` over all statuses; `plover` over the types
    after PLOVER's own reduction (a planned visit is AGREE); `why` says who spoke.
    """

    types: Chances
    states: Chances
    plover: Chances
    why: tuple[tuple[str, str], ...] = ()

    @property
    def type(self) -> str:
        """The likeliest type."""
        return self.types[0][0]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its tree, as columns of equal length: word i is `words[i]`, `tags[i]` …

    `start`, `end`, `starts`, `ends` are offsets into the story's text. `heads[i]` is the number
    of the head word, -1 for the root; `labels` are Universal Dependencies v2 relations with
    subtypes; `tags` UPOS; `feats` UD FEATS strings; `names` BIO tags over PER, ORG, LOC, NORP.
    `opinions` are the second opinion of the model at each word, empty when it has none; they are
    working notes: no part of the JSON form, and not compared.
    """

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = field(default=(), repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.words)

    def __hash__(self) -> int:
        """Cheap, so that what was found out about a sentence can be kept by it."""
        return hash((self.start, self.end, self.words[:1]))


@dataclass(frozen=True, slots=True)
class Party:
    """Who: one actor, recipient or link of a source chain (codebook: Actors and recipients).

    `text` as written; `name` canonical or None; `country` ISO 3166-1 alpha-3 or a body's code, or
    None; `sector` one of SECTORS; `role` as written; `entity` a stable identifier ("" when none);
    `manner` only in a source, one of MANNERS; `start`, `end` offsets of `text` (-1 when inferred).
    """

    text: str
    name: str | None = None
    country: str | None = None
    sector: str = "UNK"
    role: str = ""
    entity: str = ""
    manner: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Date:
    """When: inclusive ISO dates; `basis` is "text", "published" or "context" (codebook: Date)."""

    start: str
    end: str
    text: str = ""
    basis: str = "published"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: `country` alpha-3; `lat`, `lon` in degrees; `geoname` the GeoNames id (0: unknown).

    `region` is the first-level region, "" when unknown; `precision` says how exact the place is:
    "point" (a building, or a place too small for the tables), "city", "region", "country".
    """

    text: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geoname: int = 0
    region: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when, where, on whose word, and whether it happened.

    `why` maps a field's name to the rule or model decision that filled it; `confidence` is the
    probability in 0..1 that type, actors, recipients and status are all right.
    """

    id: str
    type: str
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: str
    date: Date | None
    place: Place | None
    source: tuple[Party, ...]
    confidence: float
    evidence: tuple[Span, ...]
    contexts: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad news as data: what was odd about a story, where, and what was done about it.

    `code` is a stable word for scripts ("empty", "no-date", "language", "crash", …).
    """

    code: str
    message: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Learned:
    """Who somebody is whom no table knows, as the words of one story tell it.

    `kind` is person, organisation or group; `day` the story's ISO date; `guessed` says that the
    country is only that of the story; `spans` are the mentions in the story's text.
    """

    entity: str
    name: str
    kind: str
    country: str | None = None
    sector: str = "UNK"
    role: str = ""
    day: str = ""
    guessed: bool = False
    aliases: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One report as it came in, and what was read in it.

    `published` is an ISO date or "" when unknown; `language` ISO 639-1 or "".
    """

    text: str
    id: str = ""
    published: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    version: str = ""
    learned: tuple[Learned, ...] = ()

    def with_problem(self, code: str, message: str, start: int = -1, end: int = -1) -> Story:
        """The same story with one more `Problem`."""
        return replace(self, problems=(*self.problems, Problem(code, message, start, end)))


@dataclass(frozen=True, slots=True)
class Happening:
    """One act as all its reports tell it (codebook: One event, many reports).

    The fields of the act are those that most independent reports agree on. `events` are the ids of
    the events told of it, `reports` of their stories; `independent` counts reports that are no
    copies of each other; `statuses` are (status, independent reports); `disputed` when some say
    that it happened and others that it did not.
    """

    id: str
    type: str
    mode: str | None
    status: str
    statuses: tuple[tuple[str, int], ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: Date | None
    place: Place | None
    contexts: tuple[str, ...]
    events: tuple[str, ...]
    reports: tuple[str, ...]
    independent: int
    outlets: tuple[str, ...]
    disputed: bool
    confidence: float


class Outcome(StrEnum):
    """What became of a plan, promise or threat."""

    KEPT = "kept"
    CANCELLED = "cancelled"
    CONTRADICTED = "contradicted"
    LAPSED = "lapsed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of a planned, agreed or threatened act.

    `event` states the plan, in `story`; it is due within `due` (None: no date told). `by_event`, in
    `by_story`, is the report that decided the outcome ("" when none did); `by_sentence` is the
    sentence that did where it is not the event's own.
    """

    event: str
    story: str
    due: Date | None
    outcome: str
    by_event: str = ""
    by_story: str = ""
    score: float = 0.0
    by_sentence: str = ""
