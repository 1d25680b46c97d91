"""A desk of very many events, made in minutes: seeded, varied, in one pass of days.

The rows are those that the store writes (bodies come from its own functions), without the marks
and blocks by which new stories find what is like them: such a desk is for asking, not for adding.
Indices are taken down before and built again after, and tables that are their own index are
written in their order: that is what makes it quick.
"""

from __future__ import annotations

import random
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from legation.store import Desk, body, happenings, keys
from legation.store.pairs import pairs_of
from legation.story import MODES, Date, Event, Happening, Party, Place, Span, Status

CODES = (
    "USA CHN RUS IRN ISR PSE UKR GBR FRA DEU IND PAK SYR TUR IRQ SAU JPN KOR PRK EGY YEM AFG LBN "
    "POL ITA ESP CAN AUS BRA MEX VEN COL NGA ETH SDN MLI NER LBY DZA MAR ZAF KEN UGA COD RWA SOM "
    "ARM AZE GEO KAZ UZB VNM THA MMR PHL IDN MYS BGD LKA NPL GRC SRB HUN ROU SWE FIN NOR DNK NLD"
).split()
WEIGHTS = [1 / (rank + 3) for rank in range(len(CODES))]
FEUDS = (("RUS", "UKR"), ("IRN", "ISR"), ("IND", "PAK"), ("CHN", "USA"), ("FRA", "MLI"))
START, DAYS = date(2015, 1, 1), 3650
KINDS = list(MODES)
KIND_WEIGHTS = [9, 20, 6, 2, 5, 7, 5, 8, 14, 5, 6, 6, 6, 5, 9, 16][: len(KINDS)]
STATUSES = [
    str(item) for item in (Status.HAPPENED, Status.PLANNED, Status.POSSIBLE, Status.NEGATED)
]
OUTLETS, PEOPLE = 180, 3000
TOPICS = "border trade grain gas prisoners sanctions fishing water drones visas steel rail".split()
CONTEXTS = "military diplomatic economic resource legal territory refugees cyber terror".split()
NOW = "2026-01-01T00:00:00.000Z"
TABLES = {
    "stories": "n, id, digest, given, outlet, url, title, language, published, first_seen, read_at,"
    " reading, size, text, family, original, likeness",
    "search": "rowid, title, text",
    "happenings": "n, id, merged_into, created, changed, events, reports, independent, outlets,"
    " type, mode, status, disputed, day, last_day, first_published, last_published, confidence,"
    " body",
    "events": "n, id, story, current, happening, type, mode, status, day, last_day, days,"
    " place_country, confidence, coded, superseded, reading, reviewed, sentence, body,"
    " outlet, published",
    "who": "event, part, position, party, code, sector, current, day, type, status, last_day,"
    " published, coded, superseded",
    "contexts": "context, current, day, event",
    "members": "event, happening, since, until",
    "plans": "event, story, due_first, due_last, number, outcome, by_event, by_story, score,"
    " decided",
    "plan_history": "event, at, outcome, by_event",
    "pairs": "a, b, current, day, event, directed, type, status, days, last_day, published,"
    " coded, superseded, happening",
    "happening_pairs": "a, b, day, happening, directed, id, type, mode, status, last_day, reports,"
    " independent, confidence, last_published, changed",
    "happening_who": "code, part, day, happening",
}
SORTED = (
    "contexts",
    "pairs",
    "happening_pairs",
    "happening_who",
)  # their own index: written in its order


@dataclass
class Act:
    """One happening in the making."""

    n: int
    kind: str
    mode: str | None
    status: str
    actor: tuple[int, Party]
    recipient: tuple[int, Party]
    first: date
    last: date
    place: Place | None
    topic: str
    contexts: tuple[str, ...]
    left: int  # reports to come
    told: list[tuple[str, str, int, str, str, float]] = field(default_factory=list)
    # event id, story id, family, outlet, status, confidence
    days: list[str] = field(default_factory=list)


