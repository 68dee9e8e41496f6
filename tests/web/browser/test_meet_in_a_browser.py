"""The booking pages in Chromium: no script, a keyboard alone, narrow screens, two at one time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from assistant.store.meeting_tables import Meeting
from tests.web.browser.driving import assert_sound
from tests.web.browser.opening import NEUTRAL, is_failed_load, quiet_pages
from tests.web.meeting_journey import let_every_hold_run_out
from tests.web.test_record_offers import booked, offered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.desk_stage import Stage

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def open_page(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the first page; a console error is a failure."""
    usual = {"base_url": stage.url, "viewport": PHONE}
    with quiet_pages(browser, "/meet", is_failed_load, **usual) as open_at:
        yield open_at


def go_on(page: Page, button: str = "Continue") -> None:
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def tell(page: Page, matter: str = "She hides her reading book.") -> None:
    page.get_by_label("Nobody in particular").check()
    page.get_by_label("Your child’s class or year").select_option("4B")
    page.get_by_label("What would you like to talk about?").fill(matter)
    go_on(page)


def choose_mensah(page: Page) -> None:
    page.get_by_label("Mr Mensah, deputy headteacher").check()
    go_on(page)


def choose_way(page: Page) -> None:
    page.get_by_label("In person").check()
    go_on(page)


def choose_time(page: Page) -> None:
    page.get_by_role("radio").first.check()
    go_on(page, "Keep this time for me")


def give_details(page: Page) -> None:
    page.get_by_label("Your name").fill("Dana Whitlock")
    page.get_by_label("Phone number").fill("07700 900123")
    page.get_by_label("Yes, ring me or write to me").check()
    go_on(page)


def book(page: Page) -> None:
    go_on(page, "Book this meeting")


def go_to_record(page: Page) -> None:
    page.locator(".secret-link a").click()


def go_to_move(page: Page) -> None:
    page.get_by_role("link", name="Move this meeting").click()


STEPS = (
    tell, choose_mensah, choose_way, choose_time, give_details, book, go_to_record, go_to_move,
)  # fmt: skip


