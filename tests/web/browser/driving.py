"""Drive a page as a person does, and ask axe about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.settings import Settings
from tests.web.desk_stage import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Settings.load({}).front / "axe-core" / "axe.min.js"
MOST_TABS = 250


def sign_in(page: Page, email: str) -> None:
    """Sign in to the desk with the password that the stage gave."""
    page.goto("/desk/sign-in")
    page.get_by_label("School e-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Due")).to_be_visible()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on the whole page, every rule on."""
    page.evaluate(AXE.read_text() + ";0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']}" for each in found]


def tab_to(page: Page, target: Any) -> None:
    """Press Tab until `target` has the focus; fail when it never gets it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"the keyboard never reaches {target}")
