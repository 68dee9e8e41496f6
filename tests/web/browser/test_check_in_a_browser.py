"""Check before you send, in Chromium: readable by everyone, with and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browser.chatting import leave, say
from tests.web.browser.driving import assert_sound
from tests.web.test_check_page import RANT, cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow


def on_the_check_page(page: Page, half_typed: str = "") -> None:
    say(page, RANT)
    page.get_by_label("Your message").fill(half_typed)
    page.get_by_text("Your draft: 3 points").click()
    page.get_by_role("button", name="Check and send").click()
    page.get_by_role("heading", name="Check before you send").wait_for()


def on_the_last_page(page: Page) -> None:
    on_the_check_page(page)
    page.get_by_label("Your name", exact=True).fill("Jo Bloggs")
    page.get_by_label("Phone number").fill("07700 900123")
    page.get_by_role("button", name="Go on: see what goes to whom").click()
    page.get_by_role("heading", name="Send it?").wait_for()


def at_the_receipt(page: Page) -> None:
    on_the_last_page(page)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="It is sent").wait_for()


@pytest.mark.parametrize(
    ("state", "path"),
    [(on_the_check_page, "/"), (on_the_last_page, "/chat"), (at_the_receipt, "/chat")],
)
def test_axe_finds_nothing_and_nothing_needs_scrolling_sideways(
    open_chat: Callable[..., Page], state: Callable[[Page], None], path: str
) -> None:
    page = open_chat(path, viewport={"width": 320, "height": 640})
    state(page)
    assert_sound(page, f"check: {state.__name__}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("path", "how"), [("/", "keys"), ("/chat", "button")])
def test_exit_leaves_the_points_at_once_and_nothing_of_the_draft_stays(
    open_chat: Callable[..., Page], path: str, how: str
) -> None:
    page = open_chat(path)
    on_the_check_page(page, "And he said")
    assert "And he said" in page.evaluate("Object.values(sessionStorage)")
    leave(page, how)
    page.go_back()
    page.wait_for_load_state()
    assert "maths set" not in page.content()
    page.goto("/")
    expect(page.get_by_label("Your message")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_help_is_one_tap_away_and_escape_closes_it(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    on_the_check_page(page)
    page.get_by_text("Someone in danger?").click()
    expect(page.get_by_role("link", name="116 123")).to_be_visible()
    page.get_by_role("link", name="999", exact=True).press("Escape")
    expect(page.get_by_role("link", name="116 123")).to_be_hidden()


def test_without_a_script_the_edited_words_survive_reload_and_back_and_are_sent(
    open_chat: Callable[..., Page], served: Running
) -> None:
    page = open_chat(java_script_enabled=False)
    on_the_check_page(page)
    before = cases(served.data)
    page.get_by_label("What you want to say").first.fill("My own words.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and stay here").click()
    page.reload()
    assert page.get_by_label("What you want to say").first.input_value() == "My own words."
    page.goto("/privacy")
    page.go_back()
    assert page.get_by_label("What you want to say").first.input_value() == "My own words."
    with page.expect_navigation():
        page.get_by_role("button", name="Join with the point above").last.click()
    page.get_by_label("Your name", exact=True).fill("Jo Bloggs")
    page.get_by_label("Phone number").fill("07700 900123")
    with page.expect_navigation():
        page.get_by_role("button", name="Go on: see what goes to whom").click()
    assert page.get_by_text("My own words.").is_visible()
    assert cases(served.data) == before
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="It is sent").wait_for()
    page.reload()
    assert cases(served.data) == before + 2
