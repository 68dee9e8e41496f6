"""Say that one is not here for chats any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.sessions import STAFF
from assistant.store.live_tables import OnDuty

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def end_duty(desk: Desk, *, staff_id: str) -> None:
    """Take no further chats; one that runs goes on. Without effect for who is not here."""
    mine = delete(OnDuty).where(OnDuty.staff_id == staff_id).returning(OnDuty.staff_id)
    with desk.unit_of_work() as work:
        if work.session.scalars(mine).first() is not None:
            work.history.append("duty.ended", staff_id, STAFF, staff_id)
            work.commit()
