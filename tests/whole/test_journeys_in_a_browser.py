"""Through the chat to a booked meeting and a sent complaint, in Chromium and on the real processes.

Once with the keyboard alone, once without a script; each ends at a reference that exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.running.stack import Stack
from assistant.services.desk import Desk
from assistant.services.find_records import find_records
from tests.web.browser.driving import assert_sound, tab_to

MEETING = ("can I see my son's teacher about his spellings", "Jonah Peake {school_class}")
TIME = ("{day} after school", "Carly Peake 07700 900{phone}")
COMPLAINT = (
    "I want to make a formal complaint. My son was kept in at lunch for two weeks",
    "I want it taken off his record and an apology",
    "Ryan Coyle 5A, Lo Coyle 07700 900{phone}",
)
JOURNEYS = {
    "meeting": ((*MEETING, *TIME), "Yes, book it"),
    "complaint": (COMPLAINT, "Yes, send it"),
}
WAYS = {
    "keyboard": {"day": "wednesday 9 december", "school_class": "4B", "phone": "741"},
    "no script": {"day": "thursday 10 december", "school_class": "2C", "phone": "742"},
}
REFERENCE = re.compile(r"SG(?:-[0-9A-Z]{3}){3}")
PATIENCE_MS = 30_000


@pytest.fixture
def open_chat(browser: Browser, stack: Stack) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the chat in a browser of its own."""
    contexts = []

    def open_with(**options: Any) -> Page:
        context = browser.new_context(base_url=stack.url, bypass_csp=True, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/")
        return page

    yield open_with
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", JOURNEYS)
def test_the_keyboard_alone_leads_to_a_record(
    kind: str, open_chat: Callable[..., Page], desk: Desk
) -> None:
    turns, yes = JOURNEYS[kind]
    page = open_chat()
    tab_to(page, page.get_by_label("Your message"))
    for number, words in enumerate(turns, start=1):
        page.keyboard.type(words.format_map(WAYS["keyboard"]))
        page.keyboard.press("Enter")
        wait_for_answer(page, number)
        expect(page.get_by_label("Your message")).to_be_focused()
    focus_back_to(page, yes)
    page.keyboard.press("Enter")
    wait_for_answer(page, len(turns) + 1)
    assert_recorded(page, desk, kind)
    assert_sound(page, f"chat with a {kind} made by keyboard")


@pytest.mark.parametrize("kind", JOURNEYS)
def test_without_a_script_it_leads_to_a_record(
    kind: str, open_chat: Callable[..., Page], desk: Desk
) -> None:
    turns, yes = JOURNEYS[kind]
    page = open_chat(java_script_enabled=False)
    for number, words in enumerate(turns, start=1):
        page.get_by_label("Your message").fill(words.format_map(WAYS["no script"]))
        page.get_by_role("button", name="Send", exact=True).click()
        wait_for_answer(page, number)
    page.get_by_role("button", name=yes, exact=True).click()
    wait_for_answer(page, len(turns) + 1)
    assert_recorded(page, desk, kind)


def wait_for_answer(page: Page, number: int) -> None:
    """Wait until the turn with this number and what is said to it stand on the page."""
    answer = page.locator(f'[data-turn="{number}"] + .said--assistant')
    expect(answer).to_be_visible(timeout=PATIENCE_MS)


def focus_back_to(page: Page, button: str) -> None:
    """Go from the text box back to the choices, of which the last is one key away."""
    page.keyboard.press("Shift+Tab")
    choices = page.locator(".chat-choices button")
    expect(choices.last).to_be_focused()
    wanted = page.get_by_role("button", name=button, exact=True)
    for _ in range(choices.count()):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    pytest.fail(f"{button} is not among the choices")


def assert_recorded(page: Page, desk: Desk, kind: str) -> None:
    """Check that the reference on the screen is that of the one record of this chat."""
    shown = page.locator(".said--assistant").last.inner_text()
    (conversation,) = {
        each["value"].partition(".")[0]
        for each in page.context.cookies()
        if each["name"].endswith("chat")
    }
    (record,) = find_records(desk, conversation_id=conversation)
    assert record.kind == kind
    assert set(REFERENCE.findall(shown)) == {record.reference}
