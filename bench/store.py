"""How fast is a desk? Makes one of many events, asks it what pages ask, and weighs adding.

    python bench/store.py --events 1000000 --desk million.db
    python bench/store.py --texts NEWS.jsonl --stories 60

The first writes synthetic stories (seeded; the desk is reused if it is there) and times a filtered
page of events, the daily series of a country pair, counts and search: the median and the worst of
some random questions, in milliseconds. The second reads real texts with and without keeping them,
and tells the overhead of store and reconcile as a share of the reading (CPU time, one process).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import legation
from legation.store import Desk
from legation.story import MODES, Status, Story

CODES = (
    "USA CHN RUS IRN ISR PSE UKR GBR FRA DEU IND PAK SYR TUR IRQ SAU JPN KOR PRK EGY YEM AFG LBN "
    "POL ITA ESP CAN AUS BRA MEX VEN COL NGA ETH SDN MLI NER LBY DZA MAR ZAF KEN UGA COD RWA SOM "
    "ARM AZE GEO KAZ UZB VNM THA MMR PHL IDN MYS BGD LKA NPL GRC SRB HUN ROU SWE FIN NOR DNK NLD"
).split()
WEIGHTS = [1 / (rank + 3) for rank in range(len(CODES))]
DAYS = 3650
VERBS = {"ACCUSE": "condemned", "CONSULT": "met", "ASSAULT": "shelled", "AID": "sent aid to"}
TOPICS = "border trade grain gas prisoners sanctions fishing water drones visas steel rail".split()
PER_STORY = 4
KINDS = list(MODES)
STATUSES = [str(item) for item in Status]


def fill(desk: Desk, wanted: int) -> float:
    """Write events until there are so many, in bulk; each is a happening of its own. Seconds."""
    have = desk.status()["stories"]
    started = time.monotonic()
    desk.database.run("INSERT INTO readings VALUES (1, 'bench', ?) ON CONFLICT DO NOTHING", ("",))
    for n, code in enumerate(CODES, 1):
        values = (n, f"country:{code}", None, code, "GOV", f"country:{code}", "", None, None)
        sql = "INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        desk.database.run(sql, values)
    for n in range(1, 51):
        sql = "INSERT INTO outlets VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        desk.database.run(sql, (n, f"Outlet {n}", ""))
    numbers = iter(range(have + 1, wanted // PER_STORY + 1))
    while batch := list(itertools.islice(numbers, 5_000)):
        desk.database.write(lambda batch=batch: _bulk(desk, batch))
        print(f"{batch[-1] * PER_STORY:,} events", file=sys.stderr)
    desk.database.run("ANALYZE")
    return time.monotonic() - started


def _bulk(desk: Desk, batch: list[int]) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {
        name: []
        for name in ("stories", "search", "happenings", "events", "who", "pairs",
                     "happening_pairs", "happening_who")
    }  # fmt: skip
    for number in batch:
        _story(number, random.Random(number), rows)
    for name, values in rows.items():
        table = "search (rowid, title, text)" if name == "search" else name
        holes = ", ".join("?" * len(values[0]))
        desk.database.many(f"INSERT INTO {table} VALUES ({holes})", values)


def _story(number: int, chance: random.Random, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """One story of four events, always the same for the same number, as rows of each table."""
    day, now, sentences = str(day_of(chance.randrange(DAYS))), "2026-01-01T00:00:00.000Z", []
    for at in range(PER_STORY):
        n = (number - 1) * PER_STORY + at + 1
        one, two = chance.choices(range(len(CODES)), WEIGHTS, k=2)
        a, b = CODES[one], CODES[two]
        kind = chance.choice(KINDS)
        mode = chance.choice((None, *MODES[kind]))
        status = chance.choices(STATUSES, [8, 1, 1, 1])[0]
        sure = round(chance.random(), 3)
        sector = chance.choice(("GOV", "MIL", "CVL"))
        words = f"{a} {VERBS.get(kind, 'dealt with')} {b} over {chance.choice(TOPICS)} {number}."
        sentences.append(words)
        sides = (
            f'"actors":[{{"text":"{a}","country":"{a}","sector":"GOV"}}],'
            f'"recipients":[{{"text":"{b}","country":"{b}","sector":"{sector}"}}],'
        )
        dated = f'"date":["{day}","{day}","","text"]'
        body = f'{{{sides}"source":[],"evidence":[[4,9,"act","{words[4:9]}","",""]],{dated}}}'
        told = f'"statuses":[["{status}",1]],"events":["e{n}"],"reports":["s{number}"],{dated}'
        rows["happenings"].append(
            (n, f"h{n}", None, now, now, 1, 1, 1, 1, kind, mode, status, 0, *[day] * 4, sure,
             f"{{{sides}{told}}}")
        )  # fmt: skip
        rows["events"].append(
            (n, f"e{n}", number, 1, n, kind, mode, status, day, day, 1, None, sure, now, None, 1, 0,
             words, body)
        )  # fmt: skip
        rows["who"].append((n, "actor", 0, one + 1, a, "GOV", 1, day))
        rows["who"].append((n, "recipient", 0, two + 1, b, sector, 1, day))
        rows["pairs"].append((a, b, 1, day, n, 1, kind, status, 1))
        rows["happening_pairs"].append((a, b, day, n, 1, kind, status, 1))
        rows["happening_who"].append((a, "actor", day, n))
        rows["happening_who"].append((b, "recipient", day, n))
    text, title = " ".join(sentences), f"Report {number}"
    rows["stories"].append(
        (number, f"s{number}", "", f"n{number}", number % 50 + 1, None, title, "en", day, now, now,
         1, len(text), zlib.compress(text.encode(), 1), number, None, None)
    )  # fmt: skip
    rows["search"].append((number, title, text))


def day_of(offset: int) -> Any:
    """The day so many days after the first of 2015."""
    from datetime import date, timedelta

    return date(2015, 1, 1) + timedelta(days=offset)


def timed(ask: Callable[[random.Random], object], rounds: int = 15) -> tuple[float, float]:
    """Median and worst milliseconds of some random questions."""
    chance, taken = random.Random(4), []
    for _ in range(rounds):
        started = time.perf_counter()
        ask(chance)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), max(taken)


def pick(chance: random.Random) -> str:
    """A country, the big ones more often."""
    return chance.choices(CODES, WEIGHTS)[0]


def year(chance: random.Random) -> dict[str, str]:
    """One year's bounds."""
    first = chance.randrange(2015, 2024)
    return {"since": f"{first}-01-01", "until": f"{first}-12-31"}


