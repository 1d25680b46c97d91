"""How fast is a desk? Makes one of many events, asks it what pages ask, and weighs adding.

    python bench/store.py --events 1000000 --desk million.db
    python bench/store.py --texts NEWS.jsonl --stories 48 --processes 2

The first makes stories (seeded, `filling.py`; a desk that is there is used as it is) and times
filtered pages of events, also deep ones, series of a country pair, counts and search: median and
worst of some random questions, in milliseconds of the clock and of CPU (on a busy machine the
second is what a quiet one shows). The second reads real texts with and without keeping them, in
turns and each time in a new process, and tells the overhead of store and reconcile as a share of
the reading's CPU: of all that both runs used, and of what the desk's own process used to keep (the
first also tells how two programs hinder each other on the cores of one machine).
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from filling import CODES, DAYS, START, TOPICS, WEIGHTS, fill

import legation
from legation import intake
from legation.store import Desk
from legation.story import MODES, Story


def timed(ask: Callable[[random.Random], object], rounds: int = 15) -> tuple[float, ...]:
    """Median and worst milliseconds of some random questions: of the clock, then of CPU."""
    chance, wall, cpu = random.Random(4), [], []  # type: ignore[var-annotated]
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        ask(chance)
        cpu.append((time.process_time() - used) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    return statistics.median(wall), max(wall), statistics.median(cpu), max(cpu)


AS_OF = ("2018-05-05", "2023-12-31", "2100-01-01")


def pick(chance: random.Random) -> str:
    """A country, the big ones more often."""
    return chance.choices(CODES, WEIGHTS)[0]


def year(chance: random.Random) -> dict[str, str]:
    """One year's bounds."""
    first = chance.randrange(2015, 2024)
    return {"since": f"{first}-01-01", "until": f"{first}-12-31"}


def deep(chance: random.Random) -> str:
    """The cursor of a page far down the list."""
    return f"{START + timedelta(days=chance.randrange(DAYS))}~0"


QUESTIONS: dict[str, Callable[[Desk], Callable[[random.Random], object]]] = {
    "page of a pair": lambda d: lambda c: d.events(pair=f"{pick(c)}-{pick(c)}").page(50),
    "page of an actor, type and year": lambda d: (
        lambda c: d.events(actor=pick(c), type=c.choice(list(MODES)), **year(c)).page(50)
    ),
    "page of a type and status": lambda d: (
        lambda c: d.events(type=c.choice(list(MODES)), status="planned").page(50)
    ),
    "page of all, newest": lambda d: lambda c: d.events().page(50),
    "page of all, deep": lambda d: lambda c: d.events().page(50, deep(c)),
    "page of a type, deep": lambda d: (
        lambda c: d.events(type=c.choice(list(MODES))).page(50, deep(c))
    ),
    "page of an actor, deep": lambda d: lambda c: d.events(actor=pick(c)).page(50, deep(c)),
    "page of a rare outlet": lambda d: (
        lambda c: d.events(outlet=f"Outlet {c.randrange(100, 180)}").page(50)
    ),
    "page of a rare place and mode": lambda d: (
        lambda c: d.events(place=c.choice(CODES[40:]), mode="hunger").page(50)
    ),
    "page of a context": lambda d: lambda c: d.events(context="military").page(50),
    "page of nothing (confidence 1)": lambda d: lambda c: d.events(min_confidence=1.0).page(50),
    "page published in a month": lambda d: (
        lambda c: d.events(published_since="2019-03-01", published_until="2019-03-31").page(50)
    ),
    "page of confident planned ones": lambda d: (
        lambda c: d.events(status="planned", min_confidence=0.9).page(50)
    ),
    "page of a place in time": lambda d: (
        lambda c: d.events(recipient=f"{pick(c)}/MIL", **year(c)).page(50)
    ),
    "daily series of a pair, a year": lambda d: (
        lambda c: d.series("day", pair="USA-CHN", **year(c))
    ),
    "the same by type and status": lambda d: (
        lambda c: d.series("day", ("type", "status"), pair="RUS-UKR", **year(c))
    ),
    "page of happenings of a pair": lambda d: (
        lambda c: d.happenings(pair=f"{pick(c)}-{pick(c)}").page(50)
    ),
    "events of a pair as of a day": lambda d: (
        lambda c: d.events(pair=f"{pick(c)}-{pick(c)}", as_of=c.choice(AS_OF)).page(50)
    ),
    "page of all as of a day": lambda d: lambda c: d.events(as_of=c.choice(AS_OF)).page(50),
    "page of happenings, disputed": lambda d: lambda c: d.happenings(disputed=True).page(50),
    "plans of a month": lambda d: (
        lambda c: d.plans(due_since="2019-03-01", due_until="2019-03-31").page(50)
    ),
    "plans of a pair": lambda d: lambda c: d.plans(pair=f"USA-{pick(c)}").page(30),
    "page of stories of an outlet": lambda d: (
        lambda c: d.stories(outlet=f"Outlet {c.randrange(1, 180)}").page(50)
    ),
    "page of a word in all stories": lambda d: lambda c: d.events(text="report").page(50),
    "page of a word in every fourth": lambda d: lambda c: d.events(text=c.choice(TOPICS)).page(50),
    "search of two words": lambda d: lambda c: d.search(f"{c.choice(TOPICS)} {c.randrange(9999)}"),
    "counts by type of a pair": lambda d: lambda c: d.counts("type", pair=f"USA-{pick(c)}"),
}


