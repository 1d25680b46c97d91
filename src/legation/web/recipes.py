"""How a page or a picture of it is made again with Python: the text of "Copy Python"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MADE = {
    "level": ("relation, turning", """found = acts(desk, {asked})
rows = relation.series(found, coverage=desk.coverage("week"))
made = charts.timeline(rows, found, turning.turning_points(found), {title})"""),
    "types": ("", """found = acts(desk, {asked})
made = charts.ridgeline(found, title={title})"""),
    "outlets": ("media", """told = desk.events({asked}).to_polars()
made = charts.agreement(media.agreement(told), {title})"""),
    "matrix": ("networks", """found = latest(desk, {asked})
made = charts.matrix(networks.pairs(found), {title})"""),
}  # fmt: skip
"""What each picture imports from `study` besides `charts`, and how it is made."""


_EACH = "for kept in desk.{call}({asked}):\n    print(kept)"


def each(call: str, asked: Mapping[str, Any]) -> str:
    """The lines that print what a list shows."""
    return _EACH.format(call=call, asked=_words(asked))


def counted(field: str, asked: Mapping[str, Any]) -> str:
    """The lines that print the facet of a page."""
    more = f", {_words(asked)}" if asked else ""
    return f"print(desk.facets({field!r}, most=80{more}))"


def relation(asked: Mapping[str, Any]) -> str:
    """The lines that print a pair period by period."""
    return (
        "from legation.study import relation\nfrom legation.study.acts import acts\n"
        f"found = acts(desk, {_words(asked)})\nprint(relation.state(found))\n"
        'print(relation.series(found, "week", coverage=desk.coverage("week")))'
    )


def _words(asked: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in asked.items())


def python(kind: str, title: str, asked: Mapping[str, Any]) -> str:
    """A program that writes the picture `kind` of the acts that are asked for."""
    more, body = _MADE[kind]
    words = _words(asked)
    lines = ["from pathlib import Path", "import legation"]
    lines.append("from legation.study import charts" + (f", {more}" if more else ""))
    for name in ("acts", "latest"):
        if f" {name}(" in body:
            lines.append(f"from legation.study.acts import {name}")
    lines.append('desk = legation.open("desk.db")')
    lines.append(body.format(asked=words, title=repr(title)))
    lines.append(f'charts.written(made, Path("{kind}.svg"))')
    return "\n".join(lines)