def fill(desk: Desk, wanted: int) -> float:
    """Make an empty desk one of about so many events; seconds."""
    base = desk.database
    if base.rows("SELECT 1 FROM stories LIMIT 1"):
        return 0.0
    started = time.monotonic()
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1000000"):
        base.run(f"PRAGMA {pragma}")
    indices = base.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
    for name, _ in indices:
        base.run(f"DROP INDEX {name}")
    for name in SORTED:
        base.run(f"CREATE TEMP TABLE raw_{name} AS SELECT {TABLES[name]} FROM {name} LIMIT 0")
    for rows in _Maker(wanted).rows(base):
        base.write(lambda rows=rows: _inserted(base, rows))
        print(
            f"{time.monotonic() - started:6.0f} s {rows['events'][-1][0]:,} events", file=sys.stderr
        )
    for name in SORTED:
        names = TABLES[name]
        key = ", ".join(str(i) for i in range(1, 5 if name in ("happening_who", "contexts") else 6))
        sql = (
            f"INSERT OR IGNORE INTO {name} ({names}) SELECT {names} FROM raw_{name} ORDER BY {key}"
        )
        base.write(lambda sql=sql: base.run(sql))
        base.run(f"DROP TABLE raw_{name}")
    for _, sql in indices:
        base.write(lambda sql=sql: base.run(sql))
    base.run("ANALYZE")
    print(f"{time.monotonic() - started:6.0f} s with indices", file=sys.stderr)
    return time.monotonic() - started