def test_the_whole_journey_needs_no_script_and_no_cookie(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    for step in STEPS[:-2]:
        step(page)
    expect(page.get_by_role("heading", name="Your meeting is booked")).to_be_visible()
    expect(page.locator(".booked__reference")).to_have_text(re.compile(r"SG-\w{3}-\w{3}-\w{3}"))
    assert page.context.cookies() == []
    go_to_record(page)
    expect(page.get_by_text("She hides her reading book.")).to_be_visible()


def choose_way_with_needs(page: Page) -> None:
    page.get_by_label("In person").check()
    page.get_by_label("Interpreter").select_option("Urdu")
    page.get_by_label("A room without steps").check()
    go_on(page)


def test_a_parent_with_an_interpreter_and_no_steps_books_what_is_free_for_all(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    page = open_page(java_script_enabled=False)
    for step in (tell, choose_mensah, choose_way_with_needs):
        step(page)
    expect(page.get_by_text("An interpreter for Urdu is free at these times too.")).to_be_visible()
    choose_time(page)
    give_details(page)
    expect(page.get_by_text("An interpreter for Urdu and a room without steps")).to_be_visible()
    book(page)
    reference = page.locator(".booked__reference").inner_text()
    with stage.desk.unit_of_work(read_only=True) as work:
        mine = select(Meeting).where(Meeting.reference == reference)
        meeting = work.session.scalars(mine).one()
    assert meeting.interpreter_id == "mrs-rehman"
    assert meeting.room_id in {room.id for room in stage.desk.school.rooms if room.step_free}
    go_to_record(page)
    go_to_move(page)
    expect(page.get_by_text("An interpreter for Urdu is free at these times too.")).to_be_visible()


def test_an_offered_time_is_taken_without_a_script(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    meeting = booked(stage, "offered in a browser")
    offered(stage, meeting, "offer in a browser")
    page = open_page(f"/r/{meeting.token}", java_script_enabled=False)
    go_on(page, "Take this time")
    expect(page.get_by_text("Your meeting has the time below")).to_be_visible()
    go_on(page, "Tell me if an earlier time comes free")
    expect(page.get_by_role("button", name="Stop telling me")).to_be_visible()


@pytest.mark.parametrize("width", [320, pytest.param(390, marks=pytest.mark.long), 1280])
def test_the_page_of_an_offered_time_is_sound(
    open_page: Callable[..., Page], stage: Stage, width: int
) -> None:
    meeting = booked(stage, f"sound {width}")
    offered(stage, meeting, f"sound offer {width}")
    page = open_page(
        f"/r/{meeting.token}", bypass_csp=True, viewport={"width": width, "height": 800}
    )
    assert_sound(page, f"meeting with an offered time {width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"/r/{meeting.token}/move?mode=video")
    assert_sound(page, f"move to a video call {width}")


def test_the_keyboard_alone_books(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)

    def tab_to(name: str, role: str = "") -> None:
        wanted = page.get_by_role(role, name=name) if role else page.get_by_label(name)  # type: ignore[arg-type]
        for _ in range(60):
            page.keyboard.press("Tab")
            if wanted.first.evaluate("each => each === document.activeElement"):
                return
        pytest.fail(f"the keyboard never reached {name}")

    tab_to("Nobody in particular")
    page.keyboard.press("Space")
    tab_to("Continue", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who would you like to talk to?")
    page.keyboard.press("Tab")
    tab_to("Mrs Doyle, pastoral lead")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Mr Mensah, deputy headteacher")).to_be_checked()
    tab_to("Continue", "button")
    page.keyboard.press("Enter")
    tab_to("In person")
    page.keyboard.press("Space")
    tab_to("Continue", "button")
    page.keyboard.press("Enter")
    first = page.get_by_role("radio").first
    while not first.evaluate("each => each === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to("Keep this time for me", "button")
    page.keyboard.press("Enter")
    for label, words in (("Your name", "Dana"), ("Phone number", "07700 900123")):
        tab_to(label)
        page.keyboard.type(words)
    tab_to("Yes, ring me or write to me")
    page.keyboard.press("Space")
    tab_to("Continue", "button")
    page.keyboard.press("Enter")
    tab_to("Book this meeting", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your meeting is booked")).to_be_visible()


def test_a_link_in_what_went_wrong_leads_to_the_field(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    go_on(page)
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.press("Space")
    expect(page.get_by_label("Nobody in particular")).to_be_checked()


def test_back_and_reload_are_harmless(open_page: Callable[..., Page], stage: Stage) -> None:
    page = open_page(java_script_enabled=False)
    for step in STEPS[:6]:
        step(page)
    reference = page.locator(".booked__reference").inner_text()
    page.reload()
    for _ in range(3):
        page.go_back()
        expect(page.locator(".booked__reference")).to_have_text(reference)
    with stage.desk.unit_of_work(read_only=True) as work:
        mine = select(Meeting.id).where(Meeting.reference == reference)
        assert len(work.session.scalars(mine).all()) == 1


def test_axe_finds_nothing_on_any_page(open_page: Callable[..., Page]) -> None:
    page = open_page(bypass_csp=True)
    assert_sound(page, "meet at start")
    for step in STEPS:
        step(page)
        assert_sound(page, f"meet after {step.__name__}")


def test_axe_finds_nothing_when_something_is_missing_or_gone(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(bypass_csp=True)
    go_on(page)
    assert_sound(page, "meet with nothing told")
    tell(page, "break. he has a knife and he is here now")
    assert_sound(page, "meet in danger")
    choose_mensah(page)
    choose_way(page)
    go_on(page, "Keep this time for me")
    assert_sound(page, "meet without a time")
    page.get_by_text("Show only some times of day").click()
    assert_sound(page, "meet at some times of day")
    choose_time(page)
    go_on(page)
    assert_sound(page, "meet without details")
    page.goto("/meet/abc")
    assert_sound(page, "meet that is gone", missing=True)


@pytest.mark.parametrize("width", [320, pytest.param(390, marks=pytest.mark.long), 1280])
def test_nothing_needs_scrolling_sideways(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    for step in STEPS:
        step(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width, step.__name__


def test_everything_to_press_is_at_least_44_pixels_high(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for step in STEPS[:6]:
        low = page.evaluate(
            "[...document.querySelectorAll('main button, main summary, main input[type=radio],"
            " main input[type=text], main textarea, main select, .exit-button,"
            " .free-times__more a')]"
            ".filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)"
            ".map((each) => each.outerHTML.slice(0, 80))"
        )
        assert low == [], step.__name__
        step(page)


@pytest.mark.parametrize("script", [True, False])
def test_exit_leaves_for_a_page_that_says_nothing_and_clears(
    open_page: Callable[..., Page],
    script: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    page = open_page(java_script_enabled=script)
    tell(page)
    draft = page.url
    page.get_by_role("button", name="Exit page").click()
    page.wait_for_url(NEUTRAL)
    page.go_back()
    assert "She hides" not in page.content()
    page.goto(draft)
    expect(page.get_by_role("heading", name="Nothing is kept here")).to_be_visible()


def test_delete_what_i_typed_deletes_it(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    tell(page)
    page.locator("summary", has_text="Delete what I typed").click()
    page.get_by_role("button", name="Delete what I typed").click()
    expect(page.get_by_text("What you typed is deleted.")).to_be_visible()
    expect(page.get_by_label("What would you like to talk about?")).to_have_value("")


def test_of_two_who_press_book_together_one_gets_the_time_and_the_other_three_others(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    pages = [open_page(java_script_enabled=False) for _ in range(2)]
    wanted = ""
    for page in pages:
        tell(page)
        choose_mensah(page)
        choose_way(page)
        times = page.get_by_role("radio")
        wanted = wanted or str(times.nth(2).get_attribute("value"))
        page.locator(f'input[value="{wanted}"]').check()
        go_on(page, "Keep this time for me")
        give_details(page)
        let_every_hold_run_out(stage)
    for page in pages:
        page.get_by_role("button", name="Book this meeting").click(no_wait_after=True)
    titles = {page.get_by_role("heading", level=1).inner_text(): page for page in pages}
    assert "Your meeting is booked" in titles
    (loser,) = (page for title, page in titles.items() if title != "Your meeting is booked")
    expect(loser.get_by_role("alert")).to_contain_text("All that you typed is kept")
    expect(loser.locator(".instead").get_by_role("radio")).to_have_count(3)
    loser.locator(".instead").get_by_role("button").click()
    expect(loser.get_by_text("Dana Whitlock")).to_be_visible()


def test_two_people_who_look_at_one_time_get_one_meeting_and_three_alternatives(
    open_page: Callable[..., Page],
) -> None:
    pages = [open_page(java_script_enabled=False) for _ in range(2)]
    for page in pages:
        tell(page)
        choose_mensah(page)
        choose_way(page)
    first, second = pages
    choose_time(first)
    choose_time(second)
    expect(first.get_by_role("heading", level=1)).to_have_text("How can we reach you safely?")
    expect(second.get_by_role("alert")).to_contain_text("That time has just gone")
    expect(second.locator(".instead").get_by_role("radio")).to_have_count(3)
    second.locator(".instead").get_by_role("button").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("How can we reach you safely?")
