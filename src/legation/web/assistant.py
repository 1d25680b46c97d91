"""The desk for language models: an MCP server whose every answer can be cited (extra `mcp`).

Each event comes with its id, the sentence it was read in, the outlet, the day and the address of
the story, so that what a model says can be checked against the record.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import legation
from legation.errors import InputError, LegationError
from legation.store import KeptEvent, KeptHappening
from legation.story import Outcome, Status, Type
from legation.study import groups, relation
from legation.study.acts import weighed
from legation.study.turning import turning_points
from legation.web import looks, records
from legation.web.accounts import accounts
from legation.web.room import Room
from legation.web.settings import Settings

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from legation.store import Desk

GUIDE = (
    "Legation is a desk of events read in news stories: who did what to whom, when, where, on whose"
    " word, and whether it happened. Cite each claim with the outlet, its date, the quoted sentence"
    " and the event id. status 'negated' means denied or not done; 'planned' and 'possible' acts"
    " did not happen (yet). No event is not proof that nothing happened. Parties are ISO codes"
    f" (CHN), codes with a sector (CHN/MIL) or names. Types (PLOVER 2.0): {', '.join(Type)}."
    f" Statuses: {', '.join(Status)}. Outcomes of plans: {', '.join(Outcome)}. Days are YYYY-MM-DD;"
    " as_of asks what was known at the end of a day."
)
MOST = 50
LONGEST = 20_000  # characters of a text that are told
PERIODS = 40  # the newest of a series
TOP = 6  # happenings of a relation
TURN = ("day", "before_day", "direction", "before", "after", "acts")
PERIOD = (
    "period", "state", "acts", "score", "level", "level_low", "level_high", "planned", "possible",
    "negated",
)  # fmt: skip


def server(desk: Desk) -> MCPServer:
    """An MCP server over a desk, read-only; run it with `.run()` (standard input and output)."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise InputError("mcp is not installed: pip install 'legation[mcp]'") from error
    made = MCPServer("legation", instructions=GUIDE, version=legation.__version__)
    tools = Tools(Room(desk, Settings()))
    for tool in (
        tools.search_events, tools.get_event, tools.get_happening, tools.relation, tools.calendar,
        tools.search_stories, tools.get_story, tools.coverage,
    ):  # fmt: skip
        told = inspect.cleandoc(tool.__doc__ or "")
        made.add_tool(
            _plain(tool), description=" ".join(told.split()),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )  # fmt: skip
    return made