def _inserted(base: Any, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    for name, values in rows.items():
        if values:
            table = f"raw_{name}" if name in SORTED else name
            holes = ", ".join("?" * len(values[0]))
            base.many(f"INSERT INTO {table} ({TABLES[name]}) VALUES ({holes})", values)


class _Maker:
    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.chance = random.Random(4)
        self.cast: list[list[tuple[int, Party]]] = []
        self.filler = self._filler()
        self.stories = self.events = self.acts = 0
        self.coming: dict[date, list[Act]] = defaultdict(list)
        self.due: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def rows(self, base: Any) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
        """Rows of each table, about two months at a time."""
        base.write(lambda: self._frame(base))
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        per_day = self.wanted / DAYS
        for offset in range(DAYS + 4):
            day = START + timedelta(days=offset)
            if offset < DAYS:
                season = 0.6 + 0.8 * offset / DAYS  # more is told as years go by
                for _ in range(round(per_day * season / 2.36)):
                    self._act(day)
            self._day(day, rows)
            if offset % 60 == 59 or offset == DAYS + 3:
                yield rows
                rows = {name: [] for name in TABLES}

    def _frame(self, base: Any) -> None:
        base.run("INSERT INTO readings VALUES (1, 'bench', ?)", (NOW,))
        base.many(
            "INSERT INTO outlets VALUES (?, ?, ?)",
            [(n, f"Outlet {n}", NOW) for n in range(1, OUTLETS + 1)],
        )
        made, number = [], 0
        names = (
            "Ada Bo Cem Dia Eli Fay Gus Ida Jon Kai Lea Max Noa Oda Pia Rui Sam Tea Uwe Vic".split()
        )
        for place, code in enumerate(CODES):
            own: list[tuple[int, Party]] = []
            for sector in ("GOV", "MIL", "CVL"):
                number += 1
                entity = f"country:{code}" if sector == "GOV" else ""
                own.append((number, Party(code, None, code, sector, entity=entity)))
            for one in range(max(4, round(PEOPLE * WEIGHTS[place] / sum(WEIGHTS)))):
                number += 1
                name = f"{names[one % 20]} {code.title()}ov{one}"
                own.append((number, Party(name, name, code, "GOV", "minister")))
            self.cast.append(own)
            made += [
                (n, keys.party_key(p), p.name, p.country, p.sector, p.entity,
                 keys.fold(p.name or ""), str(START), str(START + timedelta(days=DAYS)))
                for n, p in own
            ]  # fmt: skip
        base.many("INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", made)

    def _filler(self) -> list[str]:
        chance = random.Random(7)
        syllables = [
            a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er")
        ]
        words = [
            "".join(chance.choices(syllables, k=chance.choice((2, 2, 3)))) for _ in range(20_000)
        ]
        weights = [1 / (n + 10) for n in range(len(words))]
        said = (
            "officials said the government the minister on Tuesday according to a statement".split()
        )
        return [
            " ".join(chance.choices(words, weights, k=9) + chance.sample(said, 4)).capitalize()
            + "."
            for _ in range(6_000)
        ]

    def _act(self, day: date) -> None:
        chance = self.chance
        self.acts += 1
        if chance.random() < 0.12:
            a, b = chance.choice(FEUDS)
            one, two = CODES.index(a), CODES.index(b)
            if chance.random() < 0.5:
                one, two = two, one
        else:
            one, two = chance.choices(range(len(CODES)), WEIGHTS, k=2)
        kind = chance.choices(KINDS, KIND_WEIGHTS)[0]
        status = chance.choices(STATUSES, [72, 12, 9, 7])[0]
        ahead = chance.randrange(1, 60) if status == "planned" else -chance.randrange(3)
        first = day + timedelta(days=ahead)
        last = first + timedelta(days=chance.choice((0, 0, 0, 0, 6, 29)))
        place = None
        if chance.random() < 0.6:
            at = chance.choice((one, two))
            spot = chance.randrange(40)
            place = Place(
                f"Town {spot}", f"Town {spot} of {CODES[at]}", CODES[at],
                round(-60 + (at * 37 + spot * 3) % 120 + 0.5, 2),
                round(-170 + (at * 53 + spot * 7) % 340 + 0.5, 2), 100_000 + at * 100 + spot,
            )  # fmt: skip
        act = Act(
            self.acts, kind, chance.choice((None, *MODES[kind])), status, self._side(one),
            self._side(two), first, last, place, chance.choice(TOPICS),
            tuple(chance.sample(CONTEXTS, chance.choice((0, 0, 1, 2)))),
            min(60, int(chance.paretovariate(1.6))),
        )  # fmt: skip
        for _ in range(act.left):
            self.coming[day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))].append(act)

    def _side(self, country: int) -> tuple[int, Party]:
        own = self.cast[country]
        pick = self.chance.random()
        return own[0] if pick < 0.55 else self.chance.choice(own)

    def _day(self, day: date, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        chance, told = self.chance, self.coming.pop(day, [])
        chance.shuffle(told)
        while told:
            size = chance.choice((1, 2, 3, 4, 5, 7))
            acts, told = told[:size], told[size:]
            outlet = min(OUTLETS, int(chance.paretovariate(0.6)))
            copied = chance.random() < 0.12
            for act in acts if copied else ():
                act.left += 1
            first = self._story(day, acts, outlet, None, rows)
            if copied:
                self._story(day, acts, min(OUTLETS, outlet + 7), first, rows)

    def _story(
        self, day: date, acts: list[Act], outlet: int, original: tuple[int, str] | None,
        rows: dict[str, list[tuple[Any, ...]]],
    ) -> tuple[int, str]:  # fmt: skip
        chance = self.chance
        self.stories += 1
        number, published = self.stories, str(day)
        id = f"s{number:020x}"
        if original:
            text, places = (
                original[1].split("\x1f")[0],
                [int(p) for p in original[1].split("\x1f")[1:]],
            )
        else:
            parts, places, at = [], [], 0
            for act in acts:
                a, b = act.actor[1], act.recipient[1]
                filler = chance.choice(self.filler)
                said = (
                    f"{a.name or a.text} dealt with {b.name or b.text} over {act.topic} {number}."
                )
                places.append(at + len(filler) + 1)
                parts += [filler, said]
                at += len(filler) + len(said) + 2
            parts += chance.choices(self.filler, k=4)
            text = " ".join(parts)
        family = original[0] if original else number
        title = f"Report {number} on {acts[0].topic}"
        rows["stories"].append(
            (number, id, f"{number:064x}", f"n{number}", outlet,
             f"https://outlet{outlet}.example/{number}", title, "en", published, NOW, NOW, 1,
             len(text), zlib.compress(text.encode(), 1), family,
             original[0] if original else None, 1.0 if original else None)
        )  # fmt: skip
        rows["search"].append((number, title, text))
        for act, start in zip(acts, places, strict=True):
            self._event(act, number, id, family, outlet, published, text, start, rows)
        return family, "\x1f".join([text, *map(str, places)])

    def _event(
        self, act: Act, story: int, story_id: str, family: int, outlet: int, published: str,
        text: str, start: int, rows: dict[str, list[tuple[Any, ...]]],
    ) -> None:  # fmt: skip
        chance = self.chance
        self.events += 1
        n, id, a = self.events, f"e{self.events:020x}", act.actor[1]
        sure = round(0.35 + 0.6 * chance.random(), 3)
        status = act.status
        if act.told and chance.random() < 0.06:
            status = chance.choice(STATUSES)
        verb = start + len(a.name or a.text) + 1
        end = text.index(".", verb) + 1
        event = Event(
            id=id, type=act.kind, mode=act.mode, actors=(act.actor[1],),
            recipients=(act.recipient[1],), status=status,
            date=Date(str(act.first), str(act.last), "then", "text"), place=act.place,
            source=(), confidence=sure, evidence=(Span(verb, verb + 10),),
            contexts=act.contexts, why=(("type", "dealt by 'deal with'"),),
        )  # fmt: skip
        first, last = str(act.first), str(act.last)
        days = (act.last - act.first).days + 1
        rows["events"].append(
            (n, id, story, 1, act.n, act.kind, act.mode, status, first, last, days,
             act.place.country if act.place else None, sure, NOW, None, 1, 0, text[start:end],
             body.written(event, text), outlet, published)
        )  # fmt: skip
        for part, (party, who) in (("actor", act.actor), ("recipient", act.recipient)):
            rows["who"].append(
                (
                    n,
                    part,
                    0,
                    party,
                    who.country,
                    who.sector,
                    1,
                    first,
                    act.kind,
                    status,
                    last,
                    published,
                    NOW,
                    None,
                )
            )
        for one, two, directed in pairs_of(event):
            rows["pairs"].append(
                (one, two, 1, first, n, directed, act.kind, status, days, last, published, NOW,
                 None, act.n)
            )  # fmt: skip
        for context in act.contexts:
            rows["contexts"].append((context, 1, first, n))
        rows["members"].append((id, act.n, NOW, None))
        if status == "planned":
            self._plan(act, id, n, story, rows)
        for plan in self.due.pop(first, []) if first <= published else ():
            outcome = chance.choice(("kept", "kept", "kept", "cancelled", "contradicted"))
            rows["plans"].append((*plan, outcome, id, story, 0.7, NOW))
            rows["plan_history"].append((plan[0], NOW, outcome, id))
        act.told.append((id, story_id, family, f"Outlet {outlet}", status, sure))
        act.days.append(published)
        if len(act.told) == act.left:
            self._happening(act, rows)

    def _plan(
        self, act: Act, id: str, n: int, story: int, rows: dict[str, list[tuple[Any, ...]]]
    ) -> None:
        pick = self.chance.random()
        due = (None, None) if pick < 0.2 else (str(act.first), str(act.last))
        plan = (id, story, *due, n)
        if due[0] and pick < 0.6:
            self.due[due[0]].append(plan)  # decided by the first report of that day, if any
            return
        rows["plans"].append((*plan, "open", None, None, 0.0, NOW))

    def _happening(self, act: Act, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        n, told = act.n, act.told
        families: dict[str, set[int]] = defaultdict(set)
        for _, _, family, _, status, _ in told:
            families[status].add(family)
        statuses = tuple(
            sorted(((s, len(f)) for s, f in families.items()), key=lambda pair: -pair[1])
        )
        made = Happening(
            id=f"h{n:020x}", type=act.kind, mode=act.mode, status=statuses[0][0],
            statuses=statuses, actors=(act.actor[1],), recipients=(act.recipient[1],),
            date=Date(str(act.first), str(act.last), "then", "text"), place=act.place,
            contexts=act.contexts, events=tuple(one[0] for one in told),
            reports=tuple(dict.fromkeys(one[1] for one in told)),
            independent=len({one[2] for one in told}),
            outlets=tuple(sorted({one[3] for one in told})),
            disputed="happened" in families and "negated" in families,
            confidence=max(one[5] for one in told),
        )  # fmt: skip
        first, last = str(act.first), str(act.last)
        rows["happenings"].append(
            (n, made.id, None, NOW, NOW, len(told), len(made.reports), made.independent,
             len(made.outlets), act.kind, act.mode, made.status, int(made.disputed), first, last,
             min(act.days), max(act.days), made.confidence, happenings._said(made))
        )  # fmt: skip
        for one, two, directed in pairs_of(made):
            rows["happening_pairs"].append(
                (one, two, first, n, directed, made.id, act.kind, act.mode, made.status, last,
                 len(made.reports), made.independent, made.confidence, max(act.days), NOW)
            )  # fmt: skip
        for part, (party, who) in (("actor", act.actor), ("recipient", act.recipient)):
            rows["happening_who"].append((who.country, part, first, n))
            rows["happening_who"].append((f"#{party}", part, first, n))
