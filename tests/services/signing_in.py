"""People who sign in: their passwords, their authenticator app, their codes."""

from __future__ import annotations

import pyotp
import pytest

from assistant.services.code_app import confirm_code_app, start_code_app
from assistant.services.desk import Desk
from assistant.services.desk_shapes import HalfSignedIn
from assistant.services.set_password import set_password
from assistant.services.sign_in import sign_in
from tests.services.filings import HEAD, address_of

PASSWORD = "correct horse battery"
NETWORK = "192.0.2.7"
ELSEWHERE = "198.51.100.1"
ON_SQLITE = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""For what no lock and no SQL decides."""


class Phone:
    """An authenticator app that shows the code of the desk's machine clock."""

    def __init__(self, desk: Desk, secret: str) -> None:
        self._desk, self._codes = desk, pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """Return the code now, or so many steps of 30 seconds later."""
        return self._codes.generate_otp(
            int(self._desk.machine_clock.now().timestamp()) // 30 + steps
        )


def with_phone(desk: Desk, staff_id: str = HEAD) -> tuple[Phone, tuple[str, ...]]:
    """Give somebody a password and an app; return the app and their recovery codes.

    The app's code of this moment is used up by the confirmation.
    """
    session = set_password(desk, staff_id=staff_id, password=PASSWORD).token
    new = start_code_app(desk, staff_id=staff_id)
    phone = Phone(desk, new.secret)
    codes = confirm_code_app(
        desk, staff_id=staff_id, session=session, step=new.step, code=phone.code()
    )
    return phone, codes


def first_step(desk: Desk, staff_id: str = HEAD, network: str = NETWORK) -> str:
    """Sign in with the password of somebody who has a second step; return the step's token."""
    email = address_of(desk, staff_id)
    entered = sign_in(desk, email=email, password=PASSWORD, network=network)
    assert isinstance(entered, HalfSignedIn)
    return entered.token
