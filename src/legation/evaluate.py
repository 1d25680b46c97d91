"""How good is the reading? Scores event records against gold, level by level (docs/accuracy.md).

Gold and system events of one article are paired one to one, best pairs first. Four levels, each an
F1: act (same type, evidence near the trigger), dyad (act, and the same countries), event (dyad, and
the same status), full (event, and date, source and mode); and over the pairs that agree on the act,
the accuracy of each field. Events under "borderline" in the gold count neither way.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.errors import GoldError

Json = Mapping[str, Any]
Pair = tuple[int, int, frozenset[str]]

REACH = 120  # characters between gold trigger and evidence that are still the same stretch of text
FIELDS = ("dyad", "status", "mode", "date", "source", "sector", "place")
LEVELS: dict[str, frozenset[str]] = {
    "act": frozenset({"act"}),
    "dyad": frozenset({"act", "dyad"}),
    "event": frozenset({"act", "dyad", "status"}),
    "full": frozenset({"act", "dyad", "status", "mode", "date", "source"}),
}
SYMMETRIC = ("CONSULT", "AGREE", "COOPERATE", "ASSAULT")
SAMPLES = 1_000  # bootstrap samples over articles


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article adds to the scores: counts only, so articles can be resampled."""

    hits: Counter[str]
    fields: Counter[str]
    types: Mapping[str, Counter[str]]
    system: int
    gold: int
    matched: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores as plain data, and the events that were missed or written without gold."""

    scores: dict[str, Any]
    missed: tuple[tuple[str, Json], ...]
    spurious: tuple[tuple[str, Json], ...]


def load(path: str | Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file; GoldError names file and line of a bad one."""
    found = []
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_object(line, f"{path}:{number}"))
    return found


def gold(path: str | Path) -> list[dict[str, Any]]:
    """Gold articles; GoldError when one or event lacks a needed field."""
    articles = load(path)
    for article in articles:
        if not {"id", "text", "events"} <= article.keys():
            raise GoldError(f"{path}: article {article.get('id')!r} lacks id, text or events")
        for event in (*article["events"], *article.get("borderline", ())):
            if not {"type", "trigger"} <= event.keys():
                raise GoldError(f"{path}: an event of {article['id']} lacks type or trigger")
    return articles


def system(path: str | Path) -> list[dict[str, Any]]:
    """Event records of a system; GoldError when one does not name its document."""
    records = load(path)
    for record in records:
        if "id" not in (record.get("document") or {}):
            raise GoldError(f"{path}: event {record.get('id')!r} has no document.id")
    return records


def evaluate(
    articles: Sequence[Json], records: Iterable[Json], intervals: bool = True
) -> Evaluation:
    """Score event records against gold articles; `intervals` adds 95% bootstrap bounds."""
    by_article: dict[str, list[Json]] = defaultdict(list)
    for record in records:
        by_article[record["document"]["id"]].append(record)
    tallies, missed, spurious = [], [], []
    for article in articles:
        events = _counted(article, by_article.get(article["id"], []))
        pairs = pair(article, events)
        tallies.append(_tally(article, events, pairs))
        found_gold, found_system = {g for g, _, _ in pairs}, {e for _, e, _ in pairs}
        missed += [
            (article["id"], e) for i, e in enumerate(article["events"]) if i not in found_gold
        ]
        spurious += [(article["id"], e) for i, e in enumerate(events) if i not in found_system]
    scores = _scores(tallies)
    if intervals and tallies:
        scores["intervals"] = _intervals(tallies)
    return Evaluation(scores, tuple(missed), tuple(spurious))


def pair(article: Json, events: Sequence[Json]) -> list[Pair]:
    """(gold index, system index, agreements) of the best one-to-one pairing, greedily."""
    candidates = []
    for g, wanted in enumerate(article["events"]):
        for e, event in enumerate(events):
            agree = agreement(wanted, event, article)
            if agree:
                candidates.append(((len(agree), "dyad" in agree, "status" in agree), -g, -e, agree))
    candidates.sort(key=lambda c: c[:3], reverse=True)
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_system: set[int] = set()
    for _, g, e, agree in candidates:
        if -g not in used_gold and -e not in used_system:
            used_gold.add(-g)
            used_system.add(-e)
            pairs.append((-g, -e, agree))
    return pairs


def agreement(wanted: Json, event: Json, article: Json) -> frozenset[str]:
    """On what gold and system agree; empty when they are not the same act at all."""
    if event.get("type") not in _allowed(wanted, "type") or not _near(
        wanted, event, article["text"]
    ):
        return frozenset()
    checks = {
        "act": True,
        "dyad": _same_dyad(wanted, event),
        "status": event.get("status") in _allowed(wanted, "status"),
        "mode": event.get("mode") in _allowed(wanted, "mode"),
        "date": _same_date(wanted, event, article.get("published")),
        "source": _same_source(wanted, event),
        "sector": _sectors(wanted) == _sectors(event),
        "place": _same_place(wanted, event),
    }
    return frozenset(name for name, same in checks.items() if same)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise GoldError(f"{where}: not a JSON object")
    return record


def _counted(article: Json, events: Sequence[Json]) -> list[Json]:
    """The system's events without those that match only a borderline event."""
    required = {e for _, e, _ in pair(article, events)}
    fair = article.get("borderline", ())
    return [
        event
        for i, event in enumerate(events)
        if i in required or not any(agreement(b, event, article) for b in fair)
    ]


