"""Pictures of the example desk for the docs: reads examples/desk, serves it, looks with Chromium.

Run by `make screenshots`; writes docs/images/*.png.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import legation
from legation.story import Story
from legation.web import Settings, application

HERE = Path(__file__).parent
ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
DESKTOP, PHONE = (1200, 800), (390, 760)


def main() -> None:
    """Make all pictures."""
    import uvicorn
    from playwright.sync_api import sync_playwright

    reader = legation.Reader()
    lines = (HERE.parent / "examples/desk/reports.jsonl").read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder, legation.open(f"{folder}/desk.db") as desk:
        desk.add_all(reader.read_all([Story(**json.loads(line)) for line in lines]))
        settings = Settings(rate=0, trusted=True)
        app = application(desk, settings, reader)
        server = uvicorn.Server(uvicorn.Config(app, port=8799, log_level="warning"))
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        with sync_playwright() as play:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
            browser = play.chromium.launch(executable_path=path, args=ARGS)
            for name, address, size, scheme in shots(desk):
                take(browser, name, address, size, scheme)
        server.should_exit = True


def shots(desk: Any) -> list[tuple[str, str, tuple[int, int], str]]:
    """Name, address, size and scheme of each picture."""
    told = max(desk.happenings(), key=lambda kept: kept.happening.independent)
    denied = desk.events(status="negated").first()
    story = f"/stories/{denied.story}" if denied else "/stories"
    return [
        ("start", "/?days=30", DESKTOP, "light"),
        ("happening", f"/happenings/{told.id}", DESKTOP, "light"),
        ("relation", "/relations/GUY-SUR", DESKTOP, "light"),
        ("map", "/map", DESKTOP, "light"),
        ("calendar-then", "/calendar?month=2024-04&as_of=2024-03-20", DESKTOP, "light"),
        ("relation-dark-phone", "/relations/GUY-SUR", PHONE, "dark"),
        ("story-dark-phone", story, PHONE, "dark"),
    ]


def take(browser: Any, name: str, address: str, size: tuple[int, int], scheme: str) -> None:
    """One picture."""
    view = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=view, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"http://localhost:8799{address}", wait_until="networkidle")
    target = HERE / "images" / f"{name}.png"
    target.parent.mkdir(exist_ok=True)
    page.screenshot(path=str(target))
    context.close()


if __name__ == "__main__":
    main()
