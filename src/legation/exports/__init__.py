"""Events in the forms of other data sets, each with an account of what that form cannot hold.

A profile is a table of columns and a function from a kept event to rows of it; what it has to drop
or bend is told to a `Loss`, which the command prints at the end. docs/exports.md maps every field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from legation.exports import acled, cameo, plover
from legation.exports.profile import Loss, Profile
from legation.store import KeptEvent, Result
from legation.store.frames import EVENTS, event_row
from legation.tables import Table

__all__ = ["PROFILES", "Loss", "Profile", "flat", "rows"]


def _own(kept: KeptEvent, loss: Loss) -> Iterator[dict[str, Any]]:
    yield event_row(kept)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("own", EVENTS, _own, "csv"), plover.PROFILE, *cameo.PROFILES, acled.PROFILE
    )
}  # fmt: skip


def rows(profile: Profile, events: Result[KeptEvent], loss: Loss) -> Iterator[Mapping[str, Any]]:
    """The rows of all events in a profile, one event at a time."""
    for kept in events:
        for row in profile.rows(kept, loss):
            loss.rows += 1
            yield row


def flat(row: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """A row whose nested values, where a table has only text, are JSON."""
    kinds = dict(table)
    return {
        name: json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict | list) and kinds[name] == "text" else value
        for name, value in row.items()
    }  # fmt: skip
