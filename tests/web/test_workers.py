"""`legation serve` with several processes: one address, one desk, one word on what it says."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

import legation
from legation.store import Desk
from legation.web.warming import warm
from tests.web.conftest import PEOPLE, Words, asker, fill


def test_workers_tell_the_same_and_see_what_is_added(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path, address = tmp_path / "desk.db", f"http://127.0.0.1:{port}/api/v1/events"
    with legation.open(path) as desk:
        command = [sys.executable, "-m", "legation.cli", "serve", str(path), "--port", str(port)]
        server = subprocess.Popen([*command, "--workers", "2"])
        try:
            for _ in range(600):
                try:
                    before = httpx.get(address)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            assert before.json()["items"] == []
            fill(desk)
            after = [httpx.get(address) for _ in range(12)]  # a connection each, so both answer
            assert {len(one.json()["items"]) for one in after} == {4}
            assert len({one.headers["etag"] for one in after}) == 1
            tag = {"if-none-match": after[0].headers["etag"]}
            assert {httpx.get(address, headers=tag).status_code for _ in range(6)} == {304}
        finally:
            server.terminate()
            assert server.wait(30) == 0


def test_warming_up_keeps_no_answer_for_strangers(desk: Desk, words: Words, tmp_path: Path) -> None:
    client = asker(desk, words, public=False, tokens=tmp_path / "tokens.json", fresh=60.0)
    warm(client.app)  # type: ignore[arg-type]
    assert client.get("/", headers={"accept": "application/json"}).status_code == 401
    open_ = asker(desk, words, fresh=60.0)
    warm(open_.app)  # type: ignore[arg-type]
    assert open_.get("/", headers=PEOPLE).status_code == 200
