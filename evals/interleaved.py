"""Do unrelated acts of the same two states decide plans? python evals/interleaved.py GROUPS.jsonl…

Story groups are moved to one pair of states and one year, SIZE of them to a desk (--size, 3;
--seed, 1), and read once. Then each group has a desk of its own, and all of a bunch have one. Told
are the share of gold plans that are right on either, and how many of all plans change.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import legation
from legation import groups
from legation.cli.measuring import _system
from legation.reconcile.pages import lands_of
from legation.story import Story
from legation.world import load

WORLD = load()
NAMES = ("text", "id", "published", "title", "outlet")
NEAR = 4  # years around a group's first that are moved with it
SHORT = 2  # letters of a name up to which it may be a word


def pair(group: dict[str, Any]) -> list[str]:
    """The two states that most sentences of a group name; fewer where it names fewer."""
    found: Counter[str] = Counter()
    for article in group["articles"]:
        for sentence in re.split(r"(?<=[.!?])\s|\n", f"{article['title']}. {article['text']}"):
            found.update(lands_of(sentence))
    return [code for code, _ in found.most_common(2) if code in WORLD.countries]


def moved(group: dict[str, Any], states: dict[str, str], year: int) -> dict[str, Any]:
    """The group with other states, from that year on."""
    first = int(min(article["published"] for article in group["articles"])[:4])
    names = _names(states)

    def text(given: str) -> str:
        if names:
            either = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
            given = re.sub(rf"(?<![\w-])(?:{either})(?!\w)", lambda m: names[m.group()], given)
        return re.sub(r"\b(?:19|20)\d\d\b", lambda m: _year(m.group()), given)

    def _year(told: str) -> str:
        return str(int(told) + year - first) if abs(int(told) - first) < NEAR else told

    articles = [
        article
        | {
            "text": text(article["text"]),
            "title": text(article["title"]),
            "published": _day(article["published"], year - first),
        }
        for article in group["articles"]
    ]
    plans = [plan | {"trigger": text(plan["trigger"])} for plan in group["plans"]]
    return {"id": group["id"], "articles": articles, "happenings": [], "plans": plans}


def _day(day: str, years: int) -> str:
    shifted = f"{int(day[:4]) + years}{day[4:10]}"
    return shifted.replace("-02-29", "-02-28")


def _names(states: dict[str, str]) -> dict[str, str]:
    """What each name of a state, its people and its capital becomes."""
    found: dict[str, str] = {}
    for old, new in states.items():
        a, b = WORLD.countries[old], WORLD.countries[new]
        people = b.demonyms[0] if b.demonyms else b.name
        for name in (a.name, *a.aliases):
            found |= {name: b.name, name.upper(): b.name.upper(), f"the {name}": b.name}
        for name in a.demonyms:
            found |= {name: people, f"{name}s": f"{people}s"}
        if a.capital and b.capital:
            found |= {a.capital: b.capital, a.capital.upper(): b.capital.upper()}
    return {name: to for name, to in found.items() if len(name) > SHORT}


def bunches(paths: list[str], size: int, seed: int) -> Iterator[list[dict[str, Any]]]:
    """Groups with plans of two states, so many at a time, as groups of the first one's pair."""
    every = [group for path in paths for group in groups.load(path) or [] if group.get("plans")]
    sides = [(group, states) for group in every if len(states := pair(group)) == 2]
    random.Random(seed).shuffle(sides)
    for at in range(0, len(sides) - size + 1, size):
        first, wanted = sides[at]
        year = int(min(article["published"] for article in first["articles"])[:4])
        bunch = [moved(first, {}, year)]
        for group, states in sides[at + 1 : at + size]:
            crossed = states[0] == wanted[1] or states[1] == wanted[0]
            own = states[::-1] if crossed else states
            new = {a: b for a, b in zip(own, wanted, strict=True) if a != b}
            bunch.append(moved(group, new, year))
        yield bunch


def desk_of(stories: list[Story]) -> dict[str, Any]:
    """What a desk of these stories says of them."""
    with legation.open(":memory:") as desk:
        desk.add_all(iter(stories))
        return _system(desk)


def main() -> None:
    """Read, compare, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="+")
    parser.add_argument("--size", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    reader = legation.Reader()
    counted: Counter[str] = Counter()
    for bunch in bunches(asked.groups, asked.size, asked.seed):
        read = [
            list(reader.read_all(Story(**{n: a[n] for n in NAMES}) for a in group["articles"]))
            for group in bunch
        ]
        together = desk_of([story for stories in read for story in stories])
        known = {_key(plan): plan["outcome"] for plan in together["plans"]}
        for group, stories in zip(bunch, read, strict=True):
            alone = desk_of(stories)
            texts = {article["id"]: article["text"] for article in group["articles"]}
            counted["gold"] += len(group["plans"])
            counted["alone"] += sum(a == b for a, b in groups._plans(group, alone, texts))
            counted["together"] += sum(a == b for a, b in groups._plans(group, together, texts))
            counted["plans"] += len(alone["plans"])
            counted["changed"] += sum(
                _open(known.get(_key(plan))) != _open(plan["outcome"]) for plan in alone["plans"]
            )
    print(
        f"{counted['gold']} gold plans: {counted['alone'] / counted['gold']:.3f} right by"
        f" themselves, {counted['together'] / counted['gold']:.3f} together;"
        f" {counted['changed']} of {counted['plans']} plans change"
    )


def _key(plan: dict[str, Any]) -> tuple[str, str]:
    return plan["article"], str(plan["evidence"])


def _open(outcome: Any) -> str:
    """A desk that goes on longer sees plans lapse."""
    return "open" if outcome in ("lapsed", None) else str(outcome)


if __name__ == "__main__":
    main()
