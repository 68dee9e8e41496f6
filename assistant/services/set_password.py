"""Set a desk password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.security.passwords import FEWEST_CHARACTERS, hash_password
from assistant.services.errors import WeakPassword
from assistant.services.sessions import STAFF, open_session
from assistant.store.tables import DeskSession, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession


def set_password(desk: Desk, *, staff_id: str, password: str) -> OpenedSession:
    """Set the password, end every session of the person, and return the one new session.

    Raises ``WeakPassword`` for fewer than ``FEWEST_CHARACTERS`` characters.
    """
    if len(password) < FEWEST_CHARACTERS:
        raise WeakPassword
    hashed = hash_password(password)
    with desk.unit_of_work() as work:
        now = desk.clock.now()
        work.session.merge(StaffLogin(staff_id=staff_id, password_hash=hashed, changed_at=now))
        work.session.execute(delete(DeskSession).where(DeskSession.staff_id == staff_id))
        opened = open_session(desk, work, staff_id)
        work.history.append("password.set", staff_id, STAFF, staff_id)
        work.commit()
    return opened
