"""Set a desk password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.security.passwords import FEWEST_CHARACTERS, hash_password
from assistant.services.errors import WeakPassword
from assistant.services.sessions import (
    STAFF,
    UNKNOWN_DEVICE,
    Way,
    end_sessions,
    end_ways_in,
    hold_person,
    open_session,
)
from assistant.store.tables import StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import OpenedSession


def set_password(
    desk: Desk, *, staff_id: str, password: str, device: str = UNKNOWN_DEVICE
) -> OpenedSession:
    """Set the password, end every session of the person, and return the one new session.

    One-time logins that were not used and sign-ins that are half done end with the old password.
    Raises ``WeakPassword`` for fewer than ``FEWEST_CHARACTERS`` characters.
    """
    if len(password) < FEWEST_CHARACTERS:
        raise WeakPassword
    hashed = hash_password(password)
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        now = desk.machine_clock.now()
        work.session.merge(StaffLogin(staff_id=staff_id, password_hash=hashed, changed_at=now))
        end_ways_in(work, staff_id)
        ended = end_sessions(work, staff_id)
        opened = open_session(desk, work, staff_id, Way.PASSWORD, device)
        work.history.append("password.set", staff_id, STAFF, staff_id, sessions_ended=ended)
        work.commit()
    return opened
