"""Desk sessions as rows; shared by the sign-in services."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.references import new_token
from assistant.security.tokens import token_digest
from assistant.services.desk_shapes import OpenedSession
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

LONGEST = timedelta(hours=12)
"""A session ends then, however busy it is."""

STAFF = "staff"


def session_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a session's token."""
    return token_digest(desk.keys.lookup, "desk session", token)


def open_session(desk: Desk, work: UnitOfWork, staff_id: str) -> OpenedSession:
    """Add a session under a fresh token: what a browser held before it is never reused."""
    token, now = new_token(), desk.clock.now()
    work.session.add(
        DeskSession(
            token_digest=session_digest(desk, token),
            staff_id=staff_id,
            started_at=now,
            seen_at=now,
        )
    )
    return OpenedSession(token=token, staff_id=staff_id)


def has_ended(desk: Desk, session: DeskSession) -> bool:
    """Return whether the session was idle too long or is too old."""
    now = desk.clock.now()
    idle = timedelta(minutes=desk.settings.session_idle_minutes)
    return now - session.seen_at > idle or now - session.started_at > LONGEST
