"""Sign out of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.sessions import STAFF, session_digest
from assistant.store.tables import DeskSession

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def sign_out(desk: Desk, *, token: str) -> None:
    """End the session; without effect when it has ended already."""
    mine = DeskSession.token_digest == session_digest(desk, token)
    with desk.unit_of_work() as work:
        ended = delete(DeskSession).where(mine).returning(DeskSession.staff_id)
        staff_id = work.session.scalars(ended).first()
        if staff_id is not None:
            work.history.append("sign_in.ended", staff_id, STAFF, staff_id)
            work.commit()
