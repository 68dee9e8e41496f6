"""Talk in the chat as a parent does, and listen as a screen reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DOOR = "Book a private talk"
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
    page.get_by_role("button", name="Send", exact=True).click()


def said(page: Page, words: str) -> Locator:
    """Return where the conversation says ``words``; the announcer repeats them for a moment."""
    return page.locator("#turns").get_by_text(words)


def answered(page: Page) -> None:
    """Say what gets three choices."""
    say(page, "2 days for shoes")
    page.get_by_role("button", name=DOOR).wait_for()


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
