"""Ways to read the chat: a copy to keep, larger text, from right to left, read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.web.pages import LANGUAGES
from tests.web.browser.driving import assert_sound
from tests.web.running import stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

RANT = "2 days for shoes, and <b>nobody</b> rang 😡\n\u0645\u0631\u062d\u0628\u0627"
MIRRORED = {"Exit page": "الخروج", "Your message": "رسالتك", "Send": "إرسال", "You": "أنت"}
"""Some of the page in Arabic: a test locale, to see the page from right to left."""
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3'
    ' : n%100>=11 && n%100<=99 ? 4 : 5);\\n"\n'
)
A_VOICE = """
  window.spoken = [];
  const voice = (name, localService) => ({ name, lang: "en-GB", localService });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => %s, addEventListener() {}, cancel() { window.spoken.push("hush"); },
    speak(words) { window.spoken.push(words.voice.name + ": " + words.text); },
  }});
"""


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("readable")
    (data / "languages").mkdir()
    words = "".join(f'\nmsgid "{said}"\nmsgstr "{arabic}"\n' for said, arabic in MIRRORED.items())
    (data / "languages" / "ar.po").write_text(HEADER + words, encoding="utf-8")
    with stack(data) as running:
        yield running


def open_chat(browser: Browser, chat: Running, path: str = "/", **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(f"{chat.url}{path}")
    return page


def say(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.locator("[data-send]").click()
    page.locator(".chat-choices button").first.wait_for()


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).bounding_box()
    assert found
    return found


def test_the_copy_says_what_the_screen_says_and_holds_up_by_itself(
    browser: Browser, readable: Running, tmp_path: Path
) -> None:
    page = open_chat(browser, readable)
    say(page, RANT)
    on_screen = page.locator("#turns li:not(:first-child) .said__words").all_inner_texts()
    page.get_by_text("Your chat: keep a copy, or delete it").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download what was said").click()
    kept = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert kept.name == "notes.html"
    page.goto(kept.as_uri())
    assert page.locator("li p").all_inner_texts() == on_screen
    assert page.locator("li p").first.inner_text() == RANT
    assert_sound(page, "the copy of a chat")
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_larger_text_stays_through_the_chat_and_nothing_is_cut(
    browser: Browser, readable: Running, *, scripts: bool
) -> None:
    page = open_chat(
        browser, readable, java_script_enabled=scripts, viewport={"width": 320, "height": 640}
    )
    usual = box(page, "#text")
    page.get_by_label("Your message").fill("he was ke")
    page.get_by_role("button", name="Largest text").click()
    expect(page.get_by_label("Your message")).to_have_value("he was ke")
    assert box(page, "#text")["height"] > usual["height"]
    say(page, "2 days for shoes")
    page.reload()
    assert "text=largest" in page.url
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    if scripts:
        wide, shown = page.evaluate(widths)
        assert wide <= shown
    page.context.close()


def test_from_right_to_left_the_page_is_mirrored_and_the_words_keep_their_side(
    browser: Browser, readable: Running
) -> None:
    page = open_chat(browser, readable, "/?lang=ar", viewport={"width": 390, "height": 844})
    say(page, "2 days for shoes")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert box(page, "#exit")["x"] < box(page, ".school-bar__name")["x"]
    parent = page.locator(".said--parent").last
    assert parent.evaluate("row => getComputedStyle(row).marginRight") != "0px"
    words = parent.locator(".said__words")
    assert words.evaluate("part => getComputedStyle(part).direction") == "ltr"
    reply = page.locator(".said--assistant").last.locator(".said__words").first
    assert reply.evaluate("part => getComputedStyle(part).direction") == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_sound(page, "chat from right to left")
    page.context.close()


def test_answers_are_read_by_a_voice_of_the_device_only(
    browser: Browser, readable: Running
) -> None:
    page = browser.new_page()
    page.add_init_script(A_VOICE % '[voice("far", false), voice("near", true)]')
    page.goto(readable.url)
    aloud = page.get_by_role("button", name="Read answers aloud")
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "true")
    say(page, "2 days for shoes")
    page.wait_for_function("window.spoken.some((words) => words.includes('form tutor'))")
    spoken = page.evaluate("window.spoken")
    assert spoken[1].startswith("near: What's happened?")
    assert "near: Book a private talk" in spoken
    assert not [words for words in spoken if words.startswith("far")]
    aloud.click()
    assert page.evaluate("window.spoken").pop() == "hush"
    page.close()


def test_without_a_voice_of_the_device_nothing_is_offered(
    browser: Browser, readable: Running
) -> None:
    page = browser.new_page()
    page.add_init_script(A_VOICE % '[voice("far", false)]')
    page.goto(readable.url)
    expect(page.locator("#read-aloud")).to_be_hidden()
    page.close()


def test_the_test_locale_is_none_that_schools_get() -> None:
    assert not (LANGUAGES / "ar.po").exists()
