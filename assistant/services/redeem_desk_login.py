"""Use a one-time desk login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.errors import WrongSignIn
from assistant.services.issue_desk_login import login_digest
from assistant.services.sessions import STAFF, open_session
from assistant.store.tables import OneTimeLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession


def redeem_desk_login(desk: Desk, *, token: str) -> OpenedSession:
    """Return a new session; raises ``WrongSignIn`` when the login is unknown, used or too old."""
    with desk.unit_of_work() as work:
        digest = login_digest(desk, token)
        login = work.session.get(OneTimeLogin, digest, with_for_update=True)
        if login is None or login.used_at is not None or login.expires_at < desk.clock.now():
            raise WrongSignIn
        login.used_at = desk.clock.now()
        opened = open_session(desk, work, login.staff_id)
        work.history.append("desk_login.used", login.staff_id, STAFF, login.staff_id)
        work.commit()
    return opened
