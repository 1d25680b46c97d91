"""Small drawings of our own, as shapes that templates write as SVG: no style, no script, any theme.

Colours come from classes in the style sheet, so a drawing follows light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from legation.web.speech import QUAD

UP = ("verbal-cooperation", "material-cooperation")
DOWN = ("verbal-conflict", "material-conflict")


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle of a bar chart, its class, what it says, and where it leads."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Cooperation above the line, conflict below; `silent` are periods without any report.

    `uncovered` of them had no story at all from any outlet: nobody was looking.
    """

    width: float
    height: float
    middle: float
    bars: tuple[Bar, ...]
    silent: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int
    events: int
    quiet: int
    uncovered: int


def timeline(
    rows: Iterable[tuple[str, str, int]], by: str, covered: Iterable[str], address: str,
    width: float = 960, height: float = 220,
) -> Timeline | None:  # fmt: skip
    """Bars of each period from rows of `Desk.tally(by, "type")`; None without rows.

    `covered` are the periods with stories; `address` is the list that a bar leads to, to which the
    days are added.
    """
    counts: dict[str, dict[str, int]] = {}
    for period, kind, number in rows:
        quads = counts.setdefault(period, {})
        quad = QUAD.get(kind, "verbal-conflict")
        quads[quad] = quads.get(quad, 0) + number
    if not counts:
        return None
    periods, known = periods_of(min(counts), max(counts), by), set(covered)
    up = max(_sum(q, UP) for q in counts.values())
    down = max(_sum(q, DOWN) for q in counts.values())
    scale = (height - 34) / max(1, up + down)
    middle = 6 + up * scale
    step = width / len(periods)
    bars: list[Bar] = []
    silent: list[Bar] = []
    for at, period in enumerate(periods):
        x, w = at * step, max(1.0, step - (2 if step > 6 else 0.4))
        last = end_of(period, by)
        link = f"{address}&since={period}&until={last}"
        quads = counts.get(period, {})
        if not quads:
            kind = "silent" if period in known else "uncovered"
            said = "no report" if period in known else "no report, and no story from any outlet"
            silent.append(Bar(x, middle - 4, w, 8, kind, f"{period}: {said}", ""))
            continue
        y = middle
        for quad in UP:
            n = quads.get(quad, 0)
            y -= n * scale
            if n:
                bars.append(Bar(x, y, w, n * scale, quad, _said(period, quad, n), link))
        y = middle
        for quad in DOWN:
            n = quads.get(quad, 0)
            if n:
                bars.append(Bar(x, y, w, n * scale, quad, _said(period, quad, n), link))
            y += n * scale
    return Timeline(
        width, height, middle, tuple(bars), tuple(silent), _ticks(periods, step),
        max(up, down), sum(sum(q.values()) for q in counts.values()), len(silent),
        sum(bar.kind == "uncovered" for bar in silent),
    )  # fmt: skip


def period_for(first: str, last: str) -> str:
    """Days, weeks, months or years, so that a chart has between a few and some 200 bars."""
    length = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return (
        "day"
        if length <= 45
        else "week"
        if length <= 700
        else "month"
        if length <= 6000
        else "year"
    )


def periods_of(first: str, last: str, by: str) -> list[str]:
    """First days of all periods from the first to the last one."""
    found: list[str] = []
    at, end = date.fromisoformat(first), date.fromisoformat(last)
    while at <= end and len(found) < 4000:
        found.append(at.isoformat())
        at = _next(at, by)
    return found


def end_of(period: str, by: str) -> str:
    """The last day of a period."""
    return (_next(date.fromisoformat(period), by) - timedelta(days=1)).isoformat()


def _next(at: date, by: str) -> date:
    if by == "day":
        return at + timedelta(days=1)
    if by == "week":
        return at + timedelta(days=7)
    if by == "month":
        return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1, day=1)
    return at.replace(year=at.year + 1)


def _ticks(periods: Sequence[str], step: float) -> tuple[Tick, ...]:
    every = max(1, round(96 / step))
    return tuple(
        Tick(round(at * step, 1), f"{date.fromisoformat(period):%-d %b %Y}")
        for at, period in enumerate(periods)
        if at % every == 0 and (len(periods) - at) * step > 70
    )


def _sum(quads: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(quads.get(name, 0) for name in names)


def _said(period: str, quad: str, number: int) -> str:
    return f"{period}: {number} {quad.replace('-', ' ')}"