def _plain(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """A tool whose errors reach the model in our words, so that it can ask better."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def asked(*args: Any, **given: Any) -> dict[str, Any]:
        try:
            return tool(*args, **given)
        except LegationError as error:
            raise ToolError(str(error)) from error

    return asked


class Tools:
    """What a model may ask; each method is one tool, its docstring what the model is told."""

    def __init__(self, room: Room) -> None:
        self.room, self.desk = room, room.desk

    def search_events(
        self, party: str = "", actor: str = "", recipient: str = "", pair: str = "", type: str = "",
        status: str = "", since: str = "", until: str = "", text: str = "", as_of: str = "",
        limit: int = 20, cursor: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Events that fit, newest first, each with quote, outlet, url and id. party is on either
        side; pair is like CHN-KOR or EU-USA; text: words of the story; several values are separated
        by commas; cursor: `next` of the page before."""
        asked = {
            "party": party, "actor": actor, "recipient": recipient,
            "pair": groups.spelled(pair) if pair else "", "type": type, "status": status,
            "since": since, "until": until, "text": text, "as_of": as_of,
        }  # fmt: skip
        page = self.desk.events(**asked).page(_bounded(limit), cursor)
        return {"events": [self.cited(one) for one in page.items], "next": page.next}

    def get_event(self, id: str) -> dict[str, Any]:
        """One event in full: parties, status, date, place, source, evidence spans and why."""
        found = self.desk.event(id)
        if found is None:
            raise _unknown("event", id)
        return records.event(found)

    def get_happening(self, id: str) -> dict[str, Any]:
        """One act as all its reports tell it: how many are independent, whether it is disputed,
        and each report's quote."""
        found = self.desk.happening(id)
        if found is None:
            raise _unknown("happening", id)
        told = self.desk.events("oldest", happening=found.id).page(MOST).items
        return self.summed(found) | {"reports": [self.cited(one) for one in told]}

    def relation(
        self, pair: str, by: str = "month", since: str = "", until: str = "", as_of: str = ""
    ) -> dict[str, Any]:
        """How two sides (CHN-KOR, EU-USA) stand, and since when: state (level of -10..10 with a
        90 % band, its word, the trend of 90 days), turning points and the happenings there, each
        day, week, month or year ("silent": no report; "no coverage": nobody was looking), and the
        happenings that most independent reports tell, each with a quote."""
        acts = weighed(self.desk, pair, since=since, until=until, as_of=as_of)
        told = self.desk.coverage(by, since or str(acts["day"].min() or ""), until or as_of)
        last = min(filter(None, (until, as_of)), default="")
        rows = relation.series(acts, by, since, last, told)
        ranked = acts.sort("independent", "confidence", descending=True)
        return {
            "state": _short(relation.state(acts, as_of)),
            "turning_points": [
                _short({name: row[name] for name in TURN})
                for row in turning_points(acts).to_dicts()
            ],
            "series": [_short(row) for row in rows.select(PERIOD).to_dicts()[-PERIODS:]],
            "happenings": self.told(ranked["id"].to_list()[:TOP], as_of),
        }  # fmt: skip

    def calendar(
        self, party: str = "", pair: str = "", due_since: str = "", due_until: str = "",
        outcome: str = "", as_of: str = "", limit: int = 20, cursor: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Planned, agreed and threatened acts, soonest first, when they are due and what became of
        them: kept, cancelled, contradicted, lapsed or open; `because` is what decided it."""
        page = self.desk.plans(
            party=party, pair=groups.spelled(pair) if pair else "", due_since=due_since,
            due_until=due_until, outcome=outcome, undated=True, as_of=as_of,
        ).page(_bounded(limit), cursor)  # fmt: skip
        plans = [
            {
                "outcome": str(one.plan.outcome),
                "due": [one.plan.due.start, one.plan.due.end] if one.plan.due else None,
                "event": self.cited(one.event), "because": self.cited(one.by) if one.by else None,
            }
            for one in page.items
        ]  # fmt: skip
        return {"plans": plans, "next": page.next}

    def search_stories(self, words: str, limit: int = 10) -> dict[str, Any]:
        """Stories that hold all the words: "a phrase", begin*, -without."""
        return {"stories": [records.hit(one) for one in self.desk.search(words, _bounded(limit))]}

    def get_story(self, id: str) -> dict[str, Any]:
        """The text of one story with the events that were read in it."""
        found = self.desk.story(id)
        if found is None:
            raise _unknown("story", id)
        told = self.desk.events("recorded", story=found.id).page(200).items
        text = found.story.text
        return records.story(found) | {
            "text": text[:LONGEST], "cut": len(text) > LONGEST,
            "events": [self.cited(one) for one in told],
        }  # fmt: skip

    def coverage(self, by: str = "month", since: str = "", until: str = "") -> dict[str, Any]:
        """Stories per period and outlet: where there are none, silence means nothing."""
        first, last = self.desk.span()
        rows = self.desk.coverage(by, since, until)
        return {"first_day": first, "last_day": last, "coverage": rows[-400:]}

    def cited(self, kept: KeptEvent) -> dict[str, Any]:
        """An event in few words, with all that a citation needs."""
        act = kept.event
        return {
            "id": kept.id, "act": looks.act_title(self.room, act), "type": str(act.type),
            "mode": act.mode, "status": str(act.status),
            "date": [act.date.start, act.date.end] if act.date else None,
            "place": act.place.name if act.place else None,
            "on_whose_word": [self.room.party(party) for party in act.source] or [kept.outlet],
            "quote": kept.sentence, "outlet": kept.outlet, "published": kept.published,
            "title": kept.title, "url": kept.url, "story": kept.story,
            "happening": kept.happening, "confidence": act.confidence,
            "copy_of": kept.copy_of or None,
        }  # fmt: skip

    def told(self, ids: list[str], as_of: str) -> list[dict[str, Any]]:
        """Happenings in few words, each with the report that speaks for it and any other side."""
        found: dict[str, list[KeptEvent]] = {}
        if ids:
            page = self.desk.events("recorded", happening=ids, as_of=as_of).page(1000)
            for event in page.items:
                found.setdefault(event.happening, []).append(event)
        told: list[dict[str, Any]] = []
        for kept in self.desk.happenings_of(ids, as_of):
            both = accounts(kept, found.get(kept.id, ()))
            lead, other = both or (None, None)
            told.append(
                self.summed(kept)
                | {"report": self.cited(lead) if lead else None}
                | ({"other_account": self.cited(other)} if other else {})
            )
        return told

    def summed(self, kept: KeptHappening) -> dict[str, Any]:
        """A happening in few words."""
        act = kept.happening
        return {
            "id": act.id, "act": looks.act_title(self.room, act), "day": kept.day,
            "status": act.status, "statuses": dict(act.statuses), "disputed": act.disputed,
            "reports": len(act.reports), "independent": act.independent,
            "outlets": list(act.outlets), "confidence": act.confidence,
        }  # fmt: skip


def _unknown(what: str, id: str) -> InputError:
    search = "search_stories" if what == "story" else "search_events"
    return InputError(f"no {what} {id!r} on this desk; {search} gives ids")


def _bounded(limit: int) -> int:
    return max(1, min(MOST, limit))


def _short(told: dict[str, Any]) -> dict[str, Any]:
    """Numbers with two places, for more say nothing here, and nothing that is unknown."""
    return {
        name: round(value, 2) if isinstance(value, float) else value
        for name, value in told.items() if value is not None
    }  # fmt: skip
