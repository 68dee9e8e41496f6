"""Drive a page as a person does, and ask axe about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from assistant.settings import Settings
from tests.web.browser.pictures import PICTURES
from tests.web.desk_stage import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Settings.load({}).front / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ANSWERED = "performance.getEntriesByType('navigation')[0].responseStatus"
ASK_AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
"""Every rule is tried; only of what is wrong all the places are told, in half the time."""
MOST_TABS = 250


def sign_in(page: Page, email: str) -> None:
    """Sign in to the desk with the password that the stage gave."""
    page.goto("/desk/sign-in")
    page.get_by_label("School e-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Due")).to_be_visible()


def assert_sound(page: Page, name: str, *, missing: bool = False) -> None:
    """Check the whole page, in the state called ``name``, by every rule of axe, light and dark.

    It must be the page that was meant: one that says "not here" would be sound as well.
    """
    assert (page.evaluate(ANSWERED) in {403, 404}) == missing, f"{name}: another page answered"
    found = asked_of_axe(page)
    PICTURES.take(page, name, found)
    wrong = violations_of(found) + faint_in_the_other_scheme(page)
    assert not wrong, f"{name}: {wrong}"


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on the whole page."""
    return violations_of(asked_of_axe(page))


def faint_in_the_other_scheme(page: Page) -> list[str]:
    """Return what is hard to read in the dark, or by day where the page is dark already."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    mine, other = ("dark", "light") if is_dark else ("light", "dark")
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    found = asked_of_axe(page, ["color-contrast"])
    page.emulate_media(color_scheme=mine)  # type: ignore[arg-type]
    return [f"{other}: {each}" for each in violations_of(found)]


def asked_of_axe(page: Page, rules: list[str] = RULES) -> dict[str, Any]:
    """Return axe's answer. Without its tag the rule of WCAG 2.2, the size of targets, stays off."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text() + ";0")
    answer: dict[str, Any] = page.evaluate(ASK_AXE, rules)
    return answer


def violations_of(found: dict[str, Any]) -> list[str]:
    """Return each violation with the places where it is."""
    return [
        f"{each['id']}: {[node['target'][0] for node in each['nodes']]}"
        for each in found["violations"]
    ]


def tab_to(page: Page, target: Any) -> None:
    """Press Tab until `target` has the focus; fail when it never gets it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"the keyboard never reaches {target}")
