"""The desk and the parent's page in Chromium: axe, the keyboard, narrow screens, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.services.issue_desk_login import issue_desk_login
from tests.web.browser.driving import assert_sound, tab_to, violations
from tests.web.browser.opening import staff_pages
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, IDLE, TEACHER, Stage, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from assistant.services.shapes import CaseReceipt, MeetingReceipt

pytestmark = pytest.mark.slow

WIDTHS = (320, pytest.param(390, marks=pytest.mark.long), 1280)


@pytest.fixture(scope="module")
def long_story(stage: Stage) -> CaseReceipt:
    return stage.busy_week()


@pytest.fixture(scope="module")
def talk(stage: Stage) -> MeetingReceipt:
    return stage.meeting("in a browser", host=DEPUTY)


@pytest.fixture
def open_page(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page, with the given context options, as staff or nobody."""
    with staff_pages(browser, stage) as open_as:
        yield open_as


def addresses(stage: Stage, long_story: CaseReceipt, talk: MeetingReceipt) -> dict[str, str]:
    """Return every page that a test looks at, by its name."""
    mine = stage.meeting("in the head's diary", when=at("2026-11-24"))
    return {
        "due": "/desk",
        "cases": "/desk/cases",
        "meetings": "/desk/meetings",
        "availability": "/desk/availability",
        "a week": "/desk/meetings?week=2026-11-23",
        "meeting": f"/desk/meetings/{mine.reference}",
        "hand over": f"/desk/meetings/{mine.reference}/hand-over",
        "another time": f"/desk/meetings/{mine.reference}/time",
        "calendar": "/desk/calendar",
        "case": f"/desk/cases/{long_story.reference}",
        "alert": f"/desk/alerts/{stage.alert('a1')}",
        "password": "/desk/password",
        "not here": "/desk/cases/SG-000-000-000",
        "one-time login": issue_desk_login(stage.desk)[0],
        "record": f"/r/{long_story.token}",
        "record of a meeting": f"/r/{talk.token}",
        "dead link": "/r/abc",
        "accessibility": "/accessibility",
    }


def test_axe_finds_nothing_on_any_page(
    open_page: Callable[..., Page],
    stage: Stage,
    long_story: CaseReceipt,
    talk: MeetingReceipt,
) -> None:
    page = open_page(HEAD, bypass_csp=True)
    for name, address in addresses(stage, long_story, talk).items():
        page.goto(address)
        assert_sound(page, f"desk {name}", missing=name in {"dead link", "not here"})


def test_axe_finds_nothing_when_a_form_is_refused(
    open_page: Callable[..., Page], long_story: CaseReceipt
) -> None:
    page = open_page(HEAD, bypass_csp=True)
    page.goto(f"/desk/cases/{long_story.reference}")
    page.get_by_role("button", name="Change the status").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    assert_sound(page, "desk case with an empty form")
    page.goto("/desk/password")
    page.get_by_role("button", name="Save and go to the desk").click()
    expect(page.get_by_role("alert")).to_contain_text("Make it longer")
    assert_sound(page, "desk password too short")


def test_axe_would_find_a_label_that_went_missing(open_page: Callable[..., Page]) -> None:
    page = open_page(bypass_csp=True)
    page.goto("/desk/sign-in")
    page.locator("label").first.evaluate("label => label.remove()")
    assert any(each.startswith("label") for each in violations(page))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(
    open_page: Callable[..., Page],
    stage: Stage,
    long_story: CaseReceipt,
    talk: MeetingReceipt,
    width: int,
) -> None:
    page = open_page(HEAD, viewport={"width": width, "height": 800})
    for name, address in addresses(stage, long_story, talk).items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_no_page_breaks_its_own_policy_or_asks_another_host_for_anything(
    open_page: Callable[..., Page], stage: Stage, long_story: CaseReceipt, talk: MeetingReceipt
) -> None:
    page = open_page(HEAD)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses(stage, long_story, talk).values():
        page.goto(address)
    assert [line for line in said if "404" not in line] == []
    assert [url for url in asked if not url.startswith(stage.url) or "/fonts/" in url] == []


