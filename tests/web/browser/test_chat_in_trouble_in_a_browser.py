"""The chat in Chromium when things go wrong or get odd: floods of words, no signal, no cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.app import build_desk
from assistant.services.forget_conversation import forget_conversation
from assistant.settings import Settings, variable
from tests.web.browser.chatting import (
    DOOR,
    answered,
    asked_for_more,
    box,
    conversation_of,
    heard,
    in_danger,
    listen,
    said,
    say,
    send,
)
from tests.web.browser.driving import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.web.running import Running

pytestmark = pytest.mark.slow

PASTED = ("she said it was the shoes again\n" * 1563)[:50_000].strip()
RANT = " ".join(["and then they said it was the shoes again and nobody rang me"] * 154)
ENDED = "This chat has ended, so nothing was sent."
DAY_MS = 24 * 60 * 60 * 1000


@pytest.mark.parametrize("words", [PASTED, RANT], ids=["a paste", "a rant"])
def test_a_flood_of_words_arrives_whole_in_a_box_of_six_lines(
    open_chat: Callable[..., Page], words: str
) -> None:
    page = open_chat(viewport={"width": 390, "height": 844}, permissions=["clipboard-read"])
    box(page).click()
    page.keyboard.insert_text(words)
    line = box(page).evaluate("it => parseFloat(getComputedStyle(it).lineHeight)")
    height = box(page).evaluate("it => it.getBoundingClientRect().height")
    assert height <= line * 6 + 20
    send(page)
    page.get_by_role("button", name=DOOR).wait_for()
    expect(box(page)).to_have_value("")
    expect(said(page, "Two days for shoes")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.reload()
    mine = page.locator(".said--parent .said__words").inner_text()
    assert mine == words
    say(page, "hello")
    asked_for_more(page)


def test_no_signal_in_the_middle_of_a_send_delivers_once(
    open_chat: Callable[..., Page], served: Running
) -> None:
    page = open_chat()
    answered(page)
    listen(page)
    say(page, "be slow at first, then the signal went")
    page.wait_for_timeout(300)
    page.context.set_offline(offline=True)
    expect(page.locator("#problem")).to_contain_text("That did not reach us")
    expect(box(page)).to_have_value("be slow at first, then the signal went")
    assert len(heard(page)) == 1
    send(page)
    expect(page.locator("#problem")).to_be_visible()
    page.context.set_offline(offline=False)
    send(page)
    asked_for_more(page)
    expect(page.locator("[data-turn]")).to_have_count(2)
    assert len(served.seen_by_brain(conversation_of(page))) == 2


@pytest.mark.parametrize("days", [-1, 1])
def test_a_wrong_clock_on_the_phone_changes_nothing(
    open_chat: Callable[..., Page], days: int
) -> None:
    page = open_chat()
    hours = page.locator(".chat__hours").inner_text()
    wrong = page.evaluate("Date.now()") + days * DAY_MS
    page.clock.install(time=wrong / 1000)
    page.reload()
    assert abs(page.evaluate("Date.now()") - wrong) < DAY_MS / 2
    assert page.locator(".chat__hours").inner_text() == hours
    answered(page)
    page.get_by_role("button", name=DOOR).click()
    said(page, "TG-7K2M-9QXR").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_that_keeps_no_cookie_goes_on_talking(
    open_chat: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_chat(java_script_enabled=scripts)
    page.route("**/*", without_cookies)
    answered(page)
    page.context.clear_cookies()
    page.get_by_role("button", name=DOOR).click()
    said(page, "TG-7K2M-9QXR").wait_for()
    page.context.clear_cookies()
    say(page, "hello")
    page.locator('[data-turn="3"]').wait_for()
    expect(said(page, "2 days for shoes")).to_be_visible()
    page.unroute_all(behavior="wait")  # what is under way must not end in another test


def without_cookies(route: Route) -> None:
    """Do as a browser that refuses cookies: none is sent, and none that comes is kept."""
    headers = {k: v for k, v in route.request.headers.items() if k != "cookie"}
    answer = route.fetch(headers=headers, max_redirects=0)
    kept = {k: v for k, v in answer.headers.items() if k != "set-cookie"}
    route.fulfill(response=answer, headers=kept)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chat_that_ended_overnight_keeps_the_words_and_begins_anew_once(
    open_chat: Callable[..., Page], served: Running, *, scripts: bool
) -> None:
    page = open_chat(java_script_enabled=scripts, bypass_csp=True)
    answered(page)
    if scripts:
        listen(page)
    purge(served, ended := conversation_of(page))
    say(page, "he was kept in again")
    expect(page.locator("#problem")).to_contain_text(ENDED)
    expect(box(page)).to_have_value("he was kept in again")
    expect(page.locator("[data-turn]")).to_have_count(0)
    expect(page.get_by_role("button", name=DOOR)).to_have_count(0)
    if scripts:
        (announced,) = heard(page)
        assert announced.startswith(ENDED)
        assert_sound(page, "chat that has ended")
    send(page)
    asked_for_more(page)
    expect(page.locator("#problem")).to_be_hidden()
    expect(page.locator("[data-turn]")).to_have_count(1)
    begun = conversation_of(page)
    assert begun != ended
    assert len(served.seen_by_brain(begun)) == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_of_a_chat_that_ended_says_so_and_keeps_what_is_half_typed(
    open_chat: Callable[..., Page], served: Running, *, scripts: bool
) -> None:
    page = open_chat(java_script_enabled=scripts)
    answered(page)
    box(page).fill("half a word")
    purge(served, conversation_of(page))
    page.get_by_role("button", name=DOOR).click()
    expect(page.locator("#problem")).to_contain_text(ENDED)
    expect(page.get_by_role("button", name=DOOR)).to_have_count(0)
    if scripts:
        expect(box(page)).to_have_value("half a word")


def test_danger_is_answered_at_once_also_in_a_chat_that_ended(
    open_chat: Callable[..., Page], served: Running
) -> None:
    page = open_chat()
    answered(page)
    purge(served, conversation_of(page))
    in_danger(page)
    expect(page.locator("#help").get_by_role("link", name="999")).to_be_visible()
    expect(page.locator("[data-turn]")).to_have_count(1)


def test_a_deleted_chat_whose_page_was_opened_again_needs_no_second_press(
    open_chat: Callable[..., Page], served: Running
) -> None:
    page = open_chat()
    answered(page)
    purge(served, conversation_of(page))
    page.reload()
    say(page, "he was kept in again")
    asked_for_more(page)


def purge(served: Running, conversation: str) -> None:
    """Remove a chat on the server, as the night's purge or another tab does."""
    settings = Settings.load({variable("data"): str(served.data)})
    forget_conversation(build_desk(settings), conversation)


def test_emoji_and_names_from_right_to_left_are_shown_right(
    open_chat: Callable[..., Page],
) -> None:
    page = open_chat(bypass_csp=True)
    say(page, "محمد الفارسي cried 😡👩‍👧")
    reply = said(page, "I have written down")
    reply.wait_for()
    mine = page.locator(".said--parent .said__words")
    assert mine.inner_text() == "محمد الفارسي cried 😡👩‍👧"
    assert mine.evaluate("it => getComputedStyle(it).direction") == "rtl"
    name = place_of(page, "محمد الفارسي")
    assert name["right"] <= place_of(page, "4B")["left"], "the class stands after the name"
    assert place_of(page, "4B")["right"] <= place_of(page, "3 December")["left"]
    assert_sound(page, "chat with a name from right to left")


def place_of(page: Page, words: str) -> dict[str, float]:
    """Return where on the screen the last reply shows ``words``."""
    found: dict[str, float] = page.evaluate(
        """words => {
          const reply = [...document.querySelectorAll("#turns .said--assistant")].at(-1);
          const walker = document.createTreeWalker(reply, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const { left, right } = range.getBoundingClientRect();
            return { left, right };
          }
        }""",
        words,
    )
    return found
