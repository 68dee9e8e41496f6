"""Find who is signed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from assistant.casework.duty import may_be_on_duty
from assistant.services.desk_shapes import SignedIn
from assistant.services.second_step_rules import second_step_of
from assistant.services.sessions import Way, has_ended, session_digest
from assistant.store.tables import DeskSession, Staff, StaffLogin

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

NOTICED_EVERY = timedelta(minutes=1)
"""A session's last use is written down this often, not on every page."""
PROOF_GOOD_FOR = timedelta(minutes=5)
"""So long after a password or a passkey somebody may change how they sign in."""

__all__ = ["SignedIn", "current_session"]


def current_session(desk: Desk, *, token: str, by_itself: bool = False) -> SignedIn | None:
    """Return who is signed in with this token, or None: unknown, idle too long, or left.

    ``by_itself``: the page asks, nobody pressed anything, so that the session grows no younger.
    """
    digest = session_digest(desk, token)
    with desk.unit_of_work(read_only=True) as work:
        session = work.session.get(DeskSession, digest)
        if session is None or has_ended(desk, session):
            return None
        me = _signed_in(desk, work, session)
    old = desk.machine_clock.now() - session.seen_at >= NOTICED_EVERY
    if me and old and not by_itself:
        _notice(desk, digest)
    return me


def _signed_in(desk: Desk, work: UnitOfWork, session: DeskSession) -> SignedIn | None:
    staff = work.session.get_one(Staff, session.staff_id)
    if not staff.active:
        return None
    has_password = work.session.get(StaffLogin, staff.id) is not None
    proved = session.proved_at
    return SignedIn(
        staff_id=staff.id,
        name=staff.name,
        email=staff.email,
        roles=tuple(staff.roles),
        has_password=has_password,
        may_work=has_password or session.way != Way.ONE_TIME_LOGIN,
        proved_lately=bool(proved and desk.machine_clock.now() - proved <= PROOF_GOOD_FOR),
        second_step=second_step_of(desk, work, staff),
        takes_chats=may_be_on_duty(desk.school, staff.roles),
    )


def _notice(desk: Desk, digest: str) -> None:
    """One statement: a session that was ended meanwhile is not there to be changed."""
    mine = DeskSession.token_digest == digest
    with desk.unit_of_work() as work:
        seen = update(DeskSession).where(mine).values(seen_at=desk.machine_clock.now())
        work.session.execute(seen)
        work.commit(unrecorded="being awake is not an event")
