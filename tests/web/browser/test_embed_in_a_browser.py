"""The one line on another site's page, in Chromium: a parent opens, closes, leaves, comes back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browser.driving import assert_sound
from tests.web.browser.opening import NEUTRAL, contexts
from tests.web.browser.school_site import school_site
from tests.web.running import free_port, stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, FrameLocator, Locator, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

WIDE = {"width": 1280, "height": 900}
NAME = "Talk to us in private"
LEFT_WITHIN = 300  # milliseconds

WHEN_PRESSED = """() => ["click", "keydown"].forEach((each) => document.addEventListener(each,
    (event) => window.pressed(performance.timeOrigin + event.timeStamp), true))"""
WHEN_SHOWN = """() => performance.timeOrigin
    + performance.getEntriesByType("navigation")[0].domInteractive"""


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def chat(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run as behind https, so that the frame's cookie is Secure, which loopback may have."""
    approved = f"http://localhost:{port},http://localhost:1"
    folder = tmp_path_factory.mktemp("embed")
    secure = "https://chat.school.example"
    with stack(folder, embed_origins=approved, public_url=secure) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, chat: Running, port: int) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the approved site; any line in the console is a failure."""
    said: list[str] = []

    def open_site(path: str = "/", **options: object) -> Page:
        page = open_with(**options)
        page.on("console", lambda line: said.append(line.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(NEUTRAL, lambda route: route.fulfill(body="<p>Sunny", content_type="text/html"))
        page.goto(f"http://localhost:{port}{path}")
        return page

    with school_site(port, chat.url), contexts(browser, viewport=WIDE) as open_with:
        yield open_site
    assert said == []


def launcher(page: Page, name: str = NAME) -> Locator:
    return page.get_by_role("button", name=name)


def open_frame(page: Page) -> FrameLocator:
    launcher(page).click()
    frame = page.frame_locator(f'iframe[title="{NAME}"]')
    frame.get_by_label("Your message").wait_for()
    return frame


def say(frame: FrameLocator, words: str) -> None:
    frame.get_by_label("Your message").fill(words)
    frame.get_by_role("button", name="Send", exact=True).click()
    frame.locator("#turns").get_by_text("Two days for shoes").wait_for()


def poll(holds: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + 2
    while not holds():
        if time.monotonic() > give_up_at:
            return False
    return True


def stored_on_the_school_page(page: Page) -> list[object]:
    found: list[object] = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await indexedDB.databases()).length]"
    )
    return found


def test_nothing_of_ours_is_loaded_before_the_button_is_pressed(
    visit: Callable[..., Page], chat: Running
) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(chat.url)))
    page.reload()
    launcher(page).wait_for()
    assert [path for path in asked if path.startswith("/")] == ["/embed.js"]
    assert page.context.cookies() == []


def test_a_chat_goes_on_from_page_to_page_and_the_school_page_stores_nothing(
    visit: Callable[..., Page], chat: Running, port: int
) -> None:
    page = visit()
    say(open_frame(page), "2 days for shoes")
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "__Host-chat"
    assert cookie["httpOnly"]
    assert cookie["expires"] == -1
    page.goto(f"http://localhost:{port}/news")
    assert launcher(page).get_attribute("aria-expanded") == "false"
    frame = open_frame(page)
    expect(frame.locator("#turns").get_by_text("Two days for shoes")).to_be_visible()
    assert stored_on_the_school_page(page) == [0, 0, "", 0]
    page.goto(f"{chat.url}/")  # the same browser, but not inside the school's page
    expect(page.get_by_text("Two days for shoes")).to_have_count(0)


def test_who_points_goes_on_to_write_and_who_uses_the_keyboard_reads_first(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    frame = open_frame(page)
    page.wait_for_load_state("networkidle")
    expect(frame.get_by_label("Your message")).to_be_focused()
    page.reload()
    launcher(page).press("Enter")
    frame.get_by_label("Your message").wait_for()
    page.wait_for_load_state("networkidle")
    expect(frame.get_by_label("Your message")).not_to_be_focused()
    page.keyboard.press("Tab")
    expect(frame.get_by_role("link", name="Skip to main content")).to_be_focused()


def test_escape_or_the_button_closes_it_and_the_focus_returns(visit: Callable[..., Page]) -> None:
    page = visit()
    frame = open_frame(page)
    expect(launcher(page, "Close the chat")).to_have_attribute("aria-expanded", "true")
    frame.get_by_label("Your message").press("Escape")
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    expect(launcher(page)).to_be_focused()
    open_frame(page)
    launcher(page, "Close the chat").click()
    expect(page.locator("iframe")).to_be_hidden()
    expect(launcher(page)).to_be_focused()


@pytest.mark.parametrize("how", ["link", "keys"])
def test_exit_replaces_the_whole_page_and_back_shows_nothing_of_the_chat(
    visit: Callable[..., Page], how: str, port: int
) -> None:
    page = visit("/before")
    page.goto(f"http://localhost:{port}/")
    frame = open_frame(page)
    say(frame, "2 days for shoes")
    pressed: list[float] = []
    page.expose_function("pressed", lambda at: pressed.append(at))  # noqa: PLW0108 - not a builtin
    page.frames[-1].evaluate(WHEN_PRESSED)
    if how == "link":
        frame.get_by_role("link", name="Exit page").click()
    else:
        for _ in range(3):
            frame.get_by_label("Your message").press("Shift")
    expect(page.get_by_text("Sunny")).to_be_visible()
    shown = page.evaluate(WHEN_SHOWN)
    assert page.url == "https://www.bbc.co.uk/weather"
    assert 0 < shown - pressed[-1] < LEFT_WITHIN
    page.go_back()
    assert page.url.endswith("/before")
    expect(page.locator("iframe")).to_have_count(0)
    assert poll(lambda: page.context.cookies() == [])
    frame = open_frame(page)
    expect(frame.get_by_text("Two days for shoes")).to_have_count(0)


def test_a_page_rule_hides_the_button_and_gives_a_greeting(visit: Callable[..., Page]) -> None:
    page = visit("/vacancies/teacher")
    page.locator("aside").wait_for(state="attached")
    expect(launcher(page)).to_have_count(0)
    page.evaluate("history.pushState(null, '', '/policies/complaints-2026')")
    frame = open_frame(page)
    expect(frame.get_by_text("Looking for how to complain?")).to_be_visible()
    say(frame, "2 days for shoes")
    page.reload()
    frame = open_frame(page)
    expect(frame.get_by_text("Two days for shoes")).to_be_visible()
    expect(frame.get_by_text("Looking for how to complain?")).to_have_count(0)


def test_on_a_phone_the_button_opens_the_full_page(
    visit: Callable[..., Page], chat: Running
) -> None:
    page = visit("/policies/complaints", viewport={"width": 390, "height": 844})
    launcher(page).click()
    page.wait_for_url(f"{chat.url}/?page=complaints")
    expect(page.get_by_text("Looking for how to complain?")).to_be_visible()
    page.go_back()
    expect(launcher(page)).to_be_visible()


def test_a_line_in_welsh_puts_a_welsh_button_there_and_the_chat_behind_it_is_welsh(
    visit: Callable[..., Page], chat: Running
) -> None:
    page = visit("/cy/hafan")
    button = launcher(page, "Siaradwch â ni’n breifat")
    assert page.locator("aside").get_attribute("lang") == "cy"
    button.click()
    frame = page.frame_locator('iframe[title="Siaradwch â ni’n breifat"]')
    frame.get_by_label("Eich neges").fill("2 days for shoes")
    frame.get_by_role("button", name="Anfon", exact=True).click()
    frame.locator("#turns").get_by_text("Two days for shoes").wait_for()
    frame.locator(".person-way").get_by_text("Siarad â pherson").click()
    expect(frame.get_by_role("heading", name="Siarad â pherson")).to_be_visible()
    launcher(page, "Cau’r sgwrs").click()
    page.set_viewport_size({"width": 390, "height": 844})
    button.click()
    page.wait_for_url(f"{chat.url}/?lang=cy")
    expect(page.get_by_label("Eich neges")).to_be_visible()


def test_axe_finds_nothing_with_the_chat_open(visit: Callable[..., Page]) -> None:
    page = visit()
    open_frame(page)
    assert_sound(page, "embed: the chat open on a page of the school")


def test_a_frame_that_is_taken_away_leaves_a_link_that_works(
    visit: Callable[..., Page], chat: Running
) -> None:
    page = visit()
    page.route(f"{chat.url}/chat**", lambda _: None)  # else it may have answered before
    launcher(page).click()
    page.evaluate("document.querySelector('aside').shadowRoot.querySelector('iframe').remove()")
    page.get_by_role("link", name="Open the chat in its own page").click(timeout=10_000)
    page.wait_for_url(f"{chat.url}/")
    expect(page.get_by_label("Your message")).to_be_visible()
