"""Remove a passkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from assistant.services.errors import NotHere
from assistant.services.sessions import STAFF, end_sessions, hold_person, session_digest
from assistant.store.sign_in_tables import Passkey

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def remove_passkey(desk: Desk, *, staff_id: str, session: str, passkey_id: str) -> None:
    """Remove it; every other session of the person ends.

    Raises ``NotHere`` for one that is missing or somebody else's.
    """
    mine = Passkey.id == passkey_id, Passkey.staff_id == staff_id
    with desk.unit_of_work() as work:
        hold_person(work, staff_id)
        gone = delete(Passkey).where(*mine).returning(Passkey.id)
        if work.session.scalars(gone).first() is None:
            raise NotHere
        end_sessions(work, staff_id, but=session_digest(desk, session))
        work.history.append("passkey.removed", staff_id, STAFF, staff_id)
        work.commit()
