"""Where a school's accounts may be asked for, and whose word about an e-mail address counts."""

from __future__ import annotations

import pytest

from assistant.casework.references import new_token
from assistant.services.errors import SchoolAccountRefused
from assistant.services.school_account import SchoolAccount, _checked_email, is_safe_address
from assistant.settings import Settings, SettingsError


@pytest.mark.parametrize("said", [True, 1, "1", "true"])
def test_microsoft_says_in_its_own_way_that_an_address_was_checked(said: object) -> None:
    microsoft = f"https://login.microsoftonline.com/{new_token()}/v2.0"
    assert _checked_email({"email": "A@b.example", "xms_edov": said}, microsoft) == "a@b.example"
    for wrong in (False, 0, None, "false", "yes"):
        with pytest.raises(SchoolAccountRefused):
            _checked_email({"email": "a@b.example", "xms_edov": wrong}, microsoft)
    with pytest.raises(SchoolAccountRefused):
        _checked_email({"email": "a@b.example", "email_verified": True}, microsoft)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://accounts.google.com", True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:80", True),
        ("http://accounts.google.com", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://127.0.0.1@evil.example", False),
        ("https://a@evil.example", False),
        ("http://2130706433", False),
        ("http://0.0.0.0", False),
        ("http://10.0.0.1", False),
        ("http://169.254.169.254/latest", False),
        ("http://[::ffff:10.0.0.1]", False),
        ("ftp://127.0.0.1", False),
        ("//evil.example", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_https_and_this_machine_are_safe_addresses(address: str, safe: bool) -> None:  # noqa: FBT001 - a table
    assert is_safe_address(address) is safe
    if address and not safe:
        with pytest.raises(SettingsError):
            Settings.load({"SCHOOLGATE_OIDC_ISSUER": address})


def test_an_issuer_without_what_it_gave_this_desk_stops_the_start() -> None:
    settings = Settings.load({"SCHOOLGATE_OIDC_ISSUER": "https://accounts.google.com"})
    with pytest.raises(SettingsError, match="CLIENT_SECRET"):
        SchoolAccount(settings)
