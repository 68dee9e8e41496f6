"""Find who is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.services.desk_shapes import SignedIn
from assistant.services.sessions import has_ended, session_digest
from assistant.store.tables import DeskSession, Staff, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

NOTICED_EVERY = timedelta(minutes=1)
"""A session's last use is written down this often, not on every page."""

__all__ = ["SignedIn", "current_session"]


def current_session(desk: Desk, *, token: str) -> SignedIn | None:
    """Return who is signed in with this token, or None: unknown, idle too long, or left."""
    digest = session_digest(desk, token)
    with desk.unit_of_work(read_only=True) as work:
        session = work.session.get(DeskSession, digest)
        if session is None or has_ended(desk, session):
            return None
        me = _signed_in(work, session.staff_id)
    if me and desk.clock.now() - session.seen_at >= NOTICED_EVERY:
        _notice(desk, digest)
    return me


def _signed_in(work: UnitOfWork, staff_id: str) -> SignedIn | None:
    staff = work.session.get_one(Staff, staff_id)
    if not staff.active:
        return None
    return SignedIn(
        staff_id=staff.id,
        name=staff.name,
        email=staff.email,
        roles=tuple(staff.roles),
        has_password=work.session.get(StaffLogin, staff_id) is not None,
    )


def _notice(desk: Desk, digest: str) -> None:
    with desk.unit_of_work() as work:
        session = work.session.get(DeskSession, digest)
        if session is not None:  # signed out in another window meanwhile
            session.seen_at = desk.clock.now()
            work.commit(unrecorded="being awake is not an event")
