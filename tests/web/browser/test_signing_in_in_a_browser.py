"""Signing in in Chromium: passkeys of a virtual authenticator, and the pages around them.

The Web Authentication domain of the DevTools protocol stands in for a fingerprint reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from assistant.store.tables import DeskSession
from assistant.web.limits import CHALLENGES_OF_AN_ADDRESS
from tests.web.browser.driving import assert_sound
from tests.web.browser.opening import staff_pages
from tests.web.desk_stage import CLERK, DEPUTY, HEAD, PASSWORD, SENCO, TEACHER, Stage
from tests.web.running import free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Page

pytestmark = pytest.mark.slow

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Serve a desk at http://localhost: passkeys know no bare numbers."""
    made = Stage.build(tmp_path_factory.mktemp("local"))
    with web_process(made.desk.settings.data, free_port(), host="localhost") as url:
        made.url = url.replace("127.0.0.1", "localhost")
        yield made


@pytest.fixture
def open_page(browser: Browser, local: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a browser of its own, as staff or nobody."""
    with staff_pages(browser, local) as open_as:
        yield open_as


def give_device(page: Page, **changed: object) -> tuple[CDPSession, str]:
    """Put a fingerprint reader into the browser; return its session and id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **changed}})
    return session, made["authenticatorId"]


def add_passkey(page: Page, name: str) -> None:
    page.goto("/desk/security")
    page.get_by_label("A name for this device").fill(name)
    page.get_by_role("button", name="Add a passkey").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()


def enter_by_passkey(page: Page) -> None:
    page.goto("/desk/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_a_passkey_is_made_named_used_counted_and_removed(open_page: Callable[..., Page]) -> None:
    page = open_page(TEACHER)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    session, device = give_device(page)
    add_passkey(page, "school laptop")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    expect(page.get_by_role("list", name="Recovery codes").get_by_role("listitem")).to_have_count(
        10
    )
    sign_out(page)
    enter_by_passkey(page)
    expect(page.get_by_role("heading", name="Due")).to_be_visible()
    page.goto("/desk/security")
    expect(page.get_by_role("strong").get_by_text("school laptop")).to_be_visible()
    (key,) = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert key["isResidentCredential"]
    assert key["signCount"] == 2
    page.get_by_role("button", name="Remove school laptop").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()
    sign_out(page)
    enter_by_passkey(page)
    expect(page.get_by_role("alert").first).to_contain_text("The passkey was not accepted")
    assert said == [line for line in said if "400" in line], "the page keeps to its own policy"


def test_somebody_keeps_a_passkey_on_each_of_two_devices(open_page: Callable[..., Page]) -> None:
    page = open_page(DEPUTY)
    session, first = give_device(page)
    add_passkey(page, "phone")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    add_passkey(page, "phone again")
    expect(page.get_by_role("alert")).to_have_text("This device has a passkey for you already.")
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    give_device(page)
    add_passkey(page, "laptop")
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    for name in ("phone", "laptop"):
        expect(page.get_by_role("strong").get_by_text(name, exact=True)).to_be_visible()


def test_a_device_that_cannot_tell_its_owner_opens_nothing(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(CLERK)
    session, device = give_device(page)
    add_passkey(page, "tablet")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    sign_out(page)
    state = {"authenticatorId": device, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", state)
    enter_by_passkey(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was chosen")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()


def test_long_after_signing_in_a_passkey_is_added_once_the_password_was_typed_again(
    open_page: Callable[..., Page], local: Stage
) -> None:
    page = open_page(SENCO)
    give_device(page)
    page.goto("/desk/security")
    with local.desk.unit_of_work() as work:
        mine = update(DeskSession).where(DeskSession.staff_id == SENCO)
        work.session.execute(mine.values(proved_at=None))
        work.commit(unrecorded="a test lets the proof grow old")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_enabled()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()
    add_passkey(page, "laptop")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def test_without_a_script_there_is_no_passkey_and_everything_else(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(HEAD, java_script_enabled=False)
    page.goto("/desk/security")
    expect(page.get_by_text("This browser cannot make passkeys")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("img", name="Square code for the authenticator app")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_signing_in_fit_and_axe_finds_nothing(
    open_page: Callable[..., Page], width: int
) -> None:
    size = {"width": width, "height": 800}
    page = open_page(HEAD, bypass_csp=True, viewport=size)
    for path in ("/desk", "/desk/security", "/desk/security/sessions", "/desk/prove"):
        page.goto(path)
        assert_sound_and_fitting(page, path, width)
    page.goto("/desk/security")
    page.get_by_role("button", name="Set up an app").click()
    assert_sound_and_fitting(page, "an app to set up", width)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was saved")
    assert_sound_and_fitting(page, "an app with a wrong code", width)


def assert_sound_and_fitting(page: Page, name: str, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert_sound(page, f"signing in {name} {width}")


def test_who_tries_a_passkey_too_often_reads_how_long_to_wait(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    page.goto("/desk/sign-in")
    token = page.locator("#passkey [name=form_token]").get_attribute("value") or ""
    tries = range(CHALLENGES_OF_AN_ADDRESS.amount + 1)
    options = "/desk/passkey/options"
    statuses = {page.request.post(options, form={"form_token": token}).status for _ in tries}
    assert statuses == {200, 429}
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey-problem")).to_have_text(
        "Too many tries. Wait a minute, then try again"
    )
