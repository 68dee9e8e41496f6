"""Sign out of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.sessions import STAFF, session_digest
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def sign_out(desk: Desk, *, token: str) -> None:
    """End the session; without effect when it has ended already."""
    with desk.unit_of_work() as work:
        session = work.session.get(DeskSession, session_digest(desk, token))
        if session is None:
            return
        work.session.delete(session)
        work.history.append("sign_in.ended", session.staff_id, STAFF, session.staff_id)
        work.commit()
