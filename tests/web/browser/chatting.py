"""Talk in the chat as a parent does, and listen as a screen reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

DOOR = "Book a private talk"
MORE = "Can you tell me a bit more?"
READING = "The assistant is reading what you wrote."
STORED = "JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"
LISTEN = """() => {
  window.heard = [];
  const announcer = document.getElementById("announcer");
  new MutationObserver(() => {
    if (announcer.textContent) window.heard.push(announcer.textContent);
  }).observe(announcer, { childList: true, characterData: true, subtree: true });
}"""
TWO_FRAMES = "() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))"


def box(page: Page) -> Locator:
    """Return where one writes."""
    return page.get_by_label("Your message")


def say(page: Page, words: str) -> None:
    """Write and press Send."""
    box(page).fill(words)
    send(page)


def send(page: Page) -> None:
    """Press Send, with whatever is in the box."""
    page.get_by_role("button", name="Send", exact=True).click()


def said(page: Page, words: str) -> Locator:
    """Return where the conversation says ``words``; the announcer repeats them for a moment."""
    return page.locator("#turns").get_by_text(words)


def answered(page: Page) -> None:
    """Say what gets three choices."""
    say(page, "2 days for shoes")
    page.get_by_role("button", name=DOOR).wait_for()


def asked_for_more(page: Page) -> None:
    """Wait for the answer to what was not enough."""
    said(page, MORE).wait_for()


def leave(page: Page, how: str) -> None:
    """Leave at once, by the ``button`` or by the ``keys``."""
    if how == "button":
        page.get_by_role("link", name="Exit page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.get_by_text("Sunny").wait_for()


def in_danger(page: Page) -> None:
    """Say what goes to the safeguarding leads."""
    say(page, "break. he has a knife and he is here now")
    said(page, "I have passed your exact words").wait_for()


def held_up(page: Page) -> Route:
    """Say what gets three choices, and return the message on its way: it waits to be continued."""
    held: list[Route] = []
    page.route("**/", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be wrapped
    with page.expect_request("**/"):
        say(page, "2 days for shoes")
    expect(page.get_by_text(READING)).to_be_visible()
    return held[0]


def second_tab(page: Page) -> Page:
    """Open the same chat beside it."""
    other = page.context.new_page()
    other.goto("/")
    return other


def listen(page: Page) -> None:
    """Begin to note what is announced."""
    page.evaluate(LISTEN)


def heard(page: Page) -> list[str]:
    """Return what was announced since the last time, when at least one thing was."""
    page.wait_for_function("() => window.heard.length > 0")
    page.evaluate(TWO_FRAMES)
    announced: list[str] = page.evaluate("window.heard.splice(0)")
    return announced


def conversation_of(page: Page) -> str:
    """Return the id of the conversation that the browser's cookie names."""
    (cookie,) = [each for each in page.context.cookies() if each["name"].endswith("chat")]
    return cookie["value"].partition(".")[0]
