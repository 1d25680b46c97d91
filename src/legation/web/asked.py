"""What may be asked of lists, by which names: one model each for pages, feeds and the API.

An unknown parameter is an error, never ignored; the values are checked by the store's filters.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

Text = Annotated[str, Field(max_length=500)]
Day = Annotated[date | None, Field()]


class Asked(BaseModel):
    """Shared by all lists: how many items, and after which."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=1000, description="Items of a page.")] = 50
    cursor: Annotated[
        str, Field(max_length=200, description="`next` of the page before; empty for the first.")
    ] = ""

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any, info: Any) -> Any:
        """An empty field of a form means that it was not filled in."""
        if value == "" and info.field_name is not None:
            return cls.model_fields[info.field_name].default
        return value

    @field_validator("*")
    @classmethod
    def _no_zero_bytes(cls, value: Any) -> Any:
        if isinstance(value, str) and "\0" in value:
            raise ValueError("a zero character is in it")
        return value

    def filters(self) -> dict[str, Any]:
        """The filters as the store wants them: only those asked for, days as text."""
        own = {
            n: v for n, v in self if n not in ("limit", "cursor", "order") and v not in ("", None)
        }
        own = {n: v for n, v in own.items() if v != type(self).model_fields[n].default}
        return {n: v.isoformat() if isinstance(v, date) else v for n, v in own.items()}

    def query(self, **changes: Any) -> str:
        """The query string of the same question with some parameters changed ("" drops one)."""
        own = self.filters()
        for name in ("limit", "order"):
            value = getattr(self, name, None)
            if value != type(self).model_fields.get(name, Field()).default:
                own[name] = value
        own |= changes
        kept = {n: str(v).lower() if isinstance(v, bool) else v for n, v in own.items() if v != ""}
        return urlencode({n: v for n, v in kept.items() if v is not None})


class Spanned(Asked):
    """Lists with a span of days of the act."""

    since: Annotated[Day, Field(description="The act touches this day or a later one.")] = None
    until: Annotated[Day, Field(description="The act touches this day or an earlier one.")] = None


class Who(Spanned):
    """Lists of acts: who, what, whether."""

    actor: Annotated[Text, Field(description="Code, code/sector, entity or name; commas: or.")] = ""
    recipient: Annotated[Text, Field(description="As `actor`.")] = ""
    party: Annotated[Text, Field(description="Actor or recipient.")] = ""
    pair: Annotated[Text, Field(description="Two sides, any direction: CHN-KOR, CHN-KOR+JPN.")] = ""
    type: Annotated[Text, Field(description="PLOVER types, e.g. CONSULT,AGREE.")] = ""
    mode: Annotated[Text, Field(description="PLOVER modes, e.g. visit.")] = ""
    status: Annotated[Text, Field(description="happened, planned, possible, negated.")] = ""
    place: Annotated[Text, Field(description="Country in which it took place.")] = ""
    min_confidence: Annotated[float, Field(ge=0, le=1, description="How sure at least.")] = 0.0
    text: Annotated[Text, Field(description='Words of the story: "a phrase", begin*, -not.')] = ""


class EventsAsked(Who):
    """Filters of events; see docs/2-keep-a-desk.md."""

    source: Annotated[Text, Field(description="On whose word; as `actor`.")] = ""
    context: Annotated[Text, Field(description="PLOVER contexts.")] = ""
    outlet: Annotated[Text, Field(description="Names of outlets.")] = ""
    story: Annotated[Text, Field(description="Ids of stories.")] = ""
    happening: Annotated[Text, Field(description="Ids of happenings.")] = ""
    published_since: Annotated[Day, Field(description="Published on this day or later.")] = None
    published_until: Annotated[Day, Field(description="Published on this day or earlier.")] = None
    max_confidence: Annotated[float, Field(ge=0, le=1, description="How sure at most.")] = 1.0
    precision: Annotated[int, Field(ge=0, le=400, description="Dates of so many days at most.")] = 0
    reviewed: Annotated[bool | None, Field(description="Seen by a person.")] = None
    copies: Annotated[bool, Field(description="Whether copies of other stories count.")] = True
    as_of: Annotated[Day, Field(description="What the desk knew at the end of that day.")] = None
    order: Annotated[
        str, Field(pattern="^(newest|oldest|recorded|changed)$", description="Order of the list.")
    ] = "newest"


class HappeningsAsked(Who):
    """Filters of happenings."""

    changed_since: Annotated[Day, Field(description="The desk learned something since.")] = None
    min_reports: Annotated[int, Field(ge=1, le=10_000, description="Stories that tell it.")] = 1
    min_independent: Annotated[int, Field(ge=1, le=10_000, description="No copies.")] = 1
    disputed: Annotated[bool | None, Field(description="Reports disagree whether it was.")] = None
    as_of: Annotated[Day, Field(description="What the desk knew at the end of that day.")] = None
    order: Annotated[
        str, Field(pattern="^(newest|oldest|changed)$", description="Order of the list.")
    ] = "newest"


class StoriesAsked(Spanned):
    """Filters of stories; here the days are days of publication."""

    outlet: Annotated[Text, Field(description="Names of outlets.")] = ""
    copies: Annotated[bool, Field(description="Whether copies of other stories count.")] = True
    copied: Annotated[bool, Field(description="Only copies of other stories.")] = False
    family: Annotated[Text, Field(description="Copies of each other: id of the first.")] = ""
    as_of: Annotated[Day, Field(description="What the desk had at the end of that day.")] = None


class PlansAsked(Asked):
    """Filters of the calendar."""

    due_since: Annotated[Day, Field(description="Due on this day or later.")] = None
    due_until: Annotated[Day, Field(description="Due on this day or earlier.")] = None
    undated: Annotated[bool, Field(description="Plans without a day too.")] = False
    outcome: Annotated[Text, Field(description="kept, cancelled, contradicted, lapsed, open.")] = ""
    actor: Annotated[Text, Field(description="As for events.")] = ""
    recipient: Annotated[Text, Field(description="As for events.")] = ""
    party: Annotated[Text, Field(description="As for events.")] = ""
    pair: Annotated[Text, Field(description="As for events.")] = ""
    type: Annotated[Text, Field(description="As for events.")] = ""
    as_of: Annotated[Day, Field(description="What the desk knew at the end of that day.")] = None


class SearchAsked(BaseModel):
    """Search for stories by their words."""

    model_config = ConfigDict(extra="forbid")
    q: Annotated[str, Field(max_length=500, description='Words, "a phrase", begin*, -not.')] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0
    cursor: Annotated[
        str, Field(pattern=r"^\d{0,5}$", description="`next` of the page before; else `offset`.")
    ] = ""

    @property
    def start(self) -> int:
        """How many of the best are left out."""
        return int(self.cursor or self.offset)


async def events_asked(request: Request) -> EventsAsked:
    """The question to a list of events, checked once by its model.

    FastAPI's own way looks at each of the 27 parameters anew and takes longer than the answer.
    """
    try:
        return EventsAsked.model_validate(dict(request.query_params))
    except ValidationError as error:
        told = [{**one, "loc": ("query", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(told) from error


def parameters(model: type[BaseModel]) -> dict[str, Any]:
    """The parameters of a model for OpenAPI, where an endpoint takes them by itself."""
    fields = model.model_json_schema()["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema}
            | ({"description": schema["description"]} if "description" in schema else {})
            for name, schema in fields.items()
        ]
    }
