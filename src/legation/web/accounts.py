"""Which report speaks for a happening, and which says otherwise: a status never stands beside a
sentence of a report that tells another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from legation.store import KeptEvent, KeptHappening


class Accounts(NamedTuple):
    """The event whose status and sentence are shown, and that of the other side, if any."""

    lead: KeptEvent
    other: KeptEvent | None


def accounts(
    kept: KeptHappening, told: Iterable[KeptEvent], more: Iterable[KeptEvent] = ()
) -> Accounts | None:
    """From the events `told` of a happening, its own status first, originals before copies, surest
    first; the other side also from `more` of its events. None without events."""
    wanted = kept.happening.status

    def rank(one: KeptEvent) -> tuple[bool, bool, float, str]:
        event = one.event
        return event.status == wanted, not one.copy_of, event.confidence, one.published

    ranked = sorted(told, key=rank, reverse=True)
    if not ranked:
        return None
    lead = ranked[0]
    if not kept.happening.disputed:
        return Accounts(lead, None)
    against = _sides(str(lead.event.status))
    others = [one for one in (*ranked[1:], *more) if str(one.event.status) in against]
    return Accounts(lead, max(others, key=rank, default=None))


def _sides(status: str) -> tuple[str, ...]:
    """The statuses that speak against one."""
    return ("happened", "planned", "possible") if status == "negated" else ("negated",)
