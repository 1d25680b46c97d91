"""The desk for language models: an MCP server whose every answer can be cited (extra `mcp`).

Each event comes with its id, the sentence it was read in, the outlet, the day and the address of
the story, so that what a model says can be checked against the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from legation.errors import InputError
from legation.store import KeptEvent, KeptHappening
from legation.web import looks, records
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
    " (CHN), codes with a sector (CHN/MIL) or names. Types are those of PLOVER 2.0."
)
MOST = 50


def server(desk: Desk) -> MCPServer:
    """An MCP server over a desk, read-only; run it with `.run()` (standard input and output)."""
    try:
        from mcp.server import MCPServer
    except ImportError as error:
        raise InputError("mcp is not installed: pip install 'legation[mcp]'") from error
    made = MCPServer("legation", instructions=GUIDE)
    tools = Tools(Room(desk, Settings()))
    for tool in (
        tools.search_events, tools.get_event, tools.get_happening, tools.relation, tools.calendar,
        tools.search_stories, tools.get_story, tools.coverage,
    ):  # fmt: skip
        made.add_tool(tool)
    return made


class Tools:
    """What a model may ask; each method is one tool, its docstring what the model is told."""

    def __init__(self, room: Room) -> None:
        self.room, self.desk = room, room.desk

    def search_events(
        self, actor: str = "", recipient: str = "", pair: str = "", type: str = "",
        status: str = "", since: str = "", until: str = "", text: str = "", limit: int = 20,
        cursor: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Events that fit, newest first, each with quote, outlet, url and id. Dates are
        YYYY-MM-DD; pair is like CHN-KOR; several values are separated by commas."""
        asked = {
            "actor": actor, "recipient": recipient, "pair": pair, "type": type, "status": status,
            "since": since, "until": until, "text": text,
        }  # fmt: skip
        page = self.desk.events(**asked).page(_bounded(limit), cursor)
        return {"events": [self.cited(one) for one in page.items], "next": page.next}

    def get_event(self, id: str) -> dict[str, Any]:
        """One event in full: parties, status, date, place, source, evidence spans and why."""
        found = self.desk.event(id)
        if found is None:
            raise InputError(f"no event {id!r}")
        return records.event(found)

    def get_happening(self, id: str) -> dict[str, Any]:
        """One act as all its reports tell it: how many are independent, whether it is disputed,
        and each report's quote."""
        found = self.desk.happening(id)
        if found is None:
            raise InputError(f"no happening {id!r}")
        told = self.desk.events("oldest", happening=found.id).page(MOST).items
        return self.summed(found) | {"reports": [self.cited(one) for one in told]}

    def relation(
        self, pair: str, by: str = "month", since: str = "", until: str = ""
    ) -> dict[str, Any]:
        """How two sides (CHN-KOR) stand: numbers of events by day, week, month or year, type and
        status, and the happenings that most independent reports tell."""
        rows = self.desk.series(by, "type,status", pair=pair, since=since, until=until)
        found = self.desk.happenings(pair=pair, since=since, until=until).page(300).items
        top = sorted(found, key=lambda kept: -kept.happening.independent)[:10]
        return {"series": rows[-400:], "happenings": [self.summed(one) for one in top]}

    def calendar(
        self, party: str = "", pair: str = "", due_since: str = "", due_until: str = "",
        outcome: str = "", limit: int = 20,
    ) -> dict[str, Any]:  # fmt: skip
        """Planned, agreed and threatened acts, when they are due and what became of them: kept,
        cancelled, contradicted, lapsed or open."""
        page = self.desk.plans(
            party=party, pair=pair, due_since=due_since, due_until=due_until, outcome=outcome,
            undated=True,
        ).page(_bounded(limit))  # fmt: skip
        plans = [
            {
                "outcome": str(one.plan.outcome),
                "due": [one.plan.due.start, one.plan.due.end] if one.plan.due else None,
                "event": self.cited(one.event), "because": self.cited(one.by) if one.by else None,
            }
            for one in page.items
        ]  # fmt: skip
        return {"plans": plans}

    def search_stories(self, words: str, limit: int = 10) -> dict[str, Any]:
        """Stories that hold all the words: "a phrase", begin*, -without."""
        return {"stories": [records.hit(one) for one in self.desk.search(words, _bounded(limit))]}

    def get_story(self, id: str) -> dict[str, Any]:
        """The text of one story with the events that were read in it."""
        found = self.desk.story(id)
        if found is None:
            raise InputError(f"no story {id!r}")
        told = self.desk.events("recorded", story=found.id).page(200).items
        return records.story(found) | {
            "text": found.story.text, "events": [self.cited(one) for one in told]
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

    def summed(self, kept: KeptHappening) -> dict[str, Any]:
        """A happening in few words."""
        act = kept.happening
        return {
            "id": act.id, "act": looks.act_title(self.room, act), "day": kept.day,
            "status": act.status, "statuses": dict(act.statuses), "disputed": act.disputed,
            "reports": len(act.reports), "independent": act.independent,
            "outlets": list(act.outlets), "confidence": act.confidence,
        }  # fmt: skip


def _bounded(limit: int) -> int:
    return max(1, min(MOST, limit))