def _tally(article: Json, events: Sequence[Json], pairs: Sequence[Pair]) -> Tally:
    hits: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for g, _, agree in pairs:
        hits.update(name for name, need in LEVELS.items() if need <= agree)
        fields.update(name for name in FIELDS if name in agree)
        types[article["events"][g]["type"]].update(hit="dyad" in agree, system=1)
    for wanted in article["events"]:
        types[wanted["type"]]["gold"] += 1
    paired = {e for _, e, _ in pairs}
    for i, event in enumerate(events):
        if i not in paired:
            types[event.get("type") or "None"]["system"] += 1
    return Tally(hits, fields, types, len(events), len(article["events"]), len(pairs))


def _scores(tallies: Sequence[Tally]) -> dict[str, Any]:
    hits, fields = Counter[str](), Counter[str]()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for tally in tallies:
        hits.update(tally.hits)
        fields.update(tally.fields)
        for name, counts in tally.types.items():
            types[name].update(counts)
    written, wanted = sum(t.system for t in tallies), sum(t.gold for t in tallies)
    matched = sum(t.matched for t in tallies)
    return {
        "articles": len(tallies),
        "levels": {name: f1(hits[name], written, wanted) for name in LEVELS},
        "fields": {n: round(fields[n] / matched, 4) if matched else 0.0 for n in FIELDS},
        "types": {n: f1(c["hit"], c["system"], c["gold"]) for n, c in sorted(types.items())},
    }


def f1(hit: int, written: int, wanted: int) -> dict[str, float | int]:
    """Precision, recall and F1 to four digits, with the counts behind them."""
    precision, recall = hit / written if written else 0.0, hit / wanted if wanted else 0.0
    mean = round(2 * precision * recall / (precision + recall), 4) if hit else 0.0
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": mean,
        "hits": hit,
        "system": written,
        "gold": wanted,
    }


def _intervals(tallies: Sequence[Tally]) -> dict[str, list[float]]:
    """95% percentile bootstrap over articles, with a fixed seed."""
    chance = random.Random(20171121)
    found: dict[str, list[float]] = {name: [] for name in LEVELS}
    for _ in range(SAMPLES):
        sample = chance.choices(tallies, k=len(tallies))
        written, wanted = sum(t.system for t in sample), sum(t.gold for t in sample)
        for name, values in found.items():
            values.append(float(f1(sum(t.hits[name] for t in sample), written, wanted)["f1"]))
    low, high = int(SAMPLES * 0.025), int(SAMPLES * 0.975) - 1
    return {name: [sorted(v)[low], sorted(v)[high]] for name, v in found.items()}


def _allowed(wanted: Json, field: str) -> set[Any]:
    return {wanted.get(field), *wanted.get("also", {}).get(field, ())}


def _near(wanted: Json, event: Json, text: str) -> bool:
    """Some evidence lies within REACH of some place where the trigger's words stand."""
    trigger, spans = wanted["trigger"], _spans(event)
    at = text.find(trigger)
    while at >= 0:
        end = at + len(trigger)
        if any(at - REACH <= last and first <= end + REACH for first, last in spans):
            return True
        at = text.find(trigger, at + 1)
    return False


def _spans(event: Json) -> list[tuple[int, int]]:
    found = []
    for span in event.get("evidence") or ():
        start, end = (
            (span.get("start"), span.get("end")) if isinstance(span, dict) else (span[0], span[1])
        )
        if start is not None and end is not None:
            found.append((start, end))
    return found


def _countries(parties: Iterable[Json] | None) -> frozenset[str]:
    return frozenset(party.get("country") or "?" for party in parties or ())


def _same_dyad(wanted: Json, event: Json) -> bool:
    actors, recipients = _countries(wanted.get("actors")), _countries(wanted.get("recipients"))
    got_actors, got_recipients = (
        _countries(event.get("actors")),
        _countries(event.get("recipients")),
    )
    if (actors, recipients) == (got_actors, got_recipients):
        return True
    loose = wanted["type"] in SYMMETRIC and (not recipients or not got_recipients)
    return loose and actors | recipients == got_actors | got_recipients


def _same_date(wanted: Json, event: Json, published: str | None) -> bool:
    want, got = wanted.get("date"), event.get("date") or {}
    if want is None:
        return got.get("basis") == "published" or got.get("start") in (None, published)
    return (want.get("start"), want.get("end")) == (got.get("start"), got.get("end"))


def _same_source(wanted: Json, event: Json) -> bool:
    want, got = wanted.get("source") or [], event.get("source") or []
    if not want or not got:
        return not want and not got
    first, second = want[0], got[0]
    names = first.get("name"), second.get("name")
    if all(names) and names[0].casefold() == names[1].casefold():
        return True
    return (first.get("country"), first.get("sector")) == (
        second.get("country"),
        second.get("sector"),
    )


def _sectors(event: Json) -> frozenset[tuple[Any, Any]]:
    parties = (*(event.get("actors") or ()), *(event.get("recipients") or ()))
    return frozenset((party.get("country"), party.get("sector")) for party in parties)


def _same_place(wanted: Json, event: Json) -> bool:
    want, got = wanted.get("place"), event.get("place")
    if not want or not got:
        return not want and not got
    return bool(want.get("country") == got.get("country"))
