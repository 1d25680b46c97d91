"""The main path of every page in a real Chromium: no error, no foreign request, nothing for axe."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import legation
from legation.store import Desk
from legation.web import Settings, application
from tests.web.conftest import Words, fill

ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PAGES = (
    "/?days=30", "/events", "/happenings", "/stories", "/relations", "/relations/FRA-MLI",
    "/actors", "/actors/FRA", "/calendar?month=2020-01", "/map", "/map?of=relations", "/network",
    "/search?q=raid",
    "/relations/FRA-MLI?as_of=2020-01-08", "/happenings?as_of=2020-01-08",
    "/review?below=1", "/read", "/sign-in", "/actors?words=Mali", "/nothing", "/events?since=soon",
    "/events/{event}", "/happenings/{happening}", "/stories/{story}", "/relations/EU-MLI",
    "/relations/CHN-KOR",
)  # fmt: skip
PATIENCE = 90_000  # milliseconds; a machine that builds something else is slow


@pytest.fixture(scope="module")
def address(desk: Desk, words: Words) -> Iterator[str]:
    """The address of a server over the small desk."""
    with served(desk, words) as found:
        yield found


@contextmanager
def served(desk: Desk, words: Words) -> Iterator[str]:
    """The address of a server over a desk, in which everybody may review."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = application(desk, Settings(rate=0, fresh=0.0, trusted=True), words)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://localhost:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright (extra dev) is missing")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    with api.sync_playwright() as play:
        made = play.chromium.launch(executable_path=path, args=ARGS, timeout=PATIENCE)
        yield made
        made.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A tab that fails its test on any error of a page or any request to another host."""
    yield from opened(browser, address, ())


@pytest.fixture
def quiet(browser: Any, address: str) -> Iterator[Any]:
    """The same, where the answers 404 and 422 are none."""
    yield from opened(browser, address, ("status of 404", "status of 422"))


def opened(browser: Any, address: str, fine: tuple[str, ...]) -> Iterator[Any]:
    """A tab; what the console says is wrong unless it holds one of the words in `fine`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    made = context.new_page()
    made.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    made.on("request", lambda asked: asked.url.startswith(address) or wrong.append(asked.url))
    yield made
    context.close()
    assert [said for said in wrong if not any(words in said for words in fine)] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_a_phone(quiet: Any, desk: Desk, path: str) -> None:
    page, kept = quiet, desk.events(type="ACCUSE").first()
    assert kept is not None
    path = path.format(event=kept.id, happening=kept.happening, story=kept.story)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        found = axe.run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_from_what_changed_to_the_sentence_in_its_story(page: Any) -> None:
    page.goto("/?days=30")
    page.locator("a.evidence").first.click()
    page.wait_for_url("**/stories/**")
    shown = page.url.partition("#")[2]
    assert page.locator(f"#{shown}").is_visible()
    assert page.locator("mark").first.is_visible()


def test_facets_narrow_the_events_down(page: Any) -> None:
    page.goto("/events")
    page.get_by_role("link", name="CONSULT").first.click()
    page.wait_for_url("**type=CONSULT**")
    assert all("CONSULT" in text for text in page.locator(".item .type").all_inner_texts())
    page.get_by_role("link", name="Remove type CONSULT").click()
    page.wait_for_url("**/events?")


def test_a_bar_of_the_timeline_leads_to_its_events(page: Any) -> None:
    page.goto("/relations/FRA-MLI")
    page.locator(".chart.bars a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?**pair=FRA-MLI**")
    assert page.locator(".item").count() > 0


def test_a_text_is_read_while_it_is_typed(page: Any) -> None:
    page.goto("/read")
    page.get_by_label("Text", exact=True).fill("France condemned the raid on Mali again.")
    page.wait_for_selector("#answer mark")
    assert "1 event" in page.locator("#answer h2").inner_text()


def test_keys_lead_through_the_review(page: Any) -> None:
    page.goto("/review?below=1")
    before = page.locator("article .excerpt").inner_text()
    assert before
    page.keyboard.press("n")
    page.wait_for_url("**cursor=**")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_the_theme_is_switched_and_kept(page: Any) -> None:
    page.goto("/events")
    page.get_by_role("button", name="Switch between light and dark").click()
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.goto("/calendar")
    assert page.evaluate("document.documentElement.dataset.theme") == chosen


def test_a_page_works_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/events")
    assert page.locator(".item").count() > 0
    page.goto("/read")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("#answer mark")
    context.close()


