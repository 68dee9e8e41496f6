"""Signing in with the school's own account, against a provider that can be told to lie."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.services import school_account as school_account_module
from assistant.services.current_session import current_session
from assistant.services.desk import Desk
from assistant.services.desk_shapes import Entered, HalfSignedIn
from assistant.services.errors import NotHere, SchoolAccountAway, SchoolAccountRefused
from assistant.services.school_account import SchoolAccount
from assistant.services.school_account_sign_in import finish_school_account, start_school_account
from assistant.store.tables import DeskSession, Staff
from tests.desks import pass_time
from tests.services.filings import HEAD, address_of, rows_of
from tests.services.provider import CLIENT, SECRET, Provider, key_called, provider
from tests.services.signing_in import ON_SQLITE, with_phone

__all__ = ["provider"]

pytestmark = [ON_SQLITE, pytest.mark.usefixtures("cheap_passwords")]


@pytest.fixture
def school(desk: Desk, provider: Provider) -> Desk:
    """Return a desk that knows the provider, which knows the head."""
    provider.email = address_of(desk, HEAD)
    given = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    settings = replace(desk.settings, **given)
    return replace(desk, settings=settings, school_account=SchoolAccount(settings))


@dataclass(frozen=True)
class Back:
    """What a browser brings back from the provider."""

    state: str
    code: str
    browser: str


def there_and_back(desk: Desk) -> Back:
    """Go to the provider as a browser does; return what it brings back."""
    way = start_school_account(desk, onward="/desk/cases")
    answer = httpx.get(way.address)
    found = parse_qs(urlsplit(answer.headers["location"]).query)
    return Back(found["state"][0], found["code"][0], way.browser)


def finish(desk: Desk, back: Back) -> tuple[Entered, str]:
    return finish_school_account(desk, state=back.state, browser=back.browser, code=back.code)


def test_the_account_of_somebody_in_the_school_file_opens_the_desk(school: Desk) -> None:
    opened, onward = finish(school, there_and_back(school))
    me = current_session(school, token=opened.token)
    assert me
    assert (me.staff_id, me.has_password, me.may_work) == (HEAD, False, True)
    assert onward == "/desk/cases"


def test_a_second_step_is_asked_for_here_too(school: Desk) -> None:
    with_phone(school)
    half, _onward = finish(school, there_and_back(school))
    assert isinstance(half, HalfSignedIn)
    assert current_session(school, token=half.token) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another desk"},
        {"aud": [CLIENT, "another desk"]},
        {"aud": None},
        {"azp": "another desk"},
        {"iss": "http://127.0.0.1:1"},
        {"iss": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"exp": "soon"},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
        {"sub": None},
        {"email": "nobody@elsewhere.example"},
        {"email": "mallory@evil.example"},
        {"email": None},
        {"email": ["h.ashworth@thornleighgreen.example"]},
        {"email": "\0"},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email_verified": None, "xms_edov": True},  # only Microsoft's word for it
    ],
)
def test_a_token_that_is_not_for_us_here_and_now_opens_nothing(
    school: Desk, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    with pytest.raises(SchoolAccountRefused) as refusal:
        finish(school, there_and_back(school))
    assert str(refusal.value) == ""
    assert rows_of(school.unit_of_work, DeskSession) == 0


@pytest.mark.parametrize("forgery", ["none", "shared secret", "another key"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    school: Desk, provider: Provider, forgery: str
) -> None:
    provider.forge = forgery
    with pytest.raises(SchoolAccountRefused):
        finish(school, there_and_back(school))


def test_a_state_is_good_once_in_its_own_browser_and_for_ten_minutes(school: Desk) -> None:
    used = there_and_back(school)
    finish(school, used)
    stolen, late = there_and_back(school), there_and_back(school)
    with pytest.raises(SchoolAccountRefused):
        finish(school, replace(stolen, browser=used.browser))
    with pytest.raises(SchoolAccountRefused):
        finish(school, stolen)  # its owner comes too late: it was used up
    pass_time(school, minutes=11)
    for back in (used, late, Back("", "", ""), Back("\0", "\ud800", "x" * 9000)):
        with pytest.raises(SchoolAccountRefused):
            finish(school, back)


def test_a_code_of_another_sign_in_is_refused_by_its_proof_key(school: Desk) -> None:
    mine, theirs = there_and_back(school), there_and_back(school)
    with pytest.raises(SchoolAccountRefused):
        finish(school, replace(mine, code=theirs.code))


def test_who_left_the_school_stays_out(school: Desk) -> None:
    with school.unit_of_work() as work:
        work.session.get_one(Staff, HEAD).active = False
        work.commit(unrecorded="a test")
    with pytest.raises(SchoolAccountRefused):
        finish(school, there_and_back(school))


def test_what_the_provider_publishes_is_read_once_and_its_new_keys_are_found(
    school: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        finish(school, there_and_back(school))
    assert provider.asked.count("/keys") == 1
    provider.key = key_called("second")
    with pytest.raises(SchoolAccountRefused):
        finish(school, there_and_back(school))
    monkeypatch.setattr(
        school_account_module, "ASK_AGAIN_AFTER", school_account_module.KEPT_FOR * 0
    )
    assert finish(school, there_and_back(school))


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://accounts.google.com"},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "http://169.254.169.254/keys"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": ["https://x.example"]},
    ],
)
def test_a_provider_that_points_elsewhere_is_not_asked(
    school: Desk, provider: Provider, document: dict[str, object]
) -> None:
    provider.document = document
    with pytest.raises(SchoolAccountAway):
        start_school_account(school, onward="/desk")


def test_no_redirect_is_followed(school: Desk, provider: Provider) -> None:
    back = there_and_back(school)
    provider.moved_to = f"{provider.issuer}/elsewhere"
    with pytest.raises(SchoolAccountAway):
        finish(school, back)
    assert "/elsewhere" not in provider.asked


def test_a_provider_that_is_away_is_told_apart_from_a_refusal(school: Desk) -> None:
    settings = replace(school.settings, oidc_issuer="http://127.0.0.1:1")
    away = replace(school, school_account=SchoolAccount(settings))
    with pytest.raises(SchoolAccountAway):
        start_school_account(away, onward="/desk")


def test_a_school_without_such_accounts_has_no_such_page(desk: Desk) -> None:
    with pytest.raises(NotHere):
        start_school_account(desk, onward="/desk")


def test_the_secret_is_not_shown_with_the_settings(school: Desk) -> None:
    assert SECRET not in repr(school)
