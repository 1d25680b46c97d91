"""How fast is the reading? python bench/speed.py [--model DIR] [FILE.jsonl]

Prints the cold start, milliseconds a story once warm, words per CPU-second, and the time of the
whole reading as a ratio of the parser's own. FILE holds stories (text, published); without it the
example article is read, again and again. One thread; best of three passes, CPU time and wall time.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from legation.parse import MODEL, Parser
from legation.pipeline import Reader
from legation.story import Story

ROOT = Path(__file__).resolve().parents[1]
PASSES = 3
COLD = """
import time, sys
started = time.perf_counter()
from legation import Reader
story = Reader().read(sys.stdin.read(), published="2020-01-08")
print(time.perf_counter() - started)
"""


def stories(path: Path | None) -> list[Story]:
    """The stories of a file, or the example twelve times."""
    if path is None:
        text = (ROOT / "examples" / "envoy.txt").read_text(encoding="utf-8")
        return [Story(text, id=str(n), published="2024-05-14") for n in range(12)]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Story(row["text"], published=row.get("published") or "") for row in rows]


def best(run: Callable[[], object]) -> tuple[float, float]:
    """(CPU, wall) seconds of the fastest of three passes."""
    found = []
    for _ in range(PASSES):
        cpu, wall = time.process_time(), time.perf_counter()
        run()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(found)


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = stories(args.stories)
    text = found[0].text
    cold = subprocess.run(
        [sys.executable, "-c", COLD], input=text, capture_output=True, text=True, check=True
    )
    reader = Reader(Parser(args.model, threads=1))
    list(reader.read_all(found[:1]))  # tables and model are loaded now
    words = sum(
        len(s) for texts in reader.parser.parse_many([s.text for s in found]) for s in texts
    )
    alone = best(lambda: [reader.parser.parse_many([s.text]) for s in found])
    whole = best(lambda: [reader.read_story(s) for s in found])
    result = {
        "stories": len(found),
        "words": words,
        "cold start, s": round(float(cold.stdout), 2),
        "parser, ms a story (CPU)": round(1000 * alone[0] / len(found), 1),
        "reading, ms a story (CPU)": round(1000 * whole[0] / len(found), 1),
        "reading, ms a story (wall)": round(1000 * whole[1] / len(found), 1),
        "words per CPU-second, parser": round(words / alone[0]),
        "words per CPU-second, reading": round(words / whole[0]),
        "reading / parser (CPU)": round(whole[0] / alone[0], 2),
    }
    if args.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:32} {value}")


if __name__ == "__main__":
    main()
