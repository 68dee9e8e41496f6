"""Setting one's times in Chromium, with the keyboard alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.casework.availability.clock import read_clock
from assistant.casework.calendar import to_london
from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.times import Window
from assistant.services.book_meeting import book_meeting
from assistant.services.offer_slots import offer_slots
from assistant.services.set_password import set_password
from assistant.services.shapes import Child, Contact, Needs
from tests.web.browser.driving import assert_sound, tab_to
from tests.web.browser.opening import staff_pages
from tests.web.desk_stage import PASSWORD, Stage, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import time

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

TEACHER, BOOKED, CLERK = "mrs-cartwright", "mr-rigby", "ms-whitaker"
QUARTER = 15


@pytest.fixture
def open_as(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the availability page of somebody who has signed in."""

    def open_page(staff_id: str, **options: Any) -> Page:
        desk = stage.on(at("2026-11-24"))
        set_password(desk, staff_id=staff_id, password=PASSWORD)
        page = open_for(staff_id, **options)
        page.goto("/desk/availability")
        return page

    with staff_pages(browser, stage) as open_for:
        yield open_page


def press(page: Page, name: str) -> None:
    """Go to a button with the Tab key and press it."""
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Go to a field with the Tab key and type."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def tick(page: Page, field: str) -> None:
    """Go to a box or the first radio of a group with the Tab key, and press Space."""
    tab_to(page, page.locator(f"#{field}"))
    page.keyboard.press("Space")


def shown_times(page: Page) -> set[tuple[str, time]]:
    """Return every day and start that the preview shows, spans written out."""
    found = set()
    for line in page.locator(".week-times__day").all():
        day = (line.locator(".week-times__name").text_content() or "").strip()
        for group in line.locator(".week-times__group").all():
            found |= {(day, start) for start in starts_of(group.text_content() or "")}
    return found


def starts_of(words: str) -> Iterator[time]:
    for part in re.sub(r" \(.*", "", words).split(", "):
        ends = [read_clock(each) for each in part.split(" to ")]
        minutes = [each.hour * 60 + each.minute for each in ends]
        for minute in range(minutes[0], minutes[-1] + 1, QUARTER):
            yield ends[0].replace(hour=minute // 60, minute=minute % 60)


def public_times(stage: Stage, host: str) -> set[tuple[str, time]]:
    """Return what parents are offered, as the preview names it, asked for day by day."""
    found = set()
    midnight = at("2026-11-24", "00:00")
    for day in range(61):
        start = midnight + timedelta(days=day)
        wish = Window(start, start + timedelta(hours=24))
        offer = offer_slots(stage.desk, host_ids=[host], windows=[wish], limit=1000)
        for slot in offer.matching:
            local = to_london(slot.starts_at)
            found.add((f"{local:%a} {local.day} {local:%b}", local.time()))
    return found


def test_no_tuesdays_except_one_by_keyboard_and_the_preview_equals_the_public_times(
    open_as: Callable[..., Page], stage: Stage
) -> None:
    page = open_as(TEACHER)
    press(page, "Remove all on Tuesday")
    expect(page.locator("#add-tue")).to_be_focused()
    expect(page.locator("#preview")).to_contain_text(re.compile(r"Tue 1 Dec\s+No times"))
    write(page, "Which day or days", "8 December")
    tick(page, "date-kind")
    page.keyboard.press("ArrowDown")
    write(page, "From on the other day", "3.30pm")
    write(page, "To on the other day", "5pm")
    tick(page, "date-modes")
    expect(page.locator("#preview")).to_contain_text(
        re.compile(r"Tue 8 Dec\s+3.30pm to 4.45pm \(in person only\)")
    )
    expect(page.locator("#preview-status")).to_contain_text("Not saved yet")
    press(page, "Add this day")
    expect(page.get_by_role("status").first).to_contain_text("The day is saved")
    press(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("Your times are saved")
    shown = shown_times(page)
    assert shown == public_times(stage, TEACHER)
    assert {day for day, _ in shown if day.startswith("Tue")} == {"Tue 8 Dec"}


def test_blocking_a_booked_day_by_keyboard_names_the_meeting_before_it_is_saved(
    open_as: Callable[..., Page], stage: Stage
) -> None:
    booked = book_meeting(
        stage.on(at("2026-11-24")),
        idempotency_key="to be blocked",
        conversation_id=None,
        channel=Channel.STAFF,
        host_id=BOOKED,
        starts_at=at("2026-12-03", "12:00"),
        mode=MeetingMode.PHONE,
        contact=Contact("Grace Adeyemi", "07700 900456"),
        child=Child("Max", 5, "5R"),
        needs=Needs(),
        note="About reading.",
        subjects=frozenset(),
    )
    page = open_as(BOOKED)
    write(page, "Which day or days", "3 December")
    tick(page, "date-kind")
    expect(page.locator("#preview")).to_contain_text(booked.reference)
    press(page, "Add this day")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Thursday 3 December 2026, 12 noon")
    expect(alert.get_by_role("link")).to_have_attribute(
        "href", f"/desk/meetings/{booked.reference}"
    )
    press(page, "Save, and keep this meeting")
    expect(page.locator("#dates")).to_contain_text("Not free all day")
    page.goto(f"/desk/meetings/{booked.reference}")
    expect(page.get_by_text("Booked", exact=True)).to_be_visible()


def test_enter_in_a_field_changes_nothing(open_as: Callable[..., Page]) -> None:
    page = open_as(CLERK)
    page.get_by_role("link", name="Mr Reed").click()
    page.get_by_label("From, Monday, times 1").fill("6pm")
    page.keyboard.press("Enter")
    expect(page.locator("#preview")).to_contain_text(re.compile(r"Mon 30 Nov\s+6pm"))
    page.reload()
    expect(page.get_by_label("From, Monday, times 1")).to_have_value("5pm")


def test_without_a_script_a_button_shows_the_preview(open_as: Callable[..., Page]) -> None:
    page = open_as(CLERK, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.get_by_role("link", name="Mr Thorpe").click()
    page.get_by_label("From, Monday, times 1").fill("7pm")
    press(page, "See what parents would see")
    expect(page).to_have_url(re.compile("#preview$"))
    expect(page.locator("#preview")).to_be_in_viewport()
    expect(page.locator("#preview")).to_contain_text(re.compile(r"Mon 30 Nov\s+7pm to 7.30pm"))


def test_axe_finds_nothing_on_the_page_in_any_state(open_as: Callable[..., Page]) -> None:
    page = open_as(CLERK, bypass_csp=True)
    assert_sound(page, "availability")
    page.get_by_role("link", name="Mrs Yusuf").click()
    assert_sound(page, "availability of a teacher")
    page.get_by_label("From, Monday, times 1").fill("late")
    page.get_by_label("Phone").first.uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    assert_sound(page, "availability with what is wrong")


def test_on_a_phone_nothing_scrolls_sideways_and_every_button_can_be_hit(
    open_as: Callable[..., Page],
) -> None:
    page = open_as(TEACHER, viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator("main button:not([aria-hidden])").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 38, control.inner_text()
