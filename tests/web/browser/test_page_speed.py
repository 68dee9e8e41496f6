"""How light and how quick the chat page is, in Chromium; the times only when asked for.

The table: ``python3 -m assistant test -- tests/web/browser/test_page_speed.py -m long -s``. The
times are those of a processor slowed down six times, as in a cheap phone; those of a busy machine
prove nothing.
"""

from __future__ import annotations

import statistics
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from assistant.evaluation.figures import Figure, percentile
from assistant.verbs.bench import print_figures, say_load
from tests.web.browser.chatting import box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

SLOWER = 6
OPENINGS, ANSWERS = 5, 20
FIRST_KILOBYTES, LATER_KILOBYTES, REQUESTS, TAPS = 60, 20, 10, 2
READY_SECONDS, SHOWN_MS = 1.0, 150
USABLE = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd / 1000"
"""The page's scripts are modules: when this event is over they have all run."""
WATCH = """() => {
  window.taps = 0;
  window.painted = [];
  addEventListener("click", () => { window.taps += 1; }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.painted.push(performance.now());
    after.port2.postMessage("");
  })).observe(document.getElementById("turns"), { childList: true });
}"""
SHOWN = """() => {
  const came = performance.getEntriesByType("resource")
    .filter((each) => each.initiatorType === "fetch").map((each) => each.responseEnd);
  return came.map((at) => window.painted.find((shown) => shown > at) - at);
}"""


@contextmanager
def phone(browser: Browser, served: Running) -> Iterator[BrowserContext]:
    """Give a phone that has never been here."""
    context = browser.new_context(
        base_url=served.url,
        viewport={"width": 390, "height": 844},
        device_scale_factor=3,
        is_mobile=True,
        has_touch=True,
    )
    yield context
    context.close()


def weigh(context: BrowserContext) -> tuple[float, int]:
    """Open the chat; return the kilobytes that came over the wire and how many were asked for."""
    page = context.new_page()
    network, sizes, asked = context.new_cdp_session(page), [], []
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["requestId"]))
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    page.close()
    return sum(sizes) / 1024, len(asked)


def weights(browser: Browser, served: Running) -> list[Figure]:
    """Weigh a first and a second opening."""
    with phone(browser, served) as context:
        first, asked = weigh(context)
        second, _ = weigh(context)
    return [
        Figure("first opening, on the wire", first, "kB", FIRST_KILOBYTES),
        Figure("second opening, on the wire", second, "kB", LATER_KILOBYTES),
        Figure("requests of a first opening", asked, "", REQUESTS),
    ]


def test_the_page_is_light(browser: Browser, served: Running) -> None:
    for figure in weights(browser, served):
        assert figure.kept, figure


@pytest.mark.long
def test_the_page_is_quick_on_a_slow_phone(browser: Browser, served: Running) -> None:
    say_load()
    opened = [usable_after(browser, served) for _ in range(OPENINGS)]
    shown, taps = answer_times(browser, served)
    figures = [
        *weights(browser, served),
        Figure("usable after opening, median of 5", statistics.median(opened), "s", READY_SECONDS),
        Figure("answer shown after it came, median", percentile(shown, 0.5), "ms", SHOWN_MS),
        Figure("answer shown after it came, p95", percentile(shown, 0.95), "ms", SHOWN_MS),
        Figure("taps from opening to a sent message", taps, "", TAPS),
    ]
    print_figures(figures)
    assert [each for each in figures if not each.kept] == []


def slow_page(context: BrowserContext) -> Page:
    """Open the chat on a processor that is slowed down."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("/")
    return page


def usable_after(browser: Browser, served: Running) -> float:
    """Return the seconds from asking for the page until its text box and its script work."""
    with phone(browser, served) as context:
        seconds: float = slow_page(context).evaluate(USABLE)
        return seconds


def answer_times(browser: Browser, served: Running) -> tuple[list[float], int]:
    """Return, for each answer, the milliseconds until it was painted; and the taps it takes."""
    with phone(browser, served) as context:
        page = slow_page(context)
        page.evaluate(WATCH)
        for number in range(1, ANSWERS + 1):
            box(page).tap()
            page.keyboard.insert_text("2 days for shoes")
            page.get_by_role("button", name="Send", exact=True).tap()
            page.locator(f'[data-turn="{number}"]').wait_for()
            taps = page.evaluate("window.taps") // number
        page.wait_for_function(f"() => window.painted.length >= {ANSWERS}")
        times: list[float] = page.evaluate(SHOWN)
        return times, taps
