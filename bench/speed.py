"""How fast is the reading? python bench/speed.py [--model DIR] [FILE.jsonl]

FILE holds stories (text, published); without it the example article is read, again and again.
Prints the cold start of `legation read`; the milliseconds that one story takes once warm, on all
cores and on one; the stories a second of a long run; and, in CPU time on one thread, the whole
reading as a ratio of the parser's own. Best of three passes over the stories, taken in turns.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean, median

from legation.parse import MODEL, Parser
from legation.pipeline import Reader
from legation.story import Story

ROOT = Path(__file__).resolve().parents[1]
PASSES = 3


def stories(path: Path | None, most: int) -> list[Story]:
    """The first stories of a file, or the example twelve times."""
    if path is None:
        text = (ROOT / "examples" / "envoy.txt").read_text(encoding="utf-8")
        return [Story(text, id=str(n), published="2024-05-14") for n in range(12)]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Story(row["text"], published=row.get("published") or "") for row in rows[:most]]


def cold(text: str) -> float:
    """Seconds of `legation read FILE` from start to end, the best of three."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [sys.executable, "-m", "legation.cli", "read", file.name]
        found = []
        for _ in range(PASSES):
            started = time.perf_counter()
            subprocess.run([*command, "--published", "2024-05-14"], capture_output=True, check=True)
            found.append(time.perf_counter() - started)
    return min(found)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall milliseconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


def best(found: list[Story], run: Callable[[Story], object]) -> list[tuple[float, float]]:
    """The least CPU and wall milliseconds of each story; passes, so that no story is read twice
    in a row."""
    passes = [[timed(partial(run, story)) for story in found] for _ in range(PASSES)]
    return [(min(c for c, _ in one), min(w for _, w in one)) for one in zip(*passes, strict=True)]


def measured(found: list[Story], model: Path) -> dict[str, float]:
    """All that is printed, by name."""
    default, single = Reader(Parser(model)), Reader(Parser(model, threads=1))
    for reader in (default, single):
        list(reader.read_all(found[:2]))  # tables and model are loaded now
    words = sum(len(sentence) for story in found for sentence in default.parser.parse(story.text))
    latency = [wall for _, wall in best(found, default.read_story)]
    whole = best(found, single.read_story)
    alone = best(found, lambda story: single.parser.parse(story.text))
    bulk = min(timed(lambda: list(default.read_all(found)))[1] for _ in range(PASSES))
    parser, reading = (mean(cpu for cpu, _ in row) for row in (alone, whole))
    return {
        "stories": len(found),
        "words a story": round(words / len(found)),
        "cold start of `legation read`, s": round(cold(found[0].text), 2),
        f"one story, {default.parser.threads} threads, ms (median)": round(median(latency)),
        f"one story, {default.parser.threads} threads, ms (longest)": round(max(latency)),
        "one story, 1 thread, ms (median)": round(median(wall for _, wall in whole)),
        "many stories, a second": round(1000 * len(found) / bulk, 1),
        "parser, CPU ms a story": round(parser),
        "reading, CPU ms a story": round(reading),
        "reading / parser (CPU)": round(reading / parser, 2),
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--most", type=int, default=12, help="stories of the file (default 12)")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    result = measured(stories(args.stories, args.most), args.model)
    if args.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:40} {value}")


if __name__ == "__main__":
    main()