def overhead(path: str, count: int, processes: int, rounds: int) -> None:
    """CPU of reading alone, and of reading and keeping, on the same texts, in turns."""
    print(f"{count} stories at most, {processes} processes; CPU seconds (all processes), clock")
    spent: dict[bool, list[Round]] = {False: [], True: []}
    for _ in range(rounds):
        for keep, done in spent.items():
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
                one = fresh.submit(once, path, count, processes, keep).result()
            done.append(one)
            name = "with keeping" if keep else "reading"
            rate = f"{one.stories / one.clock:.1f} stories/s"
            print(f"{name:14} {one.cpu:8.1f} {one.clock:8.1f}  {rate}", flush=True)
    bare, both = (statistics.median(one.cpu for one in done) for done in spent.values())
    own = statistics.median(one.own for one in spent[True])
    print(
        f"store and reconcile of {spent[True][0].events} events of {spent[True][0].stories}"
        f" stories: {both / bare - 1:+.1%} of the reading's CPU; the keeping by itself"
        f" {own:.1f} s, {own / bare:.1%}"
    )


class Round(NamedTuple):
    """CPU and clock seconds of one round, and those of CPU that keeping took by itself."""

    cpu: float
    clock: float
    own: float
    stories: int
    events: int


def once(path: str, count: int, processes: int, keep: bool) -> Round:
    """One round, in a process of its own: it remembers nothing that another has worked out."""
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, count)]
    names = ("id", "text", "published", "title", "outlet", "url")
    raw = [Story(**{name: record.get(name) or "" for name in names}) for record in records]
    size = max(1, min(intake.BATCH, len(raw) // (2 * processes)))
    batches = (raw[at : at + size] for at in range(0, len(raw), size))
    before, started, events, own = cpu(), time.perf_counter(), 0, 0.0
    with tempfile.TemporaryDirectory() as folder, legation.open(f"{folder}/d.db") as desk:
        for batch in intake.read(batches, intake.Options(processes)):
            if keep:
                begun = time.process_time()
                desk.known(batch)
                events += sum(one.events for one in desk.add_all(batch))
                own += time.process_time() - begun
    wall = time.perf_counter() - started
    for child in multiprocessing.active_children():
        child.join()  # its time counts once it has ended
    return Round(cpu() - before, wall, own, len(raw), events)


def cpu() -> float:
    """CPU seconds of this process and of those of its children that have ended."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def main() -> None:
    """Parse the options and run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--events", type=int, default=0)
    options.add_argument("--desk", type=Path, default=Path(tempfile.gettempdir()) / "bench.db")
    options.add_argument("--texts", default="", help="JSON lines with text, published, …")
    options.add_argument("--stories", type=int, default=48)
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--rounds", type=int, default=2)
    given = options.parse_args()
    if given.texts:
        overhead(given.texts, given.stories, given.processes, given.rounds)
    if given.events:
        with legation.open(given.desk) as desk:
            seconds = fill(desk, given.events)
            count = desk.status()["events"]
            print(f"{count:,} events; written in {seconds:.0f} s", file=sys.stderr)
            print(f"{'':34} {'ms':>8} {'worst':>8} {'CPU ms':>8} {'worst':>8}")
            for name, question in QUESTIONS.items():
                ask = question(desk)
                ask(random.Random(1))
                print(f"{name:34} " + " ".join(f"{one:8.1f}" for one in timed(ask)))


if __name__ == "__main__":
    main()
