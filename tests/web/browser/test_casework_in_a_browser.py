"""The pages of casework and of coming back in Chromium: axe, and a phone's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.casework.kinds import CaseStatus
from assistant.services.change_status import change_status
from tests.web.browser.driving import assert_sound, sign_in
from tests.web.desk_stage import CLERK, HEAD, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from assistant.services.shapes import CaseReceipt

pytestmark = pytest.mark.slow

ON_A_PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def case(stage: Stage) -> CaseReceipt:
    return stage.busy_week()


@pytest.fixture(scope="module")
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    """One page for all: axe needs the policy to stand aside."""
    context = browser.new_context(base_url=stage.url, bypass_csp=True, viewport=ON_A_PHONE)
    yield context.new_page()
    context.close()


def assert_sound_and_narrow(page: Page, name: str) -> None:
    assert_sound(page, f"casework {name}")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, f"{name} scrolls sideways"


def test_the_pages_of_casework_are_sound(page: Page, stage: Stage, case: CaseReceipt) -> None:
    sign_in(page, stage.desk.school.person(HEAD).email)
    addresses = {
        "filtered": "/desk/cases?status=any&due=late",
        "nothing found": "/desk/cases?kind=feedback&year=6",
        "keys": "/desk/keys",
        "figures": "/desk/figures",
        "who may read": f"/desk/access/case/{case.reference}",
        "hand over many": "/desk/access/many",
        "steps": f"/desk/cases/{case.reference}/steps",
        "message": f"/desk/cases/{case.reference}/message",
        "take down": "/desk/take-down",
        "linked": f"/desk/cases/{case.reference}/linked",
        "panel": f"/desk/cases/{case.reference}/panel",
        "how long it is kept": f"/desk/keeping/{case.reference}",
        "removals": "/desk/removals",
        "alerts": "/desk/alerts",
        "old alerts": "/desk/alerts/kept",
        "post or visits": f"/desk/cases/{case.reference}/policy",
        "chats": "/desk/chats",
    }
    for name, address in addresses.items():
        page.goto(address)
        assert_sound_and_narrow(page, name)


def test_what_a_form_answers_is_sound(page: Page, case: CaseReceipt) -> None:
    page.goto("/desk/cases")
    page.locator("[name=words]").fill("Ruby")
    page.locator("[name=words]").press("Enter")
    assert case.reference in page.content()
    assert_sound_and_narrow(page, "search")
    page.goto("/desk/take-down")
    page.get_by_role("button", name="Open the case").click()
    assert_sound_and_narrow(page, "take down, with what is missing")
    page.goto(f"/desk/cases/{case.reference}/message")
    page.locator("[name=message]").fill("We have spoken to the class teacher.")
    page.locator("button[value=look]").click()
    assert_sound_and_narrow(page, "message, looked at")


def test_the_clerks_pages_are_sound(page: Page, stage: Stage) -> None:
    page.context.clear_cookies()
    sign_in(page, stage.desk.school.person(CLERK).email)
    page.goto(f"/desk/access/leaver?who={HEAD}")
    assert_sound_and_narrow(page, "who leaves")
    page.goto("/desk/colleagues")
    assert_sound_and_narrow(page, "letting in")


def test_the_pages_of_a_parent_who_comes_back_are_sound(
    page: Page, stage: Stage, case: CaseReceipt
) -> None:
    change_status(
        stage.desk, staff_id=HEAD, reference=case.reference, status=CaseStatus.INVESTIGATING,
        why="Begun.", idempotency_key="begun",
    )  # fmt: skip
    for address in ("/come-back", f"/r/{case.token}/receipt", f"/r/{case.token}"):
        page.goto(address)
        assert_sound_and_narrow(page, address.partition(case.token)[2] or "record")
    page.goto("/come-back")
    page.locator("[name=receipt]").fill("7K2M")
    page.locator("[name=receipt]").press("Enter")
    assert_sound_and_narrow(page, "a slip")
