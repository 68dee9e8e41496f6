"""A parent's phone and a member of staff's desk, both in Chromium, while the web dies between."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.services.set_password import set_password
from tests.web.browser.driving import assert_sound, sign_in
from tests.web.desk_stage import PASSWORD, Stage
from tests.web.running import free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

OFFICE = "ms-begum"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
FIRST = "Which door is open after clubs?"
SECOND_LIFE = 45_000  # milliseconds within which both pages must have found the web again
SPOKEN = """() => {
  window.heard = [];
  const place = document.getElementById("announcer");
  new MutationObserver(() => { if (place.textContent) window.heard.push(place.textContent); })
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""


class Web:
    """The web process of one school, which can die and come back at the same address."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.port, self._running = stage, free_port(), None
        self._brain = free_port()

    def start(self) -> None:
        data = self.stage.desk.settings.data
        self._running: Any = web_process(data, self._brain, crashes=True, port=self.port)
        self.stage.url = self._running.__enter__()

    def die(self) -> None:
        self._running.__exit__(None, None, None)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Serve a school whose office has a password."""
    made = Web(Stage.build(tmp_path_factory.mktemp("person")))
    set_password(made.stage.desk, staff_id=OFFICE, password=PASSWORD)
    made.start()
    yield made
    made.die()


@contextmanager
def two_sides(browser: Browser, web: Web, **parents: Any) -> Iterator[tuple[Page, Page]]:
    """Give the parent's page and the page of the office, which is here for chats."""
    contexts = [
        browser.new_context(base_url=web.stage.url, **options)
        for options in ({"viewport": PHONE, **parents}, {"viewport": DESK})
    ]
    parent, office = (context.new_page() for context in contexts)
    sign_in(office, web.stage.desk.school.person(OFFICE).email)
    office.goto("/desk/chats")
    if office.get_by_role("button", name="I am here for chats").is_visible():
        office.get_by_role("button", name="I am here for chats").click()
    expect(office.get_by_text("You are here for chats until 4.30pm")).to_be_visible()
    yield parent, office
    for context in contexts:
        context.close()


def ask(parent: Page) -> None:
    parent.goto("/person")
    parent.get_by_label("Your first message").fill(FIRST)
    parent.get_by_label("Your name (if you like)").fill("Dana")
    parent.get_by_role("button", name="Send this and ask for a person").click()
    expect(parent.locator("#status")).to_contain_text("We are asking for a person.")


def say(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#text")).to_have_value("")


def said(page: Page) -> list[str]:
    """Return the words that people wrote, as the page shows them."""
    shown = page.locator("#turns .said--parent .said__words, #turns .said--person .said__words")
    return shown.all_inner_texts()


def test_each_message_is_shown_once_and_in_order_though_the_web_dies_between(
    browser: Browser, web: Web
) -> None:
    with two_sides(browser, web) as (parent, office):
        ask(parent)
        expect(office.locator("#status")).to_contain_text(
            "1 parent is waiting."
        )  # nobody pressed reload
        office.get_by_role("button", name="Take this chat").click()
        expect(parent.locator("#status")).to_contain_text("is in this chat with you")
        parent.evaluate(SPOKEN)
        office.locator("#text").focus()
        wanted = [FIRST]
        for number in range(2):
            say(office, f"Answer {number}")
            expect(parent.locator("#turns")).to_contain_text(f"Answer {number}")
            say(parent, f"Question {number}")
            expect(office.locator("#turns")).to_contain_text(f"Question {number}")
            wanted += [f"Answer {number}", f"Question {number}"]
        parent.locator("#text").fill("Half a sentence")
        web.die()
        office.locator("#text").fill("Written while it was away")
        office.get_by_role("button", name="Send", exact=True).click()
        expect(office.locator("#problem")).to_contain_text("Your words are still here")
        web.start()
        office.get_by_role("button", name="Send", exact=True).click()
        expect(parent.locator("#turns")).to_contain_text("while it was away", timeout=SECOND_LIFE)
        expect(parent.locator("#text")).to_have_value("Half a sentence")
        parent.get_by_role("button", name="Send", exact=True).click()
        expect(office.locator("#turns")).to_contain_text("Half a sentence", timeout=SECOND_LIFE)
        wanted += ["Written while it was away", "Half a sentence"]
        assert said(parent) == wanted
        assert said(office) == wanted
        heard = parent.evaluate("window.heard")
        assert sum("Answer 1" in each for each in heard) == 1
        parent.reload()
        assert said(parent) == wanted


def test_the_parent_sees_that_the_person_has_gone_and_what_they_can_do(
    browser: Browser, web: Web
) -> None:
    with two_sides(browser, web) as (parent, office):
        ask(parent)
        office.get_by_role("button", name="Take this chat").click()
        expect(parent.locator("#status")).to_contain_text("is in this chat with you")
        office.get_by_role("button", name="Sign out").click()
        expect(parent.locator("#status")).to_contain_text("seems to have gone", timeout=30_000)
        assert parent.get_by_role("button", name="Ask for a call").is_visible()
        parent.get_by_role("button", name="End this talk").click()
        expect(parent.locator("#status")).to_contain_text("The talk is over.")


def test_in_welsh_every_word_that_the_script_brings_is_welsh_and_the_desk_stays_english(
    browser: Browser, web: Web
) -> None:
    with two_sides(browser, web, bypass_csp=True) as (parent, office):
        parent.goto("/person?lang=cy")
        parent.get_by_label("Eich neges gyntaf").fill(FIRST)
        parent.get_by_role("button", name="Anfon hwn a gofyn am berson").click()
        expect(parent.locator("#status")).to_contain_text("Rydym yn gofyn am berson.")
        parent.evaluate(SPOKEN)
        office.get_by_role("button", name="Take this chat").click()
        expect(parent.locator("#status")).to_contain_text("yn y sgwrs hon gyda chi")
        expect(parent.get_by_role("button", name="Gorffen y sgwrs")).to_be_visible()
        say(office, "The side door.")
        expect(parent.locator("#turns")).to_contain_text("The side door.")
        heard = " ".join(parent.evaluate("window.heard"))
        assert "Mae Ms Begum, school office, yma nawr." in heard
        assert "is here now" not in heard
        assert_sound(parent, "person: talking, in Welsh")
        parent.locator("#text").fill("Diolch")
        parent.route("**/person/say**", lambda route: route.abort())
        parent.get_by_role("button", name="Anfon", exact=True).click()
        expect(parent.locator("#problem")).to_contain_text("Ni chyrhaeddodd hwnna ni.")
        office.get_by_label("The parent was offered a call").check()
        office.get_by_role("button", name="End the talk").click()
        expect(parent.locator("#status")).to_contain_text("yn awgrymu galwad")
        expect(parent.locator("#foot")).to_contain_text("Heb ei anfon: Diolch")
        expect(office.locator("#turns")).to_contain_text("has left the chat and suggests a call")
        assert_sound(parent, "person: the talk is over, in Welsh")
        parent.get_by_role("button", name="Gofyn am alwad").click()
        expect(parent.get_by_role("heading", name="Gofyn am alwad")).to_be_visible()
        assert_sound(parent, "person: ask for a call, in Welsh")


def test_every_state_is_without_a_fault_that_axe_finds(browser: Browser, web: Web) -> None:
    with two_sides(browser, web, bypass_csp=True) as (parent, office):
        parent.goto("/person")
        assert_sound(parent, "person: who is here")
        ask(parent)
        assert_sound(parent, "person: waiting")
        office.get_by_role("button", name="Take this chat").click()
        expect(parent.locator("#status")).to_contain_text("is in this chat with you")
        say(parent, "My son says his stepdad hits him with a belt.")
        expect(parent.locator("#help")).to_have_attribute("open", "")
        expect(office.locator("#turns")).to_contain_text("Do not ask what happened")
        assert_sound(office, "person: at the desk")
        office.get_by_text("Offer to record it").click()
        office.get_by_label("Concern", exact=True).check()
        office.get_by_label("What would be recorded").fill("The door was locked.")
        office.get_by_role("button", name="Show it to the parent").click()
        expect(parent.locator("#status")).to_contain_text("Shall this be recorded")
        assert_sound(parent, "person: a case is offered")
        parent.get_by_role("button", name="No, not now").click()
        expect(office.locator("#turns")).to_contain_text("It is not recorded for now.")
        office.get_by_label("The parent was offered a call").check()
        office.get_by_role("button", name="End the talk").click()
        expect(parent.locator("#status")).to_contain_text("suggests a call")
        assert_sound(parent, "person: the talk is over")
