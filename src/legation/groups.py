"""How well are many reports told as one event? Scores a desk against story groups.

A story group (docs/2-keep-a-desk.md) has `articles`, the `happenings` they tell, with `reports`,
`independent` and `mentions` (article and trigger), and `plans` with `outcome`. Each gold mention
is given the system's event next to its trigger, of the same type if there is one. Then:

- happenings: B-cubed precision and recall of the mentions; a mention without an event counts as
  missed in recall, and in no other way.
- plans: share of gold plans whose outcome is right; a plan that was never read is wrong.
- independent: share of happenings, of those found at all, whose independent reports are exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from legation import evaluate
from legation.errors import GoldError

Json = Mapping[str, Any]
OUTCOMES = frozenset({"kept", "cancelled", "contradicted", "lapsed", "open"})
Mention = tuple[str, str]  # group and number of the mention


def load(path: str | Path) -> list[dict[str, Any]] | None:
    """The story groups of a file, or None when it holds no groups.

    A GoldError says what is wrong with a broken one: group, part and field. Gold that points
    nowhere would otherwise be counted as an error of the reading.
    """
    groups = evaluate.load(path)
    if not groups or not all("articles" in group for group in groups):
        return None
    for number, group in enumerate(groups, 1):
        name = f"{path}: group {group.get('id') or number}"
        lacking = [field for field in ("id", "articles", "happenings") if field not in group]
        if lacking:
            raise GoldError(f"{name} lacks {', '.join(lacking)}")
        for slip in _slips(group):
            raise GoldError(f"{name}: {slip}")
    return groups


def _slips(group: Json) -> Iterator[str]:
    """What is wrong with the articles, happenings and plans of a group, in words."""
    texts = {}
    for at, article in enumerate(group["articles"], 1):
        lacking = [field for field in ("id", "text", "published") if not article.get(field)]
        if lacking:
            yield f"article {at} lacks {', '.join(lacking)}"
        else:
            texts[article["id"]] = article["text"]
    for at, happening in enumerate(group["happenings"], 1):
        part = f"happening {at}"
        lacking = [f for f in ("type", "independent", "mentions") if f not in happening]
        if lacking:
            yield f"{part} lacks {', '.join(lacking)}"
            continue
        for mention in happening["mentions"]:
            yield from (f"{part}: {slip}" for slip in _misplaced(mention, texts))
    for at, plan in enumerate(group.get("plans", ()), 1):
        yield from (f"plan {at}: {slip}" for slip in _misplaced(plan, texts))
        if plan.get("outcome") not in OUTCOMES:
            known = ", ".join(sorted(OUTCOMES))
            yield f"plan {at}: outcome {plan.get('outcome')!r} is none of {known}"
        if plan.get("by") and plan["by"] not in texts:
            yield f"plan {at}: by names no article of the group: {plan['by']!r}"


def _misplaced(mention: Json, texts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the article and the trigger that a mention or a plan names."""
    article, trigger = str(mention.get("article")), mention.get("trigger")
    if article not in texts:
        yield f"article names none of the group: {article!r}"
    elif not trigger or trigger not in texts[article]:
        yield f"trigger is no stretch of article {article}: {trigger!r}"


def evaluate_groups(groups: Sequence[Json], systems: Sequence[Json]) -> dict[str, Any]:
    """Scores of one system per group, in the same order.

    A system is `{"events": [{"article", "type", "evidence", "happening"}…], "independent":
    {happening: number}, "plans": [{"article", "evidence", "outcome", "by"}…]}`.
    """
    gold_of: dict[Mention, str] = {}
    system_of: dict[Mention, str] = {}
    plans: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    exact = told = 0
    for group, system in zip(groups, systems, strict=True):
        texts = {article["id"]: article["text"] for article in group["articles"]}
        own, found = _mentions(group, system, texts)
        gold_of |= own
        system_of |= found
        for wanted, got in _plans(group, system, texts):
            plans["all"] += 1
            plans["read"] += got is not None
            plans["right"] += got == wanted
            outcomes[f"{wanted} as {got or 'unread'}"] += 1
        right, known = _independent(group, system, own, found)
        exact, told = exact + right, told + known
    precision, recall = b_cubed(gold_of, system_of)
    mean = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "groups": len(groups),
        "happenings": {
            "f1": round(mean, 4), "p": round(precision, 4), "r": round(recall, 4),
            "mentions": len(gold_of), "found": len(system_of),
            "of_found": round(_among(gold_of, system_of), 4),
        },
        "plans": {
            "right": _share(plans["right"], plans["all"]), "plans": plans["all"],
            "read": plans["read"], "of_read": _share(plans["right"], plans["read"]),
            "outcomes": dict(sorted(outcomes.items())),
        },
        "independent": {"exact": _share(exact, told), "happenings": told},
    }  # fmt: skip


