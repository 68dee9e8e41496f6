"""Say that one is here for chats until a certain hour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.duty import duty_ends, may_be_on_duty
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.sessions import STAFF, session_digest
from assistant.store.live_tables import OnDuty
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk


def begin_duty(desk: Desk, *, staff_id: str, session: str, until: datetime) -> None:
    """Let parents see that the person is here until ``until`` (aware); said again, it moves.

    ``session`` is the token of the desk session that it ends with.

    Raises:
        NotHere: the person's roles take no chats at this school.
        NotPossibleNow: the school is closed, or ``until`` is not one of today's ``duty_ends``.
    """
    person = desk.school.by_id.get(staff_id)
    if person is None or not may_be_on_duty(desk.school, [role.value for role in person.roles]):
        raise NotHere
    if until not in duty_ends(desk.school, desk.calendar, desk.clock.now()):
        raise NotPossibleNow
    settled(partial(_begin, desk, staff_id, session_digest(desk, session), until))


def _begin(desk: Desk, staff_id: str, digest: str, until: datetime) -> None:
    with desk.unit_of_work() as work:
        row = OnDuty(
            staff_id=staff_id,
            session_digest=digest,
            since=desk.clock.now(),
            until=until,
            seen_at=desk.machine_clock.now(),
        )
        work.session.merge(row)
        work.history.append("duty.begun", staff_id, STAFF, staff_id, until=until.isoformat())
        work.commit()
