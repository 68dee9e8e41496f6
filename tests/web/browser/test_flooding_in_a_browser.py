"""After a flood of forms, in Chromium: the sum is unseen; without a script nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.browser.driving import assert_sound
from tests.web.browser.opening import quiet_pages
from tests.web.desk_stage import HIDDEN
from tests.web.running import stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

FREE = 3
WORDS = "He was kept in at lunch for two days over his shoes."
NOT_SENT = "This has not been sent yet"
STOPPED = "1"
"""The worker that a test breaks."""
NOT_YET = "Nothing has been sent yet"


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a web process that believes the address which its proxy forwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANIC_PROXIES_COUNT", "1")
        with stack(tmp_path_factory.mktemp("flooded")) as running:
            yield running


@pytest.fixture
def open_at(browser: Browser, proxied: Running) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page from an address; what the policy stops is a failure."""

    def open_from(path: str, address: str, **options: Any) -> Page:
        return open_path(path, extra_http_headers={"X-Forwarded-For": address}, **options)

    with quiet_pages(browser, "/", is_expected, base_url=proxied.url) as open_path:
        yield open_from


def is_expected(said: str) -> bool:
    return "status of 429" in said or said == STOPPED


def file_from(running: Running, address: str, times: int = FREE) -> None:
    """Ask for so many calls from ``address``."""
    headers = {"X-Forwarded-For": address}
    with httpx.Client(base_url=running.url, headers=headers, timeout=30) as parent:
        for _ in range(times):
            hidden = dict(reversed(HIDDEN.findall(parent.get("/call-back").text)))
            typed = {"name": "Sam", "phone": "07700 900111", "words": "Please ring me."}
            answer = parent.post("/call-back", data={**hidden, **typed})
            assert answer.status_code == 200


def ask_for_call(page: Page) -> None:
    page.get_by_label("Your name").fill("Dana Whitlock")
    page.get_by_label("A number that is safe to ring").fill("07700 900123")
    page.get_by_label("What is it about").fill(WORDS)
    page.get_by_role("button", name="Ask for a call").click()


def test_the_fourth_form_goes_through_by_itself(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    file_from(proxied, "198.51.100.1")
    page = open_at("/call-back", "198.51.100.1")
    ask_for_call(page)
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    assert "07700 900123" in page.content()


def test_one_and_two_forms_meet_nothing_of_it(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    file_from(proxied, "198.51.100.2", 1)
    page = open_at("/call-back", "198.51.100.2", java_script_enabled=False)
    ask_for_call(page)
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()


def test_without_a_script_the_words_stay_and_other_ways_are_named(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    file_from(proxied, "198.51.100.3")
    page = open_at("/call-back", "198.51.100.3", java_script_enabled=False)
    ask_for_call(page)
    expect(page.get_by_role("heading", name=NOT_SENT)).to_be_visible()
    expect(page.get_by_label("What is it about")).to_have_value(WORDS)
    expect(page.get_by_label("Your name")).to_have_value("Dana Whitlock")
    expect(page.locator("#proof").get_by_role("link", name="01632 960300")).to_be_visible()


def test_axe_finds_nothing_where_the_sum_cannot_be_done(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    """The worker does not come: the words for whoever has no script are shown again."""
    address = "198.51.100.4"
    file_from(proxied, address)
    page = open_at("/", address, viewport={"width": 390, "height": 844})
    page.route("**/altcha-pbkdf2.js", lambda route: route.fulfill(status=200, body="throw 1"))
    page.goto("/call-back")
    ask_for_call(page)
    expect(page.get_by_role("heading", name=NOT_SENT)).to_be_visible()
    assert_sound(page, "call-back, the sum cannot be done")


def chat_up_to_the_last_step(page: Page) -> None:
    page.get_by_label("Your message").fill("2 days for shoes")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Book a private talk").wait_for()


def test_a_yes_in_the_chat_is_carried_out_and_nobody_sees_the_sum(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    file_from(proxied, "198.51.100.6")
    page = open_at("/", "198.51.100.6")
    chat_up_to_the_last_step(page)
    page.get_by_role("button", name="Book a private talk").click()
    expect(page.locator("#turns").get_by_text("Your talk is booked")).to_be_visible()
    expect(page.locator("#turns").get_by_text(NOT_YET)).to_have_count(0)


def test_a_yes_that_others_were_faster_than_is_pressed_again_by_the_page(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    page = open_at("/", "198.51.100.7")
    chat_up_to_the_last_step(page)
    file_from(proxied, "198.51.100.7")
    page.get_by_role("button", name="Book a private talk").click()
    expect(page.locator("#turns").get_by_text("Your talk is booked")).to_be_visible()


def test_without_a_script_the_chat_says_what_to_do_and_goes_on(
    open_at: Callable[..., Page], proxied: Running
) -> None:
    file_from(proxied, "198.51.100.8")
    page = open_at("/", "198.51.100.8", java_script_enabled=False)
    chat_up_to_the_last_step(page)
    page.get_by_role("button", name="Book a private talk").click()
    expect(page.locator("#turns").get_by_text(NOT_YET)).to_be_visible()
    page.get_by_label("Your message").fill("marks again")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#turns").get_by_text("Thank you for telling me")).to_be_visible()