def b_cubed(gold: Mapping[Mention, str], system: Mapping[Mention, str]) -> tuple[float, float]:
    """Precision over the mentions found, recall over all mentions of the gold."""
    gold_sets, system_sets = _sets(gold), _sets(system)
    precision = recall = 0.0
    for mention, name in gold.items():
        if mention not in system:
            continue
        same = system_sets[system[mention]]
        shared = len(same & gold_sets[name])
        precision += shared / len(same)
        recall += shared / len(gold_sets[name])
    return precision / max(1, len(system)), recall / max(1, len(gold))


def _among(gold: Mapping[Mention, str], system: Mapping[Mention, str]) -> float:
    """B-cubed F1 over only those mentions that were read at all."""
    precision, recall = b_cubed({m: gold[m] for m in system}, system)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sets(named: Mapping[Mention, str]) -> dict[str, set[Mention]]:
    found: dict[str, set[Mention]] = defaultdict(set)
    for mention, name in named.items():
        found[name].add(mention)
    return found


def _mentions(
    group: Json, system: Json, texts: Mapping[str, str]
) -> tuple[dict[Mention, str], dict[Mention, str]]:
    """Gold and system happening of each gold mention; no event is given to two mentions."""
    gold: dict[Mention, str] = {}
    found: dict[Mention, str] = {}
    wanted = []
    for h, happening in enumerate(group["happenings"]):
        for mention in happening["mentions"]:
            key = (group["id"], f"{h}:{len(gold)}")
            gold[key] = f"{group['id']}:{h}"
            wanted.append((key, mention["article"], mention["trigger"], happening["type"]))
    candidates = []
    for at, event in enumerate(system["events"]):
        for w, (_, article, trigger, kind) in enumerate(wanted):
            if event["article"] == article:
                gap = _gap(texts[article], trigger, event["evidence"])
                if gap is not None:
                    candidates.append((event["type"] != kind, gap, w, at))
    used: set[int] = set()
    for differs, gap, w, at in sorted(candidates):
        key = wanted[w][0]
        if key not in found and at not in used and (not differs or gap == 0):
            used.add(at)
            found[key] = f"{group['id']}:{system['events'][at]['happening']}"
    return gold, found


def _gap(text: str, trigger: str, evidence: Iterable[Json]) -> int | None:
    """Characters between a trigger and the nearest trigger of an event; None if out of reach."""
    start = text.find(trigger)
    if start < 0:
        return None
    end = start + len(trigger)
    gaps = [
        max(0, span["start"] - end, start - span["end"])
        for span in evidence
        if span.get("part", "act") == "act"
    ]
    best = min(gaps, default=evaluate.REACH + 1)
    return best if best <= evaluate.REACH else None


def _plans(
    group: Json, system: Json, texts: Mapping[str, str]
) -> Iterable[tuple[str | None, str | None]]:
    """Gold outcome and the system's for the same plan, None when it has no such plan.

    The nearest in the text are paired first. Lapsed counts as open, since a group ends with its
    last article.
    """
    plans = list(group.get("plans", ()))
    pairs = []
    for w, wanted in enumerate(plans):
        for at, plan in enumerate(system["plans"]):
            if plan["article"] == wanted["article"]:
                gap = _gap(texts[wanted["article"]], wanted["trigger"], plan["evidence"])
                if gap is not None:
                    pairs.append((gap, w, at))
    found: dict[int, int] = {}
    for _, w, at in sorted(pairs):
        if w not in found and at not in found.values():
            found[w] = at
    for w, wanted in enumerate(plans):
        got = system["plans"][found[w]]["outcome"] if w in found else None
        yield _told(wanted["outcome"]), _told(got)


def _told(outcome: str | None) -> str | None:
    """An outcome as far as a group can tell it: it ends too soon to tell lapsed from open."""
    return "open" if outcome == "lapsed" else outcome


def _independent(
    group: Json, system: Json, own: Mapping[Mention, str], found: Mapping[Mention, str]
) -> tuple[int, int]:
    """Happenings whose independent reports are exact, of those with any mention found."""
    exact = told = 0
    for h, happening in enumerate(group["happenings"]):
        mentions = [m for m, name in own.items() if name == f"{group['id']}:{h}" and m in found]
        if not mentions:
            continue
        names = Counter(found[m] for m in mentions)
        best = min(names, key=lambda name: (-names[name], name)).partition(":")[2]
        told += 1
        exact += system["independent"].get(best) == happening["independent"]
    return exact, told


def _share(right: int, of: int) -> float:
    return round(right / of, 4) if of else 0.0
