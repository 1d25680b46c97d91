"""How many time expressions of public sets are found, and with the right value?

    python evals/timex.py DIR [--show N]

DIR holds meantime-en.jsonl (Wikinews, TimeML values; CC BY 4.0) and recognizers-text-english.jsonl
(Microsoft Recognizers-Text, MIT), or some of them. A value is right when first and last day agree;
where a set lists several readings of one phrase, any of them. Durations, sets and times of day are
left out: Legation answers on which days, not for how long. "Since 2004" reaches the day of
publication here and stands for its first year in TimeML: it counts as right when it begins there.
Prints one line a set, and for MEANTIME the scores of TempEval-3 (UzZaman et al. 2013, task A) over
the expressions of type DATE: relaxed and strict span F1, value F1, and the accuracy of the values
where spans overlap. An expression of ours that lies on a gold duration, time or set is left out;
a leading preposition or article is no part of a span; the tense is told by "will" in the sentence.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from legation.questions import when
from legation.questions.when import spans

Days = tuple[str, str]
Span = tuple[int, int]
Case = tuple[str, str, str, int, int, set[Days]]  # text, published, phrase, start, end, readings


def days_of(value: str) -> Days | None:
    """A TimeML value as its first and last day; None for durations, times and references."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
        return value[:10], value[:10]
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        first, last = spans.month(int(match[1]), int(match[2]))
    elif match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        last = first + timedelta(1 if match[3] else 6)
    elif match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
        last = spans.month(first.year, first.month + 2)[1]
    elif match := re.fullmatch(r"(\d{3})X?", value):
        first, last = date(int(match[1]) * 10, 1, 1), date(int(match[1]) * 10 + 9, 12, 31)
    elif re.fullmatch(r"\d{4}", value):
        first, last = spans.year(int(value))
    else:
        return None
    return first.isoformat(), last.isoformat()


def meantime(path: Path) -> Iterator[Case]:
    """Dates of Wikinews articles, sentence by sentence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for timex in article["timexes"]:
            days = days_of(timex["value"])
            if timex["type"] != "DATE" or not days:
                continue
            words = article["sents"][timex["sent"]]
            text = re.sub(r" (?=[,.;:'’])", "", " ".join(words))
            before = re.sub(r" (?=[,.;:'’])", "", " ".join(words[: timex["start"]]))
            phrase = re.sub(r" (?=[,.;:'’])", "", timex["text"])
            start = max(text.find(phrase, max(0, len(before) - 1)), 0)
            yield text, article["dct"], phrase, start, start + len(phrase), {days}


def recognizers(path: Path) -> Iterator[Case]:
    """Phrases to a calendar assistant; a range's end is the first day that is out of it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for result in case["results"]:
            kind = result.get("TypeName", "").rpartition(".")[2]
            values = result.get("Resolution", {}).get("values", [])
            if kind not in ("date", "daterange") or not case["ref"] or case["not_supported"]:
                continue
            readings = set()
            for value in values:
                if value.get("value", "not")[:1].isdigit():
                    readings.add((value["value"][:10], value["value"][:10]))
                elif "start" in value and "end" in value:
                    last = date.fromisoformat(value["end"][:10]) - timedelta(1)
                    readings.add((value["start"][:10], last.isoformat()))
            if readings:
                start, end = result["Start"], result["End"] + 1
                yield case["text"], case["ref"][:10], result["Text"], start, end, readings


def measure(cases: Iterator[Case], show: int) -> dict[str, float]:
    """Share of expressions found, and of those found with the right days."""
    total = found = right = 0
    for text, published, phrase, start, end, readings in cases:
        total += 1
        read = set()
        for tense in ("past", "future"):
            for a, b, day in when.expressions(text, published, tense):
                if a < end and start < b:
                    read.add((day.start, day.end))
                    if day.text.lower().startswith("since"):  # ours reaches the present
                        read |= {r for r in readings if r[0] == day.start}
        found += bool(read)
        right += bool(read & readings)
        if show and not read & readings:
            show -= 1
            print(
                f"  {published} {phrase!r} in {text[:90]!r}: {sorted(read)}, not {sorted(readings)}"
            )
    return {"expressions": total, "found": found / max(total, 1), "right": right / max(found, 1)}


LEADING = re.compile(
    r"(?:(?:on|in|since|by|until|till|from|during|before|after|at|of|the|this)\s+)+", re.I
)


def tempeval(path: Path) -> dict[str, float]:
    """TempEval-3's scores of the dates of Wikinews articles."""
    gold = system = strict = relaxed = right = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for number, words in enumerate(article["sents"]):
            text, dates, others = _marked(
                words, [t for t in article["timexes"] if t["sent"] == number]
            )
            tense = "future" if re.search(r"\b(will|shall|'ll)\b", text) else "past"
            read = [
                (_bare(text, a, b), (day.start, day.end))
                for a, b, day in when.expressions(text, article["dct"], tense)
            ]
            read = [(at, days) for at, days in read if not any(_meet(at, o) for o in others)]
            gold, system = gold + len(dates), system + len(read)
            for span, value in dates:
                met = next((one for one in read if _meet(one[0], span)), None)
                if met is None:
                    continue
                read.remove(met)
                relaxed += 1
                strict += met[0] == _bare(text, *span)
                days = days_of(value)
                since = text[: span[0]].lower().rstrip().endswith("since")
                right += bool(days) and (met[1] == days or (since and met[1][0] == days[0]))
    both = max(gold + system, 1)
    return {
        "relaxed": 2 * relaxed / both,
        "strict": 2 * strict / both,
        "value": 2 * right / both,
        "accuracy": right / max(relaxed, 1),
    }


def _marked(
    words: list[str], timexes: list[dict[str, Any]]
) -> tuple[str, list[tuple[Span, str]], list[Span]]:
    """The sentence's text, its dates with their values, and its other time expressions."""
    starts, text = [], ""
    for word in words:
        text += "" if not text or word in ",.;:'’)" else " "
        starts.append(len(text))
        text += word
    spans = [
        ((starts[t["start"]], starts[t["end"] - 1] + len(words[t["end"] - 1])), t) for t in timexes
    ]
    dates = [(span, t["value"]) for span, t in spans if t["type"] == "DATE"]
    return text, dates, [span for span, t in spans if t["type"] != "DATE"]


def _bare(text: str, start: int, end: int) -> Span:
    """The span without a leading preposition or article."""
    lead = LEADING.match(text[start:end])
    return (start + lead.end(), end) if lead and lead.end() < end - start else (start, end)


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def main() -> None:
    """Measure every set that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="wrong ones to show of each set")
    options = parser.parse_args()
    for name, reader in (("meantime-en", meantime), ("recognizers-text-english", recognizers)):
        path = options.folder / f"{name}.jsonl"
        if not path.exists():
            print(f"{name}: not there, skipped")
            continue
        row = measure(reader(path), options.show)
        print(
            f"{name}: {row['expressions']:.0f} expressions,"
            f" found {row['found']:.3f}, right {row['right']:.3f}"
        )
        if name == "meantime-en":
            scores = tempeval(path)
            print("  as TempEval-3: " + ", ".join(f"{k} {v:.3f}" for k, v in scores.items()))


if __name__ == "__main__":
    main()
