"""Who may see a meeting, as rows. No row, no meeting; the wall comes before a row is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import Role
from assistant.casework.wall import school_wall
from assistant.services.meetings import CLERK, HOST
from assistant.store.meeting_tables import MeetingAccess

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


def grant_readers(
    desk: Desk, work: UnitOfWork, meeting: Meeting, subjects: AbstractSet[str]
) -> None:
    """Let the host see the meeting, and the clerk if it goes through one and the wall allows.

    Whoever was let in before and is neither of these is let in no longer.
    """
    why = _readers(desk, meeting, subjects)
    mine = select(MeetingAccess).where(MeetingAccess.meeting_id == meeting.id)
    had = {grant.staff_id: grant for grant in work.session.scalars(mine)}
    for staff_id in had.keys() - why.keys():
        work.session.delete(had[staff_id])
    for staff_id, reason in why.items():
        grant = had.get(staff_id) or _grant(desk, meeting.id, staff_id)
        grant.why = reason
        work.session.add(grant)
    work.session.flush()


def _grant(desk: Desk, meeting_id: str, staff_id: str) -> MeetingAccess:
    now = desk.clock.now()
    return MeetingAccess(meeting_id=meeting_id, staff_id=staff_id, granted_at=now)


def _readers(desk: Desk, meeting: Meeting, subjects: AbstractSet[str]) -> dict[str, str]:
    if not meeting.through_clerk:
        return {meeting.host_id: HOST}
    walled = school_wall(desk.school, subjects)
    clerks = (each.id for each in desk.school.with_role(Role.CLERK) if each.id not in walled)
    return dict.fromkeys(clerks, CLERK) | {meeting.host_id: HOST}