def test_the_slider_is_moved_by_keyboard(page: Any) -> None:
    page.goto("/happenings")
    slider = page.get_by_role("slider", name="As known on")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    said = slider.get_attribute("aria-valuetext")
    assert said == page.locator("form.asof output").inner_text() == "8 Jan 2020"
    page.locator("form.asof button").click()
    page.wait_for_url("**/happenings?as_of=2020-01-08")
    page.get_by_role("link", name="now", exact=True).click()
    page.wait_for_url("**/happenings")


def test_the_chart_follows_the_theme_at_once(page: Any) -> None:
    page.goto("/relations/FRA-MLI")
    light, dark = page.locator(".for-light").first, page.locator(".for-dark").first
    assert (light.is_visible(), dark.is_visible()) == (True, False)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert (light.is_visible(), dark.is_visible()) == (False, True)


def test_every_picture_of_a_page_loads(page: Any) -> None:
    for path, number in (("/relations/FRA-MLI", 3), ("/network", 1)):
        page.goto(path)
        shown = page.locator(".for-light img")
        assert shown.count() == number
        for image in shown.all():
            image.scroll_into_view_if_needed()
            page.wait_for_function("image => image.complete", arg=image.element_handle())
            assert image.evaluate("image => image.naturalWidth") > 100


@pytest.fixture
def reviewed(browser: Any, words: Words, tmp_path: Path) -> Iterator[tuple[Any, Desk]]:
    """A tab and the desk that it reviews, one of its own."""
    with legation.open(tmp_path / "desk.db") as own:
        fill(own)
        with served(own, words) as found:
            for page in opened(browser, found, ()):
                yield page, own


def pressed(page: Any, keys: str, said: str) -> None:
    """Press keys on the review page, one after the other, until it says what was done."""
    for key in keys.split():
        page.keyboard.press(key)
    page.locator(".banner[role=status]", has_text=said).wait_for()


def test_accept_reject_and_undo_by_key(reviewed: tuple[Any, Desk]) -> None:
    page, own = reviewed
    page.goto("/review?below=1")
    pressed(page, "a", "accepted")
    assert own.events(reviewed=True).count() == 1
    pressed(page, "x", "rejected")
    assert [one.verdict for one in own.reviews()] == ["reject", "accept"]
    pressed(page, "u", "taken back")
    pressed(page, "u", "taken back")
    assert own.events(reviewed=True).count() == 0
    assert all(one.undone for one in own.reviews())


def test_an_event_is_corrected_by_key(reviewed: tuple[Any, Desk]) -> None:
    page, own = reviewed
    kept = own.events(type="ACCUSE", status="happened").first()
    assert kept is not None
    page.goto(f"/review?event={kept.id}")
    pressed(page, "t T H R Escape w N Escape o x a Enter Escape c", "corrected")  # letters choose
    changed = own.event(kept.id)
    assert changed is not None
    assert (changed.event.type, changed.event.status) == ("THREATEN", "negated")
    assert [one.note for one in own.reviews(kept.id)] == ["xa"]
    assert len(own.versions(kept.id)) == 2
    pressed(page, "u", "taken back")
    again = own.event(kept.id)
    assert again is not None
    assert again.event.type == "ACCUSE"


def test_happenings_are_split_and_merged_by_key(reviewed: tuple[Any, Desk]) -> None:
    page, own = reviewed

    def homes() -> set[str]:
        return {kept.happening for kept in own.events(type="ACCUSE")}

    kept = own.events(type="ACCUSE").first()
    assert kept is not None
    assert len(homes()) == 1
    page.goto(f"/review?event={kept.id}")
    pressed(page, "s", "split")
    assert len(homes()) == 2
    page.goto(f"/review?event={kept.id}")
    page.keyboard.press("h")
    other = next(home for home in homes() if home != own.event(kept.id).happening)  # type: ignore[union-attr]
    for _ in range(6):
        if page.evaluate("document.activeElement.value") != other:
            page.keyboard.press("ArrowDown")
    pressed(page, "Escape m", "merged")
    assert len(homes()) == 1


def test_every_verdict_is_reached_by_tab(reviewed: tuple[Any, Desk]) -> None:
    page, own = reviewed
    page.goto("/review?below=1")
    page.locator("main").focus()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.value || document.activeElement.textContent")
        reached.append(at)
        if at == "split":
            break
    assert [word for word in reached if word in ("accept", "reject", "correct", "split")] == [
        "accept", "reject", "correct", "split",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    page.locator(".banner[role=status]", has_text="split").wait_for()
    assert own.reviews()


def test_a_phone_shows_the_list_before_what_narrows_it_down(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/events", "/search?q=raid"):
        page.goto(path)
        facets = page.locator("details.facets")
        assert not facets.evaluate("details => details.open")
        facets.locator("summary").click()
        assert facets.locator("a").first.is_visible()
