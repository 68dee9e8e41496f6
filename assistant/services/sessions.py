"""Desk sessions as rows; shared by the sign-in services.

All of this runs by the machine's clock: where the school's clock stands still for a demonstration,
a session must end all the same. Whoever changes how somebody signs in holds that person's row, so
that a session cannot be opened beside the change with what it has just ended.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.desk_shapes import OpenedSession
from assistant.services.errors import WrongSignIn
from assistant.services.second_step_rules import begin_grace
from assistant.store.sign_in_tables import SignInStep
from assistant.store.tables import DeskSession, OneTimeLogin, Staff

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

STAFF = "staff"
UNKNOWN_DEVICE = "a browser"


class Way(StrEnum):
    """How somebody came in, as it is stored and as history tells it."""

    PASSWORD = "password"  # noqa: S105 - a way, not a password
    ONE_TIME_LOGIN = "one_time_login"
    PASSKEY = "passkey"
    SCHOOL_ACCOUNT = "school_account"


def session_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a session's token."""
    return token_digest(desk.keys.lookup, "desk session", token)


def session_handle(desk: Desk, session: DeskSession) -> str:
    """Return the name of a session on a page: it ends the session and opens nothing."""
    return token_digest(desk.keys.lookup, "desk session handle", session.token_digest)[:32]


def hold_person(work: UnitOfWork, staff_id: str) -> Staff:
    """Return the person's row, held until the transaction ends.

    Raises ``WrongSignIn`` for somebody who has left the school.
    """
    mine = select(Staff).where(Staff.id == staff_id, Staff.active)
    held = mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    staff = work.session.scalars(held).first()
    if staff is None:
        raise WrongSignIn
    return staff


def open_session(
    desk: Desk, work: UnitOfWork, staff_id: str, way: Way, device: str = UNKNOWN_DEVICE
) -> OpenedSession:
    """Add a session under a fresh token: what a browser held before it is never reused.

    The caller holds the person. ``device`` are coarse words for what they sit at.
    """
    token, now = new_token(), desk.machine_clock.now()
    work.session.add(
        DeskSession(
            token_digest=session_digest(desk, token),
            staff_id=staff_id,
            started_at=now,
            seen_at=now,
            device=device,
            way=way.value,
            proved_at=now,
        )
    )
    begin_grace(desk, work, staff_id, now)
    return OpenedSession(token=token, staff_id=staff_id)


def end_sessions(work: UnitOfWork, staff_id: str, *, but: str = "") -> int:
    """End the person's sessions, all but the one with the digest ``but``; return how many."""
    theirs = DeskSession.staff_id == staff_id, DeskSession.token_digest != but
    ended = work.session.scalars(
        delete(DeskSession).where(*theirs).returning(DeskSession.token_digest)
    )
    return len(ended.all())


def end_ways_in(work: UnitOfWork, staff_id: str) -> None:
    """End what would still let the person in without a new password: links, half sign-ins."""
    work.session.execute(delete(OneTimeLogin).where(OneTimeLogin.staff_id == staff_id))
    work.session.execute(delete(SignInStep).where(SignInStep.staff_id == staff_id))


def has_ended(desk: Desk, session: DeskSession) -> bool:
    """Return whether the session was idle too long or is too old, however busy."""
    return session.seen_at < idle_since(desk) or session.started_at < oldest_start(desk)


def idle_since(desk: Desk) -> datetime:
    """Return the instant before which a session must have been seen to have ended."""
    return desk.machine_clock.now() - timedelta(minutes=desk.settings.session_idle_minutes)


def oldest_start(desk: Desk) -> datetime:
    """Return the instant before which a session must have started to have ended."""
    return desk.machine_clock.now() - timedelta(hours=desk.settings.session_hours)
