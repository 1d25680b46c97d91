"""How fast is a served desk? Times every page over a desk of any size, at the server and as seen.

    python bench/store.py --events 1000000 --desk million.db      (makes the desk)
    python bench/web.py --desk million.db [--chromium]

Pages are asked in one process, warmed up as a worker of `legation serve` is, without what was kept
of earlier answers: milliseconds of the clock and of CPU, worst of several questions, each asked
twice (the first asking also warms the disk's cache). With
`--chromium` each is opened once by Chromium from `legation serve`: milliseconds until it is loaded.
`load.py` tells requests a second.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from typing import Any

import httpx

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # as `legation serve` does
import legation
from legation.web import Settings
from legation.web.workers import made

PAIRS = ("CHN-USA", "IRN-ISR", "RUS-UKR", "IND-PAK", "FRA-MLI", "CHN-KOR")  # the heaviest first
DAY = "as_of=2020-05-05"
PORT = 8796


def questions(desk: legation.store.Desk) -> dict[str, list[str]]:
    """Addresses of each kind of page, with ids of this desk."""
    told = max(
        desk.happenings(pair="RUS-UKR").page(500).items, key=lambda one: len(one.happening.reports)
    )
    event = desk.events(happening=told.id).page(1).items[0]
    return {
        "/": ["/?days=1", "/?days=7", "/?days=30"],
        "/events": ["/events", "/events?status=planned", "/events?type=ASSAULT",
                    "/events?place=NLD", "/events?outlet=Outlet+150", "/events?actor=NLD"],
        "/events?pair": [f"/events?pair={pair}&status=happened" for pair in PAIRS],
        "/events/ID": [f"/events/{event.id}"],
        "/happenings": ["/happenings", "/happenings?party=FRA", "/happenings?disputed=true"],
        "/happenings/ID": [f"/happenings/{told.id}"],
        "/relations": ["/relations"],
        "/relations/PAIR": [f"/relations/{pair}" for pair in PAIRS],
        "/charts/relations/PAIR.svg": [f"/charts/relations/{pair}.svg" for pair in PAIRS[:4]],
        "/actors": ["/actors", "/actors?words=a"],
        "/actors/ID": ["/actors/USA", "/actors/MLI", "/actors/NLD", "/actors/Ada%20Chnov0"],
        "/stories": ["/stories", "/stories?outlet=Outlet+150", "/stories?copies=false"],
        "/stories/ID": [f"/stories/{event.story}"],
        "/calendar": ["/calendar", "/calendar?month=2018-03", "/calendar?party=USA"],
        "/map": ["/map"], "/network": ["/network"], "/review": ["/review"], "/read": ["/read"],
        "/search": ["/search?q=gas", "/search?q=visas+rail", "/search?q=officials"],
        ".json": ["/events.json", "/happenings.json", "/stories.json", "/calendar.json"],
        ".csv of a pair": ["/events.csv?pair=DNK-NLD", "/happenings.csv?pair=DNK-NLD"],
        ".atom": ["/index.atom", "/events.atom", "/happenings.atom", "/stories.atom",
                  "/calendar.atom"],
        ".ics, .rss": ["/calendar.ics", "/calendar.rss"],
        "/api/v1/events": ["/api/v1/events", f"/api/v1/events?pair={PAIRS[0]}"],
        "as of a day": [f"/?{DAY}", f"/events?{DAY}", f"/stories?{DAY}"],
        "a pair as of a day": [f"/relations/{PAIRS[0]}?{DAY}"],
        "an actor as of a day": [f"/actors/USA?{DAY}", f"/actors/MLI?{DAY}"],
        "pairs of groups": ["/relations/EU-USA", "/relations/EU-NATO", f"/relations/EU-NATO?{DAY}"],
        "the largest groups": ["/relations/G20-BRICS"],
    }  # fmt: skip


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--desk", required=True)
    asked.add_argument("--chromium", action="store_true")
    given = asked.parse_args()
    with legation.open(given.desk, create=False) as desk:
        found = questions(desk)
        if given.chromium:
            seen(given.desk, found)
            return
    asyncio.run(pages(made(given.desk, Settings(rate=0)), found))


async def pages(app: Any, found: dict[str, list[str]]) -> None:
    """Every question twice."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        print(f"{'page':28} {'ms':>7} {'CPU ms':>7} {'first':>7} {'CPU':>7}")
        for name, addresses in found.items():
            first, again = [], []
            for address in addresses:
                for times in (first, again):
                    headers = {"accept": "text/html", "cookie": f"bench={len(times)}{id(times)}"}
                    started, used = time.perf_counter(), time.process_time()
                    answer = await client.get(address, headers=headers, timeout=120)
                    times.append((time.perf_counter() - started, time.process_time() - used))
                    assert answer.status_code == 200, (address, answer.text[:200])
            worst = [1000 * max(one[at] for one in times) for times in (again, first)
                     for at in (0, 1)]  # fmt: skip
            print(f"{name:28} " + " ".join(f"{one:7.0f}" for one in worst), flush=True)


def seen(path: str, found: dict[str, list[str]]) -> None:
    """Each kind of page opened once by Chromium."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "legation.cli", "serve", path, "--port", str(PORT)]
    server = subprocess.Popen([*command, "--workers", "1", "--rate", "0"])
    try:
        while not answers(f"http://127.0.0.1:{PORT}/api/v1/status"):
            time.sleep(0.5)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium")
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{PORT}/read")
            print(f"{'page':28} {'first paint':>12} {'loaded':>8}  ms")
            for name, addresses in found.items():
                if name.startswith("/") and ".svg" not in name and "api" not in name:
                    page.goto(f"http://127.0.0.1:{PORT}{addresses[0]}", wait_until="load")
                    paint, loaded = page.evaluate(
                        "() => [performance.getEntriesByType('paint')[0]?.startTime ?? -1,"
                        " performance.timing.loadEventStart - performance.timing.navigationStart]"
                    )
                    print(f"{name:28} {paint:12.0f} {loaded:8.0f}", flush=True)
            browser.close()
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> bool:
    """Whether a server is there."""
    try:
        return httpx.get(address).status_code == 200
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    main()
