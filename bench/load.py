"""How many requests a second does a served desk answer? With wrk, beside a bare FastAPI route.

    python bench/load.py --desk million.db --workers 2

`legation serve` and the bare server (the same bytes from one FastAPI route, as many workers) run as
processes of their own and are asked in turns by `wrk` (apt install wrk), another process. Told are
requests a second of wall and of CPU (of the server's processes, from /proc), and the client's CPU.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PORT = 8797
PAGE = "/api/v1/events?limit=50"
BARE = """
from pathlib import Path
from fastapi import FastAPI, Response
app, body = FastAPI(), Path({path!r}).read_bytes()
@app.get("/api/v1/events")
def events(limit: int = 50) -> Response:
    return Response(body, media_type="application/json")
"""
FRESH = """
counter = 0
function init(args) math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16) % 10007) end
request = function()
  return wrk.format("GET", wrk.path .. "&min_confidence=0." .. math.random(10000000, 39999999))
end
"""
FAR = FRESH.replace(
    '"&min_confidence=0." .. math.random(10000000, 39999999)',
    'string.format("&cursor=20%02d-%02d-%02d~%d", math.random(15, 24), math.random(1, 12),'
    " math.random(1, 28), math.random(1, 1000000))",
)
TAGGED = 'wrk.headers["If-None-Match"] = "%s"'


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--desk", required=True)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--seconds", type=int, default=5)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    workers = str(given.workers)
    with tempfile.TemporaryDirectory() as folder:
        serve = [sys.executable, "-m", "legation.cli", "serve", given.desk, "--rate", "0",
                 "--port", str(PORT), "--workers", workers]  # fmt: skip
        servers = [subprocess.Popen(serve, stderr=subprocess.DEVNULL)]
        try:
            body, tag = waited(PORT)
            names = ("bare.json", "new.lua", "far.lua", "t.lua")
            page, fresh, far, tagged = (Path(folder, name) for name in names)
            page.write_bytes(body)
            fresh.write_text(FRESH)
            far.write_text(FAR)
            tagged.write_text(TAGGED % tag.replace('"', '\\"'))
            Path(folder, "bare.py").write_text(BARE.format(path=str(page)))
            bare = [sys.executable, "-m", "uvicorn", "bare:app", "--port", str(PORT + 1),
                    "--workers", workers, "--log-level", "warning",
                    "--timeout-worker-healthcheck", "60"]  # fmt: skip
            servers.append(subprocess.Popen(bare, cwd=folder))
            waited(PORT + 1)
            cases = (
                ("bare route, same bytes", 1, None), ("another page each time", 0, fresh),
                ("other events each time", 0, far),
                ("the same page", 0, None), ("the same page, not changed (304)", 0, tagged),
            )  # fmt: skip
            print(f"{len(body):,} bytes a page, {workers} workers, {os.cpu_count()} cores")
            print(f"{'':34} {'requests/s':>10} {'of CPU/s':>9} {'client':>7} {'p99 ms':>7}")
            for _ in range(given.rounds):
                for name, which, script in cases:
                    row = told(servers[which].pid, PORT + which, script, given.seconds)
                    print(f"{name:34} {row}", flush=True)
        finally:
            for server in servers:
                server.terminate()
                server.wait()


def waited(port: int) -> tuple[bytes, str]:
    """The page and its ETag, once the server answers."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}") as answer:
                return answer.read(), answer.headers.get("etag", "")
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def told(pid: int, port: int, script: Path | None, seconds: int) -> str:
    """One run of wrk: requests a second of wall and of the server's CPU, share of the client."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency"]
    command += ["-s", str(script)] if script else []
    before, own, started = cpu(pid), os.times(), time.perf_counter()
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{PAGE}"], capture_output=True, text=True, check=True
    ).stdout
    wall, used, after = time.perf_counter() - started, cpu(pid) - before, os.times()
    client = after.children_user + after.children_system - own.children_user - own.children_system
    number = int(re.search(r"(\d+) requests in", said)[1])
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    late = float(slow[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slow[2]]
    more = f"  {wrong[1]} wrong!" if wrong else ""
    share = client / (client + used)
    return f"{number / wall:10.0f} {number / used:9.0f} {share:7.0%} {late:7.0f}{more}"


def cpu(pid: int) -> float:
    """CPU seconds that a process and its children have used."""
    total = 0.0
    for one in [pid, *children(pid)]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def children(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [deep for one in map(int, text.split()) for deep in (one, *children(one))]


if __name__ == "__main__":
    main()
