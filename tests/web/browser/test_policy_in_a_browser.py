"""Steps over a post and restrictions in Chromium: axe, and narrow screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.casework.kinds import CaseKind
from assistant.casework.policy_steps import RestrictedUse
from assistant.services.appeal_restriction import appeal_restriction
from assistant.services.restrict_use import restrict_use
from assistant.services.view_policy import view_policy
from tests.web.browser.driving import assert_sound, sign_in
from tests.web.desk_stage import HEAD, Stage, at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

NARROW = {"width": 320, "height": 800}


def pages(stage: Stage) -> dict[str, str]:
    """Return every page of a case with two restrictions, one of them appealed, by its name."""
    stage.meeting("in person", when=at("2026-11-24"))
    case = stage.case("a post", CaseKind.SOCIAL_MEDIA, when=at("2026-11-24"))
    for what in (RestrictedUse.CHAT, RestrictedUse.VISITS):
        restrict_use(
            stage.desk,
            staff_id=HEAD,
            reference=case.reference,
            what=what,
            reason="It names a child.",
            review_on=at("2026-12-15").date(),
            expires_on=at("2027-01-29").date(),
            notice="For now, please do not use it.",
            idempotency_key=what.value,
        )
    first, second = (use.id for use in view_policy(stage.desk, HEAD, case.reference).uses)
    appeal_restriction(stage.desk, case_id=case.id, restriction_id=first, words="Look again.")
    address = f"/desk/cases/{case.reference}"
    return {
        "policy": "/policies/social-media",
        "earlier version": "/policies/social-media?version=2024.1",
        "case": address,
        "steps": f"{address}/policy",
        "step": f"{address}/policy/police",
        "restrict": f"{address}/restrict",
        "appealed": f"{address}/restrictions/{first}",
        "to decide": f"{address}/restrictions/{second}",
        "record": f"/r/{case.token}",
    }


def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(base_url=stage.url, bypass_csp=True, viewport=NARROW)
    page = context.new_page()
    sign_in(page, stage.desk.school.person(HEAD).email)
    for name, address in pages(stage).items():
        page.goto(address)
        assert_sound(page, f"policy {name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        look = page.get_by_role("button", name="Look at it before it goes")
        if look.count():
            look.click()
            expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
            assert_sound(page, f"policy {name} looked at")
    context.close()
