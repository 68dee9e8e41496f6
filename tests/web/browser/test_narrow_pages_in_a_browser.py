"""The pages of a parent at 320 px and at 400 %, with the largest text: all of it can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.browser.chatting import answered
from tests.web.browser.driving import assert_sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

ZOOMED, PHONE = (320, 256), (320, 568)
LEAST_SEEN = 0.3
"""The part of a screen that the conversation has to itself, whatever else is open."""
SEEN = """() => {
  const edge = (part, side) => document.querySelector(part).getBoundingClientRect()[side];
  const top = Math.max(0, edge(".chat-top", "bottom"));
  const foot = Math.min(innerHeight, edge(".chat-foot", "top"));
  return (foot - top) / innerHeight;
}"""
BOTTOM = "it => it.getBoundingClientRect().bottom"
TOP = "it => it.getBoundingClientRect().top"
WIDTH = "() => document.documentElement.scrollWidth"


@pytest.mark.parametrize("size", [ZOOMED, pytest.param(PHONE, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", ["/talk-first", "/call-back", "/", "/chat"])
def test_nothing_needs_scrolling_sideways_with_the_largest_text(
    open_chat: Callable[..., Page], path: str, size: tuple[int, int]
) -> None:
    page = open_with_largest_text(open_chat, path, size)
    if page.locator("#help").count():
        page.locator("#help summary").click()
    assert page.evaluate(WIDTH) == size[0]
    assert_sound(page, f"{path} with the largest text at {size[0]} by {size[1]}")


@pytest.mark.parametrize("path", ["/talk-first", "/call-back"])
def test_the_plain_pages_grow_as_well(open_chat: Callable[..., Page], path: str) -> None:
    usual = open_chat(path).locator("h1").bounding_box()
    largest = open_chat(f"{path}?text=largest").locator("h1").bounding_box()
    assert usual
    assert largest
    assert largest["height"] > usual["height"]


@pytest.mark.parametrize("text", ["usual", "largest"])
@pytest.mark.parametrize("opened", ["", "#help", "#draft"])
def test_the_text_box_and_the_bar_leave_room_for_the_conversation(
    open_chat: Callable[..., Page], opened: str, text: str
) -> None:
    page = open_chat(f"/?text={text}", viewport={"width": PHONE[0], "height": PHONE[1]})
    answered(page)
    row = page.locator(".said--parent")
    assert page.locator(".chat-top").evaluate(BOTTOM) < row.evaluate(TOP)
    if opened:
        page.locator(f"{opened} summary").click()
    page.evaluate("document.querySelector('.said--parent').scrollIntoView()")
    assert page.evaluate(SEEN) >= LEAST_SEEN
    assert page.evaluate(WIDTH) == PHONE[0]


def open_with_largest_text(
    open_chat: Callable[..., Page], path: str, size: tuple[int, int]
) -> Page:
    return open_chat(
        f"{path}?text=largest", viewport={"width": size[0], "height": size[1]}, bypass_csp=True
    )
