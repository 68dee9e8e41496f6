"""A conversation in Chromium: heard once, reached by key, never lost, gone when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.browser.chatting import (
    DOOR,
    MORE,
    STORED,
    answered,
    asked_for_more,
    box,
    conversation_of,
    heard,
    held_up,
    listen,
    said,
    say,
    second_tab,
    send,
)
from tests.web.browser.driving import assert_sound
from tests.web.running import Running, brain_process, free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

NOT_SENT = "That did not reach us"


def test_every_answer_is_announced_exactly_once(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    listen(page)
    answered(page)
    (announced,) = heard(page)
    assert announced.startswith("Assistant: Two days for shoes")
    page.get_by_role("button", name="Go on").click()
    asked_for_more(page)
    assert heard(page) == [f"Assistant: {MORE}"]
    page.route("**/", lambda route: route.abort())
    say(page, "2 days for shoes")
    (announced,) = heard(page)
    assert announced.startswith(NOT_SENT)
    page.unroute("**/")
    send(page)
    page.get_by_role("button", name=DOOR).wait_for()
    (announced,) = heard(page)
    assert announced.startswith("Assistant: Two days for shoes")


def test_a_second_tab_hears_what_it_missed_in_one_announcement(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    answered(page)
    other = second_tab(page)
    say(page, "hello from the first tab")
    page.locator('[data-turn="2"]').wait_for()
    listen(other)
    say(other, "more about the shoes")
    other.locator('[data-turn="3"]').wait_for()
    (announced,) = heard(other)
    assert announced.count("Assistant: ") == 2
    assert "hello from the first tab" not in announced


def test_only_one_part_of_the_page_speaks(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    answered(page)
    live = "[aria-live], [role=log], [role=status], [role=alert], output"
    assert page.locator(live).evaluate_all("all => all.map(each => each.id)") == ["announcer"]


def test_the_choices_are_one_key_away_from_the_text_box_and_from_each_other(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    box(page).fill("2 days for shoes")
    box(page).press("Enter")
    page.get_by_role("button", name=DOOR).wait_for()
    expect(box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    asked_for_more(page)
    say(page, "2 days for shoes")
    page.get_by_role("button", name=DOOR).wait_for()
    page.get_by_role("button", name="Make it formal").press("Enter")
    said(page, "What should be different?").wait_for()
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()


def test_the_focus_stays_where_the_parent_is_while_an_answer_comes(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    box(page).fill("2 days for shoes")
    box(page).press("Enter")
    help_card = page.locator("#help summary")
    help_card.focus()
    page.get_by_role("button", name=DOOR).wait_for()
    expect(help_card).to_be_focused()


def test_what_is_typed_while_an_answer_comes_stays(open_chat: Callable[..., Page]) -> None:
    page = open_chat()
    message = held_up(page)
    box(page).press("End")
    box(page).press_sequentially(" and she cried")
    message.continue_()
    page.get_by_role("button", name=DOOR).wait_for()
    expect(box(page)).to_have_value("and she cried")
    expect(page.locator(".said--parent .said__words")).to_have_text("2 days for shoes")


@pytest.mark.parametrize("name", ["#draft", "#yours", "#kept"])
def test_escape_closes_each_part_and_returns_to_its_summary(
    open_chat: Callable[..., Page], name: str
) -> None:
    page = open_chat()
    answered(page)
    part = page.locator(name)
    part.locator("summary").press("Enter")
    expect(part).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(part).not_to_have_attribute("open", "")
    expect(part.locator("summary")).to_be_focused()


def test_the_draft_and_the_talk_survive_pages_sizes_and_languages(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    answered(page)
    box(page).fill("and then he was ke")
    for change in ("Large text", "Cymraeg", "English"):
        page.get_by_role("button", name=change).click()
        expect(page.locator("#text")).to_have_value("and then he was ke")
        expect(said(page, "2 days for shoes")).to_be_visible()
    page.goto("/privacy")
    page.go_back()
    expect(box(page)).to_have_value("and then he was ke")
    page.goto("/accessibility")
    page.goto("/")
    expect(box(page)).to_have_value("and then he was ke")
    expect(said(page, "2 days for shoes")).to_be_visible()
    page.go_back()
    page.go_forward()
    expect(box(page)).to_have_value("and then he was ke")
    expect(said(page, "2 days for shoes")).to_be_visible()


def test_back_after_a_message_and_a_choice_never_sends_twice(
    open_chat: Callable[..., Page], served: Running
) -> None:
    page = open_chat()
    answered(page)
    page.get_by_role("button", name=DOOR).click()
    said(page, "TG-7K2M-9QXR").wait_for()
    for _ in range(2):
        page.goto("/privacy")
        page.go_back()
        expect(said(page, "TG-7K2M-9QXR")).to_be_visible()
    assert len(served.seen_by_brain(conversation_of(page))) == 2


def test_nothing_is_left_on_a_shared_device_once_the_browser_is_closed(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat()
    assert page.context.cookies() == []
    answered(page)
    box(page).fill("half a word")
    (cookie,) = [each for each in page.context.cookies() if each["name"].endswith("chat")]
    assert cookie["expires"] == -1, "it ends with the browser"
    assert cookie["httpOnly"]
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []
    other = open_chat()
    assert "half a word" not in other.evaluate(STORED)
    expect(other.locator("[data-turn]")).to_have_count(0)
    expect(box(other)).to_have_value("")


def test_a_restart_in_the_middle_of_a_send_delivers_once(
    open_chat: Callable[..., Page], tmp_path: Path
) -> None:
    brain_port, port = free_port(), free_port()
    with brain_process(brain_port, tmp_path) as brain:
        with web_process(tmp_path, brain_port, crashes=True, port=port) as url:
            page = open_chat(base_url=url, bypass_csp=True)
            answered(page)
            running = Running(url, brain, tmp_path)
            say(page, "be slow at first, he was kept in")
            wait_until_seen(running, conversation_of(page), 2)
        expect(page.locator("#problem")).to_contain_text(NOT_SENT)
        expect(box(page)).to_have_value("be slow at first, he was kept in")
        assert_sound(page, "chat while the server is away")
        send(page)
        expect(page.locator("#problem")).to_contain_text(NOT_SENT)
        with web_process(tmp_path, brain_port, port=port):
            send(page)
            asked_for_more(page)
            expect(box(page)).to_have_value("")
            page.reload()
            expect(page.locator("[data-turn]")).to_have_count(2)
            assert len(running.seen_by_brain(conversation_of(page))) == 2


def wait_until_seen(running: Running, conversation: str, turns: int) -> None:
    """Wait until so many turns reached the brain; fail within the browser's own patience."""
    for _ in range(200):
        if len(running.seen_by_brain(conversation)) >= turns:
            return
        httpx.get(running.url)  # as long as a page takes
    pytest.fail("the message never reached the brain")