QUESTIONS: dict[str, Callable[[Desk], Callable[[random.Random], object]]] = {
    "page of a pair": lambda d: lambda c: d.events(pair=f"{pick(c)}-{pick(c)}").page(50),
    "page of an actor, type and year": lambda d: (
        lambda c: d.events(actor=pick(c), type=c.choice(list(MODES)), **year(c)).page(50)
    ),
    "page of a type and status": lambda d: (
        lambda c: d.events(type=c.choice(list(MODES)), status="planned").page(50)
    ),
    "page of all, newest": lambda d: lambda c: d.events().page(50),
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
        lambda c: d.events(pair=f"{pick(c)}-{pick(c)}", as_of="2100-01-01").page(50)
    ),
    "search of two words": lambda d: lambda c: d.search(f"{c.choice(TOPICS)} {c.randrange(9999)}"),
    "counts by type of a pair": lambda d: lambda c: d.counts("type", pair=f"USA-{pick(c)}"),
}


def overhead(path: str, count: int) -> None:
    """CPU of reading alone, and of reading and keeping, on the same texts."""
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, count)]
    names = ("id", "text", "published", "title", "outlet", "url")
    raw = [Story(**{name: record.get(name) or "" for name in names}) for record in records]
    reader = legation.Reader()
    list(reader.read_all(raw[:2]))
    started = time.process_time()
    read = list(reader.read_all(raw))
    bare = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder, legation.open(f"{folder}/desk.db") as desk:
        started = time.process_time()
        for at in range(0, len(read), 24):
            desk.known(raw[at : at + 24])
            desk.add_all(read[at : at + 24])
        kept = time.process_time() - started
        events = desk.status()["events"]
    print(f"{len(raw)} stories, {events} events; reading {len(raw) / bare:.1f} stories/s of CPU")
    print(f"store and reconcile: {1000 * kept / len(raw):.1f} ms a story, {kept / bare:.1%} on top")


def main() -> None:
    """Parse the options and run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--events", type=int, default=0)
    options.add_argument("--desk", type=Path, default=Path(tempfile.gettempdir()) / "bench.db")
    options.add_argument("--texts", default="", help="JSON lines with text, published, …")
    options.add_argument("--stories", type=int, default=60)
    given = options.parse_args()
    if given.texts:
        overhead(given.texts, given.stories)
    if given.events:
        with legation.open(given.desk) as desk:
            seconds = fill(desk, given.events)
            count = desk.status()["events"]
            print(f"{count:,} events; written in {seconds:.0f} s")
            for name, question in QUESTIONS.items():
                ask = question(desk)
                ask(random.Random(1))
                median, worst = timed(ask)
                print(f"{name:34} {median:7.1f} ms, worst {worst:7.1f}")


if __name__ == "__main__":
    main()
