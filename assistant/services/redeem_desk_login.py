"""Use a one-time desk login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import WrongSignIn
from assistant.services.half_sign_in import Entrance, enter_or_ask_more
from assistant.services.issue_desk_login import login_digest
from assistant.services.second_steps import remove_every_second_step
from assistant.services.sessions import STAFF, UNKNOWN_DEVICE, Way, hold_person
from assistant.store.tables import OneTimeLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import Entered
    from assistant.store.unit_of_work import UnitOfWork


def redeem_desk_login(desk: Desk, *, token: str, device: str = UNKNOWN_DEVICE) -> Entered:
    """Return a new session, or what the second step needs.

    Raises ``WrongSignIn`` when the login is unknown, used or too old, or its owner has left.
    """
    with desk.unit_of_work() as work:
        login = _held(desk, work, login_digest(desk, token))
        login.used_at = desk.machine_clock.now()
        work.history.append("desk_login.used", login.staff_id, STAFF, login.staff_id)
        if login.resets_second_step:
            remove_every_second_step(work, login.staff_id, login.staff_id)
        entrance = Entrance(login.staff_id, Way.ONE_TIME_LOGIN, device)
        entered = enter_or_ask_more(desk, work, entrance)
        work.commit()
    return entered


def _held(desk: Desk, work: UnitOfWork, digest: str) -> OneTimeLogin:
    """Return the login, its owner held first as everywhere, then read again."""
    found = work.session.get(OneTimeLogin, digest)
    if found is None:
        raise WrongSignIn
    hold_person(work, found.staff_id)
    login = work.session.get(OneTimeLogin, digest, populate_existing=True)
    if login is None or login.used_at or login.expires_at < desk.machine_clock.now():
        raise WrongSignIn
    return login