def test_a_head_without_a_mouse_or_a_script_can_answer_a_case(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    case = stage.case("by keyboard")
    page = open_page(HEAD, java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    link = page.get_by_role("link", name=f"Complaint {case.reference}")
    tab_to(page, link)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("What you did or found out"))
    page.keyboard.type("Rang Dana; she is content with the answer.")
    tab_to(page, page.get_by_role("button", name="Add the note"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("she is content")).to_be_visible()
    tab_to(page, page.get_by_role("radio", name="Acknowledged"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Why", exact=True))
    page.keyboard.type("Letter sent.")
    tab_to(page, page.get_by_role("button", name="Change the status"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("changed the status to “Acknowledged”")).to_be_visible()


def test_a_parent_on_a_phone_without_scripts_can_withdraw_a_case(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    case = stage.case("on a phone")
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(f"/r/{case.token}")
    expect(page.get_by_role("button", name="Yes, withdraw this")).to_be_hidden()
    page.get_by_text("Withdraw this", exact=True).click()
    page.get_by_role("button", name="Yes, withdraw this").click()
    expect(page.get_by_text("it says so in writing")).to_be_visible()


def test_on_paper_a_record_has_no_buttons(open_page: Callable[..., Page], stage: Stage) -> None:
    case = stage.case("on paper")
    page = open_page()
    page.goto(f"/r/{case.token}")
    page.emulate_media(media="print")
    expect(page.get_by_text("What happens next")).to_be_visible()
    expect(page.get_by_role("button", name="Add this")).to_be_hidden()


def test_an_empty_desk_and_a_teachers_desk_pass_too(open_page: Callable[..., Page]) -> None:
    for staff_id in (IDLE, TEACHER):
        page = open_page(staff_id, bypass_csp=True)
        for address in ("/desk", "/desk/cases", "/desk/meetings"):
            page.goto(address)
            assert_sound(page, f"{address} of {staff_id}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_for_who_leaves_pass_too_and_fit(
    open_page: Callable[..., Page], talk: MeetingReceipt, width: int
) -> None:
    page = open_page(CLERK, bypass_csp=True, viewport={"width": width, "height": 800})
    page.goto("/desk/meetings/reassign")
    assert_sound(page, f"desk who leaves {width}")
    page.get_by_label("Who").select_option(label="Mr Mensah, deputy headteacher")
    page.get_by_role("button", name="Show their meetings").click()
    expect(page.get_by_text(talk.reference).first).to_be_attached()
    assert_sound(page, f"desk meetings of who leaves {width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Give these meetings").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why, in one sentence")
    assert_sound(page, f"desk who leaves without why {width}")


def test_a_meeting_can_be_handed_over_from_the_keyboard_without_scripts(
    open_page: Callable[..., Page], stage: Stage
) -> None:
    mine = stage.meeting("by keyboard", host=TEACHER)
    page = open_page(TEACHER, java_script_enabled=False)
    page.goto(f"/desk/meetings/{mine.reference}")
    page.get_by_role("link", name="Hand over to a colleague").press("Enter")
    page.get_by_role("radio").first.press("Space")
    page.get_by_label("Why").press_sequentially("I am away.")
    page.get_by_role("button", name="Hand the meeting over").press("Enter")
    expect(page.get_by_text("The meeting is with your colleague now")).to_be_visible()
    expect(page.get_by_text(mine.reference)).to_have_count(0)


def test_on_paper_the_diary_is_a_plain_list(open_page: Callable[..., Page], stage: Stage) -> None:
    mine = stage.meeting("printed", host=DEPUTY)
    page = open_page(DEPUTY)
    page.goto("/desk/meetings")
    page.emulate_media(media="print")
    link = page.locator(f"a[href$='{mine.reference}']")
    expect(link).to_be_visible()
    expect(page.get_by_role("button", name="Show the week")).to_be_hidden()
    after = link.evaluate("each => getComputedStyle(each, '::after').content")
    assert mine.reference not in after
