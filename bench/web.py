"""How fast is a served desk? Times every page, and the API under load, over a desk of any size.

    python bench/store.py --events 1000000 --desk million.db      (makes the desk)
    python bench/web.py --desk million.db --seconds 5

Pages are asked in one process, without what was kept of earlier answers; milliseconds, median and
worst of several different questions. The load goes through a real server on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import threading
import time
from typing import Any

import httpx

import legation
from legation.web import Settings, application

PAIRS = ("CHN-USA", "FRA-MLI", "IRN-ISR", "RUS-UKR", "IND-PAK")
QUESTIONS = {
    "/": ["/?days=1", "/?days=7"],
    "/events": ["/events", "/events?status=planned", "/events?type=ASSAULT", "/events?actor=NLD"],
    "/events?pair": [f"/events?pair={pair}&status=happened" for pair in PAIRS],
    "/happenings": ["/happenings", "/happenings?party=FRA"],
    "/stories": ["/stories"],
    "/relations": ["/relations"],
    "/relations/PAIR": [f"/relations/{pair}" for pair in PAIRS],
    "/actors/CODE": [f"/actors/{code}" for code in ("USA", "MLI", "NLD")],
    "/calendar": ["/calendar"],
    "/map": ["/map"],
    "/network": ["/network"],
    "/search": ["/search?q=gas", "/search?q=visas"],
    "/review": ["/review"],
    "/api/v1/events": ["/api/v1/events", "/api/v1/events?pair=CHN-USA", "/api/v1/events?actor=FRA"],
}  # fmt: skip


def main() -> None:
    """Print a table of pages and one line of load."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--desk", required=True)
    asked.add_argument("--seconds", type=float, default=5.0)
    given = asked.parse_args()
    with legation.open(given.desk, create=False) as desk:
        app = application(desk, Settings(rate=0, fresh=1.0))
        app.state.room.countries  # noqa: B018  loaded once by any server
        asyncio.run(pages(app))
        asyncio.run(load(app, given.seconds))


async def pages(app: Any) -> None:
    """Every question twice; the second time is told, since the first one warms the disk's cache."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        print(f"{'page':18} {'median ms':>10} {'worst ms':>10} {'first ms':>10}")
        for name, questions in QUESTIONS.items():
            first, again = [], []
            for question in questions:
                for times, tail in ((first, ""), (again, "limit=49")):
                    mark = "&" if "?" in question else "?"
                    can = name.startswith(("/events", "/happenings", "/stories", "/api"))
                    address = f"{question}{mark}{tail}" if tail and can else question
                    headers = {"accept": "text/html", "cookie": f"bench={len(times)}{tail}"}
                    started = time.perf_counter()
                    answer = await client.get(address, headers=headers)
                    times.append((time.perf_counter() - started) * 1000)
                    assert answer.status_code == 200, (address, answer.text[:200])
            print(
                f"{name:18} {statistics.median(again):10.0f} {max(again):10.0f} {max(first):10.0f}"
            )


async def load(app: Any, seconds: float, clients: int = 8) -> None:
    """Requests a second for one page of events that is kept, and for pages that are not."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=8798, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        await asyncio.sleep(0.05)
    for name, fixed in (("the same page of 50 events", True), ("another page each time", False)):
        done = 0
        end = time.perf_counter() + seconds

        async def ask(which: int, fixed: bool = fixed, end: float = end) -> None:
            nonlocal done
            async with httpx.AsyncClient(base_url="http://localhost:8798") as client:
                while time.perf_counter() < end:
                    more = "" if fixed else f"&min_confidence={(done % 5000) / 10_000 + 1e-4:.4f}"
                    answer = await client.get(f"/api/v1/events?limit=50{more}")
                    assert answer.status_code == 200
                    done += 1

        await asyncio.gather(*(ask(which) for which in range(clients)))
        print(f"{name}: {done / seconds:.0f} requests/s from {clients} clients in the same process")
    server.should_exit = True


if __name__ == "__main__":
    main()
