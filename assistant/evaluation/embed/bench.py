"""Open the chat on a school's page in Chromium: what is loaded, how soon, after how many acts."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import sync_playwright

from assistant.bootstrap.progress import say, step
from assistant.evaluation.embed.sites import Site, served
from assistant.evaluation.embed.widgets import WIDGETS, Widget, fetch
from assistant.evaluation.figures import Figure
from assistant.evaluation.web_alone import web_alone
from assistant.settings import variable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NOW = "2026-11-24T10:15"
WIDE = {"width": 1280, "height": 900}
LOADER_BYTES, FIRST_OPEN_BYTES, LEAVE_MS = 2048, 60 * 1024, 300
NAME, WORDS = "Talk to us in private", "they keep losing his coat"
NEUTRAL = "**/www.bbc.co.uk/weather"
HAS_FOCUS = """box => box === box.getRootNode().activeElement"""
WHEN_PRESSED = """() => document.addEventListener("click", event =>
    window.pressed(performance.timeOrigin + event.timeStamp), true)"""
WHEN_SHOWN = """() => performance.timeOrigin
    + performance.getEntriesByType("navigation")[0].domInteractive"""
BROWSER = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    # The frame in the page's process, so that one session of the protocol hears of both.
    *("--disable-site-isolation-trials", "--disable-features=IsolateOrigins,site-per-process"),
]


class Loaded:
    """What a page and its frame load from one origin: bytes over the wire, none from a cache."""

    def __init__(self, page: Page, origin: str) -> None:
        """Listen from now on (Chrome DevTools Protocol, Network)."""
        self.sizes: dict[str, int] = {}
        self._origin = origin
        self._addresses: dict[str, str] = {}
        self._session = page.context.new_cdp_session(page)
        self._session.on("Network.responseReceived", self._begin)
        self._session.on("Network.loadingFinished", self._end)
        self._session.send("Network.enable")

    def stop(self) -> int:
        """Listen no longer, and return the sum of all."""
        self._session.detach()
        return sum(self.sizes.values())

    def _begin(self, event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith(self._origin):
            self._addresses[event["requestId"]] = event["response"]["url"]

    def _end(self, event: dict[str, Any]) -> None:
        address = self._addresses.get(event["requestId"])
        if address:
            self.sizes[address] = int(event["encodedDataLength"])


def measure_embed() -> list[Figure]:
    """Return ours beside their targets, and the others without any; None where not reached."""
    chromium = shutil.which("chromium")
    if chromium is None:
        say("Chromium is not here, so nothing is measured.")
        return []
    with (
        tempfile.TemporaryDirectory(prefix="schoolgate-embed-") as name,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        with step("Ours, in Chromium"):
            figures = _ours(browser, Path(name))
        for widget in WIDGETS:
            with step(f"{widget.name}, in Chromium"):
                figures += _other(browser, widget, Path(name))
        browser.close()
    return figures


def _ours(browser: Browser, folder: Path) -> list[Figure]:
    site = Site()
    with served(site) as school:
        values = {"data": str(folder / "data"), "now": NOW, "embed_origins": school}
        with web_alone({variable(key): value for key, value in values.items()}) as url:
            line = f'<script src="{url}/embed.js" async crossorigin></script>'
            html = f"<!DOCTYPE html><title>School</title><h1>School</h1>{line}"
            site.pages = {"/": html, "/news": html}
            return _opened(browser, school, url)


def _opened(browser: Browser, school: str, url: str) -> list[Figure]:
    weight = len(gzip.compress(httpx.get(f"{url}/embed.js").raise_for_status().content))
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type] # a TypedDict of two
    page = context.new_page()
    first, first_ms = _open(page, f"{school}/", url)
    acts = _say(page, page.frame_locator("iframe").get_by_label("Your message"), pressed=1)
    second, second_ms = _open(page, f"{school}/news", url)
    left = _leave(page)
    context.close()
    return [
        Figure("ours: the line before anybody presses, gz", weight, "bytes", LOADER_BYTES),
        Figure("ours: first open, as sent, headers too", first, "bytes", FIRST_OPEN_BYTES),
        Figure("ours: the same on the next page", second, "bytes"),
        Figure("ours: first open until one can write", first_ms, "ms"),
        Figure("ours: on the next page until one can write", second_ms, "ms"),
        Figure("ours: acts to a first message", acts, ""),
        Figure("ours: “Exit page” until another page stands there", left, "ms", LEAVE_MS),
    ]


def _open(page: Page, address: str, url: str) -> tuple[int, float]:
    loaded = Loaded(page, url)
    page.goto(address)
    button = page.get_by_role("button", name=NAME)
    button.wait_for()
    began = time.perf_counter()
    button.click()
    page.frame_locator("iframe").get_by_label("Your message").wait_for()
    taken = 1000 * (time.perf_counter() - began)
    page.wait_for_load_state("networkidle")
    return loaded.stop(), taken


def _leave(page: Page) -> float:
    """Return the milliseconds from the press, in the frame, until the other page stands there."""
    pressed: list[float] = []
    page.route(  # not before: it turns the browser's cache off
        NEUTRAL, lambda route: route.fulfill(body="Sunny", content_type="text/html")
    )
    page.expose_function("pressed", lambda at: pressed.append(at))  # noqa: PLW0108 - not a builtin
    page.frames[-1].evaluate(WHEN_PRESSED)
    page.frame_locator("iframe").get_by_role("link", name="Exit page").click()
    page.get_by_text("Sunny").wait_for()
    return float(page.evaluate(WHEN_SHOWN)) - pressed[0]


def _other(browser: Browser, widget: Widget, folder: Path) -> list[Figure]:
    script = fetch(widget, folder)
    if script is None:
        say(f"{widget.name} could not be fetched with npm, so it is not measured.")
    acts = _acts_of(browser, widget, script) if script else None
    weight = len(gzip.compress(script)) if script else None
    return [
        Figure(f"{widget.name}: main script, gz", weight, "bytes"),
        Figure(f"{widget.name}: acts to a first message", acts, ""),
    ]


def _acts_of(browser: Browser, widget: Widget, script: bytes) -> int:
    site = Site({"/": widget.page}, {"/widget.js": script})
    with served(site) as url:
        page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type] # a TypedDict of two
        page.goto(url)
        if widget.launcher:
            page.locator(widget.launcher).click()
        acts = _say(page, page.locator(widget.box), pressed=1 if widget.launcher else 0)
        page.close()
    return acts


def _say(page: Page, box: Locator, *, pressed: int) -> int:
    """Write and send as a person does; return the acts: presses, one writing, one Enter."""
    box.wait_for()
    page.wait_for_timeout(500)  # a widget may move the focus a moment after it has opened
    if not box.evaluate(HAS_FOCUS):
        box.click()
        pressed += 1
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    where = page.frame_locator("iframe") if page.locator("iframe").count() else page
    where.get_by_text(WORDS).first.wait_for()
    return pressed + 2
