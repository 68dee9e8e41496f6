"""The chat page in Chromium: quicker with a script, whole without one, readable by everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browser.chatting import (
    DOOR,
    MORE,
    READING,
    STORED,
    answered,
    asked_for_more,
    box,
    heard,
    held_up,
    in_danger,
    leave,
    listen,
    said,
    say,
    second_tab,
    send,
)
from tests.web.browser.driving import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


def at_start(_page: Page) -> None:
    """Leave the page as it opens."""


def with_draft_open(page: Page) -> None:
    answered(page)
    page.get_by_text("Your draft: 1 point").click()


def with_help_open(page: Page) -> None:
    page.get_by_text("Someone in danger?").click()


def with_choices_of_ones_own_chat_open(page: Page) -> None:
    answered(page)
    page.get_by_text("Your chat: keep a copy, or delete it").click()


def deleted(page: Page) -> None:
    with_choices_of_ones_own_chat_open(page)
    page.get_by_role("button", name="Delete this chat now").click()
    page.get_by_text("Your chat is deleted.").wait_for()


STATES = [
    at_start,
    answered,
    with_draft_open,
    with_help_open,
    in_danger,
    with_choices_of_ones_own_chat_open,
    deleted,
]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(
    open_chat: Callable[..., Page], state: Callable[[Page], None]
) -> None:
    page = open_chat(viewport={"width": 390, "height": 844})
    state(page)
    assert_sound(page, f"chat: {state.__name__}")


@pytest.mark.parametrize(
    "path", ["/chat", "/talk-first", "/privacy", "/call-back", "/data-protection", "/come-back"]
)
def test_axe_finds_nothing_on_the_other_pages(open_chat: Callable[..., Page], path: str) -> None:
    assert_sound(open_chat(path), path)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", [(320, 256), pytest.param((320, 640), marks=pytest.mark.long)])
def test_nothing_needs_scrolling_sideways(
    open_chat: Callable[..., Page], state: Callable[[Page], None], size: tuple[int, int]
) -> None:
    page = open_chat(viewport={"width": size[0], "height": size[1]})
    state(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_everything_to_press_is_at_least_44_pixels_high(open_chat: Callable[..., Page]) -> None:
    page = open_chat(viewport={"width": 390, "height": 844})
    with_draft_open(page)
    with_help_open(page)
    low = page.evaluate(
        "[...document.querySelectorAll('button, summary, .help-card__call, .chat-exit, textarea,"
        " .chat-links__row a')].filter((each) => each.checkVisibility()"
        " && each.getBoundingClientRect().height < 44).map((each) => each.textContent.trim())"
    )
    assert low == []


def test_an_answer_is_announced_once_and_the_focus_stays(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    page.evaluate(
        "window.said = []; new MutationObserver(() => {"
        " const words = document.getElementById('announcer').textContent;"
        " if (words) window.said.push(words); }).observe("
        "document.getElementById('announcer'),"
        " {childList: true, characterData: true, subtree: true})"
    )
    box(page).fill("2 days for shoes")
    box(page).press("Enter")
    page.get_by_role("button", name=DOOR).wait_for()
    page.wait_for_function("() => window.said.length > 0")
    (announced,) = page.evaluate("window.said")
    assert announced.startswith("Assistant: Two days for shoes, and nobody rang you.")
    assert announced.endswith("Book a private talk Make it formal Go on")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")


def test_a_choice_books_and_the_old_choices_are_gone(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    page.get_by_role("button", name=DOOR).click()
    said(page, "TG-7K2M-9QXR").wait_for()
    expect(page.get_by_role("button", name="Make it formal")).to_have_count(0)
    page.reload()
    expect(said(page, "TG-7K2M-9QXR")).to_be_visible()


def test_a_half_typed_message_survives_a_choice(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    box(page).fill("and another thing")
    page.get_by_role("button", name="Go on").click()
    asked_for_more(page)
    expect(box(page)).to_have_value("and another thing")


def test_a_send_that_fails_keeps_the_words_and_goes_once_later(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    page.route("**/", lambda route: route.abort())
    say(page, "2 days for shoes")
    expect(page.locator("#problem")).to_be_visible()
    expect(box(page)).to_have_value("2 days for shoes")
    page.unroute("**/")
    send(page)
    page.get_by_role("button", name=DOOR).wait_for()
    expect(page.locator("[data-turn]")).to_have_count(1)
    expect(page.locator("#problem")).to_be_hidden()


def test_a_slow_answer_is_shown_to_be_on_its_way(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    message = held_up(page)
    message.continue_()
    page.get_by_role("button", name=DOOR).wait_for()
    expect(page.get_by_text(READING)).to_be_hidden()


def test_a_second_tab_catches_up_with_its_next_message(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    other = second_tab(page)
    say(page, "hello from the first tab")
    page.locator('[data-turn="2"]').wait_for()
    say(other, "hello from the second")
    other.locator('[data-turn="3"]').wait_for()
    expect(said(other, "hello from the first tab")).to_be_visible()


def test_a_stale_choice_in_a_second_tab_says_so(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    other = second_tab(page)
    say(page, "hello")
    page.locator('[data-turn="2"]').wait_for()
    box(other).fill("and another thing")
    listen(other)
    other.get_by_role("button", name="Make it formal").click()
    expect(other.locator("#problem")).to_contain_text("not on offer any more")
    expect(said(other, MORE)).to_be_visible()
    expect(other.get_by_role("button", name="Make it formal")).to_have_count(0)
    expect(box(other)).to_have_value("and another thing")
    (announced,) = heard(other)
    assert "not on offer any more" in announced
    assert f"Assistant: {MORE}" in announced


def test_a_half_typed_draft_survives_a_reload_and_not_the_exit(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    box(page).fill("I do not know how to say this")
    page.reload()
    expect(box(page)).to_have_value("I do not know how to say this")
    page.evaluate("sessionStorage.length === 1 || document.body.remove()")
    page.get_by_role("link", name="Exit page").click()
    page.get_by_text("Sunny").wait_for()
    page.goto("/")
    assert "how to say" not in page.evaluate(STORED)
    expect(box(page)).to_have_value("")


@pytest.mark.parametrize("how", ["button", "keys"])
def test_exit_leaves_at_once_and_back_shows_nothing(
    open_chat: Callable[..., Page], how: str
) -> None:
    page = open_chat()
    answered(page)
    leave(page, how)
    page.go_back()
    assert "shoes" not in page.content()
    page.goto("/")
    expect(page.locator("[data-turn]")).to_have_count(0)


def test_escape_closes_the_help_and_returns_to_its_button(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    summary = page.locator("#help summary")
    summary.press("Enter")
    expect(page.get_by_role("link", name="116 123")).to_be_visible()
    page.locator("#help a").first.press("Escape")
    expect(page.get_by_role("link", name="116 123")).to_be_hidden()
    expect(summary).to_be_focused()


def test_danger_opens_the_help_card(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    in_danger(page)
    expect(page.locator("#help").get_by_role("link", name="999")).to_be_visible()


def test_the_whole_way_works_without_a_script(open_chat: Callable[..., Page]) -> None:
    page = open_chat(java_script_enabled=False)
    page.get_by_text("Someone in danger?").click()
    expect(page.get_by_role("link", name="999")).to_be_visible()
    say(page, "2 days for shoes")
    page.get_by_role("button", name=DOOR).click()
    expect(said(page, "TG-7K2M-9QXR")).to_be_visible()
    page.get_by_role("link", name="Exit page").click()
    expect(page.get_by_text("Sunny")).to_be_visible()
    page.go_back()
    expect(said(page, "TG-7K2M-9QXR")).to_have_count(0)


def test_forced_colours_keep_every_edge(open_chat: Callable[..., Page]) -> None:
    page = open_chat(forced_colors="active")
    answered(page)
    edge = page.locator(".said--parent").evaluate("(it) => getComputedStyle(it).borderTopWidth")
    assert edge == "1px"


def test_nothing_moves(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    assert page.evaluate("document.getAnimations().length") == 0
