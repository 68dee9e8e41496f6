"""The one line on another site's page, in Chromium: hostile style, strict policy, strangers."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.running import free_port, stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FrameLocator, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

PAGE = """<!DOCTYPE html><html lang="en"><title>School</title>
<link rel="stylesheet" href="/hostile.css"><h1>School</h1>
<script src="{url}/embed.js" async></script>"""
HOSTILE = "button, iframe { display: none !important; } * { color: red !important; }"
POLICY = "default-src 'none'; style-src 'self'; script-src {url}; frame-src {url}"


@contextmanager
def school_site(port: int, chat_url: str) -> Iterator[str]:
    """Serve a school's own page, on another site (localhost is not 127.0.0.1 to a browser)."""

    class School(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_style = self.path == "/hostile.css"
            body = HOSTILE if is_style else PAGE.format(url=chat_url)
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if is_style else "text/html")
            self.send_header("Content-Security-Policy", POLICY.format(url=chat_url))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), School)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def approved_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def chat(approved_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    approved = f"http://localhost:{approved_port}"
    with stack(tmp_path_factory.mktemp("embed"), embed_origins=approved) as running:
        yield running


@pytest.fixture
def school_page(browser: Browser, chat: Running, approved_port: int) -> Iterator[Page]:
    """Open an approved school's page; anything its policy refuses is a failure."""
    refused: list[str] = []
    with school_site(approved_port, chat.url) as site:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on(
            "console", lambda said: "Security Policy" in said.text and refused.append(said.text)
        )
        page.route(
            "**/www.bbc.co.uk/weather",
            lambda route: route.fulfill(body="Sunny", content_type="text/html"),
        )
        page.goto(site)
        yield page
        page.close()
    assert refused == []


def open_frame(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Talk to us in private").click()
    return page.frame_locator('iframe[title="Talk to us in private"]')


def frames(page: Page) -> int:
    return len(page.frames) - 1


def test_nothing_of_ours_is_loaded_before_the_button_is_pressed(school_page: Page) -> None:
    school_page.get_by_role("button", name="Talk to us in private").wait_for()
    assert frames(school_page) == 0


def test_a_parent_books_in_the_frame_though_its_cookie_is_refused(school_page: Page) -> None:
    frame = open_frame(school_page)
    frame.get_by_label("Your message").fill("2 days for shoes")
    frame.get_by_role("button", name="Send", exact=True).click()
    frame.get_by_role("button", name="Book a private talk").click()
    expect(frame.locator("#turns").get_by_text("TG-7K2M-9QXR")).to_be_visible()
    assert school_page.context.cookies() == []


def test_escape_in_the_frame_closes_it_and_returns_to_the_button(school_page: Page) -> None:
    frame = open_frame(school_page)
    frame.get_by_label("Your message").press("Escape")
    button = school_page.get_by_role("button", name="Talk to us in private")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


@pytest.mark.parametrize("how", ["link", "keys"])
def test_exit_in_the_frame_replaces_the_whole_page(school_page: Page, how: str) -> None:
    frame = open_frame(school_page)
    box = frame.get_by_label("Your message")
    box.fill("I do not know how to say this")
    if how == "link":
        frame.get_by_role("link", name="Exit page").click()
    else:
        for _ in range(3):
            box.press("Shift")
    expect(school_page.get_by_text("Sunny")).to_be_visible()
    assert school_page.url == "https://www.bbc.co.uk/weather"


def test_a_site_that_is_not_approved_gets_no_frame(browser: Browser, chat: Running) -> None:
    with school_site(free_port(), chat.url) as site:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(site)
        frame = open_frame(page)
        page.wait_for_timeout(500)
        expect(frame.get_by_label("Your message")).to_have_count(0)
        page.close()


def test_on_a_phone_the_button_opens_the_full_page(
    browser: Browser, chat: Running, approved_port: int
) -> None:
    with school_site(approved_port, chat.url) as site:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(site)
        page.get_by_role("button", name="Talk to us in private").click()
        page.wait_for_url(f"{chat.url}/")
        page.close()


def test_the_sample_page_opens_the_chat(browser: Browser, chat: Running) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{chat.url}/sample-school")
    expect(open_frame(page).get_by_label("Your message")).to_be_visible()
    page.close()
