"""The JSON form of what travels: stories, and one record per event, with a schema for both.

`story_to_json` and `story_from_json` are exact opposites. `event_record` is the flat record of one
event, with the codebook's field names and the document it came from; it is what `legation read
--format jsonl` writes and `legation evaluate` reads.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, cast

from legation.errors import InputError
from legation.story import (
    FORMAT,
    MANNERS,
    MODES,
    SECTORS,
    Date,
    Event,
    Learned,
    Party,
    Place,
    Problem,
    Sentence,
    Span,
    Status,
    Story,
    Type,
)

Json = dict[str, Any]

DOCUMENT = ("id", "url", "title", "outlet", "published", "language")
PARTY = ("text", "name", "country", "sector", "role", "entity")


def event_record(event: Event, story: Story) -> Json:
    """One event as a JSON-ready record that names its document (codebook: An event)."""
    return {
        "id": event.id,
        "type": str(event.type),
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": [_party(party) for party in event.actors],
        "recipients": [_party(party) for party in event.recipients],
        "status": str(event.status),
        "date": _columns(event.date) if event.date else None,
        "place": _columns(event.place) if event.place else None,
        "source": [{**_party(link), "manner": link.manner} for link in event.source],
        "confidence": event.confidence,
        "evidence": [_columns(span) for span in event.evidence],
        "why": dict(event.why),
        "document": {name: getattr(story, name) for name in DOCUMENT},
    }


def event_records(story: Story) -> list[Json]:
    """The records of all events of a story, in its order."""
    return [event_record(event, story) for event in story.events]


def story_to_json(story: Story) -> Json:
    """A story with all that was read in it, as JSON-ready data; `story_from_json` undoes it."""
    return {"format": FORMAT, **_plain(story)}


def story_from_json(record: Json) -> Story:
    """The story that `story_to_json` wrote; raises InputError on another form or missing fields."""
    if record.get("format") != FORMAT:
        raise InputError(f"not a story of format {FORMAT}: format is {record.get('format')!r}")
    try:
        values = {name: value for name, value in record.items() if name != "format"}
        values["sentences"] = tuple(_sentence(item) for item in record["sentences"])
        values["events"] = tuple(_event(item) for item in record["events"])
        values["learned"] = tuple(_learned(item) for item in record.get("learned", ()))
        values["problems"] = tuple(Problem(**item) for item in record["problems"])
        return Story(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a story of format {FORMAT}: {error}") from error


def schema() -> Json:
    """The JSON Schema (draft 2020-12) of a story; `$defs/record` is that of an event record."""
    kinds = (Span, Sentence, Party, Date, Place, Event, Problem)
    definitions = {kind.__name__.lower(): _schema_of(kind) for kind in kinds}
    definitions["record"] = _schema_of_record()
    story = _schema_of(Story)
    story["properties"] = {"format": {"const": FORMAT}, **story["properties"]}
    story["required"] = ["format", *story["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Legation story",
        **story,
        "$defs": definitions,
    }


def _party(party: Party) -> Json:
    return {name: getattr(party, name) for name in PARTY}


def _columns(value: Span | Date | Place) -> Json:
    return {f.name: getattr(value, f.name) for f in fields(value)}


def _plain(value: Any) -> Any:
    """Dataclasses to dicts, tuples to lists, `why` pairs to lists of two, enums to their words."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.compare}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _sentence(record: Json) -> Sentence:
    values: Json = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    return Sentence(**values)


def _learned(record: Json) -> Learned:
    values = {**record, "aliases": tuple(record["aliases"])}
    values["spans"] = tuple(Span(**span) for span in record["spans"])
    return Learned(**values)


def _event(record: Json) -> Event:
    values = dict(record)
    for name in ("actors", "recipients", "source"):
        values[name] = tuple(Party(**party) for party in record[name])
    values["date"] = Date(**record["date"]) if record["date"] else None
    values["place"] = Place(**record["place"]) if record["place"] else None
    values["evidence"] = tuple(Span(**span) for span in record["evidence"])
    values["contexts"] = tuple(record["contexts"])
    values["why"] = tuple((name, reason) for name, reason in record["why"])
    return Event(**values)


_ATOMS: Json = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "str | None": {"type": ["string", "null"]},
    "float | None": {"type": ["number", "null"]},
    "tuple[str, ...]": {"type": "array", "items": {"type": "string"}},
    "tuple[int, ...]": {"type": "array", "items": {"type": "integer"}},
    "tuple[tuple[str, str], ...]": {
        "type": "array",
        "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
    },
}

_WORDS: dict[tuple[str, str], Json] = {
    ("Event", "type"): {"enum": [str(item) for item in Type]},
    ("Event", "mode"): {"enum": [None, *sorted({m for modes in MODES.values() for m in modes})]},
    ("Event", "status"): {"enum": [str(item) for item in Status]},
    ("Event", "confidence"): {"type": "number", "minimum": 0, "maximum": 1},
    ("Party", "sector"): {"enum": list(SECTORS)},
    ("Learned", "sector"): {"enum": list(SECTORS)},
    ("Party", "manner"): {"enum": ["", *MANNERS]},
    ("Date", "basis"): {"enum": ["text", "published", "context"]},
}


def _schema_of(kind: type) -> Json:
    own = [f for f in fields(kind) if f.compare]
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n")[0],
        "properties": {f.name: _type_of(kind.__name__, f.name, str(f.type)) for f in own},
        "required": [f.name for f in own],
        "additionalProperties": False,
    }


def _type_of(kind: str, name: str, annotation: str) -> Json:
    if (kind, name) in _WORDS:
        return _WORDS[kind, name]
    if annotation in _ATOMS:
        return cast(Json, _ATOMS[annotation])
    inner = annotation.removeprefix("tuple[").removesuffix(", ...]").removesuffix(" | None")
    reference = {"$ref": f"#/$defs/{inner.lower()}"}
    if annotation.startswith("tuple["):
        return {"type": "array", "items": reference}
    return {"anyOf": [reference, {"type": "null"}]}


def _schema_of_record() -> Json:
    event = _schema_of(Event)["properties"]
    party = _schema_of(Party)["properties"]
    link = _object({name: party[name] for name in (*PARTY, "manner")})
    bare = {"type": "array", "items": _object({name: party[name] for name in PARTY})}
    document = _object({name: {"type": "string"} for name in DOCUMENT})
    changed: Json = {
        "actors": bare,
        "recipients": bare,
        "source": {"type": "array", "items": link},
        "why": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    record = _object({**event, **changed, "document": document})
    return {"description": "One event with the document it was read in.", **record}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
